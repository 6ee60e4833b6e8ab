"""Frontier and solutions of the middle reading, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from comity.bargaining.drawn import Drawn
from comity.bargaining.menu import within
from comity.bargaining.problem import Floats, Package, Problem
from comity.bargaining.reach import MOST_COMPARED as MOST_COMPARED_IN_DRAWS
from comity.bargaining.reach import MOST_KEPT, steps_alone
from comity.ensemble.mediation.results import FrontierView, SolutionView
from comity.ensemble.mediation.words import all_known, known, numbers, terms
from comity.ensemble.progress import Tell
from comity.errors import TooLargeError, UnsupportedError

if TYPE_CHECKING:
    from comity.bargaining.frontier import Frontier
    from comity.bargaining.solutions import Solution, Solutions


def untold(_: float) -> None:
    """Nobody wants to know."""


MOST_TERMS = 500
"""Frontier points of which a package is spelled out."""

BOUND = 1e-6
"""A bound no further above a value, relative to it, leaves the value exact: solvers round."""

UNCOUNTED = "At least one package attains it; ties were not searched."

MOST_WHOLE = 250_000
"""Partial packages kept at a time for the whole frontier of the middle reading: some seconds."""

MOST_COMPARED = 2 * 10**9
"""Comparisons made for it: half a minute."""

MOST_STEPS = 100_000
"""Simplex steps that one reading may take without its frontier: some ten seconds."""


@dataclass(frozen=True, eq=False)
class Middle:
    """Frontier and solutions of the middle reading, as far as they are within reach.

    ``frontier`` None: it is not, even above the reservation values; ``whole``: it is all of it, or
    with epsilon > 0 an approximation to all of it. ``alone``: draws are settled without their
    frontiers, since that of the middle reading was too large for it (reach.py); ``steps`` of the
    simplex method its programmes take then.
    """

    problem: Problem
    frontier: Frontier | None
    solved: Solutions
    whole: bool
    alone: bool
    steps: int = 0


def middle_of(
    problem: Problem,
    proportions: Mapping[str, Fraction | float],
    epsilon: float,
    tell: Tell = untold,
) -> Middle:
    """The whole frontier; else the part above the reservation values; else solutions alone.

    The solutions are exact in all three. With ``epsilon`` above 0 the frontier is approximate, and
    the solutions are those of the exact part above the reservation values if it is within reach.
    ``tell`` hears the share of the work that is done. Raises UnsupportedError, with advice, if
    programmes for single packages take too long as well.
    """
    from comity.bargaining.beyond import solutions_beyond
    from comity.bargaining.solutions import solutions

    shares = {party: float(part) for party, part in proportions.items()} or None
    small, large = (MOST_KEPT, MOST_COMPARED_IN_DRAWS), (MOST_WHOLE, MOST_COMPARED)
    floor = problem.reservation
    alone = not _reached(problem, small, above=floor, tell=part_of(tell, 0.0, 0.2))
    steps = steps_within_reach(problem) if alone else 0
    whole = _reached(problem, large, epsilon=epsilon, tell=part_of(tell, 0.2, 0.5))
    part = None
    if whole is None or epsilon:
        part = _reached(problem, large, above=floor, tell=part_of(tell, 0.5, 0.7))
    exact = part or whole
    if exact:
        solved = solutions(exact, shares)
    else:
        solved = solutions_beyond(problem, shares, tell=part_of(tell, 0.7, 1.0))
    tell(1.0)
    return Middle(problem, whole or part, solved, whole is not None, alone, steps)


def part_of(tell: Tell, low: float, high: float) -> Tell:
    """What to tell of a part of some work, which runs from ``low`` to ``high`` of the whole."""
    return lambda share: tell(low + share * (high - low))


def steps_within_reach(problem: Problem) -> int:
    """Simplex steps of the programmes of one reading.

    Raises UnsupportedError if they are too many for any draws to be settled like that.
    """
    from comity.bargaining.highest import FEWER

    steps = steps_alone(problem)
    if steps > MOST_STEPS:
        raise UnsupportedError(
            "These talks are too large, with and without the frontier: integer programmes for one "
            f"reading take {steps:,} steps, and {MOST_STEPS:,} are the most.",
            mend=FEWER,
        )
    return steps


def _reached(
    problem: Problem,
    bounds: tuple[int, int],
    *,
    epsilon: float = 0.0,
    above: Floats | None = None,
    tell: Tell = untold,
) -> Frontier | None:
    """The frontier if it is within reach: of ``bounds`` on what is kept, and on comparisons."""
    from comity.bargaining.frontier import frontier

    try:
        most, effort = bounds
        return frontier(
            problem, epsilon=epsilon, above=above, most=most, effort=effort, progress=tell
        )
    except TooLargeError:
        return None


def frontier_view(middle: Middle) -> FrontierView:
    """The frontier with a first package for each of its first points, and what it is."""
    found, problem = middle.frontier, middle.problem
    if found is None:
        return _solutions_alone(middle)
    listed = range(min(len(found.points), MOST_TERMS))
    return FrontierView(
        points=len(found.points),
        packages=found.packages,
        utilities=tuple(numbers(point) for point in found.points),
        epsilon=found.epsilon,
        exact=middle.whole and found.epsilon == 0.0,
        how=_how(found, middle.whole),
        terms=tuple(problem.labelled(found.first(point)) for point in listed),
    )


def _how(found: Frontier, whole: bool) -> str:
    if not whole:
        return (
            "the whole frontier is beyond reach; listed are all points of it that give every "
            "party at least its reservation value"
        )
    if found.epsilon:
        return (
            f"an approximation: every allowed package has a listed point that is no more than "
            f"{found.epsilon:g} worse for any party"
        )
    return "every point of the frontier is listed"


def _solutions_alone(middle: Middle) -> FrontierView:
    """Points of the solutions, where the frontier is beyond reach."""
    packages = dict.fromkeys(
        package for found in middle.solved.named.values() for package in found.packages
    )
    points = middle.problem.utilities(list(packages))
    return FrontierView(
        points=None,
        packages=None,
        utilities=tuple(numbers(point) for point in points),
        epsilon=None,
        exact=False,
        how="the frontier is beyond reach; listed are the packages of the solutions alone",
        terms=tuple(middle.problem.labelled(package) for package in packages),
    )


def solution_views(
    problem: Problem, found: Solutions, drawn: Drawn, regret: Mapping[Package, float]
) -> dict[str, SolutionView]:
    """All solutions by name; the proportional one only if proportions are stated."""
    return {
        name: replace(
            solution_view(problem, each, found, drawn),
            mean_regret=None if each.package is None else regret.get(each.package),
        )
        for name, each in found.named.items()
    }


def solution_view(
    problem: Problem, solution: Solution, among: Solutions, drawn: Drawn
) -> SolutionView:
    """One solution in words."""
    first = numbers(solution.points[0]) if solution.exists else None
    counted = among.complete or not solution.exists
    return SolutionView(
        exists=solution.exists,
        why=solution.why if counted else UNCOUNTED,
        unique=solution.unique if counted else None,
        utilities=first,
        tied=tuple(numbers(point) for point in solution.points),
        package=terms(problem, solution.package),
        packages=solution.count if counted else None,
        listed=tuple(problem.labelled(package) for package in solution.packages),
        gains=None if first is None else numbers(np.array(first) - problem.reservation),
        normalised=None if first is None else all_known(among.normalised(np.array(first))),
        value=known(solution.value),
        at_most=known(solution.at_most),
        exact=exactly(solution, among),
        share_within=_share_within(drawn, solution.package),
    )


def exactly(solution: Solution, among: Solutions) -> bool:
    """Whether no package can reach more by the formula, to the solver's bound."""
    if not solution.exists or np.isnan(solution.value):
        return not among.epsilon
    return bool(solution.at_most <= solution.value + BOUND * max(1.0, abs(solution.value)))


def _share_within(drawn: Drawn, package: Package | None) -> float | None:
    """In what share of draws a package lies within all stated limits (§43)."""
    return None if package is None else float(within(drawn, [package]).mean())
