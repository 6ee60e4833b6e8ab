"""Models side by side in words: each reason says what the dossier says."""

from __future__ import annotations

import json
from dataclasses import replace
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
from comity.report.sentences.models_reasons import About
from comity.report.sentences.models_words import Unit, unit_of
from comity.report.sources import seen_on
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


def of_text(held: dict[str, dict[str, Any]], which: Any = "all", **item: Any) -> comity.Comparison:
    of = dossier({"text": item}, {"text": held}, {"b": body(*held)})
    return comity.compare_models(of, which, draws=50)


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
    assert "put to one vote" in " ".join(sentences.together_says(found, package))
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


def test_the_page_has_no_column_that_one_model_alone_fills():
    """Whether the draft is adopted is told with the reasons; asked alone, it has its column."""
    (entry,) = models_section(compared({"A": 40, "B": 70}, tabled=50)).items
    assert entry.table is not None
    assert entry.table.columns == ("Point", "10 to 90 %")
    assert "Only the consensus model says whether: the draft at 50" in " ".join(entry.why)
    alone = compared({"A": 40, "B": 70}, which="consensus", tabled=50)
    (entry,) = models_section(alone).items
    assert entry.table is not None
    assert entry.table.columns[-1] == "Draft adopted"
    assert entry.figure is None, "one model stands beside no other"


def test_the_figure_shows_the_points_of_the_table():
    """A row a model that has a point, with the table's own numbers; none on options."""
    found = compared({"A": 51.2, "B": 51.4, "C": 51.9}, reversion=51.0, tabled=51.5)
    figure = models_section(found).items[0].figure
    _, rows = sentences.model_table(found, "text")
    assert figure is not None
    for title, point, *_ in rows:
        assert f"{title} {point}" in figure.alt
    assert "what holds if nothing is decided, 51; dashed line: the tabled draft" in figure.caption
    held = {"A": {"values": {"x": 1, "y": 0}}, "B": {"values": {"x": 0, "y": 1}}}
    options = of_text(held, options=["x", "y"], reversion="x")
    assert models_section(options).items[0].figure is None


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


def test_three_kinds_of_model_are_told_apart():
    """What a text would be, what can be had against the reversion, whether; those asked alone."""
    found = compared({"A": 40, "B": 70}, tabled=50, by="A")
    legend, kinds, last = sentences.caution(found)
    assert legend.startswith("10 to 90 %: where a model's answers lie")
    content, against, whether = kinds.split("; ")
    assert "if one were adopted (unweighted mean" in content
    assert "core" in content
    assert "which stays where nothing can (Nash, Kalai–Smorodinsky, egalitarian, winset" in against
    assert "agenda setter" in against
    assert whether == "whether the draft is adopted, and so what holds (consensus)."
    assert "comity backtest" in last
    few = " ".join(sentences.caution(compared({"A": 40, "B": 70}, which="nash")))
    assert "if one were adopted" not in few
    assert "nothing can (Nash)." in few


def test_the_heading_of_the_range_does_not_speak_of_draws_alone():
    """Election, winset, core and prevails have a range within one draw."""
    headings, _ = sentences.model_table(compared({"A": 40, "B": 70}), "text")
    assert headings == ["model", "point", "10 to 90 %", "draft adopted"][: len(headings)]


def test_a_setter_without_anything_that_passes():
    """It is not said to get the mean of a reversion."""
    held = {"A": {"ideal": 70, "salience": 50}, "B": {"ideal": 20, "salience": 50}}
    said = says(of_text(held, reversion="30..60", by="A"))
    assert (
        "A sets the agenda and wants 70, but nothing other than the reversion, anywhere from 30 to "
        "60, would pass, so that holds." in said
    )
    assert "A sets the agenda, wants" not in said


def test_a_setter_with_nothing_to_pass_in_some_draws():
    """How often, beside how often it is held."""
    held = {"A": {"ideal": 90, "salience": 50}, "B": {"ideal": "20..60", "salience": 50}}
    said = says(of_text(held, reversion=40, by="A"))
    assert "nothing but the reversion would pass)." in said


def test_a_reversion_that_is_not_known():
    """No reason is made of the middle of 0 to 100."""
    held = {"A": {"ideal": 70, "salience": 50}, "B": {"ideal": 20, "salience": 50}}
    found = of_text(held, reversion="0..100", by="A")
    said = says(found)
    assert said.count("What holds if nothing is decided is not known and was drawn from 0") == 1
    for told in ("the reversion, 5", "A sets the agenda", "(winset)", "bargaining"):
        assert told not in said
    assert "leaves the reversion, which is not known." in said
    back = sentences.set_against(found, "text")
    assert "If nothing is decided: anywhere from 0 to 100 (not known);" in back
    marked = of_text(held, reversion="0..100", assumed=["reversion"])
    told = sentences.set_against(marked, "text")
    assert "If nothing is decided: anywhere from 0 to 100 (assumed: not known);" in told
    sure = sentences.set_against(of_text(held, reversion=30, assumed=["reversion"]), "text")
    assert "If nothing is decided: 30 (assumed); nothing" in sure
    some = sentences.set_against(of_text(held, reversion="20..40", tabled=60), "text")
    assert "If nothing is decided: anywhere from 20 to 40; tabled: 60." in some


def test_members_to_whom_it_does_not_matter_are_left_out_of_bargaining():
    """And it is said; the others alone are called all."""
    held = {
        "A": {"ideal": 70, "salience": 50},
        "B": {"ideal": 60, "salience": 50},
        "C": {"ideal": 0, "salience": 0},
    }
    said = says(of_text(held, reversion=10))
    assert "All to whom it matters want more than the reversion, 10, so bargaining leads" in said
    assert "C, to which the item does not matter at all, is left out." in said
    both = says(of_text({**held, "D": {"ideal": 5, "salience": 5}}, reversion=10))
    assert "A and B want more and D wants less, so any other text makes somebody lose. C," in both
    none = says(of_text({"A": {"ideal": 70, "salience": 0}}, reversion=10))
    assert "The item matters to nobody, so the bargaining models stay at the reversion, 10." in none


def test_no_weight_is_not_only_none():
    """A member of salience 0 has none of the weight."""
    held = {
        "A": {"ideal": 90, "salience": 50},
        "B": {"ideal": 80, "salience": 50},
        "C": {"ideal": 0, "salience": 0},
    }
    said = says(of_text(held, reversion=0))
    assert "most of all because C, which wants 0, has none of the weight." in said


def test_the_challenge_is_set_against_the_median():
    """It ends in one, and starts from one (the emission standards, years as points)."""
    held = {
        who: {"ideal": at, "salience": salience, "capability": capability}
        for who, capability, at, salience in (
            ("NL", 8, 0, 80), ("BE", 8, 50, 40), ("LU", 3, 0, 20), ("DE", 16, 0, 80),
            ("FR", 16, 100, 60), ("IT", 16, 100, 60), ("UK", 16, 100, 90), ("IE", 5, 50, 10),
            ("DK", 5, 0, 100), ("GR", 8, 50, 70),
        )
    }  # fmt: skip
    told = sentences.model_says(of_text(held, reversion=0), "text")["challenge"]
    assert told.endswith("that leads to 99, 49 points above the weighted median.")


def test_draws_without_a_core_are_counted():
    """What stands in for it is told; without any core there is no answer."""
    quarter = {"kind": "qualified_majority", "at_least": "1/4", "of": "members"}
    held = {
        who: {"ideal": at, "salience": 50}
        for who, at in {"A": "30..70", "B": "30..70", "C": 40, "D": 60}.items()
    }
    seats = body(*held) | {
        "charter": {"name": "C", "procedures": {"substantive": {"rule": quarter}}}
    }
    of = dossier({"text": {"reversion": 0}}, {"text": held}, {"b": seats})
    found = comity.compare_models(of, draws=50)
    view = found.items["text"].models["core"]
    assert view.lacking == 1.0
    assert any("core" in said for said in sentences.unanswered(found, "text"))
    told = About(found, "text")
    some = replace(view, answered=True, point=50.0, low=40.0, high=60.0, lacking=0.25)
    entry = replace(
        told.entry,
        models={"core": some},
        grounds=replace(told.grounds, rule=replace(told.grounds.rule, core=(40.0, 60.0))),
    )
    said = says(replace(found, items={"text": entry}))
    assert "In 25 % of draws every text is beaten by another; there what lies between" in said


def on_options(held: dict[str, Any], which: Any = "all", draws: int = 200) -> comity.Comparison:
    item = {"options": ["x", "y", "z"], "reversion": "z", "tabled": "x"}
    of = dossier({"text": item}, {"text": held}, {"b": body(*held)})
    return comity.compare_models(of, which, draws=draws)


def test_on_options_it_is_said_why_models_differ():
    """How each counts, and whether the draft is adopted."""
    said = says(on_options({"A": {"ideal": "x"}, "B": {"ideal": "y", "salience": 90}}))
    assert "The unweighted mean counts for each option the members that like it best; the" in said
    assert "Only the consensus model says whether: the draft “x” is adopted in all 200" in said
    against = {"A": {"ideal": "x"}, "B": {"values": {"x": 0, "y": 0, "z": 100}, "salience": 90}}
    said = says(on_options(against))
    assert "the draft “x” is adopted in none of the 200 draws, so the reversion, “z”, hold" in said


def test_favourites_within_chance_are_not_told_apart():
    """Two options as likely as each other; with nothing uncertain the smallest lead counts."""
    even = on_options({"A": {"ideal": {"x": 0.5, "y": 0.5}, "salience": 50}}, "compromise")
    assert "“x” and “y”, which the draws do not tell apart" in says(even)
    sure = {
        who: {"ideal": at, "salience": salience}
        for who, at, salience in (("A", "x", 51), ("B", "y", 49))
    }
    told = says(on_options(sure, "compromise"))
    assert told.startswith("All models that answer put most weight on “x”.")
    tied = {who: {"ideal": at, "salience": 50} for who, at in (("A", "x"), ("B", "y"))}
    assert "“x” and “y”, with the same" in says(on_options(tied, "compromise"))


@pytest.mark.parametrize(
    ("wishes", "decimals"),
    [((4, 10), 2), ((40, 60), 1), ((0, 25), 0), (("4..5", 10), 1), ((7, 7), 0)],
)
def test_decimals_where_wishes_lie_close_together(wishes: tuple[Any, Any], decimals: int):
    """Two under 10 points if nothing is uncertain, one under 25, else none."""
    held = {who: {"ideal": at, "salience": 50} for who, at in zip("AB", wishes, strict=True)}
    of = dossier({"text": {"reversion": 0}}, {"text": held}, {"b": body("A", "B")})
    assert unit_of(of, "text") == Unit(decimals)


def test_numbers_with_decimals():
    """Never −0.00; a wide answer is told in whole points."""
    assert [Unit(2).number(each) for each in (7.386, -0.001, 0)] == ["7.39", "0.00", "0.00"]
    assert (Unit(1).points(0.39), Unit().points(0.39)) == ("0.4 points", "less than 1 point")
    assert Unit(2).over(0.0, 52.0) == Unit()
    assert Unit(2).over(4.0, 10.0) == Unit(2)


def test_models_without_a_text_are_left_out_of_packages():
    """Named with the reason; and an unknown reversion is told again."""
    held = {who: {"ideal": at, "salience": 50} for who, at in {"A": 20, "B": 60}.items()}
    text = {"reversion": "0..100", "tabled": 50}
    of = dossier({"x": text, "y": text}, {"x": held, "y": held}, {"b": body(*held)})
    found = comity.compare_models(of, draws=10)
    said = " ".join(sentences.together_says(found, found.together[0]))
    assert "Left out are condorcet election, winset, core and prevails: their points stand" in said
    assert "Left out is consensus: its point lies between the draft and the reversion." in said
    assert "What holds now is not known and was drawn from 0 to 100" in said


def test_a_page_of_a_table_without_a_day_names_none():
    """The day that stands in for it looks real."""
    day = date(2000, 1, 1)
    assert seen_on(day) == ", as it could be seen on 1 January 2000"
    assert seen_on(day, "The file tells neither a day nor how the body decides.") == ""
