"""Models over many draws: what they predict, summed up, is what they predict (§54, §66)."""

from __future__ import annotations

import json
from dataclasses import fields

import numpy as np
import pytest

from comity import compare_models
from comity.dossier import Batch, Keyed
from comity.ensemble import chunks, forecast
from comity.ensemble.failing import EnsembleError
from comity.ensemble.predictions import Predicting, predictions
from comity.errors import UnsupportedError
from comity.forecast.models import models, named
from ensemble.many import small
from ensemble.rich import rich
from ensemble.test_compared import without_a_core

DRAWS = 1_300


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK", 200)


def predicted(name: str, item: str, draws: int = DRAWS):
    return named(name).predict(Batch(small(), Keyed(1, 0, draws)), item)


@pytest.mark.parametrize("name", ["compromise", "weighted_median", "nash", "challenge", "core"])
def test_summed_up_is_what_the_model_predicts(name):
    """Mean, spread and percentiles of the whole distribution, within what is said."""
    found = predictions(small(), name, items=["limit"], draws=DRAWS).items["limit"][name]
    points, chances = predicted(name, "limit").atoms()
    mean = (points * chances).sum()
    assert found.mean == pytest.approx(mean, abs=1e-8)
    assert found.sd == pytest.approx(((points - mean) ** 2 * chances).sum() ** 0.5, abs=1e-6)
    up_to = np.cumsum(chances)
    for percent, told in found.percentiles.items():
        exact = points[np.searchsorted(up_to, float(percent) / 100 - 1e-9)]
        assert abs(told - exact) <= found.resolution + 1e-9


def test_the_error_shrinks_as_it_says():
    """The mean of a few draws lies within some errors of that of many."""
    few, many = (
        predictions(small(), "compromise", items=["limit"], draws=draws).items["limit"][
            "compromise"
        ]
        for draws in (400, 20_000)
    )
    assert few.error == pytest.approx(many.error * 50**0.5, rel=0.1)
    assert abs(few.mean - many.mean) < 4 * few.error


def test_options_have_weights():
    """On options the mean weight on each, which sum to 1."""
    found = predictions(small(), "compromise", items=["monitor"], draws=DRAWS)
    weights = found.items["monitor"]["compromise"].point
    assert list(weights) == ["nobody", "members", "office"]
    assert sum(weights.values()) == pytest.approx(1.0)
    exact = predicted("compromise", "monitor").point
    assert list(weights.values()) == pytest.approx(exact.tolist(), abs=1e-9)


def test_the_consensus_model_says_whether():
    """Its share of adopted draws is the forecast's."""
    found = predictions(rich(), "consensus", items=["text"], draws=DRAWS).items["text"]["consensus"]
    whole = forecast(rich(), draws=DRAWS, workers=1).items["text"].adoption
    assert found.adoption == whole.probability


def test_every_model_answers_or_says_why():
    """All models on all items, in one run; each with numbers or with a reason."""
    found = predictions(rich(), "all", draws=250)
    for item, views in found.items.items():
        assert list(views) == list(models())
        for name, view in views.items():
            why = models()[name].unanswerable(rich(), item)
            assert view.why == why
            assert (view.point is None) == (why is not None) == (not view.answered)
    json.dumps(found.to_json(), allow_nan=False)


@pytest.mark.parametrize(("wish", "share"), [("80..90", 1.0), ("40..60", 0.0), ("0..100", 0.5)])
def test_without_a_core_there_is_none(wish, share):
    """§57: none in any draw is no answer; none in some is told, as side by side."""
    found = predictions(without_a_core(wish), "core", draws=600).items["text"]["core"]
    view = compare_models(without_a_core(wish), "core", draws=600).items["text"].models["core"]
    assert found.lacking == view.lacking == pytest.approx(share, abs=0.06)
    assert found.why == view.why
    assert (found.mean is None) == (share == 1.0)


@pytest.mark.parametrize("name", models())
def test_what_is_said_is_what_is_said_side_by_side(name):
    """The same reason, caveat and numbers under the same keys, whichever way draws are made."""
    for of, item in ((small(), "limit"), (without_a_core("0..100"), "text"), (rich(), "text")):
        if named(name).unanswerable(of, item):
            continue
        whole = predictions(of, name, items=[item], draws=600)
        found = whole.items[item][name]
        view = compare_models(of, name, items=[item], draws=600).items[item].models[name]
        for field in ("title", "answered", "adoption", "why", "caveat", "lacking"):
            assert getattr(found, field) == getattr(view, field)
        if view.answered and isinstance(view.point, float):
            assert found.point == pytest.approx(view.point, abs=found.resolution)
        told = whole.to_json()["items"][item]["models"][name]
        assert set(told) >= {field.name for field in fields(view)}


def test_no_answer_at_all_is_refused():
    """Nothing is drawn for models that have no answer."""
    with pytest.raises(UnsupportedError, match="no model has an answer here"):
        predictions(small(), "nash", items=["monitor"], draws=10)


def test_a_failing_model_is_named(monkeypatch):
    """The error tells in which model and on which item it came about."""
    kind = type(named("nash"))

    def broken(self, batch, item):
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(kind, "predict", broken)
    with pytest.raises(EnsembleError, match=r"by nothing \(model nash, item limit\)"):
        predictions(small(), "nash", items=["limit"], draws=30)


def test_a_function_of_models_can_be_sent_and_known_again():
    """All models pack into bytes, and their digest is the same for the same models."""
    import pickle

    from comity.ensemble.fingerprint import of_function

    function = Predicting(tuple(models().items()), ("limit",))
    again = pickle.loads(pickle.dumps(function))
    assert of_function(again) == of_function(function)
    assert of_function(Predicting(function.asked[:1], ("limit",))) != of_function(function)
