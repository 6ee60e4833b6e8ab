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
    about = ways.astype(float) * (1.0 if times is None else times.astype(float))
    if about.sum() > 2.0**62:
        ways = ways.astype(object)
    each = ways if times is None else ways * times
    summed: NDArray[Any] = np.add.reduceat(each, level.start[:-1]) if level.nodes else each[:0]
    return summed


def first_trail(level: Level | None, node: int) -> Trail:
    """One way to a node."""
    trail: Trail = []
    while level is not None:
        edge = level.start[node]
        trail += _made(level, int(level.choice[edge]))
        node, level = int(level.parent[edge]), level.before
    return trail


def _made(level: Level, choice: int) -> Trail:
    if isinstance(level.added, int):
        return [(level.added, choice)]
    return first_trail(level.added, choice)


def trails(level: Level | None, node: int) -> Iterator[Trail]:
    """All ways to a node, one after the other."""
    if level is None:
        yield []
        return
    for edge in range(int(level.start[node]), int(level.start[node + 1])):
        choice, parent = int(level.choice[edge]), int(level.parent[edge])
        for last in _all_made(level, choice):
            for rest in trails(level.before, parent):
                yield rest + last


def _all_made(level: Level, choice: int) -> Iterator[Trail]:
    if isinstance(level.added, int):
        yield [(level.added, choice)]
    else:
        yield from trails(level.added, choice)
