"""Swings integrated over the multilinear extension (Owen 1972), and counts by residues.

Both go through a table over all weights below a quota, once for each node or modulus. Nodes
with t ≤ ½ use the game, others its dual with 1 − t: there a member is taken out again without
cancellation. Neither is ever divided out over the whole table.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count as counting_up
from typing import TypeVar

import numpy as np

from comity.rules.power.counting import Counts, dual_counts
from comity.rules.power.game import WeightedGame
from comity.rules.power.quadrature import Rule, rule_for

_Job = TypeVar("_Job")
_Done = TypeVar("_Done")

WORKERS = 2
ROUNDING = 2.0**-53
NEGLIGIBLE = 1e-17
"""Nodes where no member can swing with more than this chance (times their weight) are left out."""


@dataclass(frozen=True)
class Integrated:
    """Shapley–Shubik values of a game, by member, and a proven bound on their error."""

    values: tuple[float, ...]
    error: float
    nodes: int


@dataclass(frozen=True)
class _Node:
    chance: float  # of a yes, at most ½
    weight: float
    dual: bool


def table_work(game: WeightedGame) -> int:
    """Entries one pass through the table of the game changes: Σₖ min(w₁ + … + wₖ, quota)."""
    reached, entries = 0, 0
    for weight in sorted(game.weights):
        reached = min(reached + weight, game.quota)
        entries += reached
    return entries


# ---------------------------------------------------------------- Shapley–Shubik


def integral_work(game: WeightedGame) -> int:
    """Entries that ``integrate`` changes in all."""
    sides = {False: table_work(game), True: table_work(game.dual)}
    return sum(sides[node.dual] for node in _nodes(game, rule_for(game.players))[0])


def integrate(game: WeightedGame) -> Integrated:
    """∫₀¹ of each member's chance of swinging when the others say yes with chance t.

    The error adds up what the nodes leave out, what is skipped as negligible, and rounding:
    a relative 3 roundings a member in every chance, doubled when one is taken out again, up
    to 2,048 differences of sums good to one rounding each, and powers of the odds, whose
    exponent j counts for no more than j rʲ, which the nodes' distance from ½ keeps small.
    """
    rule = rule_for(game.players)
    nodes, skipped = _nodes(game, rule)
    distinct = np.array(sorted(set(game.weights)), dtype=np.int64)

    def swings(node: _Node) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        from comity.rules.power import kernels

        side = game.dual if node.dual else game
        ascending = np.array(sorted(side.weights), dtype=np.int64)
        chances = kernels.chances_of_losing(ascending, side.quota, node.chance)
        found: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = kernels.swing_chances(
            distinct, chances, node.chance
        )
        return node.weight * found

    by_weight = {
        int(weight): math.fsum(parts)
        for weight, parts in zip(distinct, zip(*_at_once(swings, nodes), strict=True), strict=True)
    }
    values = tuple(by_weight[weight] for weight in game.weights)
    rounding = (6 * game.players + 2048 + 8 * len(rule.nodes)) * ROUNDING
    missing = abs(math.fsum(values) - 1)
    return Integrated(values, max(rule.error + skipped + rounding, missing), len(nodes))


def _nodes(game: WeightedGame, rule: Rule) -> tuple[list[_Node], float]:
    """The nodes that matter, the dearest first, and what the others add up to at most."""
    kept, skipped = nodes_that_matter(game, rule, NEGLIGIBLE)
    nodes = [
        _Node(at, weight, False) if at <= 0.5 else _Node(1 - at, weight, True)
        for at, weight in kept
    ]
    return sorted(nodes, key=lambda node: -node.chance), skipped


def nodes_that_matter(
    game: WeightedGame, rule: Rule, negligible: float
) -> tuple[list[tuple[float, float]], float]:
    """Nodes and weights where a swing may count for so much; what the others add up to at most."""
    kept, skipped = [], 0.0
    for at, weight in zip(rule.nodes, rule.weights, strict=True):
        most = weight * _most_swing(game, at)
        if most < negligible:
            skipped += most
        else:
            kept.append((at, weight))
    return kept, skipped


def _most_swing(game: WeightedGame, yes: float) -> float:
    """No member swings with a greater chance: P(S ≥ q)/t and P(S < q)/(1 − t), by Chernoff."""
    weights = np.array(game.weights, dtype=np.float64) / game.quota
    mean = yes * float(weights.sum())
    if mean < 1:
        return min(1.0, _tail(weights, yes) / yes)
    top = (game.quota - 1) / game.quota
    return min(1.0, _tail(-weights, yes, -top) / (1 - yes))


def _tail(
    weights: np.ndarray[tuple[int, ...], np.dtype[np.float64]], yes: float, least: float = 1.0
) -> float:
    """P(S ≥ least) ≤ exp(−λ·least) Π (1 − t + t·exp(λw)), the best of some λ > 0."""
    best = 0.0
    tilt = 0.25
    while tilt < 4096:
        powers = np.logaddexp(math.log1p(-yes), math.log(yes) + tilt * weights).sum()
        best = min(best, float(powers) - tilt * least)
        tilt *= 1.5
    return math.exp(best)


# ---------------------------------------------------------------- counts


def moduli_for(players: int) -> tuple[int, ...]:
    """Numbers just below 2⁶² without common divisors whose product exceeds 2ⁿ."""
    found: list[int] = []
    product = 1
    for less in counting_up(1, 2):
        if product > 2**players:
            break
        candidate = 2**62 - less
        if math.gcd(candidate, product) == 1:
            found.append(candidate)
            product *= candidate
    return tuple(found)


def count_by_residues(game: WeightedGame) -> Counts:
    """Unsized counts of the game modulo several numbers, put together again exactly."""
    if game.dual_quota < game.quota:
        return dual_counts(count_by_residues(game.dual), game.players)
    moduli = moduli_for(game.players)
    distinct = sorted(set(game.weights))
    ascending = np.array(sorted(game.weights), dtype=np.int64)

    def residues(modulus: int) -> list[int]:
        from comity.rules.power import kernels

        counts = kernels.losing_counts(ascending, game.quota, modulus)
        found = kernels.swing_counts(np.array(distinct, dtype=np.int64), counts, modulus)
        return [int(one) for one in found]

    whole = [_joined(parts, moduli) for parts in zip(*_at_once(residues, moduli), strict=True)]
    of_weight = dict(zip(distinct, whole, strict=False))
    winning = 2**game.players - whole[-1]
    return Counts((winning,), tuple((of_weight[one],) for one in game.weights), sized=False)


def _joined(residues: tuple[int, ...], moduli: tuple[int, ...]) -> int:
    """The number below the product of the moduli with these residues (Garner)."""
    number, product = 0, 1
    for residue, modulus in zip(residues, moduli, strict=True):
        number += product * ((residue - number) * pow(product, -1, modulus) % modulus)
        product *= modulus
    return number


def _at_once(work: Callable[[_Job], _Done], jobs: list[_Job] | tuple[_Job, ...]) -> list[_Done]:
    """The results in order; the kernels let go of the interpreter, so threads run at once."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, jobs))
