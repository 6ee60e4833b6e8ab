"""Adjusted Winner against its three properties, and against a search over divisions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.bargaining.adjusted_winner import TOTAL, AdjustedWinner, adjusted_winner
from comity.bargaining.divisible import adjusted_winner_of, why_not
from comity.dossier.talks import Talks
from comity.errors import DossierError, UnsupportedError

POINTS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6).filter(
    lambda points: all(sum(each) > 0 for each in zip(*points, strict=True))
)


def of(points: list[tuple[Any, Any]]) -> AdjustedWinner:
    """The division of items called by number between A and B."""
    return adjusted_winner(
        {
            "A": {f"item {k}": a for k, (a, _) in enumerate(points)},
            "B": {f"item {k}": b for k, (_, b) in enumerate(points)},
        }
    )


def worth(points: list[tuple[int, int]], party: int, shares: list[Fraction]) -> Fraction:
    """What a party has, of TOTAL, if it gets these shares of the items."""
    own = [each[party] for each in points]
    return sum((s * p for s, p in zip(shares, own, strict=True)), Fraction(0)) * TOTAL / sum(own)


@settings(max_examples=1000)
@given(POINTS)
def test_it_is_equitable_envy_free_and_efficient(points: list[tuple[int, int]]):
    """As Brams and Taylor prove; the points are those of the shares, worked out again."""
    found = of(points)
    first = [found.shares[f"item {k}"][0] for k in range(len(points))]
    second = [found.shares[f"item {k}"][1] for k in range(len(points))]
    assert all(a + b == 1 and 0 <= a <= 1 for a, b in zip(first, second, strict=True))
    assert found.result == (worth(points, 0, first), worth(points, 1, second))
    assert found.equitable
    assert found.envy_free
    assert found.efficient
    assert sum(0 < share < 1 for share in first) <= 1
    assert found.split_item == next((f"item {k}" for k, s in enumerate(first) if 0 < s < 1), None)


@given(POINTS)
def test_no_other_equal_division_gives_more(points: list[tuple[int, int]]):
    """Of all divisions with one item split so that both are equal, none is better (§45)."""
    best = of(points).result[0]
    for split, whole in product(range(len(points)), product((0, 1), repeat=len(points) - 1)):
        rest = [Fraction(each) for each in whole]
        with_it = [*rest[:split], Fraction(1), *rest[split:]]
        without = [*rest[:split], Fraction(0), *rest[split:]]
        lead = [
            worth(points, 0, shares) - worth(points, 1, [1 - s for s in shares])
            for shares in (with_it, without)
        ]
        if lead[0] != lead[1] and min(lead) <= 0 <= max(lead):
            part = lead[1] / (lead[1] - lead[0])
            shares = [*rest[:split], part, *rest[split:]]
            assert worth(points, 0, shares) <= best


@given(POINTS, st.randoms(use_true_random=False))
def test_the_order_of_the_items_changes_nobodys_points(points: list[tuple[int, int]], random: Any):
    """Equal ratios may change which item is split, not what both have."""
    turned = points.copy()
    random.shuffle(turned)
    assert of(turned).result == of(points).result


@given(POINTS)
def test_the_order_of_the_parties_changes_nobodys_points(points: list[tuple[int, int]]):
    """Who is named first is no advantage."""
    assert of([(b, a) for a, b in points]).result == of(points).result[::-1]


def test_equal_ratios_are_named_where_they_decide_what_is_split():
    """Two items at 2 to 1: the first listed is the one that is split."""
    found = of([(40, 20), (40, 20), (10, 30), (10, 30)])
    assert found.initial == (80, 60)
    assert found.equal_ratios == ("item 0", "item 1")
    assert found.split_item == "item 0"
    assert found.result == (Fraction(200, 3), Fraction(200, 3))
    assert of([(50, 20), (30, 20), (10, 30), (10, 30)]).equal_ratios == ()


def test_one_item_that_both_want_alike_is_halved():
    """A tie goes to one of them whole and comes back by half."""
    found = of([(7, 3)])
    assert found.shares == {"item 0": (Fraction(1, 2), Fraction(1, 2))}
    assert found.ties == ("item 0",)


def test_an_item_that_nobody_wants_is_not_passed_about():
    """It stays with the first party and counts as no tie."""
    found = of([(5, 5), (0, 0)])
    assert found.shares["item 1"] == (1, 0)
    assert found.ties == ("item 0",)
    assert [each.item for each in found.transfers] == ["item 0"]


def test_properties_are_tested_not_presumed():
    """A division with items the wrong way round is called what it is, with the trade it misses."""
    good = of([(60, 40), (40, 60)])
    bad = AdjustedWinner(
        good.parties,
        good.points,
        good.initial,
        good.ties,
        (),
        {"item 0": (Fraction(0), Fraction(1)), "item 1": (Fraction(1), Fraction(0))},
        None,
        (),
        (Fraction(40), Fraction(40)),
    )
    assert bad.equitable
    assert not bad.envy_free
    assert not bad.efficient
    assert bad.trade == ("item 1", "item 0")


def test_points_are_read_as_written_and_brought_to_one_hundred():
    """Tenths are tenths; a party that spreads 10 points is as good as one that spreads 100."""
    found = of([(0.1, "1/3"), (0.2, "2/3")])
    assert found.points["item 0"] == (Fraction(100, 3), Fraction(100, 3))


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ({"A": {"x": 1}}, "for two parties"),
        ({"A": {"x": 1}, "B": {"y": 1}}, "same items"),
        ({"A": {"x": 0}, "B": {"x": 1}}, "no points on anything"),
        ({"A": {"x": -1}, "B": {"x": 1}}, r"A\.x: a number of 0 or more"),
        ({"A": {"x": float("nan")}, "B": {"x": 1}}, r"A\.x: a number of 0 or more"),
        ({"A": {"x": "many"}, "B": {"x": 1}}, r"A\.x: a number of 0 or more"),
        ({"A": {"x": True}, "B": {"x": 1}}, r"A\.x: a number of 0 or more"),
    ],
)
def test_points_that_make_no_sense_are_refused(points: Any, message: str):
    """The message names the party and the item."""
    with pytest.raises(DossierError, match=message):
        adjusted_winner(points)


# --- talks --------------------------------------------------------------------------------------


def talks(a: dict[str, Any], b: dict[str, Any], **more: Any) -> Talks:
    """Talks on land and water, divisible both; preferences by issue."""
    return Talks.model_validate(
        {
            "parties": ["A", "B"],
            "issues": {
                "land": {"divisible": {"total": 100, "unit": "km²", "parts": 4}},
                "water": {"divisible": {"total": 0.1, "parts": 2}},
            },
            "preferences": {"A": {"issues": a}, "B": {"issues": b}},
        }
        | more
    )


LAND, WATER = (
    {"land": {"weight": 3}, "water": {"weight": 1}},
    {
        "land": {"weight": 0.1},
        "water": {"weight": 0.3},
    },
)


def test_talks_over_divisible_quantities_are_divided_exactly():
    """Three to one against one to three: each gets all of what it wants more."""
    found = adjusted_winner_of(talks(LAND, WATER))
    assert found.result == (75, 75)
    assert found.shares == {"land": (1, 0), "water": (0, 1)}
    assert found.exact


def test_worth_in_a_straight_line_counts_by_its_rise():
    """From 20 to 60 is as good as 40 points of 100; the level it starts from is no matter."""
    risen = {
        "land": {"weight": 3, "values": {"0": 20, "50": 40, "100": 60}},
        "water": {"weight": 1},
    }
    assert adjusted_winner_of(talks(risen, WATER)).points["land"][0] == Fraction(120, 220) * 100


def test_uncertain_weights_are_taken_at_their_medians_and_it_is_said():
    """A range from 2 to 4 counts as 3, and the result is not exact."""
    ranged = {"land": {"weight": "2..4"}, "water": {"weight": 1}}
    found = adjusted_winner_of(talks(ranged, WATER))
    assert found.result == (75, 75)
    assert not found.exact


RANKED = {"land": {"rank": 1}, "water": {"rank": 2}}


def test_ranks_count_by_their_centroid():
    """Three quarters and one quarter for two issues (§40)."""
    found = adjusted_winner_of(talks(RANKED, WATER))
    assert found.result == (75, 75)
    assert not found.exact


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"issues": {"land": {"options": ["x"]}, "water": {"divisible": {"total": 1}}}}, "'land'"),
        ({"parties": ["A", "B", "C"]}, "two parties, not 3"),
        (
            {"links": {"c": {"kind": "cap", "sum": {"land": {"A": 1}}, "at_most": 50}}},
            "no links, such as 'c'",
        ),
    ],
)
def test_talks_it_does_not_fit_are_refused_with_the_reason(changed: dict[str, Any], reason: str):
    """Adjusted Winner knows nothing but divisible items and two parties."""
    entry = talks(LAND, WATER, **changed)
    assert reason in why_not(entry)
    with pytest.raises(UnsupportedError, match="does not fit these talks"):
        adjusted_winner_of(entry)


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({"land": {"weight": 1, "values": {"0": 0, "100": 100, "50": 80}}}, "straight line"),
        ({"land": {"weight": 1, "values": {"0": 0, "50": 100}}}, "straight line"),
        ({"land": {"weight": 1, "values": {"0": 100, "100": 0}}}, "straight line"),
        ({"land": {"weight": 0}, "water": {"weight": 0}}, "nothing matters to B"),
    ],
)
def test_worth_that_is_not_in_proportion_is_refused(held: dict[str, Any], reason: str):
    """Bent, level beyond a point, falling, or nothing at all."""
    assert reason in why_not(talks(LAND, WATER | held))


def test_red_lines_and_interactions_are_refused():
    """They are a party's word, and the procedure has no ear for them."""
    lines = {"red_lines": {"r": {"never": {"land": "0/100"}}}}
    both = {"interactions": {"i": {"when": {"land": "0/100", "water": "0/0.1"}, "worth": 3}}}
    for more, reason in ((lines, "red lines, such as A's 'r'"), (both, "A's 'i'")):
        entry = talks(
            LAND, WATER, preferences={"A": {"issues": LAND} | more, "B": {"issues": WATER}}
        )
        assert reason in why_not(entry)
