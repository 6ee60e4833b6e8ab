"""The simple alternative: one mixture of fixed distributions for all issues.

Its CRPS is a convex quadratic in the proportions, which are 0 or more and sum to 1.
"""

from __future__ import annotations

import numpy as np

from comity.backtest.fitting.design import share_below
from comity.backtest.fitting.issues import GRID, Ints, Known
from comity.dossier.quantity import Floats
from comity.forecast.prevails.mixture import anywhere, around
from comity.forecast.prevails.situation import Situation

SPREAD = 23.6
"""Mean distance of outcomes from the compromise that the literature reports, in points."""

COMPONENTS = (
    "the council's positions by capability × salience",
    "the council's positions, one each",
    "the Commission",
    "the Parliament, under codecision",
    "the Parliament, under consultation",
    "the reversion",
    "the ends of the scale",
    "near the compromise",
    "around the compromise",
    "anywhere",
)


def components(of: Known) -> Floats:
    """The components' distribution functions on the grid, shape (C, N, T).

    Where there is no Commission, Parliament or reversion the council's positions stand in.
    """
    return np.stack([_components(each) for each in of.situations], axis=1)


def _components(of: Situation) -> Floats:
    council = _positions(of, of.council_shares[0])
    parliament = _institution(of, of.parliament, council)
    at = council if of.reversion is None else (of.reversion[0] <= GRID).astype(float)
    return np.stack(
        [
            council,
            _positions(of, of.council / of.council.sum()),
            _institution(of, of.commission, council),
            parliament if of.codecision else council,
            parliament if of.consultation else council,
            at,
            np.full(len(GRID), 0.5),
            share_below(around(of.compromise, SPREAD / 2.0))[0],
            share_below(around(of.compromise, SPREAD))[0],
            share_below(anywhere()),
        ]
    )


def _positions(of: Situation, shares: Floats) -> Floats:
    placed: Floats = shares @ (of.ideals[0][:, None] <= GRID)
    return placed


def _institution(of: Situation, which: np.ndarray, otherwise: Floats) -> Floats:
    return _positions(of, which.astype(float)) if which.any() else otherwise


def fit_pool(parts: Floats, reached: Floats, ridge: float) -> Floats:
    """Proportions of least mean CRPS + ridge · Σ (distance from equal proportions)²; shape (C,)."""
    from scipy.optimize import LinearConstraint, minimize

    count, issues, _ = parts.shape
    square = np.einsum("int,jnt->ij", parts, parts) / issues
    cross = np.einsum("int,nt->i", parts, reached) / issues
    equal = np.full(count, 1.0 / count)

    def objective(shares: Floats) -> float:
        away = shares - equal
        value = shares @ square @ shares - 2.0 * shares @ cross + ridge * away @ away
        return float(value)

    def slope(shares: Floats) -> Floats:
        steep: Floats = 2.0 * (square @ shares - cross + ridge * (shares - equal))
        return steep

    found = minimize(
        objective,
        equal,
        jac=slope,
        method="SLSQP",
        bounds=[(0.0, 1.0)] * count,
        constraints=LinearConstraint(np.ones(count), 1.0, 1.0),
    )
    return np.asarray(found.x)


def pooled(parts: Floats, shares: Floats, which: Ints) -> Floats:
    """The pool's distribution functions for some issues, shape (N, T)."""
    mixed: Floats = np.einsum("c,cnt->nt", shares, parts[:, which])
    return mixed
