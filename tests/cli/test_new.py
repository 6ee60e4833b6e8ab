"""`comity new`: a dossier to start from, and nothing overwritten by accident."""

import os
from pathlib import Path

import openpyxl
import pytest

from comity.dossier.load import load, loads
from comity.dossier.template import template


def test_the_dossier_is_written_and_its_path_printed(comity, tmp_path):
    """The file holds the template, byte for byte; stdout holds the path alone."""
    path = tmp_path / "a rather long name " / ("x" * 100 + ".yaml")
    path.parent.mkdir()
    ran = comity("new", path)
    assert (ran.code, ran.stdout, ran.stderr) == (0, f"{path}\n", "")
    assert path.read_bytes() == template().encode()


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_without_a_path_it_is_printed(comity, arguments):
    """Without a path, or with -, the dossier itself goes to stdout."""
    assert comity("new", *arguments).stdout == template()


def test_what_new_writes_passes_check(comity, tmp_path):
    """The starting dossier can be read, and no check finds anything in it."""
    path = tmp_path / "dossier.yaml"
    assert comity("new", path).code == 0
    assert load(path).comity == 1
    checked = comity("check", path, "--strict", "all")
    assert (checked.code, checked.stderr) == (0, "")


def test_what_exists_is_kept(comity, tmp_path):
    """A file that exists is refused and stays as it was, unless --force is given."""
    path = tmp_path / "dossier.yaml"
    path.write_text("mine", "utf-8")
    ran = comity("new", path)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"{path}: there is something of this name already")
    assert "--force" in ran.stderr
    assert path.read_text("utf-8") == "mine"
    assert comity("new", path, "--force").code == 0
    assert path.read_text("utf-8") == template()


def test_a_workbook_to_start_from(comity, tmp_path):
    """The workbook says what the template says, and passes check like it."""
    path = tmp_path / "summit.xlsx"
    ran = comity("new", "--workbook", path)
    assert (ran.code, ran.stdout, ran.stderr) == (0, f"{path}\n", "")
    assert load(path) == loads(template())
    checked = comity("check", path, "--strict", "all")
    assert (checked.code, checked.stderr) == (0, "")


def test_a_dossier_in_the_other_form(comity, tmp_path):
    """YAML becomes a workbook, a workbook becomes YAML, and both are the same dossier."""
    book, text = tmp_path / "a.xlsx", tmp_path / "b.yaml"
    case = Path(__file__).parents[2] / "examples/cases/yerevan-2022"
    assert comity("new", book, "--from", case).stdout == f"{book}\n"
    assert comity("new", text, "--from", book).code == 0
    assert load(book) == load(text) == load(case)
    assert comity("new", "--from", book).stdout == text.read_text("utf-8")


@pytest.mark.parametrize(
    "arguments", [("--workbook",), ("--workbook", "-"), ("--workbook", "a.yaml")]
)
def test_a_workbook_needs_a_name(comity, arguments):
    """A workbook is never printed, nor written under the name of something else."""
    ran = comity("new", *arguments)
    assert (ran.code, ran.stdout) == (2, "")
    assert "a workbook is written to a file whose name ends in .xlsx" in ran.stderr
    assert not Path("a.yaml").exists()


def test_a_bad_workbook_is_told_by_its_cell(comity, tmp_path):
    """A command names file, sheet and cell, and ends with exit code 2."""
    path = tmp_path / "summit.xlsx"
    comity("new", "--workbook", path)
    book = openpyxl.load_workbook(path)
    book["positions"]["C1"] = "ideel"
    book.save(path)
    ran = comity("forecast", path)
    assert (ran.code, ran.stdout) == (2, "")
    assert f"{path}: positions!C1: the sheet 'positions' has no column of this name" in ran.stderr
    assert "Did you mean 'ideal'?" in ran.stderr


def test_what_only_a_forecast_refuses_is_told_by_its_cell(comity, tmp_path):
    """Hindsight in a workbook is named with sheet, cell and field."""
    path = tmp_path / "summit.xlsx"
    comity("new", "--workbook", path)
    book = openpyxl.load_workbook(path)
    book["dossier"]["C2"] = "2020-01-01"
    book.save(path)
    ran = comity("forecast", path)
    assert ran.code == 2
    assert f"{path}: statements!E2: statements.alba-limit.on: a forecast as of" in ran.stderr


@pytest.mark.parametrize("where", ["absent/dossier.yaml", "file/dossier.yaml", "x" * 300, "folder"])
def test_where_nothing_can_be_written_is_misuse(comity, tmp_path, where):
    """A path that cannot be written is named, with the system's reason: exit code 2."""
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "folder").mkdir()
    ran = comity("new", tmp_path / where, "--force")
    assert (ran.code, ran.stdout) == (2, "")
    assert "the dossier could not be written" in ran.stderr


def test_a_name_that_is_not_utf8_is_written_and_printed_as_it_is(process, tmp_path):
    """A path in another encoding comes back byte for byte."""
    ran = process("new", b"caf\xe9.yaml")
    assert ran.communicate() == (b"caf\xe9.yaml\n", b"")
    assert (Path(os.fsencode(tmp_path).decode()) / os.fsdecode(b"caf\xe9.yaml")).exists()
