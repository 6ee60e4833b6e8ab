"""A bargaining problem in numbers: issues with options, what each is worth to each party, limits.

One problem is one reading of the talks: the middle one, or one draw. A *package* is one option for
each issue, given by their places: a tuple of ints, or a row of an int array.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Package = tuple[int, ...]
"""One option for each issue, by its place."""

SAME = 1e-9
"""Utilities no further apart than this are one (conventions §41)."""


@dataclass(frozen=True, eq=False)
class Interaction:
    """What options of two issues are worth together, beyond their sum.

    ``worth`` has shape (options of ``first``, options of ``second``, parties).
    """

    first: int
    second: int
    worth: Floats


@dataclass(frozen=True, eq=False)
class Never:
    """A combination that no package may hold: on every issue named, a marked option.

    ``marked`` holds pairs of an issue and a mask over its options.
    """

    marked: tuple[tuple[int, Bools], ...]


@dataclass(frozen=True, eq=False)
class AtMost:
    """A sum that no package may exceed: pairs of an issue and an amount for each option."""

    amounts: tuple[tuple[int, Floats], ...]
    bound: float


@dataclass(frozen=True, eq=False)
class Limit:
    """A red line of a party, or a link that binds all: what packages it rules out.

    ``name`` is unique in the problem; ``party`` is None for a link.
    """

    name: str
    kind: Literal["red line", "link"]
    party: str | None
    never: tuple[Never, ...] = ()
    at_most: tuple[AtMost, ...] = ()


@dataclass(frozen=True, eq=False)
class Problem:
    """What every package is worth to every party, and which packages are allowed.

    The utility of package x to party i is Σₖ worth[k][xₖ, i] plus its interactions. Shapes:
    ``worth[k]`` (options of issue k, parties), ``reservation`` (parties,), ``divisors`` (parties,).
    ``divisors`` are the sums of weights by which ``worth`` was divided, or ones: multiplied back,
    inputs that were written as decimals are decimals again, so that ties can be counted exactly.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    worth: tuple[Floats, ...]
    reservation: Floats
    divisors: Floats
    interactions: tuple[Interaction, ...] = ()
    limits: tuple[Limit, ...] = ()

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many options each issue has."""
        return tuple(len(options) for options in self.options)

    @property
    def outcomes(self) -> int:
        """How many packages there are, allowed or not."""
        return prod(self.sizes)

    def utilities(self, packages: Ints | Sequence[Package]) -> Floats:
        """What packages are worth: shape (packages, parties)."""
        rows = as_rows(packages, len(self.issues))
        total = np.zeros((len(rows), len(self.parties)))
        for issue, worth in enumerate(self.worth):
            total += worth[rows[:, issue]]
        for both in self.interactions:
            total += both.worth[rows[:, both.first], rows[:, both.second]]
        return total

    def crossed(self, packages: Ints | Sequence[Package]) -> Bools:
        """Which limits packages break: shape (packages, limits)."""
        rows = as_rows(packages, len(self.issues))
        broken = np.zeros((len(rows), len(self.limits)), dtype=bool)
        for index, limit in enumerate(self.limits):
            for never in limit.never:
                hit = [mask[rows[:, issue]] for issue, mask in never.marked]
                broken[:, index] |= np.logical_and.reduce(hit)
            for cap in limit.at_most:
                used = sum(amount[rows[:, issue]] for issue, amount in cap.amounts)
                broken[:, index] |= used > cap.bound + SAME * max(1.0, abs(cap.bound))
        return broken

    def allowed(self, packages: Ints | Sequence[Package]) -> Bools:
        """Which packages break no limit: shape (packages,)."""
        free: Bools = ~np.any(self.crossed(packages), axis=1)
        return free

    def without(self, *names: str) -> Problem:
        """The problem with some limits lifted."""
        return replace(self, limits=tuple(x for x in self.limits if x.name not in names))

    def labelled(self, package: Package) -> dict[str, str]:
        """A package in words: issue to option."""
        chosen = zip(self.issues, self.options, package, strict=True)
        return {issue: options[place] for issue, options, place in chosen}


def as_rows(packages: Ints | Sequence[Package], issues: int) -> Ints:
    """Packages as an int array, one row each."""
    rows: Ints = np.asarray(packages, dtype=np.int64).reshape(-1, issues)
    return rows
