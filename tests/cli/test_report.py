"""`comity report` and `forecast --report`: one HTML file, and nothing written over unasked."""

import os
from pathlib import Path

import pytest

from comity.cli import page

FEW = ("--draws", "200")
ASKING = {
    "report": lambda path, place: ["report", path, "--output", place],
    "forecast": lambda path, place: ["forecast", path, "--report", place],
    "demo": lambda path, place: ["demo", "--output", place],
}


def test_the_report_is_written_and_its_path_printed(comity, contested, tmp_path):
    """The file is the library's report; stdout is its path alone, as it was given."""
    from comity.dossier import load
    from comity.ensemble import forecast
    from comity.report import report

    place = tmp_path / "a rather long name " / ("x" * 100 + ".html")
    ran = comity("report", contested, "--output", place, *FEW, "--seed", "3")
    assert (ran.code, ran.stdout) == (0, f"{place}\n")
    assert place.read_text("utf-8") == report(forecast(load(contested), seed=3, draws=200)).html


def test_without_output_it_is_called_after_the_dossier(comity, contested, tmp_path, monkeypatch):
    """A file lends its stem, a folder its name; the report lies in the current folder."""
    folder = tmp_path / "summit 2024"
    folder.mkdir()
    (folder / "one.yaml").write_bytes(contested.read_bytes())
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert comity("report", contested, *FEW).stdout == f"{elsewhere / 'talks-report.html'}\n"
    assert comity("report", folder, *FEW).stdout == f"{elsewhere / 'summit 2024-report.html'}\n"
    monkeypatch.chdir(folder)
    assert comity("report", ".", *FEW).stdout == f"{folder / 'summit 2024-report.html'}\n"
    assert {path.name for path in elsewhere.iterdir()} == {
        "talks-report.html",
        "summit 2024-report.html",
    }


def test_forecast_writes_it_too_and_ends_with_its_path(comity, contested, tmp_path):
    """`forecast --report` prints the answer, then the path alone on the last line."""
    place = tmp_path / "r.html"
    plain = comity("forecast", contested, *FEW)
    ran = comity("forecast", contested, *FEW, "--report", place, "--item", "later")
    assert ran.stdout.endswith(f"\n{place}\n")
    assert place.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "How much?" in place.read_text("utf-8"), "the report tells of all items"
    assert str(place) not in plain.stdout


def test_with_json_the_path_goes_to_stderr(comity, contested, tmp_path):
    """--json keeps stdout one object; the report is written, its path the last of stderr."""
    place = tmp_path / "r.html"
    ran = comity("forecast", contested, *FEW, "--json", "--report", place)
    assert ran.json() == comity("forecast", contested, *FEW, "--json").json()
    assert ran.stderr.splitlines()[-1] == str(place)
    assert place.exists()


def test_a_coding_is_named_on_what_is_made_of_it(comity, contested, tmp_path):
    """A report, a sheet or an answer under a coding says whose reading it is."""
    place = tmp_path / "r.html"
    coded = ("--coding", "mild", *FEW)
    assert comity("report", contested, "--output", place, *coded).code == 0
    shown = [place.read_text("utf-8")]
    shown += [comity(verb, contested, *coded).stdout for verb in ("forecast", "canvass")]
    shown += [comity(verb, contested, "--json", *coded).stdout for verb in ("forecast", "canvass")]
    assert all("Three around a table (As the mild see it)" in text for text in shown)


def test_a_report_is_written_over_and_nothing_else(comity, contested, tmp_path):
    """An earlier report or an empty file gives way; any other file stays, unless forced."""
    place = tmp_path / "r.html"
    asked = ("report", contested, "--output", place, *FEW)
    place.touch()
    assert comity(*asked).code == 0
    first = place.read_bytes()
    assert comity(*asked, "--seed", "2").code == 0
    assert place.read_bytes() != first
    place.write_text("<!DOCTYPE html>\n<p>mine", "utf-8")
    ran = comity(*asked)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"{place}: there is a file of this name that is not a report, so nothing was done\n"
        "  mend:  Choose another name, or write over it with --force.\n"
    )
    assert place.read_text("utf-8") == "<!DOCTYPE html>\n<p>mine"
    assert comity(*asked, "--force").code == 0
    assert place.read_bytes() == first


@pytest.mark.parametrize("verb", ASKING)
@pytest.mark.parametrize(
    "where", ["file/r.html", "folder", "a\x00b", "x" * 300 + ".html", "talks.yaml"]
)
def test_where_nothing_can_be_written_is_misuse(comity, contested, tmp_path, verb, where):
    """A path that cannot be written is refused with exit code 2 before anything is forecast."""
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "folder").mkdir()
    before = contested.read_bytes()
    ran = comity(*ASKING[verb](contested, tmp_path / where))
    assert (ran.code, ran.stdout) == (2, "")
    assert ("mend:" in ran.stderr) or ("help:" in ran.stderr)
    assert "Traceback" not in ran.stderr
    assert contested.read_bytes() == before


def test_a_folder_without_leave_to_write_is_misuse(comity, contested, tmp_path, monkeypatch):
    """A folder that may not be written to is said before any work is done."""
    monkeypatch.setattr(os, "access", lambda folder, _mode: Path(folder) != tmp_path)
    ran = comity("report", contested, "--output", tmp_path / "new" / "r.html")
    assert (ran.code, ran.stdout) == (2, "")
    assert "nothing can be written here" in ran.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said(comity, contested):
    """What fails only in the writing is said all the same, with exit code 2."""
    ran = comity("report", contested, "--output", "/dev/full", *FEW)
    assert (ran.code, ran.stdout) == (2, "")
    assert "the report cannot be written here" in ran.stderr


def test_a_path_of_other_bytes_is_written_and_printed_as_it_is(process, contested):
    """A path in another encoding comes back byte for byte."""
    ran = process("report", os.fsencode(contested), "--output", b"caf\xe9.html", *FEW)
    assert ran.communicate()[0] == b"caf\xe9.html\n"


def test_the_default_name_is_taken_from_the_dossier(tmp_path):
    """`.` and a trailing slash mean the folder by its own name."""
    (tmp_path / "case.v2").mkdir()
    assert page.default_name(tmp_path / "case.v2") == "case.v2-report.html"
    assert page.default_name(Path(f"{tmp_path}/case.v2/")) == "case.v2-report.html"
    assert page.default_name(Path(f"{tmp_path}/case.v2/.")) == "case.v2-report.html"
    assert page.default_name(tmp_path / "talks.v2.yaml") == "talks.v2-report.html"


@pytest.mark.parametrize("verb", ["report", "forecast"])
def test_not_even_by_force_is_a_dossier_written_over(comity, contested, tmp_path, verb):
    """The file the report is on, by whatever name, and the YAML files of its folder are kept."""
    before = contested.read_bytes()
    link = tmp_path / "link.html"
    link.symlink_to(contested)
    folder = tmp_path / "case"
    folder.mkdir()
    part = folder / "part.yaml"
    part.write_bytes(before)
    for dossier, place in ((contested, contested), (contested, link), (folder, part)):
        ran = comity(*ASKING[verb](dossier, place), "--force", *FEW)
        assert (ran.code, ran.stdout) == (2, "")
        assert "this is the dossier itself" in ran.stderr
    assert contested.read_bytes() == part.read_bytes() == before


def test_a_pipe_that_nobody_reads_is_refused(comity, contested, tmp_path):
    """Opening a named pipe would wait for a reader forever."""
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    for force in ((), ("--force",)):
        ran = comity("report", contested, "--output", pipe, *force, *FEW)
        assert ran.code == 2
        assert "this is no file" in ran.stderr
    assert comity("new", "--force", pipe).code == 2


@pytest.mark.parametrize("arguments", [["demo"], ["report", "talks.yaml"]])
def test_a_folder_that_is_gone_is_no_defect(comity, tmp_path, monkeypatch, arguments):
    """Without a current folder there is nowhere to put the report, which is said."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    ran = comity(*arguments)
    assert (ran.code, ran.stdout) == (2, "")
    assert "the current folder cannot be used" in ran.stderr
    monkeypatch.chdir(tmp_path)
