"""The joint ceiling, and claims about what a proposal gives all parties (conventions §46).

The ceiling is the most that all parties can have at once, as a share of what each could gain. A
claim such as "both at least 95 %" speaks of shares of each party's own best over the contested
issues; it is shown to be possible by a package, or refuted by a bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from comity.bargaining.contested import (
    Held,
    contested,
    holding,
    ranges,
    restored,
    uncontested,
)
from comity.bargaining.formulas import leximin
from comity.bargaining.problem import SAME, Bools, Floats, Ints, Package, Problem
from comity.bargaining.solutions import NONE_WITHIN, Solutions, solutions
from comity.errors import DossierError, Place, TooLargeError

if TYPE_CHECKING:
    from comity.bargaining.frontier import Frontier

LOOKED_AT = (1.0, 0.9, 0.7, 0.4, 0.0)
"""Parts of the share claimed from which on its bound is looked for, one after the other."""


@dataclass(frozen=True, eq=False)
class Ceiling:
    """The largest smallest normalised gain, and a package that attains it.

    ``value`` is None if no package lies within all stated limits, or if nobody can gain anything;
    ``at_most`` is larger than it only on an approximate frontier. ``utilities`` has shape
    (parties,); ``left_out`` names the parties that can gain nothing.
    """

    value: float | None
    at_most: float | None
    package: Package | None
    utilities: Floats | None
    left_out: tuple[str, ...]
    why: str


def joint_ceiling(frontier: Frontier, solved: Solutions | None = None) -> Ceiling:
    """The joint ceiling: the Kalai–Smorodinsky value (§46). ``solved`` saves solving again."""
    return ceiling_of(solved or solutions(frontier))


def ceiling_of(solved: Solutions) -> Ceiling:
    """The joint ceiling read off solutions, also those found without a frontier."""
    found = solved.kalai_smorodinsky
    if found.exists and not solved.remaining.any():
        why = "No package within all stated limits gives any party more than its reservation value."
        return Ceiling(None, None, found.package, found.utilities, solved.left_out, why)
    if not found.exists:
        return Ceiling(None, None, None, None, solved.left_out, found.why)
    return Ceiling(found.value, found.at_most, found.package, found.utilities, solved.left_out, "")


@dataclass(frozen=True, eq=False)
class Tested:
    """Whether all named parties can get at least a share of their own best.

    ``package`` is the witness, or the package that comes nearest; None if nothing lies within all
    stated limits. ``bound`` is its smallest share, the largest that any package has; NaN then.
    ``shares``, ``least`` and ``most`` have shape (parties,): each party's share under the package
    (NaN if it was left out), its worst lᵢ and its best mᵢ over the contested issues. ``left_out``
    names parties of the claim that are indifferent among all allowed packages.
    """

    possible: bool
    at_least: float
    parties: tuple[str, ...]
    package: Package | None
    utilities: Floats | None
    shares: Floats
    bound: float
    least: Floats
    most: Floats
    left_out: tuple[str, ...]
    contested: tuple[str, ...]
    why: str


def test_claim(
    problem: Problem,
    at_least: float,
    parties: Sequence[str] = (),  # noqa: PT028 - a claim is tested, pytest has no part in it
    known: Frontier | None = None,  # noqa: PT028
) -> Tested:
    """Put a claim to the test: ``at_least`` a share from 0 to 1 for ``parties`` (none: for all).

    Steps: (1) hold uncontested issues at their common best option, which no limit forbids and
    nobody minds; (2) find every party's worst and best over the allowed packages that are left;
    (3) look for packages within all stated limits with the shares claimed; (4) if there are none,
    lower the shares until there are, and take the largest smallest one.

    ``known``, an exact frontier of the problem that reaches down to the reservation values, spares
    (3) and (4) a search. Where the frontier is out of reach, an integer programme makes the
    smallest share largest.

    Raises DossierError for a share outside 0 to 1 or an unknown party.
    """
    named, held = _named(problem, at_least, parties), uncontested(problem)
    reduced = holding(problem, held)
    ends = ranges(reduced)
    if ends is None:
        unknown = np.full(len(named), np.nan)
        return _Claim(problem, at_least, named, unknown, unknown).nothing("No package is allowed.")
    claim = _Claim(problem, at_least, named, *ends)
    if known is not None:
        return claim.tested(known, {})
    try:
        return claim.tested(claim.search(reduced), held)
    except TooLargeError:
        return claim.by_programme(reduced, held)


@dataclass(frozen=True, eq=False)
class _Claim:
    """A claim about a problem in which something is allowed, with what shares are measured by."""

    problem: Problem
    at_least: float
    named: Bools
    least: Floats
    most: Floats

    @property
    def counted(self) -> Bools:
        """Named parties that are not indifferent."""
        return self.named & (self.most - self.least > SAME)

    def needed(self, share: float) -> Floats:
        """Utilities within reservation values that give the counted parties so large a share."""
        claimed = self.least + share * (self.most - self.least)
        return np.maximum(self.problem.reservation, np.where(self.counted, claimed, -np.inf))

    def within(self, points: Floats, share: float) -> Ints:
        """Which points give every party what it needs."""
        return np.flatnonzero(np.all(points >= self.needed(share) - SAME, axis=1))

    def search(self, reduced: Problem) -> Frontier:
        """The part of the frontier with the share claimed; if there is none, with less."""
        from comity.bargaining.frontier import frontier

        for part in LOOKED_AT:
            share = part * self.at_least
            found = frontier(reduced, above=self.needed(share))
            if len(self.within(found.points, share)):
                break
        return found

    def tested(self, found: Frontier, held: Held) -> Tested:
        rows = self.within(found.points, 0.0)
        if not len(rows):
            return self.nothing(NONE_WITHIN)
        slack = SAME / (self.most - self.least)[self.counted]
        measured = self.shares(found.points[rows])[:, self.counted]
        row = int(rows[leximin(measured, slack)][0])
        return self.answered(restored(found.first(row), held), found.points[row])

    def by_programme(self, reduced: Problem, held: Held) -> Tested:
        """The same without a frontier."""
        from comity.bargaining.beyond import largest_smallest

        found = largest_smallest(reduced, self.least, self.most - self.least, self.counted)
        if found is None:
            return self.nothing(NONE_WITHIN)
        package, bound = restored(found.package, held), found.bound
        answer = self.answered(package, self.problem.utilities([package])[0])
        return replace(answer, bound=max(answer.bound, bound)) if self.counted.any() else answer

    def shares(self, utilities: Floats) -> Floats:
        """Shares of (…, parties) utilities in each counted party's own range, else NaN."""
        room = np.where(self.counted, self.most - self.least, np.nan)
        shares: Floats = (utilities - self.least) / room
        return shares

    def answered(self, package: Package, utilities: Floats) -> Tested:
        """What a package says to the claim, if none has a larger smallest share."""
        shares, somebody = self.shares(utilities), bool(self.counted.any())
        return replace(
            self.nothing("" if somebody else "No party named can gain or lose."),
            possible=bool(np.all(utilities >= self.needed(self.at_least) - SAME)),
            package=package,
            utilities=utilities,
            shares=shares,
            bound=float(np.nanmin(shares)) if somebody else float("nan"),
        )

    def nothing(self, why: str) -> Tested:
        parties = self.problem.parties
        return Tested(
            possible=False,
            at_least=self.at_least,
            parties=tuple(compress(parties, self.named)),
            package=None,
            utilities=None,
            shares=np.full(len(parties), np.nan),
            bound=float("nan"),
            least=self.least,
            most=self.most,
            left_out=tuple(compress(parties, self.named & ~self.counted)),
            contested=contested(self.problem),
            why=why,
        )


def _named(problem: Problem, at_least: float, parties: Sequence[str]) -> Bools:
    """Which parties a claim speaks of: shape (parties,)."""
    if not 0.0 <= at_least <= 1.0:
        raise DossierError(
            "a claim states a share of each party's own best",
            place=Place(field="at_least"),
            found=at_least,
            mend="write a number from 0 to 1, such as 0.95",
        )
    if strange := sorted(set(parties) - set(problem.parties)):
        raise DossierError(
            "a claim speaks of somebody who is no party to the talks",
            place=Place(field="parties"),
            found=", ".join(strange),
            mend=f"name some of {', '.join(problem.parties)}, or nobody for all of them",
        )
    return np.array([not parties or party in parties for party in problem.parties], dtype=bool)
