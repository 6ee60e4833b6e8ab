"""The orders in which changes could be made, and what part of the whole each change makes.

With few changes all orders are counted at once, through the mixtures they pass: a change's
Shapley value is Σ over mixtures S without it of |S|! (k − |S| − 1)! / k! · (v(S ∪ {i}) − v(S)).
With many, orders are sampled, each together with its reverse (Castro, Gómez & Tejada 2009,
*Computers & Operations Research* 36: 1726–1730, who sample single orders).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb

import numpy as np

from comity.dossier.quantity import Floats

EXACT = 10
"""Changes up to which all orders are counted."""

ORDERS = 40
"""Orders sampled where there are more changes; half of them are the others reversed."""

Mixture = frozenset[int]
Order = tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """Which mixtures of ``size`` changes are answered; ``orders`` is empty if all are."""

    size: int
    orders: tuple[Order, ...] = ()

    @property
    def exact(self) -> bool:
        return not self.orders

    @cached_property
    def mixtures(self) -> tuple[Mixture, ...]:
        """The mixtures to be answered, none and all and single steps among them."""
        every = range(self.size)
        if self.exact:
            return tuple(
                frozenset(some)
                for held in range(self.size + 1)
                for some in combinations(every, held)
            )
        whole = frozenset(every)
        singles = [frozenset({g}) for g in every]
        passed = (frozenset(order[:held]) for order in self.orders for held in every)
        return tuple(
            dict.fromkeys(
                (frozenset[int](), whole, *singles, *(whole - s for s in singles), *passed)
            )
        )

    def weights(self, mixture: Mixture) -> Mapping[int, float]:
        """What a mixture's answer counts for in the share of each change."""
        if self.exact:
            return {g: self._weight(len(mixture), g in mixture) for g in range(self.size)}
        return self._passed.get(mixture, {})

    def _weight(self, held: int, inside: bool) -> float:
        others = held - 1 if inside else held
        weight = 1.0 / (self.size * comb(self.size - 1, others))
        return weight if inside else -weight

    @cached_property
    def _passed(self) -> dict[Mixture, dict[int, float]]:
        """Of sampled orders: each step's end counts for the change made, its start against."""
        found: dict[Mixture, dict[int, float]] = {}
        each = 1.0 / len(self.orders)
        for order in self.orders:
            for g, before, after in steps(order):
                for mixture, weight in ((after, each), (before, -each)):
                    held = found.setdefault(mixture, {})
                    held[g] = held.get(g, 0.0) + weight
        return found

    def shares(self, answers: Mapping[Mixture, float]) -> Floats:
        """The share of each change, shape (size,); they sum to the change of the answer."""
        shares = np.zeros(self.size)
        for mixture in self.mixtures:
            for g, weight in self.weights(mixture).items():
                shares[g] += weight * answers[mixture]
        return shares

    def order_errors(self, answers: Mapping[Mixture, float]) -> Floats:
        """The standard error of each share that comes of sampling orders; 0 if all were tried."""
        pairs = len(self.orders) // 2
        if self.exact or pairs < 2:
            return np.full(self.size, 0.0 if self.exact else np.nan)
        made = np.zeros((len(self.orders), self.size))
        for number, order in enumerate(self.orders):
            for g, before, after in steps(order):
                made[number, g] = answers[after] - answers[before]
        means = made.reshape(pairs, 2, self.size).mean(axis=1)
        errors: Floats = means.std(axis=0, ddof=1) / np.sqrt(pairs)
        return errors


def steps(order: Order) -> Iterator[tuple[int, Mixture, Mixture]]:
    """Each change of an order with the mixtures before and after it."""
    held = frozenset[int]()
    for g in order:
        after = held | {g}
        yield g, held, after
        held = after


def plan(size: int, orders: int, seed: int) -> Plan:
    """All mixtures of up to ``EXACT`` changes; else those passed by sampled orders."""
    if size <= EXACT:
        return Plan(size)
    rng = np.random.default_rng([seed, size])
    drawn: list[Order] = []
    for _ in range(max((orders + 1) // 2, 2)):
        order = tuple(rng.permutation(size).tolist())
        drawn += [order, order[::-1]]
    return Plan(size, tuple(drawn))
