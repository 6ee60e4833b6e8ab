"""Winset, core and agenda setter under any rule, against texts tried one by one (§57, §58)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.charter import Procedure
from comity.dossier.response import Response
from comity.forecast import AgendaSetter, Core, Winset
from comity.forecast.pivots import pivots_of
from comity.forecast.sincere import Voting
from comity.rules import Seating, seat
from forecast.small import PROCEDURES, body, dossier
from rules.any_rule import adopted, any_procedure, tables

FREE = -1
STEP = 2.5

IDEALS = st.integers(0, 10).map(lambda k: 10.0 * k)
FIXED = st.sampled_from(
    (FREE, FREE, FREE, FREE, Response.STAND_ASIDE, Response.ABSENT, Response.NO_INSTRUCTIONS)
)


class Case:
    """A table with wishes, each text put to the rule by its definition."""

    def __init__(self, procedure: Procedure, table: Seating, members: list[Any]) -> None:
        self.procedure, self.table = procedure, table
        self.ideals = [ideal for ideal, _ in members]
        self.fixed = [int(code) for _, code in members]

    def beats(self, text: float, other: float) -> bool:
        row = [self.answer(k, text, other) for k in range(len(self.ideals))]
        return Response.SUPPORT in row and adopted(self.procedure, self.table, row)

    def answer(self, member: int, text: float, other: float) -> Response:
        if self.fixed[member] != FREE:
            return Response(self.fixed[member])
        nearer = abs(other - self.ideals[member]) - abs(text - self.ideals[member])
        if nearer == 0:
            return Response.STAND_ASIDE
        return Response.SUPPORT if nearer > 0 else Response.OBJECT

    @property
    def pivots(self) -> Any:
        fixed = np.array([self.fixed], dtype=np.int8)
        return pivots_of(np.array([self.ideals]), Voting(seat(self.procedure, self.table), fixed))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    table = draw(tables(most=5))
    size = len(table.members)
    members = draw(st.lists(st.tuples(IDEALS, FIXED), min_size=size, max_size=size))
    return Case(draw(any_procedure(leaves=4)), table, members)


@given(cases(), st.integers(0, 20).map(lambda k: 5.0 * k))
def test_the_winset_holds_what_passes_against_the_reversion(case: Case, reversion: float):
    """Every text strictly between the ends passes, and none beyond them."""
    (low,), (high,) = case.pivots.winset(np.array([reversion]))
    assert low <= reversion <= high
    for text in np.arange(0.0, 100.0 + STEP / 2, STEP).tolist():
        if text in (low, high):
            continue  # there the pivot is indifferent, and it depends on the rule
        assert case.beats(text, reversion) is bool(low <= text <= high and text != reversion)


@given(cases())
def test_the_core_holds_what_nothing_beats(case: Case):
    """A text lies between the pivots, if they do not cross, just if no other beats it."""
    (low,), (high,) = case.pivots.core()
    fine = np.arange(0.0, 100.0 + STEP / 2, STEP).tolist()
    for text in fine[::2]:
        beaten = any(case.beats(other, text) for other in fine if other != text)
        assert beaten is not bool(low <= text <= high)


def test_cases_are_of_all_kinds():
    """Empty winsets and cores, one-sided and two-sided ones all come up among the cases above."""
    seen = set()

    @settings(max_examples=100)
    @given(cases())
    def look(case: Case) -> None:
        (low,), (high,) = case.pivots.winset(np.array([50.0]))
        seen.add(("winset", bool(low < 50.0 or high > 50.0)))
        (bottom,), (top,) = case.pivots.core()
        seen.add(("core", bool(bottom > top), bool(bottom == top)))

    look()
    assert {("winset", True), ("winset", False)} <= seen
    assert {("core", True, False), ("core", False, True), ("core", False, False)} <= seen


def council(reversion: float, procedure: str, **more: Any) -> Batch:
    held = {who: {"ideal": at, "salience": 50} for who, at in {"A": 20, "B": 40, "C": 70}.items()}
    held |= {"S": {"ideal": more.pop("wish", 100), "salience": 50, "presence": "absent"}}
    text = {"reversion": reversion, "procedure": procedure, "by": "S"} | more
    of = dossier({"x": text}, {"x": held}, {"b": body(*held)})
    return Batch(of, Keyed(1, 0, 1))


@pytest.mark.parametrize(
    ("procedure", "winset", "core"),
    [
        ("majority", (30, 50), (40, 40)),
        ("substantive", (30, 30), (20, 70)),
        ("minus_one", (30, 50), (40, 40)),
        ("silence", (30, 30), (20, 70)),
    ],
)
def test_check_values_of_winset_and_core(
    procedure: str, winset: tuple[float, ...], core: tuple[float, ...]
):
    """Ideals 20, 40, 70 against 30, under each rule."""
    batch = council(30, procedure)
    assert tuple(float(end[0]) for end in Winset().interval(batch, "x")) == winset
    assert tuple(float(end[0]) for end in Core().interval(batch, "x")) == core


@pytest.mark.parametrize(
    ("reversion", "procedure", "wish", "expected"),
    [
        (30, "majority", 100, 50),
        (10, "majority", 100, 70),
        (40, "majority", 100, 40),
        (30, "majority", 45, 45),
        (30, "majority", 0, 30),
        (10, "substantive", 100, 30),
    ],
)
def test_check_values_of_the_setter(reversion: float, procedure: str, wish: float, expected: float):
    """Romer and Rosenthal: the nearest to its wish that the pivot prefers to the reversion."""
    found = AgendaSetter().predict(council(reversion, procedure, wish=wish), "x")
    assert found.samples.tolist() == [expected]


def test_a_set_is_predicted_by_its_texts_alike():
    """§57: twenty equal parts, the middle the point."""
    found = Winset().predict(council(30, "majority"), "x")
    assert found.point == pytest.approx(40.0)
    assert found.samples[0] == pytest.approx(30.5 + np.arange(20))
    assert found.weights[0] == pytest.approx(np.full(20, 0.05))


def test_where_nothing_can_pass_everything_is_unbeaten():
    """All are absent: the winset is empty, the core is the whole scale."""
    held = {who: {"ideal": 30, "presence": "absent"} for who in "AB"}
    of = dossier({"x": {"reversion": 40}}, {"x": held})
    batch = Batch(of, Keyed(1, 0, 1))
    assert tuple(float(end[0]) for end in Core().interval(batch, "x")) == (0.0, 100.0)
    assert Winset().predict(batch, "x").point == 40.0


def chaired(**more: Any) -> Dossier:
    held = {who: {"ideal": 60, "salience": 50} for who in "AB"}
    bodies = {"b": body("A", "B", **more.pop("body", {}))}
    return dossier({"x": {"reversion": 40} | more}, {"x": held}, bodies, actors=("X",))


def test_who_sets_the_agenda():
    """§58: who tabled it, else the chair, else there is no answer; nor for one without a voice."""
    model = AgendaSetter()
    presidency = {"presidency": {"order": ["A", "B"], "holder": "B"}}
    assert model.unanswerable(chaired(by="A"), "x") is None
    assert model.unanswerable(chaired(body=presidency), "x") is None
    assert "needs a setter" in model.unanswerable(chaired(), "x")
    assert "no seat" in model.unanswerable(chaired(by="X"), "x")


def test_procedures_of_the_contract_have_pivots_by_count():
    """Of five members the pivots are those that the counts say (§57)."""
    ideals = np.array([[10.0, 20.0, 30.0, 40.0, 50.0]])
    expected = {
        "substantive": (10, 50),
        "minus_one": (20, 40),
        "majority": (30, 30),
        "two_thirds": (20, 40),
        "two_thirds_of_members": (20, 40),
    }
    of = dossier({"x": {"reversion": 0}}, {"x": {who: {"ideal": 5} for who in "ABCDE"}})
    charter = of.charter("b")
    assert expected.keys() <= PROCEDURES.keys()
    for name, ends in expected.items():
        table = Voting(seat(charter.procedures[name], Seating(tuple("ABCDE"))), np.full((1, 5), -1))
        found = pivots_of(ideals, table)
        assert (found.upper[0], found.lower[0]) == ends, name
