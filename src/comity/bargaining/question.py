"""Which answer would help most: the value of knowing an input, read off the draws made (§50).

The expected value of perfect information (Raiffa & Schlaifer, Applied Statistical Decision Theory,
1961), from given draws by strata of an input (Strong & Oakley, "An efficient method for computing
single-parameter partial expected value of perfect information", Medical Decision Making 33, 2013).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.bargaining.problem import Floats, Ints

FIFTHS = 5
PARTITIONS = 2_000
"""Partitions of the draws by chance alone, against which inputs are measured."""


@dataclass(frozen=True)
class Answer:
    """How much knowing one input is worth.

    ``value``: fall of the mean regret if the best package may be chosen separately in each fifth
    of the input, less the mean fall that chance gives. ``beyond_chance``: the fall is larger than
    that of every partition made by chance. ``choice``: the best package in each fifth, from the
    lowest fifth up.
    """

    path: str
    value: float
    beyond_chance: bool
    choice: tuple[int, ...]


def answers(regret: Floats, columns: Mapping[str, Floats], seed: int) -> list[Answer]:
    """What knowing each input would be worth, most first.

    ``regret`` (draws, packages of the menu); ``columns`` the draws of each input, (draws,). With
    fewer than two packages, or fewer draws than fifths, there is nothing to learn.
    """
    draws, packages = regret.shape
    if packages < 2 or draws < FIFTHS:
        return []
    chance = by_chance(regret, seed)
    expected, most = float(chance.mean()), float(chance.max())
    found = []
    for path, column in columns.items():
        fall, choice = fall_of(regret, fifths(column))
        beyond = fall > most + 1e-12 and len(set(choice)) > 1
        found.append(Answer(path, fall - expected, beyond, choice))
    return sorted(found, key=lambda answer: (not answer.beyond_chance, -answer.value, answer.path))


def fifths(column: Floats) -> Ints:
    """In which fifth of the draws each draw of an input lies: 0 the lowest, 4 the highest."""
    places = np.empty(len(column), dtype=np.int64)
    places[np.argsort(column, kind="stable")] = np.arange(len(column))
    return places * FIFTHS // len(column)


def fall_of(regret: Floats, fifth: Ints) -> tuple[float, tuple[int, ...]]:
    """Fall of the mean regret if each fifth has its own best package, and which these are."""
    columns = [np.bincount(fifth, weights=column, minlength=FIFTHS) for column in regret.T]
    sums: Floats = np.stack(columns, axis=1)
    best = np.argmin(sums, axis=1)
    now = regret.sum(axis=0).min()
    fall = (now - sums.min(axis=1).sum()) / len(regret)
    return max(float(fall), 0.0), tuple(int(place) for place in best)


def by_chance(regret: Floats, seed: int) -> Floats:
    """Falls under partitions of the draws into fifths that know nothing: (PARTITIONS,)."""
    rng = np.random.Generator(np.random.Philox(key=[seed % 2**64, 50]))
    fifth = fifths(np.arange(len(regret), dtype=float))
    return np.array([fall_of(regret, rng.permutation(fifth))[0] for _ in range(PARTITIONS)])
