"""Rounds differ only by what is declared; a draw persists from one to the next (§23)."""

from __future__ import annotations

from typing import Any

import pytest

from comity.dossier import Dossier
from comity.ensemble import forecast
from comity.ensemble.results import RoundView
from forecast.small import body, dossier, settle

HELD: dict[str, dict[str, Any]] = {
    "A": {"ideal": "60..100", "salience": "50..100"},
    "B": {"ideal": "0..40", "salience": "20..100", "floor": "0..10", "basis": "inferred"},
    "C": {"ideal": {"mean": 40, "sd": 10}},
}
OMEGA = "0..20"


def case(*rounds: dict[str, Any], **item: Any) -> Dossier:
    named = [{"label": f"round {number}"} | entry for number, entry in enumerate(rounds, 2)]
    entry = {"reversion": 0, "tabled": 60, "rounds": named} | item
    return dossier({"x": entry}, {"x": HELD}, {"b": body("A", "B", "C", omega=OMEGA)})


def rounds_of(of: Dossier, draws: int = 2000) -> tuple[RoundView, ...]:
    return forecast(of, draws=draws, workers=1).items["x"].rounds


@pytest.mark.parametrize(
    "concession",
    [
        {},
        {"ideal": HELD["B"]["ideal"]},
        {"salience": HELD["B"]["salience"]},
        {"floor": HELD["B"]["floor"]},
        {"omega": OMEGA},
        {"omega": {"low": 0, "mode": 0, "high": 20}},
    ],
)
def test_a_concession_that_gives_nothing_changes_nothing(concession: dict[str, Any]):
    """No member is drawn anew: what passes in no earlier round passes in no later one either."""
    first, *later = rounds_of(case(*[{"concessions": {"B": concession}}] * 3))
    for entry in later:
        assert entry.by_then == first.by_then == first.probability
        if concession.get("omega", OMEGA) == OMEGA:
            assert (entry.probability, entry.any) == (first.probability, first.any)


def test_without_rounds_there_are_none():
    """An item tabled once has its headline and no table of rounds."""
    assert rounds_of(case()) == ()


def test_by_then_never_falls_and_counts_each_draw_once():
    """It is the share of draws in which some round so far adopted, draw by draw."""
    of = case(
        {"tabled": 20},
        {"tabled": 50, "concessions": {"B": {"ideal": "30..70"}}},
        {"tabled": 90},
        {"concessions": {"C": {"omega": 50}, "B": {"omega": 50, "floor": 0}}},
    )
    seen = rounds_of(of)
    assert len(seen) == 5
    adopted = None
    for number, entry in enumerate(seen):
        now = settle(of.in_round("x", number), draws=2000)["x"]
        adopted = now.adopted if adopted is None else adopted | now.adopted
        assert entry.probability == now.adopted.mean()
        assert entry.any == now.adoptable.mean()
        assert entry.by_then == adopted.mean()
    shares = [entry.by_then for entry in seen]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1] < sum(entry.probability for entry in seen)
    assert [entry.tabled for entry in seen] == [60.0, 20.0, 50.0, 90.0, 90.0]


def test_concessions_add_up():
    """What was given in one round still holds in the next."""
    one = case({"concessions": {"B": {"ideal": 60}}}, {"concessions": {"C": {"ideal": 60}}})
    both = case({"concessions": {"B": {"ideal": 60}, "C": {"ideal": 60}}})
    assert rounds_of(one)[2].probability == rounds_of(both)[1].probability
    assert rounds_of(one)[1].probability < rounds_of(one)[2].probability


def test_the_headline_is_the_first_tabling():
    """Rounds stand beside the headline and do not move it."""
    plain = forecast(case(), draws=500, workers=1).items["x"]
    later = forecast(case({"tabled": 10}), draws=500, workers=1).items["x"]
    assert plain.adoption == later.adoption
    assert later.rounds[0].probability == plain.adoption.probability


def test_a_draft_tabled_later_counts_from_then_on():
    """Before anything is tabled there is no share of adoption to give."""
    first, second = rounds_of(case({"tabled": 30}, tabled=None))
    assert (first.probability, first.by_then) == (None, None)
    assert second.by_then == second.probability > 0


def test_requirements_are_met_as_first_tabled():
    """A round on one item leaves the items it requires as they are."""
    of = dossier(
        {
            "y": {"reversion": 0, "tabled": 50},
            "x": {"reversion": 0, "tabled": 50, "requires": ["y"], "rounds": [{"label": "2"}]},
        },
        {"y": {"A": {"ideal": "0..50", "salience": 100}}, "x": {"A": {"ideal": 80}}},
    )
    first, second = rounds_of(of)
    assert first.probability == second.probability == settle(of, 2000)["y"].adopted.mean()
