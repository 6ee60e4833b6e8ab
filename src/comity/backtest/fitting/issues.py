"""Decided issues as the fit reads them: one situation each, its outcome, its proposal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.backtest.decided import Decided
from comity.dossier import Batch, Keyed
from comity.dossier.quantity import Floats
from comity.forecast.prevails.situation import Situation, situation

Ints = NDArray[np.int64]

GRID = np.arange(100) + 0.5
"""Points at which distribution functions are compared: the middle of each point of the scale.

Exact for positions and outcomes in whole points, as those of the table are.
"""


@dataclass(frozen=True)
class Known:
    """Issues with an outcome, in the order of their file."""

    issues: tuple[Decided, ...]
    situations: tuple[Situation, ...]

    @cached_property
    def outcomes(self) -> Floats:
        """Points, shape (N,)."""
        return np.array([float(issue.outcome or 0.0) for issue in self.issues])

    @cached_property
    def reached(self) -> Floats:
        """The outcomes' distribution functions on the grid, 0 or 1, shape (N, T)."""
        return (self.outcomes[:, None] <= GRID).astype(float)

    @cached_property
    def compromise(self) -> Floats:
        """The mean by capability × salience, shape (N,)."""
        return np.array([float(each.compromise[0]) for each in self.situations])

    @cached_property
    def groups(self) -> tuple[str, ...]:
        return tuple(issue.group for issue in self.issues)

    def folds(self, number: int, place: Callable[[str, int], int]) -> Ints:
        """The fold of each issue, shape (N,), issues of a proposal together."""
        return np.array([place(group, number) for group in self.groups])

    def take(self, places: Iterable[int]) -> Known:
        """Some of the issues."""
        chosen = tuple(places)
        return Known(
            tuple(self.issues[place] for place in chosen),
            tuple(self.situations[place] for place in chosen),
        )


def known(issues: Iterable[Decided]) -> Known:
    """Those of some issues whose outcome is known; their dossiers must be certain.

    A reversion of which nothing is known may be uncertain, for it is not read.
    """
    decided = tuple(issue for issue in issues if issue.outcome is not None)
    return Known(decided, tuple(_situation(issue) for issue in decided))


def _situation(issue: Decided) -> Situation:
    return situation(Batch(issue.dossier, Keyed(0, 0, 1)), issue.item)
