"""What every executor offers, and how answers are kept in order without piling up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

P = TypeVar("P")
R = TypeVar("R")
F = TypeVar("F")

AHEAD = 3
"""Parts given out for each worker before the first of them has been taken: memory stays flat."""


class Executor(Protocol):
    """Does the same work on many parts."""

    @property
    def workers(self) -> int: ...

    def each(self, work: Callable[[P], R], parts: Iterable[P], take: Callable[[R], None]) -> None:
        """Do the work on every part; ``take`` is given the answers in the order of the parts.

        ``take`` is called by the thread that called ``each``. The first error in the order of the
        parts is raised; after it, or an interrupt, nothing more is begun.
        """
        ...


def in_order(
    give: Callable[[P], F],
    parts: Iterable[P],
    answer: Callable[[F], R],
    take: Callable[[R], None],
    ahead: int,
) -> None:
    """Give parts out, at most ``ahead`` at once, and take what became of them, first come first."""
    given: deque[F] = deque()
    for part in parts:
        if len(given) >= ahead:
            take(answer(given.popleft()))
        given.append(give(part))
    while given:
        take(answer(given.popleft()))
