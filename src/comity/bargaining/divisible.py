"""Adjusted Winner for talks whose every issue is a divisible quantity between two parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from comity.bargaining.adjusted_winner import AdjustedWinner, adjusted_winner
from comity.bargaining.exact import fraction
from comity.bargaining.ranks import centroid
from comity.dossier.quantity import AMOUNT, WORTH, Domain, Quantity
from comity.dossier.talks import Preference, Talks
from comity.errors import Place, UnsupportedError

NEAR = Fraction(1, 10**9)
"""How far from a straight line worths may lie: as near as utilities that are one (§41)."""


def adjusted_winner_of(talks: Talks) -> AdjustedWinner:
    """Adjusted Winner from the parties' weights; medians where they are uncertain (§40).

    A party's points on an issue are what all of it is worth to the party more than none of it.
    Quantities are divided without regard to the parts into which the talks would cut them.
    Reservation values play no part: compare the result with them.

    Raises UnsupportedError, saying why, for talks that ``why_not`` gives a reason for.
    """
    if reason := why_not(talks):
        raise UnsupportedError(
            f"Adjusted Winner does not fit these talks: {reason}",
            place=Place(field="talks"),
            mend="the solutions over packages fit all talks",
        )
    points = {party: _points(talks, party) for party in talks.parties}
    return replace(adjusted_winner(points), exact=all(_certain(talks, p) for p in talks.parties))


def why_not(talks: Talks) -> str:
    """Why Adjusted Winner does not fit the talks; nothing if it does."""
    return next(_reasons(talks), "")


def _reasons(talks: Talks) -> Iterator[str]:
    if len(talks.parties) != 2:
        yield f"it is for two parties, not {len(talks.parties)}"
    for name, issue in talks.issues.items():
        if issue.divisible is None:
            yield f"issue '{name}' is not a divisible quantity"
            return
    if talks.links:
        yield f"it knows no links, such as '{next(iter(talks.links))}'"
    for party in talks.parties:
        yield from _reasons_of(talks, party)


def _reasons_of(talks: Talks, party: str) -> Iterator[str]:
    held = talks.preferences[party]
    if held.interactions:
        yield f"it knows no interactions, such as {party}'s '{next(iter(held.interactions))}'"
    if held.red_lines:
        yield f"it knows no red lines, such as {party}'s '{next(iter(held.red_lines))}'"
    for name, preference in held.issues.items():
        if not _straight(talks, name, preference):
            yield (
                f"to {party} the worth of '{name}' does not rise in a straight line from none of "
                "it to all of it"
            )
    if not any(_points(talks, party).values()):
        yield f"nothing matters to {party}"


def _straight(talks: Talks, issue: str, held: Preference) -> bool:
    """Whether worth rises, or stays level, in a straight line from nothing to the total."""
    if held.lights is not None:
        return False
    if held.values is None:
        return True
    values, total = _values(held.values), _total(talks, issue)
    if not {Fraction(0), total} <= set(values):
        return False
    none, rise = values[Fraction(0)], values[total] - values[Fraction(0)]
    off = (abs(worth - none - rise * at / total) for at, worth in values.items())
    return rise >= 0 and all(gap <= NEAR for gap in off)


def _points(talks: Talks, party: str) -> dict[str, Fraction]:
    """Weight times what all of an issue is worth more than none of it."""
    weights = _weights(talks, party)
    return {
        issue: weights[issue] * _rise(talks, issue, held)
        for issue, held in talks.preferences[party].issues.items()
    }


def _rise(talks: Talks, issue: str, held: Preference) -> Fraction:
    if held.values is None:
        return Fraction(100)
    values = _values(held.values)
    return values[_total(talks, issue)] - values[Fraction(0)]


def _weights(talks: Talks, party: str) -> dict[str, Fraction]:
    held = talks.preferences[party].issues
    ranks = {issue: each.rank for issue, each in held.items() if each.rank is not None}
    weights = {issue: _middle(each.weight, AMOUNT) for issue, each in held.items() if each.weight}
    if not ranks:
        return weights
    return weights | {k: Fraction(float(w[0])) for k, w in centroid(ranks).items()}


def _values(values: Mapping[str, Quantity]) -> dict[Fraction, Fraction]:
    """Worth by amount."""
    return {fraction(amount, amount): _middle(each, WORTH) for amount, each in values.items()}


def _total(talks: Talks, issue: str) -> Fraction:
    divisible = talks.issues[issue].divisible
    assert divisible is not None
    return fraction(divisible.total, issue)


def _middle(quantity: Quantity, domain: Domain) -> Fraction:
    return Fraction(repr(quantity.median(domain)))


def _certain(talks: Talks, party: str) -> bool:
    """Whether a party's points are stated as numbers."""
    return all(
        held.weight is not None
        and held.weight.certain
        and all(each.certain for each in (held.values or {}).values())
        for held in talks.preferences[party].issues.values()
    )
