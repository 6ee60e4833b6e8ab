"""Weights in keeping with an order of issues: their centroid, and draws of them (§40)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from comity.bargaining.problem import Floats


def centroid(ranks: Mapping[str, int]) -> dict[str, Floats]:
    """The mean of all weights in keeping with an order of issues: the rank-order centroid.

    w₍ₖ₎ = (1/n) Σ_{j≥k} 1/j (Barron & Barrett 1996); issues of equal rank share alike.
    """
    order = sorted(ranks, key=ranks.__getitem__)
    n = len(order)
    raw = [sum(1.0 / j for j in range(k, n + 1)) / n for k in range(1, n + 1)]
    return {issue: np.array([share]) for issue, share in _levelled(ranks, order, raw).items()}


def _levelled(ranks: Mapping[str, int], order: list[str], raw: list[float]) -> dict[str, float]:
    """Issues of equal rank get the mean of what their places would give them."""
    by_rank: dict[int, list[float]] = {}
    for issue, share in zip(order, raw, strict=True):
        by_rank.setdefault(ranks[issue], []).append(share)
    return {issue: float(np.mean(by_rank[ranks[issue]])) for issue in order}


def in_order(ranks: Mapping[str, int], columns: Mapping[str, Floats]) -> dict[str, Floats]:
    """Weights drawn uniformly from all those that sum to 1 and respect an order of issues.

    Exponentials divided by their sum are uniform on the simplex; sorted, uniform on the ordered
    part of it. Issues of equal rank keep the order in which they fell.
    """
    order = sorted(ranks, key=ranks.__getitem__)
    fell = np.stack([-np.log1p(-columns[issue]) for issue in order], axis=1)
    sizes = -np.sort(-fell, axis=1)
    sizes /= sizes.sum(axis=1, keepdims=True)
    weights: dict[str, Floats] = {}
    start = 0
    for rank in sorted(set(ranks.values())):
        tied = [issue for issue in order if ranks[issue] == rank]
        block = sizes[:, start : start + len(tied)]
        places = np.argsort(np.argsort(-fell[:, start : start + len(tied)], axis=1), axis=1)
        for column, issue in enumerate(tied):
            weights[issue] = np.take_along_axis(block, places[:, column : column + 1], 1)[:, 0]
        start += len(tied)
    return weights
