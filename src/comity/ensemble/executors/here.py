"""In this process: one part after the other, or in threads (NumPy lets go of the lock)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TypeVar

from comity.bargaining.waiting import BESIDE
from comity.ensemble.executors.protocol import AHEAD, Executor, in_order

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Serial:
    """One part after the other, in the thread that asks."""

    workers: int = 1

    def each(self, work: Callable[[P], R], parts: Iterable[P], take: Callable[[R], None]) -> None:
        for part in parts:
            take(work(part))


@dataclass(frozen=True)
class Threads:
    """Threads that an error waits for and an interrupt does not."""

    workers: int

    def each(self, work: Callable[[P], R], parts: Iterable[P], take: Callable[[R], None]) -> None:
        tasks: SimpleQueue[tuple[Future[R], P] | None] = SimpleQueue()
        futures: list[Future[R]] = []

        def give(part: P) -> Future[R]:
            future: Future[R] = Future()
            futures[:] = [one for one in futures if not one.done()]
            futures.append(future)
            tasks.put((future, part))
            return future

        def run() -> None:
            while (task := tasks.get()) is not None:
                future, part = task
                if not future.set_running_or_notify_cancel():
                    continue
                try:
                    future.set_result(work(part))
                except BaseException as failure:  # noqa: BLE001, raised by whoever waits
                    future.set_exception(failure)

        threads = [
            threading.Thread(target=run, name=BESIDE, daemon=True) for _ in range(self.workers)
        ]
        for thread in threads:
            thread.start()
        try:
            in_order(give, parts, Future.result, take, AHEAD * self.workers)
        except Exception:
            _stop(tasks, futures, threads)
            for thread in threads:  # compiled work must not outlive the interpreter
                thread.join()
            raise
        finally:
            _stop(tasks, futures, threads)


def _stop(
    tasks: SimpleQueue[tuple[Future[R], P] | None],
    futures: list[Future[R]],
    threads: list[threading.Thread],
) -> None:
    """Nothing more is begun, and every thread ends with the part it is at."""
    for future in futures:
        future.cancel()
    for _ in threads:
        tasks.put(None)


def hands(workers: int) -> Executor:
    """As many hands in this process."""
    return Serial() if workers <= 1 else Threads(workers)
