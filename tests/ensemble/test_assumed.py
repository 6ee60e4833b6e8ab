"""The range over assumed inputs stands about the headline, and at it where nothing is (§21)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from comity.dossier import Batch, Dossier, Keyed, load
from comity.ensemble import forecast
from comity.ensemble.assumed import INNER, Held, rests_on_assumption
from comity.ensemble.results import Adoption
from forecast.small import STATED, body, dossier, settle

CASE = Path(__file__).parents[2] / "examples" / "cases" / "yerevan-2022"


def case(**assumed: object) -> Dossier:
    """A decides; everything rests on statements but what is given."""
    held = {"ideal": "0..40", "salience": 50} | STATED | assumed
    settled = {"ideal": 60, "salience": 50} | STATED
    return dossier(
        {"x": {"reversion": 0, "tabled": 50}},
        {"x": {"A": held, "B": settled}},
        {"b": body("A", "B", omega=10)},
    )


def adoption(of: Dossier, **asked: int) -> Adoption:
    return forecast(of, workers=1, **asked).items["x"].adoption


@pytest.mark.parametrize("draws", [10_000, 700])
def test_without_assumptions_the_range_is_the_headline(draws: int):
    """Nothing assumed is uncertain, so nothing is left open by assumption."""
    found = adoption(case(), draws=draws)
    assert 0.5 < found.probability < 0.75
    assert found.range.probability == (found.probability, found.probability)
    assert found.range.middle_probability == (found.probability, found.probability)
    assert found.range.any == found.range.middle_any == (found.any, found.any)


def test_an_assumption_that_does_not_bear_on_the_item_opens_nothing():
    """What is assumed of another item, or of capability, leaves the range where it was."""
    more = case()
    more = dossier(
        {"x": {"reversion": 0, "tabled": 50}, "y": {"reversion": 0, "tabled": 50}},
        {"x": dict(more.model_dump(mode="json", by_alias=True)["positions"]["x"]), "y": {}},
        {"b": body("A", "B", omega=10)},
    )
    found = adoption(more)
    assert found.range.probability == (found.probability, found.probability)


def test_the_range_of_one_assumed_input_is_what_it_leaves_open():
    """A is stated but its ω is not: between ω = 0 and ω = 20 the share runs from 3/8 to 1."""
    found = adoption(case(omega="0..20", assumed=["omega"]))
    low, high = found.range.probability
    # 50 passes if 2·ideal + τ ≥ 50 with τ = 2ω, ideal uniform on 0..40
    assert low == pytest.approx(3 / 8, abs=0.03)
    assert high == pytest.approx(7 / 8, abs=0.03)
    middle_low, middle_high = found.range.middle_probability
    assert (middle_low, middle_high) == pytest.approx((0.4, 0.85), abs=0.03)


@pytest.mark.parametrize("seed", range(5))
def test_the_headline_lies_in_its_range(seed: int):
    """On the real agenda too, where some answers are rare."""
    for entry in forecast(load(CASE), seed=seed, draws=3000, workers=1).items.values():
        found = entry.adoption
        assert found.range.any[0] <= found.any <= found.range.any[1]
        if found.probability is not None:
            assert found.range.probability[0] <= found.probability <= found.range.probability[1]


def test_settings_hold_what_is_assumed_and_vary_the_rest():
    """Within a setting an assumed input is constant; all settings see the same other draws."""
    asked = case(omega="0..20", assumed=["omega"])
    assumed = frozenset({"bodies.b.omega.A"})  # the column of A's ω, wherever it is stated
    batch = Batch(asked, Held(1, (3, 4, 5), assumed))
    omega = batch.values("positions.x.A.omega").reshape(3, INNER)
    ideal = batch.values("positions.x.A.ideal").reshape(3, INNER)
    assert (omega == omega[:, :1]).all()
    assert len(np.unique(omega[:, 0])) == 3
    assert (ideal == ideal[:1]).all()
    assert (ideal[0] == Batch(asked, Keyed(1, 0, INNER)).values("positions.x.A.ideal")).all()


def test_the_range_agrees_with_forecasts_at_fixed_settings():
    """Each end is close to the headline of the dossier with the assumed input fixed there."""
    spread = adoption(case(salience="20..100", assumed=["salience"])).range.probability
    fixed = [settle(case(salience=s), draws=10_000)["x"].adopted.mean() for s in (100, 20)]
    assert spread == pytest.approx(tuple(fixed), abs=0.03)


def test_what_rests_on_assumption():
    """An uncertain assumed input counts if the item, or what it rests on, reads it."""
    assert not rests_on_assumption(case(), "x")
    assert rests_on_assumption(case(omega="0..20", assumed=["omega"]), "x")
    assert not rests_on_assumption(case(omega=5, assumed=["omega"]), "x")
    own = dossier(
        {"x": {"reversion": 0, "tabled": 50}},
        {"x": {"A": {"ideal": "0..40", "salience": 50, "omega": 10} | STATED}},
        {"b": body("A", omega="0..20")},  # read by nobody: A has an ω of its own
    )
    assert not rests_on_assumption(own, "x")


def test_a_stated_omega_is_not_held():
    """The body's ω, which nobody reads where a position states its own, does not make it assumed.

    100 passes if A's τ = 2ω reaches 20, and B, of whom the ideal is assumed, wants 50 or more.
    """
    stated = {"ideal": 40, "salience": 50, "omega": "0..20"} | STATED
    assumed = {"ideal": "30..100", "salience": 50, "omega": 0, "assumed": ["ideal"]}
    found = adoption(
        dossier(
            {"x": {"reversion": 0, "tabled": 100}},
            {"x": {"A": stated, "B": STATED | assumed}},
            {"b": body("A", "B")},
        )
    )
    assert found.range.probability == pytest.approx((0.0, 0.5), abs=0.02)


@pytest.mark.parametrize("seed", range(3))
def test_what_hardly_ever_comes_about_is_still_found(seed: int):
    """A setting that no few settings would hold is found among the draws made.

    100 passes if both want 50 or more: A, of whom it is assumed, once in a thousand draws; B, by
    its own words, in every other one.
    """
    held = {
        "A": {"ideal": "0..50.05", "salience": 50},
        "B": {"ideal": "40..60", "salience": 50} | STATED,
    }
    rare = dossier({"x": {"reversion": 0, "tabled": 100}}, {"x": held}, {"b": body("A", "B")})
    found = adoption(rare, seed=seed)
    assert 0.0 < found.probability < 0.002
    assert found.range.probability == pytest.approx((0.0, 0.5), abs=0.1)
    assert found.range.middle_probability == (0.0, 0.0)


def test_what_never_comes_about_has_no_range():
    """No setting makes B want a text that its own words rule out."""
    held = {"A": {"ideal": "0..100"}, "B": {"ideal": "30..40", "salience": 50} | STATED}
    never = dossier({"x": {"reversion": 0, "tabled": 100}}, {"x": held}, {"b": body("A", "B")})
    assert adoption(never).range.probability == (0.0, 0.0)
