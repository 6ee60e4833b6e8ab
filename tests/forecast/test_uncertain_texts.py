"""Reversion, smallest step and tabled draft may be uncertain like anything else (§3, §13)."""

from __future__ import annotations

import numpy as np
import pytest

from comity.dossier import Batch, Keyed
from comity.ensemble import forecast
from comity.forecast import ConsensusModel
from forecast.small import dossier, settle
from forecast.test_by_hand import agree

WANTS = {"ideal": 60, "salience": 100}


def test_a_draft_of_uncertain_strength():
    """A would like 60 and lets pass what lies between 0 and 120: all but texts that say nothing."""
    of = dossier({"x": {"reversion": 0, "tabled": "0..100"}}, {"x": {"A": WANTS}})
    found = settle(of, 20_000)["x"]
    assert found.adopted.mean() == pytest.approx(0.9, abs=0.01)  # from the smallest step of 10 on
    assert found.text_any.all()


def test_an_uncertain_reversion_moves_what_is_gained():
    """With r uniform on 0..100 the draft at 80 gains for an ideal of 60 iff |r − 60| > 20."""
    of = dossier(
        {"x": {"reversion": "0..100", "tabled": 80, "smallest_step": 1}}, {"x": {"A": WANTS}}
    )
    batch = Batch(of, Keyed(1, 0, 20_000))
    back = batch.values("agenda.x.reversion")
    found = settle(of, 20_000)["x"].adopted
    assert np.array_equal(found, (np.abs(back - 60) > 20) & (np.abs(back - 80) >= 1))
    assert found.mean() == pytest.approx(0.59, abs=0.01)


def test_the_reversion_of_the_draw_holds_where_nothing_is_adopted():
    """What holds afterwards is the draft or the reversion, each as drawn."""
    of = dossier(
        {"x": {"reversion": "0..20", "tabled": "30..90"}},
        {"x": {"A": {"ideal": "0..60", "salience": 100}}},
    )
    batch = Batch(of, Keyed(1, 0, 500))
    after = ConsensusModel().predict(batch, "x").samples
    passed = settle(of, 500)["x"].adopted
    assert np.array_equal(after[passed], batch.values("agenda.x.tabled")[passed])
    assert np.array_equal(after[~passed], batch.values("agenda.x.reversion")[~passed])
    assert 0.2 < passed.mean() < 0.8


def test_uncertain_texts_by_plain_loops():
    """All three uncertain at once, with a floor and a stated set, draw by draw (§18)."""
    of = dossier(
        {"x": {"reversion": "20..80", "tabled": "0..100", "smallest_step": "1..40"}},
        {
            "x": {
                "A": {"ideal": "0..100", "floor": "0..100", "basis": "inferred", "omega": "0..9"},
                "B": {"accepts": ["0..50", "50..100"], "salience": 70},
            }
        },
    )
    agree(of, seed=5, count=400)
    found = settle(of, 400)["x"]
    assert 0 < found.adopted.mean() < found.text_any.mean() < 1


def test_the_text_named_in_the_answer_is_the_median():
    """Where one figure must stand for an uncertain text, it is its median."""
    of = dossier({"x": {"reversion": "0..20", "tabled": "30..90"}}, {"x": {"A": WANTS}})
    entry = forecast(of, draws=200, workers=1).items["x"]
    assert (entry.reversion, entry.tabled) == (10.0, 60.0)
