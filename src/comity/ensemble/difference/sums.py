"""Sums over draws from which shares of draws and their errors are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.dossier.quantity import Floats
from comity.ensemble.difference.orders import Plan
from comity.ensemble.difference.results import SAME

Answers = Mapping[str, Floats]
"""Name of an answer to its value in every draw, shape (n,)."""


@dataclass(frozen=True)
class Sums:
    """Sums over draws for one item: what is needed for means and their errors.

    ``means`` maps a mixture to the sum of each answer over draws; ``squares`` maps each answer to
    the squares of its change in each draw: in all, and alone, last and as a share by group.
    """

    means: Mapping[frozenset[int], Floats]
    names: tuple[str, ...]
    squares: Floats
    moved: Floats

    def __add__(self, other: Sums) -> Sums:
        means = {mixture: total + other.means[mixture] for mixture, total in self.means.items()}
        return Sums(means, self.names, self.squares + other.squares, self.moved + other.moved)


class Gathering:
    """The answers of one item in one chunk, mixture by mixture, added up as they come."""

    def __init__(self, planned: Plan) -> None:
        self.plan = planned
        self.means: dict[frozenset[int], Floats] = {}
        self.kept: dict[frozenset[int], Floats] = {}
        self.shares: Floats | None = None
        self.names: tuple[str, ...] = ()

    def add(self, mixture: frozenset[int], answers: Answers) -> None:
        """One mixture's answers; only the ends and the single steps are kept draw by draw."""
        values = np.stack(list(answers.values()))
        self.names = tuple(answers)
        self.means[mixture] = values.sum(axis=1)
        size = self.plan.size
        if self.shares is None:
            self.shares = np.zeros((size, *values.shape))
        for g, weight in self.plan.weights(mixture).items():
            self.shares[g] += weight * values
        if len(mixture) in {0, 1, size - 1, size}:
            self.kept[mixture] = values

    def sums(self) -> Sums:
        size, every = self.plan.size, frozenset(range(self.plan.size))
        before, after = self.kept[frozenset()], self.kept[every]
        assert self.shares is not None
        steps = [
            after - before,
            *(self.kept[frozenset({g})] - before for g in range(size)),
            *(after - self.kept[every - {g}] for g in range(size)),
            *self.shares,
        ]
        squares = np.stack([(step**2).sum(axis=1) for step in steps], axis=1)
        moved = (np.abs(after - before) > SAME).sum(axis=1).astype(float)
        return Sums(self.means, self.names, squares, moved)
