"""`comity forecast --model`: models side by side, for people and for programs."""

from __future__ import annotations

import json

import pytest

from comity.dossier import load
from comity.dossier.template import template
from comity.ensemble.compared import compare_models
from comity.forecast import models
from comity.report.models_told import models_told

FEW = ("--draws", "100")


@pytest.fixture
def starting(tmp_path):
    """The dossier that `comity new` writes."""
    path = tmp_path / "starting.yaml"
    path.write_text(template(), "utf-8")
    return path


def test_all_models_stand_side_by_side(comity, starting):
    """A table an item; those without an answer are named with the reason; then why they differ."""
    ran = comity("forecast", starting, "--model", "all", *FEW)
    assert ran.code == 0
    for model in models().values():
        assert model.name in ran.stdout
    assert "Why they differ:" in ran.stdout
    assert "No answer from" in ran.stdout
    assert "in the way" not in ran.stdout  # the forecast itself was not asked


def test_the_json_holds_each_model(comity, starting):
    """`items.ITEM.models.NAME` has point, low, high, answered and why."""
    said = comity("forecast", starting, "--model", "all", "--json", "--seed", "3", *FEW).json()
    made = compare_models(load(starting), seed=3, draws=100)
    assert (said["schema"], said["command"]) == ("comity/forecast/1", "forecast")
    assert (said["seed"], said["draws"]) == (3, 100)
    for item, entry in made.items.items():
        assert list(said["items"][item]["models"]) == list(models())
        for name, view in entry.models.items():
            told = said["items"][item]["models"][name]
            assert told["answered"] is view.answered
            assert (told["point"], told["low"], told["high"]) == (view.point, view.low, view.high)
            assert told["why"].strip()
        assert said["items"][item]["why"]


def test_one_model_of_one_item(comity, starting):
    """Several options narrow it down; a name may be written with spaces."""
    ran = comity("forecast", starting, "--model", "weighted median", "--item", "limit", *FEW)
    assert "weighted median" in ran.stdout
    assert "compromise" not in ran.stdout.split("Why")[0]
    assert "MONITOR" not in ran.stdout


def test_an_unknown_model_is_refused(comity, starting):
    """Code 2, one message, no traceback; all names are listed."""
    ran = comity("forecast", starting, "--model", "oracle", *FEW)
    assert ran.code == 2
    assert "there is no such model" in ran.stderr
    assert "kalai_smorodinsky" in ran.stderr
    assert not ran.stdout


def test_the_report_has_a_section_of_them(comity, starting, tmp_path):
    """Only if models were asked."""
    page = tmp_path / "page.html"
    ran = comity("forecast", starting, "--model", "all", "--report", page, *FEW)
    assert ran.stdout.splitlines()[-1] == str(page)
    assert "Models side by side" in page.read_text("utf-8")
    comity("forecast", starting, "--report", page, *FEW)
    assert "Models side by side" not in page.read_text("utf-8")


def test_the_library_has_what_the_json_has(comity, starting):
    """Reasons, rounds and exchanges with the rest; only seed and draws stand in the envelope."""
    said = comity("forecast", starting, "--model", "all", "--json", *FEW).json()
    told = json.loads(json.dumps(models_told(compare_models(load(starting), draws=100))))
    assert {key: said[key] for key in told} == told
    assert told["exchanges"]["before"]
    assert any("record" in each["models"]["challenge"] for each in told["items"].values())
