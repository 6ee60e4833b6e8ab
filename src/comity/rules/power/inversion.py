"""Power where weights are too large for any table: characteristic functions, with a proven bound.

The chance that the others' weight lies in a window is a sum over L > W frequencies of the
characteristic function Π (1 − pⱼ + pⱼ e^{iθwⱼ}). With many members it is next to nothing but
near θ = 0 and wherever the weights nearly share a divisor. A search over all θ *proves* where
that is: stretches where an upper bound stays small are left out and their sum is bounded, all
others are summed. At each Gauss–Legendre node the chances are tilted, pⱼ ∝ t·e^{λwⱼ}, so
that the quota is what is expected: rare swings keep their digits and the pⱼ stay near the
share that the quota asks for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.rules.power.extension import ROUNDING, WORKERS, nodes_that_matter
from comity.rules.power.game import WeightedGame
from comity.rules.power.quadrature import rule_for

Floats = NDArray[np.float64]
Complex = NDArray[np.complex128]

FLOOR = 1e-17
"""Where the characteristic function is below this nothing more is asked."""
LARGEST = 1e-8
"""Where it may be above this it is always summed."""
STRETCHES = 40_000
FREQUENCIES = 400_000
"""Stretches left to be summed, and frequencies in them, at most."""
FACTORS = 8 * 10**9
"""Factors looked at in the search at most, some twenty seconds on two cores."""
MOST_DROPPED = 1e-6
"""More than this is never left out, not even as an estimate."""
SAMPLE = 20_000
"""Frequencies looked at where the search is given up and the error is only estimated."""
SKIPPED = 1e-13
"""Nodes where no swing can count for more than this are left out, and counted as error."""
AT_ONCE = 4096


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
    """Frequencies to be summed; what the others add up to, as a bound or an estimate."""

    frequencies: NDArray[np.int64]
    dropped: Callable[[Floats], float]
    """For the chances of a node."""
    proven: bool


@dataclass(frozen=True)
class _Tilted:
    """One node: the members' tilted chances and log factors from tilted back to true chances."""

    weight: float
    tilt: float
    yes: Floats
    swing_factor: Floats
    winning_factor: float


def invert(game: WeightedGame) -> Inverted | None:
    """Values of a game with their error, or None if too many frequencies matter."""
    rule = rule_for(game.players)
    kept, skipped = nodes_that_matter(game, rule, SKIPPED)
    middle = _tilted(game, 0.5, 0.0)
    nodes = [_tilted(game, at, weight) for at, weight in kept]
    spread = np.min([4 * one.yes * (1 - one.yes) for one in (middle, *nodes)], axis=0)
    searched = _live(game, spread) or _sampled(game, nodes)
    if searched is None:
        return None
    swings, winning, half_error = _chances(game, middle, searched)
    values, error = np.zeros(game.players), rule.error + skipped
    for node in nodes:
        found, _, off = _chances(game, node, searched)
        values += node.weight * found
        error += node.weight * off
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
    return _Tilted(weight, tilt, yes, swing, math.exp(min(everyone - tilt * edge, 700.0)))


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


def _live(game: WeightedGame, spread: Floats) -> _Searched | None:
    """The frequencies k = 1 … (L − 1)/2 to be summed, and a bound on the sum of the others.

    A window's kernel is at most 2/sin(θ/2) ≤ 2/(2x) at x turns, so that frequencies left out
    add up to at most 2/L · Σ bound/x, or with those below the floor 2·FLOOR·(1 + log L).
    """
    from comity.rules.power import kernels

    order = [member for member in np.argsort(game.weights) if game.weights[member] > 0]
    weights = np.array(game.weights, dtype=np.float64)[order]
    least = _usual_peak(spread[order])
    ends = np.linspace(0.0, 0.5, 16 * WORKERS + 1)
    visits = FACTORS // game.players // (len(ends) - 1)
    if least > LARGEST:
        return None

    def search(part: int) -> tuple[Floats, int, float]:
        return kernels.live_stretches(
            weights, spread[order], ends[part], ends[part + 1], FLOOR, least, STRETCHES, visits
        )

    with ThreadPoolExecutor(WORKERS) as pool:
        parts = list(pool.map(search, range(len(ends) - 1)))
    if any(number < 0 for _, number, _ in parts):
        return None
    period = _period(game)
    middles = np.concatenate([found[:number] for found, number, _ in parts])
    reach = kernels.least_half_width(weights) * 1.000001
    firsts = np.maximum(np.floor((middles - reach) * period) - 1, 1)
    lasts = np.minimum(np.ceil((middles + reach) * period) + 1, (period - 1) // 2)
    if float((lasts - firsts + 1).sum()) > FREQUENCIES:
        return None
    spans = [np.arange(a, b + 1, dtype=np.int64) for a, b in zip(firsts, lasts, strict=True)]
    counted = 2 * sum(one for _, _, one in parts) * (1 + 2 / (reach * period))
    dropped = counted + 2 * FLOOR * (1 + math.log(period))
    return _Searched(np.unique(np.concatenate(spans)), lambda _: dropped, proven=True)


def _usual_peak(spread: Floats) -> float:
    """What all but about a thousandth of frequencies stay below, if phases are as good as random.

    The mean of log|1 − p + p e^{iα}| is log max(p, 1 − p), its variance Li₂(r²)/2 with r the
    ratio of the smaller of p and 1 − p to the larger. Only a guess of where to draw the line:
    whatever lies above it is summed, whatever lies below is bounded.
    """
    larger = (1 + np.sqrt(1 - np.minimum(spread, 1.0))) / 2
    ratio = ((1 - larger) / larger) ** 2
    variance = sum(ratio**power / power**2 for power in range(1, 60)) / 2
    return max(10 * FLOOR, math.exp(np.log(larger).sum() + 3.2 * math.sqrt(variance.sum())))


def _period(game: WeightedGame) -> int:
    """An odd number of frequencies above the total weight."""
    return game.total + 1 + game.total % 2


def _sampled(game: WeightedGame, nodes: list[_Tilted]) -> _Searched | None:
    """The frequencies near 0; what the rest add up to is estimated, ten times over.

    The sample is spread evenly over log k, as the kernel is. Simple fractions of a turn, where
    weights that nearly share a divisor would show, count in full.
    """
    period = _period(game)
    weights = np.array(game.weights, dtype=np.float64)
    widest = min(float((one.yes * (1 - one.yes) * weights**2).sum()) for one in nodes)
    last = min((period - 1) // 2, math.ceil(2.2 * period / math.sqrt(widest)))
    if last > FREQUENCIES:
        return None
    draws = np.random.default_rng(0).uniform(math.log(last), math.log(period / 2), SAMPLE)
    simple = {period * over // under for under in range(2, 61) for over in range(1, under // 2 + 1)}
    sines = _squared_sines(game, [int(one) for one in np.exp(draws)], period)
    peaks = _squared_sines(game, sorted(one for one in simple if one > last), period)

    def dropped(yes: Floats) -> float:
        mean = float(_sizes(yes, sines).mean())
        peak = float(_sizes(yes, peaks).max(initial=0))
        return 10 * (2 * math.log(period / 2 / last) * mean + 2 * peak) + FLOOR

    left_out = [one.weight * one.swing_factor.max() * dropped(one.yes) for one in nodes]
    if math.fsum(left_out) > MOST_DROPPED:
        return None
    return _Searched(np.arange(1, last + 1, dtype=np.int64), dropped, proven=False)


def _squared_sines(game: WeightedGame, chosen: list[int], period: int) -> Floats:
    """sin²(θw/2) of every member (rows) at the frequencies chosen."""
    turns = [[k * weight % period / period for k in chosen] for weight in game.weights]
    return np.asarray(np.sin(math.pi * np.array(turns)) ** 2)


def _sizes(yes: Floats, squared_sines: Floats) -> Floats:
    """|Π (1 − pⱼ + pⱼ e^{iθwⱼ})| without the smallest factor."""
    factors = np.sqrt(np.maximum(1 - (4 * yes * (1 - yes))[:, None] * squared_sines, 1e-300))
    return np.asarray(factors.prod(axis=0) / factors.min(axis=0))


def _chances(game: WeightedGame, node: _Tilted, searched: _Searched) -> tuple[Floats, float, float]:
    """Every member's chance of swing, the chance of winning, and the largest error of either."""
    period, frequencies = _period(game), searched.frequencies
    dropped = searched.dropped(node.yes)
    swings, sizes = np.zeros(game.players), np.zeros(game.players)
    side = 0.0
    for start in range(-1, len(frequencies), AT_ONCE):
        chosen = frequencies[max(start, 0) : start + AT_ONCE]
        if start < 0:
            chosen = np.concatenate([[0], chosen])
        part, size, beyond = _summed(game, node, chosen, period)
        swings += part
        sizes += size
        side += beyond
    rounding = (16 * game.players + 64) * ROUNDING
    factor = node.swing_factor
    off = factor * (sizes / period * rounding + dropped)
    side_chance = node.winning_factor * side / period
    winning = side_chance if node.tilt >= 0 else 1 - side_chance
    error = max(float(off.max()), node.winning_factor * (dropped + 32 * rounding))
    return np.maximum(factor * swings / period, 0.0), winning, error


def _summed(
    game: WeightedGame, node: _Tilted, chosen: NDArray[np.int64], period: int
) -> tuple[Floats, Floats, float]:
    """Real parts of φ₋ᵢ·Kᵢ over these frequencies (twice, but for k = 0), and their sizes."""
    turn = _turns(chosen, period)
    phases = [turn(weight) for weight in game.weights]
    factors = [1 - yes + yes * phase for yes, phase in zip(node.yes, phases, strict=True)]
    twice = np.where(chosen == 0, 1.0, 2.0)
    before = [np.ones(len(chosen), dtype=np.complex128)]
    for factor in factors:
        before.append(before[-1] * factor)
    after = np.ones(len(chosen), dtype=np.complex128)
    narrow = np.maximum(np.min(np.abs(factors), axis=0), 1e-300)
    up = node.tilt >= 0
    step = _gap(turn, 1, node.tilt)
    swings, sizes = np.zeros(game.players), np.zeros(game.players)
    for member in reversed(range(game.players)):
        weight = game.weights[member]
        edge = turn(-(game.quota - weight)) if up else turn(-(game.quota - 1))
        others = before[member] * after
        kernel = twice * edge * (_gap(turn, weight, node.tilt) / step)
        swings[member] = math.fsum((others * kernel).real)
        sizes[member] = float((np.minimum(1.0, np.abs(others) / narrow) * np.abs(kernel)).sum())
        after = after * factors[member]
    length = game.total - game.quota + 1 if up else game.quota
    edge = turn(-game.quota) if up else turn(-(game.quota - 1))
    beyond = twice * after * edge * (_gap(turn, length, node.tilt) / step)
    return swings, sizes, math.fsum(beyond.real)


def _turns(chosen: NDArray[np.int64], period: int) -> Callable[[int], Complex]:
    """e^{2πi k m / L} for whole m, the angle reduced in whole numbers so that it is exact."""
    half = period // 2
    exact = int(chosen.max(initial=0)) * 2 * period < 2**62
    base = chosen if exact else chosen.astype(object)

    def turn(by: int) -> Complex:
        reduced = (base * (by % period) + half) % period - half
        reduced = reduced.astype(np.float64)
        return np.asarray(np.exp(2j * math.pi * (reduced / period)))

    return turn


def _gap(turn: Callable[[int], Complex], length: int, tilt: float) -> Complex:
    """1 − e^{−|λ|m ∓ iθm}: what the geometric sum over a window of m weights is made of.

    Without cancellation: (1 − r) + r(1 − z) with 1 − z = −2i sin(α/2) e^{iα/2}, z = e^{iα}.
    At θ = 0 and λ = 0 both gaps vanish and their ratio is the length of the window.
    """
    z = turn(-length if tilt >= 0 else length)
    shrunk = math.exp(-abs(tilt) * length)
    one_less = -math.expm1(-abs(tilt) * length)
    return one_less + shrunk * _one_minus(z)


def _one_minus(z: Complex) -> Complex:
    """1 − z for |z| = 1: the real part is 2 sin²(α/2), which keeps its digits."""
    imag = z.imag
    real = np.where(z.real > 0, imag * imag / (1 + np.abs(z.real)), 1 - z.real)
    return np.asarray(real - 1j * imag)
