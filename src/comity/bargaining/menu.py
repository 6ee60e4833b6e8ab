"""Packages to put forward, each tested in every draw (§49; theory: mediation)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from comity.bargaining.by_draw import ByDraw
from comity.bargaining.drawn import Drawn
from comity.bargaining.problem import SAME, Bools, Floats, Ints, Package, Problem, as_rows
from comity.bargaining.ranges import open_options, whole_range

MOST_PROPOSALS = 4
"""Packages on a menu."""

APART = 0.1
"""Two packages are truly different if what they mean to some party differs by so much of its
range, issue by issue."""

CLEAR = 1e-6
"""Mean regrets no further apart than this are equal."""


@dataclass(frozen=True, eq=False)
class Tries:
    """Packages tested in draws: shapes (draws, packages).

    ``within``: the package lies within all stated limits. ``smallest``: the smallest normalised
    gain, NaN where there is no ceiling. ``regret``: joint ceiling less that, or the whole ceiling
    where the package is not within; 0 where there is no ceiling.
    """

    within: Bools
    smallest: Floats
    regret: Floats

    @property
    def open(self) -> Bools:
        """In which draws there is a joint ceiling, and hence regret: (draws,)."""
        return np.asarray(~np.isnan(self.smallest).all(axis=1))

    @property
    def mean_regret(self) -> Floats:
        """Mean over the draws that have a ceiling, of each package: (packages,)."""
        return self.over_open(self.regret)

    def over_open(self, regret: Floats) -> Floats:
        """Mean of (draws, …) regrets over the draws that have a ceiling; 0 if none has."""
        mean: Floats = regret.sum(axis=0) / max(int(self.open.sum()), 1)
        return mean

    @classmethod
    def joined(cls, parts: Sequence[Tries]) -> Tries:
        within, smallest, regret = zip(
            *((part.within, part.smallest, part.regret) for part in parts), strict=True
        )
        return cls(np.concatenate(within), np.concatenate(smallest), np.concatenate(regret))


def within(drawn: Drawn, packages: Ints | Sequence[Package]) -> Bools:
    """In which draws packages lie within all stated limits (§43): shape (draws, packages)."""
    rows = as_rows(packages, len(drawn.issues))
    enough = drawn.utilities(rows) >= drawn.reservation[:, None, :] - SAME
    return np.asarray(enough.all(axis=2) & ~drawn.crossed(rows).any(axis=2))


def tried(drawn: Drawn, own: ByDraw, packages: Ints | Sequence[Package]) -> Tries:
    """Regret of packages in every draw, against what that draw's own best would give.

    A package outside the stated limits need not be taken by anybody. It leaves what no agreement
    leaves, so its regret is the whole ceiling and never more.
    """
    rows = as_rows(packages, len(drawn.issues))
    inside = within(drawn, rows)
    smallest = smallest_normalised(drawn.utilities(rows), drawn.reservation, own.best)
    ceiling = own.ceiling[:, None]
    lost = ceiling - np.where(inside, np.maximum(smallest, 0.0), 0.0)
    regret = np.where(np.isnan(ceiling), 0.0, np.maximum(lost, 0.0))
    return Tries(inside, np.where(np.isnan(ceiling), np.nan, smallest), regret)


def smallest_normalised(utilities: Floats, reservation: Floats, best: Floats) -> Floats:
    """minᵢ (uᵢ − dᵢ)/(aᵢ − dᵢ) over parties that can gain; NaN where none can.

    Shapes: ``utilities`` (draws, packages, parties), the others (draws, parties); the result
    (draws, packages).
    """
    room = best - reservation
    can = room > SAME  # false where nothing is possible and aᵢ is NaN
    shares = (utilities - reservation[:, None, :]) / np.where(can, room, 1.0)[:, None, :]
    least = np.where(can[:, None, :], shares, np.inf).min(axis=2)
    return np.where(np.isinf(least), np.nan, least)


def portion(drawn: Drawn, start: int, stop: int) -> Drawn:
    """Some of the draws."""
    some = slice(start, stop)
    return replace(
        drawn,
        worth=tuple(worth[some] for worth in drawn.worth),
        reservation=drawn.reservation[some],
        divisors=drawn.divisors[some],
        together=tuple(replace(both, worth=both.worth[some]) for both in drawn.together),
        holds=drawn.holds[some],
        bounds={name: bound[some] for name, bound in drawn.bounds.items()},
    )


# --- which ones to put forward


def menu(
    tests: Tries,
    apart: Callable[[int], Floats],
    most: int = MOST_PROPOSALS,
    least_apart: float = APART,
) -> tuple[int, ...]:
    """Places of the packages to put forward, the first first.

    ``apart`` says how different all packages (packages,) are from one (:func:`differences`).

    Steps: (1) the first is the one with the least mean regret, of equal ones the one within all
    limits in most draws, then the earliest; (2) the next is, of those truly different from all
    chosen, the one with which the mean over draws of the least regret on the menu is lowest, of
    equal ones as in (1). A package that is in no draw within the limits is not put forward. Adding
    what lowers that mean most comes within 1 − 1/e of the best menu (Nemhauser, Wolsey & Fisher,
    "An analysis of approximations for maximizing submodular set functions", 1978).
    """
    mean, share = tests.mean_regret, tests.within.mean(axis=0)
    chosen: list[int] = []
    least = np.full(len(tests.regret), np.inf)
    eligible = share > 0.0
    while eligible.any() and len(chosen) < most:
        together = tests.over_open(np.minimum(tests.regret, least[:, None]))
        chosen.append(_first(eligible, (together, mean, -share)))
        least = np.minimum(least, tests.regret[:, chosen[-1]])
        eligible &= apart(chosen[-1]) >= least_apart - SAME
        eligible[chosen[-1]] = False
    return tuple(chosen)


def by_regret(tests: Tries, chosen: Sequence[int]) -> tuple[int, ...]:
    """The packages of a menu in the order in which they are numbered: least mean regret first.

    Which packages are on it is for :func:`menu` to say; of equal ones the one chosen earlier.
    """
    mean = np.round(tests.mean_regret / CLEAR)
    return (*chosen[:1], *sorted(chosen[1:], key=lambda place: float(mean[place])))


def _first(eligible: Bools, keys: tuple[Floats, ...]) -> int:
    """The eligible place with the smallest first key, of equal ones with the smallest second."""
    left = np.flatnonzero(eligible)
    for key in keys:
        left = left[key[left] <= key[left].min() + CLEAR]
    return int(left[0])


def differences(problem: Problem, packages: Ints | Sequence[Package], one: Package) -> Floats:
    """How different packages are from one: shape (packages,).

    maxᵢ Σₖ |wᵢₖ(xₖ) − wᵢₖ(yₖ)| over party i's whole range, wᵢₖ(o) what option o of issue k is worth
    to it. Gains and losses both count, so a swap of equal worth is a difference.
    """
    rows, ranges = as_rows(packages, len(problem.issues)), whole_range(problem)
    total = np.zeros((len(rows), len(ranges)))
    for issue, worth in enumerate(problem.worth):
        total += np.abs(worth[rows[:, issue]] - worth[one[issue]])
    shares: Floats = (total / np.where(ranges > SAME, ranges, np.inf)).max(axis=1)
    return shares


# --- where a package is worst


@dataclass(frozen=True)
class Worst:
    """The track and the party to whom a package gives least of what the track could bring."""

    track: int
    party: int
    share: float


def worst_track(
    problem: Problem, package: Package, tracks: Sequence[Sequence[int]]
) -> Worst | None:
    """Of all tracks and parties, the smallest share of what the party could have there.

    ``tracks`` holds the issues of each. A party's share of a track runs from 0, the worst open
    option on each of its issues, to 1, the best; interactions are left aside. None if no party
    cares about any track.
    """
    found: Worst | None = None
    masks = open_options(problem)
    for track, issues in enumerate(tracks):
        held, low, high = (np.zeros(len(problem.parties)) for _ in range(3))
        for issue in issues:
            worth = problem.worth[issue]
            held += worth[package[issue]]
            low += worth[masks[issue]].min(axis=0)
            high += worth[masks[issue]].max(axis=0)
        for party in np.flatnonzero(high - low > SAME):
            share = float((held[party] - low[party]) / (high[party] - low[party]))
            if found is None or share < found.share - SAME:
                found = Worst(track, int(party), share)
    return found
