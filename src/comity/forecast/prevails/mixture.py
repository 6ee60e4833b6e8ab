"""From what speaks for each candidate to a predictive distribution on the scale.

The chance of a candidate k is pₖ ∝ exp(β·fₖ)/mₖ, with mₖ how many candidates stand there. The
outcome is at a candidate, near one, anywhere around the compromise, or anywhere on the scale, in
fitted proportions. Near and around are Laplace distributions, shown by equally likely points and
clipped to the scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier.quantity import Floats
from comity.forecast.prevails.candidates import Candidates, candidates
from comity.forecast.prevails.situation import Situation

AGREED = 1e-9
"""Points within which all members want the same (conventions §5)."""

NEAR = 6.0
"""Mean distance from a candidate, in points, of an outcome that is near it."""

_FEW, _MANY = 8, 20


@dataclass(frozen=True)
class Coefficients:
    """One fit: a slope for each feature, the four proportions, and the spread in points.

    ``at``, ``near``, ``around`` and ``anywhere`` sum to 1; ``spread`` is the mean distance from
    the compromise of an outcome around it.
    """

    features: tuple[str, ...]
    slopes: tuple[float, ...]
    at: float
    near: float
    around: float
    anywhere: float
    spread: float


def laplace(scale: float, count: int) -> Floats:
    """As many equally likely points of a Laplace distribution about 0."""
    tail = (np.arange(count) + 0.5) / count - 0.5
    points: Floats = -scale * np.sign(tail) * np.log1p(-2.0 * np.abs(tail))
    return points


def nearby(points: Floats) -> Floats:
    """Equally likely points near each of (n, K) points, shape (n, K, 8)."""
    spread: Floats = np.clip(points[..., None] + laplace(NEAR, _FEW), 0.0, 100.0)
    return spread


def around(compromise: Floats, spread: float) -> Floats:
    """Equally likely points around the compromise (n,), shape (n, 20)."""
    points: Floats = np.clip(compromise[:, None] + laplace(spread, _MANY), 0.0, 100.0)
    return points


def anywhere() -> Floats:
    """Equally likely points of the whole scale, shape (20,)."""
    points: Floats = 100.0 * (np.arange(_MANY) + 0.5) / _MANY
    return points


def chances(of: Candidates, slopes: Floats) -> Floats:
    """The chance of each candidate, shape (n, K); rows sum to 1."""
    pull = np.einsum("nkp,p->nk", of.features, slopes) - np.log(of.crowd)
    odds = np.exp(pull - pull.max(axis=1, keepdims=True))
    shares: Floats = odds / odds.sum(axis=1, keepdims=True)
    return shares


def mixture(of: Situation, by: Coefficients) -> tuple[Floats, Floats]:
    """Points and their chances, both of shape (n, k); where all want the same, that alone."""
    found = candidates(of, by.features)
    shares = chances(found, np.array(by.slopes))
    size = len(shares)
    points = np.concatenate(
        [
            found.points,
            nearby(found.points).reshape(size, -1),
            around(of.compromise, by.spread),
            np.tile(anywhere(), (size, 1)),
        ],
        axis=1,
    )
    weights = np.concatenate(
        [
            by.at * shares,
            np.repeat(by.near * shares / _FEW, _FEW, axis=1),
            np.full((size, _MANY), by.around / _MANY),
            np.full((size, _MANY), by.anywhere / _MANY),
        ],
        axis=1,
    )
    agreed = np.ptp(of.ideals, axis=1) <= AGREED
    return np.where(agreed[:, None], of.ideals[:, :1], points), weights


def median(points: Floats, weights: Floats) -> float:
    """The point with as much chance on either side; midway where a whole stretch has.

    Only the whole point of the scale in which half the chance is reached is put in order, since
    there may be millions of points.
    """
    each, chances = points.ravel(), weights.ravel()
    whole = each.astype(np.int64)
    below = np.bincount(whole, weights=chances).cumsum()
    half = below[-1] / 2.0

    def reached(level: float) -> float:
        bin_ = int(np.argmax(below >= level))
        before = 0.0 if bin_ == 0 else below[bin_ - 1]
        within = whole == bin_
        order = np.argsort(each[within], kind="stable")
        up_to = before + chances[within][order].cumsum()
        place = int(np.argmax(up_to >= level)) if up_to[-1] >= level else len(up_to) - 1
        return float(each[within][order][place])

    slack = 1e-12 * half
    return (reached(half - slack) + reached(half + slack)) / 2.0
