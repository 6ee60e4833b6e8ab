"""Issues as arrays: candidates merged where they coincide, with their distribution functions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.backtest.fitting.issues import GRID, Ints, Known
from comity.dossier.quantity import Floats
from comity.forecast.prevails.candidates import candidates
from comity.forecast.prevails.mixture import anywhere, around, nearby

_NOBODY = -1e9
"""Log of the share of a candidate that is not there: issues have different numbers of them."""


@dataclass(frozen=True)
class Design:
    """N issues with at most K distinct candidates, P features and T grid points.

    ``share`` is the log of the candidates' multiplicity, Σ 1/mₖ over those that coincide; ``at``
    and ``near`` are distribution functions of an outcome at a candidate and near it.
    """

    features: Floats
    share: Floats
    at: Floats
    near: Floats
    compromise: Floats
    reached: Floats
    anywhere: Floats

    def take(self, which: Ints) -> Design:
        """Some of the issues, by their places."""
        return Design(
            self.features[which],
            self.share[which],
            self.at[which],
            self.near[which],
            self.compromise[which],
            self.reached[which],
            self.anywhere,
        )

    def around(self, spread: float) -> Floats:
        """Distribution functions of an outcome around the compromise, shape (N, T)."""
        return share_below(around(self.compromise, spread))

    @property
    def typical(self) -> float:
        """The mean distance of outcomes from the compromise, in points."""
        outcomes = 100.0 - self.reached.sum(axis=1)
        return float(np.abs(outcomes - self.compromise).mean())


def share_below(points: Floats) -> Floats:
    """The distribution function of equally likely points (…, Q) on the grid, shape (…, T)."""
    below: Floats = (points[..., None, :] <= GRID[:, None]).mean(axis=-1)
    return below


def design(of: Known, names: tuple[str, ...]) -> Design:
    """The arrays of some issues for the features of those names."""
    merged = [_merged(of, place, names) for place in range(len(of.situations))]
    size = max(len(points) for points, _, _ in merged)
    points, features, share = (
        np.stack([_padded(each[part], size, fill) for each in merged])
        for part, fill in enumerate((0.0, 0.0, _NOBODY))
    )
    return Design(
        features,
        share,
        (points[..., None] <= GRID).astype(float),
        share_below(nearby(points)),
        of.compromise,
        of.reached,
        share_below(anywhere()),
    )


def _merged(of: Known, place: int, names: tuple[str, ...]) -> tuple[Floats, Floats, Floats]:
    """Distinct candidates of an issue, (K,); their features, (K, P); log multiplicity, (K,)."""
    found = candidates(of.situations[place], names)
    points, first, which = np.unique(found.points[0], return_index=True, return_inverse=True)
    share = np.log(np.bincount(which.ravel(), weights=1.0 / found.crowd[0]))
    return points, found.features[0][first], share


def _padded(each: Floats, size: int, fill: float) -> Floats:
    missing = [(0, size - len(each)), *([(0, 0)] * (each.ndim - 1))]
    return np.pad(each, missing, constant_values=fill)
