"""How partial sums came about: levels of nodes with links to all their makings.

A node stands for all ways to reach one partial sum. Each way is an edge: a node of the level
before, and what was added to it: an option of an issue, or a node of another chain of levels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.problem import Ints

Trail = list[tuple[int, int]]
"""Pairs of an issue and its option."""

Places = NDArray[np.int32]

LARGEST = 2.0**62
"""Counts beyond this are Python's own whole numbers."""


@dataclass(frozen=True, eq=False)
class Level:
    """Nodes after one addition. Edges of node j are those from ``start[j]`` to ``start[j + 1]``.

    ``added`` is an issue, and ``choice`` its options; or a level, and ``choice`` its nodes.
    The level before all additions is None: one node, with one way to it.
    """

    before: Level | None
    added: int | Level
    start: Ints
    parent: Places
    choice: Places

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.start) - 1


def counted(level: Level | None) -> NDArray[Any]:
    """In how many ways each node is reached: int64, or whole numbers of any size if need be."""
    chain: list[Level] = []
    while level is not None:
        chain.append(level)
        level = level.before
    ways: NDArray[Any] = np.ones(1, dtype=np.int64)
    for one in reversed(chain):
        times = None if isinstance(one.added, int) else counted(one.added)[one.choice]
        ways = _summed(one, ways[one.parent], times)
    return ways


def _summed(level: Level, ways: NDArray[Any], times: NDArray[Any] | None) -> NDArray[Any]:
    """Ways over each edge, added up over the edges of each node."""
    if ways.dtype != object and (times is None or times.dtype != object):
        about = ways.astype(float) * (1.0 if times is None else times.astype(float))
        if about.sum() > LARGEST:
            ways = ways.astype(object)
    each = ways if times is None else ways * times
    return added_up(each, level.start)


def added_up(numbers: NDArray[Any], start: Ints) -> NDArray[Any]:
    """Sums of the stretches that start where ``start`` says; its last entry is the end."""
    if len(start) == 1:
        return numbers[:0]
    if numbers.dtype != object and numbers.astype(float).sum() > LARGEST:
        numbers = numbers.astype(object)
    summed: NDArray[Any] = np.add.reduceat(numbers, start[:-1])
    return summed


def first_trail(level: Level | None, node: int) -> Trail:
    """One way to a node."""
    return next(trails(level, node))


def trails(level: Level | None, node: int) -> Iterator[Trail]:
    """All ways to a node, one after the other, without listing them.

    What is open is a list of levels and nodes to be reached, as nested pairs; so is the trail.
    """
    undecided: list[tuple[Any, Any]] = [((level, node, None), None)]
    while undecided:
        open_, trail = undecided.pop()
        while open_ is not None and open_[0] is None:
            open_ = open_[2]
        if open_ is None:
            yield _unfolded(trail)
            continue
        here, place, rest = open_
        for edge in range(int(here.start[place + 1]) - 1, int(here.start[place]) - 1, -1):
            before = here.before, int(here.parent[edge]), rest
            choice = int(here.choice[edge])
            if isinstance(here.added, int):
                undecided.append((before, (here.added, choice, trail)))
            else:
                undecided.append(((here.added, choice, before), trail))


def _unfolded(trail: Any) -> Trail:
    found: Trail = []
    while trail is not None:
        found.append(trail[:2])
        trail = trail[2]
    return found
