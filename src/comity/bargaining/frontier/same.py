"""Points that lie within 10⁻⁹ of each other are one, and none is bettered by more (§41, §44)."""

from __future__ import annotations

import numpy as np

from comity.bargaining.problem import Ints

Groups = tuple[tuple[int, ...], ...]


def points_of(values: Ints, same: Ints) -> tuple[Groups, Ints]:
    """Places of the sums on each point, and the points, sorted by the first party downwards.

    Sums were compared with others that are at least as good *to the step*. What is left out here
    is bettered by one that is at least as good within ``same`` only.
    """
    near, better = _near(values, same)
    stays = np.ones(len(values), dtype=bool)
    stays[better] = False
    if len(values) and not stays.any():  # three or more that better each other in a ring
        stays[:] = True
    head = np.arange(len(values))
    for a, b in near:
        if stays[a] and stays[b]:
            head[_root(head, a)] = _root(head, b)
    groups: dict[int, list[int]] = {}
    for node in np.lexsort(tuple(-values[:, c] for c in reversed(range(len(same))))).tolist():
        if stays[node]:
            groups.setdefault(_root(head, node), []).append(node)
    firsts = [group[0] for group in groups.values()]
    return tuple(map(tuple, groups.values())), values[firsts]


def _root(head: Ints, node: int) -> int:
    while head[node] != node:
        node = int(head[node])
    return node


def _near(values: Ints, same: Ints) -> tuple[list[tuple[int, int]], list[int]]:
    """Pairs of sums that are the same, and sums that are bettered.

    Both kinds lie within ``same`` of another sum in some party's utility, and not equal.
    """
    pairs: list[tuple[int, int]] = []
    better: list[int] = []
    for c in range(len(same)):
        order = np.argsort(values[:, c], kind="stable")
        column = values[order, c]
        ends = np.searchsorted(column, column + same[c], side="right")
        starts = np.searchsorted(column, column, side="right")
        for at in np.flatnonzero(ends > starts).tolist():
            for other in range(int(starts[at]), int(ends[at])):
                low, high = int(order[at]), int(order[other])
                gap = values[high] - values[low]
                if (np.abs(gap) <= same).all():
                    pairs.append((low, high))
                elif (gap >= -same).all():
                    better.append(low)
                elif (gap <= same).all():
                    better.append(high)
    return pairs, better
