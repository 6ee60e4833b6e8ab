"""Who trades with whom, in sentences (conventions §60)."""

from __future__ import annotations

from comity import loads
from comity.forecast.exchange import Exchange, Exchanges, Shift, exchanges
from comity.report.sentences.exchange import (
    exchange_told,
    exchanges_doubt,
    exchanges_made,
    exchanges_told,
)
from comity.report.sentences.models_words import Unit

TWO = """
comity: 1
title: Two items
as_of: 2022-11-22
actors: {A: {name: Aland}, B: {name: Borduria}, C: {name: Cobaye}}
bodies: {b: {members: [A, B]}}
agenda: {x: {body: b, reversion: 0}, y: {body: b, reversion: 0}}
positions:
  x: {A: {ideal: 100, salience: 90}, B: {ideal: 0, salience: 30}}
  y: {A: {ideal: 100, salience: 20}, B: {ideal: 0, salience: 80}}
"""


def test_an_exchange_in_a_sentence() -> None:
    """Who moves how far on what, and what each gains."""
    of = loads(TWO)
    found = exchanges(of)
    assert exchanges_told(found, of) == (
        "Aland moves from 100 to 0 on “y”, Borduria from 0 to 67 on “x”; each gains 11.00.",
    )
    assert exchanges_made(found) == (
        "With every number at its median 1 exchange is made. "
        "The outcome of “y” moves most, from 20 to 0."
    )
    assert exchanges_doubt(found) == ""


def test_no_exchange() -> None:
    """Nobody gains by it."""
    found = Exchanges((), {"x": 40.0}, {"x": 40.0})
    says = "With every number at its median no two members gain by trading positions."
    assert exchanges_made(found) == says
    assert exchanges_told(found, loads(TWO)) == ()


def many(count: int, gain: float = 0.5, equals: int = 0, turn: int = 1) -> Exchanges:
    gives = Shift("A", "x", 10.0, 10.2, 40.0, 40.1), Shift("B", "y", 90.0, 89.0, 60.0, 59.9)
    each = Exchange(turn, gives, gain, equals)
    return Exchanges((each,) * count, {"x": 40.0, "y": 60.0}, {"x": 40.1, "y": 59.9})


def test_more_exchanges_than_are_told() -> None:
    """Five, then how many more there are and what the last brings."""
    of = loads(TWO)
    told = exchanges_told(many(7), of)
    assert len(told) == 6
    assert told[-1] == "2 more exchanges, the last for a gain of 0.50 each."
    assert exchanges_told(many(6), of)[-1] == "1 more exchange, the last for a gain of 0.50 each."
    assert "less than 0.01" in exchanges_told(many(6, gain=0.001), of)[-1]
    assert len(exchanges_told(many(5), of)) == 5


def test_outcomes_that_hardly_move() -> None:
    """It is said, and so is the number of rounds."""
    says = exchanges_made(many(3, turn=2))
    assert says == (
        "With every number at its median 3 exchanges are made in two rounds; "
        "no outcome moves by as much as a point."
    )


def test_ties_are_told() -> None:
    """A choice by names is no answer."""
    assert exchanges_doubt(many(1, equals=2)).startswith("1 exchange was chosen among others")
    assert exchanges_doubt(many(2, equals=1)).startswith("2 exchanges were chosen among others")


def test_an_actor_without_a_name_goes_by_its_id() -> None:
    """As everywhere."""
    of = loads(TWO.replace("{name: Aland}", "{name: ''}"))
    assert exchange_told(exchanges(of).made[0], of).startswith("A moves")


def test_the_mean_over_draws_is_told_beside_the_one_reading() -> None:
    """Where the draws differ, the table has another figure than the record."""
    says = exchanges_made(exchanges(loads(TWO)), means={"x": 70.0, "y": 31.0})
    assert says == (
        "The tables above have what outcomes come to over the draws; what follows is one reading: "
        "with every number at its median 1 exchange is made. The outcome of “y” moves most, from "
        "20 to 0 (over the draws it comes to 31 on average)."
    )


def test_items_with_decimals() -> None:
    """A move of a fifth of a point is seen."""
    of, units = loads(TWO), {"x": Unit(2), "y": Unit(1)}
    told = exchanges_told(many(1), of, units=units)
    assert told == (
        "Aland moves from 10.00 to 10.20 on “x”, Borduria from 90.0 to 89.0 on “y”; "
        "each gains 0.50.",
    )
    assert "moves most, from 40.00 to 40.10." in exchanges_made(many(1), units)
