"""What agreement as such is worth, estimated from blocks and adoptions together.

Every member's ω is drawn uniformly from 0 to 2m. The likelihood of m is the product, over the
cases, of the share of draws given to what happened; it is read off a grid, with the same uniforms
at every m (conventions §2), so that it moves with m alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.acceptance.stances import Bools
from comity.backtest.passages.cases import PassageCase
from comity.backtest.passages.forecasting import Drawn, passing, with_omega
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
    """The mean of ω that makes what happened likeliest.

    ``plausible`` are the stretches of the grid on which twice the loss of log-likelihood stays
    within ``ALLOWED``: there may be several, and one that reaches the last mean of the grid could
    go on. ``loss`` is the loss of log-likelihood at each mean of ``grid``. An average over the
    bodies named, to be carried to no other without saying so.
    """

    bodies: tuple[str, ...]
    mean: float
    plausible: tuple[tuple[float, float], ...]
    grid: tuple[float, ...]
    loss: tuple[float, ...]
    left_out: tuple[LeftOut, ...]


def passing_by_mean(
    case: PassageCase, drawn: Drawn, grid: Sequence[float] = GRID
) -> tuple[float, ...]:
    """The smoothed share of draws in which a case's draft passes, for each mean of ω."""
    count = sum(uniforms.size for uniforms in drawn)
    return tuple(smoothed(passing(with_omega(case, m), drawn), count) for m in grid)


def estimate(
    cases: Sequence[PassageCase], chances: Floats, grid: Sequence[float] = GRID
) -> OmegaEstimate:
    """The estimate from chances of shape (len(grid), n), and the estimates without each body."""
    happened = np.array([float(case.adopted) for case in cases])
    each = log_score(chances, happened)
    total = each.sum(axis=1)
    best = int(np.argmin(total))
    loss = total - total[best]
    bodies = tuple(dict.fromkeys(case.body for case in cases))
    return OmegaEstimate(
        bodies=bodies,
        mean=grid[best],
        plausible=_stretches(grid, 2.0 * loss <= ALLOWED),
        grid=tuple(grid),
        loss=tuple(loss.tolist()),
        left_out=tuple(_without(body, cases, each, chances, grid) for body in bodies),
    )


def _stretches(grid: Sequence[float], within: Bools) -> tuple[tuple[float, float], ...]:
    """The first and last mean of every unbroken run of the grid."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], within, [False]]).astype(int)))
    return tuple((grid[a], grid[b - 1]) for a, b in edges.reshape(-1, 2).tolist())


def _without(
    body: str, cases: Sequence[PassageCase], each: Floats, chances: Floats, grid: Sequence[float]
) -> LeftOut:
    out = np.array([case.body == body for case in cases])
    best = int(np.argmin(each[:, ~out].sum(axis=1)))
    return LeftOut(body, grid[best], tuple(chances[best, out].tolist()))
