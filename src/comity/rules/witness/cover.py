"""Which few seats, by their moves, bring all the counts of some way to their needs.

Every count is linear in the answers, so what a member's move adds to the counts of a way is a
vector of whole numbers, and a set of seats *covers* a way if some choice of their moves (staying
put included) adds up to its needs. It covers the problem if it covers one of its ways. Any set
that holds a covering one covers too. Seats whose moves add the same are alike: only how many of
each kind a set takes matters, its *pattern*.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import ge
from typing import TypeAlias

from comity.rules.compiled import Count
from comity.rules.witness.relax import multipliers

Vector: TypeAlias = tuple[int, ...]
Front: TypeAlias = tuple[Vector, ...]
"""Sums that a set can reach, none of them at most another in every count; sorted."""

Pattern: TypeAlias = tuple[int, ...]
"""How many seats of each kind."""


@dataclass(frozen=True, eq=False)
class Way:
    """Counts to be brought to their needs together, and what a seat of each kind can add.

    ``rows`` are sums of counts with whole multipliers that are not negative; each must reach its
    need too, which shows early that too few seats are left.
    """

    needs: Vector
    options: tuple[Front, ...]
    sizes: tuple[int, ...]
    rows: tuple[Vector, ...]
    _folded: dict[tuple[int, int], Front] = field(default_factory=dict, repr=False)
    _most: dict[int, list[list[list[int]]]] = field(default_factory=dict, repr=False)

    @property
    def start(self) -> Front:
        """Nobody has moved."""
        return ((0,) * len(self.needs),)

    @cached_property
    def row_needs(self) -> Vector:
        return tuple(_dot(row, self.needs) for row in self.rows)

    @cached_property
    def capped(self) -> tuple[bool, ...]:
        """Counts from which no move takes away, so that more than the need is no use."""
        return tuple(
            all(vector[k] >= 0 for front in self.options for vector in front)
            for k in range(len(self.needs))
        )

    @cached_property
    def least(self) -> int | None:
        """So many seats are needed at least, as every row shows; None: all are too few."""
        found = 0
        for row, need in zip(self.rows, self.row_needs, strict=True):
            best = sorted((b for b, n in self._bests(row) for _ in range(n)), reverse=True)
            sums = enumerate(accumulate(best, initial=0))
            reached = next((seats for seats, total in sums if total >= need), None)
            if reached is None:
                return None
            found = max(found, reached)
        return found

    def reordered(self, order: Sequence[int]) -> Way:
        """The same with its kinds in another order."""
        return Way(
            self.needs,
            tuple(self.options[t] for t in order),
            tuple(self.sizes[t] for t in order),
            self.rows,
        )

    def strengths(self) -> list[float]:
        """How far one seat of each kind goes towards the needs; for ordering alone."""
        need = self.row_needs[-1]
        return [best / need if need > 0 else 0.0 for best, _ in self._bests(self.rows[-1])]

    def covered(self, front: Front) -> bool:
        """Whether some sum reaches the needs."""
        return any(all(map(ge, vector, self.needs)) for vector in front)

    def add(self, front: Front, kind: int, number: int) -> Front:
        """The sums after so many more seats of a kind."""
        if number == 0:
            return front
        for times in range(1, number + 1):
            if (kind, times) not in self._folded:
                fewer = self._folded.get((kind, times - 1), self.start)
                self._folded[kind, times] = self._sums(fewer, self.options[kind])
        return self._sums(front, self._folded[kind, number])

    def hopeful(self, front: Front, kind: int, left: int) -> Front:
        """The sums from which so many more seats, of this kind or later ones, may do."""
        most = [table[kind][left] for table in self._reach(left)]
        return tuple(
            vector
            for vector in front
            if all(
                _dot(row, vector) + more >= need
                for row, more, need in zip(self.rows, most, self.row_needs, strict=True)
            )
        )

    def covers(self, pattern: Pattern) -> bool:
        front = self.start
        for kind, number in enumerate(pattern):
            front = self.add(front, kind, number)
        return self.covered(front)

    def _sums(self, one: Front, other: Front) -> Front:
        added = {
            tuple(
                min(a + b, max(0, need)) if cap else a + b
                for a, b, need, cap in zip(u, v, self.needs, self.capped, strict=True)
            )
            for u in one
            for v in other
        }
        return undominated(added)

    def _bests(self, row: Vector) -> list[tuple[int, int]]:
        """The most that one seat of each kind adds to a row, and how many there are."""
        return [
            (max(_dot(row, vector) for vector in front), size)
            for front, size in zip(self.options, self.sizes, strict=True)
        ]

    def _reach(self, left: int) -> list[list[list[int]]]:
        """For each row: from this kind on, the most that 0, 1, … seats can add."""
        upto = 1 << left.bit_length()
        if upto not in self._most:
            self._most[upto] = [_most_from(self._bests(row), upto) for row in self.rows]
        return self._most[upto]


def _most_from(bests: list[tuple[int, int]], upto: int) -> list[list[int]]:
    tables = [[0] * (upto + 1)]
    held: list[int] = []
    for best, size in reversed(bests):
        for _ in range(min(size, upto)):
            insort(held, -best)
        del held[upto:]
        sums = [-s for s in accumulate(held, initial=0)]
        tables.append(sums + [sums[-1]] * (upto + 1 - len(sums)))
    return tables[::-1]


@dataclass(frozen=True, eq=False)
class Problem:
    """Kinds of seats, the strongest first, and the ways that a set of seats may cover."""

    kinds: tuple[tuple[int, ...], ...]
    """Seats that are alike, in the order in which they are named."""
    ways: tuple[Way, ...]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        return tuple(map(len, self.kinds))

    @cached_property
    def least(self) -> int | None:
        """No fewer seats than this cover; None: all are too few."""
        return min((way.least for way in self.ways if way.least is not None), default=None)

    def covers(self, pattern: Pattern) -> bool:
        return any(way.covers(pattern) for way in self.ways)


def problem(
    ways: Sequence[Sequence[Count]],
    start: Sequence[int],
    moves: Sequence[Sequence[int]],
    *,
    meet: bool,
    rank: Callable[[int], int],
) -> Problem:
    """Which seats must move so that some way has all its counts met (or else missed).

    ``start`` holds each seat's answer, ``moves`` what it may answer instead. Seats that do
    equally well are named by ``rank``, then in seat order.
    """
    counts = tuple(dict.fromkeys(count for way in ways for count in way))
    gains = {count: _gains(count, start, moves, meet) for count in counts}
    needs = {count: _need(count, start, meet) for count in counts}
    asked = _asked(ways, gains, needs)
    used = tuple(dict.fromkeys(count for way in asked for count in way))
    kinds = _kinds(used, gains, sorted(range(len(start)), key=rank))
    places = {count: place for place, count in enumerate(used)}
    drawn = [_way([(places[c], needs[c]) for c in way], kinds) for way in asked]
    return _ordered(tuple(kinds.values()), [way for way in drawn if way.least is not None], rank)


def _gains(
    count: Count, start: Sequence[int], moves: Sequence[Sequence[int]], meet: bool
) -> list[tuple[int, ...]]:
    """What each seat's moves add towards the need; in Python's whole numbers, which never wrap."""
    sign = 1 if meet else -1
    return [
        tuple(sign * (row[move] - row[now]) for move in able)
        for row, now, able in zip(count.points.tolist(), start, moves, strict=True)
    ]


def _need(count: Count, start: Sequence[int], meet: bool) -> int:
    rows: list[list[int]] = count.points.tolist()
    total = sum(row[now] for row, now in zip(rows, start, strict=True))
    return count.need - total if meet else total - count.need + 1


def _asked(
    ways: Sequence[Sequence[Count]],
    gains: dict[Count, list[tuple[int, ...]]],
    needs: dict[Count, int],
) -> list[tuple[Count, ...]]:
    """The ways within reach, each once, without counts that are and stay where they should."""
    most = {c: sum(max(0, *row, 0) for row in table) for c, table in gains.items()}
    safe = {
        c: needs[c] <= 0 and all(gain >= 0 for row in table for gain in row)
        for c, table in gains.items()
    }
    reachable = (way for way in ways if all(most[c] >= needs[c] for c in way))
    return list(dict.fromkeys(tuple(c for c in way if not safe[c]) for way in reachable))


def _kinds(
    counts: Sequence[Count], gains: dict[Count, list[tuple[int, ...]]], seats: Iterable[int]
) -> dict[Front, tuple[int, ...]]:
    """Seats by what their moves add, without those that can add nothing."""
    zero = (0,) * len(counts)
    kinds: dict[Front, tuple[int, ...]] = {}
    for seat in seats:
        moves = zip(*(gains[count][seat] for count in counts), strict=True)
        adds = undominated({zero, *moves})
        if adds != (zero,):
            kinds[adds] = (*kinds.get(adds, ()), seat)
    return kinds


def _way(asked: Sequence[tuple[int, int]], kinds: dict[Front, tuple[int, ...]]) -> Way:
    needs = tuple(need for _, need in asked)
    options = tuple(
        undominated({tuple(vector[place] for place, _ in asked) for vector in front})
        for front in kinds
    )
    sizes = tuple(map(len, kinds.values()))
    units = tuple(tuple(int(i == k) for i in range(len(needs))) for k in range(len(needs)))
    return Way(needs, options, sizes, units + multipliers(needs, options, sizes))


def _ordered(
    kinds: tuple[tuple[int, ...], ...], ways: list[Way], rank: Callable[[int], int]
) -> Problem:
    """Kinds put in order: those that go furthest in a way of the fewest seats come first."""
    shortest = min((way.least for way in ways if way.least is not None), default=0)
    leading = [way for way in ways if way.least == shortest and way.needs]
    strengths = [way.strengths() for way in leading]
    strength = [max((held[t] for held in strengths), default=0.0) for t in range(len(kinds))]
    order = sorted(range(len(kinds)), key=lambda t: (-strength[t], rank(kinds[t][0]), kinds[t][0]))
    return Problem(tuple(kinds[t] for t in order), tuple(way.reordered(order) for way in ways))


def undominated(vectors: Iterable[Vector]) -> Front:
    """Those that no other equals or exceeds in every count, sorted."""
    kept: list[Vector] = []
    for vector in sorted(vectors, reverse=True):  # whatever exceeds it comes before it
        if not any(all(map(ge, other, vector)) for other in kept):
            kept.append(vector)
    return tuple(kept)


def _dot(row: Vector, vector: Vector) -> int:
    return sum(a * b for a, b in zip(row, vector, strict=True) if a)
