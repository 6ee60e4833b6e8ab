"""Models side by side in words: each reason says what the dossier says."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.dossier import Dossier
from comity.dossier.strategies import dossiers
from comity.ensemble import forecast
from comity.report import sentences
from comity.report.models_section import models_section
from forecast.small import body, dossier


def compared(
    wishes: dict[str, float], reversion: float = 0.0, which: Any = "all", **more: Any
) -> comity.Comparison:
    held = {who: {"ideal": at, "salience": 50} for who, at in wishes.items()}
    item = {"reversion": reversion} | more
    of = dossier({"text": item}, {"text": held}, {"b": body(*wishes)})
    return comity.compare_models(of, which, draws=20)


def says(found: comity.Comparison) -> str:
    return " ".join(sentences.models_differ(found, "text"))


def test_a_mean_is_told_apart_from_the_median():
    """Who lies off the median, with what weight, and how far."""
    said = says(compared({"A": 10, "B": 10, "C": 10, "D": 90, "E": 20}))
    assert "The compromise lies 18 points above the weighted median" in said
    assert "those that want more than the median (D and E) hold 40 % of the weight" in said
    assert "lie 45 points from it, and none wants less." in said


def test_bargaining_stays_where_members_want_both_ways():
    """The reason names both sides, and who is content."""
    said = says(compared({"A": 80, "B": 90, "C": 10, "D": 50}, reversion=50))
    assert (
        "The bargaining models stay at the reversion, 50: A and B want more, C wants less and D "
        "wants it as it is, so any other text makes somebody lose." in said
    )


def test_bargaining_is_held_by_the_nearest():
    """All want more; B wants least more."""
    said = says(compared({"A": 80, "B": 20, "C": 60}))
    assert "All want more than the reversion, 0, so bargaining leads away from it" in said
    assert "mostly B's: nobody may lose" in said


def test_the_setter_is_held_or_not():
    """What it wants and what it gets."""
    wishes = {"A": 20, "B": 40, "C": 70}
    held = says(compared(wishes, 30.0, procedure="majority", by="C"))
    assert "C sets the agenda, wants 70 and gets 50: in all 20 draws the rule would not" in held
    free = says(compared(wishes, 0.0, procedure="majority", by="C"))
    assert "C sets the agenda and gets what it wants, 70." in free


def test_the_rule_and_its_pivots():
    """Winset and core, and who keeps them."""
    said = says(compared({"A": 20, "B": 40, "C": 70}, 30.0, procedure="majority"))
    assert "between 30 and 50 (winset): mostly B keeps it from going higher." in said
    assert "The core is 40: between the rule's pivots, mostly B, no text can be moved." in said
    nothing = says(compared({"A": 20, "B": 70}, 30.0))
    assert "Nothing at all would pass against the reversion, 30" in nothing


def test_whether_is_said_by_one_model_alone():
    """In how many draws the draft is adopted; or that none is tabled."""
    adopted = says(compared({"A": 60, "B": 80}, tabled=50))
    assert "the draft at 50 is adopted in all 20 draws." in adopted
    refused = says(compared({"A": 60, "B": 10}, tabled=50))
    assert "adopted in none of the 20 draws, so the reversion, 0, holds." in refused
    assert "No draft is tabled" in says(compared({"A": 60, "B": 10}))


def test_many_members_are_counted():
    """The first few are named."""
    wishes = {f"M{k}": 80.0 for k in range(9)} | {"Z": 10.0}
    said = says(compared(wishes, 50.0))
    assert "M0, M1, M2, M3 and 5 others want more and Z wants less" in said


def test_models_that_agree_say_so():
    """Unanimity leaves nothing to explain."""
    said = says(compared({"A": 40, "B": 40}, which=["compromise", "nash", "core"]))
    assert said.startswith("All 3 models that answer say the same, 40.")


def test_every_model_has_a_word():
    """Why it lies there, or why there is no answer."""
    for found in (compared({"A": 40, "B": 70}, tabled=50), compared({"A": 40})):
        told = sentences.model_says(found, "text")
        for name, view in found.items["text"].models.items():
            assert told[name].strip(), name
            if not view.answered:
                assert view.why in told[name][0].lower() + told[name][1:]


def test_models_without_an_answer_are_named_together():
    """One reason, one sentence."""
    found = compared({"A": 40, "B": 70})
    missing = sentences.unanswered(found, "text")
    assert any("agenda setter" in said and "needs a setter" in said for said in missing)


@pytest.mark.parametrize(
    ("procedure", "who"), [("majority", "B and C: x 20 → "), ("substantive", "nobody: no other")]
)
def test_packages_say_who_would_rather_have_what(procedure: str, who: str):
    """A coalition by name, and from where to where; or that no other package beats it."""
    held = {who: {"ideal": at, "salience": 50} for who, at in {"A": 20, "B": 60, "C": 60}.items()}
    text = {"reversion": 0, "procedure": procedure}
    of = dossier({"x": text, "y": text}, {"x": held, "y": held}, {"b": body(*held)})
    found = comity.compare_models(of, ["egalitarian", "weighted_median"], draws=10)
    (package,) = found.together
    assert "put to one vote" in " ".join(sentences.together_says(package))
    rows = {row[0]: row[1:] for row in sentences.together_table(found, package)[1]}
    assert rows["weighted median"][1] == "nobody: no other package beats it"
    assert rows["egalitarian"][1].startswith(who)


def test_where_all_could_have_more_it_says_everybody():
    """Nash item by item stops at the nearer wish on each."""
    held = {
        "x": {"A": {"ideal": 70, "salience": 80}, "B": {"ideal": 20, "salience": 30}},
        "y": {"A": {"ideal": 20, "salience": 30}, "B": {"ideal": 70, "salience": 80}},
    }
    of = dossier({item: {"reversion": 0} for item in held}, held)
    found = comity.compare_models(of, ["nash"], draws=10)
    (row,) = sentences.together_table(found, found.together[0])[1]
    assert row[2].startswith("everybody: x 20 → ")


def test_the_page_shows_them_only_if_asked():
    """A table an item and the reasons; without a comparison the page is as it was."""
    found = compared({"A": 40, "B": 70}, tabled=50)
    made = forecast(found.dossier, draws=20)
    without, with_them = comity.report(made).html, comity.report(made, found).html
    assert "Models side by side" not in without
    assert "models-text" in with_them
    for view in found.items["text"].models.values():
        assert view.title in with_them
    with pytest.raises(ValueError, match="beside a forecast"):
        comity.report(found)


@settings(max_examples=settings().max_examples // 2)
@given(dossiers(), st.integers(1, 30))
def test_whatever_the_dossier_there_are_words(of: Dossier, draws: int):
    """Absent members, salience 0, no chair, one member: sentences and tables for all of them."""
    of = of.model_copy(update={"as_of": date(2100, 1, 1)})  # nothing in it is later
    found = comity.compare_models(of, draws=draws)
    for item, entry in found.items.items():
        told = sentences.model_says(found, item)
        assert all(told[name].strip() for name in entry.models)
        headings, rows = sentences.model_table(found, item)
        assert all(len(row) == len(headings) for row in rows)
        said = [*sentences.models_differ(found, item), *sentences.unanswered(found, item)]
        assert said
        assert not any("nan" in words.split() or "inf" in words.split() for words in said)
    for package in found.together:
        headings, rows = sentences.together_table(found, package)
        assert all(len(row) == len(headings) for row in rows)
    assert models_section(found).items is not None
    json.dumps(found.to_json(), allow_nan=False)
