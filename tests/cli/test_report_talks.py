"""`comity report` on talks, beside an agenda and alone, and its brief of one page."""

import io
from pathlib import Path

import docx
import pytest

from comity.dossier import load
from report.talks_samples import PAIR, STUCK

FEW = ("--draws", "40")


@pytest.fixture
def pair(tmp_path) -> Path:
    place = tmp_path / "pair.yaml"
    place.write_text(PAIR, "utf-8")
    return place


def test_talks_alone_have_a_report_and_a_brief(comity, pair, tmp_path):
    """stdout is the two paths, each on its line; both files are the library's own."""
    from comity.ensemble.mediation import mediate
    from comity.report import report
    from comity.report.brief import brief

    page, sheet = tmp_path / "r.html", tmp_path / "deep" / "b.docx"
    ran = comity("report", pair, "--output", page, "--brief", sheet, *FEW, "--seed", "3")
    assert (ran.code, ran.stdout) == (0, f"{page}\n{sheet}\n")
    found = mediate(load(pair), seed=3, draws=40)
    assert page.read_text("utf-8") == report(found).html
    assert sheet.read_bytes() == brief(found).docx


def test_talks_that_cannot_succeed_are_reported_too(comity, tmp_path):
    """Nothing to agree on is an answer, not an error."""
    place = tmp_path / "stuck.yaml"
    place.write_text(STUCK, "utf-8")
    ran = comity("report", place, "--output", tmp_path / "r.html", "--brief", tmp_path / "b.docx")
    assert ran.code == 0
    assert "There is nothing to put forward" in (tmp_path / "r.html").read_text("utf-8")
    words = docx.Document(io.BytesIO((tmp_path / "b.docx").read_bytes())).paragraphs
    assert any("There is nothing to put forward" in each.text for each in words)


def test_a_brief_of_ours_is_written_over_and_no_other_file(comity, pair, tmp_path):
    """Made again a brief replaces itself; somebody's letter is kept, unless --force is given."""
    place = tmp_path / "b.docx"
    ask = ("report", pair, "--output", tmp_path / "r.html", "--brief", place, *FEW)
    assert comity(*ask).code == 0
    assert comity(*ask).code == 0
    letter = docx.Document()
    letter.add_paragraph("Dear minister")
    letter.save(str(place))
    ran = comity(*ask)
    assert ran.code == 2
    assert "b.docx" in ran.stderr
    assert docx.Document(str(place)).paragraphs[0].text == "Dear minister"
    assert comity(*ask, "--force").code == 0
    assert "Recommendation" in [p.text for p in docx.Document(str(place)).paragraphs]


@pytest.mark.parametrize(
    ("names", "says"),
    [(("r.html", "b.pdf"), "the brief is a Word file"), (("b.docx", "b.docx"), "one file")],
)
def test_briefs_that_cannot_be_are_refused_before_any_work(comity, pair, tmp_path, names, says):
    """A brief ends in .docx, and is another file than the report."""
    page, sheet = (tmp_path / name for name in names)
    ran = comity("report", pair, "--output", page, "--brief", sheet, *FEW)
    assert ran.code == 2
    assert says in ran.stderr
    assert list(tmp_path.iterdir()) == [pair]


def test_an_agenda_has_a_brief_as_well(comity, contested, tmp_path):
    """The brief on a forecast holds the shares of the agenda."""
    place = tmp_path / "b.docx"
    ran = comity("report", contested, "--output", tmp_path / "r.html", "--brief", place, *FEW)
    assert ran.code == 0
    (table,) = docx.Document(str(place)).tables
    assert table.rows[0].cells[0].text == "Item"
