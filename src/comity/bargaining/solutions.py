"""Solutions of a bargaining problem, each by its formula (conventions §45).

All are taken over the allowed packages that give every party at least its reservation value dᵢ.
Each of them is attained on the frontier: a package off it is no better for anybody than one on it,
which then gives everybody at least dᵢ too, and no formula here falls when a gain rises. A party
whose most aᵢ is dᵢ gets exactly dᵢ from all of these packages, so that leaving it out of the
comparison does not let a package in that is worse for the rest.

*An approximate frontier* (epsilon > 0): what is given is attained, but not proven best. ``value``
is then at least what the formula reaches here, ``at_most`` bounds what it reaches anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain, compress, islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.formulas import (
    egalitarian,
    kalai_smorodinsky,
    nash,
    proportional,
    utilitarian,
)
from comity.bargaining.problem import SAME, Bools, Floats, Package
from comity.errors import DossierError, Place

if TYPE_CHECKING:
    from comity.bargaining.frontier import Frontier

KEPT = 5
"""Packages of a solution that are listed; ``Frontier.at`` gives all of them."""

NONE_WITHIN = "No allowed package gives every party at least its reservation value."
WITHIN = "within the reservation values"

NAMES = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian", "proportional")


@dataclass(frozen=True, eq=False)
class Solution:
    """Where a formula is largest: all tied points, and the first few packages on them.

    ``points`` (points, parties) are utilities; ``count`` is the number of packages on all of them;
    ``why`` says in a sentence why there is none. ``unique``: one point only, proven. ``value`` is
    what the formula reaches: the product for Nash, the sum for utilitarian, else the smallest
    (normalised, proportioned) gain; NaN if there is no solution or nobody can gain. It is exact if
    ``at_most`` is no larger.
    """

    name: str
    points: Floats
    packages: tuple[Package, ...]
    count: int
    exists: bool
    why: str
    unique: bool
    value: float = float("nan")
    at_most: float = float("nan")

    @property
    def utilities(self) -> Floats | None:
        """The first point, or None if there is no solution."""
        return self.points[0] if self.exists else None

    @property
    def package(self) -> Package | None:
        """The first package, or None if there is no solution."""
        return self.packages[0] if self.packages else None


@dataclass(frozen=True, eq=False)
class Solutions:
    """The solutions of one problem, and what they measure gains by.

    ``reservation`` dᵢ and ``best`` aᵢ have shape (parties,); aᵢ is NaN if no package gives every
    party at least its reservation value. With ``epsilon`` > 0, ``best`` is an upper bound, so that
    normalised gains are not overstated. ``complete``: every point and package that attains a
    solution is among those given; not so on an approximate frontier, nor without one.
    """

    parties: tuple[str, ...]
    reservation: Floats
    best: Floats
    left_out: tuple[str, ...]
    nash: Solution
    kalai_smorodinsky: Solution
    egalitarian: Solution
    utilitarian: Solution
    proportional: Solution | None
    epsilon: float = 0.0
    complete: bool = True

    @property
    def named(self) -> dict[str, Solution]:
        """The solutions by name, in the order of ``NAMES``."""
        found = {name: getattr(self, name) for name in NAMES}
        return {name: solution for name, solution in found.items() if solution is not None}

    @property
    def remaining(self) -> Bools:
        """Parties that can gain and are compared: shape (parties,)."""
        return np.array([party not in self.left_out for party in self.parties], dtype=bool)

    def normalised(self, utilities: Floats) -> Floats:
        """nᵢ = (uᵢ − dᵢ)/(aᵢ − dᵢ) of (…, parties) utilities; NaN for parties left out."""
        room = np.where(self.remaining, self.best - self.reservation, np.nan)
        shares: Floats = (np.asarray(utilities) - self.reservation) / room
        return shares


def solutions(frontier: Frontier, proportions: Mapping[str, float] | None = None) -> Solutions:
    """All solutions of the frontier's problem; ``proportional`` only if proportions are given.

    The frontier must reach down to the reservation values: whole, or pruned at or below them.
    Raises DossierError unless proportions give every party a number above 0.
    """
    within = _Within.of(frontier)
    shares = None if proportions is None else shares_of(frontier.problem.parties, proportions)
    return within.solutions(shares)


@dataclass(frozen=True, eq=False)
class _Within:
    """The part of a frontier within reservation values, and what gains are measured by.

    ``rows`` are its points; ``hoped`` (points, parties) the gains of unlisted packages at best,
    which are those of the points themselves where the frontier is exact.
    """

    frontier: Frontier
    rows: NDArray[np.intp]
    hoped: Floats
    best: Floats
    remaining: Bools

    @classmethod
    def of(cls, frontier: Frontier) -> _Within:
        points, reservation = frontier.points, frontier.problem.reservation
        rows = np.flatnonzero(np.all(points >= reservation - SAME, axis=1))
        hoped = points + frontier.epsilon - reservation
        hoped = hoped[np.all(hoped >= -SAME, axis=1)]
        room = np.max(hoped, axis=0) if len(hoped) else np.full(len(reservation), np.nan)
        return cls(frontier, rows, hoped, reservation + room, ~(room <= SAME))

    @property
    def gains(self) -> Floats:
        """Gains of the parties that can gain, at the points: shape (points, remaining)."""
        gains = self.frontier.points[self.rows] - self.frontier.problem.reservation
        return self._gains(gains)

    @property
    def room(self) -> Floats:
        """aᵢ − dᵢ of the parties that can gain: shape (remaining,)."""
        room: Floats = self.best - self.frontier.problem.reservation
        return room[self.remaining]

    def _gains(self, differences: Floats) -> Floats:
        gains: Floats = np.maximum(differences[:, self.remaining], 0.0)
        return gains

    def solutions(self, shares: Floats | None) -> Solutions:
        gains, room, problem = self.gains, self.room, self.frontier.problem
        return Solutions(
            problem.parties,
            problem.reservation,
            self.best,
            tuple(compress(problem.parties, ~self.remaining)),
            self._solution("nash", nash(gains), np.prod(gains, 1), self._at_most(np.prod)),
            self._solution(
                "kalai_smorodinsky",
                kalai_smorodinsky(gains, room),
                _smallest(gains / room),
                self._ceiling(),
            ),
            self._solution(
                "egalitarian", egalitarian(gains), _smallest(gains), self._at_most(np.min)
            ),
            self._solution("utilitarian", utilitarian(gains), gains.sum(1), self._at_most(np.sum)),
            None if shares is None else self._proportional(shares[self.remaining]),
            self.frontier.epsilon,
            complete=not self.frontier.epsilon,
        )

    def _proportional(self, shares: Floats) -> Solution:
        gains = self.gains
        most = self._at_most(np.min, shares)
        return self._solution(
            "proportional", proportional(gains, shares), _smallest(gains / shares), most
        )

    def _at_most(self, measure: Callable[..., Floats], divisors: Floats | float = 1.0) -> float:
        """No package's gains measure more than this."""
        if not len(self.hoped) or not self.remaining.any():
            return float("nan")
        return float(np.max(measure(self._gains(self.hoped) / divisors, axis=1)))

    def _ceiling(self) -> float:
        """No package's smallest normalised gain is more; aᵢ may be as low as what is listed."""
        if not self.frontier.epsilon:
            return self._at_most(np.min, self.room)
        attained = self.gains.max(axis=0) if len(self.rows) else np.zeros_like(self.room)
        with np.errstate(divide="ignore", invalid="ignore"):
            bound = self._at_most(np.min, attained)
        return float(np.fmin(1.0, bound))  # NaN where nothing listed gives a party any gain

    def _solution(self, name: str, attained: Bools, measured: Floats, at_most: float) -> Solution:
        rows = self.rows[attained].tolist()
        if not rows:
            return self._none(name, at_most if self.frontier.epsilon else float("nan"))
        packages = chain.from_iterable(map(self.frontier.at, rows))
        return Solution(
            name,
            self.frontier.points[rows],
            tuple(islice(packages, KEPT)),
            sum(self.frontier.counts[row] for row in rows),
            exists=True,
            why="",
            unique=len(rows) == 1 and not self.frontier.epsilon,
            value=float(measured[attained].max()) if self.remaining.any() else float("nan"),
            at_most=at_most,
        )

    def _none(self, name: str, at_most: float) -> Solution:
        nothing, why = np.zeros((0, len(self.frontier.problem.parties))), self._why_none()
        return Solution(name, nothing, (), 0, False, why, False, at_most=at_most)

    def _why_none(self) -> str:
        """Why there is no solution, in a sentence."""
        if not len(self.frontier.points):
            return "No package is allowed."
        if not len(self.rows) and len(self.hoped):
            return (
                "No package listed gives every party at least its reservation value; "
                f"one not listed may, by no more than {self.frontier.epsilon:g}."
            )
        if not len(self.rows):
            return NONE_WITHIN
        gainers = tuple(compress(self.frontier.problem.parties, self.remaining))
        return no_gain_for_all(gainers, "listed" if self.frontier.epsilon else WITHIN)


def _smallest(values: Floats) -> Floats:
    """The smallest value of each row; NaN in rows of nothing."""
    if not values.shape[1]:
        return np.full(len(values), np.nan)
    smallest: Floats = values.min(axis=1)
    return smallest


def no_gain_for_all(gainers: tuple[str, ...], where: str = WITHIN) -> str:
    """Why there is no Nash solution."""
    return f"No package {where} gives {_and(gainers)} a gain at the same time."


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


def shares_of(parties: tuple[str, ...], proportions: Mapping[str, float]) -> Floats:
    """Proportions in the order of the parties. Raises DossierError unless all are above 0."""
    wrong = {p: proportions.get(p) for p in parties if not _share(proportions.get(p))}
    wrong |= {p: x for p, x in proportions.items() if p not in parties}
    if wrong:
        raise DossierError(
            "proportions give every party, and nobody else, a number above 0",
            place=Place(field="proportions"),
            found={who: "nothing" if x is None else x for who, x in wrong.items()},
            mend=f"State one for each of {_and(parties)}, or leave proportions away.",
        )
    return np.array([float(proportions[party]) for party in parties])


def _share(number: float | None) -> bool:
    return number is not None and 0.0 < number < float("inf")
