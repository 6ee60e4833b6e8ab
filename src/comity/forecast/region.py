"""The core in the plane: the square of all packages, cut down direction by direction.

A package x is pushed along v if those whose ideals lie further that way than x carry the rule. So x
is in the core just if x·v ≥ p⁺(v) for every direction v, where p⁺(v) is the upper pivot of the
ideals projected on v. Turn v: the order of the projections, and so the pivot, changes only where v
stands at right angles to the line through two ideals. Between two such directions one member is
the pivot, and what holds at both ends holds between them. So these directions suffice, and one
between every two, so that none lie opposite each other.
"""

from __future__ import annotations

import numpy as np

from comity.dossier.quantity import Floats
from comity.forecast.pivots import pivots_of
from comity.forecast.sincere import Voting

NEAR = 1e-9
"""A corner so far outside a half-plane, of vectors of length 1, still lies in it."""


def cut_down(ideals: Floats, table: Voting, top: Floats) -> Floats:
    """The corners of the core in order, shape (k, 2); ideals (M, 2), scales from 0 to ``top``."""
    corners = np.array([[0.0, 0.0], [top[0], 0.0], top, [0.0, top[1]]])
    for way in _directions(ideals):
        pivot = pivots_of((ideals @ way)[None, :], table).upper[0]
        if len(corners) and np.isfinite(pivot):
            corners = _kept(corners, way, float(pivot))
    return _distinct(corners)


def _directions(ideals: Floats) -> Floats:
    """Directions of length 1 at which a pivot may change, and one between every two."""
    first, second = np.triu_indices(len(ideals), 1)
    across = ideals[first] - ideals[second]
    across = across[np.linalg.norm(across, axis=1) > NEAR]
    angles = np.arctan2(across[:, 0], -across[:, 1])
    turned = np.sort(np.concatenate([angles, angles + np.pi, [0.0]]) % (2.0 * np.pi))
    turned = turned[np.concatenate([[True], np.diff(turned) > 1e-12])]
    gaps = np.diff(turned, append=turned[0] + 2.0 * np.pi)
    between = [turned + gaps * share for share in (0.0, 0.25, 0.5, 0.75)]
    every = np.sort(np.concatenate(between))
    return np.stack([np.cos(every), np.sin(every)], axis=1)


def _kept(corners: Floats, way: Floats, least: float) -> Floats:
    """The part of a convex polygon with x·v ≥ least."""
    ahead = corners @ way - least
    kept: list[Floats] = []
    for here, there, at, then in zip(
        corners, np.roll(corners, -1, axis=0), ahead, np.roll(ahead, -1), strict=True
    ):
        if at >= -NEAR:
            kept.append(here)
        if min(at, then) < -NEAR and max(at, then) > NEAR:
            kept.append(here + (there - here) * (at / (at - then)))
    return np.array(kept).reshape(-1, 2)


def _distinct(corners: Floats) -> Floats:
    """Corners that are not the one before once more."""
    kept: list[Floats] = []
    for corner in corners:
        if not any(np.abs(corner - other).max() <= 1e-6 for other in kept):
            kept.append(corner)
    return np.array(kept).reshape(-1, 2)
