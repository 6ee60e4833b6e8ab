"""The few hot loops, compiled by Numba on first use and cached. Import this module lazily."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.uint64]
Whole = NDArray[np.int64]
_Loop = TypeVar("_Loop", bound=Callable[..., Any])


def compiled(loop: _Loop) -> _Loop:
    """Compiled once a machine; lets go of the interpreter, so that threads run at once."""
    fast: Any = njit(nogil=True, cache=True)(loop)
    return cast(_Loop, fast)


@compiled
def chances_of_losing(weights: Whole, quota: int, yes: float) -> Floats:
    """P(S = x) for x < quota, S the weight of those who say yes, each with chance ``yes``.

    ``weights`` ascend. Only sums of products of positive numbers: each entry has a relative
    error of at most 3 roundings a player.
    """
    chances = np.zeros(quota)
    chances[0] = 1.0
    no = 1.0 - yes
    length = 1
    for weight in weights:
        length = min(length + weight, quota)
        high = length
        if weight >= 32:  # stretches that read and write apart from each other
            while high > weight:
                low = max(weight, high - weight)
                into = chances[low:high]
                back = chances[low - weight : high - weight]
                for x in range(high - low):
                    into[x] = no * into[x] + yes * back[x]
                high = low
        else:
            for x in range(high - 1, weight - 1, -1):
                chances[x] = no * chances[x] + yes * chances[x - weight]
        low_end = chances[: min(weight, length)]
        for x in range(low_end.size):
            low_end[x] *= no
    return chances


@compiled
def swing_chances(weights: Whole, chances: Floats, yes: float) -> Floats:
    """P(quota − w ≤ S₋ᵢ < quota) for each w among ``weights``, from the chances with all in.

    With Mⱼ = P(q − (j+1)w ≤ S < q − jw) and r = yes/no the answer is Σⱼ Mⱼ (−r)ʲ (1 + r).
    Terms are no larger than 2 Mⱼ as long as yes ≤ ½, so nothing is blown up.
    """
    quota = chances.size
    odds = yes / (1.0 - yes)
    sums, tails = running_sums(chances)
    swings = np.zeros(weights.size)
    for index in range(weights.size):
        weight = weights[index]
        if weight == 0:
            continue
        factor = 1.0 + odds
        total = 0.0
        high = quota
        short = weight * 2048 < quota
        while high > 0 and abs(factor) > 1e-19:
            low = max(0, high - weight)
            mass = 0.0
            if short:
                for x in range(low, high):
                    mass += chances[x]
            else:
                mass = (sums[high] - sums[low]) + (tails[high] - tails[low])
            total += factor * mass
            factor *= -odds
            high = low
        swings[index] = total
    return swings


@compiled
def running_sums(chances: Floats) -> tuple[Floats, Floats]:
    """Sums of the first x entries, each as a number and what rounding has taken from it."""
    sums = np.zeros(chances.size + 1)
    tails = np.zeros(chances.size + 1)
    total = 0.0
    tail = 0.0
    for x in range(chances.size):
        new = total + chances[x]
        if total >= chances[x]:
            tail += (total - new) + chances[x]
        else:
            tail += (chances[x] - new) + total
        total = new
        sums[x + 1] = total
        tails[x + 1] = tail
    return sums, tails


@compiled
def losing_counts(weights: Whole, quota: int, modulus: int) -> Whole:
    """Numbers of coalitions of weight x < quota, modulo a number below 2⁶²."""
    counts = np.zeros(quota, dtype=np.int64)
    counts[0] = 1
    length = 1
    for weight in weights:
        length = min(length + weight, quota)
        high = length
        if weight == 0:
            for x in range(length):
                twice = 2 * counts[x] - modulus
                counts[x] = twice + modulus if twice < 0 else twice
        elif weight >= 32:
            while high > weight:
                low = max(weight, high - weight)
                into = counts[low:high]
                back = counts[low - weight : high - weight]
                for x in range(high - low):
                    new = into[x] + back[x] - modulus
                    into[x] = new + modulus if new < 0 else new
                high = low
        else:
            for x in range(high - 1, weight - 1, -1):
                new = counts[x] + counts[x - weight] - modulus
                counts[x] = new + modulus if new < 0 else new
    return counts


@compiled
def swing_counts(weights: Whole, counts: Whole, modulus: int) -> Whole:
    """Swings Σⱼ (−1)ʲ Mⱼ of each weight modulo the modulus; the last entry counts all losing."""
    quota = counts.size
    sums = np.zeros(quota + 1, dtype=np.int64)
    for x in range(quota):
        sums[x + 1] = (sums[x] + counts[x]) % modulus
    swings = np.zeros(weights.size + 1, dtype=np.int64)
    for index in range(weights.size):
        weight = weights[index]
        if weight == 0:
            continue
        total = np.int64(0)
        high = quota
        odd = False
        while high > 0:
            low = max(0, high - weight)
            mass = sums[high] - sums[low]
            total = (total - mass) % modulus if odd else (total + mass) % modulus
            odd = not odd
            high = low
        swings[index] = total
    swings[-1] = sums[quota]
    return swings
