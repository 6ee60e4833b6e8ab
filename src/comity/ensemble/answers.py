"""Answers of the models, one number a draw: what sensitivity is asked of (conventions §67)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from comity.dossier import Batch
from comity.dossier.quantity import Floats
from comity.forecast import outcomes
from comity.forecast.protocol import Forecaster, Prediction, refuse

Verdict = Literal["probability", "any", "text_tabled", "text_any"]
"""Answers of the consensus model: as in ``ensemble.results``, each yes or no in a draw."""

_FIELDS: dict[Verdict, str] = {
    "probability": "adopted",
    "any": "adoptable",
    "text_tabled": "text_tabled",
    "text_any": "text_any",
}


@dataclass(frozen=True)
class Adoption:
    """Whether an item is adopted, 1 or 0 in every draw."""

    item: str
    target: Verdict = "any"

    def __call__(self, batch: Batch) -> Floats:
        found = getattr(outcomes(batch)[self.item], _FIELDS[self.target])
        if found is None:
            raise ValueError(f"nothing is tabled on '{self.item}'")
        answer: Floats = found.astype(float)
        return answer


@dataclass(frozen=True)
class Content:
    """What a model says the outcome is: its expectation in every draw.

    On options, the weight on ``option``.
    """

    model: Forecaster
    item: str
    option: str | None = None

    @property
    def target(self) -> str:
        return "content"

    def __call__(self, batch: Batch) -> Floats:
        refuse(self.model, batch.dossier, self.item)
        return self.expected(self.model.predict(batch, self.item), batch)

    def expected(self, prediction: Prediction, batch: Batch) -> Floats:
        samples = prediction.samples
        if prediction.weights is not None:
            samples = (samples * prediction.weights).sum(axis=1)
        if self.option is not None:
            samples = samples[:, batch.dossier.agenda[self.item].option_ids.index(self.option)]
        answer: Floats = samples.astype(float)
        return answer
