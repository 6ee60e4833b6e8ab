"""What each member wants and would let pass, as percentiles over draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from comity.acceptance import stances
from comity.acceptance.stances import OptionStances, ScaleStances, Stances
from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.quantity import Floats
from comity.ensemble.results import Limits, Spread

ENOUGH = 10_000
"""Draws from which percentiles are taken; more would not show."""


def limits(dossier: Dossier, item: str, seed: int, draws: int) -> Mapping[str, Limits]:
    """Each member's wants and limits on an item, in seat order."""
    held = stances(Batch(dossier, Keyed(seed, 0, min(draws, ENOUGH))), item)
    return {
        actor: replace(
            _described(held, place),
            basis=dossier.position(item, actor).basis,
            assumed=dossier.position(item, actor).assumed,
        )
        for place, actor in enumerate(held.actors)
    }


def _described(held: Stances, place: int) -> Limits:
    if isinstance(held, ScaleStances):
        return _on_scale(held, place)
    assert isinstance(held, OptionStances)
    return _on_options(held, place)


def spread(values: Floats) -> Spread:
    """The 10th, 50th and 90th percentile."""
    return Spread(*(float(value) for value in np.percentile(values, (10.0, 50.0, 90.0))))


def _on_scale(held: ScaleStances, place: int) -> Limits:
    return Limits(
        salience=spread(held.salience[:, place]),
        ideal=spread(held.ideal[:, place]),
        low=spread(held.low[:, place]),
        high=spread(held.high[:, place]),
        refuses_all=float(held.empty[:, place].mean()),
    )


def _on_options(held: OptionStances, place: int) -> Limits:
    worth = held.worth[:, place, :]
    best = worth == worth.max(axis=1, keepdims=True)
    preferred = (best / best.sum(axis=1, keepdims=True)).mean(axis=0)
    accepted = held.accepted[:, place, :].mean(axis=0)
    return Limits(
        salience=spread(held.salience[:, place]),
        accepts=dict(zip(held.options, accepted.tolist(), strict=True)),
        prefers=dict(zip(held.options, preferred.tolist(), strict=True)),
    )
