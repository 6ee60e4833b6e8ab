"""What every model of what a body decides must offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from comity.dossier import Batch, Dossier
from comity.dossier.quantity import Floats
from comity.errors import Place, UnsupportedError

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Prediction:
    """A predictive distribution of an item's outcome, drawn by drawn, and a point.

    On a scale ``samples`` holds points: shape (n,), one outcome a draw, or (n, k) with as many
    ``weights``, the chance of each of k outcomes within the draw; rows of weights sum to 1. On
    options ``samples`` has shape (n, K), the share of weight on each, and there are no weights.

    ``centre`` is the model's own point, where that is not the mean (conventions §54).
    """

    samples: Floats
    weights: Floats | None = None
    centre: float | None = None

    @property
    def point(self) -> Floats:
        """One number on a scale, shares of shape (K,) on options."""
        if self.centre is not None:
            return np.array(self.centre)
        mean: Floats
        if self.weights is None:
            mean = self.samples.mean(axis=0)
        else:
            mean = np.asarray((self.samples * self.weights).sum(axis=1).mean())
        return mean

    def atoms(self) -> tuple[Floats, Floats]:
        """Of a prediction on a scale: points in ascending order and their chances, over draws."""
        points = self.samples.ravel()
        each = np.ones_like(self.samples) if self.weights is None else self.weights
        order = np.argsort(points, kind="stable")
        return points[order], each.ravel()[order] / len(self.samples)


class Forecaster(Protocol):
    """A model: it reads a batch and predicts the outcome of one item."""

    @property
    def name(self) -> str: ...

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """Why the model has no answer on this item; None if it has one."""
        ...

    def predict(self, batch: Batch, item: str) -> Prediction:
        """The predictive distribution of the item's outcome; the batch is left as it was.

        Raises UnsupportedError where ``unanswerable`` gives a reason.
        """
        ...


@runtime_checkable
class Cautioned(Protocol):
    """A model that has something to say beside its answer."""

    def caveat(self, dossier: Dossier, item: str) -> str | None:
        """What must be said of the answer on the item, as in "it was …"; None if nothing."""
        ...


@runtime_checkable
class AtMedian(Protocol):
    """A model whose own point (conventions §54) is the median of its predictive distribution."""

    @property
    def at_median(self) -> Literal[True]: ...


@runtime_checkable
class Partial(Protocol):
    """A model that has no answer in some draws; something else stands in for it there."""

    @property
    def lacks(self) -> str:
        """What is so where it has none, as in "there is no … in half of the draws"."""
        ...

    def lacking(self, batch: Batch, item: str) -> Bools:
        """In which draws it has no answer, shape (n,)."""
        ...


def never(model: Partial) -> str:
    """Why a model has no answer that has none in any draw."""
    return f"{model.lacks} in any draw"


def refuse(model: Forecaster, dossier: Dossier, item: str) -> None:
    """Raise UnsupportedError if the model has no answer on the item."""
    why = model.unanswerable(dossier, item)
    if why is not None:
        raise UnsupportedError(
            f"the model '{model.name}' has no answer here: {why}",
            place=Place(field=f"agenda.{item}"),
            mend="choose another model, or another item",
        )


def only_on_a_scale(dossier: Dossier, item: str) -> str | None:
    """The reason of models that need distances between texts."""
    if dossier.agenda[item].is_scale:
        return None
    return "it needs a scale, and this item has options"
