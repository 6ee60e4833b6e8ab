"""Sobol's indices from the answers of a design, with what chance leaves open (conventions §67).

First order by Saltelli et al. (2010), total by Jansen (1999); intervals from a bootstrap over rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier.quantity import Floats

RESAMPLES = 500
LEVEL = 0.95
"""Of the intervals."""

_AT_ONCE = 1 << 21
"""Numbers of a block of resamples, however many rows there are: 16 MiB."""


@dataclass(frozen=True)
class Index:
    """An estimate with the ends of its interval. Chance may put it a little below 0 or above 1."""

    value: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether it is more than chance alone would give."""
        return self.low > 0.0


def indices(
    on_a: Floats, on_b: Floats, mixed: Floats, seed: int = 1
) -> tuple[list[Index], list[Index]]:
    """First-order and total indices of d groups from answers of shape (n,), (n,) and (d, n)."""
    centre = (on_a.mean() + on_b.mean()) / 2.0
    a, b, ab = on_a - centre, on_b - centre, mixed - centre
    first, total = (b * (ab - a)).T, (0.5 * (ab - a) ** 2).T
    variance, mean = ((a**2 + b**2) / 2.0)[:, None], ((a + b) / 2.0)[:, None]
    rows = np.concatenate([first, total, variance, mean], axis=1)
    values = _ratios(rows.mean(axis=0)[None, :])[0]
    low, high = _interval(rows, seed)
    made = [Index(*map(float, each)) for each in zip(values, low, high, strict=True)]
    return made[: len(mixed)], made[len(mixed) :]


def _ratios(means: Floats) -> Floats:
    """Shares of the variance, shape (r, 2d), from means over rows, shape (r, 2d + 2)."""
    variance = means[:, -2] - means[:, -1] ** 2
    shares: Floats = means[:, :-2] / np.maximum(variance, 1e-300)[:, None]
    return shares


def _interval(rows: Floats, seed: int) -> tuple[Floats, Floats]:
    """Percentiles of the shares over resamples of the rows, all groups in the same resamples."""
    drawn = np.random.Generator(np.random.Philox(key=seed))
    block = max(1, _AT_ONCE // len(rows))
    shares = np.concatenate(
        [
            _ratios(_resampled(rows, min(block, RESAMPLES - start), drawn))
            for start in range(0, RESAMPLES, block)
        ]
    )
    tail = 100.0 * (1.0 - LEVEL) / 2.0
    low, high = np.percentile(shares, (tail, 100.0 - tail), axis=0)
    return low, high


def _resampled(rows: Floats, times: int, drawn: np.random.Generator) -> Floats:
    """Means over so many resamples of the rows, shape (times, columns)."""
    count = len(rows)
    often = [np.bincount(drawn.integers(0, count, count), minlength=count) for _ in range(times)]
    means: Floats = np.array(often, dtype=float) @ rows / count
    return means
