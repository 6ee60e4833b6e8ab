"""A progress bar with the time left, for work that takes over two seconds; lines in a log."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from comity.cli import streams

WORTH_SHOWING = 2.0
"""Seconds of work below which a bar would only flicker."""

EVERY = 30.0
"""Seconds between two lines where there is no terminal."""

Told = Callable[[float], None]
"""What long work calls now and then with the share of it that is done."""


@contextmanager
def progress(doing: str) -> Iterator[Told]:
    """What to tell of the progress of some work; shown on stderr, as a bar if that is a terminal.

    The bar appears once the work has taken, or at its pace will take, over two seconds; the
    first of these is seen by a clock, so that it holds for work that tells nothing for long.
    Elsewhere a plain line now and then says how far the work has come.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        with _lines(doing) as line:
            yield line
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


@contextmanager
def _lines(doing: str) -> Iterator[Told]:
    """A line for a log every half a minute; nothing for work that is done by then."""
    share, done = [0.0], threading.Event()

    def told(now: float) -> None:
        share[0] = now

    def tell() -> None:
        while not done.wait(EVERY):
            streams.say(f"… {doing}: {int(100 * share[0])} % done")

    clock = threading.Thread(target=tell, name="progress", daemon=True)
    clock.start()
    try:
        yield told
    finally:
        done.set()
        clock.join()


def _worth_showing(taken: float, share: float) -> bool:
    expected = taken / share if share > 0 else taken
    return share < 1 and expected >= WORTH_SHOWING
