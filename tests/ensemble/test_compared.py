"""Models side by side: what each says itself, from the same draws, and what makes them differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import comity
from comity.dossier import Batch, Dossier, Keyed
from comity.ensemble import forecast
from comity.ensemble.compared import MOST_DRAWS, _ends
from comity.errors import DossierError, UnsupportedError
from comity.forecast import Prediction, models
from comity.forecast.space import space
from forecast.small import body, dossier

DRAWS = 6_000
"""More than one chunk."""

WISHES: dict[str, Any] = {
    "A": {"ideal": "40..90", "salience": "50..90", "capability": 2},
    "B": {"ideal": "20..60", "salience": 40},
    "C": {"ideal": 80, "salience": "10..90"},
}


def case(reversion: Any = 0, **more: Any) -> Dossier:
    item = {"reversion": reversion, "tabled": 95, "by": "C", "procedure": "majority"} | more
    agenda = {"text": item, "view": {"options": ["no", "yes"], "reversion": "no"}}
    positions = {"text": WISHES, "view": {who: {"ideal": "yes"} for who in WISHES}}
    return dossier(agenda, positions, {"b": body(*WISHES)})


@pytest.fixture(scope="module")
def compared() -> comity.Comparison:
    return comity.compare_models(case(), draws=DRAWS)


def test_each_model_says_what_it_says_by_itself(compared: comity.Comparison):
    """Point and percentiles are those of the model's own prediction of all draws."""
    batch = Batch(case(), Keyed(1, 0, DRAWS))
    for item, entry in compared.items.items():
        assert list(entry.models) == list(models())
        for name, view in entry.models.items():
            model = models()[name]
            assert view.why == model.unanswerable(case(), item)
            assert view.answered is (view.why is None)
            if not view.answered:
                assert (view.point, view.low, view.high) == (None, None, None)
                continue
            found = model.predict(batch, item)
            if item == "view":
                assert list(view.point.values()) == pytest.approx(found.point.tolist())
                continue
            assert view.point == pytest.approx(float(found.point))
            assert (view.low, view.high) == pytest.approx(_ends(found))


def test_percentiles_of_outcomes_with_chances_are_those_of_as_many_outcomes():
    """A chance of three tenths counts like three draws of ten."""
    points = np.array([[10.0, 20.0, 70.0], [0.0, 50.0, 90.0]])
    chances = np.array([[0.3, 0.5, 0.2], [0.2, 0.7, 0.1]])
    repeated = np.repeat(points.ravel(), (10 * chances.ravel()).round().astype(int))
    expected = np.percentile(repeated, (10, 90), method="averaged_inverted_cdf")
    assert _ends(Prediction(points, chances)) == pytest.approx(tuple(expected))


@pytest.mark.parametrize("chances", [[0.1, 0.8, 0.1], [0.05, 0.5, 0.45], [0.1, 0.3, 0.6]])
def test_percentiles_prefer_no_direction(chances: list[float]):
    """On the scale turned round low and high change places: neither is rounded downwards."""
    points, weights = np.array([[10.0, 20.0, 70.0]] * 7), np.array([chances] * 7)
    low, high = _ends(Prediction(points, weights))
    turned = _ends(Prediction(100 - points, weights))
    assert turned == pytest.approx((100 - high, 100 - low))


def test_percentiles_lie_in_the_middle_of_a_gap():
    """Where exactly a tenth of the chance lies below a gap, the percentile is its middle."""
    found = Prediction(np.array([[10.0, 20.0, 70.0]]), np.array([[0.1, 0.8, 0.1]]))
    assert _ends(found) == pytest.approx((15.0, 45.0))


def test_only_the_consensus_model_says_whether(compared: comity.Comparison):
    """Its share of adoption is that of the forecast; the others have none."""
    expected = forecast(case(), draws=DRAWS).items["text"].adoption.probability
    said = {name: view.adoption for name, view in compared.items["text"].models.items()}
    assert said.pop("consensus") == pytest.approx(expected)
    assert 0.05 < expected < 1.0
    assert set(said.values()) == {None}
    assert compared.items["view"].models["consensus"].adoption is None  # nothing is tabled


def without_a_core(wish: Any) -> Dossier:
    """A by itself or B and C together carry the rule: A's wish is the core, if it lies between."""
    votes = {"says": "votes", "values": {"A": 2, "B": 1, "C": 1}}
    half = {"kind": "qualified_majority", "at_least": "1/2", "of": "members", "weights": "votes"}
    charter = {
        "name": "Charter",
        "measures": {"votes": votes},
        "procedures": {"substantive": {"rule": half}},
    }
    held = {"A": {"ideal": wish}, "B": {"ideal": 25}, "C": {"ideal": 75}}
    seats = {"b": {"members": list(held), "charter": charter}}
    return dossier({"text": {"reversion": 0}}, {"text": held}, seats)


def test_without_a_core_in_any_draw_the_core_has_no_answer():
    """§57: what nobody would leave alone is no answer; it says that there is none."""
    entry = comity.compare_models(without_a_core("80..90"), draws=50).items["text"]
    view = entry.models["core"]
    assert (view.answered, view.point, view.low, view.high) == (False, None, None, None)
    assert view.why == "there is no core in any draw"
    assert view.lacking == entry.grounds.rule.core_empty == 1.0


def test_the_share_of_draws_without_a_core_is_told():
    """§57: there something stands in for it, so that one must know how often."""
    of = without_a_core("0..100")
    wish = Batch(of, Keyed(1, 0, 400)).values("positions.text.A.ideal")
    views = comity.compare_models(of, draws=400).items["text"].models
    assert views["core"].answered
    assert views["core"].lacking == ((wish < 25) | (wish > 75)).mean()
    assert 0.4 < views["core"].lacking < 0.6
    assert {view.lacking for name, view in views.items() if name != "core"} == {None}


def test_the_number_of_workers_changes_nothing():
    """§2: the same bytes from one thread and from two."""
    one, two = (comity.compare_models(case(), draws=DRAWS, workers=k) for k in (1, 2))
    assert one.to_json() == two.to_json()


def test_some_models_and_some_items():
    """Asked for by any spelling of their names; shown in the order in which all are shown."""
    found = comity.compare_models(
        case(), ["Kalai–Smorodinsky", "weighted median"], items=["text"], draws=50
    )
    assert list(found.items) == ["text"]
    assert list(found.items["text"].models) == ["weighted_median", "kalai_smorodinsky"]


def test_what_cannot_be_asked_is_refused():
    """An unknown model, too many draws, an item that is not there."""
    with pytest.raises(DossierError, match="no such item"):
        comity.compare_models(case(), items=["else"])
    with pytest.raises(UnsupportedError, match="no such model"):
        comity.compare_models(case(), "oracle")
    with pytest.raises(UnsupportedError, match="out of range"):
        comity.compare_models(case(), draws=MOST_DRAWS + 1)


def test_what_pulls_the_mean_off_the_median_adds_up(compared: comity.Comparison):
    """Weight times distance above less that below is the compromise less the median."""
    entry = compared.items["text"]
    pull, point = entry.grounds.pull, {name: view.point for name, view in entry.models.items()}
    carried = pull.above * pull.above_by - pull.below * pull.below_by
    assert carried == pytest.approx(point["compromise"] - point["weighted_median"])
    assert sum(held.weight for held in entry.grounds.members.values()) == pytest.approx(1.0)
    assert compared.items["view"].grounds is None


def test_grounds_are_read_off_the_draws(compared: comity.Comparison):
    """Who is pivotal, who is nearest, what the setter wants and gets."""
    found = compared.items["text"].grounds
    assert found.apart == 0.0
    assert found.nearest == "B"
    assert found.rule.upper_pivot == "A"
    assert found.rule.setter == "C"
    assert found.rule.setter_wish == 80.0
    assert found.members["B"].wish == pytest.approx(40, abs=1)
    assert found.members["B"].more == 1.0
    low, high = found.rule.winset
    assert low == 0.0
    assert 90 < high <= 100


def test_members_on_both_sides_are_counted_draw_by_draw():
    """With B below the reversion in half the draws, there is nothing to bargain in that half."""
    found = comity.compare_models(case(reversion=40), draws=2_000).items["text"].grounds
    batch = Batch(case(reversion=40), Keyed(1, 0, 2_000))
    below = (batch.values("positions.text.B.ideal") < 40).mean()
    assert found.apart == pytest.approx(below, abs=0.002)  # A lies at 40 or above
    assert found.members["B"].less == pytest.approx(below)
    assert 0.4 < below < 0.6


def test_several_items_are_put_to_one_vote():
    """Each model's points as a package: whether it passes is read off the space of the items."""
    agenda = {name: {"reversion": 0, "procedure": "substantive"} for name in ("x", "y")}
    held = {
        "x": {"A": {"ideal": "60..80", "salience": 80}, "B": {"ideal": "10..30", "salience": 30}},
        "y": {"A": {"ideal": "10..30", "salience": 30}, "B": {"ideal": "60..80", "salience": 80}},
    }
    of = dossier(
        agenda | {"z": {"reversion": 0, "procedure": "majority"}}, held, {"b": body("A", "B")}
    )
    found = comity.compare_models(of, ["unweighted_mean", "nash"], draws=500)
    (package,) = found.together
    assert package.items == ("x", "y")
    drawn = space(Batch(of, Keyed(1, 0, 500)), ["x", "y"])
    for name, view in package.models.items():
        points = [found.items[item].models[name].point for item in ("x", "y")]
        assert list(view.package.values()) == points
        assert view.passes == drawn.in_winset(points).mean()
    nash, mean = package.models["nash"], package.models["unweighted_mean"]
    assert not nash.safe  # item by item it stops at the nearer wish, and both could have more
    assert nash.coalition == ("A", "B")
    assert all(nash.better[item] > nash.package[item] + 10 for item in ("x", "y"))
    assert mean.passes > 0.9


def test_points_that_are_no_texts_make_no_package():
    """A mean of many texts, or of draft and reversion, is put to no vote; it is said why."""
    agenda = {name: {"reversion": 0, "tabled": 60, "by": "A"} for name in ("x", "y")}
    held = {"A": {"ideal": 70, "salience": 80}, "B": {"ideal": "20..30", "salience": 30}}
    of = dossier(agenda, dict.fromkeys(agenda, held), {"b": body("A", "B")})
    (package,) = comity.compare_models(of, draws=60).together
    textless = {"condorcet_election", "winset", "core", "prevails", "consensus"}
    assert set(package.left_out) == textless
    assert set(package.models) == set(models()) - textless
    assert package.left_out["consensus"] == "its point lies between the draft and the reversion"
    assert package.left_out["core"].startswith("its point stands for many texts")
    assert comity.compare_models(of, ["winset", "consensus"], draws=60).together == ()


def test_it_turns_into_json_and_a_frame(compared: comity.Comparison):
    """Plain values without the dossier; one row an item and model that answers."""
    said = compared.to_json()
    assert "dossier" not in said
    assert said["items"]["text"]["models"]["nash"]["answered"] is True
    assert {"point", "low", "high", "answered", "why"} <= said["items"]["view"]["models"][
        "nash"
    ].keys()
    frame = compared.to_frame()
    assert frame.loc[("text", "compromise"), "point"] == pytest.approx(
        compared.items["text"].models["compromise"].point
    )
    assert ("view", "nash") not in frame.index
