"""`comity demo`: the case that comes with Comity, from anywhere."""

from pathlib import Path

import pytest

import comity as package
from comity.cli import demo
from comity.dossier import load
from comity.errors import ComityError

CHECKOUT = Path(__file__).parents[2]


def test_in_an_empty_folder_it_answers_and_writes_the_report(process, tmp_path):
    """The answer goes to stdout, its last line the path of the report; nothing else is left."""
    ran = process("demo")
    out, err = (stream.decode() for stream in ran.communicate())
    assert ran.returncode == 0, err
    place = tmp_path / "out" / "yerevan-2022-report.html"
    assert out.splitlines()[-1] == str(place)
    assert out.startswith("FOR THE PRESIDENCY ONLY\nForecast: Yerevan summit of the CSTO")
    assert "An illustration, not a validation." in out
    assert place.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert list(tmp_path.rglob("*")) == [tmp_path / "out", place]


def test_it_says_what_forecast_says_of_the_case(comity, tmp_path, monkeypatch):
    """Apart from where the report lies, the answer is `comity forecast`'s own."""
    monkeypatch.chdir(tmp_path)
    shown = comity("demo", "--output", "r.html").stdout
    case = CHECKOUT / "examples" / "cases" / "yerevan-2022"
    assert shown == comity("forecast", case, "--report", "r.html").stdout


def test_a_checkout_keeps_the_report_out_of_its_history():
    """`make demo` leaves a checkout clean: its folder is one that git ignores."""
    assert f"/{demo.FOLDER}/" in (CHECKOUT / ".gitignore").read_text("utf-8").splitlines()


def test_the_case_of_a_wheel_comes_before_that_of_a_checkout(tmp_path, monkeypatch):
    """Installed from a wheel the case lies in the package; else it is looked for beside src."""
    monkeypatch.setattr(package, "__file__", str(tmp_path / "src" / "comity" / "__init__.py"))
    with pytest.raises(ComityError, match="is not here"):
        demo.case()
    beside = tmp_path / "examples" / "cases" / "yerevan-2022"
    beside.mkdir(parents=True)
    assert demo.case() == beside
    within = tmp_path / "src" / "comity" / "cases" / "yerevan-2022"
    within.mkdir(parents=True)
    assert demo.case() == within


def test_the_case_is_whole():
    """What the demonstration finds loads, with all five items and three codings."""
    dossier = load(demo.case())
    assert set(dossier.agenda) == {
        *("competence", "assessment", "roadmap", "assistance", "capability")
    }
    assert len(dossier.codings) == 3
