"""What models predict over as many draws as are wanted, in the memory of a few chunks.

``compare_models`` keeps every prediction, and says why models differ; this keeps summaries alone,
so that ten million draws are no more than ten thousand (conventions §66).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.dossier import Batch, Dossier
from comity.ensemble.over_draws import over_draws
from comity.ensemble.progress import Tell
from comity.ensemble.results import as_json
from comity.ensemble.summaries import Means, Numbers, Share
from comity.errors import UnsupportedError
from comity.forecast import ConsensusModel, Forecaster, Prediction, outcomes
from comity.forecast.models import key, models, named

ALL = "all"


@dataclass(frozen=True)
class Predicted:
    """What one model predicts of one item, summed up over all draws.

    On a scale: the ``mean`` of the predictive distribution with the Monte Carlo ``error`` of it,
    its ``sd``, and percentiles, right to ``resolution``. A model with a point of its own (§54)
    gives it for some draws at once only, so here the distribution speaks for it. On options
    ``options`` holds the mean weight on each. ``adopted``: the share of draws in which the tabled
    draft is adopted, from the model that says whether one is, with its error. Without an answer
    all are None, and ``why`` says why.
    """

    title: str
    mean: float | None = None
    error: float | None = None
    sd: float | None = None
    percentiles: Mapping[str, float | None] | None = None
    resolution: float | None = None
    options: Mapping[str, float] | None = None
    adopted: float | None = None
    adopted_error: float | None = None
    why: str | None = None


@dataclass(frozen=True)
class Predictions:
    """Item to model to what it predicts, from the same draws."""

    title: str
    seed: int
    draws: int
    items: Mapping[str, Mapping[str, Predicted]]
    dossier: Dossier = field(repr=False, metadata={"json": False})

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        result: dict[str, Any] = as_json(self)
        return result


def predictions(
    dossier: Dossier,
    which: str | Sequence[str] = ALL,
    *,
    items: Sequence[str] | None = None,
    draws: int,
    seed: int = 1,
    on: str | None = None,
    workers: int | None = None,
    checkpoint: str | Path | None = None,
    progress: Tell | None = None,
) -> Predictions:
    """What models predict of the items of a dossier, over any number of draws.

    ``which`` names a model, several, or ``all``. For ``on``, ``workers``, ``checkpoint`` and what
    is raised see ``over_draws``; UnsupportedError as well for an unknown model, and if none of
    those asked has an answer.
    """
    asked = _asked([which] if isinstance(which, str) else which)
    chosen = tuple(dossier.agenda) if items is None else tuple(items)
    function = Predicting(tuple(asked.items()), chosen)
    if not any(function.answering(dossier)):
        whys = {why for model in asked.values() for i in chosen if (why := _why(model, dossier, i))}
        raise UnsupportedError("no model has an answer here", found="; ".join(sorted(whys)) or None)
    made = over_draws(
        dossier,
        function,
        draws=draws,
        seed=seed,
        on=on,
        workers=workers,
        checkpoint=checkpoint,
        progress=progress,
    )
    return Predictions(
        title=dossier.title,
        seed=seed,
        draws=draws,
        items={
            item: {
                name: _predicted(dossier, item, model, made.summary.parts, _key(item, name))
                for name, model in asked.items()
            }
            for item in chosen
        },
        dossier=dossier,
    )


def _asked(which: Sequence[str]) -> dict[str, Forecaster]:
    """Models by name, in the order in which all are shown."""
    known = models()
    if any(name.strip().lower() == ALL for name in which):
        return known
    wanted = {key(named(name)) for name in which}
    return {name: model for name, model in known.items() if name in wanted}


@dataclass(frozen=True)
class Predicting:
    """The function of a batch: the summary of what each model predicts of each item."""

    asked: tuple[tuple[str, Forecaster], ...]
    items: tuple[str, ...]

    def __call__(self, batch: Batch) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for item, name, model in self.answering(batch.dossier):
            with _telling(f"model {name}, item {item}"):
                found[_key(item, name)] = _summary(model.predict(batch, item), batch, item)
                if isinstance(model, ConsensusModel):
                    adopted = outcomes(batch)[item].adopted
                    if adopted is not None:
                        found[_adopted(_key(item, name))] = Share.of(adopted)
        return found

    def answering(self, dossier: Dossier) -> Iterator[tuple[str, str, Forecaster]]:
        for item in self.items:
            for name, model in self.asked:
                if _why(model, dossier, item) is None:
                    yield item, name, model


def _why(model: Forecaster, dossier: Dossier, item: str) -> str | None:
    return model.unanswerable(dossier, item)


def _key(item: str, name: str) -> str:
    return f"{item}/{name}"


def _adopted(name: str) -> str:
    return f"{name}/adopted"


@contextmanager
def _telling(doing: str) -> Iterator[None]:
    """Let an error say in which model and on which item it came about."""
    try:
        yield
    except Exception as failure:
        failure.add_note(doing)
        raise


def _summary(prediction: Prediction, batch: Batch, item: str) -> Numbers | Means:
    if not batch.dossier.agenda[item].is_scale:
        return Means.of(prediction.samples)
    if prediction.weights is None and prediction.samples.ndim == 2:
        raise ValueError("several outcomes a draw without their chances")
    return Numbers.of(prediction.samples, prediction.weights)


def _predicted(
    dossier: Dossier, item: str, model: Forecaster, parts: Mapping[str, Any], name: str
) -> Predicted:
    why = _why(model, dossier, item)
    if why is not None:
        return Predicted(model.name, why=why)
    found: Numbers | Means = parts[name]
    adopted: Share | None = parts.get(_adopted(name))
    share = None if adopted is None else adopted.share
    error = None if adopted is None else adopted.error
    if isinstance(found, Means):
        options = dict(zip(dossier.agenda[item].option_ids, found.means, strict=True))
        return Predicted(model.name, options=options, adopted=share, adopted_error=error)
    told = found.to_json()
    return Predicted(
        model.name,
        mean=told["mean"],
        error=told["error"],
        sd=told["sd"],
        percentiles=told["percentiles"],
        resolution=told["resolution"],
        adopted=share,
        adopted_error=error,
    )
