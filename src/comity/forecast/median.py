"""The weighted median: where half the weight wants no more and half no less.

Under simple majority and single-peaked preferences it is what no other text beats (Black 1948);
weights are capability × salience (conventions §54, §55).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch, Dossier
from comity.dossier.quantity import Floats
from comity.forecast.profile import profile
from comity.forecast.protocol import Prediction, only_on_a_scale, refuse

HALF = 0.5
EVEN = 1e-9
"""Shares of the weight within this of one half are one half."""


def weighted_median(points: Floats, weights: Floats) -> Floats:
    """The weighted median of each row; points and weights (n, M), weights ≥ 0 with some > 0.

    Where exactly half the weight lies on each side: the midpoint of the two. Shape (n,).
    """
    order = np.argsort(points, axis=1, kind="stable")
    placed = np.take_along_axis(points, order, axis=1)
    up_to = np.cumsum(np.take_along_axis(weights, order, axis=1), axis=1)
    share = up_to / up_to[:, -1:]
    lower = (share >= HALF - EVEN).argmax(axis=1)
    upper = (share > HALF + EVEN).argmax(axis=1)
    draws = np.arange(len(points))
    middle: Floats = (placed[draws, lower] + placed[draws, upper]) / 2.0
    return middle


@dataclass(frozen=True)
class Median:
    """The median position of the members by capability × salience, on a scale."""

    name: str = "weighted median"

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """Options are in no space in which one could lie between two others."""
        return only_on_a_scale(dossier, item)

    def predict(self, batch: Batch, item: str) -> Prediction:
        """One median a draw."""
        refuse(self, batch.dossier, item)
        held = profile(batch, item)
        return Prediction(weighted_median(held.ideals, held.weights))
