"""Waiting for compiled work in a way that an interrupt can end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

BESIDE = "comity-beside"
"""The name of threads that run beside, which a process that ends must not wait for."""

LOOK = 0.2
"""Seconds between looks whether the work is done."""


def waited_for(work: Callable[[], T]) -> T:
    """What some work answers that lets go of the interpreter while it runs.

    In the main thread it runs beside, so that an interrupt ends the wait at once; what the work
    would still have answered is then lost. Whatever it raises is raised here.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()
    answers: list[T] = []
    failures: list[Exception] = []

    def run() -> None:
        try:
            answers.append(work())
        except Exception as failure:  # noqa: BLE001, raised below
            failures.append(failure)

    beside = threading.Thread(target=run, name=BESIDE, daemon=True)
    beside.start()
    while beside.is_alive():
        beside.join(LOOK)
    if failures:
        raise failures[0]
    return answers[0]
