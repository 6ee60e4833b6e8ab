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


@compiled
def live_stretches(
    weights: Floats,
    spread: Floats,
    low: float,
    high: float,
    floor: float,
    least: float,
    most: int,
    visits: int,
) -> tuple[Floats, int, float]:
    """Where in turns x from low to high |Π₍ⱼ≠ᵢ₎ (1 − pⱼ + pⱼ e^{2πi x wⱼ})| may exceed ``least``.

    ``weights`` ascend; ``spread`` is 4 pⱼ(1 − pⱼ), so that a factor's squared size is
    1 − spread·sin²(πd), d the distance of x·w from a whole number. Over a stretch of half-width
    h, d is at least its value in the middle less h·w. Where the product of these upper bounds,
    without its smallest factor, is below ``floor`` a stretch is done; others are quartered
    until even the heaviest weight hardly turns within them. What is then below ``least`` is
    added up, bound × width / x. Returns the middles of the stretches left (of half-width
    ``least_half_width``), how many (−1: over ``most``, or more than so many visits), the sum.
    """
    found = np.zeros(most)
    number = 0
    counted = 0.0
    smallest = least_half_width(weights)
    levels = 0
    half = smallest
    while half * 4.0 * weights[weights.size // 2] < 0.1 and levels < 40:
        half *= 4.0
        levels += 1
    middles = np.zeros(4 * levels + 8)
    depths = np.zeros(4 * levels + 8, dtype=np.int64)
    halves = np.zeros(levels + 1)
    for level in range(levels + 1):
        halves[level] = half / 4.0**level
    square = floor * floor
    start = low
    while start < high:
        middles[0] = start + half
        depths[0] = 0
        waiting = 1
        while waiting > 0:
            waiting -= 1
            visits -= 1
            middle = middles[waiting]
            depth = depths[waiting]
            wide = halves[depth]
            product = 1.0
            smallest_factor = 1.0
            done = False
            for j in range(weights.size):
                turn = middle * weights[j]
                off = abs(turn - np.rint(turn)) - wide * weights[j] - 1e-15 * turn - 1e-12
                if off <= 0.0:
                    if wide * weights[j] > 0.5:
                        break
                    continue
                angle = 3.141592653589793 * off
                squared = angle * angle
                sine = angle * (
                    1.0 - squared / 6.0 * (1.0 - squared / 20.0 * (1.0 - squared / 42.0))
                )
                factor = 1.0 - spread[j] * sine * sine * 0.999999
                product *= factor
                smallest_factor = min(smallest_factor, factor)
                if product < square * smallest_factor:
                    done = True
                    break
            if done:
                continue
            if depth < levels:
                for quarter in range(4):
                    middles[waiting] = middle + (2 * quarter - 3) * halves[depth + 1]
                    depths[waiting] = depth + 1
                    waiting += 1
                continue
            bound = np.sqrt(product / smallest_factor)
            if bound < least:
                counted += bound * 2.0 * wide / (middle - wide)
            elif number == most:
                return found, -1, counted
            else:
                found[number] = middle
                number += 1
        if visits < 0:
            return found, -1, counted
        start += 2.0 * half
    return found, number, counted


@compiled
def least_half_width(weights: Floats) -> float:
    """In turns: the heaviest weight turns by a twentieth over such a stretch."""
    return 0.025 / float(weights[-1])
