"""The winset of the reversion: the texts that the item's rule would pass against it.

It is a set, not a text: a model of what is possible. As a prediction every text of it counts alike
(conventions §57).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch, Dossier
from comity.dossier.quantity import Floats
from comity.forecast.pivots import pivots
from comity.forecast.protocol import Prediction, only_on_a_scale, refuse

EVENLY = 20
"""Texts that stand for all of an interval: the middles of so many equal parts."""


def alike(low: Floats, high: Floats) -> Prediction:
    """Every text between two ends (n,) is equally likely; the point is the mean of the middles."""
    parts = (np.arange(EVENLY) + 0.5) / EVENLY
    samples = low[:, None] + parts * (high - low)[:, None]
    return Prediction(samples, np.full(samples.shape, 1.0 / EVENLY))


@dataclass(frozen=True)
class Winset:
    """Any text that would pass against the reversion under the item's rule, all alike."""

    name: str = "winset"

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """Votes are told from distances."""
        return only_on_a_scale(dossier, item)

    def interval(self, batch: Batch, item: str) -> tuple[Floats, Floats]:
        """The ends of the winset, the reversion between them; both (n,), equal if it is empty."""
        refuse(self, batch.dossier, item)
        return pivots(batch, item).winset(batch.values(f"agenda.{item}.reversion"))

    def predict(self, batch: Batch, item: str) -> Prediction:
        """Uniform over the winset in each draw; the reversion where nothing would pass."""
        return alike(*self.interval(batch, item))
