"""Power by looking at every coalition, and every order: slow, and plainly right."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import factorial

from comity.rules.power import WeightedGame


@dataclass(frozen=True)
class Enumerated:
    winning: tuple[int, ...]  # by size
    swings: tuple[tuple[int, ...], ...]  # by member and size

    @property
    def banzhaf_absolute(self) -> list[Fraction]:
        return [Fraction(sum(one), 2 ** (len(self.swings) - 1)) for one in self.swings]

    @property
    def banzhaf(self) -> list[Fraction]:
        total = sum(map(sum, self.swings))
        return [Fraction(sum(one), total) for one in self.swings]

    @property
    def shapley_shubik(self) -> list[Fraction]:
        n = len(self.swings)
        return [
            sum(
                (Fraction(factorial(s) * factorial(n - 1 - s), factorial(n)) * ways)
                for s, ways in enumerate(one)
            )
            for one in self.swings
        ]


def wins(game: WeightedGame, coalition: int) -> bool:
    return sum(game.weights[i] for i in members_of(game, coalition)) >= game.quota


def members_of(game: WeightedGame, coalition: int) -> list[int]:
    return [i for i in range(game.players) if coalition >> i & 1]


def enumerated(game: WeightedGame) -> Enumerated:
    n = game.players
    winning, swings = [0] * (n + 1), [[0] * n for _ in range(n)]
    carried = [wins(game, coalition) for coalition in range(2**n)]
    for coalition, carries in enumerate(carried):
        size = coalition.bit_count()
        winning[size] += carries
        for member in range(n):
            joins = 1 << member
            if not coalition & joins and not carries and carried[coalition | joins]:
                swings[member][size] += 1
    return Enumerated(tuple(winning), tuple(map(tuple, swings)))


def shares_of_orders(game: WeightedGame) -> list[Fraction]:
    """Shapley–Shubik by its story: who makes the queue win, over all orders of arrival."""
    pivots = [0] * game.players
    for order in permutations(range(game.players)):
        reached = 0
        for member in order:
            reached += game.weights[member]
            if reached >= game.quota:
                pivots[member] += 1
                break
    return [Fraction(one, factorial(game.players)) for one in pivots]
