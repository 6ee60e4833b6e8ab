"""Frontier and solutions of the middle reading, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from comity.bargaining.drawn import Drawn
from comity.bargaining.problem import Floats, Package, Problem
from comity.ensemble.mediation.results import FrontierView, Numbers, SolutionView, Terms

if TYPE_CHECKING:
    from comity.bargaining.frontier import Frontier
    from comity.bargaining.solutions import Solution, Solutions

MOST_TERMS = 500
"""Frontier points of which a package is spelled out."""

NAMES = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian", "proportional")


def numbers(values: Iterable[float] | Floats) -> Numbers:
    """One plain number a party."""
    return tuple(float(value) for value in values)


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
    named = ((name, getattr(found, name)) for name in NAMES)
    return {
        name: solution_view(problem, each, found, drawn) for name, each in named if each is not None
    }


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
        package=terms(problem, solution.packages),
        packages=solution.count,
        listed=tuple(problem.labelled(package) for package in solution.packages),
        gains=None if first is None else numbers(np.array(first) - problem.reservation),
        normalised=normalised(problem, first, among),
        share_within=share_within(drawn, solution.packages),
    )


def terms(problem: Problem, packages: Sequence[Package]) -> Terms | None:
    """The first of some packages in words."""
    return problem.labelled(packages[0]) if packages else None


def normalised(
    problem: Problem, point: Numbers | None, among: Solutions
) -> tuple[float | None, ...] | None:
    """Normalised gains nᵢ = (uᵢ − dᵢ)/(aᵢ − dᵢ), None for a party that is left out (§45)."""
    if point is None:
        return None
    return tuple(
        None if party in among.left_out else (u - d) / (a - d)
        for party, u, d, a in zip(
            problem.parties, point, numbers(problem.reservation), numbers(among.best), strict=True
        )
    )


def share_within(drawn: Drawn, packages: Sequence[Package]) -> float | None:
    """In what share of draws the first package lies within all stated limits (§43)."""
    if not packages:
        return None
    return float(within(drawn, [packages[0]])[:, 0].mean())


def within(
    drawn: Drawn, packages: list[Package]
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """In which draws packages lie within all stated limits: shape (draws, packages)."""
    from comity.bargaining.problem import SAME

    enough = drawn.utilities(packages) >= drawn.reservation[:, None, :] - SAME
    return np.asarray(enough.all(axis=2) & ~drawn.crossed(packages).any(axis=2))
