"""How much of a long piece of work is done, told by whoever does a part of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

Tell = Callable[[float], None]
"""What is told the share of the work that is done, from 0 to 1."""

Done = Callable[[], None]
"""What is called once for each part that is done."""


def untold() -> None:
    """Nobody wants to know."""


@dataclass
class Meter:
    """Adds up what is done, from any thread, and never tells less than before."""

    tell: Tell | None = None
    share: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def stage(self, share: float, parts: int) -> Done:
        """What to call after each of the equal parts of a stage that makes up ``share``."""
        if self.tell is None or parts < 1:
            return untold
        return lambda: self._advance(share / parts)

    def within(self, share: float) -> Tell:
        """What to tell the share done, from 0 to 1, of a stage that makes up ``share``."""
        told = [0.0]

        def tell(done: float) -> None:
            if done > told[0]:
                self._advance(share * (done - told[0]))
                told[0] = done

        return tell

    def finish(self) -> None:
        """Everything is done."""
        self._advance(1.0)

    def _advance(self, by: float) -> None:
        if self.tell is not None:
            with self._lock:  # also while telling: a later call must not overtake
                self.share = min(self.share + by, 1.0)
                self.tell(self.share)
