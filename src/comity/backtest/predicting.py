"""What models say of decided issues, each asked of its dossier as it stood before.

A model is asked of one draw. If it then asks for something that the dossier leaves uncertain,
such as a reversion nobody told, it is asked again over a modest number of even draws of that
(conventions §63).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from comity.backtest.decided import Decided
from comity.backtest.distributions import Distribution
from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.quantity import Floats
from comity.errors import ComityError
from comity.forecast.protocol import Forecaster, Prediction

DRAWS = 64
"""Draws of an uncertain dossier: for one input as good as its quantiles."""

_DEFECTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What a defect of one model may raise; it must not take the other models' scores with it."""


@runtime_checkable
class FittedModel(Protocol):
    """A model with coefficients that were fitted on decided issues."""

    def for_issue(self, group: str, dossier: Dossier, item: str) -> Forecaster:
        """The model with a fit that the issue's proposal took no part in.

        Raises UnsupportedError where there is none.
        """
        ...

    def fitted_on(self, group: str, dossier: Dossier, item: str) -> bool:
        """Whether the coefficients it comes with were fitted on the issue's proposal."""
        ...


@dataclass(frozen=True)
class Said:
    """What one model says of one issue: a point, and its own distribution if it has one."""

    point: float
    own: Distribution | None


@dataclass(frozen=True)
class Predictions:
    """What a model says of issues, or why not; in the order of the issues.

    ``unanswered`` counts issues by the model's reason, ``failed`` by the message of an error that
    is a defect of ours. ``held_out`` counts issues of proposals that the model had been fitted on
    and that it was asked of with a fit without them.
    """

    said: tuple[Said | None, ...]
    unanswered: Mapping[str, int]
    failed: Mapping[str, int]
    held_out: int = 0


@dataclass(frozen=True)
class _Even:
    """Uniforms of each path spread evenly over [0, 1), in an order keyed by seed and path."""

    keyed: Keyed

    @property
    def size(self) -> int:
        return self.keyed.size

    def column(self, path: str) -> Floats:
        ranks = np.argsort(np.argsort(self.keyed.column(path)))
        even: Floats = (ranks + 0.5) / self.size
        return even


@dataclass(frozen=True)
class _Watched(Batch):
    """A batch that gathers in ``asked`` what was read of it that is uncertain."""

    asked: list[str] = field(default_factory=list)

    def values(self, path: str) -> Floats:
        if not self.inputs[path].certain:
            self.asked.append(path)
        return super().values(path)

    def choices(self, path: str, options: tuple[str, ...]) -> NDArray[np.int64]:
        self.asked.append(path)
        return super().choices(path, options)


class Predictor:
    """Asks models of issues; the batches of a dossier are made once for all models."""

    def __init__(self, issues: tuple[Decided, ...], seed: int) -> None:
        self.issues = issues
        self.seed = seed
        self._few: dict[int, _Watched] = {}
        self._many: dict[int, _Watched] = {}

    def ask(self, model: Forecaster, done: Callable[[], None] = lambda: None) -> Predictions:
        """What the model says of every issue; ``done`` is called after each."""
        said: list[Said | None] = []
        unanswered: dict[str, int] = {}
        failed: dict[str, int] = {}
        for issue in self.issues:
            answer: Said | None = None
            try:
                answer, why = self._of(model, issue)
                if why is not None:
                    unanswered[why] = unanswered.get(why, 0) + 1
            except ComityError as error:
                unanswered[error.problem] = unanswered.get(error.problem, 0) + 1
            except _DEFECTS as error:
                message = f"{type(error).__name__}: {error}"
                failed[message] = failed.get(message, 0) + 1
            said.append(answer)
            done()
        held_out = _held_out(model, self.issues, said)
        return Predictions(tuple(said), unanswered, failed, held_out)

    def _of(self, model: Forecaster, issue: Decided) -> tuple[Said | None, str | None]:
        if isinstance(model, FittedModel):
            model = model.for_issue(issue.group, issue.dossier, issue.item)
        why = model.unanswerable(issue.dossier, issue.item)
        if why is not None:
            return None, why
        few = self._batch(self._few, issue.dossier, 1)
        few.asked.clear()
        predicted = model.predict(few, issue.item)
        if few.asked:
            predicted = model.predict(self._batch(self._many, issue.dossier, DRAWS), issue.item)
        return _said(predicted), None

    def _batch(self, made: dict[int, _Watched], dossier: Dossier, size: int) -> _Watched:
        if id(dossier) not in made:
            made[id(dossier)] = _Watched(dossier, _Even(Keyed(self.seed, 0, size)))
        return made[id(dossier)]


def _held_out(model: Forecaster, issues: tuple[Decided, ...], said: Sequence[Said | None]) -> int:
    if not isinstance(model, FittedModel):
        return 0
    return sum(
        each is not None and model.fitted_on(issue.group, issue.dossier, issue.item)
        for issue, each in zip(issues, said, strict=True)
    )


def _said(predicted: Prediction) -> Said:
    """A prediction in numbers; raises ValueError for one that is none."""
    point = float(predicted.point)
    if not -1e-6 <= point <= 100.0 + 1e-6:
        raise ValueError(f"the prediction {point} does not lie on the scale")
    if predicted.weights is None:
        return Said(point, None)
    points, chances = predicted.atoms()
    if not np.isfinite(points).all() or abs(float(chances.sum()) - 1.0) > 1e-6:
        raise ValueError("the model's chances do not sum to 1")
    return Said(point, Distribution(points, chances / chances.sum()))
