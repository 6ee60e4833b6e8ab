"""The frontier found: its points, and every package on each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from comity.bargaining.frontier.levels import Level, Trail, added_up, counted, first_trail, trails
from comity.bargaining.frontier.points import Points
from comity.bargaining.problem import Floats, Package, Problem


@dataclass(frozen=True, eq=False)
class Frontier:
    """Points that no allowed package betters for one party without loss to another (§44).

    ``points`` (points, parties), sorted by the first party's utility downwards. ``epsilon`` is 0
    if they are all of them; else every allowed package has a point no more than that worse for
    any party, and ``counts`` are of the packages that were found.
    """

    problem: Problem
    points: Floats
    epsilon: float
    _level: Level
    _points: Points

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """How many packages each point stands for: whole numbers of any size."""
        ways = counted(self._level)[self._points.nodes]
        return tuple(added_up(ways, self._points.start).tolist())

    @property
    def packages(self) -> int:
        """How many packages there are on the frontier."""
        return sum(self.counts)

    def at(self, point: int) -> Iterator[Package]:
        """All packages on a point, one after the other."""
        for node in self._nodes(point):
            for trail in trails(self._level, node):
                yield self._package(trail)

    def first(self, point: int) -> Package:
        """One package on a point."""
        return self._package(first_trail(self._level, self._nodes(point)[0]))

    def _nodes(self, point: int) -> list[int]:
        place = range(len(self.points))[point]
        start = self._points.start
        return self._points.nodes[start[place] : start[place + 1]].tolist()  # type: ignore[no-any-return]

    def _package(self, trail: Trail) -> Package:
        chosen = [0] * len(self.problem.issues)
        for issue, option in trail:
            chosen[issue] = option
        return tuple(chosen)
