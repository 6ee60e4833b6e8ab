"""Position exchange with equal gain (Stokman & Van Oosten 1994), as a model of one item.

F. N. Stokman and R. Van Oosten, "The exchange of voting positions: an object-oriented model of
policy networks", in B. Bueno de Mesquita and F. N. Stokman (eds), European Community Decision
Making (New Haven: Yale University Press, 1994), 105–127. Conventions §60 say how it is read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch, Dossier
from comity.dossier.quantity import Floats
from comity.errors import UnsupportedError
from comity.forecast.exchange.laid import Laid, lay_out, on_scales
from comity.forecast.kept import Kept
from comity.forecast.protocol import Prediction, only_on_a_scale, refuse

ALONE = (
    "left with nobody to trade with: no other item on a scale has two of the same members, so its "
    "answer is the compromise"
)


@dataclass(frozen=True)
class ExchangeModel:
    """The compromise after members have traded positions across all items on a scale.

    ``rounds``: of trading; between two the preferences follow the votes part of the way.
    ``within_outcome``: an exchange goes no further than the wishes of those it serves and is made
    only while both stand on opposite sides of the outcome; False reads it as the public R
    implementation does, where sides are those of the round's beginning.
    """

    rounds: int = 1
    within_outcome: bool = True

    def __post_init__(self) -> None:
        if self.rounds < 1:
            raise UnsupportedError(
                "positions are exchanged in one round or more",
                found=self.rounds,
                mend="give rounds=1",
            )

    @property
    def name(self) -> str:
        return "exchange"

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """Only options: nobody can go part of the way."""
        return only_on_a_scale(dossier, item)

    def caveat(self, dossier: Dossier, item: str) -> str | None:
        """Whether nobody could trade on the item, which leaves it to the compromise."""
        seated = set(dossier.members(item))
        others = (other for other in on_scales(dossier) if other != item)
        if any(len(seated.intersection(dossier.members(other))) > 1 for other in others):
            return None
        return ALONE

    def predict(self, batch: Batch, item: str) -> Prediction:
        """One outcome a draw, shape (n,)."""
        refuse(self, batch.dossier, item)
        return Prediction(self._outcomes(batch)[:, on_scales(batch.dossier).index(item)])

    def _outcomes(self, batch: Batch) -> Floats:
        """Outcomes of all items, kept for the next item of the same batch."""
        return _KEPT.of(batch, self, lambda: self._traded(batch))

    def _traded(self, batch: Batch) -> Floats:
        found = outcomes_of(lay_out(batch), self.rounds, self.within_outcome)
        found.flags.writeable = False
        return found


_KEPT: Kept[Floats] = Kept()


def outcomes_of(laid: Laid, rounds: int = 1, within_outcome: bool = True) -> Floats:
    """Outcomes after trading, shape (n, items); where all draws are alike, of one of them."""
    from comity.forecast.exchange.trading import all_traded

    tables = laid.positions, laid.saliences, laid.weights
    draws = len(laid.positions)
    if all((table == table[:1]).all() for table in tables):
        tables = laid.positions[:1], laid.saliences[:1], laid.weights[:1]
    found = all_traded(*tables, laid.seats, rounds, within_outcome)
    return np.broadcast_to(found, (draws, len(laid.items))).copy()
