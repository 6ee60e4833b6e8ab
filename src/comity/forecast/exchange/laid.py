"""All items on a scale, laid side by side for the trading of positions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch, Dossier
from comity.dossier.quantity import Floats
from comity.forecast.profile import profile


@dataclass(frozen=True)
class Laid:
    """Positions (0–100), saliences (shares of 1) and weights, shape (n, items, actors).

    ``seats`` has shape (items, actors): 1 for members. Who has no seat has position, salience and
    weight 0. Items and actors come in the order of their ids, so that no listing order matters.
    """

    items: tuple[str, ...]
    actors: tuple[str, ...]
    positions: Floats
    saliences: Floats
    weights: Floats
    seats: Floats


def on_scales(dossier: Dossier) -> tuple[str, ...]:
    """The items among which positions are traded, by id."""
    return tuple(sorted(item for item, entry in dossier.agenda.items() if entry.is_scale))


def lay_out(batch: Batch) -> Laid:
    """Lay out all items on a scale of the batch's dossier."""
    items = on_scales(batch.dossier)
    held = [profile(batch, item) for item in items]
    actors = tuple(sorted({member for each in held for member in each.members}))
    place = {actor: column for column, actor in enumerate(actors)}
    shape = batch.size, len(items), len(actors)
    positions, saliences, weights = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    seats = np.zeros(shape[1:])
    for row, each in enumerate(held):
        columns = [place[member] for member in each.members]
        positions[:, row, columns] = each.ideals
        saliences[:, row, columns] = each.saliences / 100.0
        weights[:, row, columns] = each.weights
        seats[row, columns] = 1.0
    return Laid(items, actors, positions, saliences, weights, seats)
