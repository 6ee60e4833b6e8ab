"""Multipliers that show how few seats cannot do.

If seats cover a way, they reach every sum of its counts with multipliers that are not negative.
The linear programme that lets seats move by fractions finds the multipliers that tell most.
Those are floating-point numbers; here they become whole ones, and every conclusion is drawn from
these in whole numbers. Poor multipliers cost time, never truth. The same programme in whole
seats proposes sets where a search finds none soon; what it proposes is checked likewise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

FEW_PATTERNS = 500
"""With so few patterns of seats to try, no linear programme is set up."""

PRECISION = 2**30

MOST_NODES = 500
"""Nodes of a whole programme, which only proposes."""


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


def proposals(
    needs: tuple[int, ...],
    options: Sequence[tuple[tuple[int, ...], ...]],
    sizes: Sequence[int],
) -> Iterator[tuple[int, ...]]:
    """How many seats of each kind may cover a way, and be fewest; to be checked.

    First with the needs as they are, then a little above what floating point may let slip.
    """
    scales = _scales(needs, options)
    kinds, gains, shared = _matrices(options, sizes, scales)
    for above in (0.0, 2e-6):
        least = [need / scale + above for need, scale in zip(needs, scales, strict=True)]
        solved = milp(
            np.ones(len(kinds)),
            constraints=[
                LinearConstraint(gains, least, np.inf),
                LinearConstraint(shared, -np.inf, sizes),
            ],
            integrality=np.ones(len(kinds), dtype=np.int64),
            bounds=Bounds(0, np.inf),
            options={"node_limit": MOST_NODES},
        )
        if solved.x is not None:
            taken = np.rint(solved.x).astype(int).tolist()
            yield tuple(
                sum(n for kind, n in zip(kinds, taken, strict=True) if kind == t)
                for t in range(len(sizes))
            )


def _matrices(
    options: Sequence[tuple[tuple[int, ...], ...]], sizes: Sequence[int], scales: Sequence[int]
) -> tuple[list[int], NDArray[np.float64], NDArray[np.float64]]:
    """The kind that each move belongs to, what it adds to each count, and how they share seats."""
    chosen = [(t, vector) for t, front in enumerate(options) for vector in front if any(vector)]
    kinds = [t for t, _ in chosen]
    gains = np.array([[v[k] / s for k, s in enumerate(scales)] for _, v in chosen]).T
    shared = np.zeros((len(sizes), len(chosen)))
    shared[kinds, range(len(chosen))] = 1
    return kinds, gains, shared


def _dual(
    needs: tuple[int, ...],
    options: Sequence[tuple[tuple[int, ...], ...]],
    sizes: Sequence[int],
    scales: Sequence[int],
) -> list[float] | None:
    """Shadow prices of the counts where the fewest seats, whole or not, are to cover."""
    kinds, gains, shared = _matrices(options, sizes, scales)
    solved = linprog(
        np.ones(len(kinds)),
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
