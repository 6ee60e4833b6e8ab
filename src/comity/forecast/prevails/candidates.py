"""Where the outcome may lie, and what speaks for each place.

Candidates are the members' ideals, both ends of the scale and the reversion, where it is known.
Two places are one as far as they are *near*: 1 at the same point, falling straight to 0 at
``REACH`` points. So everything here is continuous in the positions, and members who all but
agree stand together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from comity.dossier.quantity import Floats
from comity.forecast.prevails.situation import Situation

REACH = 10.0
"""Points beyond which two places have nothing in common."""


@dataclass(frozen=True)
class Candidates:
    """Places of shape (n, K), what speaks for each, (n, K, P), and how many stand there, (n, K).

    ``crowd`` counts candidates, each by its nearness: several at one place share one chance.
    """

    points: Floats
    features: Floats
    crowd: Floats


def near(one: Floats, other: Floats) -> Floats:
    """From 1 at the same point straight to 0 at ``REACH`` points."""
    closeness: Floats = np.maximum(1.0 - np.abs(one - other) / REACH, 0.0)
    return closeness


def candidates(of: Situation, names: tuple[str, ...]) -> Candidates:
    """All candidates of a situation with the features of those names."""
    points = _points(of)
    features = np.zeros((*points.shape, len(names)))
    for place, name in enumerate(names):
        features[..., place] = FEATURES[name].value(of, points)
    return Candidates(points, features, _total(points, points, np.ones_like(points)))


def _points(of: Situation) -> Floats:
    ends = np.tile([0.0, 100.0], (len(of.ideals), 1))
    known = [] if of.reversion is None else [of.reversion[:, None]]
    return np.concatenate([of.ideals, ends, *known], axis=1)


def _total(points: Floats, places: Floats, amounts: Floats) -> Floats:
    """Σⱼ amountⱼ · near(point, placeⱼ) for each point; (n, K) from (n, K), (n, J) and (n, J)."""
    total = np.zeros_like(points)
    for place, amount in zip(places.T, amounts.T, strict=True):
        total += amount[:, None] * near(points, place[:, None])
    return total


Value = Callable[[Situation, Floats], Floats]


@dataclass(frozen=True)
class Feature:
    """What it says in words, and its value for each candidate, shape (n, K), mostly 0 to 1."""

    words: str
    value: Value


def _support(of: Situation, points: Floats) -> Floats:
    return _total(points, of.ideals, of.council_shares)


def _heads(of: Situation, points: Floats) -> Floats:
    each = np.broadcast_to(of.council / of.council.sum(), of.ideals.shape)
    return _total(points, of.ideals, each)


def _held(which: str, when: Callable[[Situation], bool]) -> Value:
    def value(of: Situation, points: Floats) -> Floats:
        who = getattr(of, which)
        here = of.ideals[:, who]
        return _total(points, here, np.ones_like(here)) * when(of)

    return value


def _reversion(of: Situation, points: Floats) -> Floats:
    return np.zeros_like(points) if of.reversion is None else near(points, of.reversion[:, None])


def _from_reversion(of: Situation, points: Floats) -> Floats:
    if of.reversion is None:
        return np.zeros_like(points)
    away: Floats = np.abs(points - of.reversion[:, None]) / 100.0
    return away


def _end(_: Situation, points: Floats) -> Floats:
    return near(points, np.zeros(1)) + near(points, np.full(1, 100.0))


def _distance(of: Situation, points: Floats) -> Floats:
    away: Floats = np.abs(points - of.compromise[:, None]) / 100.0
    return away


def _median(of: Situation, points: Floats) -> Floats:
    """Nearness to the weighted median of all members, the mean of both where there are two."""
    order = np.argsort(of.ideals, axis=1, kind="stable")
    ideals = np.take_along_axis(of.ideals, order, axis=1)
    weights = np.take_along_axis(of.weights, order, axis=1)
    weights = np.where(weights.sum(axis=1, keepdims=True) > 0.0, weights, 1.0)
    below = weights.cumsum(axis=1) / weights.sum(axis=1, keepdims=True)
    rows = np.arange(len(ideals))
    low, high = (np.argmax(reached, axis=1) for reached in (below >= 0.5 - 1e-12, below > 0.5))
    middle = (ideals[rows, low] + ideals[rows, high]) / 2.0
    return near(points, middle[:, None])


FEATURES: dict[str, Feature] = {
    "support": Feature("share of the council's capability × salience that stands here", _support),
    "commission": Feature("the Commission stands here", _held("commission", lambda _: True)),
    "parliament_codecision": Feature(
        "the Parliament stands here, under codecision",
        _held("parliament", lambda of: of.codecision),
    ),
    "parliament_consultation": Feature(
        "the Parliament stands here, under consultation",
        _held("parliament", lambda of: of.consultation),
    ),
    "reversion": Feature("this is the reversion", _reversion),
    "end": Feature("this is an end of the scale", _end),
    "distance": Feature("distance to the compromise, in hundredths of the scale", _distance),
    "heads": Feature("share of the council's members that stand here", _heads),
    "distance_reversion": Feature(
        "distance to the reversion, in hundredths of the scale", _from_reversion
    ),
    "commission_unanimity": Feature(
        "the Commission stands here, under unanimity",
        _held("commission", lambda of: of.unanimity),
    ),
    "reversion_unanimity": Feature(
        "this is the reversion, under unanimity",
        lambda of, points: _reversion(of, points) * of.unanimity,
    ),
    "median": Feature("the weighted median of all members lies here", _median),
}
"""All features by name; a fit uses some of them."""
