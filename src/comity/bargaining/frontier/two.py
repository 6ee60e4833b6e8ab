"""Sums for two parties: sorted runs merged two by two, dominated ones dropped at every merge.

A *run* is a stretch of sorted rows with one shift added to all of them; so its sums are sorted.
A sum is dropped if another is at least as good for both and better by more than ``same`` for one.
"""

from __future__ import annotations

import numpy as np

from comity.bargaining.frontier.compiled import compiled
from comity.bargaining.frontier.runs import longer
from comity.bargaining.problem import Ints


@compiled
def merged(
    x: Ints, y: Ints, made: Ints, start: int, middle: int, end: int, same: Ints, spare: Ints
) -> int:
    """Two neighbouring sorted stretches merged in place; where the merged one ends.

    ``spare`` has room for both: three rows, as x, y and made.
    """
    i, j, size, lag = start, middle, 0, 0
    best_so_far, best_of_far = np.iinfo(np.int64).min, np.iinfo(np.int64).min
    while i < middle or j < end:
        if j >= end or (i < middle and (x[i] > x[j] or (x[i] == x[j] and y[i] >= y[j]))):
            at = i
            i += 1
        else:
            at = j
            j += 1
        own_x, own_y = x[at], y[at]
        while lag < size and spare[0, lag] > own_x + same[0]:
            best_of_far = max(best_of_far, spare[1, lag])
            lag += 1
        if best_of_far >= own_y or best_so_far > own_y + same[1]:
            continue
        best_so_far = max(best_so_far, own_y)
        spare[0, size], spare[1, size], spare[2, size] = own_x, own_y, made[at]
        size += 1
    x[start : start + size] = spare[0, :size]
    y[start : start + size] = spare[1, :size]
    made[start : start + size] = spare[2, :size]
    return start + size


@compiled
def two_party_sums(
    rows: Ints, starts: Ints, ends: Ints, shifts: Ints, low: Ints, same: Ints, most: int
) -> tuple[Ints, Ints, Ints, bool]:
    """Kept sums of all runs: x, y and what made them (run × 2³² + row), sorted; and if all fit.

    Stretches lie on a stack; the two on top are merged when they come of equally many runs, so
    that no sum takes part in more than log₂(runs) merges.
    """
    room = 2 * (ends[0] - starts[0]) + 64
    x, y, made = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
    spare = np.empty((3, room), dtype=np.int64)
    begins, runs_in = np.empty(70, dtype=np.int64), np.empty(70, dtype=np.int64)
    depth, size, count = 0, 0, starts.size
    for run in range(count):
        if size + ends[run] - starts[run] > room:
            room = 2 * (size + ends[run] - starts[run])
            x, y, made = longer(x, room), longer(y, room), longer(made, room)
            spare = np.empty((3, room), dtype=np.int64)
        begins[depth], runs_in[depth] = size, 1
        depth += 1
        for row in range(starts[run], ends[run]):
            own_x, own_y = rows[row, 0] + shifts[run, 0], rows[row, 1] + shifts[run, 1]
            if own_x >= low[0] and own_y >= low[1]:
                x[size], y[size], made[size] = own_x, own_y, (run << 32) + row
                size += 1
        if count == 1:
            size = merged(x, y, made, 0, size, size, same, spare)
        while depth > 1 and (runs_in[depth - 2] <= runs_in[depth - 1] or run == count - 1):
            depth -= 1
            size = merged(x, y, made, begins[depth - 1], begins[depth], size, same, spare)
            runs_in[depth - 1] += runs_in[depth]
        if size > most:
            return x[:size], y[:size], made[:size], False
    return x[:size], y[:size], made[:size], True
