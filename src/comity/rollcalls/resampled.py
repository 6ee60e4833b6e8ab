"""Bootstrap intervals: whole clusters of roll calls drawn again, all statistics on one draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.rollcalls.measures import Floats, Measure

LEVEL = 0.95
FEWEST_CLUSTERS = 10
"""With fewer clusters there is no interval: drawn again so few say little of others."""
_AT_ONCE = 500


@dataclass(frozen=True)
class Estimate:
    """A statistic and its interval; None where it is not defined.

    The interval runs from the 2.5th to the 97.5th percentile of the draws; there is none where
    there are fewer than ten clusters, or where some draw leaves the statistic undefined.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class Sample:
    """What is counted, ``[cluster, …]``, and the statistics of its total ``[…]``."""

    counts: Floats
    measures: tuple[Measure, ...]

    @property
    def total(self) -> Floats:
        return np.asarray(self.counts.sum(axis=0))

    @property
    def clusters(self) -> int:
        """Clusters in which there is anything to count."""
        return int(self.counts.reshape(len(self.counts), -1).any(axis=1).sum())


def per_cluster(counts: Floats, cluster: NDArray[np.intp]) -> Floats:
    """Sums over each cluster: ``[roll call, …]`` to ``[cluster, …]``."""
    total = np.zeros((int(cluster.max(initial=-1)) + 1, *counts.shape[1:]))
    np.add.at(total, cluster, counts)
    return total


def estimates(samples: Sequence[Sample], seed: int, draws: int) -> list[tuple[Estimate, ...]]:
    """Each sample's statistics with their intervals.

    Samples have the same clusters, and one draw serves them all, so that intervals of differences
    are of like with like.
    """
    flat = [sample.counts.reshape(len(sample.counts), -1) for sample in samples]
    drawn: list[list[Floats]] = [[] for _ in samples]
    for totals in resampled(np.concatenate(flat, axis=1), seed, draws):
        ends = np.cumsum([each.shape[1] for each in flat])[:-1]
        for number, part in enumerate(np.split(totals, ends, axis=1)):
            sample = samples[number]
            table = part.reshape(-1, *sample.counts.shape[1:])
            drawn[number].append(np.stack([m(table) for m in sample.measures], axis=1))
    return [
        _estimated(sample, np.concatenate(found) if found else np.empty((0, len(sample.measures))))
        for sample, found in zip(samples, drawn, strict=True)
    ]


def resampled(counts: Floats, seed: int, draws: int) -> Iterator[Floats]:
    """Totals ``[draw, …]`` over clusters drawn with replacement, as many as there are.

    ``counts`` is ``[cluster, …]``. Draws come some hundreds at a time, to spare memory.
    """
    many = len(counts)
    rng = np.random.default_rng(seed)
    for start in range(0, draws if many else 0, _AT_ONCE):
        size = min(_AT_ONCE, draws - start)
        times = rng.multinomial(many, np.full(many, 1.0 / many), size=size).astype(np.float64)
        yield np.tensordot(times, counts, axes=1)


def _estimated(sample: Sample, drawn: Floats) -> tuple[Estimate, ...]:
    values = [float(measure(sample.total)) for measure in sample.measures]
    return tuple(
        _estimate(value, drawn[:, place], sample.clusters) for place, value in enumerate(values)
    )


def _estimate(value: float, drawn: Floats, clusters: int) -> Estimate:
    if not np.isfinite(value):
        return Estimate(None, None, None)
    if clusters < FEWEST_CLUSTERS or not drawn.size or not np.isfinite(drawn).all():
        return Estimate(value, None, None)
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(drawn, [tail, 1.0 - tail])
    return Estimate(value, float(low), float(high))
