"""Which position prevails: a distribution over the places where an outcome may lie.

Fitted on decisions of European law (see ``fitted.json`` and docs/theory/prevails.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from comity.dossier import Batch, Dossier
from comity.errors import Place, UnsupportedError
from comity.forecast.prevails.fitted import shipped
from comity.forecast.prevails.mixture import Coefficients, median, mixture
from comity.forecast.prevails.situation import of_european_law, situation
from comity.forecast.protocol import Prediction, only_on_a_scale, refuse

EXTRAPOLATES = (
    "fitted on European legislation that was adopted; elsewhere it is carried over untested"
)


SEEN = (
    "several proposals that it was fitted on have these very positions, so no fit that comes with "
    "Comity is without them"
)


@dataclass(frozen=True)
class Prevails:
    """The position-prevails model, with the coefficients that come with Comity unless given."""

    coefficients: Coefficients | None = None
    name: str = "prevails"

    @property
    def at_median(self) -> Literal[True]:
        """Its point is the predictive median."""
        return True

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """Only items on a scale: the model needs distances and ends."""
        return only_on_a_scale(dossier, item)

    def caveat(self, dossier: Dossier, item: str) -> str | None:
        """What must be said beside the answer on items unlike those it was fitted on."""
        return None if of_european_law(dossier, item) else EXTRAPOLATES

    def for_issue(self, group: str, dossier: Dossier, item: str) -> Prevails:
        """The model to be scored on an issue: by a fit that issue's proposal took no part in.

        Of an issue that took no part in the fit, nor its proposal, this model itself. Raises
        UnsupportedError where it may be of several proposals, so that no fit is without it.
        """
        if self.coefficients is not None:
            return self
        folds = shipped().folds_of(group, dossier, item)
        if len(folds) > 1:
            raise UnsupportedError(SEEN, place=Place(field=f"agenda.{item}"))
        return replace(self, coefficients=shipped().folds[min(folds)]) if folds else self

    def fitted_on(self, group: str, dossier: Dossier, item: str) -> bool:
        """Whether the coefficients that come with Comity were fitted on the issue's proposal."""
        return bool(shipped().folds_of(group, dossier, item))

    def predict(self, batch: Batch, item: str) -> Prediction:
        """Places and their chances, shape (n, k); the point is the predictive median.

        Raises UnsupportedError for items with options.
        """
        refuse(self, batch.dossier, item)
        by = self.coefficients or shipped().whole
        points, weights = mixture(situation(batch, item), by)
        return Prediction(points, weights, centre=median(points, weights))
