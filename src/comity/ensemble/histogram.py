"""How values lie in a range: counts at a thousand and one points of it (conventions §66)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.dossier.quantity import Floats

PARTS = 1_000
"""Parts into which the range of a histogram is divided, so that each is 0.1 point of a scale."""

SCALE = (0.0, 100.0)
"""The range of a histogram if nobody says otherwise."""

Ends = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Histogram:
    """How much weight lies nearest to each of ``PARTS`` + 1 points of a range, ends included.

    ``below`` and ``above`` count what lies outside. The points of a scale with one decimal have
    places of their own, so whole positions are counted exactly.
    """

    ends: Ends
    counts: Floats
    below: float = 0.0
    above: float = 0.0

    @staticmethod
    def of(values: Floats, weights: Floats | None = None, ends: Ends = SCALE) -> Histogram:
        flat = values.ravel()
        each = np.ones_like(flat) if weights is None else weights.ravel()
        low, high = ends
        inside = (flat >= low) & (flat <= high)
        place = np.rint((flat[inside] - low) * (PARTS / (high - low))).astype(np.int64)
        counts: Floats = np.bincount(place, each[inside], PARTS + 1).astype(float)
        return Histogram(
            ends,
            counts,
            float(each[flat < low].sum()),
            float(each[flat > high].sum()),
        )

    def merged(self, later: Histogram) -> Histogram:
        return Histogram(
            self.ends,
            self.counts + later.counts,
            self.below + later.below,
            self.above + later.above,
        )

    @property
    def resolution(self) -> float:
        """The most by which a percentile can be off."""
        return (self.ends[1] - self.ends[0]) / (2 * PARTS)

    @property
    def points(self) -> Floats:
        return np.linspace(*self.ends, PARTS + 1)

    def percentile(self, percent: float) -> float | None:
        """The smallest value that so many per cent do not exceed, to within ``resolution``.

        None if it lies outside the range.
        """
        run = self.below + np.cumsum(self.counts)
        whole = float(run[-1]) + self.above
        wanted = whole * (percent / 100.0) * (1.0 - 1e-12)  # what rounding must not push over
        if not whole or wanted < self.below or wanted > run[-1]:
            return None
        return float(self.points[int(np.searchsorted(run, max(wanted, 1e-300)))])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Histogram) and self.state() == other.state()

    def __hash__(self) -> int:
        return hash((self.ends, self.counts.tobytes(), self.below, self.above))

    def state(self) -> list[Any]:
        where = np.flatnonzero(self.counts)
        return [
            list(self.ends),
            where.tolist(),
            self.counts[where].tolist(),
            self.below,
            self.above,
        ]

    @classmethod
    def restored(cls, state: Any) -> Histogram:
        (low, high), where, counted, below, above = state
        counts = np.zeros(PARTS + 1)
        counts[where] = counted
        return cls((low, high), counts, below, above)
