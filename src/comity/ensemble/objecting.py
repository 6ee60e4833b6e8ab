"""Who stands in the way, and from which side, in the draws in which no text passes.

On one side of the reversion a member stands in the way if it accepts nothing there, or nothing
that some other member accepts there: either it finds too strong all that the other would take, or
too weak. Unlike the smallest conflicts this counts a draw once for each member and objection, and
does not ask whether somebody else closes the side alone. On options it is whoever refuses one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from comity.acceptance import Objection, Stances
from comity.acceptance.conflict import REFUSED, TOO_STRONG, TOO_WEAK
from comity.acceptance.stances import TIE, Bools, OptionStances, ScaleStances
from comity.dossier.quantity import Floats
from comity.ensemble.results import ObjectionShare

Objecting = Counter[Objection]


def count_objecting(held: Stances, stuck: Bools) -> Objecting:
    """In how many of the ``stuck`` draws, (n,), each member stands in the way with what."""
    if isinstance(held, OptionStances):
        return _to_options(held, stuck)
    assert isinstance(held, ScaleStances)
    return _on_side(held, stuck, "above", held.above) + _on_side(held, stuck, "below", held.below)


def shares(
    counts: Objecting, members: tuple[str, ...], draws: int
) -> Mapping[str, tuple[ObjectionShare, ...]]:
    """Each member's objections with their shares of all draws, in seat order."""
    return {
        member: tuple(
            ObjectionShare(objection.side, objection.to, count / draws)
            for objection, count in sorted(counts.items())
            if objection.actor == member
        )
        for member in members
    }


def _on_side(held: ScaleStances, stuck: Bools, side: str, ends: tuple[Floats, Floats]) -> Objecting:
    floor, ceiling = ends[0][:, None], ends[1][:, None]
    low, high = np.maximum(held.low, floor), np.minimum(held.high, ceiling)
    refuses = held.free & (low > high + TIE)
    able = held.free & ~refuses
    under = able & (high < np.where(able, low, -np.inf).max(axis=1, keepdims=True) - TIE)
    over = able & (low > np.where(able, high, np.inf).min(axis=1, keepdims=True) + TIE)
    strong, weak = (under, over) if side == "above" else (over, under)
    short = held.wants_more(side == "above")
    there = (stuck & (ends[0] <= ends[1]))[:, None]
    return _counted(held, side, TOO_STRONG, there & (strong | refuses & ~short)) + _counted(
        held, side, TOO_WEAK, there & (weak | refuses & short)
    )


def _to_options(held: OptionStances, stuck: Bools) -> Objecting:
    counts: Objecting = Counter()
    for place, option in enumerate(held.options):
        drafted = stuck & (held.reversion != place)
        refused = drafted[:, None] & ~held.accepted[:, :, place] & held.free
        counts += _counted(held, option, REFUSED, refused)
    return counts


def _counted(held: Stances, side: str, to: str, where: Bools) -> Objecting:
    """Count draws by member; those without any are left out."""
    found = zip(held.actors, where.sum(axis=0).tolist(), strict=True)
    return Counter({Objection(actor, side, to): count for actor, count in found if count})
