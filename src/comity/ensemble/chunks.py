"""Many draws in chunks of one constant length, merged in chunk order.

The same bytes come out for any number of workers: a chunk's draws depend on its place alone.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TypeVar

from comity.bargaining.waiting import BESIDE
from comity.dossier import Dossier, Keyed
from comity.ensemble.progress import Done, Meter, untold

CHUNK = 5_000
"""Draws in a chunk for bodies of up to ``USUAL`` members."""

USUAL = 16
"""Members beyond which chunks are shortened, since work a draw grows with their square."""

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Draws:
    """Which draws of a dossier are made, in chunks of what length, by how many workers.

    ``done`` is called after each chunk.
    """

    seed: int
    count: int
    length: int
    workers: int
    done: Done = untold

    def chunks(self) -> list[Keyed]:
        """The uniforms of each chunk; the last one may be shorter."""
        starts = range(0, self.count, self.length)
        return [Keyed(self.seed, k, min(k + self.length, self.count)) for k in starts]

    def each(self, work: Callable[[Keyed], R]) -> list[R]:
        """Do the work on every chunk, results in order."""
        return run_all(work, self.chunks(), self.workers, self.done)

    def telling(self, meter: Meter, share: float, passes: int = 1) -> Draws:
        """The same draws, telling of a stage that goes ``passes`` times over them."""
        return replace(self, done=meter.stage(share, passes * len(self.chunks())))


def chunk_length(dossier: Dossier) -> int:
    """Draws in a chunk, by the size of the dossier's largest body alone."""
    largest = max((len(body.members) for body in dossier.bodies.values()), default=1)
    return max(CHUNK * USUAL**2 // max(largest, USUAL) ** 2, 20)


def run_all(
    work: Callable[[P], R], parts: Sequence[P], workers: int, done: Done = untold
) -> list[R]:
    """Do the work on every part, in threads (NumPy lets go of the lock), results in order.

    ``done`` is called after each part, by the thread that did it.
    """

    def one(part: P) -> R:
        result = work(part)
        done()
        return result

    if workers <= 1:
        return [one(part) for part in parts]
    return _in_threads(one, parts, workers)


def _in_threads(work: Callable[[P], R], parts: Sequence[P], workers: int) -> list[R]:
    """Results in order, from threads that an interrupt or an error does not wait for.

    The first error in the order of parts is raised; after it, or an interrupt, nothing is begun.
    """
    waiting = deque((Future[R](), part) for part in parts)
    futures = [future for future, _ in waiting]

    def run() -> None:
        while waiting:
            try:
                future, part = waiting.popleft()
            except IndexError:  # another thread took the last
                return
            try:
                future.set_result(work(part))
            except BaseException as failure:  # noqa: BLE001, raised by whoever waits
                future.set_exception(failure)

    threads = [threading.Thread(target=run, name=BESIDE, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    try:
        return [future.result() for future in futures]
    except Exception:
        waiting.clear()
        for thread in threads:  # compiled work must not outlive the interpreter
            thread.join()
        raise
    finally:
        waiting.clear()
