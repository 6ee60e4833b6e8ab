"""The power indices, each as its definition says, from counts of swings."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial

from comity.rules.power.counting import Counts


def banzhaf_absolute(swings: Sequence[int]) -> tuple[float, ...]:
    """The share of coalitions of the others that each member swings: ηᵢ / 2ⁿ⁻¹ (Banzhaf 1965)."""
    coalitions = 1 << (len(swings) - 1)
    return tuple(one / coalitions for one in swings)


def banzhaf_normalised(swings: Sequence[int]) -> tuple[float, ...]:
    """Each member's share of all swings: ηᵢ / Σⱼ ηⱼ."""
    total = sum(swings)
    return tuple(one / total for one in swings)


def coleman_act(winning: int, players: int) -> float:
    """Power of the collectivity to act: the share of coalitions that win (Coleman 1971)."""
    return winning / (1 << players)


def coleman_prevent(swings: Sequence[int], winning: int) -> tuple[float, ...]:
    """Power to prevent action: the share of winning coalitions that lose without the member."""
    return tuple(one / winning for one in swings)


def coleman_initiate(swings: Sequence[int], winning: int) -> tuple[float, ...]:
    """Power to initiate action: the share of losing coalitions that win with the member."""
    losing = (1 << len(swings)) - winning
    return tuple(one / losing for one in swings)


def shapley_shubik(counts: Counts) -> tuple[Fraction, ...]:
    """The share of orders in which each member is pivotal: Σₛ ηᵢ(s) s! (n − 1 − s)! / n!.

    Needs counts by size (Shapley & Shubik 1954).
    """
    players = len(counts.swings)
    orders = [factorial(size) * factorial(players - 1 - size) for size in range(players)]
    known: dict[tuple[int, ...], Fraction] = {}
    for by_size in counts.swings:
        if by_size not in known:
            pivotal = sum(ways * order for ways, order in zip(by_size, orders, strict=True))
            known[by_size] = Fraction(pivotal, factorial(players))
    return tuple(known[by_size] for by_size in counts.swings)
