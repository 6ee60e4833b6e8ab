"""The report on talks: in what order it reads, whether its numbers are the results' own."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from comity.dossier import loads
from comity.ensemble import forecast
from comity.ensemble.mediation import Mediation, mediate
from comity.report import Report, report
from comity.report.talks import talks_report
from comity.report.talks_words import AboutTalks, hundredths
from comity.report.words import percent
from report.reading import Page, loads_from_elsewhere, read
from report.samples import PLAIN, seen
from report.talks_samples import PAIR, STUCK, THREE, mediated
from report.test_escaping import SPELLS, TAGS, cursed

KINDS = {"pair": PAIR, "three": THREE, "stuck": STUCK}


@pytest.fixture(scope="module")
def made() -> Report:
    return talks_report(mediated(PAIR))


@pytest.fixture(scope="module")
def page(made: Report) -> Page:
    return read(made.html)


def _words(page: Page) -> str:
    return " ".join(page.words.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("kind", KINDS)
def test_pages_on_talks_are_sound(kind: str) -> None:
    """Talks of two, of three, and talks that cannot succeed give sound pages without network."""
    html = report(mediated(KINDS[kind])).html
    page = read(html)
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))
    assert loads_from_elsewhere(html) == []
    assert {element.tag for element in page.elements} <= TAGS
    targets = {e.attributes["href"][1:] for e in page.all("a") if e.attributes["href"][0] == "#"}
    assert targets <= set(page.ids)
    assert not re.search(r"\b(None|nan|inf)\b", page.words)
    assert report(mediated(KINDS[kind])).html == html


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_on_talks_reads_from_answer_to_sources(kind: str) -> None:
    """Answer, the talks, how sure, sources; then why, reasons, change, what it rests on."""
    page = read(report(mediated(KINDS[kind])).html)
    titles = [each.words.strip() for each in page.all("h2")]
    assert (titles[0], titles[2:]) == ("Answer", ["How sure", "Sources"])
    inner = [each.words for each in page.all("h3") if each.above.count("section") == 1]
    assert inner[:4] == [
        "Why" if "talks-1-menu" in page.ids else "Answer",
        "Reasons",
        "What would change it",
        "What the answer rests on",
    ]
    order = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in pairwise(order))


def test_parts_of_the_talks_come_in_order(page: Page) -> None:
    """Under each heading stand the parts a mediator asks for, in the order of the page."""
    titles = [each.words.strip() for each in page.all("h4") if "section" in each.above]
    assert titles[:10] == [
        "Is an agreement possible",
        "What was claimed",
        "The menu",
        "What is on the table",
        "Is proposal 1 fair, and would it last",
        "What the theory of bargaining would pick",
        "What stands in the way",
        "Trades",
        "The single text",
        "The question worth asking",
    ]


def test_the_answer_on_top_names_the_package_issue_by_issue(page: Page) -> None:
    """Right under the answer stands what the first proposal says on every issue, in words."""
    found = mediated(PAIR)
    about = AboutTalks(found)
    table = next(e for e in page.all("table") if e.attributes.get("id") == "talks-1-first")
    assert "section" in table.above
    for issue, option in found.proposals[0].package.items():
        assert about.issue(issue) in table.words
        assert about.option(issue, option) in table.words
    assert "Whose guards?" in table.words


def test_the_menu_gives_the_results_own_numbers(page: Page) -> None:
    """Gains with ranges, shares within all limits and weakest tracks are those of the mediation."""
    found = mediated(PAIR)
    about = AboutTalks(found)
    table = next(e for e in page.all("table") if e.attributes.get("id") == "talks-1-menu")
    words = " ".join(table.words.replace("\N{NO-BREAK SPACE}", " ").split())
    for view in found.proposals:
        assert percent(view.share_within) in words
        assert hundredths(view.smallest_normalised) in words
        for party in view.parties:
            low, high = party.gain_over_draws.p5, party.gain_over_draws.p95
            told = f"{about.points(party.gain)} ({about.amount(low)} to {about.amount(high)})"
            assert told in words
    assert words.count("Proposal") == len(found.proposals)


def test_solutions_are_told_with_their_gains(page: Page) -> None:
    """Each solution stands with every party's gain."""
    found = mediated(PAIR)
    about = AboutTalks(found)
    table = next(e for e in page.all("table") if e.attributes.get("id") == "talks-1-solutions")
    for solution in found.solutions.values():
        for gain in solution.gains or ():
            assert about.amount(gain) in table.words


def test_claims_are_never_called_true(page: Page) -> None:
    """A claim is possible or impossible in a share of draws, and no page says more."""
    words = _words(page).lower()
    assert "at least 95 % of its own best" in words
    assert "it cannot show that it is so" in words
    assert not re.search(r"\b(true|proven true|is a fact)\b", words.replace("truly", ""))


def test_every_judgement_stands_with_what_it_rests_on(page: Page) -> None:
    """Preferences, red lines, links and claims are listed with basis, note and citation."""
    words = _words(page)
    for said in ("Weight: 4 to 6", "guards of both: 40 to 70", "they built it", "said on the radio",
                 "two guards cost more", "read strictly", "never a toll of ten", "Rank: 2",
                 "guards of Alba: could live with", "worth 25 to 35 points",
                 "never “10 coins” on “Toll”"):  # fmt: skip
        assert said in words
    assert words.count("[1]") >= 3


def test_what_nobody_can_agree_has_no_figure_but_a_reason() -> None:
    """Talks without an allowed package show no figure and no menu, and say which lines clash."""
    found = mediated(STUCK)
    page = read(report(found).html)
    assert not page.all("figure")
    assert "talks-1-menu" not in page.ids
    words = _words(page)
    assert "There is nothing to put forward" in words
    assert "red line of Alba against “flag of Bren”" in words
    assert "red line of Bren against “flag of Alba”" in words


def test_agenda_and_talks_stand_on_one_page() -> None:
    """A dossier with both tells of the items first, then of the talks, and of each but once."""
    both = PLAIN + PAIR[PAIR.index("talks:") :].replace("mediator: M", "mediator: C").replace(
        "by: M", "by: C").replace(", from: [said]", "").replace("from: [said], ", "")  # fmt: skip
    dossier = loads(both)
    found = forecast(dossier, draws=40, workers=1), mediate(dossier, draws=40, workers=1)
    page = read(report(*found).html)
    assert page.faults == []
    titles = [each.words.strip() for each in page.all("h2")]
    assert titles == ["Answer", "Text", "The road", "How sure", "Sources"]
    assert "The one tabled draft" in _words(page)
    assert "Put proposal 1 forward first" in _words(page)
    assert "from 40 draws (seed 1)" in _words(page)


def test_an_agenda_alone_says_nothing_of_talks() -> None:
    """A forecast's page is as it was: no section, no term, no sentence on talks."""
    words = _words(read(report(seen(PLAIN)).html))
    assert "proposal 1" not in words.lower()
    assert "joint ceiling" not in words.lower()


def test_nothing_found_is_no_report() -> None:
    """A report is made of something, and of one forecast at most."""
    with pytest.raises(ValueError, match="one forecast"):
        report()
    with pytest.raises(ValueError, match="one forecast"):
        report(seen(PLAIN), seen(PLAIN))


@pytest.mark.parametrize("spell", [*SPELLS, "a\u202eb", "x" * 3000])
def test_markup_in_talks_stays_text(spell: str) -> None:
    """Markup, scripts, style, turned writing and endless words in talks come out as inert text."""
    found = mediate(_cursed(spell), draws=10, workers=1)
    html = report(found).html
    page = read(html)
    assert page.faults == []
    assert loads_from_elsewhere(html) == []
    assert {element.tag for element in page.elements} <= TAGS
    assert "\u202e" not in html
    assert "alert(1)" not in "".join(style.words for style in page.all("style"))
    shown = spell.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    assert page.words.count(shown) > 20


def _cursed(spell: str):  # type: ignore[no-untyped-def]
    """The pair's dossier with a spell in every free text, and names that still resolve."""
    dossier = loads(PAIR)
    road = dossier.talks["road"]
    texts = {name: cursed(getattr(road, name), spell) for name in ("title", "question", "tracks")}
    issues = {
        name: issue.model_copy(
            update={
                "title": f"{issue.title} {spell}",
                "question": f"{issue.question} {spell}",
                "options": None
                if issue.options is None
                else type(issue.options)({k: f"{v} {spell}" for k, v in issue.options.items()}),
            }
        )
        for name, issue in road.issues.items()
    }
    wounded = road.model_copy(update=texts | {"issues": type(road.issues)(issues)})
    return dossier.model_copy(
        update={
            "talks": type(dossier.talks)({"road": wounded}),
            "actors": cursed(dossier.actors, spell),
            "title": f"T {spell}",
            "handling": f"H {spell}",
            "note": f"N {spell}",
        }
    )


def test_several_talks_have_a_section_each() -> None:
    """Two talks of one dossier are told one after the other, each under its own anchor."""
    first = mediated(PAIR)
    second: Mediation = replace(first, draws=30)
    page = read(report(first, second).html)
    assert page.faults == []
    assert {"talks-1", "talks-2", "talks-2-menu"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "30 draws and 60 draws" in _words(page)


def test_adjusted_winner_is_told_where_two_parties_divide() -> None:
    """Talks over divisible quantities alone are told with the exact division."""
    text = """\
comity: 1
title: Timber
as_of: 2024-05-06
actors: {A: {name: Alba}, B: {name: Bren}}
talks:
  timber:
    parties: [A, B]
    issues:
      oak: {divisible: {total: 100, unit: loads, parts: 4}}
      fir: {divisible: {total: 60, unit: loads, parts: 3}}
    preferences:
      A: {issues: {oak: {weight: 60}, fir: {weight: 40}}}
      B: {issues: {oak: {weight: 70}, fir: {weight: 30}}}
"""
    words = _words(read(report(mediated(text)).html))
    assert "What Adjusted Winner would divide" in words
    assert "3/13" in words, "40 + 60·s = 70·(1 - s), so s = 3/13"
    assert "What Adjusted Winner would divide" not in _words(read(report(mediated(PAIR)).html))
