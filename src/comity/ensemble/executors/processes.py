"""Several processes on this machine, each a fresh interpreter."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

from comity.ensemble.executors.packed import do, packed
from comity.ensemble.executors.protocol import AHEAD, in_order
from comity.errors import ComityError

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Processes:
    """A pool of processes that lasts as long as the run."""

    workers: int
    _pool: ProcessPoolExecutor

    def each(self, work: Callable[[P], R], parts: Iterable[P], take: Callable[[R], None]) -> None:
        sent = packed(work)

        def give(part: P) -> Future[R]:
            future: Future[R] = self._pool.submit(do, sent, part)
            return future

        try:
            in_order(give, parts, Future.result, take, AHEAD * self.workers)
        except BrokenProcessPool:
            raise ComityError(
                "a worker process ended before its work was done",
                mend="was there memory enough? A script that asks for processes must do so below "
                'if __name__ == "__main__". With a checkpoint, run again: it goes on from there.',
            ) from None


@contextmanager
def processes(workers: int) -> Iterator[Processes]:
    """So many processes, started when first needed and ended with the run.

    They are new interpreters, not copies of this one: a copy of a process with threads may hang.
    """
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_ready)
    try:
        with uninterrupted():
            for _ in range(workers):  # each starts a process, for none is idle yet
                pool.submit(_ready)
        yield Processes(workers, pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Processes begun here ignore interrupts, at least at first, and so say nothing of them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _ready() -> None:
    """An interrupt from the terminal reaches every process: end at once, and silently."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
