"""Weight, mean, spread and ends of many values, merged without the values (conventions §66).

Merged by the formula of Chan, Golub & LeVeque (1983, The American Statistician 37: 242–247).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.dossier.quantity import Floats


@dataclass(frozen=True)
class Moments:
    """Weight of all values, their mean, the sum of squares about it, smallest and largest."""

    weight: float = 0.0
    mean: float = 0.0
    squares: float = 0.0
    low: float = math.inf
    high: float = -math.inf

    @staticmethod
    def of(values: Floats, weights: Floats | None = None) -> Moments:
        """Of values of any shape, each counting once or by its weight."""
        flat = values.ravel()
        each = None if weights is None else weights.ravel()
        if each is not None:
            flat, each = flat[each > 0.0], each[each > 0.0]
        if not flat.size:
            return Moments()
        whole = float(flat.size if each is None else each.sum())
        mean = float(np.average(flat, weights=each))
        about = (flat - mean) ** 2
        squares = float(about.sum() if each is None else (each * about).sum())
        return Moments(whole, mean, squares, float(flat.min()), float(flat.max()))

    def merged(self, later: Moments) -> Moments:
        if not self.weight or not later.weight:
            return later if not self.weight else self
        whole, apart = self.weight + later.weight, later.mean - self.mean
        return Moments(
            whole,
            self.mean + apart * (later.weight / whole),
            self.squares + later.squares + apart**2 * (self.weight * later.weight / whole),
            min(self.low, later.low),
            max(self.high, later.high),
        )

    @property
    def variance(self) -> float:
        """Of the values themselves: divided by their weight, not by one less."""
        return self.squares / self.weight if self.weight else math.nan

    @property
    def sd(self) -> float:
        return math.sqrt(self.variance) if self.weight else math.nan

    def state(self) -> list[float | None]:
        ends = [None if math.isinf(end) else end for end in (self.low, self.high)]
        return [self.weight, self.mean, self.squares, *ends]

    @classmethod
    def restored(cls, state: Any) -> Moments:
        weight, mean, squares, low, high = state
        return cls(
            weight,
            mean,
            squares,
            math.inf if low is None else low,
            -math.inf if high is None else high,
        )
