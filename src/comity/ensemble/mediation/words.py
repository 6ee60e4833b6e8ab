"""Arrays and places as plain numbers and words."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from comity.bargaining.problem import Floats, Package, Problem
from comity.ensemble.mediation.results import Numbers, Percentiles, Terms


def numbers(values: Iterable[float] | Floats) -> Numbers:
    """One plain number a party."""
    return tuple(float(value) for value in values)


def known(value: float) -> float | None:
    """A number, or None for NaN."""
    return None if math.isnan(value) else float(value)


def all_known(values: Iterable[float] | Floats) -> tuple[float | None, ...]:
    """One number a party, None for NaN."""
    return tuple(known(float(value)) for value in values)


def percentiles(values: Floats) -> Percentiles | None:
    """The 5th, 50th and 95th percentile of what is known; None if nothing is."""
    held = values[~np.isnan(values)]
    return spread(held) if len(held) else None


def spread(values: Floats) -> Percentiles:
    """The 5th, 50th and 95th percentile, straight between neighbouring draws."""
    low, median, high = np.percentile(values, [5, 50, 95])
    return Percentiles(float(low), float(median), float(high))


def terms(problem: Problem, package: Package | None) -> Terms | None:
    """A package in words."""
    return None if package is None else problem.labelled(package)
