"""What agreement as such is worth, estimated from blocks and adoptions together.

Every member's ω is drawn uniformly from 0 to 2m. The likelihood of m is the product, over the
cases, of the share of draws given to what happened; it is read off a grid, with the same uniforms
at every m (conventions §2), so that it moves with m alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.backtest.passages.cases import PassageCase
from comity.backtest.passages.forecasting import passing, with_omega
from comity.backtest.passages.scores import log_score, smoothed
from comity.dossier.quantity import Floats

GRID = (*(float(m) for m in range(31)), *(float(m) for m in range(35, 101, 5)))
"""Means of ω that are tried, in points for an actor of salience 100."""
ALLOWED = 3.84
"""Twice the loss of log-likelihood within the interval: the 95th percentile of χ² with 1 d.f."""


@dataclass(frozen=True)
class LeftOut:
    """The estimate without one body, and what it gives that body's cases, in their order."""

    body: str
    mean: float
    chances: tuple[float, ...]


@dataclass(frozen=True)
class OmegaEstimate:
    """The mean of ω that makes what happened likeliest, with its profile interval.

    ``interval`` runs over the grid; ``open_below`` and ``open_above`` say that it reaches the end
    of the grid, and could go on. ``loss`` is the loss of log-likelihood at each mean of ``grid``.
    An average over the bodies named, to be carried to no other without saying so.
    """

    bodies: tuple[str, ...]
    mean: float
    interval: tuple[float, float]
    open_below: bool
    open_above: bool
    grid: tuple[float, ...]
    loss: tuple[float, ...]
    left_out: tuple[LeftOut, ...]


def passing_by_mean(
    cases: Sequence[PassageCase], seed: int, draws: int, grid: Sequence[float] = GRID
) -> Floats:
    """The smoothed share of draws that pass, for each mean and case, shape (len(grid), n)."""
    counted = [[passing(with_omega(case, m), seed, draws) for case in cases] for m in grid]
    return np.array([[smoothed(count, draws) for count in row] for row in counted])


def estimate(
    cases: Sequence[PassageCase], chances: Floats, grid: Sequence[float] = GRID
) -> OmegaEstimate:
    """The estimate from the table of :func:`passing_by_mean`, and those without each body."""
    happened = np.array([float(case.adopted) for case in cases])
    each = log_score(chances, happened)
    total = each.sum(axis=1)
    best = int(np.argmin(total))
    within = np.flatnonzero(2.0 * (total - total[best]) <= ALLOWED)
    bodies = tuple(dict.fromkeys(case.body for case in cases))
    return OmegaEstimate(
        bodies=bodies,
        mean=grid[best],
        interval=(grid[within[0]], grid[within[-1]]),
        open_below=bool(within[0] == 0),
        open_above=bool(within[-1] == len(grid) - 1),
        grid=tuple(grid),
        loss=tuple((total - total[best]).tolist()),
        left_out=tuple(_without(body, cases, each, chances, grid) for body in bodies),
    )


def _without(
    body: str, cases: Sequence[PassageCase], each: Floats, chances: Floats, grid: Sequence[float]
) -> LeftOut:
    out = np.array([case.body == body for case in cases])
    best = int(np.argmin(each[:, ~out].sum(axis=1)))
    return LeftOut(body, grid[best], tuple(chances[best, out].tolist()))
