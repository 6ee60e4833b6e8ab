"""Sums for four and more parties, or with uses of caps: taken largest first, held against a tree.

All sums taken before are at least as good for the first party. The tree keeps them by the other
columns: each of its boxes knows the best of each column within it, so that whole boxes in which
nothing can be as good everywhere are passed over. The work can be left off and taken up again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from comity.bargaining.frontier.compiled import compiled
from comity.bargaining.frontier.runs import Runs, heaped, sifted, taller
from comity.bargaining.problem import Ints

LEAF = 24
"""How many sums a box holds before it is split."""

AT_A_TIME = 1_000_000
"""How many sums are looked at before somebody is told."""

COMPARED_AT_A_TIME = 20_000_000
"""How many comparisons are made before somebody is told."""

LEAST = np.iinfo(np.int64).min

ALIVE, SIZE, EDGES, BOXES, USUAL, DROPPED, THINNED, LOOKED = range(8)
"""Where the state of the work keeps what."""


@compiled
def betters(kept: Ints, one: int, own: Ints, same: Ints, slack: Ints) -> bool:
    """Whether a kept sum stands for ``own``, so that ``own`` need not be kept.

    It is nowhere less and somewhere more by more than ``same``; or, where ``slack`` is allowed,
    nowhere less by more than that.
    """
    far = bool(slack[0] > 0)
    for c in range(own.size):
        gap = kept[one, c] - own[c]
        if gap < -slack[c]:
            return False
        if gap > same[c]:
            far = True
    return far


@compiled
def bettered(
    own: Ints,
    same: Ints,
    slack: Ints,
    kept: Ints,
    tops: Ints,
    tree: Ints,
    items: Ints,
    stack: Ints,
    state: Ints,
) -> int:
    """The place of a kept sum that betters ``own``; −1: none. Counts what is looked at.

    ``tree`` rows are: column split by (−1: a leaf), split value, left child, right child, leaf,
    its size.
    """
    width, depth = own.size, 1
    stack[0] = 0
    while depth > 0:
        depth -= 1
        box = stack[depth]
        state[LOOKED] += 1
        reaches = True
        for c in range(1, width):
            if tops[box, c] < own[c] - slack[c]:
                reaches = False
                break
        if not reaches:
            continue
        if tree[box, 0] >= 0:
            stack[depth], stack[depth + 1] = tree[box, 2], tree[box, 3]
            depth += 2
            continue
        leaf = tree[box, 4]
        for k in range(tree[box, 5]):
            state[LOOKED] += 1
            if betters(kept, items[leaf, k], own, same, slack):
                return int(items[leaf, k])
    return -1


@compiled
def placed(one: int, kept: Ints, tops: Ints, tree: Ints, items: Ints) -> int:
    """Put a kept sum into its box; the box if it is full now, else −1."""
    width, box = kept.shape[1], 0
    while True:
        for c in range(1, width):
            tops[box, c] = max(tops[box, c], kept[one, c])
        if tree[box, 0] < 0:
            break
        box = tree[box, 3] if kept[one, tree[box, 0]] > tree[box, 1] else tree[box, 2]
    items[tree[box, 4], tree[box, 5]] = one
    tree[box, 5] += 1
    return int(box) if tree[box, 5] == LEAF else -1


@compiled
def split(box: int, boxes: int, kept: Ints, tops: Ints, tree: Ints, items: Ints) -> None:
    """Split a full box in two across the middle of its widest column."""
    width, leaf = kept.shape[1], tree[box, 4]
    column, spread = 1, np.int64(-1)
    for c in range(1, width):
        low = high = kept[items[leaf, 0], c]
        for k in range(1, LEAF):
            low, high = min(low, kept[items[leaf, k], c]), max(high, kept[items[leaf, k], c])
        if high - low > spread:
            column, spread = c, high - low
    numbers = np.empty(LEAF, dtype=np.int64)
    for k in range(LEAF):
        numbers[k] = kept[items[leaf, k], column]
    order = np.argsort(numbers)
    old = items[leaf].copy()
    tree[box, 0], tree[box, 1] = column, numbers[order[LEAF // 2 - 1]]
    tree[box, 2], tree[box, 3] = boxes, boxes + 1
    for side in range(2):
        child = boxes + side
        tree[child, 0], tree[child, 5] = -1, LEAF // 2
        tree[child, 4] = leaf if side == 0 else (boxes + 1) // 2
        tops[child] = LEAST
        for k in range(LEAF // 2):
            one = old[order[side * (LEAF // 2) + k]]
            items[tree[child, 4], k] = one
            for c in range(1, width):
                tops[child, c] = max(tops[child, c], kept[one, c])


@compiled
def equal_before(kept: Ints, size: int, own: Ints, parties: int) -> int:
    """The place of a kept sum that equals ``own``; −1: none. Equals for all parties lie last."""
    at = size - 1
    while at >= 0:
        for c in range(own.size):
            if kept[at, c] != own[c]:
                if c < parties:
                    return -1
                break
        else:
            return at
        at -= 1
    return -1


@compiled
def proceed(
    rows: Ints,
    ends: Ints,
    shifts: Ints,
    heads: Ints,
    heap: Ints,
    low: Ints,
    high: Ints,
    same: Ints,
    slack: Ints,
    parties: int,
    values: Ints,
    made: Ints,
    node: Ints,
    tops: Ints,
    tree: Ints,
    items: Ints,
    last: Ints,
    state: Ints,
    budget: int,
) -> None:
    """Take up to ``budget`` sums off the heap, or until something is full."""
    width, stack, own = rows.shape[1], np.empty(4096, np.int64), np.empty(rows.shape[1], np.int64)
    alive, size, edges, boxes = state[ALIVE], state[SIZE], state[EDGES], state[BOXES]
    usual, dropped, thinned = state[USUAL], state[DROPPED], state[THINNED]
    none = np.zeros(width, np.int64)
    enough = state[LOOKED] + COMPARED_AT_A_TIME
    while alive > 0 and budget > 0 and state[LOOKED] < enough:
        if size == len(values) or edges == made.size or boxes + 2 > len(tree):
            break
        budget -= 1
        run = heap[0]
        row = heads[run]
        heads[run] += 1
        fits = True
        for c in range(width):
            own[c] = min(rows[row, c] + shifts[run, c], high[c])
            fits = fits and own[c] >= low[c]
        if heads[run] == ends[run]:
            alive -= 1
            heap[0] = heap[alive]
        if alive > 0:
            sifted(heap, 0, alive, heads, rows, shifts)
        if not fits or (dropped > 0 and (own == last).all()):
            continue
        at = equal_before(values, size, own, parties)
        if at < 0:
            if usual >= 0 and betters(values, usual, own, same, slack):
                by = usual
            else:
                by = bettered(own, same, slack, values, tops, tree, items, stack, state)
            dropped = np.int64(by >= 0)
            last[:] = own
            if by >= 0:
                usual = by
                if thinned == 0 and slack[0] > 0 and not betters(values, by, own, same, none):
                    thinned = 1
                continue
            values[size] = own
            full = placed(size, values, tops, tree, items)
            if full >= 0:
                split(full, boxes, values, tops, tree, items)
                boxes += 2
            at = size
            size += 1
        made[edges], node[edges] = (run << 32) + row, at
        edges += 1
    state[ALIVE], state[SIZE], state[EDGES], state[BOXES] = alive, size, edges, boxes
    state[USUAL], state[DROPPED], state[THINNED] = usual, dropped, thinned


@dataclass(frozen=True, eq=False)
class Kept:
    """Sums kept; of every edge what made it (run × 2³² + row), and its node.

    ``thinned``: whether sums were left out for others that are worse within the slack.
    """

    values: Ints
    made: Ints
    node: Ints
    whole: bool
    thinned: bool


def many_party_sums(
    runs: Runs,
    low: Ints,
    high: Ints,
    same: Ints,
    slack: Ints,
    parties: int,
    most: int,
    tell: Callable[[float], None],
    compare: Callable[[int], None],
) -> Kept:
    """Kept sums of all runs, held under ``high``; columns after the parties' are uses of caps.

    ``whole`` is False if there are more than ``most``. ``tell`` hears the share that is done,
    ``compare`` how many comparisons were made; it may end the work by an error.
    """
    width, total = runs.rows.shape[1], int((runs.ends - runs.starts).sum())
    heads = runs.starts.copy()
    heap, alive = heaped(heads, runs.ends, runs.rows, runs.shifts)
    state = np.array([alive, 0, 0, 1, -1, 0, 0, 0], dtype=np.int64)
    values = np.empty((1024, width), np.int64)
    made, node = np.empty(1024, np.int64), np.empty(1024, np.int64)
    tops, tree = np.full((64, width), LEAST), np.zeros((64, 6), np.int64)
    items, last = np.zeros((64, LEAF), np.int64), np.empty(width, np.int64)
    tree[0, 0] = -1
    while state[ALIVE] > 0 and state[EDGES] <= most:
        proceed(
            *(runs.rows, runs.ends, runs.shifts, heads, heap, low, high, same, slack, parties),
            *(values, made, node, tops, tree, items, last, state, AT_A_TIME),
        )
        if state[SIZE] == len(values):
            values = taller(values, 2 * len(values))
        if state[EDGES] == len(made):
            made, node = np.resize(made, 2 * len(made)), np.resize(node, 2 * len(node))
        if state[BOXES] + 2 > len(tree):
            tops, tree = taller(tops, 2 * len(tree)), taller(tree, 2 * len(tree))
            items = taller(items, len(tree))
        compare(int(state[LOOKED]))
        state[LOOKED] = 0
        tell(1.0 - int((runs.ends - heads).sum()) / max(total, 1))
    size, edges = int(state[SIZE]), int(state[EDGES])
    whole, thinned = not state[ALIVE], bool(state[THINNED])
    return Kept(values[:size], made[:edges], node[:edges], whole, thinned)
