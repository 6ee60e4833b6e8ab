"""The frontier of a bargaining problem: linked issues first, then sums of independent parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from comity.bargaining.frontier.left import Left, left
from comity.bargaining.frontier.levels import Level
from comity.bargaining.frontier.linked import Linked
from comity.bargaining.frontier.order import order
from comity.bargaining.frontier.points import points_of
from comity.bargaining.frontier.result import Frontier
from comity.bargaining.frontier.sums import ANY, Block, Bounds, falling, sums
from comity.bargaining.frontier.work import EFFORT, Tell, Work, untold
from comity.bargaining.problem import Floats, Ints, Problem
from comity.errors import UnsupportedError

MOST = 2_000_000
"""How many partial packages are kept at a time unless said otherwise: some 600 MB."""

REACH = 2**61
"""Beyond any sum of steps."""

FEW = 100
"""So many options are compared each with each."""


def frontier(
    problem: Problem,
    *,
    epsilon: float = 0.0,
    above: Floats | None = None,
    most: int = MOST,
    effort: int = EFFORT,
    progress: Tell | None = None,
) -> Frontier:
    """The Pareto frontier over allowed packages (conventions §44), exact if ``epsilon`` is 0.

    ``epsilon`` (points of utility): how much worse than a package the listed point that stands
    for it may be; it is drawn upon only where there is much to compare. ``above`` (parties,):
    only packages that give every party at least so much count. ``most``: how many partial
    packages may be kept at a time; ``effort``: how many comparisons may be made, a hundred million
    taking a second or two. ``progress`` is told the share done, from 0 to 1.

    Raises TooLargeError, with advice, if more would have to be kept or compared; UnsupportedError
    if there are fewer than two parties, or a number is none.
    """
    if len(problem.parties) < 2:
        raise UnsupportedError("A frontier is of two parties or more.", found=problem.parties)
    if not epsilon >= 0.0:
        raise UnsupportedError("An approximation cannot be closer than exact.", found=epsilon)
    found = left(problem)
    floor = np.full(len(problem.parties), -REACH)
    if above is not None:
        floor = _whole(np.ceil(np.asarray(above) * found.steps.per_point)) - found.steps.same
    allowance = _whole(np.floor(epsilon * found.steps.per_point))
    additions = len(problem.issues) + sum(len(c) > 1 for c in found.components)
    work = Work(additions, most, allowance, progress or untold, effort)
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


def _whole(steps: Floats) -> Ints:
    """Steps as whole numbers; what is out of all reach, as far as that."""
    if np.isnan(steps).any():
        raise UnsupportedError("A floor that packages are to reach is not a number.")
    whole: Ints = np.clip(steps, -REACH, REACH).astype(np.int64)
    return whole


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
        chains = [Linked(self.left, order(self.left, c), self.work) for c in linked]
        best = [chain.best(0) for chain in chains]
        spare = sum((*best, *(part.values.max(axis=0) for part in parts)), self._no_slack)
        for chain, own in zip(chains, best, strict=True):
            values, level = chain.sums(self.floor - (spare - own))
            parts.append(_Part(values, np.arange(len(values)), level))
        if not all(len(part.values) for part in parts):
            return _none(len(self.floor))
        return self._joined(sorted(parts, key=lambda part: len(part.values)))

    def _issue(self, issue: int) -> _Part:
        """An issue that nothing holds to others: its undominated options, equal ones as one."""
        options = self.left.options[issue]
        worth = self.left.steps.worth[issue][options]
        if len(options) <= FEW:
            from comity.bargaining.frontier.few import undominated

            order = falling(worth)
            order = order[undominated(worth[order], self.left.steps.same)]
            if not (worth[order[1:]] == worth[order[:-1]]).all(axis=1).any():
                return _Part(worth[order], options[order], issue)
        nothing = np.zeros((1, worth.shape[1]), dtype=np.int64)
        block = Block(nothing, np.zeros(1, dtype=np.int64), worth, options)
        found = sums([block], self._bounds(self._lowest, self._no_slack), self.work)
        if not found.whole:
            raise self.work.refuse()
        if len(found.values) == len(found.choice):
            return _Part(found.values, found.choice.astype(np.int64), issue)
        level = Level(None, issue, found.start, found.parent, found.choice)
        return _Part(found.values, np.arange(len(found.values)), level)

    def _joined(self, parts: list[_Part]) -> tuple[Ints, Level]:
        """Sums of independent parts, small ones first."""
        best = np.array([part.values.max(axis=0) for part in parts])
        to_come = best[::-1].cumsum(axis=0)[::-1] - best
        values, level = self._first(parts[0], self.floor - to_come[0])
        for part, coming in zip(parts[1:], to_come[1:], strict=True):
            if not len(values):
                return _none(len(self.floor))
            slack = self.work.slack(len(values) * len(part.values), len(self.floor))
            block = Block(values, np.arange(len(values)), part.values, part.choices)
            found = sums(
                [block], self._bounds(self.floor - coming, slack), self.work, self.work.within
            )
            if not found.whole:
                raise self.work.refuse()
            self.work.added(slack, thinned=found.thinned)
            values = found.values
            level = Level(level, part.what, found.start, found.parent, found.choice)
        return values, level

    def _first(self, part: _Part, low: Ints) -> tuple[Ints, Level]:
        """The choices of one part that leave the floor within reach."""
        high = (part.values >= low).all(axis=1)
        start, choices = np.arange(int(high.sum()) + 1), part.choices[high].astype(np.int32)
        self.work.added(self._no_slack, thinned=False)
        return part.values[high], Level(None, part.what, start, np.zeros_like(choices), choices)

    def _bounds(self, low: Ints, slack: Ints) -> Bounds:
        same = self.left.steps.same
        return Bounds(low, self._highest, same, slack, len(same), self.work.most)

    @cached_property
    def _no_slack(self) -> Ints:
        return np.zeros(len(self.floor), dtype=np.int64)

    @cached_property
    def _lowest(self) -> Ints:
        return self._no_slack - ANY

    @cached_property
    def _highest(self) -> Ints:
        return self._no_slack + ANY
