"""What the members want on one item, how much it matters to them and by what means, draw by draw.

The form in which models on a scale read a batch. All members count, absent ones too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch
from comity.dossier.inputs import capability_path
from comity.dossier.quantity import Floats


@dataclass(frozen=True)
class Profile:
    """Ideal points, saliences (points of 0–100) and capabilities, shape (n, M); reversion (n,)."""

    members: tuple[str, ...]
    ideals: Floats
    saliences: Floats
    capabilities: Floats
    reversion: Floats

    @property
    def weights(self) -> Floats:
        """Capability × salience / 100; 1 for all in draws where all of them are 0 (§17)."""
        return positive(self.capabilities * self.saliences / 100.0)


def profile(batch: Batch, item: str) -> Profile:
    """The profile of an item on a scale."""
    dossier = batch.dossier
    members = dossier.members(item)

    def each(field: str) -> Floats:
        return np.stack([batch.values(f"positions.{item}.{m}.{field}") for m in members], axis=1)

    means = [batch.values(capability_path(dossier, item, member)) for member in members]
    return Profile(
        members,
        each("ideal"),
        each("salience"),
        np.stack(means, axis=1),
        batch.values(f"agenda.{item}.reversion"),
    )


def positive(weights: Floats) -> Floats:
    """Weights of shape (n, M), with 1 for all in rows where all are 0 (conventions §17)."""
    some = weights.sum(axis=1, keepdims=True) > 0.0
    replaced: Floats = np.where(some, weights, 1.0)
    return replaced
