"""Gauss–Legendre nodes for chances of swing, with a bound on what they leave out.

A member's chance of swinging the vote, when all others answer yes with chance t, is
p(t) = Σₛ cₛ bₛ(t): Bernstein polynomials of degree N = n − 1 with every cₛ between 0 and 1
(the share of coalitions of *s* others that it swings). So whatever the game, a rule with
error Eₛ on bₛ is wrong by at most max(Σ Eₛ⁺, Σ Eₛ⁻). ⌈n/2⌉ nodes make every Eₛ nought; far
fewer, about 4√n, already leave less than 10⁻¹⁴.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ENOUGH = 5e-15
"""Nodes are added until the bound is below this, or until they are exact for any game."""


@dataclass(frozen=True)
class Rule:
    """Nodes in (0, 1), their weights, and the largest error on any game of ``players``."""

    nodes: tuple[float, ...]
    weights: tuple[float, ...]
    error: float


@lru_cache(maxsize=64)
def rule_for(players: int) -> Rule:
    """The smallest rule tried whose proven error on a game of so many players is enough."""
    exact = -(-players // 2)
    size = min(exact, ceil(3.2 * sqrt(players)) + 2)
    while True:
        rule = _rule(size, players)
        if rule.error <= ENOUGH or size == exact:
            return rule
        size = min(exact, size + max(1, size // 12))


def _rule(size: int, players: int) -> Rule:
    roots, weights = np.polynomial.legendre.leggauss(size)
    nodes, weights = (1 + roots) / 2, weights / 2
    errors = weights @ _bernstein(nodes, players - 1) - 1 / players
    error = max(errors[errors > 0].sum(), -errors[errors < 0].sum())
    return Rule(tuple(nodes.tolist()), tuple(weights.tolist()), float(error))


def _bernstein(nodes: Floats, degree: int) -> Floats:
    """bₛ(t) for every node (rows) and s = 0 … degree, by adding one toss at a time."""
    values = np.zeros((len(nodes), degree + 1))
    values[:, 0] = 1.0
    yes, no = nodes[:, None], 1 - nodes[:, None]
    for done in range(1, degree + 1):
        values[:, 1 : done + 1] = no * values[:, 1 : done + 1] + yes * values[:, :done]
        values[:, :1] *= no
    return values
