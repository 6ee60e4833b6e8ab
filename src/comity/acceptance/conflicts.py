"""Why nothing passes: the smallest sets of members that close the window between them.

A set of members is a conflict if no draft passes even when everybody else supports everything
(conventions §14). Under plain consensus on a scale acceptances are intervals, and by Helly's
theorem on the line a side of the reversion is closed by a member that accepts nothing there, or
by two whose acceptances are disjoint there. Of two members disjoint on one side the further one
accepts nothing on the other side, so two members always suffice for both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from comity.acceptance.stances import (
    TIE,
    Bools,
    Codes,
    Drafts,
    OptionStances,
    ScaleStances,
    Stances,
)
from comity.dossier.charter import Consensus, Procedure, Response, Silence
from comity.dossier.quantity import Floats
from comity.rules import adopts

MOST_ENUMERATED = 10
"""Members up to which smallest sets are enumerated under rules other than plain consensus."""

CELLS = 4_000_000
"""Draws × pairs of members looked at in one step, to bound memory in large bodies."""

TOO_WEAK, TOO_STRONG, REFUSED, WITHHELD = "too_weak", "too_strong", "refused", "withheld"


@dataclass(frozen=True, order=True)
class Objection:
    """One member's part in a conflict: on which side of the reversion, and to what.

    ``side`` is above or below, or the option refused; ``to`` is
    too_weak, too_strong, refused (an option) or withheld (no objection, but no support either).
    """

    actor: str
    side: str
    to: str


Conflict = tuple[Objection, ...]
Places = NDArray[np.intp]
Lines = NDArray[np.int16]


@dataclass(frozen=True)
class ConflictCount:
    """In how many draws each set is a smallest conflict, and how many draws were not searched."""

    counts: Counter[Conflict]
    unsearched: int

    def __add__(self, other: ConflictCount) -> ConflictCount:
        return ConflictCount(self.counts + other.counts, self.unsearched + other.unsearched)


def count_conflicts(stances: Stances, procedure: Procedure) -> ConflictCount:
    """Count the smallest conflicts of every draw; a draw with several counts for each."""
    if isinstance(stances, ScaleStances) and _plain_consensus(procedure):
        return _by_interval(stances)
    return _by_enumeration(stances, procedure)


def _plain_consensus(procedure: Procedure) -> bool:
    rule = procedure.rule
    return isinstance(rule, Silence) or (isinstance(rule, Consensus) and rule.minus == 0)


# Plain consensus on a scale: lone members, else pairs.

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
    lone = np.where(refuses, np.where(stances.empty, _WEAK_TEXT, _STRONG), _NONE)
    apart = (high[:, :, None] < low[:, None, :] - TIE) & exists[:, None, None]
    apart &= ~refuses[:, :, None] & ~refuses[:, None, :]
    return _Side(exists, lone.astype(np.int8), apart if upward else apart.swapaxes(1, 2))


def _by_interval(stances: ScaleStances) -> ConflictCount:
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


def members_in(conflict: Conflict) -> int:
    """How many members a conflict has."""
    return len({objection.actor for objection in conflict})


# Any monotone rule, on a scale or on options: enumeration over the contending drafts.

_WEAK = -1  # an objection because the text is too weak; Response.OBJECT: any other objection
_MISSING = -2  # marks a draft that does not exist in this draw


def _by_enumeration(stances: Stances, procedure: Procedure) -> ConflictCount:
    """Enumerate sets of members by size, once for each distinct table of responses."""
    drafts = stances.contenders()
    codes = stances.responses(drafts.texts)
    unopposed = (drafts.exist & adopts(procedure, codes)).any(axis=1)
    blocked = np.flatnonzero(~unopposed & drafts.exist.any(axis=1))
    if not len(blocked):
        return ConflictCount(Counter(), 0)
    if len(stances.actors) > MOST_ENUMERATED:
        return ConflictCount(Counter(), len(blocked))
    tables = _tables(stances, drafts, codes)[blocked]
    distinct, times = np.unique(tables.reshape(len(blocked), -1), axis=0, return_counts=True)
    counts: Counter[Conflict] = Counter()
    for table, count in zip(distinct, times.tolist(), strict=True):
        lines = table.reshape(tables.shape[1:])
        lines = np.unique(lines[lines[:, 0] != _MISSING], axis=0)
        for parts in _enumerate(procedure, lines.shape, lines.tobytes()):
            counts[_named(stances, parts)] += count
    return ConflictCount(counts, 0)


def _tables(stances: Stances, drafts: Drafts, codes: Codes) -> Lines:
    """For each draft its tag and every member's response, shape (n, C, 1 + M).

    The tag is the side of the reversion (1 above, 0 below) or the place of the option.
    """
    shape = drafts.exist.shape
    if isinstance(stances, ScaleStances):
        tags = drafts.texts > stances.reversion[:, None]
        codes = np.where(_too_weak(stances, drafts, tags, codes), np.int8(_WEAK), codes)
    else:
        tags = np.broadcast_to(drafts.texts, shape)
    named = np.where(drafts.exist, tags, _MISSING).astype(np.int16)
    return np.concatenate([named[:, :, None], codes.astype(np.int16)], axis=2)


def _too_weak(stances: ScaleStances, drafts: Drafts, upward: Bools, codes: Codes) -> Bools:
    """Where a member objects because the draft falls short of its acceptance, (n, C, M)."""
    texts = drafts.texts[:, :, None]
    below = texts < stances.low[:, None, :] - TIE
    beyond = texts > stances.high[:, None, :] + TIE
    return np.where(upward[:, :, None], below, beyond) & (codes == Response.OBJECT)


_Part = tuple[int, int, int]  # the actor's place, the tag of a draft, the response to it


@lru_cache(maxsize=100_000)
def _enumerate(
    procedure: Procedure, shape: tuple[int, int], raw: bytes
) -> tuple[tuple[_Part, ...], ...]:
    """The smallest sets of members on whose responses alone no draft of the table passes."""
    lines = np.frombuffer(raw, dtype=np.int16).reshape(shape)
    answers = np.maximum(lines[:, 1:], np.int16(Response.OBJECT))
    members = shape[1] - 1
    for size in range(1, members + 1):
        groups = list(combinations(range(members), size))
        chosen = np.zeros((len(groups), 1, members), dtype=bool)
        for place, group in enumerate(groups):
            chosen[place, 0, list(group)] = True
        replies = np.where(chosen, answers, np.int16(Response.SUPPORT))
        closed = ~adopts(procedure, replies).any(axis=1)
        if closed.any():
            found = (groups[place] for place in np.flatnonzero(closed))
            return tuple(_parts(group, lines) for group in found)
    return ()


def _parts(group: tuple[int, ...], lines: Lines) -> tuple[_Part, ...]:
    """What the members of a conflict object to, or where they withhold support."""
    parts: set[_Part] = set()
    for member in group:
        given = {(member, int(line[0]), int(line[1 + member])) for line in lines}
        objections = {part for part in given if part[2] <= Response.OBJECT}
        parts |= objections or {part for part in given if part[2] < Response.SUPPORT}
    return tuple(sorted(parts))


def _named(stances: Stances, parts: tuple[_Part, ...]) -> Conflict:
    return tuple(sorted({_objection(stances, *part) for part in parts}))


def _objection(stances: Stances, actor: int, tag: int, code: int) -> Objection:
    options = stances.options if isinstance(stances, OptionStances) else ("below", "above")
    if code > Response.OBJECT:
        to = WITHHELD
    elif isinstance(stances, OptionStances):
        to = REFUSED
    else:
        to = TOO_WEAK if code == _WEAK else TOO_STRONG
    return Objection(stances.actors[actor], options[tag], to)
