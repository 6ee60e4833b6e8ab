"""Solutions worked out in fractions over every package, by plain loops and the definitions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

import numpy as np

from bargaining.listing import problem_of
from comity.bargaining.problem import AtMost, Interaction, Limit, Never, Package, Problem

SAME = Fraction(1, 10**9)

Vector = tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class Exactly:
    """All packages of a problem with what they are worth, in fractions."""

    problem: Problem

    @cached_property
    def worth(self) -> dict[Package, Vector]:
        """Allowed packages and their utilities."""
        return {
            x: self.utilities(x)
            for x in product(*map(range, self.problem.sizes))
            if not any(broken(limit, x) for limit in self.problem.limits)
        }

    def utilities(self, x: Package) -> Vector:
        total = [Fraction(0)] * len(self.problem.parties)
        for i in range(len(total)):
            for issue, option in enumerate(x):
                total[i] += Fraction(float(self.problem.worth[issue][option, i]))
            for both in self.problem.interactions:
                total[i] += Fraction(float(both.worth[x[both.first], x[both.second], i]))
        return tuple(total)

    @cached_property
    def reservation(self) -> Vector:
        return tuple(Fraction(float(d)) for d in self.problem.reservation)

    @cached_property
    def within(self) -> dict[Package, Vector]:
        """Packages with uᵢ ≥ dᵢ, to 1e-9, and their gains, never negative."""
        gains = {
            x: tuple(a - b for a, b in zip(u, self.reservation, strict=True))
            for x, u in self.worth.items()
        }
        return {
            x: tuple(max(each, Fraction(0)) for each in g)
            for x, g in gains.items()
            if min(g) >= -SAME
        }

    @cached_property
    def room(self) -> Vector:
        """aᵢ − dᵢ."""
        return tuple(max(column) for column in zip(*self.within.values(), strict=True))

    @cached_property
    def remaining(self) -> tuple[int, ...]:
        return tuple(i for i, room in enumerate(self.room) if room > SAME)

    def nash(self) -> set[Package]:
        able = {x: g for x, g in self.kept().items() if all(each > SAME for each in g)}
        best = max(map(prod, able.values()), default=Fraction(0))
        return {x for x, g in able.items() if prod(each + SAME for each in g) >= best}

    def utilitarian(self) -> set[Package]:
        best = max(map(sum, self.kept().values()), default=Fraction(0))
        return {x for x, g in self.kept().items() if sum(each + SAME for each in g) >= best}

    def leximin(self, divisors: Vector) -> set[Package]:
        """Leximin of gains over divisors, a stage after the other."""
        left = set(self.kept())
        for place in range(len(self.remaining)):
            sure = {x: self.ordered(x, divisors, Fraction(0))[place] for x in left}
            best = max(sure.values(), default=Fraction(0))
            left = {x for x in left if self.ordered(x, divisors, SAME)[place] >= best}
        return left

    def ordered(self, x: Package, divisors: Vector, more: Fraction) -> list[Fraction]:
        return sorted((self.within[x][i] + more) / divisors[i] for i in self.remaining)

    def kept(self) -> dict[Package, Vector]:
        return {x: tuple(g[i] for i in self.remaining) for x, g in self.within.items()}


def broken(limit: Limit, x: Package) -> bool:
    """Whether a package breaks a limit, by reading it out."""
    for never in limit.never:
        if all(mask[x[issue]] for issue, mask in never.marked):
            return True
    for cap in limit.at_most:
        used = sum((Fraction(float(each[x[issue]])) for issue, each in cap.amounts), Fraction(0))
        if used > Fraction(cap.bound) + SAME * max(1, abs(Fraction(cap.bound))):
            return True
    return False


def some_problem(seed: int, most_packages: int = 150) -> Problem:
    """A small problem with links, interactions, ties, negative worth, integers or floats."""
    rng = random.Random(seed)
    parties = rng.choice((2, 2, 3, 3, 4, 5))
    number = rng.choice(kinds(rng))
    sizes: list[int] = []
    for _ in range(rng.randint(1, 5)):
        size = rng.randint(1, 5)
        if prod(sizes) * size <= most_packages:
            sizes.append(size)
    worth = [[[number() for _ in range(parties)] for _ in range(size)] for size in sizes]
    if rng.random() < 0.4:  # the last party wants the opposite of the first
        worth = [[[*option[:-1], 3.0 - option[0]] for option in options] for options in worth]
    spread = sum(max(abs(v) for option in options for v in option) for options in worth)
    reservation = [
        rng.choice((0.0, number(), rng.uniform(-0.5, 0.3) * spread)) for _ in range(parties)
    ]
    interactions = list(some_interactions(rng, sizes, parties, number))
    limits = [some_limit(rng, f"limit {k}", sizes) for k in range(rng.choice((0, 0, 1, 2)))]
    problem = problem_of(worth, reservation, interactions, limits)
    if rng.random() < 0.5:  # near what some package is worth: little or nothing to gain
        one = problem.utilities(np.array([[rng.randrange(size) for size in sizes]]))[0]
        less = [rng.choice((0.0, 0.0, 1.0)) for _ in range(parties)]
        problem = replace(problem, reservation=one - less)
    return problem


def kinds(rng: random.Random) -> list[Callable[[], float]]:
    """Ways of drawing a number: few integers, many, tenths, floats."""
    return [
        lambda: float(rng.randint(0, 1)),
        lambda: float(rng.randint(0, 3)),
        lambda: float(rng.randint(-20, 100)),
        lambda: rng.randint(-10, 100) / 10,
        lambda: rng.uniform(-1.0, 10.0),
    ]


def some_interactions(
    rng: random.Random, sizes: list[int], parties: int, number: Callable[[], float]
) -> Iterator[Interaction]:
    if len(sizes) >= 2 and rng.random() < 0.4:
        first, second = sorted(rng.sample(range(len(sizes)), 2))
        shape = (sizes[first], sizes[second], parties)
        mask = np.array([rng.random() < 0.4 for _ in range(prod(shape))]).reshape(shape)
        table = np.array([number() for _ in range(prod(shape))]).reshape(shape)
        yield Interaction(first, second, table * mask)


def some_limit(rng: random.Random, name: str, sizes: list[int]) -> Limit:
    issues = sorted(rng.sample(range(len(sizes)), rng.randint(1, min(3, len(sizes)))))
    if rng.random() < 0.5:
        marked = tuple((k, np.array([rng.random() < 0.6 for _ in range(sizes[k])])) for k in issues)
        return Limit(name, "red line", "A", (Never(marked),))
    amounts = tuple(
        (k, np.array([rng.randint(0, 9) * 1.0 for _ in range(sizes[k])])) for k in issues
    )
    return Limit(name, "link", None, (), (AtMost(amounts, rng.randint(0, 6 * len(issues)) * 1.0),))
