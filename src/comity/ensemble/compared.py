"""Models set side by side on one dossier: the same draws put to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from comity.dossier import Batch, Dossier, Keyed, refuse_hindsight
from comity.dossier.quantity import Floats
from comity.ensemble.chunks import Draws, chunk_length
from comity.ensemble.comparison import Comparison, ItemComparison, ModelView
from comity.ensemble.counted import refuse_draws
from comity.ensemble.executors import opened
from comity.ensemble.grounds import grounds
from comity.ensemble.progress import Meter, Tell
from comity.ensemble.run import DRAWS
from comity.ensemble.summary import draft_text
from comity.ensemble.together import together
from comity.errors import DossierError, Place
from comity.forecast import (
    ConsensusModel,
    Forecaster,
    Outcome,
    Prediction,
    models,
    named,
    outcomes,
)
from comity.forecast.models import key
from comity.forecast.protocol import Cautioned, Partial, never
from comity.rules import procedure_sentence

ALL = "all"
MOST_DRAWS = 100_000
"""Predictions are kept whole, up to some hundred outcomes a draw; ``predictions`` takes more."""

LOW, HIGH = 0.1, 0.9

ROUNDING = 1e-9
"""Cumulated chances within this of a percentile are at it."""

Asked = Mapping[str, Forecaster]
Predicted = Mapping[tuple[str, str], Prediction]


def compare_models(
    dossier: Dossier,
    which: str | Iterable[str] = ALL,
    *,
    items: Sequence[str] | None = None,
    seed: int = 1,
    draws: int = DRAWS,
    workers: int | None = None,
    on: str | None = None,
    progress: Tell | None = None,
) -> Comparison:
    """What each model says of each item, and what makes them differ.

    ``which`` names a model, several, or ``all``; a model without an answer on an item says why.
    The result depends on dossier, seed and draws, never on ``workers`` or on where the work is
    done (``on``, see ``executors.opened``).

    Raises UnsupportedError for an unknown model and for draws out of range, DossierError for an
    item that is not on the agenda and if the dossier knows anything later than its ``as_of``.
    """
    refuse_draws(draws, MOST_DRAWS, ", or for comity.predictions")
    asked = _asked(which)
    refuse_hindsight(dossier)
    chosen = _chosen(dossier, items)
    meter = Meter(progress)
    with opened(on, workers) as executor:
        made = Draws(seed, draws, chunk_length(dossier), executor)
        run = _Run(dossier, chosen, asked, made)
        parts = made.telling(meter, 0.9).each(partial(_predicted, dossier, chosen, asked))
    compared = {item: run.item(item, parts) for item in chosen}
    packages = together(run.whole, compared, _textless(asked, parts))
    meter.finish()
    return Comparison(
        title=dossier.title,
        as_of=dossier.as_of,
        handling=dossier.handling,
        note=dossier.note,
        seed=seed,
        draws=draws,
        items=compared,
        together=packages,
        dossier=dossier,
    )


def _chosen(dossier: Dossier, items: Sequence[str] | None) -> tuple[str, ...]:
    """The items asked for; all of the agenda if none are named."""
    for item in items or ():
        if item not in dossier.agenda:
            raise DossierError(
                "the agenda has no such item",
                place=Place(field="agenda"),
                found=item,
                mend=f"name one of {', '.join(dossier.agenda)}",
            )
    return tuple(dossier.agenda) if items is None else tuple(items)


def _asked(which: str | Iterable[str]) -> Asked:
    """The models asked for, in the order in which all are shown."""
    names = [which] if isinstance(which, str) else list(which)
    known = models()
    if any(name.strip().lower() == ALL for name in names):
        return known
    wanted = {key(named(name)) for name in names}
    return {name: model for name, model in known.items() if name in wanted}


def _predicted(dossier: Dossier, items: Sequence[str], asked: Asked, drawn: Keyed) -> Predicted:
    """What every model that has an answer predicts of one chunk of draws."""
    batch = Batch(dossier, drawn)
    return {
        (item, name): model.predict(batch, item)
        for item in items
        for name, model in asked.items()
        if model.unanswerable(dossier, item) is None
    }


def _textless(asked: Asked, parts: Sequence[Predicted]) -> dict[str, str]:
    """Why the points of some models are no texts, though they are numbers on a scale."""
    several = {name for part in parts for (_, name), p in part.items() if p.weights is not None}
    found = dict.fromkeys(several, "its point stands for many texts, each with its chance")
    settled = (name for name, model in asked.items() if isinstance(model, ConsensusModel))
    return found | dict.fromkeys(settled, "its point lies between the draft and the reversion")


@dataclass(frozen=True)
class _Run:
    """Some items of a dossier put to some models."""

    dossier: Dossier
    items: tuple[str, ...]
    asked: Asked
    draws: Draws

    def item(self, item: str, parts: Sequence[Predicted]) -> ItemComparison:
        dossier, entry = self.dossier, self.dossier.agenda[item]
        back = draft_text(dossier, item, "reversion")
        assert back is not None
        return ItemComparison(
            question=entry.question,
            reversion=back,
            tabled=draft_text(dossier, item, "tabled"),
            rule=procedure_sentence(dossier.procedure(item), dossier.charter(entry.body)),
            models={name: self._view(item, name, parts) for name in self.asked},
            grounds=grounds(self.whole, item) if entry.is_scale else None,
        )

    def _view(self, item: str, name: str, parts: Sequence[Predicted]) -> ModelView:
        model = self.asked[name]
        lacking, why = None, model.unanswerable(self.dossier, item)
        if why is None and isinstance(model, Partial):
            lacking = float(model.lacking(self.whole, item).mean())
            why = never(model) if lacking == 1.0 else None
        if why is not None:
            return ModelView(model.name, answered=False, why=why, lacking=lacking)
        found = _joined([part[item, name] for part in parts])
        if any(part[item, name].centre is not None for part in parts):
            found = model.predict(self.whole, item)  # a point of its own is of all draws
        said = ModelView(
            model.name,
            answered=True,
            adoption=self._adoption(item) if isinstance(model, ConsensusModel) else None,
            caveat=model.caveat(self.dossier, item) if isinstance(model, Cautioned) else None,
            lacking=lacking,
        )
        options = self.dossier.agenda[item].option_ids
        if options:
            return replace(said, point=dict(zip(options, found.point.tolist(), strict=True)))
        low, high = _ends(found)
        return replace(said, point=float(found.point), low=low, high=high)

    def _adoption(self, item: str) -> float | None:
        adopted = self._settled[item].adopted
        return None if adopted is None else float(adopted.mean())

    @cached_property
    def whole(self) -> Batch:
        """All draws at once."""
        return Batch(self.dossier, Keyed(self.draws.seed, 0, self.draws.count))

    @cached_property
    def _settled(self) -> Mapping[str, Outcome]:
        """What becomes of every item of the agenda in every draw."""
        return outcomes(self.whole)


def _joined(parts: Sequence[Prediction]) -> Prediction:
    weights = [part.weights for part in parts if part.weights is not None]
    samples = np.concatenate([part.samples for part in parts])
    return Prediction(samples, np.concatenate(weights) if weights else None)


def _ends(found: Prediction) -> tuple[float, float]:
    """The 10th and the 90th percentile of a predictive distribution on a scale."""
    if found.weights is None:
        low, high = np.percentile(found.samples, (100.0 * LOW, 100.0 * HIGH))
        return float(low), float(high)
    points, chances = found.atoms()
    up_to = np.cumsum(chances)
    low, high = (_percentile(points, up_to / up_to[-1], level) for level in (LOW, HIGH))
    return low, high


def _percentile(points: Floats, up_to: Floats, level: float) -> float:
    """The point that so much of the chance lies up to, of ascending points; mid-way in a gap.

    The mean of the lowest point up to which at least ``level`` lies and of the lowest up to which
    more does: the same rule from either end of the scale.
    """
    least = np.searchsorted(up_to, level - ROUNDING, side="left")
    more = np.searchsorted(up_to, level + ROUNDING, side="right")
    return float((points[least] + points[more]) / 2.0)
