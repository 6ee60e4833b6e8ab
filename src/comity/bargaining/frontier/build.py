"""The frontier of a bargaining problem: linked issues first, then sums of independent parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from comity.bargaining.frontier.left import Left, left
from comity.bargaining.frontier.levels import Level
from comity.bargaining.frontier.linked import Linked
from comity.bargaining.frontier.order import order
from comity.bargaining.frontier.points import points_of
from comity.bargaining.frontier.result import Frontier
from comity.bargaining.frontier.sums import ANY, Block, Bounds, sums
from comity.bargaining.frontier.work import Tell, Work, untold
from comity.bargaining.problem import Floats, Ints, Problem
from comity.errors import UnsupportedError

MOST = 2_000_000
"""How many partial packages are kept at a time unless said otherwise: some 300 MB."""


def frontier(
    problem: Problem,
    *,
    epsilon: float = 0.0,
    above: Floats | None = None,
    most: int = MOST,
    progress: Tell | None = None,
) -> Frontier:
    """The Pareto frontier over allowed packages (conventions §44), exact if ``epsilon`` is 0.

    ``epsilon`` (points of utility): how much worse than a package the listed point that stands
    for it may be; it is drawn upon only where there is much to compare. ``above`` (parties,):
    only packages that give every party at least so much count. ``most``: how many partial
    packages may be kept at a time. ``progress`` is told the share done, from 0 to 1.

    Raises UnsupportedError, with advice, if more would have to be kept.
    """
    found = left(problem)
    floor = np.full(len(problem.parties), -ANY // 2)
    if above is not None:
        floor = np.ceil(np.asarray(above) * found.steps.per_point).astype(np.int64)
        floor -= found.steps.same
    if not epsilon >= 0.0:
        raise UnsupportedError("An approximation cannot be closer than exact.", found=epsilon)
    allowance = np.floor(epsilon * found.steps.per_point).astype(np.int64)
    additions = len(problem.issues) + sum(len(c) > 1 for c in found.components)
    work = Work(additions, most, allowance, progress or untold)
    values, level = (
        _Building(found, floor, work).all() if found.possible else _none(len(problem.parties))
    )
    points = points_of(values, found.steps.same)
    work.tell(1.0)
    return Frontier(
        problem,
        points.values / found.steps.per_point,
        min(epsilon, work.epsilon(found.steps.per_point)),
        level,
        points,
    )


def _none(parties: int) -> tuple[Ints, Level]:
    """No sums at all."""
    empty = np.zeros(0, dtype=np.int32)
    level = Level(None, 0, np.zeros(1, dtype=np.int64), empty, empty)
    return np.zeros((0, parties), dtype=np.int64), level


@dataclass(frozen=True, eq=False)
class _Part:
    """An independent part of the talks: what its choices add, and what they are choices of."""

    values: Ints
    choices: Ints
    what: int | Level


@dataclass(frozen=True, eq=False)
class _Building:
    """The work on what is left of a problem, for packages worth at least ``floor``."""

    left: Left
    floor: Ints
    work: Work

    def all(self) -> tuple[Ints, Level]:
        """Sums of all issues, each independent part by itself first."""
        linked = [c for c in self.left.components if len(c) > 1]
        parts = [self._issue(c[0]) for c in self.left.components if len(c) == 1]
        spare = self._best(parts)
        chains = [Linked(self.left, order(self.left, c), self.work) for c in linked]
        for chain in chains:
            others = sum((other.best(0) for other in chains if other is not chain), spare)
            values, level = chain.sums(self.floor - others)
            parts.append(_Part(values, np.arange(len(values)), level))
        if not all(len(part.values) for part in parts):
            return _none(len(self.floor))
        return self._joined(sorted(parts, key=lambda part: len(part.values)))

    def _issue(self, issue: int) -> _Part:
        """An issue that nothing holds to others: its undominated options, equal ones as one."""
        options = self.left.options[issue]
        worth = self.left.steps.worth[issue][options]
        nothing = np.zeros((1, worth.shape[1]), dtype=np.int64)
        block = Block(nothing, np.zeros(1, dtype=np.int64), worth, options)
        found = sums([block], self._bounds(len(options), exact=True))
        if len(found.values) == len(found.choice):
            return _Part(found.values, found.choice.astype(np.int64), issue)
        level = Level(None, issue, found.start, found.parent, found.choice)
        return _Part(found.values, np.arange(len(found.values)), level)

    def _best(self, parts: list[_Part]) -> Ints:
        """The most that parts can add for each party, one by one."""
        none = np.zeros(len(self.floor), dtype=np.int64)
        return sum((part.values.max(axis=0) for part in parts if len(part.values)), none)

    def _joined(self, parts: list[_Part]) -> tuple[Ints, Level]:
        """Sums of independent parts, small ones first."""
        values = np.zeros((1, len(self.floor)), dtype=np.int64)
        level: Level | None = None
        for place, part in enumerate(parts):
            bounds = self._bounds(len(values) * len(part.values))
            bounds = replace(bounds, low=self.floor - self._best(parts[place + 1 :]))
            block = Block(values, np.arange(len(values)), part.values, part.choices)
            found = sums([block], bounds, self.work.within)
            if not found.whole:
                raise self.work.refuse()
            self.work.added(bounds.slack, thinned=found.thinned)
            values = found.values
            if not len(values):
                return _none(len(self.floor))
            level = Level(level, part.what, found.start, found.parent, found.choice)
        assert level is not None
        return values, level

    def _bounds(self, candidates: int, *, exact: bool = False) -> Bounds:
        same = self.left.steps.same
        slack = self.work.slack(0 if exact else candidates, len(same))
        none = np.zeros(len(same), dtype=np.int64)
        return Bounds(none - ANY, none + ANY, same, slack, len(same), self.work.most)
