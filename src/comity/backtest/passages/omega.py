"""What agreement as such is worth, estimated from blocks and adoptions together.

Every member's ω is drawn uniformly from 0 to 2m. The likelihood of m is the product, over the
cases, of the share of draws given to what happened; it is read off a grid, with the same uniforms
at every m (conventions §2), so that it moves with m alone. How sure the estimate is, is told by a
bootstrap over bodies: cases come in pairs of one body, and are not independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.acceptance.stances import Bools
from comity.backtest.passages.cases import PassageCase
from comity.backtest.passages.forecasting import Drawn, passing, with_omega
from comity.backtest.passages.scores import log_score, smoothed
from comity.backtest.resampling import LEVEL, Interval, Resamples
from comity.dossier.quantity import Floats

GRID = (*(float(m) for m in range(31)), *(float(m) for m in range(35, 101, 5)))
"""Means of ω that are tried, in points for an actor of salience 100."""
ALLOWED = 3.84
"""Twice the loss of log-likelihood that is plausible: the 95th percentile of χ² with 1 d.f."""


@dataclass(frozen=True)
class LeftOut:
    """The estimate without one body, and what it gives that body's cases, in their order."""

    body: str
    mean: float
    chances: tuple[float, ...]


@dataclass(frozen=True)
class OmegaEstimate:
    """The mean of ω that makes what happened likeliest.

    ``interval`` holds 95 % of the means that are likeliest in resamples of bodies. ``plausible``
    are the stretches of the grid on which twice the loss of log-likelihood stays within
    ``ALLOWED``, which takes the cases for independent, as they are not: there may be several, and
    one that reaches the last mean of the grid could go on. ``loss`` is the loss of log-likelihood
    at each mean of ``grid``. An average over the bodies named, to be carried to no other without
    saying so.
    """

    bodies: tuple[str, ...]
    mean: float
    interval: Interval
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
    cases: Sequence[PassageCase],
    chances: Floats,
    drawn: Resamples | None,
    grid: Sequence[float] = GRID,
) -> OmegaEstimate | None:
    """The estimate from chances of shape (len(grid), n), and the estimates without each body.

    None where there are no resamples, for fewer than two bodies: without the one body nothing is
    left to estimate on.
    """
    if drawn is None:
        return None
    happened = np.array([float(case.adopted) for case in cases])
    each = log_score(chances, happened)
    total = each.sum(axis=1)
    best = int(np.argmin(total))
    loss = total - total[best]
    bodies = tuple(dict.fromkeys(case.body for case in cases))
    return OmegaEstimate(
        bodies=bodies,
        mean=grid[best],
        interval=_over_bodies(each, drawn, grid),
        plausible=_stretches(grid, 2.0 * loss <= ALLOWED),
        grid=tuple(grid),
        loss=tuple(loss.tolist()),
        left_out=tuple(_without(body, cases, each, chances, grid) for body in bodies),
    )


def _over_bodies(each: Floats, drawn: Resamples, grid: Sequence[float]) -> Interval:
    """Percentiles of the likeliest mean over resamples of bodies, from losses (len(grid), n)."""
    groups = drawn.drawn.shape[1]
    of_body = np.array([np.bincount(drawn.of, row, minlength=groups) for row in each])
    likeliest = np.array(grid)[np.argmin(of_body @ drawn.drawn.T, axis=0)]
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(likeliest, [tail, 1.0 - tail], method="inverted_cdf")
    return float(low), float(high)


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
