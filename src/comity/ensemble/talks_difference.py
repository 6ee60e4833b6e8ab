"""Talks before and after: the joint ceiling and what would be put forward first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.dossier import Dossier
from comity.dossier.changes import Change
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
) -> dict[str, TalksDifference]:
    """Every talks in which something changed, those of one dossier alone among them."""
    names = dict.fromkeys((*old.talks, *new.talks))
    counts = {name: sum(change.at[:2] == ("talks", name) for change in found) for name in names}
    return {
        name: TalksDifference(
            count,
            *(
                _view(side, name, seed, workers) if name in side.talks else None
                for side in (old, new)
            ),
        )
        for name, count in counts.items()
        if count
    }


def _view(dossier: Dossier, name: str, seed: int, workers: int | None) -> TalksView:
    from comity.ensemble.mediation import mediate

    try:
        found = mediate(dossier, name, seed=seed, draws=DRAWS, workers=workers)
    except ComityError as refused:
        return TalksView(None, None, None, str(refused))
    first = found.proposals[0].package if found.proposals else None
    ceiling = found.joint_ceiling
    return TalksView(ceiling.value, ceiling.share_of_draws, first)
