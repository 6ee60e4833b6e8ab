"""The report as a page: what it loads, how it is built, in what order it reads."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from comity.dossier import load
from comity.ensemble import Forecast, forecast
from comity.errors import ComityError
from comity.report import Report, report
from comity.report.words import percent
from report.reading import Page, loads_from_elsewhere, read
from report.samples import AGREED, ASKED, HEAD, OPTIONS, PLAIN, SIDES, VOTE, seen

CASE = Path(__file__).parents[2] / "examples" / "cases" / "yerevan-2022"


@pytest.fixture(scope="module")
def yerevan() -> Forecast:
    return forecast(load(CASE), draws=300, workers=1)


@pytest.fixture(scope="module")
def made(yerevan: Forecast) -> Report:
    return report(yerevan)


@pytest.fixture(scope="module")
def page(made: Report) -> Page:
    return read(made.html)


def test_page_is_well_formed(page: Page) -> None:
    """Every element is closed where it should be, and no id stands twice."""
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))


def test_page_needs_no_network(made: Report) -> None:
    """Nothing is fetched or run, and the page forbids it as well."""
    assert loads_from_elsewhere(made.html) == []
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in made.html


def test_page_is_light(made: Report) -> None:
    """The whole page of a real case is under 3 MB."""
    assert len(made.html.encode()) < 3_000_000


def test_same_bytes_and_no_record(made: Report, tmp_path: Path) -> None:
    """The same dossier gives the same bytes again, whether its record lies beside it or not."""
    copy = shutil.copytree(CASE, tmp_path / CASE.name, ignore=shutil.ignore_patterns("record.*"))
    assert not list(copy.glob("record*"))
    assert report(forecast(load(copy), draws=300, workers=1)).html == made.html


def test_links_within_the_page_lead_somewhere(page: Page) -> None:
    """Every link to a place in the page has its place."""
    targets = {e.attributes["href"][1:] for e in page.all("a") if e.attributes["href"][0] == "#"}
    assert targets <= set(page.ids)
    assert {"answer", "sure", "sources"} < targets


def test_headings_are_in_order(page: Page) -> None:
    """There is one main heading, and no heading skips a level."""
    levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_page_reads_from_answer_to_sources(page: Page) -> None:
    """The parts come in order: answer, items, how sure, sources; and in each item likewise."""
    titles = [each.words.strip() for each in page.all("h2")]
    assert titles[0] == "Answer"
    assert titles[-2:] == ["How sure", "Sources"]
    assert titles[1] == "Competence"
    assert titles[5].startswith("Capability")
    inner = [each.words for each in page.all("h3") if each.above.count("section") == 1]
    assert inner[:4] == ["Answer", "Reasons", "What would change it", "How sure"]


def test_pictures_and_tables_can_be_read_without_seeing_them(page: Page) -> None:
    """Each drawing has a role and a name; each heading cell says what it heads."""
    assert len(page.all("svg")) > 40
    for drawing in page.all("svg"):
        assert drawing.attributes.get("role") == "img"
        assert drawing.attributes.get("aria-label", "").strip()
    assert page.all("html")[0].attributes["lang"] == "en"
    for cell in page.all("th"):
        assert cell.attributes.get("scope") in {"row", "col"}
    for region in (e for e in page.elements if e.attributes.get("role") == "region"):
        assert region.attributes["tabindex"] == "0"
        assert region.attributes["aria-labelledby"] in page.ids


def test_handling_mark_stands_at_both_ends_and_on_every_sheet(page: Page, made: Report) -> None:
    """The mark is the first and the last thing on a screen, and in the margin of each sheet."""
    marks = [each for each in page.all("p") if each.attributes.get("class") == "handling"]
    assert [mark.words for mark in marks] == ["for the presidency only"] * 2
    shown = page.words.strip().removeprefix("To the answer").strip()
    assert shown.startswith("for the presidency only")
    assert shown.endswith("for the presidency only")
    margin = re.search(r'@top-center \{ content: "((?:\\[0-9a-f]{6})+)"; \}', made.html)
    assert margin is not None
    codes = re.findall(r"\\([0-9a-f]{6})", margin[1])
    assert "".join(chr(int(code, 16)) for code in codes) == "for the presidency only"


def test_every_source_is_shown(page: Page, yerevan: Forecast) -> None:
    """Each statement stands with speaker, standing, locator and gist; clauses and notes too."""
    words = " ".join(page.words.replace("\N{NO-BREAK SPACE}", " ").split())
    dossier = yerevan.dossier
    for said in dossier.statements.values():
        for part in (said.speaker, said.gist, said.locator, said.standing.value):
            assert " ".join(part.split()) in words
    for source in dossier.sources.values():
        assert source.title in words
    for clause in dossier.charter("csto").clauses.values():
        assert " ".join(clause.says.split()) in words
    readings = [dossier.positions, *(coding.positions for coding in dossier.codings.values())]
    held = [position for r in readings for some in r.values() for position in some.values()]
    for note in (dossier.note, *(position.note for position in held)):
        assert " ".join(note.split()) in words


def test_answer_table_gives_the_headlines(page: Page, yerevan: Forecast) -> None:
    """The table at the top shows the share of the tabled draft and of any text for each item."""
    rows = [each for each in page.all("tr") if "section" in each.above][1:6]
    for row, entry in zip(rows, yerevan.items.values(), strict=True):
        words = row.words.replace("\N{NO-BREAK SPACE}", " ")
        assert percent(entry.adoption.any) in words
        tabled = entry.adoption.probability
        assert ("none tabled" if tabled is None else percent(tabled)) in words


@pytest.mark.parametrize("text", [HEAD, PLAIN, AGREED, SIDES, OPTIONS, ASKED, VOTE])
def test_pages_of_small_dossiers(text: str) -> None:
    """Dossiers without agenda, codings, presidency, sources or draft give sound pages as well."""
    made = report(seen(text))
    page = read(made.html)
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))
    assert loads_from_elsewhere(made.html) == []
    assert not re.search(r"\b(None|nan|inf)\b", page.words)


def test_untitled_dossier_has_a_title() -> None:
    """A page always has a title."""
    assert report(replace(seen(PLAIN), title=" ")).title == "Forecast"


def test_saving(tmp_path: Path, made: Report) -> None:
    """A report is written as UTF-8 where it is told, and says where."""
    place = made.save(tmp_path / "new" / "report.html")
    assert place.read_text(encoding="utf-8") == made.html


def test_saving_where_one_cannot(tmp_path: Path, made: Report) -> None:
    """A place that cannot be written to is named in the error."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ComityError, match="the report cannot be written here") as caught:
        made.save(tmp_path / "file" / "report.html")
    assert str(tmp_path / "file") in str(caught.value)


def test_notebooks_show_the_page_in_a_frame(made: Report) -> None:
    """In a notebook the page stands in a frame of its own, its text escaped."""
    shown = made._repr_html_()
    frame = read(shown)
    assert frame.faults == []
    assert frame.elements[0].attributes["srcdoc"] == made.html
    assert len(frame.elements) == 1
