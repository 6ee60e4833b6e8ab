"""Numeric axes of utilities: round ticks, and numbers as short as they can be."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

FAR = 1.5
"""Spans of the points shown beyond which a landmark is left off the picture."""


@dataclass(frozen=True)
class Range:
    """What an axis shows, and how many px it takes."""

    low: float
    high: float
    length: float

    def px(self, value: float) -> float:
        """Where a value lies on the axis, in px from its low end."""
        return (value - self.low) / (self.high - self.low) * self.length

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high

    def ticks(self, room: float) -> list[tuple[float, str]]:
        """Round values at least ``room`` px apart, with their labels."""
        step = _round_step((self.high - self.low) * room / self.length)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        return [(k * step, _figure(k * step, decimals)) for k in range(first, last + 1)]


def ranged(points: Iterable[float], landmarks: Iterable[float], length: float) -> Range:
    """A range that holds all points, and the landmarks unless they lie far away."""
    shown = list(points)
    low, high = min(shown), max(shown)
    span = max(high - low, 1e-6 * max(abs(low), abs(high)), 1e-9)
    near = [mark for mark in landmarks if low - FAR * span <= mark <= high + FAR * span]
    low, high = min([low, *near]), max([high, *near])
    margin = 0.06 * max(high - low, span)
    return Range(low - margin, high + margin, length)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is no less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * by for by in (1.0, 2.0, 5.0, 10.0) if power * by >= least * (1 - 1e-9))


def _figure(value: float, decimals: int) -> str:
    shown = f"{value:,.{decimals}f}"
    return shown.removeprefix("-") if not any(c in "123456789" for c in shown) else shown
