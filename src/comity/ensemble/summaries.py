"""What is kept of many answers, without keeping the answers: summaries that can be merged.

Two summaries of successive draws merge into the summary of both. Counts are exact; means and
variances are merged by the formula of Chan, Golub & LeVeque (1983, The American Statistician 37:
242–247) in the order of the draws, so the same draws give the same bytes (conventions §66).
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
from comity.errors import UnsupportedError

PARTS = 1_000
"""Parts into which the range of a histogram is divided, so that each is 0.1 point of a scale."""

SCALE = (0.0, 100.0)
"""The range of a histogram if nobody says otherwise."""

Ends = tuple[float, float]


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
class Moments:
    """Weight of all values, their mean, the sum of squares about it, smallest and largest."""

    weight: float = 0.0
    mean: float = 0.0
    squares: float = 0.0
    low: float = math.inf
    high: float = -math.inf

    @staticmethod
    def of(values: Floats, weights: Floats | None = None) -> Moments:
        """Of values of any shape, each counting once or by its weight."""
        flat = values.ravel()
        each = None if weights is None else weights.ravel()
        if each is not None:
            flat, each = flat[each > 0.0], each[each > 0.0]
        if not flat.size:
            return Moments()
        whole = float(flat.size if each is None else each.sum())
        mean = float(np.average(flat, weights=each))
        about = (flat - mean) ** 2
        squares = float(about.sum() if each is None else (each * about).sum())
        return Moments(whole, mean, squares, float(flat.min()), float(flat.max()))

    def merged(self, later: Moments) -> Moments:
        if not self.weight or not later.weight:
            return later if not self.weight else self
        whole, apart = self.weight + later.weight, later.mean - self.mean
        return Moments(
            whole,
            self.mean + apart * (later.weight / whole),
            self.squares + later.squares + apart**2 * (self.weight * later.weight / whole),
            min(self.low, later.low),
            max(self.high, later.high),
        )

    @property
    def variance(self) -> float:
        """Of the values themselves: divided by their weight, not by one less."""
        return self.squares / self.weight if self.weight else math.nan

    @property
    def sd(self) -> float:
        return math.sqrt(self.variance) if self.weight else math.nan

    def state(self) -> list[float]:
        ends = [None if math.isinf(end) else end for end in (self.low, self.high)]
        return [self.weight, self.mean, self.squares, *ends]  # type: ignore[list-item]

    @classmethod
    def restored(cls, state: Any) -> Moments:
        weight, mean, squares, low, high = state
        return cls(
            weight,
            mean,
            squares,
            math.inf if low is None else low,
            -math.inf if high is None else high,
        )


@dataclass(frozen=True, eq=False)
class Histogram:
    """How much weight lies nearest to each of ``PARTS`` + 1 points of a range, ends included.

    ``below`` and ``above`` count what lies outside. The points of a scale with one decimal have
    places of their own, so whole positions are counted exactly.
    """

    ends: Ends
    counts: Floats
    below: float = 0.0
    above: float = 0.0

    @staticmethod
    def of(values: Floats, weights: Floats | None = None, ends: Ends = SCALE) -> Histogram:
        flat = values.ravel()
        each = np.ones_like(flat) if weights is None else weights.ravel()
        low, high = ends
        inside = (flat >= low) & (flat <= high)
        place = np.rint((flat[inside] - low) * (PARTS / (high - low))).astype(np.int64)
        counts: Floats = np.bincount(place, each[inside], PARTS + 1).astype(float)
        return Histogram(
            ends,
            counts,
            float(each[flat < low].sum()),
            float(each[flat > high].sum()),
        )

    def merged(self, later: Histogram) -> Histogram:
        return Histogram(
            self.ends,
            self.counts + later.counts,
            self.below + later.below,
            self.above + later.above,
        )

    @property
    def resolution(self) -> float:
        """The most by which a percentile can be off."""
        return (self.ends[1] - self.ends[0]) / (2 * PARTS)

    @property
    def points(self) -> Floats:
        return np.linspace(*self.ends, PARTS + 1)

    def percentile(self, percent: float) -> float | None:
        """The smallest value that so many per cent do not exceed, to within ``resolution``.

        None if it lies outside the range.
        """
        run = self.below + np.cumsum(self.counts)
        whole = float(run[-1]) + self.above
        wanted = whole * (percent / 100.0) * (1.0 - 1e-12)  # what rounding must not push over
        if not whole or wanted < self.below or wanted > run[-1]:
            return None
        return float(self.points[int(np.searchsorted(run, max(wanted, 1e-300)))])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Histogram) and self.state() == other.state()

    def __hash__(self) -> int:
        return hash((self.ends, self.counts.tobytes(), self.below, self.above))

    def state(self) -> list[Any]:
        where = np.flatnonzero(self.counts)
        return [
            list(self.ends),
            where.tolist(),
            self.counts[where].tolist(),
            self.below,
            self.above,
        ]

    @classmethod
    def restored(cls, state: Any) -> Histogram:
        (low, high), where, counted, below, above = state
        counts = np.zeros(PARTS + 1)
        counts[where] = counted
        return cls((low, high), counts, below, above)


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
