"""The solutions without the frontier, for talks whose frontier is out of reach (conventions §45).

*Leximin* (Kalai–Smorodinsky, egalitarian, proportional): with values n₁ … nₘ, the sum of the k
smallest is the largest k·t − Σᵢ dᵢ with dᵢ ≥ t − nᵢ and dᵢ ≥ 0, which is linear. Making that sum
largest for k = 1, then for k = 2 with the first kept, and so on, is leximin, on finite sets too
(Ogryczak & Śliwiński, "On solving linear programs with the ordered weighted averaging objective",
European Journal of Operational Research 148 (2003)).

*Nash*: Σ log gᵢ from above, by tangents of the logarithm at gains already seen. The package that
is best under the tangents is worth no more than they say; its own gains give new tangents. It ends
when a package comes back, for there the tangents are exact (Duran & Grossmann, "An
outer-approximation algorithm for a class of mixed-integer nonlinear programs", Mathematical
Programming 36 (1986)).

One package is given for each; that no other ties with it is not claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import compress
from math import exp, log

import numpy as np

from comity.bargaining.highest import Highest, Programme, Terms, highest
from comity.bargaining.problem import SAME, Bools, Floats, Ints, Package, Problem

TANGENTS = 12
"""Tangents of the logarithm to begin with, from a thousandth of the largest gain upwards."""

ROUNDS = 200
"""How often tangents are added for Nash before its gap is left as it is."""


@dataclass(frozen=True, eq=False)
class Alone:
    """Solutions of a problem, each with its package and the gap that is not ruled out.

    ``best`` aᵢ (parties,) is NaN if no package gives every party its reservation value; then no
    solution exists. ``value`` and ``bound`` of a solution: the product of gains for Nash, the sum
    for utilitarian, else the smallest (normalised, proportioned) gain.
    """

    parties: tuple[str, ...]
    reservation: Floats
    best: Floats
    left_out: tuple[str, ...]
    nash: Highest | None
    kalai_smorodinsky: Highest | None
    egalitarian: Highest | None
    utilitarian: Highest | None
    proportional: Highest | None


def solutions_alone(
    problem: Problem,
    proportions: Mapping[str, float] | None = None,
    seconds: float | None = None,
    tell: Callable[[float], None] = lambda _: None,
) -> Alone:
    """All solutions by integer programmes; ``seconds`` is for each of a few dozen programmes.

    ``tell`` hears the share that is done.

    Raises UnsupportedError if HiGHS comes to no answer.
    """
    return _Alone(problem, seconds, tell).solutions(proportions)


@dataclass(frozen=True, eq=False)
class _Alone:
    problem: Problem
    seconds: float | None
    tell: Callable[[float], None]

    def solutions(self, proportions: Mapping[str, float] | None) -> Alone:
        problem, count = self.problem, len(self.problem.parties)
        every = [self._most(party) for party in range(count)]
        best = np.array([np.nan if one is None else one.value for one in every])
        gainers = ~(best - problem.reservation <= SAME)
        out = tuple(compress(problem.parties, ~gainers))
        if np.isnan(best).any():
            return Alone(
                problem.parties, problem.reservation, best, (), None, None, None, None, None
            )
        shares = None
        if proportions is not None:
            shares = np.array([float(proportions[party]) for party in problem.parties])
        self.tell(0.1)
        equal = self._leximin(np.ones(count), gainers)
        self.tell(0.4)
        nash = self._nash(best, gainers, equal)
        self.tell(0.7)
        return Alone(
            problem.parties,
            problem.reservation,
            best,
            out,
            nash,
            self._leximin(best - problem.reservation, gainers),
            equal,
            self._sum(gainers),
            None if shares is None else self._leximin(shares, gainers),
        )

    def _most(self, party: int) -> Highest | None:
        own = np.eye(len(self.problem.parties))[party]
        return highest(self.problem, own, self.problem.reservation, self.seconds)

    def _sum(self, gainers: Bools) -> Highest | None:
        """The largest Σ gᵢ: those that can gain nothing have gᵢ = 0 in any case."""
        found = highest(self.problem, gainers.astype(float), self.problem.reservation, self.seconds)
        if found is None:
            return None
        already = float(self.problem.reservation[gainers].sum())
        return Highest(found.package, found.utilities, found.value - already, found.bound - already)

    # --- leximin

    def _leximin(self, scale: Floats, gainers: Bools) -> Highest | None:
        """Leximin of (uᵢ − dᵢ)/scaleᵢ over the parties that can gain."""
        who = np.flatnonzero(gainers).tolist()
        if not who:
            return self._sum(gainers)
        unit = float(scale[who].max())  # values in points of that party: what the solver can tell
        sums: list[float] = []
        bound = np.inf
        for size in range(1, len(who) + 1):
            programme = self._of_sums(scale / unit, who, sums, size)
            found = programme.solved()
            if found is None:  # only within tolerance: the last package stands
                break
            package, reached = found
            utilities = self.problem.utilities([package])[0]
            values = np.sort((utilities - self.problem.reservation)[who] * unit / scale[who])
            sums.append(float(values[:size].sum()))
            bound = min(bound, reached) if size == 1 else bound
        smallest = float(values[0])
        return Highest(package, utilities, smallest / unit, max(bound, smallest) / unit)

    def _of_sums(self, scale: Floats, who: list[int], sums: list[float], size: int) -> Programme:
        """The sum of the ``size`` smallest made largest, sums of fewer kept as they are."""
        programme = Programme(self.problem, self.problem.reservation, self.seconds)
        own = {party: self._value(programme, party, scale[party]) for party in who}
        for count in range(1, size + 1):
            level = programme.columns(1, lower=-np.inf, upper=np.inf)[0]
            below = programme.columns(len(who), upper=np.inf)
            terms: Terms = {level: float(count)} | dict.fromkeys(below, -1.0)
            for party, column in zip(who, below, strict=True):
                floor = float(self.problem.reservation[party] / scale[party])
                programme.row(floor, own[party] | {column: 1.0, level: -1.0}, np.inf)
            if count < size:
                programme.row(sums[count - 1] - SAME * count, terms, np.inf)
            else:
                for column, coefficient in terms.items():
                    programme.cost[column] = coefficient
        return programme

    def _value(self, programme: Programme, party: int, scale: float) -> Terms:
        return {column: worth / scale for column, worth in programme.utility(party).items()}

    # --- Nash

    def _nash(self, best: Floats, gainers: Bools, equal: Highest | None) -> Highest | None:
        """The largest Π gᵢ, if some package gives all that can gain a gain at once."""
        if equal is None or not gainers.any() or equal.value <= SAME:
            return None if gainers.any() else equal
        who = np.flatnonzero(gainers).astype(np.int64)
        room = (best - self.problem.reservation)[who]
        points = [np.geomspace(1e-3, 1.0, TANGENTS) * most for most in room]
        found, bound, seen = equal.package, np.inf, set[Package]()
        for _ in range(ROUNDS):
            gains = self._gains(found, who)
            points = [np.append(at, gain) for at, gain in zip(points, gains, strict=True)]
            answer = self._under(points, who, room).solved()
            if answer is None:
                break
            package, bound = answer[0], min(bound, answer[1])
            if self._product(package, who) > self._product(found, who):
                found = package
            if package in seen or bound <= self._product(found, who) + SAME:
                break
            seen.add(package)
            points = [
                np.append(at, max(gain, 1e-6 * most))
                for at, gain, most in zip(points, self._gains(package, who), room, strict=True)
            ]
        value = self._product(found, who)
        utilities = self.problem.utilities([found])[0]
        return Highest(found, utilities, exp(value), exp(max(bound, value)))

    def _under(self, points: list[Floats], who: Ints, room: Floats) -> Programme:
        """Σ zᵢ made largest under tangents: zᵢ ≤ log p + (gᵢ − p)/p for each point p of party i."""
        programme = Programme(self.problem, self.problem.reservation, self.seconds)
        for party, at, most in zip(who.tolist(), points, room.tolist(), strict=True):
            column = programme.columns(1, lower=-np.inf, upper=log(most) + SAME)[0]
            programme.cost[column] = 1.0
            own, floor = programme.utility(party), float(self.problem.reservation[party])
            for p in np.unique(at).tolist():
                terms = {key: -worth / p for key, worth in own.items()} | {column: 1.0}
                programme.row(-np.inf, terms, log(p) - 1.0 - floor / p)
        return programme

    def _gains(self, package: Package, who: Ints) -> Floats:
        gains: Floats = (self.problem.utilities([package])[0] - self.problem.reservation)[who]
        return gains

    def _product(self, package: Package, who: Ints) -> float:
        """Σ log gᵢ; −∞ if somebody gains nothing."""
        gains = self._gains(package, who)
        return float(np.log(gains).sum()) if (gains > SAME).all() else -np.inf
