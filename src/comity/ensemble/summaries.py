"""What is kept of many answers, without keeping the answers: summaries that can be merged.

Two summaries of successive draws merge into the summary of both. Counts are exact; means and
variances are merged in the order of the draws, so the same draws give the same bytes (§66).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np
from frozendict import frozendict
from numpy.typing import NDArray

from comity.dossier.quantity import Floats
from comity.ensemble.histogram import SCALE, Ends, Histogram
from comity.ensemble.moments import Moments
from comity.errors import UnsupportedError


@runtime_checkable
class Mergeable(Protocol):
    """A summary of some draws. ``state`` is made of plain JSON values, from which it comes back."""

    def merged(self, later: Self) -> Self:
        """The summary of these draws and later ones."""
        ...

    def state(self) -> Any: ...

    @classmethod
    def restored(cls, state: Any) -> Self: ...


@dataclass(frozen=True)
class Numbers:
    """An answer that is a number: draws, mean, spread, ends, histogram.

    ``draws`` sums up one value a draw, its expectation where a draw gives several outcomes with
    their chances; ``outcomes`` and ``histogram`` sum up the outcomes.
    """

    draws: Moments
    outcomes: Moments
    histogram: Histogram

    @staticmethod
    def of(values: Floats, weights: Floats | None = None, ends: Ends = SCALE) -> Numbers:
        """Of one value a draw, shape (n,), or k outcomes a draw with their chances, (n, k)."""
        outcomes = Moments.of(values, weights)
        single = outcomes if weights is None else Moments.of((values * weights).sum(axis=1))
        return Numbers(single, outcomes, Histogram.of(values, weights, ends))

    def merged(self, later: Numbers) -> Numbers:
        return Numbers(
            self.draws.merged(later.draws),
            self.outcomes.merged(later.outcomes),
            self.histogram.merged(later.histogram),
        )

    @property
    def count(self) -> int:
        return round(self.draws.weight)

    @property
    def mean(self) -> float:
        return self.draws.mean

    @property
    def sd(self) -> float:
        """Spread of the outcomes."""
        return self.outcomes.sd

    @property
    def error(self) -> float:
        """Monte Carlo standard error of the mean; not a number for fewer than two draws."""
        if self.count < 2:
            return math.nan
        return math.sqrt(self.draws.squares / (self.count - 1) / self.count)

    def percentile(self, percent: float) -> float | None:
        return self.histogram.percentile(percent)

    def to_json(self) -> dict[str, Any]:
        return {
            "mean": self.mean,
            "error": self.error if math.isfinite(self.error) else None,
            "sd": self.sd,
            "low": self.outcomes.low,
            "high": self.outcomes.high,
            "percentiles": {str(p): self.percentile(p) for p in (5, 10, 25, 50, 75, 90, 95)},
            "resolution": self.histogram.resolution,
        }

    def state(self) -> list[Any]:
        return [self.draws.state(), self.outcomes.state(), self.histogram.state()]

    @classmethod
    def restored(cls, state: Any) -> Numbers:
        draws, outcomes, histogram = state
        return cls(
            Moments.restored(draws), Moments.restored(outcomes), Histogram.restored(histogram)
        )


@dataclass(frozen=True)
class Share:
    """An answer that is yes or no: in how many draws it is yes."""

    count: int
    yes: int

    @staticmethod
    def of(answers: NDArray[np.bool_]) -> Share:
        return Share(len(answers), int(answers.sum()))

    def merged(self, later: Share) -> Share:
        return Share(self.count + later.count, self.yes + later.yes)

    @property
    def share(self) -> float:
        return self.yes / self.count

    @property
    def error(self) -> float:
        """Monte Carlo standard error (conventions §22)."""
        near = (self.yes + 0.5) / (self.count + 1)
        return math.sqrt(near * (1.0 - near) / self.count)

    def to_json(self) -> dict[str, Any]:
        return {"share": self.share, "error": self.error}

    def state(self) -> list[int]:
        return [self.count, self.yes]

    @classmethod
    def restored(cls, state: Any) -> Share:
        return cls(*state)


@dataclass(frozen=True)
class Tally:
    """An answer that is one of a few: how many draws gave each whole number."""

    counts: Mapping[int, int]

    @staticmethod
    def of(answers: NDArray[np.integer[Any]]) -> Tally:
        found, counts = np.unique(answers, return_counts=True)
        return Tally(frozendict(zip(found.tolist(), counts.tolist(), strict=True)))

    def merged(self, later: Tally) -> Tally:
        every = sorted({*self.counts, *later.counts})
        sums = {one: self.counts.get(one, 0) + later.counts.get(one, 0) for one in every}
        return Tally(frozendict(sums))

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    def to_json(self) -> dict[str, Any]:
        return {"counts": {str(one): count for one, count in self.counts.items()}}

    def state(self) -> list[list[int]]:
        return [[one, count] for one, count in self.counts.items()]

    @classmethod
    def restored(cls, state: Any) -> Tally:
        return cls(frozendict((one, count) for one, count in state))


@dataclass(frozen=True)
class Means:
    """An answer that is several numbers a draw, such as the weight on each option: their means."""

    count: int
    sums: tuple[float, ...]

    @staticmethod
    def of(values: Floats) -> Means:
        """Of values of shape (n, K)."""
        return Means(len(values), tuple(values.sum(axis=0).tolist()))

    def merged(self, later: Means) -> Means:
        sums = (a + b for a, b in zip(self.sums, later.sums, strict=True))
        return Means(self.count + later.count, tuple(sums))

    @property
    def means(self) -> tuple[float, ...]:
        return tuple(each / self.count for each in self.sums)

    def to_json(self) -> dict[str, Any]:
        return {"means": list(self.means)}

    def state(self) -> list[Any]:
        return [self.count, list(self.sums)]

    @classmethod
    def restored(cls, state: Any) -> Means:
        return cls(state[0], tuple(state[1]))


_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Moments, Histogram, Numbers, Share, Tally, Means)
}


@dataclass(frozen=True)
class Named:
    """Several summaries, each by its name."""

    parts: Mapping[str, Any]

    def merged(self, later: Named) -> Named:
        if list(self.parts) != list(later.parts):
            raise ValueError(
                f"one chunk answered {list(self.parts)}, a later one {list(later.parts)}"
            )
        return Named({name: one.merged(later.parts[name]) for name, one in self.parts.items()})

    def to_json(self) -> dict[str, Any]:
        return {name: part.to_json() for name, part in self.parts.items()}

    def state(self) -> dict[str, Any]:
        """Raises UnsupportedError for a summary that is not one of Comity's own."""
        for name, part in self.parts.items():
            if type(part) is not _KINDS.get(type(part).__name__):
                raise UnsupportedError(
                    f"the answer '{name}' cannot be kept in a checkpoint",
                    found=f"a summary of its own kind, {type(part).__name__}",
                    mend="return arrays, or leave the checkpoint out",
                )
        return {n: [type(part).__name__, part.state()] for n, part in self.parts.items()}

    @classmethod
    def restored(cls, state: Any) -> Named:
        return cls({n: _KINDS[kind].restored(held) for n, (kind, held) in state.items()})


def summary_of(values: NDArray[Any], ends: Ends = SCALE) -> Numbers | Share | Tally | Means:
    """The summary of some draws' answers: yes or no, whole numbers, numbers, several a draw."""
    if values.dtype.kind == "b":
        return Share.of(values)
    if values.dtype.kind in "iu":
        return Tally.of(values)
    if values.ndim == 2:
        return Means.of(values)
    return Numbers.of(values.astype(float, copy=False), None, ends)
