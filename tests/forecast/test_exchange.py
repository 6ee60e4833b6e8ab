"""Members trade positions across items (conventions §60)."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.dossier import Batch, Dossier, Keyed, Uniform
from comity.errors import UnsupportedError
from comity.forecast import Mean
from comity.forecast.exchange import ExchangeModel, Exchanges, exchanges, exchanges_in
from forecast.naive_exchange import Table, Trading, outcome
from forecast.small import body, dossier

IDS = "ABCDE"
many = settings(max_examples=4 * settings().max_examples)

Cell = tuple[int, int, int]
"""Position, salience, capability."""

cells = st.tuples(st.integers(0, 20).map(lambda x: 5 * x), st.integers(0, 10), st.integers(0, 4))
seats = st.one_of(cells, cells, cells, cells, st.none())
tables = st.integers(2, 5).flatmap(
    lambda members: st.lists(
        st.lists(seats, min_size=members, max_size=members).filter(any), min_size=2, max_size=4
    )
)


def case(table: list[list[Cell | None]]) -> Dossier:
    """A dossier with a body for each item; who has no cell has no seat."""
    agenda: dict[str, Any] = {}
    held: dict[str, Any] = {}
    bodies: dict[str, Any] = {}
    for number, row in enumerate(table):
        item = f"item{number}"
        cells = {IDS[m]: cell for m, cell in enumerate(row) if cell is not None}
        bodies[f"b{number}"] = body(*cells)
        agenda[item] = {"body": f"b{number}", "reversion": 0}
        held[item] = {
            who: {"ideal": x, "salience": 10 * s, "capability": c}
            for who, (x, s, c) in cells.items()
        }
    return dossier(agenda, held, bodies)


def naive(table: list[list[Cell | None]], bound: bool) -> Trading:
    """The same case for the slow reading."""
    wishes: Table = {}
    saliences: Table = {}
    weights: Table = {}
    for number, row in enumerate(table):
        item = f"item{number}"
        cells = {IDS[m]: cell for m, cell in enumerate(row) if cell is not None}
        idle = all(s * c == 0 for _, s, c in cells.values())
        wishes[item] = {who: Fraction(x) for who, (x, _, _) in cells.items()}
        saliences[item] = {who: Fraction(s, 10) for who, (_, s, _) in cells.items()}
        weights[item] = {
            who: Fraction(1) if idle else Fraction(s, 10) * c for who, (_, s, c) in cells.items()
        }
    return Trading(wishes, saliences, weights, bound)


def told(found: Exchanges) -> list[tuple[Any, ...]]:
    return [
        (each.gain, *((g.actor, g.item, g.start, g.end) for g in each.gives)) for each in found.made
    ]


@pytest.mark.parametrize("bound", [True, False])
def test_it_trades_as_the_slow_reading_does(bound: bool) -> None:
    """Every exchange, its gain and moves, and every outcome, on random small cases."""

    @many
    @given(tables)
    def holds(table: list[list[Cell | None]]) -> None:
        found = exchanges(case(table), ExchangeModel(within_outcome=bound))
        slow = naive(table, bound)
        made = slow.run()
        assert len(found.made) == len(made)
        for fast, exact in zip(found.made, made, strict=True):
            gives = {(g.actor, g.item): g.outcome_after - g.outcome_before for g in fast.gives}
            assert set(gives) == {(exact.first, exact.p), (exact.second, exact.q)}
            assert fast.gain == pytest.approx(float(exact.gain), rel=1e-9, abs=1e-9)
            shifts = [abs(gives[exact.first, exact.p]), abs(gives[exact.second, exact.q])]
            assert shifts == pytest.approx([float(exact.by_p), float(exact.by_q)], abs=1e-9)
        for item, votes in slow.votes.items():
            assert found.after[item] == pytest.approx(float(outcome(votes, slow.weights[item])))

    holds()


@many
@given(tables)
def test_both_gain_as_much_as_is_told(table: list[list[Cell | None]]) -> None:
    """The told gain is what each side's loss s |x − outcome| falls by, exactly and equally."""
    slow = naive(table, bound=True)
    votes = {item: dict(held) for item, held in slow.wishes.items()}
    for bargain in slow.run():
        assert slow.true_gains(bargain, votes) == (bargain.gain, bargain.gain)
        slow.carry_out(bargain, votes)


def test_in_the_other_reading_a_told_gain_need_not_be_true() -> None:
    """Sides of the round's beginning let outcomes pass the wishes they serve."""
    table: list[list[Cell | None]] = [
        [(60, 9, 1), (0, 3, 4), (100, 9, 1)],
        [(0, 3, 1), (100, 9, 1), (100, 1, 1)],
    ]
    slow = naive(table, bound=False)
    votes = {item: dict(held) for item, held in slow.wishes.items()}
    first = slow.run()[0]
    assert slow.true_gains(first, votes) != (first.gain, first.gain)


@many
@given(tables)
def test_what_an_exchange_may_do(table: list[list[Cell | None]]) -> None:
    """Nobody votes beyond the wish it serves or off the scale; each gain is above nothing."""
    of = case(table)
    held = of.positions
    for each in exchanges(of).made:
        (one, other) = each.gives
        assert one.actor != other.actor
        assert one.item != other.item
        assert each.gain > 0
        for giving, served in ((one, other.actor), (other, one.actor)):
            wish = held[giving.item][served].ideal.value  # type: ignore[union-attr]
            assert abs(wish - giving.end) <= abs(wish - giving.start)
            assert (wish - giving.outcome_before) * (wish - giving.outcome_after) >= -1e-9
            assert 0 <= giving.end <= 100


def two_items() -> Dossier:
    """A cares for x and B for y; each would have 0 and 100 the other way round."""
    return dossier(
        {name: {"reversion": 0} for name in "xy"},
        {
            "x": {"A": {"ideal": 100, "salience": 90}, "B": {"ideal": 0, "salience": 30}},
            "y": {"A": {"ideal": 100, "salience": 20}, "B": {"ideal": 0, "salience": 80}},
        },
    )


def test_a_case_by_hand() -> None:
    """Outcomes 75 and 20; A gives y wholly, B as much of x as makes the gains equal.

    A's whole way on y, 100 points, shifts the outcome by 20; then 20 × (.8 + .2) = dp (.9 + .3),
    dp = 16⅔, is B's way of 66⅔ with a quarter of the weight. Gain .9 × 16⅔ − .2 × 20 = 11.
    """
    found = exchanges(two_items())
    assert found.before == pytest.approx({"x": 75.0, "y": 20.0})
    (only,) = found.made
    assert only.gain == pytest.approx(11.0)
    assert only.round == 1
    assert only.equals == 0
    moves = {(g.actor, g.item): (g.start, g.end) for g in only.gives}
    assert moves == {
        ("A", "y"): (100.0, pytest.approx(0.0, abs=1e-9)),
        ("B", "x"): (0.0, pytest.approx(200 / 3)),
    }
    assert found.after == pytest.approx({"x": 75 + 50 / 3, "y": 0.0})


def test_the_record_is_plain_values() -> None:
    """As JSON it tells the same."""
    written = exchanges(two_items()).to_json()["exchanges"]
    assert written["before"] == pytest.approx({"x": 75.0, "y": 20.0})
    assert written["made"][0]["gain"] == pytest.approx(11.0)
    assert written["made"][0]["gives"][1]["actor"] == "B"


def test_a_lone_item_is_left_to_the_compromise() -> None:
    """There is nothing to trade with."""
    held = {"A": {"ideal": 80, "salience": "10..90"}, "B": {"ideal": "0..40", "salience": 50}}
    batch = Batch(dossier({"x": {"reversion": 0}}, {"x": held}), Keyed(1, 0, 30))
    found, mean = (m.predict(batch, "x").samples for m in (ExchangeModel(), Mean("capability")))
    assert found == pytest.approx(mean)


def test_where_nobody_gains_nothing_is_traded() -> None:
    """With the same saliences throughout no exchange brings anything."""
    held = {
        item: {"A": {"ideal": 100, "salience": 60}, "B": {"ideal": 0, "salience": 30}}
        for item in "xy"
    }
    found = exchanges(dossier({item: {"reversion": 0} for item in "xy"}, held))
    assert found.made == ()
    assert found.before == found.after


def test_on_options_it_has_no_answer() -> None:
    """Nobody can go part of the way; items on a scale beside it are still traded."""
    text = {"options": ["none", "all"], "reversion": "none"}
    both = {"ideal": "all", "salience": 50}
    of = two_items()
    mixed = dossier(
        {"x": {"reversion": 0}, "y": {"reversion": 0}, "z": text},
        {
            **of.model_dump(mode="json", exclude_unset=True)["positions"],
            "z": {"A": both, "B": both},
        },
    )
    batch = Batch(mixed, Keyed(1, 0, 3))
    with pytest.raises(UnsupportedError, match="it needs a scale"):
        ExchangeModel().predict(batch, "z")
    assert ExchangeModel().predict(batch, "y").samples == pytest.approx(np.zeros(3), abs=1e-9)
    assert exchanges(dossier({"z": text}, {"z": {"A": both}})) == Exchanges((), {}, {})


def test_equal_gains_are_told() -> None:
    """Of twins the first by id trades, and the record says that another would have done."""
    of = two_items()
    held = of.model_dump(mode="json", exclude_unset=True)["positions"]
    for item in held.values():
        item["C"] = item["A"]
    found = exchanges(dossier({name: {"reversion": 0} for name in "xy"}, held))
    assert found.made[0].equals == 1
    assert {g.actor for g in found.made[0].gives} == {"A", "B"}


def test_the_model_and_the_record_agree() -> None:
    """In every draw of an uncertain dossier."""
    held = {
        item: {
            "A": {"ideal": "60..100", "salience": "10..90", "capability": "1..3"},
            "B": {"ideal": "0..40", "salience": "10..90"},
            "C": {"ideal": "0..100", "salience": "10..90"},
        }
        for item in "xyz"
    }
    batch = Batch(dossier({item: {"reversion": 0} for item in "xyz"}, held), Keyed(7, 0, 25))
    for model in (ExchangeModel(), ExchangeModel(rounds=3), ExchangeModel(within_outcome=False)):
        samples = {item: model.predict(batch, item).samples for item in "xyz"}
        for draw in range(25):
            after = exchanges_in(batch, draw, model).after
            assert after == {item: samples[item][draw] for item in "xyz"}


def test_less_than_a_round_is_refused() -> None:
    """There is nothing to ask."""
    with pytest.raises(UnsupportedError, match="one round or more"):
        ExchangeModel(rounds=0)


def test_draws_that_are_alike_have_one_outcome() -> None:
    """A certain dossier is traded once, whatever else is uncertain in it."""
    of = two_items().with_item("x", reversion=Uniform(0.0, 100.0))
    found = ExchangeModel().predict(Batch(of, Keyed(1, 0, 50)), "x").samples
    assert found == pytest.approx(np.full(50, 75 + 50 / 3))


def test_between_rounds_preferences_follow_the_votes_part_of_the_way() -> None:
    """By 0.1 + 0.4 (1 − s): A's .42 of −100 on y, B's .38 of 66⅔ on x."""
    found = exchanges(two_items(), ExchangeModel(rounds=2))
    assert [each.round for each in found.made] == [1, 2]
    starts = {(g.actor, g.item): g.start for g in found.made[1].gives}
    assert starts == {
        ("A", "y"): pytest.approx(100 - 0.42 * 100),
        ("B", "x"): pytest.approx(0.38 * 200 / 3),
    }


COP21 = (
    (2.190722, "China financevol 10.786", "USA eaa 0.000"),
    (1.795604, "China differentiation 29.515", "USA financewho 0.000"),
    (1.387260, "Arabstates financevol 0.000", "USA adaptlegal 78.678"),
    (1.355787, "LDCsBGD legal 42.458", "USA adaptinst 90.000"),
    (1.214784, "China adaptfinance 89.179", "LDCsBGD eaa 0.000"),
    (1.127406, "EU28 eaa 23.182", "India mrv 100.000"),
)
"""The first lines of what the R implementation writes for these data."""


def test_before_paris_the_first_exchanges_are_those_of_the_r_implementation() -> None:
    """The USA gives its assessment of contributions, China the volume of finance; then others."""
    from comity import load

    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    file = Path(os.environ.get("COMITY_DATA") or beside) / "forecast" / "cop21_positions.csv"
    if not file.exists():
        pytest.skip("there is no forecast/cop21_positions.csv in the reference data (COMITY_DATA)")
    of = load(file)
    for bound, number in ((False, 130), (True, 124)):
        found = exchanges(of, ExchangeModel(within_outcome=bound))
        assert len(found.made) == number
        for each, (gain, *gives) in zip(found.made, COP21, strict=False):
            assert each.gain == pytest.approx(gain, abs=5e-7)
            assert [f"{g.actor} {g.item} {g.end:.3f}" for g in each.gives] == gives
    assert found.before["legal"] == pytest.approx(57.969, abs=5e-4)


def test_with_nobody_to_trade_with_the_compromise_is_given_and_said_so():
    """§60: a lone item, or one beside items of others, is the compromise with a caveat."""
    held = {"A": {"ideal": "40..90", "salience": 70}, "B": {"ideal": 20, "salience": 40}}
    text = {"reversion": 0}
    options = {"options": ["no", "yes"], "reversion": "no"}
    alone = dossier(
        {"x": text, "o": options}, {"x": held, "o": {who: {"ideal": "no"} for who in held}}
    )
    others = {"A": held["A"], "C": held["B"]}
    seats = {"b": body("A", "B"), "c": body("A", "C")}
    beside = dossier({"x": text, "y": text | {"body": "c"}}, {"x": held, "y": others}, seats)
    for of in (alone, beside):
        said = ExchangeModel().caveat(of, "x")
        assert said is not None
        assert said.startswith("left with nobody to trade with")
        batch = Batch(of, Keyed(1, 0, 20))
        assert ExchangeModel().predict(batch, "x").samples == pytest.approx(
            Mean("capability").predict(batch, "x").samples
        )
    both = dossier({"x": text, "y": text}, {"x": held, "y": held})
    assert ExchangeModel().caveat(both, "x") is None
