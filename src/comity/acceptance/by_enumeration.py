"""Smallest conflicts under any monotone rule, by trying sets of members in order of size.

Contending drafts suffice: if one of D passes, one of them does. Draws with the same table of
responses are searched once.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from comity.acceptance.conflict import (
    REFUSED,
    TOO_STRONG,
    TOO_WEAK,
    WITHHELD,
    Conflict,
    ConflictCount,
    Objection,
)
from comity.acceptance.stances import (
    TIE,
    Bools,
    Codes,
    Drafts,
    OptionStances,
    ScaleStances,
    Stances,
)
from comity.dossier.charter import Procedure
from comity.dossier.response import Response
from comity.rules import Seated, adopts

Lines = NDArray[np.int16]

MOST_ENUMERATED = 10
"""Members up to which sets are tried; in larger bodies the draws count as unsearched."""

_WEAK = -1  # an objection because the text is too weak; Response.OBJECT: any other objection
_MISSING = -2  # marks a draft that does not exist in this draw


def by_enumeration(stances: Stances, procedure: Procedure | Seated) -> ConflictCount:
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
    weak: Bools = np.where(upward[:, :, None], below, beyond) & (codes == Response.OBJECT)
    return weak


_Part = tuple[int, int, int]  # the actor's place, the tag of a draft, the response to it


@lru_cache(maxsize=100_000)
def _enumerate(
    procedure: Procedure | Seated, shape: tuple[int, int], raw: bytes
) -> tuple[tuple[_Part, ...], ...]:
    """The smallest sets of members on whose responses alone no draft of the table passes."""
    lines = np.frombuffer(raw, dtype=np.int16).reshape(shape)
    answers = np.maximum(lines[:, 1:], np.int16(Response.OBJECT))
    members = shape[1] - 1
    if not adopts(procedure, np.full(members, Response.SUPPORT, dtype=np.int16)):
        return ()  # no responses of members are the cause
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
