"""What a model must at least beat: the middle of the scale, and what usually comes out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch, Dossier
from comity.forecast.protocol import Prediction, only_on_a_scale

MIDDLE = 50.0
CONSTANT, CLIMATOLOGY = "constant", "climatology"


@dataclass(frozen=True)
class Constant:
    """The middle of the scale, whatever anybody wants."""

    name: str = CONSTANT

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """It needs a scale."""
        return only_on_a_scale(dossier, item)

    def predict(self, batch: Batch, item: str) -> Prediction:
        """50 in every draw."""
        return Prediction(np.full(batch.size, MIDDLE))
