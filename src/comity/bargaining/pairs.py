"""Which two issues are worth a trade between two parties, without trying every package.

A move on one issue changes utilities by what its options are worth and by the interactions it
stands in; two moves by the sum of both, and by what an interaction of just these two issues adds.
Limits are asked of whole packages only where both issues stand in one limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from comity.bargaining.problem import SAME, Bools, Floats, Ints, Problem

AT_A_TIME = 1_000_000
"""Pairs of moves weighed at a time."""

ROWS_AT_A_TIME = 10_000
"""Packages put to the limits at a time."""


@dataclass(frozen=True, eq=False)
class Moves:
    """Moves by which one party gives way to another, issue by issue.

    Of each move its ``issue``, its option ``after``, what it alone changes for everybody,
    ``change`` (moves, parties), and how many limits more it breaks, ``broken``. ``before`` holds
    the option from which the giver starts on every issue.
    """

    before: Ints
    issue: Ints
    after: Ints
    change: Floats
    broken: Ints

    def stretch(self, issue: int) -> slice:
        """Where the moves on an issue are."""
        low, high = np.searchsorted(self.issue, [issue, issue + 1])
        return slice(int(low), int(high))


@dataclass(frozen=True, eq=False)
class Promising:
    """Pairs of issues on which two moves leave two parties better off, of each pair its best.

    ``gives`` and ``gets``: the issues on which the first and the second party give way;
    ``smaller`` and ``sum`` of the two gains, as shares of the parties' ranges.
    """

    gives: Ints
    gets: Ints
    smaller: Floats
    sum: Floats


@dataclass(frozen=True, eq=False)
class Weighing:
    """Moves of a problem from one package, or from where each giver would begin.

    ``start`` says where a giver begins on an issue against a taker; ``options`` are open, and
    ``ranges`` (parties,) what gains are shares of.
    """

    problem: Problem
    start: Callable[[int, int, int], int]
    options: tuple[Bools, ...]
    ranges: Floats

    def promising(self, first: int, second: int) -> Promising:
        """Where ``first`` gives way on one issue, ``second`` on another, and both gain."""
        one, other = self._moves(first, second), self._moves(second, first)
        found = list(self._chunks(one, other, first, second)) if len(one.issue) else []
        if not found or not len(other.issue):
            none = np.zeros(0, dtype=np.int64)
            return Promising(none, none, np.zeros(0), np.zeros(0))
        return _joined([Promising(*part) for part in found])

    def _moves(self, giver: int, taker: int) -> Moves:
        """All open moves by which the giver does not gain and the taker does."""
        issues = range(len(self.problem.issues))
        before = np.array([self.start(k, giver, taker) for k in issues], dtype=np.int64)
        each = [self._change(before, k) for k in issues]
        gives = [
            np.flatnonzero((change[:, giver] <= SAME) & (change[:, taker] > SAME) & self.options[k])
            for k, change in enumerate(each)
        ]
        issue = np.repeat(np.arange(len(gives)), [len(after) for after in gives])
        after = np.concatenate(gives)
        change = np.concatenate([held[after] for held, after in zip(each, gives, strict=True)])
        return Moves(before, issue, after, change, self._more_broken(before, issue, after))

    def _change(self, before: Ints, issue: int) -> Floats:
        """What each option of an issue changes, all else as before: (options, parties)."""
        worth = self.problem.worth[issue]
        change: Floats = worth - worth[before[issue]]
        for place, other in self._met[issue]:
            both = self.problem.interactions[place]
            table = both.worth if both.first == issue else both.worth.swapaxes(0, 1)
            change = change + table[:, before[other]] - table[before[issue], before[other]]
        return change

    @cached_property
    def _met(self) -> tuple[list[tuple[int, int]], ...]:
        """Of each issue the interactions it stands in, with the issue it meets there."""
        met: tuple[list[tuple[int, int]], ...] = tuple([] for _ in self.problem.issues)
        for place, both in enumerate(self.problem.interactions):
            met[both.first].append((place, both.second))
            met[both.second].append((place, both.first))
        return met

    # --- limits

    @cached_property
    def _in_limit(self) -> Bools:
        """Which issues each limit speaks of: (limits, issues)."""
        found = np.zeros((len(self.problem.limits), len(self.problem.issues)), dtype=bool)
        for place, limit in enumerate(self.problem.limits):
            for never in limit.never:
                found[place, [issue for issue, _ in never.marked]] = True
            for cap in limit.at_most:
                found[place, [issue for issue, _ in cap.amounts]] = True
        return found

    def _more_broken(self, before: Ints, issue: Ints, after: Ints) -> Ints:
        """How many limits a move breaks beyond those broken before it; less than 0 if it mends."""
        more = np.zeros(len(issue), dtype=np.int64)
        if not self.problem.limits:
            return more
        held = int(self.problem.crossed([tuple(before.tolist())]).sum())
        spoken_of: Bools = np.any(self._in_limit, axis=0)
        touched = np.flatnonzero(spoken_of[issue])
        for some in _pieces(touched):
            rows = np.tile(before, (len(some), 1))
            rows[np.arange(len(some)), issue[some]] = after[some]
            more[some] = self.problem.crossed(rows).sum(axis=1) - held
        return more

    def _allowed(self, one: Moves, other: Moves, gain: Bools, low: int) -> Bools:
        """Of pairs of moves by which both gain, those that leave no limit broken."""
        if not self.problem.limits:
            return gain
        rows, columns = np.nonzero(gain)
        own, met = rows + low, columns
        held = int(self.problem.crossed([tuple(one.before.tolist())]).sum())
        free: Bools = np.equal(held + one.broken[own] + other.broken[met], 0)
        together = self._share[one.issue[own], other.issue[met]]
        for some in _pieces(np.flatnonzero(together)):
            packages = np.tile(one.before, (len(some), 1))
            place = np.arange(len(some))
            packages[place, one.issue[own[some]]] = one.after[own[some]]
            packages[place, other.issue[met[some]]] = other.after[met[some]]
            free[some] = self.problem.allowed(packages)
        allowed = np.zeros_like(gain)
        allowed[rows[free], columns[free]] = True
        return allowed

    @cached_property
    def _share(self) -> Bools:
        """Which two issues stand in one limit."""
        found = np.zeros((len(self.problem.issues),) * 2, dtype=bool)
        for held in self._in_limit:
            issues = np.flatnonzero(held)
            found[np.ix_(issues, issues)] = True
        return found

    # --- pairs

    def _chunks(
        self, one: Moves, other: Moves, first: int, second: int
    ) -> Iterator[tuple[Ints, Ints, Floats, Floats]]:
        """The best of every pair of issues, some issues of the first party at a time."""
        if not len(other.issue):
            return
        step = max(1, AT_A_TIME // len(other.issue))
        for low in range(0, len(one.issue), step):
            some = slice(low, min(low + step, len(one.issue)))
            yield self._best(one, other, some, first, second)

    def _best(
        self, one: Moves, other: Moves, some: slice, first: int, second: int
    ) -> tuple[Ints, Ints, Floats, Floats]:
        own, met = one.issue[some], other.issue
        change = [one.change[some, None, p] + other.change[None, :, p] for p in (first, second)]
        self._together(change, one, other, some, (first, second))
        gain = (change[0] > SAME) & (change[1] > SAME) & (own[:, None] != met[None, :])
        gain = self._allowed(one, other, gain, some.start)
        ranges = np.where(self.ranges > SAME, self.ranges, np.inf)
        shares = [each / ranges[p] for each, p in zip(change, (first, second), strict=True)]
        smaller = np.where(gain, np.minimum(*shares), -np.inf)
        best, rows, columns = _by_issue(smaller, own, met)
        near = smaller >= best[rows[:, None], columns[None, :]] - SAME
        total = _by_issue(np.where(gain & near, shares[0] + shares[1], -np.inf), own, met)[0]
        gives, gets = np.nonzero(best > -np.inf)
        pairs = np.unique(own)[gives], np.unique(met)[gets]
        return *pairs, best[gives, gets], total[gives, gets]

    def _together(
        self, change: list[Floats], one: Moves, other: Moves, some: slice, who: tuple[int, int]
    ) -> None:
        """Add what an interaction brings that the two moves alone do not show."""
        for issue in np.unique(one.issue[some]).tolist():
            rows = one.stretch(issue)
            rows = slice(max(rows.start, some.start), min(rows.stop, some.stop))
            inside = slice(rows.start - some.start, rows.stop - some.start)
            for place, partner in self._met[issue]:
                columns = other.stretch(partner)
                both = self.problem.interactions[place]
                table = both.worth if both.first == issue else both.worth.swapaxes(0, 1)
                here, there = one.before[issue], one.before[partner]
                a, b = one.after[rows], other.after[columns]
                extra = table[np.ix_(a, b)] - table[a, there][:, None] - table[here, b][None, :]
                for held, party in zip(change, who, strict=True):
                    held[inside, columns] += (extra + table[here, there])[:, :, party]


def _joined(parts: list[Promising]) -> Promising:
    """All parts; of a pair of issues that is in several, the best."""
    fields = ([one.gives, one.gets, one.smaller, one.sum] for one in parts)
    gives, gets, smaller, total = (np.concatenate(part) for part in zip(*fields, strict=True))
    order = np.lexsort((-total, -smaller, gets, gives))
    gives, gets = gives[order], gets[order]
    new = np.append(True, (gives[1:] != gives[:-1]) | (gets[1:] != gets[:-1]))[: len(gives)]
    return Promising(gives[new], gets[new], smaller[order][new], total[order][new])


def _pieces(places: Ints) -> Iterator[Ints]:
    for low in range(0, len(places), ROWS_AT_A_TIME):
        yield places[low : low + ROWS_AT_A_TIME]


def _by_issue(values: Floats, own: Ints, met: Ints) -> tuple[Floats, Ints, Ints]:
    """The largest value of each pair of issues, and the place of each row and column in it."""
    first = np.flatnonzero(np.append(True, own[1:] != own[:-1]))
    second = np.flatnonzero(np.append(True, met[1:] != met[:-1]))
    best: Floats = np.maximum.reduceat(np.maximum.reduceat(values, second, axis=1), first, axis=0)
    rows = np.cumsum(np.append(False, own[1:] != own[:-1]))
    columns = np.cumsum(np.append(False, met[1:] != met[:-1]))
    return best, rows, columns
