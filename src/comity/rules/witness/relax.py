"""Multipliers that show how few seats cannot do.

If seats cover a way, they reach every sum of its counts with multipliers that are not negative.
The linear programme that lets seats move by fractions finds the multipliers that tell most.
Those are floating-point numbers; here they become whole ones, and every conclusion is drawn from
these in whole numbers. Poor multipliers cost time, never truth.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog

FEW_PATTERNS = 500
"""With so few patterns of seats to try, no linear programme is set up."""

PRECISION = 2**30


def multipliers(
    needs: tuple[int, ...],
    options: Sequence[tuple[tuple[int, ...], ...]],
    sizes: Sequence[int],
) -> tuple[tuple[int, ...], ...]:
    """Whole multipliers of a way's counts, those that tell most last; none for a single count."""
    if len(needs) < 2:
        return ()
    scales = _scales(needs, options)
    even = _whole([1 / scale for scale in scales])
    if _patterns(sizes) <= FEW_PATTERNS:
        return (even,)
    found = _dual(needs, options, sizes, scales)
    if found is None:
        return (even,)
    tilted = (
        _whole([f * factor if i == k else f for i, f in enumerate(found)])
        for k in range(len(needs))
        for factor in (0.5, 0.8, 1.25, 2.0)
        if found[k] > 0
    )
    return tuple(dict.fromkeys((even, *tilted, _whole(found))))


def _scales(needs: tuple[int, ...], options: Sequence[tuple[tuple[int, ...], ...]]) -> list[int]:
    """A magnitude for each count: its need, or the most that a move changes."""
    return [
        need if need > 0 else max([1, *(abs(v[k]) for front in options for v in front)])
        for k, need in enumerate(needs)
    ]


def _patterns(sizes: Sequence[int]) -> int:
    product = 1
    for size in sizes:
        product *= size + 1
        if product > FEW_PATTERNS:
            break
    return product


def _dual(
    needs: tuple[int, ...],
    options: Sequence[tuple[tuple[int, ...], ...]],
    sizes: Sequence[int],
    scales: Sequence[int],
) -> list[float] | None:
    """Shadow prices of the counts where the fewest seats, whole or not, are to cover."""
    chosen = [(t, vector) for t, front in enumerate(options) for vector in front if any(vector)]
    gains = np.array([[v[k] / s for k, s in enumerate(scales)] for _, v in chosen]).T
    shared = np.zeros((len(sizes), len(chosen)))
    shared[[t for t, _ in chosen], range(len(chosen))] = 1
    solved = linprog(
        np.ones(len(chosen)),
        A_ub=np.vstack([-gains, shared]),
        b_ub=[*(-need / s for need, s in zip(needs, scales, strict=True)), *sizes],
        method="highs",
    )
    if solved.status != 0:
        return None
    prices = np.maximum(0, -np.asarray(solved.ineqlin.marginals[: len(needs)]))
    if not prices.any():
        return None
    return [float(price) / scale for price, scale in zip(prices, scales, strict=True)]


def _whole(prices: Sequence[float]) -> tuple[int, ...]:
    """As whole numbers, the least of them still to many digits."""
    least = min(price for price in prices if price > 0)
    return tuple(round(price / least * PRECISION) for price in prices)
