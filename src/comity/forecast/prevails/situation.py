"""What the position-prevails model reads of an item, draw by draw.

The Commission and the Parliament are the members with the identifiers ``COM`` and ``EP``; all
others are the council. A procedure is told by its name: ``COD-…`` is codecision, ``CNS-…``
consultation, ``…-Unan`` unanimity. Where one of these is not there, what rests on it counts for
nothing (conventions §64).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.dossier import Batch, Dossier
from comity.dossier.inputs import capability_path
from comity.dossier.quantity import Floats, Uniform
from comity.forecast.profile import positive

Bools = NDArray[np.bool_]

COMMISSION, PARLIAMENT = "COM", "EP"
_WHOLE_SCALE = 100.0 - 1e-9


@dataclass(frozen=True)
class Situation:
    """Ideals and weights, shape (n, M), and which members are what, shape (M,).

    ``reversion`` has shape (n,), and is None where it may lie anywhere on the scale. A codecision
    or consultation that nobody states is neither.
    """

    ideals: Floats
    weights: Floats
    council: Bools
    commission: Bools
    parliament: Bools
    reversion: Floats | None
    codecision: bool
    consultation: bool
    unanimity: bool

    @property
    def compromise(self) -> Floats:
        """The mean by capability × salience over all members, shape (n,) (conventions §17)."""
        weights = positive(self.weights)
        mean: Floats = (weights * self.ideals).sum(axis=1) / weights.sum(axis=1)
        return mean

    @property
    def council_shares(self) -> Floats:
        """Each council member's share of the council's weight, shape (n, M); others have none."""
        own = positive(self.weights[:, self.council])
        shares = np.zeros_like(self.weights)
        shares[:, self.council] = own / own.sum(axis=1, keepdims=True)
        return shares


def situation(batch: Batch, item: str) -> Situation:
    """Read an item on a scale; a reversion of which nothing is known is not read."""
    members = batch.dossier.members(item)
    commission, parliament = (
        np.array([member == who for member in members]) for who in (COMMISSION, PARLIAMENT)
    )
    council = ~(commission | parliament)
    kind, _, rule = batch.dossier.agenda[item].procedure.partition("-")
    return Situation(
        _each(batch, [f"positions.{item}.{member}.ideal" for member in members]),
        _weights(batch, item, members),
        council if council.any() else ~council,
        commission,
        parliament,
        _reversion(batch, f"agenda.{item}.reversion"),
        codecision=kind == "COD",
        consultation=kind == "CNS",
        unanimity=rule == "Unan",
    )


def _weights(batch: Batch, item: str, members: tuple[str, ...]) -> Floats:
    """Capability × salience / 100, shape (n, M)."""
    means = _each(batch, [capability_path(batch.dossier, item, member) for member in members])
    cares = _each(batch, [f"positions.{item}.{member}.salience" for member in members])
    weights: Floats = means * cares / 100.0
    return weights


def _each(batch: Batch, paths: list[str]) -> Floats:
    return np.stack([batch.values(path) for path in paths], axis=1)


def _reversion(batch: Batch, path: str) -> Floats | None:
    """The reversion, shape (n,); None where it may lie anywhere on the scale."""
    reversion = batch.inputs[path].quantity
    if isinstance(reversion, Uniform) and reversion.high - reversion.low >= _WHOLE_SCALE:
        return None
    return batch.values(path)


def of_european_law(dossier: Dossier, item: str) -> bool:
    """Whether the item has what the model was fitted with: a Commission and a known procedure."""
    kind = dossier.agenda[item].procedure.partition("-")[0]
    return kind in ("COD", "CNS") and COMMISSION in dossier.members(item)
