"""Functions of a batch for the tests of ensembles; at the top level, so that they can be sent."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from comity.dossier import Batch, Dossier, loads
from comity.dossier.template import template
from comity.ensemble.moments import Moments


@cache
def small() -> Dossier:
    return loads(template())


ITEM = "limit"


def wanted(batch: Batch, who: str = "ALBA") -> np.ndarray:
    return batch.values(f"positions.{ITEM}.{who}.ideal")


def answers(batch: Batch) -> dict[str, np.ndarray]:
    """A number, a yes or no, a whole number, and two numbers a draw."""
    ideal = wanted(batch)
    return {
        "ideal": ideal,
        "high": ideal > 50.0,
        "tens": (ideal // 10).astype(int),
        "both": np.stack([ideal, wanted(batch, "BREN")], axis=1),
    }


def named(batch: Batch, who: str = "ALBA") -> dict[str, np.ndarray]:
    """Holds on to a set of texts."""
    return {"ideal": wanted(batch, who)} if who in {"ALBA", "BREN", "CORVA"} else {}


@dataclass(frozen=True)
class Failing:
    """Fails in the draws in which an ideal is one of the given; so that it names no draw."""

    at: tuple[float, ...]
    how: str = "raise"

    def __call__(self, batch: Batch) -> dict[str, np.ndarray]:
        ideal = wanted(batch).copy()
        bad = np.isin(ideal, self.at)
        if self.how == "nan":
            ideal[bad] = np.nan
        elif bad.any():
            raise ZeroDivisionError("no such share")
        return {"ideal": ideal}


@dataclass(frozen=True)
class TooLarge:
    """Answers 10²⁰⁰ in the draws in which an ideal is the one given."""

    at: float

    def __call__(self, batch: Batch) -> dict[str, np.ndarray]:
        ideal = wanted(batch)
        return {"ideal": np.where(ideal == self.at, 1e200, ideal)}


def unbounded(batch: Batch) -> dict[str, Moments]:
    """A summary of its own that no JSON holds."""
    return {"x": Moments(float(batch.size), 0.0, np.inf)}


def failing_in_company(batch: Batch) -> dict[str, np.ndarray]:
    """Fails on more than three draws at once, and never on fewer."""
    if batch.size > 3:
        raise RuntimeError("too many at once")
    return {"ideal": wanted(batch)}


@dataclass(frozen=True)
class Slow:
    """Takes its time, and leaves word of which process worked."""

    seconds: float
    folder: str

    def __call__(self, batch: Batch) -> dict[str, np.ndarray]:
        word = Path(self.folder) / f"{os.getpid()}"
        with word.open("a") as file:
            file.write("chunk\n")
        time.sleep(self.seconds)
        return answers(batch)


@dataclass(frozen=True)
class Dying:
    """The first process to come to a certain chunk kills itself there, as if the power failed."""

    word: str

    def __call__(self, batch: Batch) -> dict[str, np.ndarray]:
        start = getattr(batch.uniforms, "start", 0)
        if start > 0:
            try:
                Path(self.word).open("x").close()
            except FileExistsError:
                pass
            else:
                os.kill(os.getpid(), signal.SIGKILL)
        return answers(batch)
