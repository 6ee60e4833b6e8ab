"""Fairness of a package between parties, with what shows it (conventions §47).

Give and get count each issue by itself; what options of two issues are worth together belongs to
neither issue and is reported apart. Everything that compares gains leaves out parties that can
gain nothing, and is NaN where the package gives somebody less than its reservation value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.problem import SAME, Bools, Floats, Package, Problem
from comity.bargaining.solutions import Solutions

MEASURES = ("nash", "kalai_smorodinsky", "egalitarian")
"""The solutions that a tilt is measured against."""


@dataclass(frozen=True, eq=False)
class Tilt:
    """How far a package leans towards a party, next to the three solutions.

    ``against`` maps a solution to the tilt towards the party, negative against it; of several tied
    points the one that gives the smallest counts, and if they lean both ways it is 0. ``claimed``
    is the smallest of the three, signed, if all lean the same way; else 0. Both are empty and 0
    for a party left out, and where a solution is missing or only approximate.
    """

    party: str
    against: dict[str, float]
    claimed: float


@dataclass(frozen=True)
class Envy:
    """A party that would rather have another's deal: the other's normalised gain is larger."""

    party: str
    of: str
    by: float


@dataclass(frozen=True)
class Moved:
    """What one issue carries of what a party gives or gets, in the party's own points."""

    issue: str
    option: str
    next_to: str
    amount: float


@dataclass(frozen=True, eq=False)
class Fairness:
    """What a package gives to and asks of each party. Arrays have shape (parties,).

    ``give``: what a party gives up next to its best option on every issue; ``get``: what it has
    beyond the others' best options; ``interactions``: what pairs of options add. ``gains`` are
    uᵢ − dᵢ, ``normalised`` nᵢ, ``gain_shares`` gᵢ/Σgⱼ, ``equitability`` the smallest over the
    largest nᵢ. ``gives`` and ``gets`` list, party by party, the issues that carry it, largest
    first. ``why`` says in a sentence why no tilt can be claimed, if none can.
    """

    parties: tuple[str, ...]
    package: Package
    utilities: Floats
    give: Floats
    get: Floats
    interactions: Floats
    gives: tuple[tuple[Moved, ...], ...]
    gets: tuple[tuple[Moved, ...], ...]
    gains: Floats
    normalised: Floats
    gain_shares: Floats
    equitability: float
    envy: tuple[Envy, ...]
    tilt: tuple[Tilt, ...]
    left_out: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Durable:
    """Whether a party keeps terms, and by what margin: uᵢ − dᵢ in its points.

    ``finds`` is "unfair" if a tilt against it is claimed, "favourable" if one towards it is, else
    "no tilt"; ``share`` is the margin as a share of what it could gain, NaN if that is nothing.
    """

    party: str
    finds: Literal["unfair", "favourable", "no tilt"]
    tilt: float
    keeps: bool
    margin: float
    share: float


def fairness(problem: Problem, package: Package, solved: Solutions) -> Fairness:
    """Give, get, gain shares, equitability and tilt of a package, with what carries them.

    ``solved`` are the solutions of the same problem. The package need not be allowed.
    """
    utilities = problem.utilities([package])[0]
    gains = utilities - problem.reservation
    normalised = solved.normalised(utilities)
    given, got = given_up(problem, package), beyond_others(problem, package)
    within = bool(np.all(gains >= -SAME))
    return Fairness(
        problem.parties,
        package,
        utilities,
        given.sum(axis=0),
        got.sum(axis=0),
        utilities - sum(worth[place] for worth, place in zip(problem.worth, package, strict=True)),
        _carried(problem, package, given, [_best(worth) for worth in problem.worth]),
        _carried(problem, package, got, [others_best(worth) for worth in problem.worth]),
        gains,
        normalised,
        _gain_shares(gains, solved.remaining, within),
        _equitability(normalised[solved.remaining], within),
        tuple(_envies(problem.parties, normalised)),
        tilts(solved, utilities),
        solved.left_out,
        _why_no_tilt(solved),
    )


def durable(found: Fairness) -> tuple[Durable, ...]:
    """Would each party keep the terms: does it get at least its reservation value (§47)?

    A party that finds them unfair may keep them all the same, for want of anything better.
    """
    return tuple(
        Durable(
            tilt.party,
            "unfair" if tilt.claimed < 0 else "favourable" if tilt.claimed > 0 else "no tilt",
            tilt.claimed,
            bool(gain >= -SAME),
            float(gain),
            float(share),
        )
        for tilt, gain, share in zip(found.tilt, found.gains, found.normalised, strict=True)
    )


# --- give and get -------------------------------------------------------------------------------


def given_up(problem: Problem, package: Package) -> Floats:
    """wᵢₖ (max vᵢₖ − vᵢₖ(xₖ)): shape (issues, parties). The best option may be one ruled out."""
    return np.array(
        [
            worth.max(axis=0) - worth[place]
            for worth, place in zip(problem.worth, package, strict=True)
        ]
    )


def beyond_others(problem: Problem, package: Package) -> Floats:
    """wᵢₖ (vᵢₖ(xₖ) − vᵢₖ(b₋ᵢₖ)), b₋ᵢₖ what is best for the others: shape (issues, parties)."""
    everyone = np.arange(len(problem.parties))
    return np.array(
        [
            worth[place] - worth[others_best(worth), everyone]
            for worth, place in zip(problem.worth, package, strict=True)
        ]
    )


def others_best(worth: Floats) -> NDArray[np.intp]:
    """For each party the option with the largest sum of the others' worth.

    ``worth`` (options, parties). Of several such options the one worst for the party itself.
    """
    others = worth.sum(axis=1, keepdims=True) - worth
    theirs = others >= others.max(axis=0) - SAME
    places: NDArray[np.intp] = np.where(theirs, worth, np.inf).argmin(axis=0)
    return places


def _best(worth: Floats) -> NDArray[np.intp]:
    places: NDArray[np.intp] = worth.argmax(axis=0)
    return places


def _carried(
    problem: Problem, package: Package, amounts: Floats, next_to: list[NDArray[np.intp]]
) -> tuple[tuple[Moved, ...], ...]:
    """Party by party the issues on which anything is moved, the largest amount first."""
    found = []
    for party in range(len(problem.parties)):
        order = np.argsort(-np.abs(amounts[:, party]), kind="stable")
        found.append(
            tuple(
                Moved(
                    problem.issues[k],
                    problem.options[k][package[k]],
                    problem.options[k][next_to[k][party]],
                    float(amounts[k, party]),
                )
                for k in order
                if abs(amounts[k, party]) > SAME
            )
        )
    return tuple(found)


# --- comparing gains ----------------------------------------------------------------------------


def tilts(solved: Solutions, utilities: Floats) -> tuple[Tilt, ...]:
    """The tilt of a point (parties,) towards each party, and which of it may be claimed."""
    if _why_no_tilt(solved):
        return tuple(Tilt(party, {}, 0.0) for party in solved.parties)
    leanings = {name: _leanings(solved, name, utilities) for name in MEASURES}
    return tuple(
        _tilt(party, {name: each[:, i] for name, each in leanings.items()})
        if solved.remaining[i]
        else Tilt(party, {}, 0.0)
        for i, party in enumerate(solved.parties)
    )


def _leanings(solved: Solutions, name: str, utilities: Floats) -> Floats:
    """(nᵢ(x) − mean n(x)) − (nᵢ(s) − mean n(s)) for every tied point s: (points, parties)."""
    points = getattr(solved, name).points
    return _from_mean(solved, utilities[None, :]) - _from_mean(solved, points)


def _from_mean(solved: Solutions, points: Floats) -> Floats:
    normalised = solved.normalised(points)
    centred: Floats = normalised - normalised[:, solved.remaining].mean(axis=1, keepdims=True)
    return centred


def _tilt(party: str, leanings: dict[str, Floats]) -> Tilt:
    nearest = {name: float(_nearest(each)) for name, each in leanings.items()}
    return Tilt(party, nearest, float(_nearest(np.array(list(nearest.values())))))


def _nearest(leanings: Floats) -> float:
    """The smallest leaning, signed, if all lean the same way; else 0."""
    if np.all(leanings > SAME) or np.all(leanings < -SAME):
        return float(leanings[np.abs(leanings).argmin()])
    return 0.0


def _gain_shares(gains: Floats, remaining: Bools, within: bool) -> Floats:
    kept = np.where(remaining, gains, np.nan)
    total = np.nansum(kept)
    return kept / total if within and total > SAME else np.full(len(gains), np.nan)


def _equitability(normalised: Floats, within: bool) -> float:
    if not within or not len(normalised) or not normalised.max() > SAME:
        return float("nan")
    return float(max(normalised.min(), 0.0) / normalised.max())


def _envies(parties: tuple[str, ...], normalised: Floats) -> Iterator[Envy]:
    """Who would rather have whose normalised gain, the largest difference first."""
    pairs = (
        Envy(parties[i], parties[j], float(normalised[j] - normalised[i]))
        for i, j in permutations(range(len(parties)), 2)
        if normalised[j] - normalised[i] > SAME
    )
    return iter(sorted(pairs, key=lambda envy: -envy.by))


def _why_no_tilt(solved: Solutions) -> str:
    missing = [getattr(solved, name) for name in MEASURES if not getattr(solved, name).exists]
    if missing:
        return f"Tilt has nothing to be measured against: {missing[0].why}"
    if not solved.remaining.any():
        return "Tilt has nothing to be measured by: no party can gain anything."
    if not solved.complete:
        return "Tilt is not claimed next to solutions that are approximate or may have ties."
    return ""
