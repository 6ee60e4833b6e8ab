"""The agenda setter: one actor proposes, and the others can only take or leave it.

T. Romer and H. Rosenthal, "Political resource allocation, controlled agendas, and the status quo",
Public Choice 33 (1978): the setter tables, of all that would pass against the reversion, the text
it likes best. Whose consent it needs depends on the rule: any rule has its pivots (conventions
§58).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch, Dossier
from comity.dossier.inputs import participants
from comity.forecast.pivots import pivots
from comity.forecast.protocol import Prediction, only_on_a_scale, refuse


def setter_of(dossier: Dossier, item: str) -> str | None:
    """Who sets the agenda: the actor that tabled the draft, else the chair; None if neither."""
    entry = dossier.agenda[item]
    return entry.by or dossier.sitting_chair(entry.body)


@dataclass(frozen=True)
class AgendaSetter:
    """The setter's best text among those the rule would pass against the reversion."""

    name: str = "agenda setter"

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """It needs a scale, and a setter whose wish is known."""
        setter = setter_of(dossier, item)
        if setter is None:
            return (
                "it needs a setter: nobody has tabled the draft (`by`), and nobody is in the chair"
            )
        if setter not in participants(dossier, item):
            return f"{setter} would set the agenda, and has no seat and so no position"
        return only_on_a_scale(dossier, item)

    def predict(self, batch: Batch, item: str) -> Prediction:
        """The text of the winset nearest to the setter's ideal, in each draw.

        At the end of the winset the pivot is indifferent and taken to accept.
        """
        refuse(self, batch.dossier, item)
        low, high = pivots(batch, item).winset(batch.values(f"agenda.{item}.reversion"))
        wish = batch.values(f"positions.{item}.{setter_of(batch.dossier, item)}.ideal")
        return Prediction(np.clip(wish, low, high))
