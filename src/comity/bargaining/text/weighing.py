"""The weights that make a change worth least, among all that a party's disclosure allows.

Given the least gain δₖ on every issue, over a box of weights: min Σ wₖδₖ / Σ wₖ, a linear
fractional programme whose optimum has the largest weights on the smallest δₖ; over an order of
issues: min over the corners of the ordered simplex. Proofs: docs/theory/text.md.
"""

from __future__ import annotations

import numpy as np

from comity.bargaining.problem import SAME, Floats, Ints
from comity.bargaining.text.told import Box, Order


def least(gains: Floats, weights: Box | Order, shares: bool) -> Floats:
    """The least weighted sum of gains: (changes, issues) to (changes,)."""
    if isinstance(weights, Order):
        found = _least_in_order(gains, weights)[0]
        return found if weights.scaled else np.where(found >= -SAME, 0.0, -np.inf)
    if not shares:
        each: Floats = np.minimum(weights.low * gains, weights.high * gains).sum(axis=1)
        return each
    return _least_in_box(gains, weights)[0]


def worst_weights(gains: Floats, weights: Box | Order, shares: bool) -> Floats:
    """Weights at which the sum is least, for one change: (issues,); divided where shares count."""
    if isinstance(weights, Order):
        order, count = _least_in_order(gains[None, :], weights)[1:]
        chosen = order[0, : int(count[0])]
        found = np.zeros(len(gains))
        found[chosen] = 1.0 / len(chosen)
        return found
    if not shares:
        return np.where(gains < 0, weights.high, weights.low)
    order, count = _least_in_box(gains[None, :], weights)[1:]
    found = weights.low.copy()
    heavy = order[0, : int(count[0])]
    found[heavy] = weights.high[heavy]
    total: Floats = found / found.sum()
    return total


def some_weights(weights: Box | Order, shares: bool, issues: int) -> Floats | None:
    """Weights that agree with what was disclosed, (issues,); None where no scale is known.

    A sum with them is never below the least one, and it is a plain sum over issues.
    """
    if isinstance(weights, Box):
        middle = weights.low / 2 + weights.high / 2
        some: Floats = middle / middle.sum() if shares else middle
        return some
    if not weights.scaled:
        return None
    even, counted = np.zeros(issues), np.concatenate(weights.groups)
    even[counted] = 1.0 / len(counted)
    return even


def _least_in_box(gains: Floats, weights: Box) -> tuple[Floats, Ints, Ints]:
    """The least mean, the issues by rising gain, and how many of them weigh all they can."""
    order = np.argsort(gains, axis=1, kind="stable")
    rising = np.take_along_axis(gains, order, axis=1)
    low, high = weights.low[order], weights.high[order]
    sums = _from_low_to_high(low * rising, high * rising)
    totals = _from_low_to_high(low, high)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(totals > 0.0, sums / totals, np.inf)
    best = np.argmin(means, axis=1)
    return np.take_along_axis(means, best[:, None], axis=1)[:, 0], order, best


def _from_low_to_high(low: Floats, high: Floats) -> Floats:
    """Sums with the first j at their high end and the rest at their low end, j = 0 … n."""
    none = np.zeros((len(low), 1))
    first = np.concatenate([none, np.cumsum(high, axis=1)], axis=1)
    rest = np.concatenate([np.cumsum(low[:, ::-1], axis=1)[:, ::-1], none], axis=1)
    total: Floats = first + rest
    return total


def _least_in_order(gains: Floats, weights: Order) -> tuple[Floats, Ints, Ints]:
    """The least mean over sets closed upwards, their issues in order, and how many."""
    order = np.concatenate(
        [group[np.argsort(gains[:, group], axis=1, kind="stable")] for group in weights.groups],
        axis=1,
    )
    sums = np.cumsum(np.take_along_axis(gains, order, axis=1), axis=1)
    means = sums / np.arange(1, order.shape[1] + 1)
    best = np.argmin(means, axis=1)
    return np.take_along_axis(means, best[:, None], axis=1)[:, 0], order, best + 1
