"""A frontier by listing every package, to check solutions without the frontier's own code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from comity.bargaining.problem import SAME, Floats, Interaction, Limit, Package, Problem


@dataclass(frozen=True, eq=False)
class Listed:
    """What `Frontier` promises, from a list of all allowed packages."""

    problem: Problem
    points: Floats
    on: tuple[tuple[Package, ...], ...]
    epsilon: float = 0.0
    above: Floats | None = field(default=None)

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(len(packages) for packages in self.on)

    @property
    def packages(self) -> int:
        return sum(self.counts)

    def at(self, point: int) -> Iterator[Package]:
        return iter(self.on[point])

    def first(self, point: int) -> Package:
        return self.on[point][0]


def listed(problem: Problem) -> Listed:
    """The frontier of a small problem, points within 1e-9 taken as one (§41, §44)."""
    everything = [tuple(p) for p in product(*map(range, problem.sizes))]
    packages = [p for p, ok in zip(everything, problem.allowed(everything), strict=True) if ok]
    worth = problem.utilities(packages)
    groups: dict[tuple[float, ...], list[int]] = {}
    for row, utilities in enumerate(worth):
        if not any(dominates(other, utilities) for other in worth):
            groups.setdefault(tuple(np.round(utilities / SAME / 10).tolist()), []).append(row)
    order = sorted(groups.values(), key=lambda rows: tuple(-worth[rows[0]]))
    points = np.array([worth[rows[0]] for rows in order]).reshape(-1, len(problem.parties))
    return Listed(problem, points, tuple(tuple(packages[row] for row in rows) for rows in order))


def dominates(one: Floats, other: Floats) -> bool:
    """At least as good for every party, better for one."""
    return bool(np.all(one >= other - SAME) and np.any(one > other + SAME))


def problem_of(
    worth: Sequence[Sequence[Sequence[float]]],
    reservation: Sequence[float],
    interactions: Sequence[Interaction] = (),
    limits: Sequence[Limit] = (),
) -> Problem:
    """A problem from ``worth[issue][option][party]``; names are letters and numbers."""
    parties = len(reservation)
    return Problem(
        tuple("ABCDEFGHI"[:parties]),
        tuple(f"issue{k}" for k in range(len(worth))),
        tuple(tuple(f"o{j}" for j in range(len(options))) for options in worth),
        tuple(np.array(options, dtype=float).reshape(-1, parties) for options in worth),
        np.array(reservation, dtype=float),
        np.ones(parties),
        tuple(interactions),
        tuple(limits),
    )
