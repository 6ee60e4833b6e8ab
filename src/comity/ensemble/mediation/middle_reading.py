"""Frontier and solutions of the middle reading, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from comity.bargaining.drawn import Drawn
from comity.bargaining.menu import within
from comity.bargaining.problem import Package, Problem
from comity.ensemble.mediation.results import FrontierView, SolutionView
from comity.ensemble.mediation.words import all_known, numbers, terms

if TYPE_CHECKING:
    from comity.bargaining.frontier import Frontier
    from comity.bargaining.solutions import Solution, Solutions

MOST_TERMS = 500
"""Frontier points of which a package is spelled out."""


def frontier_view(found: Frontier, how: str) -> FrontierView:
    """The frontier with a first package for each of its first points."""
    listed = range(min(len(found.points), MOST_TERMS))
    return FrontierView(
        points=len(found.points),
        packages=found.packages,
        utilities=tuple(numbers(point) for point in found.points),
        epsilon=found.epsilon,
        exact=found.epsilon == 0.0,
        how=how,
        terms=tuple(found.problem.labelled(found.first(point)) for point in listed),
    )


def solution_views(problem: Problem, found: Solutions, drawn: Drawn) -> dict[str, SolutionView]:
    """All solutions by name; the proportional one only if proportions are stated."""
    return {name: solution_view(problem, each, found, drawn) for name, each in found.named.items()}


def solution_view(
    problem: Problem, solution: Solution, among: Solutions, drawn: Drawn
) -> SolutionView:
    """One solution in words."""
    first = numbers(solution.points[0]) if solution.exists else None
    return SolutionView(
        exists=solution.exists,
        why=solution.why,
        unique=solution.unique,
        utilities=first,
        tied=tuple(numbers(point) for point in solution.points),
        package=terms(problem, solution.package),
        packages=solution.count,
        listed=tuple(problem.labelled(package) for package in solution.packages),
        gains=None if first is None else numbers(np.array(first) - problem.reservation),
        normalised=None if first is None else all_known(among.normalised(np.array(first))),
        share_within=_share_within(drawn, solution.package),
    )


def _share_within(drawn: Drawn, package: Package | None) -> float | None:
    """In what share of draws a package lies within all stated limits (§43)."""
    return None if package is None else float(within(drawn, [package]).mean())
