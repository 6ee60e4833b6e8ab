"""What members that must all agree would settle on: three bargaining solutions on one scale.

Each is taken against the reversion, over the texts by which nobody loses. Where members want to go
both ways from the reversion, or one wants the reversion itself, there is no such text but the
reversion, and that is the outcome (conventions §56).

Nash, "The Bargaining Problem", Econometrica 18 (1950); Kalai and Smorodinsky, Econometrica 43
(1975); Kalai, "Proportional solutions", Econometrica 45 (1977).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.bargaining import line
from comity.dossier import Batch, Dossier
from comity.dossier.quantity import Floats
from comity.forecast.profile import Profile, profile
from comity.forecast.protocol import Prediction, only_on_a_scale, refuse

Solution = Literal["nash", "kalai_smorodinsky", "egalitarian"]
Exponents = Literal["equal", "capability"]

_NAMES: dict[Solution, str] = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "egalitarian",
}


@dataclass(frozen=True)
class Bargain:
    """A bargaining solution against the reversion.

    Salience scales a member's utility sᵢ gᵢ/100. Nash and Kalai–Smorodinsky do not depend on
    scales of utility, so on one item salience drops out of both; the egalitarian solution compares
    salience × points. ``exponents`` is what a member's gain is raised to under Nash: the same for
    all, or its capability. A member of salience 0 neither gains nor loses and is left out.
    """

    solution: Solution = "nash"
    exponents: Exponents = "equal"

    @property
    def name(self) -> str:
        suffix = " by capability" if self.exponents == "capability" else ""
        return _NAMES[self.solution] + suffix

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """Gains are distances."""
        return only_on_a_scale(dossier, item)

    def predict(self, batch: Batch, item: str) -> Prediction:
        """One solution a draw."""
        refuse(self, batch.dossier, item)
        return Prediction(np.clip(self._settled(profile(batch, item)), 0.0, 100.0))

    def _settled(self, held: Profile) -> Floats:
        bound = held.saliences > 0.0
        if self.solution == "nash":
            return line.nash(held.ideals, held.reversion, bound, self._exponents(held))
        if self.solution == "kalai_smorodinsky":
            return line.kalai_smorodinsky(held.ideals, held.reversion, bound)
        return line.egalitarian(held.ideals, held.reversion, bound, held.saliences)

    def _exponents(self, held: Profile) -> Floats:
        return held.capabilities if self.exponents == "capability" else np.ones_like(held.ideals)
