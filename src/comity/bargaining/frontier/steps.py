"""Utilities counted in whole steps, so that sums do not depend on their order (conventions §41)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.bargaining.problem import SAME, Floats, Ints, Problem

FINEST = 12
"""Weight times value is counted in steps of 10⁻¹²; finer only if the weights sum to less than 1."""

LARGEST = 2.0**62
"""No sum of steps, and no difference of two sums, may leave 64 bits."""

DIGITS = 15
"""Decimals of so many digits survive being floats."""


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
    """A problem's worth counted in whole steps, party by party in the finest that fits."""
    tables = _tables(problem)
    scale = _scale(problem, tables)
    per_point = 10.0**scale * problem.divisors
    return Steps(
        tuple(_whole(worth * problem.divisors, scale) for worth in problem.worth),
        {both: _whole(table * problem.divisors, scale) for both, table in tables.items()},
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


def _scale(problem: Problem, tables: dict[tuple[int, int], Floats]) -> Ints:
    """How many decimal places of weight times value each party is counted in."""
    largest = np.zeros(len(problem.parties))
    for worth in (*problem.worth, *tables.values()):
        largest += np.abs(worth).reshape(-1, len(problem.parties)).max(axis=0)
    largest *= problem.divisors
    fits = np.floor(np.log10(LARGEST / 4 / np.maximum(largest, 1e-30)))
    finest = FINEST + np.maximum(0, np.ceil(-np.log10(problem.divisors)))
    places: Ints = np.minimum(fits, finest).astype(np.int64)
    return places


def _whole(values: Floats, scale: Ints) -> Ints:
    """Values × 10^scale as whole numbers; decimals of up to 15 digits exactly."""
    magnitude = np.floor(np.log10(np.maximum(np.abs(values), 1e-300))).astype(np.int64) + 1
    places = np.minimum(np.maximum(DIGITS - magnitude, -300), scale)
    kept = np.rint(values * 10.0**places).astype(np.int64)
    whole: Ints = kept * 10 ** (scale - places)
    return whole
