"""The probabilistic Condorcet election as one of the models of what a body decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.acceptance import stances
from comity.acceptance.stances import OptionStances
from comity.dossier import Batch, Dossier
from comity.dossier.inputs import capability_path
from comity.dossier.quantity import Floats
from comity.forecast.election.chances import TAKEN, chances_of_options, spatial_chances
from comity.forecast.election.rules import ElectionRules
from comity.forecast.profile import positive, profile
from comity.forecast.protocol import Prediction

Point = Literal["mean", "most_probable"]


@dataclass(frozen=True)
class Election:
    """Every position a member holds stands against every other, and votes make winners likely.

    After KTAB (King Abdullah Petroleum Studies and Research Center); conventions §61. On a scale
    a draw has as many outcomes as there are different positions, each with its chance. The point
    is their mean, or the mean over draws of the most probable one.
    """

    rules: ElectionRules = TAKEN
    point: Point = "mean"

    @property
    def name(self) -> str:
        return "condorcet election"

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """Nothing: of an item with options all of these stand."""
        return None

    def predict(self, batch: Batch, item: str) -> Prediction:
        """Positions with their chances in each draw; on options the chance of each."""
        if batch.dossier.agenda[item].is_scale:
            return self._of_positions(batch, item)
        return self._of_options(batch, item)

    def _of_positions(self, batch: Batch, item: str) -> Prediction:
        held = profile(batch, item)
        weights = self._weights(held.capabilities, held.saliences)
        chances = spatial_chances(
            held.ideals[:, :, None], held.saliences[:, :, None], weights, self.rules
        )
        centre = None
        if self.point == "most_probable":
            centre = float(most_probable(held.ideals, chances).mean())
        return Prediction(held.ideals, chances, centre)

    def _of_options(self, batch: Batch, item: str) -> Prediction:
        held = stances(batch, item)
        assert isinstance(held, OptionStances)
        members = batch.dossier.members(item)
        means = [batch.values(capability_path(batch.dossier, item, member)) for member in members]
        weights = self._weights(np.stack(means, axis=1), held.salience)
        return Prediction(chances_of_options(held.worth / 100.0, weights, self.rules))

    def _weights(self, capabilities: Floats, saliences: Floats) -> Floats:
        """What votes weigh, (n, M); alike for all where nobody's weighs anything (§17)."""
        by_care = self.rules.weighing == "capability_salience"
        return positive(capabilities * saliences / 100.0 if by_care else capabilities)


def most_probable(points: Floats, chances: Floats) -> Floats:
    """The most probable point of each draw, (n,); the mean of several. Both are (n, k)."""
    top = chances >= chances.max(axis=1, keepdims=True) * (1.0 - 1e-9)
    found: Floats = (points * top).sum(axis=1) / top.sum(axis=1)
    return found
