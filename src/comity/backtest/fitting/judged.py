"""Scores of out-of-fold forecasts, with intervals over proposals and paired differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.backtest.fitting.design import share_below
from comity.backtest.fitting.fit import crps
from comity.backtest.fitting.issues import Ints, Known
from comity.dossier.quantity import Floats

SAMPLES, SEED = 2000, 1
LOW, HIGH = 0.1, 0.9

Interval = tuple[float, float]


@dataclass(frozen=True)
class Scored:
    """Scores of each issue, shape (N,): CRPS, absolute error, and the chance of its PIT value
    lying in the middle 80 %; means over repeats where there are several."""

    crps: Floats
    error: Floats
    covered: Floats


@dataclass(frozen=True)
class Figure:
    """A mean over issues with its 95 % percentile interval over proposals."""

    value: float
    interval: Interval

    def __str__(self) -> str:
        return f"{self.value:7.3f} [{self.interval[0]:7.3f}, {self.interval[1]:7.3f}]"


def scored(of: Known, forecasts: Floats) -> Scored:
    """Score distribution functions on the grid, shape (R, N, T) or (N, T); medians as points."""
    repeats = forecasts.reshape(-1, *forecasts.shape[-2:])
    return Scored(
        np.mean([crps(each, of.reached) for each in repeats], axis=0),
        np.mean([np.abs(medians(each) - of.outcomes) for each in repeats], axis=0),
        np.mean([covered(each, of.outcomes) for each in repeats], axis=0),
    )


def medians(forecast: Floats) -> Floats:
    """The predictive median of each issue to the whole point, shape (N,)."""
    reached = forecast >= 0.5
    found: Floats = np.where(reached.any(axis=1), reached.argmax(axis=1), 100).astype(float)
    return found


def covered(forecast: Floats, outcomes: Floats) -> Floats:
    """The chance that an issue's randomised PIT value lies in [.1, .9]: no draw is needed."""
    rows, whole = np.arange(len(outcomes)), outcomes.astype(int)
    padded = np.pad(forecast, [(0, 0), (1, 1)], constant_values=((0.0, 0.0), (0.0, 1.0)))
    below, up_to = padded[rows, whole], padded[rows, whole + 1]
    inside = np.clip(np.minimum(up_to, HIGH) - np.maximum(below, LOW), 0.0, None)
    share: Floats = inside / np.maximum(up_to - below, 1e-12)
    at_a_point = ((below >= LOW) & (below <= HIGH)).astype(float)
    chance: Floats = np.where(up_to - below > 1e-12, share, at_a_point)
    return chance


def with_residuals(of: Known) -> Floats:
    """The compromise plus its residuals on other proposals, clipped to the scale, (N, T)."""
    residuals = of.outcomes - of.compromise
    return np.stack(
        [
            share_below(np.clip(of.compromise[place] + residuals[others], 0.0, 100.0))
            for place, others in _others(of)
        ]
    )


def climatology(of: Known) -> Floats:
    """The outcomes of other proposals, (N, T)."""
    return np.stack([share_below(of.outcomes[others]) for _, others in _others(of)])


def _others(of: Known) -> list[tuple[int, Ints]]:
    groups = np.array(of.groups)
    return [(place, np.flatnonzero(groups != group)) for place, group in enumerate(groups)]


def figure(of: Known, scores: Floats) -> Figure:
    """The mean of some scores, with a bootstrap over proposals."""
    groups, which = np.unique(np.array(of.groups), return_inverse=True)
    sums, counts = np.bincount(which, weights=scores), np.bincount(which)
    drawn = np.random.default_rng(SEED).integers(0, len(groups), (SAMPLES, len(groups)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return Figure(float(scores.mean()), (float(low), float(high)))


def table(of: Known, forecasts: Mapping[str, Floats], compromise: Floats) -> list[str]:
    """Lines of text: each forecast's scores, and its differences to the two to be beaten.

    ``compromise`` holds the absolute errors of the compromise itself, (N,).
    """
    residuals, climate = (scored(of, each(of)) for each in (with_residuals, climatology))
    lines = [f"compromise: mean absolute error {figure(of, compromise)}"]
    named = {"compromise with residuals": residuals, "climatology": climate}
    named |= {name: scored(of, each) for name, each in forecasts.items()}
    for name, own in named.items():
        lines += [
            name,
            f"  CRPS                       {figure(of, own.crps)}",
            f"  … less compromise's        {figure(of, own.crps - residuals.crps)}",
            f"  … less climatology's       {figure(of, own.crps - climate.crps)}",
            f"  coverage_80                {figure(of, own.covered)}",
            f"  mean absolute error        {figure(of, own.error)}",
            f"  … less compromise's        {figure(of, own.error - compromise)}",
        ]
    return lines
