"""What a model found out about a batch, kept while its items are asked one after another."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from comity.dossier import Batch

T = TypeVar("T")


class Kept(Generic[T]):
    """The last answer about a whole batch in each thread; it is not to be written to."""

    def __init__(self) -> None:
        self._last = threading.local()

    def of(self, batch: Batch, asked: Hashable, make: Callable[[], T]) -> T:
        """The answer about this very batch, made unless it was the last one asked for."""
        last = getattr(self._last, "found", None)
        if last is not None and last[0]() is batch and last[1] == asked:
            kept: T = last[2]
            return kept
        found = make()
        self._last.found = weakref.ref(batch), asked, found
        return found
