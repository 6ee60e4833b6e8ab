"""A progress bar with the time left, for work that takes over two seconds."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WORTH_SHOWING = 2.0
"""Seconds of work below which a bar would only flicker."""

Told = Callable[[float], None]
"""What long work calls now and then with the share of it that is done."""


@contextmanager
def progress(doing: str) -> Iterator[Told]:
    """What to tell of the progress of some work; shown on stderr if that is a terminal.

    The bar appears once the work has taken, or at its pace will take, over two seconds; the
    first of these is seen by a clock, so that it holds for work that tells nothing for long.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield _untold
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    bar = Progress(*columns, console=console, transient=True, redirect_stdout=False)
    task, began = bar.add_task(doing, total=1.0), time.monotonic()

    def told(share: float) -> None:
        bar.update(task, completed=share)
        if not bar.live.is_started and _worth_showing(time.monotonic() - began, share):
            bar.start()

    clock = threading.Timer(WORTH_SHOWING, bar.start)
    clock.start()
    try:
        yield told
    finally:
        clock.cancel()
        clock.join()
        bar.stop()


def _untold(_share: float) -> None:
    """Nobody is looking."""


def _worth_showing(taken: float, share: float) -> bool:
    expected = taken / share if share > 0 else taken
    return share < 1 and expected >= WORTH_SHOWING
