"""Mean positions: what the content would be if something is adopted, not whether.

The *compromise* model of the literature is the mean of positions weighted by capability times
salience, Σ cᵢ sᵢ xᵢ / Σ cᵢ sᵢ (Achen, in Thomson et al. 2006, The European Union Decides,
ch. 4). Capability is means, not pressure; under the unweighted mean every member counts alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.dossier import Batch, Dossier
from comity.dossier.inputs import capability_path
from comity.dossier.quantity import Floats
from comity.forecast.profile import positive
from comity.forecast.protocol import Prediction

Weighting = Literal["capability", "salience", "none"]

_NAMES: dict[Weighting, str] = {
    "capability": "compromise",
    "salience": "salience mean",
    "none": "unweighted mean",
}

EQUAL = 1e-9
"""Options worth less than a member's best by no more than this are as good (conventions §5)."""


@dataclass(frozen=True)
class Mean:
    """The mean position of the members: by capability × salience, salience alone, or unweighted."""

    weighting: Weighting = "capability"

    @property
    def name(self) -> str:
        return _NAMES[self.weighting]

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """Nothing: of options the mean is the share of weight on each."""
        return None

    def predict(self, batch: Batch, item: str) -> Prediction:
        """One mean a draw; where all weights are 0 the members count alike (conventions §17)."""
        members = batch.dossier.members(item)
        weights = np.stack([self._weight(batch, item, member) for member in members], axis=1)
        weights = positive(weights)
        wanted = np.stack([_wanted(batch, item, member) for member in members], axis=1)
        shares = weights / weights.sum(axis=1, keepdims=True)
        return Prediction(np.einsum("nm,nm...->n...", shares, wanted))

    def _weight(self, batch: Batch, item: str, member: str) -> Floats:
        if self.weighting == "none":
            return np.ones(batch.size)
        salience = batch.values(f"positions.{item}.{member}.salience")
        if self.weighting == "salience":
            return salience
        weight: Floats = batch.values(capability_path(batch.dossier, item, member)) * salience
        return weight


def _wanted(batch: Batch, item: str, member: str) -> Floats:
    """The member's ideal, shape (n,), or its best option as shares that sum to 1, (n, K)."""
    options = batch.dossier.agenda[item].option_ids
    root = f"positions.{item}.{member}"
    if not options:
        return batch.values(f"{root}.ideal")
    if batch.dossier.position(item, member).values is None:
        chosen = batch.choices(f"{root}.ideal", options)
        told: Floats = (chosen[:, None] == np.arange(len(options))).astype(float)
        return told
    return _best(np.stack([batch.values(f"{root}.values.{o}") for o in options], axis=1))


def _best(worth: Floats) -> Floats:
    """Shares of the options worth most, (n, K): even among those as good as the best."""
    good = worth >= worth.max(axis=1, keepdims=True) - EQUAL
    shares: Floats = good / good.sum(axis=1, keepdims=True)
    return shares
