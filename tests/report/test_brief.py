"""The brief: a Word file of one page that holds the recommendation and says what it leaves out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier import loads
from comity.ensemble.mediation import mediate
from comity.errors import ComityError
from comity.report.brief import Brief, brief
from comity.report.brief.measure import broken, shortened, width
from comity.report.brief.sheet import FOOT, HIGH, KEPT, TOP, Part, Piece, Row, fitted
from comity.report.sentences import talks as says
from comity.report.talks_words import AboutTalks, hundredths
from comity.report.words import percent
from report.samples import ASKED, PLAIN, seen
from report.talks_samples import PAIR, STUCK, THREE, many_issues, mediated

PAGE = HIGH - TOP - FOOT


def _opened(made: Brief) -> Document:
    return docx.Document(io.BytesIO(made.docx))


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _words(made: Brief) -> str:
    document = _opened(made)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return _plain(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


@pytest.mark.parametrize("text", [PAIR, THREE, STUCK])
def test_the_brief_holds_the_recommendation(text: str) -> None:
    """Title, day, answer, what is possible and how sure it is stand in the file."""
    found = mediated(text)
    told = _words(brief(found))
    assert found.title in told
    assert "6 May 2024" in told
    assert " ".join(says.answer(found)) in told
    assert " ".join(says.possible(found)) in told
    assert says.sure(found)[0] in told


def test_the_menu_is_a_table_with_the_results_own_numbers() -> None:
    """The table holds the proposals issue by issue, the gains and the shares within limits."""
    found = mediated(PAIR)
    about = AboutTalks(found)
    (table,) = _opened(brief(found)).tables
    rows = {row.cells[0].text: [_plain(cell.text) for cell in row.cells[1:]] for row in table.rows}
    first = found.proposals[0]
    for issue, option in first.package.items():
        assert rows[about.issue(issue)][0] == about.option(issue, option)
    for party in first.parties:
        told = rows[f"Gain of {about.name(party.party)}"][0]
        assert about.points(party.gain) in told
        assert hundredths(party.normalised) in told
    assert rows["Within all limits, draws"][0] == percent(first.share_within)


def test_what_stands_in_the_way_is_told_where_nothing_can_be_agreed() -> None:
    """Without any package the brief names the lines that clash."""
    told = _words(brief(mediated(STUCK)))
    assert "There is nothing to put forward" in told
    assert "red line of Alba" in told
    assert not _opened(brief(mediated(STUCK))).tables


def test_sources_and_handling_mark_stand_on_the_page() -> None:
    """The mark is in header and footer, the outlets with their days in the text."""
    made = brief(mediated(PAIR))
    section = _opened(made).sections[0]
    for place in (section.header, section.footer):
        assert place.paragraphs[0].text == "for the mediator only"
    assert "Made with Comity" in section.footer.paragraphs[1].text
    assert "Sources: The Paper, 1 May 2024." in _words(made)


@pytest.mark.parametrize("text", [PAIR, THREE, STUCK])
def test_an_ordinary_brief_fits_and_leaves_little_out(text: str) -> None:
    """All issues of small talks stand on the one sheet."""
    sheet = brief(mediated(text)).sheet
    assert sheet.height <= PAGE
    assert " issue" not in sheet.left_out


def test_forty_issues_fit_and_the_least_important_are_counted() -> None:
    """The issues that carry most stay; how many go is said, as is where they stand."""
    found = mediate(loads(many_issues(40)), draws=10, workers=1)
    made = brief(found)
    (table,) = _opened(made).tables
    issues = [row.cells[0].text for row in table.rows if row.cells[0].text.startswith("Issue")]
    assert made.sheet.height <= PAGE
    assert 5 <= len(issues) < 40
    assert {"Issue number 7", "Issue number 8"} <= {name[:14] for name in issues}
    assert f"{40 - len(issues)} issues" in made.sheet.left_out
    assert made.sheet.left_out in _words(made)
    assert "Put proposal 1 forward first." in _words(made)


def test_a_forecast_has_a_brief_too() -> None:
    """The agenda with its shares, and what stands in the way."""
    found = seen(ASKED)
    made = brief(found)
    (table,) = _opened(made).tables
    assert [row.cells[0].text for row in table.rows] == ["Item", "Views", "First", "Text"]
    assert _plain(table.rows[1].cells[2].text) == percent(found.items["views"].adoption.any)
    assert made.sheet.height <= PAGE
    both = brief(seen(PLAIN), mediated(PAIR))
    assert both.sheet.height <= PAGE
    assert "The road" in _words(both)
    assert "Put proposal 1 forward first." in _words(both)
    assert brief(*[mediated(PAIR)] * 20).sheet.height <= PAGE


def test_the_same_answer_gives_the_same_bytes() -> None:
    """No hour of making and nothing of the machine gets into the file."""
    found = mediated(PAIR)
    made = brief(found)
    assert brief(found).docx == made.docx
    with zipfile.ZipFile(io.BytesIO(made.docx)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(2024, 5, 6, 0, 0, 0)}
    held = _opened(made).core_properties
    assert held.created == held.modified == datetime(2024, 5, 6, tzinfo=held.created.tzinfo)
    assert held.author == "Comity"
    assert held.title == "Road and toll"
    assert b"Made with Comity " in made.docx, "a brief of ours can be told without unpacking it"


@pytest.mark.parametrize(
    "spell",
    ["<script>alert(1)</script>", "a\x00b\x1bc\ufffe", "\u202eturned", "\u05e9\u05dc\u05d5\u05dd",
     "word " * 2000, "x" * 20_000, "\U0001f54a" * 300, "\n\n\t"],
)  # fmt: skip
def test_hostile_texts_are_harmless(spell: str) -> None:
    """Markup, control characters, turned writing and endless texts give a sound file of a page."""
    found = mediated(PAIR)
    dossier = found.dossier
    road = dossier.talks["road"]
    cursed = road.model_copy(
        update={
            "question": spell,
            "issues": type(road.issues)(
                {k: i.model_copy(update={"title": f"{k} {spell}"}) for k, i in road.issues.items()}
            ),
        }
    )
    worse = dossier.model_copy(update={"talks": type(dossier.talks)({"road": cursed})})
    made = brief(replace(found, title=f"T {spell}", handling=spell, note=spell, dossier=worse))
    told = _words(made)
    assert made.sheet.height <= PAGE
    assert "\u202e" not in told
    assert "\x00" not in told
    assert "Put proposal 1 forward first." in told
    if len(spell) > 1000:
        assert "Texts that end in … are whole in the full report" in told


def test_saving(tmp_path: Path) -> None:
    """A brief is written where it is told, with folders as needed, or says why it cannot be."""
    made = brief(mediated(STUCK))
    place = made.save(tmp_path / "new" / "brief.docx")
    assert place.read_bytes() == made.docx
    (tmp_path / "file").write_text("")
    with pytest.raises(ComityError, match="the brief cannot be written here"):
        made.save(tmp_path / "file" / "brief.docx")


def test_nothing_found_is_no_brief() -> None:
    """A brief is made of something."""
    with pytest.raises(ValueError, match="a brief is on"):
        brief()


# --- fitting


def test_the_least_important_goes_first() -> None:
    """Pieces go by weight, those that must stay stay, and a heading goes with its last piece."""
    parts = [
        Part("Kept", (Piece("a"), Piece("b", 10))),
        Part("Gone", (Piece("c", 5), Piece("d", 6))),
    ]
    whole = fitted(parts, 500.0)
    assert (len(whole.parts), whole.left_out) == (2, "")
    some = fitted(parts, 62.0)
    assert [piece.text for part in some.parts for piece in part.pieces] == ["a", "b"]
    assert some.left_out == "The full report has more: details."
    last = Part("Last", (Piece("e"),))
    assert fitted([*parts, last], 1.0).left_out.startswith("The full report has more: details")
    few = fitted(parts, 1.0)
    assert [piece.text for part in few.parts for piece in part.pieces] == ["a"]


def test_a_table_without_rows_is_not_shown() -> None:
    """When all rows of a table have gone its head goes as well."""
    head = Row(("", "x"), (100.0, 100.0), KEPT, bold=True)
    rows = (head, Row(("r", "y"), (100.0, 100.0), 5))
    first = Part("", (Piece("a"),))
    assert [part.heading for part in fitted([first, Part("T", rows)], 500.0).parts] == ["", "T"]
    assert [part.heading for part in fitted([first, Part("T", rows)], 30.0).parts] == [""]


@given(st.text(max_size=300), st.integers(1, 5))
def test_shortened_texts_keep_within_their_lines(text: str, most: int) -> None:
    """A shortened text breaks into no more lines than asked, and only a long one is cut."""
    one = " ".join(text.split())
    short = shortened(one, 9.0, 120.0, most)
    assert len(broken(short, 9.0, 120.0)) <= most
    assert short == one or short.endswith("…")
    if len(broken(one, 9.0, 120.0)) <= most:
        assert short == one


@given(st.text(max_size=200))
def test_lines_hold_what_fits_and_lose_nothing(text: str) -> None:
    """No line is wider than its column, unless by a single letter; no letter is lost."""
    one = " ".join(text.split())
    lines = broken(one, 9.0, 100.0)
    assert "".join(lines).replace(" ", "") == one.replace(" ", "")
    assert all(width(line, 9.0) <= 100.0 + 1e-9 or len(line) == 1 for line in lines)


def test_widths_are_those_of_arial() -> None:
    """A line of print is as wide as its letters are in Arial's tables, and a little more."""
    said = "An agreement within everything that was stated (red lines, links, and nobody worse off)"
    assert 345.68 <= width(said, 9.0) / 1.03 <= 1.02 * 345.68
