"""Packages that settle a question, by the frontier or, where that is beyond reach, one by one.

Most questions need few packages: the best for each party, and the one that gives most to whoever
gets least. The frontier holds them all; integer programmes find them alone, as exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from comity.bargaining.problem import SAME, Floats, Package, Problem
from comity.errors import TooLargeError

if TYPE_CHECKING:
    from comity.bargaining.frontier import Frontier
    from comity.bargaining.highest import Programme

MOST_KEPT = 20_000
"""Partial packages kept at a time in one draw, beyond which integer programmes are faster."""

MOST_COMPARED = 3 * 10**8
"""Comparisons made for the frontier of one draw, likewise: a few seconds."""

Scale = tuple[Floats, Floats]
"""From where, and over what range, each party's utility is measured: both (parties,)."""

Scales = Callable[[], Sequence[Scale]]
"""Further scales, made only if they are needed."""


@dataclass(frozen=True, eq=False)
class Few:
    """A few packages that settle a question, read like a frontier.

    ``points`` (packages, parties) are their utilities; ``steps`` of the simplex method it took to
    find them.
    """

    problem: Problem
    points: Floats
    packages: tuple[Package, ...]
    epsilon: float = 0.0
    steps: int = 0

    def first(self, row: int) -> Package:
        """The package of a point."""
        return self.packages[row]

    def at(self, row: int) -> Iterator[Package]:
        """The package of a point, alone."""
        yield self.packages[row]


def telling(
    problem: Problem, above: Floats, scales: Scales = tuple, *, alone: bool = False
) -> Frontier:
    """Packages that give every party at least ``above``: all on the frontier, or a few.

    Among them are the best for each party and, on the scale from the reservation value to that
    best and on every one of ``scales()``, one whose smallest share is largest. ``alone`` spares
    the attempt at the frontier. No points if there is no such package.

    Raises UnsupportedError if the integer programmes come to no answer either.
    """
    from comity.bargaining.frontier import frontier

    if not alone:
        try:
            return frontier(problem, above=above, most=MOST_KEPT, effort=MOST_COMPARED)
        except TooLargeError:
            pass
    return cast("Frontier", _few(problem, above, scales()))


def _few(problem: Problem, above: Floats, scales: Sequence[Scale]) -> Few:
    from comity.bargaining.highest import highest

    found: dict[Package, None] = {}
    steps = 0
    for party in np.eye(len(problem.parties)):
        best = highest(problem, party, above)
        if best is None:
            return Few(problem, np.zeros((0, len(problem.parties))), ())
        found[best.package] = None
        steps += best.steps
    room = problem.utilities(list(found)).max(axis=0) - problem.reservation
    for low, span in ((problem.reservation, room), *scales):
        programme = _for_least(problem, above, low, span)
        solved = None if programme is None else programme.solved()
        if programme is not None and solved is not None:
            found[solved[0]] = None
            steps += programme.steps
    return Few(problem, problem.utilities(list(found)), tuple(found), steps=steps)


def steps_alone(problem: Problem) -> int:
    """Steps of the simplex method that the programmes of one reading take: the same everywhere."""
    return _few(problem, problem.reservation, ()).steps


def most_for_least(problem: Problem, above: Floats, low: Floats, span: Floats) -> Package | None:
    """The package whose smallest share (uᵢ − lowᵢ)/spanᵢ is largest, of those with u ≥ above.

    Parties without a span count for nothing; None if none has one, or there is no such package.
    """
    programme = _for_least(problem, above, low, span)
    solved = None if programme is None else programme.solved()
    return None if solved is None else solved[0]


def _for_least(problem: Problem, above: Floats, low: Floats, span: Floats) -> Programme | None:
    """The programme whose optimum makes the smallest share largest; None if nobody has a span."""
    from comity.bargaining.highest import Programme

    programme = Programme(problem, above)
    level = programme.columns(1, lower=-np.inf, upper=np.inf)[0]
    programme.cost[level] = 1.0
    able = [party for party in range(len(problem.parties)) if span[party] > SAME]
    for party in able:  # uᵢ/spanᵢ − level ≥ lowᵢ/spanᵢ
        own = {column: worth / span[party] for column, worth in programme.utility(party).items()}
        programme.row(float(low[party] / span[party]), own | {level: -1.0}, np.inf)
    return programme if able else None
