"""Who trades with whom: the exchanges of one draw, one after another."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from comity.dossier import Batch, Dossier, middle
from comity.dossier.quantity import Floats
from comity.forecast.exchange.laid import Laid, lay_out, on_scales
from comity.forecast.exchange.model import ExchangeModel

_ROOM = 256
"""Exchanges for which room is made at first."""


@dataclass(frozen=True)
class Shift:
    """What one side of an exchange gives: its move on an item, and what that does to the outcome.

    Positions and outcomes are points of 0–100; the outcome is the compromise of the votes.
    """

    actor: str
    item: str
    start: float
    end: float
    outcome_before: float
    outcome_after: float


@dataclass(frozen=True)
class Exchange:
    """Two actors give way to each other, each on the item that matters less to it.

    ``gain`` is what each gains: salience (as a share of 1) × points by which the outcome comes
    nearer on the one item, less the same for what it goes away on the other. ``equals``: how many
    other exchanges would have gained as much, of which this one comes first by the ids of items
    and actors.
    """

    round: int
    gives: tuple[Shift, Shift]
    gain: float
    equals: int


@dataclass(frozen=True)
class Exchanges:
    """All exchanges in the order made, and item to outcome before the first and after the last."""

    made: tuple[Exchange, ...]
    before: dict[str, float]
    after: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "exchanges": {
                "made": [asdict(each) for each in self.made],
                "before": self.before,
                "after": self.after,
            }
        }


def exchanges(dossier: Dossier, model: ExchangeModel | None = None) -> Exchanges:
    """The exchanges with every uncertain number at its median."""
    return exchanges_in(middle(dossier), 0, model)


def exchanges_in(batch: Batch, draw: int, model: ExchangeModel | None = None) -> Exchanges:
    """The exchanges in one draw of a batch."""
    if not on_scales(batch.dossier):
        return Exchanges((), {}, {})
    return told_of(lay_out(batch), draw, model or ExchangeModel())


def told_of(laid: Laid, draw: int, model: ExchangeModel) -> Exchanges:
    """The exchanges of one draw of what is laid out."""
    from comity.forecast.exchange.trading import WIDTH, outcome_of, traded

    x, s, w = laid.positions[draw], laid.saliences[draw], laid.weights[draw]
    room, ends = _ROOM, np.zeros(model.rounds, dtype=np.int64)
    while True:
        made, told = np.zeros((room, 4), dtype=np.int64), np.zeros((room, WIDTH))
        after, count = traded(
            x, s, w, laid.seats, model.rounds, model.within_outcome, made, told, ends
        )
        if count <= room:
            break
        room = count
    turns = np.searchsorted(ends, np.arange(count), side="right") + 1
    each = zip(turns, made[:count], told[:count], strict=True)
    return Exchanges(
        tuple(_exchange(laid, int(turn), row, numbers) for turn, row, numbers in each),
        dict(zip(laid.items, outcome_of(x, w).tolist(), strict=True)),
        dict(zip(laid.items, after.tolist(), strict=True)),
    )


def _exchange(laid: Laid, turn: int, row: Any, numbers: Floats) -> Exchange:
    p, q, i, j = (int(place) for place in row)
    gain, *moves, among = numbers.tolist()
    one = Shift(laid.actors[j], laid.items[p], *moves[:4])
    other = Shift(laid.actors[i], laid.items[q], *moves[4:])
    first, second = sorted((one, other), key=lambda shift: shift.actor)
    return Exchange(turn, (first, second), gain, int(among) - 1)
