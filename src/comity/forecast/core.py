"""The core: the texts that no other text would beat under the item's rule.

The reversion plays no part in it. Under simple majority of an odd number it is the median, under
consensus all between the extreme ideals (conventions §57).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch, Dossier
from comity.dossier.quantity import Floats
from comity.forecast.pivots import pivots
from comity.forecast.protocol import Bools, Prediction, only_on_a_scale, refuse
from comity.forecast.winset import alike


@dataclass(frozen=True)
class Core:
    """Any text that no other would beat under the item's rule, all alike."""

    name: str = "core"

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """Votes are told from distances."""
        return only_on_a_scale(dossier, item)

    def interval(self, batch: Batch, item: str) -> tuple[Floats, Floats]:
        """The lowest and highest text of the core, both (n,); crossed in draws without one.

        There is none where two sets of members that share nobody could each carry a text. Where
        nothing passes at all nothing is beaten: the core is the whole scale.
        """
        refuse(self, batch.dossier, item)
        return pivots(batch, item).core()

    @property
    def lacks(self) -> str:
        """What is so in the draws of ``lacking``."""
        return "there is no core"

    def lacking(self, batch: Batch, item: str) -> Bools:
        """In which draws every text is beaten by another, shape (n,)."""
        low, high = self.interval(batch, item)
        return np.asarray(low > high)

    def predict(self, batch: Batch, item: str) -> Prediction:
        """Uniform over the core in each draw; without one (``lacking``), between the two pivots."""
        ends = self.interval(batch, item)
        return alike(np.minimum(*ends), np.maximum(*ends))
