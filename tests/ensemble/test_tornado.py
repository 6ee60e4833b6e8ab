"""Which inputs move the answer (§20), checked against cases whose answer is known and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import sobol_indices, uniform

from comity.dossier import Batch, Dossier, Given, Keyed, inputs
from comity.ensemble import forecast
from comity.ensemble.results import Tornado
from comity.forecast import outcomes
from forecast.small import body, dossier

DECISIVE = "positions.x.A.ideal"
WILLING = {"ideal": "50..100", "salience": "10..100"}  # accepts a text at 50 whatever is drawn


def one_decides(ideal: object, others: int = 0, draft: int = 50) -> Dossier:
    """A lets 50 pass if its ideal is 25 or more; nobody else minds."""
    held = {"A": {"ideal": ideal, "salience": 100}} | dict.fromkeys(
        (f"M{number}" for number in range(others)), WILLING
    )
    return dossier({"x": {"reversion": 0, "tabled": draft}}, {"x": held})


def tornado(case: Dossier, target: str = "probability", **asked: int) -> Tornado:
    found = {each.target: each for each in forecast(case, workers=1, **asked).items["x"].tornado}
    return found[target]


@pytest.mark.parametrize("ideal", ["0..100", "0..50", "24..29", {"low": 0, "mode": 30, "high": 40}])
def test_an_answer_that_turns_on_one_input_is_explained_by_it(ideal: object):
    """Wherever within its range the answer turns, the one input that decides explains all."""
    found = tornado(one_decides(ideal, others=3))
    assert [swing.path for swing in found.swings] == [DECISIVE]
    assert found.swings[0].explained == pytest.approx(1.0, abs=0.03)
    assert next(iter(found.by_actor)) == "A"
    assert sum(found.by_actor.values()) == pytest.approx(1.0, abs=0.04)


@pytest.mark.parametrize("weight", [0.1, 0.5, 0.72])
def test_a_preferred_option_explains_as_much_as_a_number(weight: float):
    """An uncertain choice is an input like any other."""
    case = dossier(
        {"x": {"options": ["no", "yes"], "reversion": "no", "tabled": "yes"}},
        {"x": {"A": {"ideal": {"no": 1 - weight, "yes": weight}, "salience": 100}}},
    )
    found = tornado(case)
    assert found.base == pytest.approx(weight, abs=0.02)
    assert found.swings[0].explained == pytest.approx(1.0, abs=0.03)


def test_what_cannot_matter_is_not_listed():
    """Of twenty tornados with thirty idle inputs each, hardly one lists an idle input."""
    case = one_decides("0..50", others=15)
    listed = [
        swing.path
        for seed in range(20)
        for swing in tornado(case, seed=seed, draws=1000).swings
        if swing.path != DECISIVE
    ]
    assert len(listed) <= 1


def test_few_draws_explain_nothing_by_chance():
    """The share explained by an idle input is 0 on average, however few the draws."""
    idle, count = 0.0, 60
    for seed in range(count):
        shares = tornado(one_decides("0..50", others=1), seed=seed, draws=80).by_actor
        idle += shares.get("M0", 0.0) / count
    assert idle < 0.05  # two inputs, and what falls below 0 counts as 0


def test_the_fifths_are_the_answers_given_the_input():
    """The answer is 0 below the point where the input turns it, 1 above, and mixed where it is."""
    found = tornado(one_decides("0..100"))  # turns at 25, in the second fifth
    low, second, *rest = found.swings[0].fifths
    assert (low, rest) == (0.0, [1.0, 1.0, 1.0])
    assert second == pytest.approx(0.75, abs=0.04)
    assert found.base == pytest.approx(0.75, abs=0.02)


def several() -> Dossier:
    """Three members whose ideals and saliences bear on the answer unequally, and together."""
    return dossier(
        {"x": {"reversion": 0, "tabled": "40..60"}},
        {
            "x": {
                "A": {"ideal": "10..60", "salience": 80, "omega": "0..20"},
                "B": {"ideal": "20..70", "salience": "20..100", "omega": 8},
                "C": {"ideal": {"mean": 60, "sd": 8}, "salience": 100, "floor": "20..35"},
            }
        },
    )


@pytest.mark.parametrize("target", ["probability", "opening"])
def test_explained_shares_agree_with_sobol_indices(target: str):
    """First-order indices by SciPy's own design are the shares read off the draws."""
    case = several()
    found = tornado(case, target, draws=40_000)
    paths = (
        "agenda.x.tabled",
        "positions.x.A.ideal",
        "positions.x.A.omega",
        "positions.x.B.ideal",
        "positions.x.B.salience",
        "positions.x.C.ideal",
        "positions.x.C.floor",
    )

    def answer(points: np.ndarray) -> np.ndarray:
        columns = tuple(inputs(case)[path].column for path in paths)
        uniforms = Given(points.T, columns, Keyed(1, 0, points.shape[1]))
        batch = Batch(case, uniforms)
        if target == "probability":
            return outcomes(batch)["x"].adopted.astype(float)[None]
        from comity.acceptance import least_opening, stances

        return least_opening(stances(batch, "x")).cost[None]

    indices = sobol_indices(
        func=answer, n=2**14, dists=[uniform()] * len(paths), rng=np.random.default_rng(7)
    ).first_order.ravel()
    explained = {swing.path: swing.explained for swing in found.swings}
    assert max(indices) > 0.1
    for path, index in zip(paths, indices, strict=True):
        assert explained.get(path, 0.0) == pytest.approx(index, abs=0.025), path


def test_the_base_is_the_headline():
    """The answer a tornado explains is the one given as the headline."""
    entry = forecast(several(), workers=1).items["x"]
    bases = {each.target: each.base for each in entry.tornado}
    assert bases["probability"] == entry.adoption.probability
    assert bases["any"] == entry.adoption.any


def test_a_certain_answer_has_no_tornado():
    """Where nothing varies there is nothing to explain."""
    assert forecast(one_decides(80), draws=200).items["x"].tornado == ()
    assert forecast(one_decides("60..100"), draws=200).items["x"].tornado == ()


def test_an_omega_that_two_items_read_counts_once():
    """A's ω on what is required and its ω on the item are one number in two readings (§2)."""
    eager = {"ideal": 100, "salience": 50, "omega": 0}
    wary = {"ideal": 40, "salience": 50}
    case = dossier(
        {"y": {"reversion": 0, "tabled": 95}, "x": {"reversion": 0, "tabled": 100}},
        {"y": {"A": wary, "B": eager}, "x": {"A": wary | {"omega": "0..20"}, "B": eager}},
        {"b": body("A", "B", omega="0..20")},
    ).with_item("x", requires=("y",))
    found = tornado(case)
    assert [swing.path for swing in found.swings] == ["positions.x.A.omega"]
    assert sum(found.by_actor.values()) == pytest.approx(1.0, abs=0.03)
