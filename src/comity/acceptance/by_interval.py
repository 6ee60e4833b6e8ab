"""Smallest conflicts under plain consensus on a scale: lone members, else pairs.

Acceptances are intervals there, and by Helly's theorem on the line a side of the reversion is
closed by a member that accepts nothing on it, or by two whose acceptances are disjoint on it. Of
two members disjoint on one side the further one accepts nothing on the other side, so two members
always suffice for both (docs/theory/consensus.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.acceptance.conflict import TOO_STRONG, TOO_WEAK, Conflict, ConflictCount, Objection
from comity.acceptance.stances import TIE, Bools, Codes, ScaleStances
from comity.dossier.quantity import Floats

Places = NDArray[np.intp]

CELLS = 4_000_000
"""Draws × pairs of members looked at in one step, to bound memory in large bodies."""

_NONE, _STRONG, _WEAK_TEXT = 0, 1, 2  # what a member objects to on one side


@dataclass(frozen=True)
class _Side:
    """One side of D: whether it exists (n,), what lone members object to and who is apart.

    ``lone`` (n, M) holds the objection of a member that accepts nothing on this side, else none;
    ``apart[k, i, j]`` says that i finds too strong what j would accept, and j too weak what i
    would.
    """

    exists: Bools
    lone: Codes
    apart: Bools

    def shut_by(self, lone: Bools) -> Bools:
        """Where the side is closed by what is given, or does not exist; (n, …) as ``lone``."""
        return lone | ~self.exists.reshape(-1, *(1,) * (lone.ndim - 1))


def _side(stances: ScaleStances, ends: tuple[Floats, Floats], upward: bool) -> _Side:
    floor, ceiling = ends[0][:, None], ends[1][:, None]
    exists = (floor <= ceiling)[:, 0]
    low, high = np.maximum(stances.low, floor), np.minimum(stances.high, ceiling)
    refuses = (low > high + TIE) & stances.free & exists[:, None]
    lone = np.where(refuses, np.where(stances.wants_more(upward), _WEAK_TEXT, _STRONG), _NONE)
    apart = (high[:, :, None] < low[:, None, :] - TIE) & exists[:, None, None]
    apart &= ~refuses[:, :, None] & ~refuses[:, None, :]
    return _Side(exists, lone.astype(np.int8), apart if upward else apart.swapaxes(1, 2))


def by_interval(stances: ScaleStances) -> ConflictCount:
    """Count the smallest conflicts of every draw in closed form; bodies of any size."""
    size, members = stances.low.shape
    block = max(CELLS // members**2, 1)
    counts: Counter[Conflict] = Counter()
    for start in range(0, size, block):
        counts += _in_block(stances.rows(slice(start, start + block)))
    return ConflictCount(counts, 0)


def _in_block(stances: ScaleStances) -> Counter[Conflict]:
    sides = (_side(stances, stances.above, True), _side(stances, stances.below, False))
    possible = sides[0].exists | sides[1].exists
    alone = possible[:, None] & _all(side.shut_by(side.lone > _NONE) for side in sides)
    paired = (possible & ~alone.any(axis=1))[:, None, None] & _all(
        side.shut_by(
            (side.lone[:, :, None] > _NONE)
            | (side.lone[:, None, :] > _NONE)
            | side.apart
            | side.apart.swapaxes(1, 2)
        )
        for side in sides
    )
    return _lone_members(stances.actors, sides, alone) + _pairs(stances.actors, sides, paired)


def _all(closed: Iterable[Bools]) -> Bools:
    shut: Bools = np.logical_and.reduce(list(closed))
    return shut


def _lone_members(
    actors: tuple[str, ...], sides: tuple[_Side, _Side], alone: Bools
) -> Counter[Conflict]:
    rows, who = np.nonzero(alone)
    labels = [side.lone[rows, who] for side in sides]
    return _counted(actors, [who], [labels])


def _pairs(actors: tuple[str, ...], sides: tuple[_Side, _Side], paired: Bools) -> Counter[Conflict]:
    rows, first, second = np.nonzero(paired & np.triu(np.ones(paired.shape[1:], dtype=bool), 1))
    labels = [
        [_label(side, rows, one, other) for side in sides]
        for one, other in ((first, second), (second, first))
    ]
    return _counted(actors, [first, second], labels)


def _label(side: _Side, rows: Places, one: Places, other: Places) -> Codes:
    """What one member of a pair objects to on a side, alone or against the other."""
    against = np.where(
        side.apart[rows, one, other],
        np.int8(_STRONG),
        np.where(side.apart[rows, other, one], np.int8(_WEAK_TEXT), np.int8(_NONE)),
    )
    return np.where(side.lone[rows, one] > _NONE, side.lone[rows, one], against)


def _counted(
    actors: tuple[str, ...], who: list[Places], labels: list[list[Codes]]
) -> Counter[Conflict]:
    """Count equal conflicts: same members, same objections on the two sides."""
    coded = [label.astype(np.intp) for member in labels for label in member]
    columns = [*who, *coded]
    distinct, times = np.unique(np.stack(columns, axis=1), axis=0, return_counts=True)
    counts: Counter[Conflict] = Counter()
    for row, count in zip(distinct.tolist(), times.tolist(), strict=True):
        members, sides = row[: len(who)], row[len(who) :]
        conflict = tuple(
            Objection(actors[member], side, TOO_STRONG if label == _STRONG else TOO_WEAK)
            for k, member in enumerate(members)
            for side, label in zip(("above", "below"), sides[2 * k : 2 * k + 2], strict=True)
            if label != _NONE
        )
        counts[tuple(sorted(conflict))] += count
    return counts
