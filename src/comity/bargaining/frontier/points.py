"""Sums within 10⁻⁹ of each other are one point, and none is bettered by more (§41, §44)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.bargaining.problem import Ints


@dataclass(frozen=True, eq=False)
class Points:
    """Points (points, parties) in whole steps, in falling order, and the sums on each.

    Those of point p are ``nodes`` from ``start[p]`` to ``start[p + 1]``.
    """

    values: Ints
    nodes: Ints
    start: Ints


def points_of(values: Ints, same: Ints) -> Points:
    """Kept sums, in falling order, as points.

    Until now a sum was dropped for one that is at least as good *to the step* and better by more
    than ``same`` somewhere. Here those go that are bettered by one that is as good only within
    ``same``. What takes part in that lies within ``same`` of another sum in some column and is
    not equal there, which is rare: so these pairs are looked at one by one.
    """
    every = np.arange(len(values))
    pairs = _close(values, same)
    if not len(pairs):
        return Points(values, every, np.arange(len(values) + 1))
    gap = values[pairs[:, 1]] - values[pairs[:, 0]]
    one = (np.abs(gap) <= same).all(axis=1)
    stays = np.ones(len(values), dtype=bool)
    stays[pairs[(gap >= -same).all(axis=1) & ~one, 0]] = False
    stays[pairs[(gap <= same).all(axis=1) & ~one, 1]] = False
    head = _heads(len(values), [pair for pair in pairs[one].tolist() if stays[pair].all()])
    nodes = every[stays][np.argsort(head[stays], kind="stable")]
    first = np.flatnonzero(np.diff(head[nodes], prepend=-1))
    return Points(values[nodes[first]], nodes, np.append(first, len(nodes)))


def _close(values: Ints, same: Ints) -> Ints:
    """Pairs of sums that are close but not equal in some column: shape (pairs, 2)."""
    found = [np.zeros((0, 2), dtype=np.int64)]
    for c in range(values.shape[1]):
        gaps = np.diff(np.sort(values[:, c]))
        if not ((gaps > 0) & (gaps <= same[c])).any():
            continue
        order = np.argsort(values[:, c], kind="stable")
        column = values[order, c]
        starts = np.searchsorted(column, column, side="right")
        ends = np.searchsorted(column, column + same[c], side="right")
        near = np.flatnonzero(ends > starts)
        counts = (ends - starts)[near]
        low = np.repeat(near, counts)
        step = np.arange(len(low)) - np.repeat(np.cumsum(counts) - counts, counts)
        found.append(np.stack([order[low], order[starts[low] + step]], axis=1))
    return np.concatenate(found)


def _heads(count: int, pairs: list[list[int]]) -> Ints:
    """For each sum the first of those it is one with, directly or by way of others."""
    head = list(range(count))

    def root(node: int) -> int:
        while head[node] != node:
            head[node] = head[head[node]]
            node = head[node]
        return node

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        head[high] = low
    return np.array([root(node) for node in range(count)])
