"""Power where weights are too large for any table: characteristic functions, with a proven bound.

The chance that the others' weight lies in a window is a sum over L > W frequencies of the
characteristic function Π (1 − pⱼ + pⱼ e^{iθwⱼ}). With many members it is next to nothing but
near θ = 0 and wherever the weights nearly share a divisor. A search over all θ *proves* where
that is: stretches where an upper bound stays tiny are left out whole, all other frequencies are
looked at one by one; those with the largest bounds are summed, the bounds of all the others are
added up and are the error. At each Gauss–Legendre node the chances are tilted, pⱼ ∝ t·e^{λwⱼ}, so
that the quota is what is expected: rare swings keep their digits and the pⱼ stay near the
share that the quota asks for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.rules.power.extension import ROUNDING, WORKERS, nodes_that_matter
from comity.rules.power.game import WeightedGame
from comity.rules.power.quadrature import rule_for

Floats = NDArray[np.float64]

FLOOR = 1e-12
"""Frequencies below what adds up to this, were all of them there, are left out unseen."""
ENOUGH = 1e-12
"""Frequencies are summed until the bounds of all the others add up to less, or to TERMS."""
TERMS = 2 * 10**8
"""Frequencies × nodes × members summed at most, some five seconds on two cores."""
LISTED = 20_000
"""Frequencies kept at most by each of PARTS of the search."""
PARTS = 64
ROWS = 8 * 10**8
"""Rows of frequencies × members looked at in the search at most, some forty seconds."""
PROBE = 2**16
"""Frequencies tried at a few places first, to tell whether the search would be too long."""
GROUPS = 4
"""Groups of nodes, each searched with the least that any of its nodes leaves."""
MOST_PROVEN = 1e-10
"""A proven error larger than this is given up for a smaller estimate, if there is one."""
MOST_DROPPED = 1e-6
"""More than this is never left out, not even as an estimate."""
SAMPLE = 20_000
"""Frequencies looked at where the search is given up and the error is only estimated."""
SAMPLED_FLOOR = 1e-17
SKIPPED = 1e-13
"""Nodes where no swing can count for more than this are left out, and counted as error."""

_Done = TypeVar("_Done")
_Part: TypeAlias = "tuple[NDArray[np.int64], Floats, Floats, int]"


@dataclass(frozen=True)
class Inverted:
    """Chances of swing and of winning at t = ½, and Shapley–Shubik values.

    ``proven``: the errors are bounds. Otherwise frequencies left out were only sampled.
    """

    swing_chances: tuple[float, ...]
    winning_chance: float
    values: tuple[float, ...]
    chances_error: float
    values_error: float
    proven: bool


@dataclass(frozen=True)
class _Searched:
    """Frequencies to be summed; what the others add up to at each node, bound or estimate."""

    frequencies: NDArray[np.int64]
    left_out: tuple[float, ...]
    proven: bool


@dataclass(frozen=True)
class _Tilted:
    """One node: the members' tilted chances and log factors from tilted back to true chances."""

    at: float
    weight: float
    tilt: float
    yes: Floats
    swing_factor: Floats
    winning_factor: float


def invert(game: WeightedGame) -> Inverted | None:
    """Values of a game with their error, or None if too many frequencies matter."""
    rule = rule_for(game.players)
    kept, skipped = nodes_that_matter(game, rule, SKIPPED)
    nodes = [_tilted(game, 0.5, 0.0), *(_tilted(game, at, weight) for at, weight in kept)]
    searched = _searched(game, nodes)
    if searched is None:
        return None
    half, *found = _at_once(lambda place: _chances(game, nodes[place], place, searched), len(nodes))
    values, error = np.zeros(game.players), rule.error + skipped
    for node, (chances, _, off) in zip(nodes[1:], found, strict=True):
        values += node.weight * chances
        error += node.weight * off
    swings, winning, half_error = half
    missing = abs(math.fsum(values) - 1)
    return Inverted(
        tuple(swings.tolist()),
        winning,
        tuple(values.tolist()),
        half_error,
        max(error, missing),
        searched.proven,
    )


# ---------------------------------------------------------------- tilting


def _tilted(game: WeightedGame, at: float, weight: float) -> _Tilted:
    """With λ such that the expected weight is the quota, P(x) = e^{−λx} M(λ) P̃(x).

    Factors are taken at the end of the window where e^{−λx} is largest.
    """
    weights = np.array(game.weights, dtype=np.float64)
    tilt = _tilt(weights, game.quota - 0.5, at)
    logit = math.log(at) - math.log1p(-at) + tilt * weights
    yes = np.where(
        logit > 0, 1 / (1 + np.exp(-np.abs(logit))), 1 - 1 / (1 + np.exp(-np.abs(logit)))
    )
    logs = np.logaddexp(math.log1p(-at), math.log(at) + tilt * weights)
    everyone = float(logs.sum())
    end = game.quota - weights if tilt >= 0 else np.full(game.players, game.quota - 1.0)
    swing = np.exp(np.minimum(everyone - logs - tilt * end, 700.0))
    edge = game.quota if tilt >= 0 else game.quota - 1
    return _Tilted(at, weight, tilt, yes, swing, math.exp(min(everyone - tilt * edge, 700.0)))


def _tilt(weights: Floats, mean: float, at: float) -> float:
    """λ by bisection; any λ is right, one near the mean keeps the most digits."""
    odds = math.log(at) - math.log1p(-at)
    low, high = (-200 / float(weights[weights > 0].min()), 200 / float(weights[weights > 0].min()))
    for _ in range(200):
        tilt = (low + high) / 2
        with np.errstate(over="ignore"):
            expected = float((weights / (1 + np.exp(-(odds + tilt * weights)))).sum())
        low, high = (tilt, high) if expected < mean else (low, tilt)
    return (low + high) / 2


# ---------------------------------------------------------------- frequencies


def _period(game: WeightedGame) -> int:
    """An odd number of frequencies above the total weight."""
    return game.total + 1 + game.total % 2


def _searched(game: WeightedGame, nodes: list[_Tilted]) -> _Searched | None:
    """With a proof if its bound is good; else with the smaller error of proof and estimate."""
    proven = _proven(game, nodes)
    if proven and _off(proven, nodes) <= MOST_PROVEN:
        return proven
    sampled = _sampled(game, nodes)
    found = [one for one in (proven, sampled) if one]
    best = min(found, key=lambda one: _off(one, nodes), default=None)
    return best if best and _off(best, nodes) <= MOST_DROPPED else None


def _off(searched: _Searched, nodes: list[_Tilted]) -> float:
    """What is left out of values, in all."""
    counts = (node.weight * float(node.swing_factor.max()) for node in nodes)
    return math.fsum(count * out for count, out in zip(counts, searched.left_out, strict=True))


def _proven(game: WeightedGame, nodes: list[_Tilted]) -> _Searched | None:
    """The frequencies k = 1 … (L − 1)/2 to be summed, and a bound on the sum of the others.

    A window's kernel is at most 2/sin(θ/2) ≤ L/k, so that frequencies left out (k and −k) add
    up to at most 2 Σ bound/k, or with those below the floor 2·floor·(1 + log L).
    """
    period = _period(game)
    if period >= 2**61:
        return None
    group, spreads, scales = _groups(nodes)
    if _hoped(spreads, scales) * math.log(period) > MOST_DROPPED:
        return None
    found = _search(game, spreads, scales, FLOOR / (2 + 2 * math.log(period)))
    if found is None:
        return None
    frequencies, bounds, others = found
    rising = np.argsort(bounds.sum(axis=1))
    left = int(np.searchsorted(2 * np.cumsum(bounds[rising].sum(axis=1)), ENOUGH))
    left = max(left, len(rising) - TERMS // (len(nodes) * game.players))
    others = 2 * (others + bounds[rising[:left]].sum(axis=0)) + FLOOR / GROUPS
    out = tuple(float(others[one] / scales[one]) * 1.000001 for one in group)
    return _Searched(np.sort(frequencies[rising[left:]]), out, proven=True)


def _groups(nodes: list[_Tilted]) -> tuple[list[int], Floats, Floats]:
    """The group of each node, and each group's least spread 4p(1 − p) by member and its scale.

    Neighbouring nodes are put together where that costs the bound least.
    """
    order = sorted(range(len(nodes)), key=lambda place: nodes[place].at)
    spreads = [4 * nodes[place].yes * (1 - nodes[place].yes) for place in order]
    scales = [_scale(nodes[place]) for place in order]
    members = [[place] for place in order]
    while len(members) > GROUPS:
        joined = [np.minimum(one, other) for one, other in pairwise(spreads)]
        costs = [
            _hoped(one, scales[at] + scales[at + 1])
            - _hoped(spreads[at], scales[at])
            - _hoped(spreads[at + 1], scales[at + 1])
            for at, one in enumerate(joined)
        ]
        at = int(np.argmin(costs))
        spreads[at : at + 2] = [joined[at]]
        scales[at : at + 2] = [scales[at] + scales[at + 1]]
        members[at : at + 2] = [members[at] + members[at + 1]]
    group = {place: number for number, places in enumerate(members) for place in places}
    return [group[place] for place in range(len(nodes))], np.array(spreads), np.array(scales)


def _scale(node: _Tilted) -> float:
    """How much an error at the node counts; at t = ½ the chances themselves are wanted."""
    return (node.weight or 1.0) * float(node.swing_factor.max()) + 1e-30


def _hoped(spread: Floats, scale: Floats | float) -> float:
    """The mean size of the function at frequencies where phases are as good as random."""
    from scipy.special import ellipe

    means = np.log(2 / math.pi * ellipe(np.minimum(spread, 1.0))).sum(axis=-1)
    return float((scale * np.exp(means)).sum())


def _search(
    game: WeightedGame, spreads: Floats, scales: Floats, floor: float
) -> tuple[NDArray[np.int64], Floats, Floats] | None:
    from comity.rules.power import waves

    order = [member for member in np.argsort(game.weights) if game.weights[member] > 0]
    weights = np.array(game.weights, dtype=np.int64)[order]
    spread = np.ascontiguousarray(spreads[:, order])
    period = _period(game)
    last = (period + 1) // 2

    def search(start: int, end: int, rows: int) -> _Part:
        found: _Part = waves.frequencies_that_matter(
            weights, spread, scales, period, start, end, floor, LISTED, rows
        )
        return found

    rows = ROWS // game.players
    probes = [last * place // 7 for place in range(1, 7)]
    used = sum(rows - search(start, start + PROBE, rows)[3] for start in probes)
    if used * last > 2 * rows * PROBE * len(probes):
        return None
    ends = [1 + part * (last - 1) // PARTS for part in range(PARTS + 1)]
    parts = _at_once(lambda part: search(ends[part], ends[part + 1], 4 * rows // PARTS), PARTS)
    if any(left < 0 for *_, left in parts):
        return None
    frequencies = np.concatenate([found for found, *_ in parts])
    bounds = np.concatenate([bound for _, bound, *_ in parts])
    return frequencies, bounds, np.sum([others for _, _, others, _ in parts], axis=0)


def _at_once(work: Callable[[int], _Done], number: int) -> list[_Done]:
    """In order; the kernels let go of the interpreter, so threads run at once."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, range(number)))


def _sampled(game: WeightedGame, nodes: list[_Tilted]) -> _Searched | None:
    """The frequencies near 0; what the rest add up to is estimated, ten times over.

    The sample is spread evenly over log k, as the kernel is. Simple fractions of a turn, where
    weights that nearly share a divisor would show, count in full.
    """
    period = _period(game)
    weights = np.array(game.weights, dtype=np.float64)
    widest = min(float((one.yes * (1 - one.yes) * weights**2).sum()) for one in nodes)
    last = min((period - 1) // 2, math.ceil(2.2 * period / math.sqrt(widest)))
    if last * len(nodes) * game.players > TERMS or period >= 2**61:
        return None
    draws = np.random.default_rng(0).uniform(math.log(last), math.log(period / 2), SAMPLE)
    simple = {period * over // under for under in range(2, 61) for over in range(1, under // 2 + 1)}
    sines = _squared_sines(game, [int(one) for one in np.exp(draws)], period)
    peaks = _squared_sines(game, sorted(one for one in simple if one > last), period)

    def dropped(yes: Floats) -> float:
        mean = float(_sizes(yes, sines).mean())
        peak = float(_sizes(yes, peaks).max(initial=0))
        return 10 * (2 * math.log(period / 2 / last) * mean + 2 * peak) + SAMPLED_FLOOR

    left_out = tuple(dropped(node.yes) for node in nodes)
    return _Searched(np.arange(1, last + 1, dtype=np.int64), left_out, proven=False)


def _squared_sines(game: WeightedGame, chosen: list[int], period: int) -> Floats:
    """sin²(θw/2) of every member (rows) at the frequencies chosen."""
    turns = [[k * weight % period / period for k in chosen] for weight in game.weights]
    return np.asarray(np.sin(math.pi * np.array(turns)) ** 2)


def _sizes(yes: Floats, squared_sines: Floats) -> Floats:
    """|Π (1 − pⱼ + pⱼ e^{iθwⱼ})| without the smallest factor."""
    factors = np.sqrt(np.maximum(1 - (4 * yes * (1 - yes))[:, None] * squared_sines, 1e-300))
    return np.asarray(factors.prod(axis=0) / factors.min(axis=0))


# ---------------------------------------------------------------- sums


def _chances(
    game: WeightedGame, node: _Tilted, place: int, searched: _Searched
) -> tuple[Floats, float, float]:
    """Every member's chance of swing, the chance of winning, and the largest error of either."""
    from comity.rules.power import waves

    period, dropped, up = _period(game), searched.left_out[place], node.tilt >= 0
    length = game.total - game.quota + 1 if up else game.quota
    lengths = np.array([*game.weights, length, 1], dtype=np.float64)
    swings, sizes, side = waves.summed(
        np.array(game.weights, dtype=np.int64),
        period,
        game.quota,
        length,
        node.yes,
        np.exp(-abs(node.tilt) * lengths),
        -np.expm1(-abs(node.tilt) * lengths),
        up,
        np.concatenate([[0], searched.frequencies]),
    )
    rounding = (16 * game.players + 64) * ROUNDING
    factor = node.swing_factor
    off = factor * (sizes / period * rounding + dropped)
    side_chance = node.winning_factor * side / period
    winning = side_chance if up else 1 - side_chance
    error = max(float(off.max()), node.winning_factor * (dropped + 32 * rounding))
    return np.maximum(factor * swings / period, 0.0), winning, error
