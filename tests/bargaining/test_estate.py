"""Claims on an estate, in exact fractions, against the definitions of the rules."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.bargaining.estate import (
    Division,
    constrained_equal_awards,
    constrained_equal_losses,
    contested_garment,
    proportional,
    talmud,
)
from comity.errors import DossierError, UnsupportedError

RULES = (talmud, constrained_equal_awards, constrained_equal_losses, proportional)
AMOUNTS = st.fractions(0, 300, max_denominator=12)
CLAIMS = st.lists(AMOUNTS, min_size=1, max_size=6)
PART = st.fractions(0, 1, max_denominator=30)


def divided(rule: Callable[..., Division], claims: list[Fraction], part: Fraction) -> Division:
    return rule(part * sum(claims), {f"c{k}": claim for k, claim in enumerate(claims)})


@settings(max_examples=300)
@given(CLAIMS, PART)
def test_talmud_agrees_with_the_contested_garment_on_every_pair(
    claims: list[Fraction], part: Fraction
):
    """What two have together they would divide between them as the garment (theorem A)."""
    found = divided(talmud, claims, part)
    for pair in combinations(found.claims, 2):
        together = sum(found.awards[who] for who in pair)
        again = contested_garment(together, {who: found.claims[who] for who in pair})
        assert again.awards == {who: found.awards[who] for who in pair}


@given(CLAIMS, PART)
def test_every_rule_divides_all_of_the_estate_and_nobody_gets_more_than_its_claim(
    claims: list[Fraction], part: Fraction
):
    """Awards sum to the estate and lie between 0 and the claim; larger claims get no less."""
    for rule in RULES:
        found = divided(rule, claims, part)
        assert sum(found.awards.values()) == found.estate
        assert all(0 <= found.awards[who] <= claim for who, claim in found.claims.items())
        order = sorted(found.claims, key=lambda who: found.claims[who])
        assert [found.awards[who] for who in order] == sorted(found.awards.values())
        assert all(found.losses[who] == found.claims[who] - found.awards[who] for who in order)


@given(CLAIMS, PART)
def test_equal_awards_and_equal_losses_are_what_they_say(claims: list[Fraction], part: Fraction):
    """Whoever gets less than the largest award has its whole claim; with losses likewise."""
    awards = divided(constrained_equal_awards, claims, part)
    largest = max(awards.awards.values())
    assert all(a in (largest, awards.claims[who]) for who, a in awards.awards.items())
    losses = divided(constrained_equal_losses, claims, part)
    most = max(losses.losses.values())
    assert all(x == most or losses.awards[who] == 0 for who, x in losses.losses.items())


@given(CLAIMS, PART)
def test_talmud_is_its_own_dual(claims: list[Fraction], part: Fraction):
    """Dividing the estate and dividing what is missing come to the same (Aumann & Maschler)."""
    found, dual = divided(talmud, claims, part), divided(talmud, claims, 1 - part)
    assert found.awards == dual.losses


@given(AMOUNTS, AMOUNTS, PART)
def test_the_garment_is_talmud_for_two(one: Fraction, other: Fraction, part: Fraction):
    """Two claimants: the same awards by either rule."""
    found = divided(contested_garment, [one, other], part)
    assert found.awards == divided(talmud, [one, other], part).awards


def test_proportional_divides_by_claims():
    """One to two to three of a hundred."""
    found = proportional(100, {"a": 100, "b": 200, "c": "300"})
    assert list(found.awards.values()) == [Fraction(50, 3), Fraction(100, 3), 50]


def test_nothing_claimed_is_divided_into_nothing():
    """An estate of 0 with claims of 0 is no error."""
    assert talmud(0, {"a": 0, "b": 0}).awards == {"a": 0, "b": 0}
    assert proportional(0, {"a": 0}).awards == {"a": 0}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize(
    ("estate", "claims", "message"),
    [
        (301, {"a": 100, "b": 200}, "estate: the estate is larger than all claims"),
        (-1, {"a": 100}, "estate: a number of 0 or more"),
        (1, {"a": -100, "b": 200}, r"claims\.a: a number of 0 or more"),
        (1, {"a": float("inf")}, r"claims\.a: a number of 0 or more"),
        (1, {}, "estate: the estate is larger than all claims"),
    ],
)
def test_what_cannot_be_divided_is_refused(rule: Any, estate: Any, claims: Any, message: str):
    """The message names the claim, or the estate."""
    with pytest.raises(DossierError, match=message):
        rule(estate, claims)


def test_a_garment_has_two_claimants():
    """For three the message says which rule to use."""
    with pytest.raises(UnsupportedError, match="use talmud"):
        contested_garment(1, {"a": 1, "b": 1, "c": 1})
