"""Utilities counted in whole steps, so that sums do not depend on their order (conventions §41)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.bargaining.problem import SAME, Floats, Ints, Problem
from comity.errors import UnsupportedError

FINEST = 12
"""Weight times value is counted in steps of 10⁻¹²; finer only if the weights sum to less than 1."""

LARGEST = 2.0**60
"""No sum of steps, and no difference of two sums, may leave 64 bits."""

DIGITS = 15
"""Decimals of so many digits survive being floats."""

PART, PARTS = 400, 5000
"""Thirds, sevenths and so on are looked for up to this part, and together up to this."""


@dataclass(frozen=True, eq=False)
class Steps:
    """What a problem's options and pairs of options are worth, in whole steps.

    ``worth[k]`` (options, parties); ``pairs`` maps two issues to (options, options, parties);
    ``per_point`` (parties,): steps to a point of utility; ``same`` (parties,): steps in 10⁻⁹.
    """

    worth: tuple[Ints, ...]
    pairs: dict[tuple[int, int], Ints]
    per_point: Floats
    same: Ints


def steps(problem: Problem) -> Steps:
    """A problem's worth counted in whole steps, party by party in the finest that fits.

    Raises UnsupportedError if what something is worth is not a finite number.
    """
    worth = [each * problem.divisors for each in problem.worth]
    tables = {both: table * problem.divisors for both, table in _tables(problem).items()}
    flat = [each.reshape(-1, len(problem.parties)) for each in (*worth, *tables.values())]
    if not all(np.isfinite(each).all() for each in flat):
        raise UnsupportedError("What an option is worth to a party is not a finite number.")
    parts = _parts(np.concatenate(flat))
    scale = _scale(problem, sum(np.abs(each).max(axis=0) for each in flat) * parts)
    per_point = parts * 10.0**scale * problem.divisors
    return Steps(
        tuple(_whole(each * parts, scale) for each in worth),
        {both: _whole(table * parts, scale) for both, table in tables.items()},
        per_point,
        np.floor(SAME * per_point * (1 + 1e-12)).astype(np.int64),
    )


def _tables(problem: Problem) -> dict[tuple[int, int], Floats]:
    """Interactions, those of the same two issues added up, the earlier issue first."""
    found: dict[tuple[int, int], Floats] = {}
    for each in problem.interactions:
        both, worth = (each.first, each.second), each.worth
        if both[0] > both[1]:
            both, worth = (both[1], both[0]), worth.swapaxes(0, 1)
        found[both] = found[both] + worth if both in found else worth
    return found


def _scale(problem: Problem, largest: Floats) -> Ints:
    """How many decimal places each party's worth is counted in, given its largest sum."""
    fits = np.floor(np.log10(LARGEST / np.maximum(largest, 1e-30)))
    finest = FINEST + np.maximum(0, np.ceil(-np.log10(problem.divisors)))
    places: Ints = np.minimum(fits, finest).astype(np.int64)
    return places


def _whole(values: Floats, scale: Ints) -> Ints:
    """Values × 10^scale as whole numbers; decimals of up to 15 digits exactly."""
    magnitude = np.floor(np.log10(np.maximum(np.abs(values), 1e-30))).astype(np.int64) + 1
    places = np.minimum(DIGITS - magnitude, scale)
    kept = np.rint(values * 10.0**places).astype(np.int64)
    whole: Ints = kept * 10 ** (scale - places)
    return whole


def _parts(values: Floats) -> Floats:
    """The smallest number by which a party's worth is a decimal throughout: 3 for thirds.

    Without such a number, 1: sums are then off by a few steps, of which 10⁻⁹ has a thousand.
    """
    return np.array([_parts_of(np.unique(column)) for column in values.T], dtype=float)


def _parts_of(values: Floats) -> int:
    found, left = 1, values
    while True:
        left = left[~_decimal(left * found)]
        if not len(left):
            return found
        tries = np.arange(2, PART + 1)
        fits = np.flatnonzero(_decimal(left[0] * found * tries))
        if not len(fits) or found * tries[fits[0]] > PARTS:
            return 1
        found *= int(tries[fits[0]])


def _decimal(values: Floats) -> np.ndarray:
    """Which values are decimals of so few places that this cannot be chance (for many values)."""
    magnitude = np.ceil(np.log10(np.maximum(np.abs(values), 1.0)))
    large = values * 10.0 ** (DIGITS - 4 - magnitude)
    near: np.ndarray = np.abs(large - np.rint(large)) <= 1e-3
    return near
