"""What every model of what a body decides must offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from comity.dossier import Batch
from comity.dossier.quantity import Floats


@dataclass(frozen=True)
class Prediction:
    """A predictive distribution of an item's outcome, one sample a draw, and a point.

    On a scale ``samples`` has shape (n,), in points; on options it has shape (n, K), the share
    of weight on each. ``point`` is the mean of the samples.
    """

    samples: Floats

    @property
    def point(self) -> Floats:
        mean: Floats = self.samples.mean(axis=0)
        return mean


class Forecaster(Protocol):
    """A model: it reads a batch and predicts the outcome of one item."""

    @property
    def name(self) -> str: ...

    def predict(self, batch: Batch, item: str) -> Prediction:
        """The predictive distribution of the item's outcome; the batch is left as it was."""
        ...
