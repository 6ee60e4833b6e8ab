"""A heap of sorted runs, from which the largest sum is taken first: lists merged without a copy.

A *run* is a stretch of rows, sorted downwards, with one shift added to all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.bargaining.frontier.compiled import compiled
from comity.bargaining.problem import Bools, Ints


@dataclass(frozen=True, eq=False)
class Runs:
    """Rows (rows, width), and of each run where its rows start and end, and what shifts them.

    ``row_ids`` and ``run_ids`` say which nodes or choices they are; a run is ``turned`` if its rows
    are choices and its shift is a node.
    """

    rows: Ints
    starts: Ints
    ends: Ints
    shifts: Ints
    row_ids: Ints
    run_ids: Ints
    turned: Bools


@compiled
def larger(rows: Ints, shifts: Ints, a_row: int, a: int, b_row: int, b: int) -> bool:
    """Whether the sum of row and shift of run a comes before that of run b."""
    for c in range(rows.shape[1]):
        first, second = rows[a_row, c] + shifts[a, c], rows[b_row, c] + shifts[b, c]
        if first != second:
            return bool(first > second)
    return False


@compiled
def sifted(heap: Ints, at: int, size: int, heads: Ints, rows: Ints, shifts: Ints) -> None:
    """Restore the heap below a place. ``heads`` holds the next row of each run."""
    run = heap[at]
    key = rows[heads[run], 0] + shifts[run, 0]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        key_child = rows[heads[heap[child]], 0] + shifts[heap[child], 0]
        if child + 1 < size:
            other = heap[child + 1]
            key_other = rows[heads[other], 0] + shifts[other, 0]
            if key_other > key_child or (
                key_other == key_child
                and larger(rows, shifts, heads[other], other, heads[heap[child]], heap[child])
            ):
                child, key_child = child + 1, key_other
        if key > key_child or (
            key == key_child
            and not larger(rows, shifts, heads[heap[child]], heap[child], heads[run], run)
        ):
            break
        heap[at] = heap[child]
        at = child
    heap[at] = run


@compiled
def heaped(heads: Ints, ends: Ints, rows: Ints, shifts: Ints) -> tuple[Ints, int]:
    """A heap of all runs that have rows, the largest sum on top; and how many they are."""
    heap = np.empty(heads.size, dtype=np.int64)
    size = 0
    for run in range(heads.size):
        if heads[run] < ends[run]:
            heap[size] = run
            size += 1
    for at in range(size // 2 - 1, -1, -1):
        sifted(heap, at, size, heads, rows, shifts)
    return heap, size


@compiled
def longer(old: Ints, size: int) -> Ints:
    """The same numbers with room for more."""
    new = np.empty(size, dtype=np.int64)
    new[: old.size] = old
    return new


@compiled
def taller(old: Ints, size: int) -> Ints:
    """The same rows with room for more."""
    new = np.empty((size, old.shape[1]), dtype=np.int64)
    new[: len(old)] = old
    return new
