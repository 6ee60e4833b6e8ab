"""The fit: least mean CRPS plus a ridge, by L-BFGS from nought; deterministic.

Sums go through ``einsum``, which starts no threads: with so small arrays these cost twentyfold.

CRPS = ∫ (F(t) − 1{y ≤ t})² dt is quadratic in the chances and smooth in the slopes, so training
and judgement use the same measure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.backtest.fitting.design import Design
from comity.dossier.quantity import Floats
from comity.forecast.prevails.mixture import Coefficients

PROPORTIONS_RIDGE = 0.01
"""Penalty on the log odds of the four proportions: enough to keep them finite."""

_PARTS = 4


@dataclass(frozen=True)
class _Forecast:
    """What the objective and its gradient share; shapes (N, K), (4,) and (4, N, T)."""

    chances: Floats
    proportions: Floats
    parts: Floats


def fit(of: Design, names: tuple[str, ...], ridge: float) -> Coefficients:
    """The coefficients of least mean CRPS + ridge · Σ slopes²."""
    from scipy.optimize import minimize

    spread = of.typical
    elsewhere = of.around(spread)
    start = np.zeros(len(names) + _PARTS - 1)
    found = minimize(
        _objective,
        start,
        args=(of, elsewhere, ridge),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 2000, "ftol": 1e-14, "gtol": 1e-9},
    )
    slopes, odds = np.split(found.x, [len(names)])
    at, near, around, anywhere = _softmax(np.concatenate([[0.0], odds])).tolist()
    return Coefficients(names, tuple(slopes.tolist()), at, near, around, anywhere, spread)


def distributions(of: Design, by: Coefficients) -> Floats:
    """The predictive distribution functions of some issues on the grid, shape (N, T)."""
    proportions = np.array([by.at, by.near, by.around, by.anywhere])
    found = _forecast(of, np.array(by.slopes), proportions, of.around(by.spread))
    mixed: Floats = np.einsum("p,pnt->nt", found.proportions, found.parts)
    return mixed


def crps(forecast: Floats, reached: Floats) -> Floats:
    """The continuous ranked probability score of each issue in points, shape (N,)."""
    score: Floats = ((forecast - reached) ** 2).sum(axis=1)
    return score


def _forecast(of: Design, slopes: Floats, proportions: Floats, elsewhere: Floats) -> _Forecast:
    chances = _softmax(np.einsum("nkp,p->nk", of.features, slopes) + of.share)
    at, near = (np.einsum("nk,nkt->nt", chances, each) for each in (of.at, of.near))
    parts = np.stack([at, near, elsewhere, np.broadcast_to(of.anywhere, at.shape)])
    return _Forecast(chances, proportions, parts)


def _objective(values: Floats, of: Design, elsewhere: Floats, ridge: float) -> tuple[float, Floats]:
    slopes, odds = np.split(values, [of.features.shape[-1]])
    proportions = _softmax(np.concatenate([[0.0], odds]))
    found = _forecast(of, slopes, proportions, elsewhere)
    miss = np.einsum("p,pnt->nt", proportions, found.parts) - of.reached
    score = float((miss**2).sum()) / len(miss)
    penalty = ridge * float(slopes @ slopes) + PROPORTIONS_RIDGE * float(odds @ odds)
    pull = 2.0 * miss / len(miss)
    gradient = np.concatenate(
        [
            _by_slopes(of, found, pull) + 2.0 * ridge * slopes,
            _by_odds(found, pull) + 2.0 * PROPORTIONS_RIDGE * odds,
        ]
    )
    return score + penalty, gradient


def _by_slopes(of: Design, found: _Forecast, pull: Floats) -> Floats:
    at, near = (np.einsum("nkt,nt->nk", each, pull) for each in (of.at, of.near))
    gain = found.proportions[0] * at + found.proportions[1] * near
    chances = found.chances
    by_pull = chances * (gain - (chances * gain).sum(axis=1, keepdims=True))
    gradient: Floats = np.einsum("nk,nkp->p", by_pull, of.features)
    return gradient


def _by_odds(found: _Forecast, pull: Floats) -> Floats:
    gain = np.einsum("pnt,nt->p", found.parts, pull)
    gradient: Floats = found.proportions * (gain - found.proportions @ gain)
    return gradient[1:]


def _softmax(pull: Floats) -> Floats:
    odds = np.exp(pull - pull.max(axis=-1, keepdims=True))
    shares: Floats = odds / odds.sum(axis=-1, keepdims=True)
    return shares
