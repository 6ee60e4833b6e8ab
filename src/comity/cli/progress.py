"""A progress bar with the time left, for work that takes over two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WORTH_SHOWING = 2.0
"""Seconds of work below which a bar would only flicker."""

Told = Callable[[int, int], None]
"""What long work calls now and then: steps done, steps in all."""


@contextmanager
def progress(doing: str) -> Iterator[Told]:
    """What to tell of the progress of some work; shown on stderr if that is a terminal.

    The bar appears once the work has taken, or at its pace will take, over two seconds.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield _untold
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task, began = bar.add_task(doing, total=None), time.monotonic()

    def told(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)
        if not bar.live.is_started and _worth_showing(time.monotonic() - began, done, total):
            bar.start()

    try:
        yield told
    finally:
        bar.stop()


def _untold(_done: int, _total: int) -> None:
    """Nobody is looking."""


def _worth_showing(taken: float, done: int, total: int) -> bool:
    expected = taken * total / done if done else taken
    return done < total and expected >= WORTH_SHOWING
