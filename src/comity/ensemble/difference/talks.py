"""Talks before and after: the joint ceiling and what would be put forward first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.dossier import Dossier
from comity.dossier.changes import Change
from comity.ensemble.progress import Meter, Tell
from comity.errors import ComityError

DRAWS = 500
"""Draws of each mediation: its middle reading, which is compared, needs none."""


@dataclass(frozen=True)
class TalksView:
    """Talks as one dossier has them, read in the middle (§42).

    ``ceiling`` is the joint ceiling, None if there is none; ``share_of_draws`` the share of draws
    in which some package lies within all stated limits; ``first`` the package to put forward
    first; ``why_not`` why nothing is known.
    """

    ceiling: float | None
    share_of_draws: float | None
    first: Mapping[str, str] | None
    why_not: str = ""


@dataclass(frozen=True)
class TalksDifference:
    """Talks of one name; a side without them is None. ``changes`` counts what changed in them."""

    changes: int
    before: TalksView | None
    after: TalksView | None


def talks_differences(
    old: Dossier,
    new: Dossier,
    found: Sequence[Change],
    *,
    seed: int,
    workers: int | None,
    meter: Meter,
    share: float,
) -> dict[str, TalksDifference]:
    """Every talks in which something changed, those of one dossier alone among them.

    ``share`` is what all of them take of the work that the meter tells of.
    """
    names = dict.fromkeys((*old.talks, *new.talks))
    counts = {name: sum(change.at[:2] == ("talks", name) for change in found) for name in names}
    moved = {name: count for name, count in counts.items() if count}
    views: dict[str, list[TalksView | None]] = {name: [] for name in moved}
    for name in moved:
        for side in (old, new):
            told = meter.within(share / (2 * len(moved)))
            known = name in side.talks
            views[name].append(_view(side, name, seed, workers, told) if known else None)
    return {name: TalksDifference(count, *views[name]) for name, count in moved.items()}


def _view(dossier: Dossier, name: str, seed: int, workers: int | None, told: Tell) -> TalksView:
    from comity.ensemble.mediation import mediate

    try:
        found = mediate(dossier, name, seed=seed, draws=DRAWS, workers=workers, progress=told)
    except ComityError as refused:
        return TalksView(None, None, None, str(refused))
    first = found.proposals[0].package if found.proposals else None
    ceiling = found.joint_ceiling
    return TalksView(ceiling.value, ceiling.share_of_draws, first)
