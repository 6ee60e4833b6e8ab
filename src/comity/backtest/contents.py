"""What one agreement says, issue by issue, against what models said it would (conventions §69).

For outcomes that a person coded from a text: each comes with a range within which a careful reader
could have put it. Errors are taken to the outcome and to the nearest end of the range, and every
score is taken again with outcomes drawn evenly from their ranges. Issues of one agreement are
drawn one by one in the bootstrap, though they are not independent: it says what thirteen other
issues of the same talks might have shown, nothing of other talks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.backtest.baselines import CONSTANT, Constant
from comity.backtest.decided import Decided
from comity.backtest.predicting import Predictions, Predictor
from comity.backtest.resampling import Interval, Resamples, resample
from comity.backtest.scores import is_central, is_near, pit, uniform_of
from comity.dossier.quantity import Floats
from comity.errors import UnsupportedError
from comity.forecast.models import models as published

RESAMPLES = 2_000
REFERENCES = ("compromise", "unweighted_mean")
"""What every model is compared with, issue by issue."""


@dataclass(frozen=True)
class CodedOutcome:
    """What came out on one issue, in points, and from where to where it could be put.

    ``sure``: A, B or C, as the rules of the coding say.
    """

    item: str
    outcome: float
    low: float
    high: float
    sure: str

    def __post_init__(self) -> None:
        if not 0.0 <= self.low <= self.outcome <= self.high <= 100.0:
            raise UnsupportedError(
                "an outcome lies within its range, and the range on the scale",
                found=f"{self.item}: {self.outcome} in {self.low}..{self.high}",
            )


@dataclass(frozen=True)
class OnIssue:
    """A model's point on one issue, and how far it is from the outcome and from its range."""

    point: float
    error: float
    beyond: float


@dataclass(frozen=True)
class Less:
    """A model's mean absolute error less that of another, on the ``n`` issues both answer."""

    n: int
    difference: float
    interval: Interval | None


@dataclass(frozen=True)
class ContentScore:
    """One model over the ``n`` issues that it answers; all None where it answers none.

    ``mae``, ``median`` and ``within_10`` are of errors to the outcome, ``mae_beyond`` of errors to
    its range. ``interval`` is that of ``mae``; ``coded`` runs from the 5th to the 95th percentile
    of ``mae`` over outcomes drawn from their ranges, and ``best`` is the share of these in which
    no other model has less, of the models that answer every issue. ``coverage_80``: the share of
    issues whose PIT lies in [.1, .9], of a model with chances of its own. ``issues`` by item, None
    where it has no answer.
    """

    n: int
    mae: float | None
    median: float | None
    within_10: float | None
    mae_beyond: float | None
    interval: Interval | None
    coded: Interval | None
    best: float | None
    coverage_80: float | None
    against: Mapping[str, Less]
    unanswered: Mapping[str, int]
    failed: Mapping[str, int]
    issues: Mapping[str, OnIssue | None]


@dataclass(frozen=True)
class Contents:
    """Models scored on the content of one agreement."""

    outcomes: tuple[CodedOutcome, ...]
    models: Mapping[str, ContentScore]
    seed: int
    resamples: int

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        from comity.ensemble.results import as_json

        told: dict[str, Any] = as_json(self)
        return told


def score_contents(
    issues: Sequence[Decided],
    outcomes: Sequence[CodedOutcome],
    *,
    models: Sequence[str] | None = None,
    seed: int = 1,
    resamples: int = RESAMPLES,
    done: Callable[[], None] = lambda: None,
) -> Contents:
    """Score models on issues whose outcomes were coded, in the same order.

    ``models``: names of the registry; none: all of them. The constant 50 is always there. ``done``
    is called after each issue of each model.

    Raises UnsupportedError if issues and outcomes are not the same, or a name does not exist.
    """
    if [issue.item for issue in issues] != [outcome.item for outcome in outcomes] or not issues:
        raise UnsupportedError(
            "each issue needs its outcome, in the same order",
            found=f"{len(issues)} issues and {len(outcomes)} outcomes",
        )
    known = published()
    for name in models or ():
        if name not in known:
            raise UnsupportedError(
                "there is no such model", found=name, mend=f"take one of {', '.join(known)}"
            )
    asked = {CONSTANT: Constant(), **{n: m for n, m in known.items() if not models or n in models}}
    predictor = Predictor(tuple(issues), seed)
    said = {name: predictor.ask(model, done) for name, model in asked.items()}
    scorer = _Scorer(tuple(outcomes), seed, resamples)
    return Contents(tuple(outcomes), scorer.all(said), seed, resamples)


class _Scorer:
    """Outcomes with their resamples and their draws, the same for every model."""

    def __init__(self, outcomes: tuple[CodedOutcome, ...], seed: int, count: int) -> None:
        self.items = [outcome.item for outcome in outcomes]
        self.outcomes = np.array([outcome.outcome for outcome in outcomes])
        self.low = np.array([outcome.low for outcome in outcomes])
        self.high = np.array([outcome.high for outcome in outcomes])
        self.seed = seed
        self.resamples: Resamples | None = resample(self.items, count, seed)
        uniforms = np.random.default_rng([seed, 1]).random((count, len(outcomes)))
        self.drawn: Floats = self.low + (self.high - self.low) * uniforms

    def all(self, said: Mapping[str, Predictions]) -> dict[str, ContentScore]:
        points = {name: self._points(each) for name, each in said.items()}
        best = self._best({n: p for n, p in points.items() if not np.isnan(p).any()})
        return {
            name: self._one(points[name], each, points, best.get(name), name)
            for name, each in said.items()
        }

    def _points(self, said: Predictions) -> Floats:
        return np.array([np.nan if each is None else each.point for each in said.said])

    def _best(self, points: Mapping[str, Floats]) -> dict[str, float]:
        """How often each model has the least error over outcomes drawn from their ranges."""
        if not points:
            return {}
        errors = np.stack([np.abs(self.drawn - each).mean(axis=1) for each in points.values()])
        least = errors <= errors.min(axis=0) + 1e-12
        return dict(zip(points, least.mean(axis=1).tolist(), strict=True))

    def _one(
        self,
        points: Floats,
        said: Predictions,
        others: Mapping[str, Floats],
        best: float | None,
        name: str,
    ) -> ContentScore:
        answered = ~np.isnan(points)
        error, beyond = self._errors(points)
        some = bool(answered.any())
        held, far = error[answered], beyond[answered]
        drawn = np.abs(self.drawn - points)[:, answered].mean(axis=1) if some else None
        return ContentScore(
            n=int(answered.sum()),
            mae=float(held.mean()) if some else None,
            median=float(np.median(held)) if some else None,
            within_10=float(is_near(held).mean()) if some else None,
            mae_beyond=float(far.mean()) if some else None,
            interval=self._interval(np.nan_to_num(error), answered),
            coded=None if drawn is None else _quantiles(drawn),
            best=best,
            coverage_80=self._coverage(said),
            against={
                other: self._less(error, self._errors(others[other])[0])
                for other in REFERENCES
                if other in others and other != name and some
            },
            unanswered=said.unanswered,
            failed=said.failed,
            issues={
                item: OnIssue(float(points[k]), float(error[k]), float(beyond[k]))
                if answered[k]
                else None
                for k, item in enumerate(self.items)
            },
        )

    def _errors(self, points: Floats) -> tuple[Floats, Floats]:
        """To the outcome, and to the nearest end of its range; 0 inside it."""
        beyond = np.maximum(np.maximum(self.low - points, points - self.high), 0.0)
        return np.abs(points - self.outcomes), beyond

    def _interval(self, values: Floats, among: Any) -> Interval | None:
        if self.resamples is None or not among.any():
            return None
        return self.resamples.mean(values, among)

    def _less(self, error: Floats, other: Floats) -> Less:
        """On the issues that both answer, on the same resamples."""
        common = ~np.isnan(error) & ~np.isnan(other)
        less = np.nan_to_num(error - other)
        return Less(int(common.sum()), float(less[common].mean()), self._interval(less, common))

    def _coverage(self, said: Predictions) -> float | None:
        found = []
        for item, outcome, each in zip(self.items, self.outcomes, said.said, strict=True):
            if each is not None and each.own is not None:
                held = each.own
                uniform = uniform_of(self.seed, item)
                found.append(is_central(pit(held.points, held.chances, float(outcome), uniform)))
        return float(np.mean(found)) if found else None


def _quantiles(values: Floats) -> Interval:
    low, high = np.quantile(values, [0.05, 0.95])
    return float(low), float(high)
