"""Many draws in chunks of one constant length, merged in chunk order.

The same bytes come out for any number of workers: a chunk's draws depend on its place alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from comity.dossier import Dossier, Keyed
from comity.ensemble.executors import Executor, hands
from comity.ensemble.progress import Done, Meter, untold

CHUNK = 5_000
"""Draws in a chunk for bodies of up to ``USUAL`` members."""

USUAL = 16
"""Members beyond which chunks are shortened, since work a draw grows with their square."""

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Draws:
    """Which draws of a dossier are made, in chunks of what length, by so many threads or whom else.

    ``done`` is called after each chunk.
    """

    seed: int
    count: int
    length: int
    by: int | Executor
    done: Done = untold

    def chunks(self) -> list[Keyed]:
        """The uniforms of each chunk; the last one may be shorter."""
        starts = range(0, self.count, self.length)
        return [Keyed(self.seed, k, min(k + self.length, self.count)) for k in starts]

    def each(self, work: Callable[[Keyed], R]) -> list[R]:
        """Do the work on every chunk, results in order; elsewhere only what can be sent there."""
        return run_all(work, self.chunks(), self.by, self.done)

    def telling(self, meter: Meter, share: float, passes: int = 1) -> Draws:
        """The same draws, telling of a stage that goes ``passes`` times over them."""
        return replace(self, done=meter.stage(share, passes * len(self.chunks())))


def chunk_length(dossier: Dossier) -> int:
    """Draws in a chunk, by the size of the dossier's largest body alone."""
    largest = max((len(body.members) for body in dossier.bodies.values()), default=1)
    return max(CHUNK * USUAL**2 // max(largest, USUAL) ** 2, 20)


def run_all(
    work: Callable[[P], R], parts: Sequence[P], by: int | Executor, done: Done = untold
) -> list[R]:
    """Do the work on every part, in so many threads or by an executor; results in order.

    ``done`` is called after each result, by the thread that asks.
    """
    results: list[R] = []

    def take(result: R) -> None:
        results.append(result)
        done()

    executor = hands(by) if isinstance(by, int) else by
    executor.each(work, parts, take)
    return results
