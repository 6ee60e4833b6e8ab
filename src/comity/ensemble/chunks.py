"""Many draws in chunks of one constant length, merged in chunk order.

The same bytes come out for any number of workers: a chunk's draws depend on its place alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from comity.dossier import Keyed

CHUNK = 2_000
"""Draws in a chunk: large enough to vectorise, small enough to stay in the cache."""

P = TypeVar("P")
R = TypeVar("R")


def chunks(seed: int, draws: int) -> Iterator[Keyed]:
    """The uniforms of each chunk; the last one may be shorter."""
    for start in range(0, draws, CHUNK):
        yield Keyed(seed, start, min(start + CHUNK, draws))


def over_chunks(work: Callable[[Keyed], R], seed: int, draws: int, workers: int) -> list[R]:
    """Do the work on every chunk of the draws, results in order."""
    return run_all(work, list(chunks(seed, draws)), workers)


def run_all(work: Callable[[P], R], parts: Sequence[P], workers: int) -> list[R]:
    """Do the work on every part, in threads (NumPy lets go of the lock), results in order."""
    if workers <= 1:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, parts))
