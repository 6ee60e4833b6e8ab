"""The frontier of a bargaining problem: linked issues first, then sums of independent parts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from comity.bargaining.frontier.left import Left, left
from comity.bargaining.frontier.levels import Level
from comity.bargaining.frontier.linked import Linked
from comity.bargaining.frontier.order import order
from comity.bargaining.frontier.result import Frontier
from comity.bargaining.frontier.same import points_of
from comity.bargaining.frontier.sums import Block, sums
from comity.bargaining.problem import Floats, Ints, Problem

Tell = Callable[[float], None]
"""What is told the share of the work that is done, from 0 to 1."""


def frontier(
    problem: Problem,
    *,
    epsilon: float = 0.0,
    above: Floats | None = None,
    most: int = 5_000_000,
    progress: Tell | None = None,
) -> Frontier:
    """The Pareto frontier over allowed packages (conventions §44), exact if ``epsilon`` is 0.

    ``above`` (parties,): only packages that give every party at least this. ``most``: how many
    partial sums may be kept at a time.

    Raises UnsupportedError, with advice, if more would be needed.
    """
    found = left(problem)
    values, level = _all(found) if found.possible else _nothing(problem)
    if above is not None:
        floor = np.ceil(above * found.steps.per_point).astype(np.int64) - found.steps.same
        high = np.flatnonzero((values >= floor).all(axis=1))
    else:
        high = np.arange(len(values))
    nodes, points = points_of(values[high], found.steps.same)
    nodes = tuple(tuple(int(high[n]) for n in group) for group in nodes)
    if progress is not None:
        progress(1.0)
    return Frontier(problem, points / found.steps.per_point, 0.0, level, nodes)


def _nothing(problem: Problem) -> tuple[Ints, Level]:
    none = np.zeros(0, dtype=np.int32)
    level = Level(None, 0, np.zeros(1, dtype=np.int64), none, none)
    return np.zeros((0, len(problem.parties)), dtype=np.int64), level


def _all(found: Left) -> tuple[Ints, Level]:
    """Sums of all issues: first of each component by itself, then of all of them together."""
    same = found.steps.same
    linked = [Linked(found, order(found, c)).sums() for c in found.components if len(c) > 1]
    single = [c[0] for c in found.components if len(c) == 1]
    values, level = np.zeros((1, len(same)), dtype=np.int64), None
    adds: list[tuple[Ints, Ints, int | Level]] = []
    for issue in single:
        options = found.options[issue]
        adds.append((found.steps.worth[issue][options], options, issue))
    for more, made in linked:
        adds.append((more, np.arange(len(more)), made))
    for added, choices, what in sorted(adds, key=lambda add: len(add[0])):
        block = Block(values, np.arange(len(values)), added, choices)
        one = sums([block], same)
        values, level = one.values, Level(level, what, one.start, one.parent, one.choice)
    assert level is not None
    return values, level
