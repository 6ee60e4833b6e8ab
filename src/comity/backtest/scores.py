"""Scores of one forecast of a point on a scale (conventions §63)."""

from __future__ import annotations

import hashlib

import numpy as np

from comity.dossier.quantity import Floats

NEAR = 10.0
"""Points within which a forecast counts as near the outcome."""
SAME = 1e-9
"""Points that differ by no more than this are the same: sums of floats are not exact."""
CENTRAL = (0.1, 0.9)
"""Between these quantiles lies the central 80 % of a distribution."""


def is_near(error: Floats) -> Floats:
    """1 where an absolute error is at most ten points, else 0; same shape."""
    near: Floats = (error <= NEAR + SAME).astype(float)
    return near


def crps(points: Floats, chances: Floats, outcome: float) -> float:
    """Continuous ranked probability score of a discrete distribution, in points of the scale.

    ∫ (F(z) − 1{z ≥ y})² dz, as E|X − y| − ½ E|X − X′| (Gneiting & Raftery 2007, eq. 21). ``points``
    ascend, shape (k,); ``chances`` sum to 1. Not the estimator that is fair to small ensembles:
    the points are the distribution itself.
    """
    below = np.cumsum(chances)[:-1]
    spread = float(np.sum(np.diff(points) * below * (1.0 - below)))
    return float(np.sum(chances * np.abs(points - outcome))) - spread


def pit(points: Floats, chances: Floats, outcome: float, uniform: float) -> float:
    """Randomised probability integral transform: P(X < y) + u · P(X = y)."""
    below = float(chances[points < outcome - SAME].sum())
    at = float(chances[np.abs(points - outcome) <= SAME].sum())
    return min(below + uniform * at, 1.0)


def is_central(value: float) -> bool:
    """Whether a PIT value lies in the central 80 %, both ends included."""
    return CENTRAL[0] <= value <= CENTRAL[1]


def uniform_of(seed: int, issue: str) -> float:
    """The number in [0, 1) that breaks ties of an issue, whatever else stands in the file."""
    digest = hashlib.blake2b(f"{seed}\x1fpit\x1f{issue}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) * 2.0**-53
