"""What makes models differ on one item: read off the members' wishes, draw by draw."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.line import one_sided
from comity.dossier import Batch
from comity.dossier.inputs import participants
from comity.dossier.quantity import Floats
from comity.ensemble.comparison import Grounds, MemberGround, Pull, RuleGround
from comity.ensemble.results import Interval
from comity.forecast.median import weighted_median
from comity.forecast.pivots import Pivots, pivots
from comity.forecast.profile import Profile, profile
from comity.forecast.setter import setter_of

Bools = NDArray[np.bool_]

SAME = 1e-9


def grounds(batch: Batch, item: str) -> Grounds:
    """What makes models differ on an item on a scale."""
    held = profile(batch, item)
    caring = held.saliences > 0.0
    together = one_sided(held.ideals, held.reversion, caring)
    reach = np.where(caring, np.abs(held.ideals - held.reversion[:, None]), np.inf)
    return Grounds(
        members=_members(held),
        pull=_pull(held),
        apart=float(1.0 - together.mean()),
        nearest=_usual(held.members, reach <= reach.min(axis=1, keepdims=True) + SAME, together),
        rule=_rule(batch, item, held),
    )


def _members(held: Profile) -> dict[str, MemberGround]:
    shares = held.weights / held.weights.sum(axis=1, keepdims=True)
    away = held.ideals - held.reversion[:, None]
    columns = (held.ideals, shares, away > SAME, away < -SAME)
    means = np.stack([column.mean(axis=0) for column in columns], axis=1)
    return {
        member: MemberGround(*row) for member, row in zip(held.members, means.tolist(), strict=True)
    }


def _pull(held: Profile) -> Pull:
    shares = held.weights / held.weights.sum(axis=1, keepdims=True)
    away = held.ideals - weighted_median(held.ideals, held.weights)[:, None]

    def side(there: Bools) -> tuple[float, float]:
        weight = float((shares * there).sum(axis=1).mean())
        carried = float((shares * there * np.abs(away)).sum(axis=1).mean())
        return weight, carried / weight if weight > 0.0 else 0.0

    return Pull(*side(away > SAME), *side(away < -SAME))


def _rule(batch: Batch, item: str, held: Profile) -> RuleGround:
    found = pivots(batch, item)
    low, high = found.winset(held.reversion)
    setter = setter_of(batch.dossier, item)
    known = setter is not None and setter in participants(batch.dossier, item)
    wish = batch.values(f"positions.{item}.{setter}.ideal") if known else None
    every = np.ones(batch.size, dtype=bool)
    core, core_empty = _core(found)
    return RuleGround(
        upper_pivot=_usual(held.members, _at(held, found.upper), every),
        lower_pivot=_usual(held.members, _at(held, found.lower), every),
        winset=(float(low.mean()), float(high.mean())),
        winset_empty=float((high <= low).mean()),
        core=core,
        core_empty=core_empty,
        setter=setter if known else None,
        setter_wish=None if wish is None else float(wish.mean()),
        setter_held=None if wish is None else float(((wish < low) | (wish > high)).mean()),
    )


def _core(found: Pivots) -> tuple[Interval | None, float]:
    """The mean ends of the core over the draws that have one, and the share that has none."""
    low, high = found.core()
    there = low <= high
    if not there.any():
        return None, 1.0
    return (float(low[there].mean()), float(high[there].mean())), float(1.0 - there.mean())


def _at(held: Profile, point: Floats) -> Bools:
    near: Bools = held.ideals <= point[:, None] + SAME
    return near & (held.ideals >= point[:, None] - SAME)


def _usual(members: tuple[str, ...], which: Bools, draws: Bools) -> str | None:
    """The member for whom it holds in most of the draws; None if in none of them for anybody."""
    counts = (which & draws[:, None]).sum(axis=0)
    return members[int(counts.argmax())] if counts.any() else None
