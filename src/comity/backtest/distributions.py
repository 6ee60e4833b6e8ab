"""What a model without chances of its own is taken to say: its point with the errors it makes.

The distribution of an issue is the model's point plus its residuals on the issues of all other
proposals, each result moved to the nearer end where it leaves the scale (conventions §63). The
climatology is the outcomes of all other proposals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from comity.backtest.shipped import OUTCOMES, RESIDUALS
from comity.dossier.quantity import Floats

LOW, HIGH = 0.0, 100.0


@dataclass(frozen=True)
class Distribution:
    """Points in ascending order, shape (k,), and their chances, which sum to 1."""

    points: Floats
    chances: Floats

    @property
    def mean(self) -> float:
        return float(self.points @ self.chances)


def evenly(points: Floats) -> Distribution:
    """Points that are equally likely."""
    return Distribution(np.sort(points), np.full(len(points), 1.0 / len(points)))


def around(
    predicted: Floats, outcomes: Floats, groups: Sequence[str]
) -> Iterator[tuple[Distribution, bool]]:
    """Each issue's point with the residuals of other proposals; arrays of shape (n,).

    The flag says that there was no other proposal, so that residuals that come with Comity
    stand in. One at a time: together they would be as many numbers as issues squared.
    """
    for point, held in zip(predicted, _others(outcomes - predicted, groups), strict=True):
        yield _clipped(point, held if len(held) else RESIDUALS), not len(held)


def climatology(outcomes: Floats, groups: Sequence[str]) -> Iterator[tuple[Distribution, bool]]:
    """For each issue the outcomes of other proposals; those that come with Comity without any."""
    for held in _others(outcomes, groups):
        yield evenly(held if len(held) else OUTCOMES), not len(held)


def _others(values: Floats, groups: Sequence[str]) -> Iterator[Floats]:
    """For each issue the values of those of other proposals."""
    _, of = np.unique(np.array(groups), return_inverse=True)
    return (values[of != group] for group in of)


def _clipped(point: float, residuals: Floats) -> Distribution:
    return evenly(np.clip(point + residuals, LOW, HIGH))
