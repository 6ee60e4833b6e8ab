"""The challenge model as one of the models of what a body decides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch, Dossier
from comity.forecast.challenge.outcomes import challenge_outcomes
from comity.forecast.challenge.reading import TAKEN, Reading
from comity.forecast.profile import profile
from comity.forecast.protocol import Prediction, only_on_a_scale, refuse


@dataclass(frozen=True)
class Challenge:
    """Members challenge each other, and lose, compromise or give in, until the median stands.

    Scholz, Calbert & Smith (2011), after Bueno de Mesquita; conventions §59. One outcome a draw:
    the weighted median of where the rounds leave the members.
    """

    reading: Reading = TAKEN

    @property
    def name(self) -> str:
        return "challenge"

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """It needs a scale."""
        return only_on_a_scale(dossier, item)

    def predict(self, batch: Batch, item: str) -> Prediction:
        """One point a draw.

        Raises UnsupportedError on an item with options.
        """
        refuse(self, batch.dossier, item)
        held = profile(batch, item)
        found = challenge_outcomes(held.ideals, held.saliences, held.weights, self.reading)
        return Prediction(np.clip(found.points, 0.0, 100.0))
