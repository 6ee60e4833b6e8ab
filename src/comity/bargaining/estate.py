"""An estate too small for all claims on it, divided in exact fractions.

Aumann & Maschler, "Game theoretic analysis of a bankruptcy problem from the Talmud", Journal of
Economic Theory 36 (1985); the other rules as surveyed by Thomson, "Axiomatic and game-theoretic
analysis of bankruptcy and taxation problems", Mathematical Social Sciences 45 (2003).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from comity.bargaining.exact import Number, fraction
from comity.errors import DossierError, Place, UnsupportedError

Rule = Literal[
    "contested garment",
    "Talmud",
    "constrained equal awards",
    "constrained equal losses",
    "proportional",
]

Amounts = Mapping[str, Fraction]


@dataclass(frozen=True)
class Division:
    """What each claimant is awarded, and what it loses of its claim."""

    rule: Rule
    estate: Fraction
    claims: Amounts
    awards: Amounts

    @property
    def losses(self) -> dict[str, Fraction]:
        """Claim less award."""
        return {who: claim - self.awards[who] for who, claim in self.claims.items()}


def contested_garment(estate: Number, claims: Mapping[str, Number]) -> Division:
    """Two claimants: each gets what the other concedes; what both claim is halved.

    Mishnah, Bava Metzia 2a. With (x)₊ = max(x, 0): party 1 gets (E − c₂)₊ + (E − (E − c₁)₊ −
    (E − c₂)₊)/2. Raises UnsupportedError for other than two claimants.
    """
    size, exact = _read(estate, claims)
    if len(exact) != 2:
        raise UnsupportedError(
            "the contested garment is for two claimants",
            found=", ".join(exact),
            mend="use talmud, which agrees with it on every pair",
        )
    (first, c1), (second, c2) = exact.items()
    theirs, ours = max(size - c1, Fraction(0)), max(size - c2, Fraction(0))
    half = (size - theirs - ours) / 2
    return Division("contested garment", size, exact, {first: ours + half, second: theirs + half})


def talmud(estate: Number, claims: Mapping[str, Number]) -> Division:
    """The one division that agrees with the contested garment on every pair (their theorem A).

    Up to half the sum of claims, equal awards of at most half a claim; beyond it, equal losses of
    at most half a claim. Mishnah, Ketubot 93a.
    """
    size, exact = _read(estate, claims)
    halves = {who: claim / 2 for who, claim in exact.items()}
    middle = sum(halves.values(), Fraction(0))
    if size <= middle:
        return Division("Talmud", size, exact, _level(size, halves))
    losses = _level(2 * middle - size, halves)
    return Division("Talmud", size, exact, {k: exact[k] - losses[k] for k in exact})


def constrained_equal_awards(estate: Number, claims: Mapping[str, Number]) -> Division:
    """The same for everybody, but to nobody more than its claim: min(cᵢ, λ)."""
    size, exact = _read(estate, claims)
    return Division("constrained equal awards", size, exact, _level(size, exact))


def constrained_equal_losses(estate: Number, claims: Mapping[str, Number]) -> Division:
    """Everybody loses the same, but nobody more than its claim: max(cᵢ − λ, 0)."""
    size, exact = _read(estate, claims)
    losses = _level(sum(exact.values(), Fraction(0)) - size, exact)
    awards = {who: exact[who] - losses[who] for who in exact}
    return Division("constrained equal losses", size, exact, awards)


def proportional(estate: Number, claims: Mapping[str, Number]) -> Division:
    """To each in proportion to its claim: E cᵢ/Σcⱼ."""
    size, exact = _read(estate, claims)
    total = sum(exact.values(), Fraction(0))
    share = size / total if total else Fraction(0)
    return Division("proportional", size, exact, {k: share * claim for k, claim in exact.items()})


def _level(amount: Fraction, most: Amounts) -> dict[str, Fraction]:
    """Spread an amount as evenly as can be, to nobody more than its most.

    Steps: from the smallest most upwards, give each the smaller of its most and an even share of
    what is left.
    """
    given: dict[str, Fraction] = {}
    for done, who in enumerate(sorted(most, key=lambda who: most[who])):
        given[who] = min(most[who], amount / (len(most) - done))
        amount -= given[who]
    return {who: given[who] for who in most}


def _read(estate: Number, claims: Mapping[str, Number]) -> tuple[Fraction, dict[str, Fraction]]:
    """Estate and claims as exact fractions; the estate may not exceed the sum of the claims."""
    size = fraction(estate, "estate")
    exact = {who: fraction(claim, f"claims.{who}") for who, claim in claims.items()}
    total = sum(exact.values(), Fraction(0))
    if size > total:
        raise DossierError(
            "the estate is larger than all claims on it together",
            place=Place(field="estate"),
            found=f"estate {size}, claims {total}",
            mend="there is nothing to divide: everybody can be paid in full",
        )
    return size, exact
