"""A bootstrap over proposals: how far a score could have come out otherwise (conventions §63).

Proposals are drawn with replacement, as many as there are, each with all its issues. The same
resamples serve every model, so that differences are paired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.dossier.quantity import Floats

RESAMPLES = 5_000
LEVEL = 0.95

Interval = tuple[float, float]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


AT_ONCE = 2_000_000
"""Counts that are held together while medians are sought: a few tens of megabytes."""


@dataclass(frozen=True)
class Resamples:
    """How often each proposal is drawn, shape (B, G), and which proposal an issue is of, (n,)."""

    drawn: Ints
    of: Ints

    def mean(self, values: Floats, among: Bools) -> Interval | None:
        """The interval of the mean of an issue's value, shape (n,), among some of the issues.

        None where none of them is there.
        """
        groups = self.drawn.shape[1]
        totals = np.bincount(self.of[among], values[among], minlength=groups)
        sizes = np.bincount(self.of[among], minlength=groups)
        with np.errstate(invalid="ignore"):
            return _between((self.drawn @ totals) / (self.drawn @ sizes))

    def median(self, values: Floats, among: Bools) -> Interval | None:
        """The interval of the median, likewise."""
        of, held = self.of[among], values[among]
        if not len(held):
            return None
        step = max(1, AT_ONCE // len(held))
        blocks = (self.drawn[k : k + step, of] for k in range(0, len(self.drawn), step))
        return _between(np.concatenate([_medians(block, held) for block in blocks]))


def resample(groups: Sequence[str], count: int, seed: int) -> Resamples | None:
    """Resamples of issues by their proposals, one for each issue; None for fewer than two.

    The order of the issues does not matter: proposals are drawn in the order of their names.
    """
    names, of = np.unique(np.array(groups), return_inverse=True)
    if len(names) < 2:
        return None
    equal = np.full(len(names), 1.0 / len(names))
    drawn = np.random.default_rng(seed).multinomial(len(names), equal, size=count)
    return Resamples(drawn, of)


def _medians(drawn: Ints, values: Floats) -> Floats:
    """Medians of values repeated as often as drawn, shape (B,); NaN where none was."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(drawn[:, order], axis=1)
    total = reached[:, -1:]
    lower, upper = (np.argmax(reached > k, axis=1) for k in ((total - 1) // 2, total // 2))
    ranked = values[order]
    medians: Floats = np.where(total[:, 0] > 0, (ranked[lower] + ranked[upper]) / 2.0, np.nan)
    return medians


def _between(values: Floats) -> Interval | None:
    """The percentile interval; resamples without any of the issues say nothing."""
    held = values[~np.isnan(values)]
    if not len(held):
        return None
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(held, [tail, 1.0 - tail])
    return float(low), float(high)
