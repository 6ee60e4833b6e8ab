"""Bargaining solutions on one line, against a point that holds if there is no agreement.

Party *i* has its ideal *xᵢ*; a text *x* gains it gᵢ(x) = |r − xᵢ| − |x − xᵢ| against the reversion
*r*. A text is acceptable if nobody loses by it. If every ideal lies strictly on one side of *r*,
at distances aᵢ > 0, the acceptable texts are those at a distance d from r, on that side, with
0 ≤ d ≤ 2 min aᵢ, and gᵢ = min(d, 2aᵢ − d): it rises to the ideal and falls beyond it. Otherwise
only *r* itself makes nobody lose, and is the solution (conventions §56).

Each solution is worked out in every draw at once: ideals have shape (n, M), the reversion (n,).
``bound`` (n, M) marks the parties that care at all; those that do not neither gain nor lose.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.dossier.quantity import Floats

Bools = NDArray[np.bool_]

SAME = 1e-9
"""Distances from the reversion below this count as none (conventions §5)."""

HALVINGS = 60
"""After so many halvings an interval is as short as floats can tell apart."""


def nash(ideals: Floats, reversion: Floats, bound: Bools, exponents: Floats) -> Floats:
    """max Π gᵢ^eᵢ over acceptable texts, shape (n,); exponents (n, M) of 0 or more.

    The logarithm is concave in d, so its slope Σ eᵢ/d − Σ eᵢ/(2aᵢ − d), over the parties with
    aᵢ ≥ d and those with aᵢ < d, falls and changes sign at the one solution, which is found by
    halving. Where no party that is bound has an exponent above 0, all have the same.
    """
    reach, sign, bound = _one_sided(ideals, reversion, bound)
    strength = np.where(bound, exponents, 0.0)
    strength = np.where(strength.sum(axis=1, keepdims=True) > 0.0, strength, bound.astype(float))
    nearest, furthest = _ends(reach, bound)
    low, high = nearest.copy(), np.minimum(2.0 * nearest, furthest)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        rising = _slope(middle[:, None], reach, strength) > 0.0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return _placed(reversion, sign, (low + high) / 2.0)


def kalai_smorodinsky(ideals: Floats, reversion: Floats, bound: Bools) -> Floats:
    """max minᵢ gᵢ / Aᵢ over acceptable texts, Aᵢ the most that *i* can gain there; shape (n,).

    Aᵢ = min(aᵢ, 2 min aⱼ): the ideal, or the furthest text that is acceptable at all.
    """
    reach, sign, bound = _one_sided(ideals, reversion, bound)
    most = np.minimum(reach, 2.0 * _ends(reach, bound)[0][:, None])
    per_point = 1.0 / np.where(bound, most, 1.0)
    return _placed(reversion, sign, _even(reach, per_point, bound))


def egalitarian(ideals: Floats, reversion: Floats, bound: Bools, worth: Floats) -> Floats:
    """max minᵢ wᵢ gᵢ over acceptable texts, shape (n,); ``worth`` (n, M) is of a point to *i*."""
    reach, sign, bound = _one_sided(ideals, reversion, bound)
    return _placed(reversion, sign, _even(reach, np.where(worth > 0.0, worth, 1.0), bound))


def one_sided(ideals: Floats, reversion: Floats, bound: Bools) -> Bools:
    """Where all parties that care want to go the same way, so that there is something to gain."""
    return np.asarray(_one_sided(ideals, reversion, bound)[1] != 0.0)


def _one_sided(ideals: Floats, reversion: Floats, bound: Bools) -> tuple[Floats, Floats, Bools]:
    """Distances aᵢ (n, M), on which side they lie (n,) and whom it concerns (n, M).

    The side is +1, −1, or 0 where there is none all want to go to. There nothing else matters, and
    distances of 1 from everybody stand in for what cannot be worked with.
    """
    away = ideals - reversion[:, None]
    some = bound.any(axis=1)
    up = some & ((away > SAME) | ~bound).all(axis=1)
    down = some & ((away < -SAME) | ~bound).all(axis=1)
    sign = up.astype(float) - down.astype(float)
    nowhere = (sign == 0.0)[:, None]
    return np.where(nowhere, 1.0, np.abs(away)), sign, bound | nowhere


def _ends(reach: Floats, bound: Bools) -> tuple[Floats, Floats]:
    """The smallest and the largest distance of parties that are bound, both (n,)."""
    nearest = np.where(bound, reach, np.inf).min(axis=1)
    furthest = np.where(bound, reach, 0.0).max(axis=1)
    return nearest, furthest


def _slope(at: Floats, reach: Floats, strength: Floats) -> Floats:
    """The slope of Σ eᵢ log gᵢ at a distance (n, 1), shape (n,)."""
    left = 2.0 * reach - at
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = np.where(at < reach, strength / at, -strength / left)
    summed: Floats = np.where(strength > 0.0, slopes, 0.0).sum(axis=1)
    return summed


def _even(reach: Floats, worth: Floats, bound: Bools) -> Floats:
    """The d at which minᵢ wᵢ min(d, 2aᵢ − d) is largest, shape (n,).

    What rises is at least σd, σ the smallest worth of a point, and is no less while it rises; so
    the largest minimum lies where σd meets the first wᵢ(2aᵢ − d): at min 2aᵢ wᵢ / (wᵢ + σ).
    """
    least = np.where(bound, worth, np.inf).min(axis=1)[:, None]
    meets = 2.0 * reach * worth / (worth + least)
    met: Floats = np.where(bound, meets, np.inf).min(axis=1)
    return met


def _placed(reversion: Floats, sign: Floats, distance: Floats) -> Floats:
    """The text so far from the reversion; the reversion where there is nothing to gain."""
    moved: Floats = reversion + sign * distance
    return moved
