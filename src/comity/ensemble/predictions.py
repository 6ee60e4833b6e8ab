"""What models predict over as many draws as are wanted, in the memory of a few chunks.

``compare_models`` keeps every prediction, and says why models differ; this keeps summaries alone,
so that ten million draws are no more than ten thousand (conventions §66).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from comity.dossier import Batch, Dossier
from comity.ensemble.over_draws import over_draws
from comity.ensemble.progress import Tell
from comity.ensemble.results import as_json
from comity.ensemble.summaries import Means, Numbers, Share
from comity.errors import UnsupportedError
from comity.forecast import ConsensusModel, Forecaster, Prediction
from comity.forecast.consensus import settled
from comity.forecast.models import key, models, named
from comity.forecast.protocol import AtMedian, Cautioned, Partial, never

ALL = "all"


@dataclass(frozen=True)
class Predicted:
    """What one model predicts of one item, summed up over all draws.

    The fields of a ``ModelView`` mean what they mean there. ``point`` is the mean of the predictive
    distribution, or the median of a model whose point that is; it, ``low``, ``high`` and the
    ``percentiles`` are then right to ``resolution``. ``error`` is the Monte Carlo error of
    ``mean``, ``sd`` the spread of the distribution, ``adoption_error`` the error of ``adoption``.
    On options ``point`` holds the mean weight on each, and there is nothing else.
    """

    title: str
    answered: bool
    point: float | Mapping[str, float] | None = None
    low: float | None = None
    high: float | None = None
    adoption: float | None = None
    why: str | None = None
    caveat: str | None = None
    lacking: float | None = None
    mean: float | None = None
    error: float | None = None
    sd: float | None = None
    percentiles: Mapping[str, float | None] | None = None
    resolution: float | None = None
    adoption_error: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The fields as plain JSON values."""
        result: dict[str, Any] = as_json(self)
        return result


@dataclass(frozen=True)
class Predictions:
    """Item to model to what it predicts, from the same draws."""

    title: str
    seed: int
    draws: int
    items: Mapping[str, Mapping[str, Predicted]]
    dossier: Dossier = field(repr=False, metadata={"json": False})

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values, laid out like that of models side by side."""
        result: dict[str, Any] = as_json(self)
        result["items"] = {item: {"models": views} for item, views in result["items"].items()}
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
                if isinstance(model, Partial):
                    found[_lacking(_key(item, name))] = Share.of(model.lacking(batch, item))
                if isinstance(model, ConsensusModel):
                    adopted = settled(batch)[item].adopted
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


def _lacking(name: str) -> str:
    return f"{name}/lacking"


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
    why, lacking = _why(model, dossier, item), _share(parts, _lacking(name))
    if why is None and isinstance(model, Partial) and lacking == 1.0:
        why = never(model)
    if why is not None:
        return Predicted(model.name, answered=False, why=why, lacking=lacking)
    adopted: Share | None = parts.get(_adopted(name))
    said = Predicted(
        model.name,
        answered=True,
        adoption=_share(parts, _adopted(name)),
        adoption_error=None if adopted is None else adopted.error,
        caveat=model.caveat(dossier, item) if isinstance(model, Cautioned) else None,
        lacking=lacking,
    )
    found: Numbers | Means = parts[name]
    if isinstance(found, Means):
        options = dict(zip(dossier.agenda[item].option_ids, found.means, strict=True))
        return replace(said, point=options)
    return _on_scale(said, model, found)


def _on_scale(said: Predicted, model: Forecaster, found: Numbers) -> Predicted:
    told = found.to_json()
    low, middle, high = (told["percentiles"][str(percent)] for percent in (10, 50, 90))
    return replace(
        said,
        point=middle if isinstance(model, AtMedian) else told["mean"],
        low=low,
        high=high,
        mean=told["mean"],
        error=told["error"],
        sd=told["sd"],
        percentiles=told["percentiles"],
        resolution=told["resolution"],
    )


def _share(parts: Mapping[str, Any], name: str) -> float | None:
    """The share of draws that was counted under a name; None if nothing was."""
    found: Share | None = parts.get(name)
    return None if found is None else found.share
