"""Every draw's own best: what could be agreed in it, and how much of it all could have at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from comity.bargaining.ceiling import Tested, test_claim
from comity.bargaining.contested import holding, ranges, uncontested
from comity.bargaining.drawn import Drawn
from comity.bargaining.formulas import kalai_smorodinsky
from comity.bargaining.problem import SAME, Bools, Floats, Package, Problem
from comity.bargaining.reach import Scale, telling

if TYPE_CHECKING:
    from comity.bargaining.frontier import Frontier


@dataclass(frozen=True)
class Said:
    """A claim: every party named (none: every party) gets at least a share of its own best."""

    at_least: Fraction | float
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class OneDraw:
    """What could be agreed in one draw.

    ``best`` (parties,) aᵢ, NaN if nothing lies within all stated limits; ``ceiling`` the joint
    ceiling (§46), NaN also if nobody can gain; ``package`` the first that attains it. ``claims``
    says of each claim whether it is possible, and its bound (NaN if nothing is possible).
    """

    best: Floats
    ceiling: float
    package: Package | None
    claims: tuple[tuple[bool, float], ...] = ()


@dataclass(frozen=True, eq=False)
class ByDraw:
    """What could be agreed in each draw.

    Shapes: ``best`` (draws, parties), ``ceiling`` (draws,); ``packages`` one a draw, None where
    there is no ceiling; ``possible`` and ``bounds`` (draws, claims).
    """

    best: Floats
    ceiling: Floats
    packages: tuple[Package | None, ...]
    possible: Bools
    bounds: Floats

    @property
    def agreeable(self) -> Bools:
        """In which draws anything lies within all stated limits."""
        return ~np.isnan(self.best[:, 0])

    @property
    def open(self) -> Bools:
        """In which draws there is a joint ceiling: something is possible and somebody can gain."""
        return ~np.isnan(self.ceiling)

    def portion(self, some: slice) -> ByDraw:
        """Some of the draws."""
        held = (self.best[some], self.ceiling[some], self.packages[some])
        return ByDraw(*held, self.possible[some], self.bounds[some])

    @classmethod
    def of(cls, draws: Sequence[OneDraw]) -> ByDraw:
        return cls(
            np.array([one.best for one in draws]),
            np.array([one.ceiling for one in draws]),
            tuple(one.package for one in draws),
            np.array([[possible for possible, _ in one.claims] for one in draws], dtype=bool),
            np.array([[bound for _, bound in one.claims] for one in draws], dtype=float),
        )

    @classmethod
    def joined(cls, parts: Sequence[ByDraw]) -> ByDraw:
        return cls(
            np.concatenate([part.best for part in parts]),
            np.concatenate([part.ceiling for part in parts]),
            tuple(package for part in parts for package in part.packages),
            np.concatenate([part.possible for part in parts]),
            np.concatenate([part.bounds for part in parts]),
        )


def by_draw(drawn: Drawn, claims: Sequence[Said] = (), *, alone: bool = False) -> ByDraw:
    """What could be agreed in each draw; ``alone``: without its frontier (reach.py)."""
    draws = range(drawn.size)
    return ByDraw.of([one_draw(drawn.problem(draw), claims, alone=alone) for draw in draws])


def one_draw(problem: Problem, claims: Sequence[Said] = (), *, alone: bool = False) -> OneDraw:
    """What could be agreed in one reading: exact, by its frontier or by integer programmes."""

    def scales() -> tuple[Scale, ...]:
        return shares_scales(problem, claims)

    found = telling(problem, problem.reservation, scales, alone=alone)
    tried = tuple(_tried(found, claims))
    if not len(found.points):
        return OneDraw(np.full(len(problem.parties), np.nan), float("nan"), None, tried)
    best = found.points.max(axis=0)
    room = best - problem.reservation
    who = room > SAME
    if not who.any():
        return OneDraw(best, float("nan"), None, tried)
    gains = np.maximum(found.points - problem.reservation, 0.0)[:, who]
    row = int(np.flatnonzero(kalai_smorodinsky(gains, room[who]))[0])
    ceiling = float((gains / room[who]).min(axis=1).max())
    return OneDraw(best, ceiling, found.first(row), tried)


def shares_scales(problem: Problem, claims: Sequence[Said]) -> tuple[Scale, ...]:
    """The scales on which claims measure shares: own best over the contested issues (§46)."""
    if not claims:
        return ()
    ends = ranges(holding(problem, uncontested(problem)))
    if ends is None:
        return ()
    low, high = ends
    return tuple(
        (low, np.where([not c.parties or p in c.parties for p in problem.parties], high - low, 0.0))
        for c in claims
    )


def _tried(found: Frontier, claims: Sequence[Said]) -> Iterator[tuple[bool, float]]:
    """Whether each claim is possible, and its bound; claims about the same parties share both."""
    tests: dict[tuple[str, ...], Tested] = {}
    for said in claims:
        if said.parties not in tests:
            share = float(said.at_least)
            tests[said.parties] = test_claim(found.problem, share, said.parties, found)
        test = tests[said.parties]
        yield _possible(found.problem, test, float(said.at_least)), test.bound


def _possible(problem: Problem, test: Tested, share: float) -> bool:
    """Whether the package with the largest smallest share gives so much to all that count (§46)."""
    if test.utilities is None:
        return False
    counted = np.array([p in test.parties and p not in test.left_out for p in problem.parties])
    needed = test.least + share * (test.most - test.least)
    return bool((test.utilities >= needed - SAME)[counted].all())
