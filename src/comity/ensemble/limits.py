"""What each member wants and would let pass, as percentiles over draws."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from comity.acceptance import stances
from comity.acceptance.stances import OptionStances, ScaleStances
from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.quantity import Floats
from comity.ensemble.results import Limits, Spread

ENOUGH = 10_000
"""Draws from which percentiles are taken; more would not show."""


def limits(dossier: Dossier, item: str, seed: int, draws: int) -> Mapping[str, Limits]:
    """Each member's wants and limits on an item, in seat order."""
    held = stances(Batch(dossier, Keyed(seed, 0, min(draws, ENOUGH))), item)
    describe = _on_scale if isinstance(held, ScaleStances) else _on_options
    found = {}
    for place, actor in enumerate(held.actors):
        position = dossier.position(item, actor)
        found[actor] = Limits(
            basis=position.basis,
            assumed=position.assumed,
            salience=spread(held.salience[:, place]),
            **describe(held, place),
        )
    return found


def spread(values: Floats) -> Spread:
    """The 10th, 50th and 90th percentile."""
    return Spread(*(float(value) for value in np.percentile(values, (10.0, 50.0, 90.0))))


def _on_scale(held: ScaleStances, place: int) -> dict[str, Spread | float]:
    return {
        "ideal": spread(held.ideal[:, place]),
        "low": spread(held.low[:, place]),
        "high": spread(held.high[:, place]),
        "refuses_all": float(held.empty[:, place].mean()),
    }


def _on_options(held: OptionStances, place: int) -> dict[str, Mapping[str, float]]:
    worth = held.worth[:, place, :]
    best = worth == worth.max(axis=1, keepdims=True)
    preferred = (best / best.sum(axis=1, keepdims=True)).mean(axis=0)
    accepted = held.accepted[:, place, :].mean(axis=0)
    return {
        "accepts": dict(zip(held.options, accepted.tolist(), strict=True)),
        "prefers": dict(zip(held.options, preferred.tolist(), strict=True)),
    }
