"""Solutions and claims where the frontier is beyond reach, in the form they have with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import compress

import numpy as np

from comity.bargaining.alone import Alone, solutions_alone
from comity.bargaining.highest import Highest, Programme
from comity.bargaining.problem import SAME, Bools, Floats, Problem
from comity.bargaining.solutions import (
    NONE_WITHIN,
    Solution,
    Solutions,
    no_gain_for_all,
    shares_of,
)


def solutions_beyond(
    problem: Problem,
    proportions: Mapping[str, float] | None = None,
    seconds: float | None = None,
    tell: Callable[[float], None] = lambda _: None,
) -> Solutions:
    """One package for each solution, by integer programmes; ties are not looked for.

    ``value`` is attained, ``at_most`` proven by the solver. ``unique`` is never claimed and
    ``count`` is 1, the package that is given; ``complete`` is False.

    Raises DossierError for proportions that do not fit the parties, UnsupportedError if the solver
    comes to no answer.
    """
    if proportions is not None:
        shares_of(problem.parties, proportions)
    return _told(
        problem, solutions_alone(problem, proportions, seconds, tell), proportions is not None
    )


def largest_smallest(
    problem: Problem, least: Floats, room: Floats, counted: Bools
) -> Highest | None:
    """The package within reservation values with the largest smallest share (uᵢ − lᵢ)/roomᵢ.

    ``least`` lᵢ, ``room`` and ``counted``, the parties that are compared, have shape (parties,).
    None if no package is within reservation values. Raises UnsupportedError if the solver comes to
    no answer.
    """
    programme = Programme(problem, problem.reservation)
    level = programme.columns(1, lower=-np.inf, upper=1.0)[0]
    programme.cost[level] = 1.0
    for party in np.flatnonzero(counted).tolist():
        shares = {column: worth / room[party] for column, worth in programme.utility(party).items()}
        programme.row(least[party] / room[party], shares | {level: -1.0}, np.inf)
    found = programme.solved()
    if found is None:
        return None
    package, bound = found
    utilities = problem.utilities([package])[0]
    value = float(np.min((utilities - least)[counted] / room[counted], initial=np.inf))
    return Highest(package, utilities, value, bound)


def _told(problem: Problem, found: Alone, proportioned: bool) -> Solutions:
    remaining = ~(found.best - problem.reservation <= SAME)
    gainers = tuple(compress(problem.parties, remaining))
    missing = bool(np.isnan(found.best).any())
    none = NONE_WITHIN if missing or not gainers else no_gain_for_all(gainers)

    def told(name: str, one: Highest | None) -> Solution:
        if one is None:
            nothing = np.zeros((0, len(problem.parties)))
            return Solution(name, nothing, (), 0, exists=False, why=none, unique=False)
        points, packages = one.utilities[None, :], (one.package,)
        solution = Solution(name, points, packages, 1, exists=True, why="", unique=False)
        return replace(solution, value=one.value, at_most=one.bound) if gainers else solution

    return Solutions(
        problem.parties,
        problem.reservation,
        found.best,
        found.left_out,
        told("nash", found.nash),
        told("kalai_smorodinsky", found.kalai_smorodinsky),
        told("egalitarian", found.egalitarian),
        told("utilitarian", found.utilitarian),
        told("proportional", found.proportional) if proportioned else None,
        complete=False,
    )
