"""Sums for three parties: taken largest first, held against a staircase of the two other parties.

All sums taken before are at least as good for the first party. Of those, the staircase keeps the
ones no other betters for the second and third: it falls in y and rises in z.
"""

from __future__ import annotations

import numpy as np

from comity.bargaining.frontier.compiled import compiled
from comity.bargaining.frontier.runs import heaped, longer, sifted, taller
from comity.bargaining.problem import Ints


@compiled
def last_at_least(y: Ints, size: int, own: int) -> int:
    """The last step of the staircase with y no less than ``own``; −1: none."""
    low, high = 0, size
    while low < high:
        half = (low + high) // 2
        if y[half] >= own:
            low = half + 1
        else:
            high = half
    return low - 1


@compiled
def bettered(kept: Ints, size: int, own: Ints, same: Ints) -> bool:
    """Whether one of the sums kept is nowhere less and somewhere more by more than ``same``."""
    for i in range(size):
        covered, far = True, False
        for c in range(own.size):
            gap = kept[i, c] - own[c]
            if gap < 0:
                covered = False
                break
            if gap > same[c]:
                far = True
        if covered and far:
            return True
    return False


@compiled
def stepped(x: Ints, y: Ints, z: Ints, size: int, at: int, own: Ints) -> int:
    """A step put after place ``at``, and those it covers taken out; the new size."""
    first = at + 1
    if at >= 0 and y[at] == own[1]:
        first = at  # its z is less, or the sum would have been covered
    last = first
    while last < size and z[last] <= own[2]:
        last += 1
    moved = first + 1 - last
    if moved > 0:
        for k in range(size - 1, last - 1, -1):
            x[k + moved], y[k + moved], z[k + moved] = x[k], y[k], z[k]
    elif moved < 0:
        for k in range(last, size):
            x[k + moved], y[k + moved], z[k + moved] = x[k], y[k], z[k]
    x[first], y[first], z[first] = own[0], own[1], own[2]
    return size + moved


@compiled
def three_party_sums(
    rows: Ints, starts: Ints, ends: Ints, shifts: Ints, low: Ints, same: Ints, most: int
) -> tuple[Ints, Ints, Ints, bool]:
    """Kept sums of all runs, sorted: values; and of every edge what made it, and its node.

    What made it is run × 2³² + row. The last answer is whether all fit into ``most``.
    """
    room, size, edges, steps = 1024, 0, 0, 0
    values, made, node = np.empty((room, 3), np.int64), longer(low[:0], room), longer(low[:0], room)
    x, y, z = longer(low[:0], room + 1), longer(low[:0], room + 1), longer(low[:0], room + 1)
    heads = starts.copy()
    heap, alive = heaped(heads, ends, rows, shifts)
    own, last = np.empty(3, np.int64), np.empty(3, np.int64)
    stays, some = False, False
    while alive > 0:
        run = heap[0]
        row = heads[run]
        for c in range(3):
            own[c] = rows[row, c] + shifts[run, c]
        heads[run] += 1
        if heads[run] == ends[run]:
            alive -= 1
            heap[0] = heap[alive]
        if alive > 0:
            sifted(heap, 0, alive, heads, rows, shifts)
        if own[0] < low[0] or own[1] < low[1] or own[2] < low[2]:
            continue
        new = not some or own[0] != last[0] or own[1] != last[1] or own[2] != last[2]
        if new:
            at = last_at_least(y, steps, own[1])
            stays = at < 0 or z[at] < own[2]
            if stays:
                steps = stepped(x, y, z, steps, at, own)
            elif (
                x[at] - own[0] <= same[0]
                and y[at] - own[1] <= same[1]
                and z[at] - own[2] <= same[2]
            ):
                stays = not bettered(values, size, own, same)
            last[:] = own
            some = True
        if not stays:
            continue
        if edges == room:
            if edges > most:
                return values[:size], made[:edges], node[:edges], False
            room *= 2
            values, made, node = taller(values, room), longer(made, room), longer(node, room)
            x, y, z = longer(x, room + 1), longer(y, room + 1), longer(z, room + 1)
        if new:
            values[size] = own
            size += 1
        made[edges], node[edges] = (run << 32) + row, size - 1
        edges += 1
    return values[:size], made[:edges], node[:edges], True
