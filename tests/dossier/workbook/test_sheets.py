"""What a workbook is made of: sheets and columns described by the fields, typed as they are."""

from __future__ import annotations

import runpy
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from comity.dossier import Dossier, loads
from comity.dossier.template import template
from comity.dossier.workbook import workbook_bytes
from comity.dossier.workbook.page import page
from comity.dossier.workbook.readme import README
from comity.dossier.workbook.sheets import Sheet, sheets
from dossier.samples import GOOD, WITH_TALKS, spoiled

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def book() -> Any:
    """The sample as a spreadsheet program sees it."""
    titled = spoiled(WITH_TALKS, ("title: Meeting", "title: '=cmd()'"))
    return openpyxl.load_workbook(BytesIO(workbook_bytes(loads(titled))))


def test_the_page_is_current():
    """The page on workbooks is the one the metadata makes (docs/how-to/workbook.py)."""
    script = runpy.run_path(str(ROOT / "docs/how-to/workbook.py"))
    assert script["PAGE"].read_text("utf-8") == page()


def test_every_section_has_a_sheet():
    """Every mapping of the dossier has a sheet of its own, so that nothing hides in one cell."""
    assert {column.name for column in sheets()[0].columns} == {
        name
        for name, info in Dossier.model_fields.items()
        if "FrozenMap" not in str(info.annotation) and "frozendict" not in str(info.annotation)
    }


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)
def test_every_column_is_described(sheet: Sheet, book: Any):
    """Every header says in its comment what its column holds, and the row stays in view."""
    page_ = book[sheet.name]
    heads = [cell.value for cell in page_[1]]
    assert heads == [column.name for column in sheet.all_columns]
    for cell, column in zip(page_[1], sheet.all_columns, strict=True):
        assert column.says
        assert column.says[1:] in cell.comment.text
    assert page_.freeze_panes.endswith("2")


def test_names_are_told_apart():
    """No two sheets and no two columns of a sheet have one name, nor one too long for Excel."""
    names = [sheet.name for sheet in sheets()]
    assert len({*names, README}) == len(names) + 1
    assert max(map(len, names)) <= 31
    for sheet in sheets():
        columns = [column.name for column in sheet.all_columns]
        assert len(set(columns)) == len(columns)


def test_words_are_offered(book: Any):
    """A column of set words has a drop-down list of them."""
    offered = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in book["statements"].data_validations.dataValidation
    }
    assert offered == {"D2": '"binding,official,faction,personal"'}


def test_cells_are_typed(book: Any):
    """Days are days, numbers numbers, and text text: never a formula."""
    assert book["dossier"]["C2"].is_date
    assert book["positions"]["F5"].value == 90
    title = book["dossier"]["B2"]
    assert (title.value, title.data_type, title.number_format) == ("=cmd()", "s", "@")
    assert title.quotePrefix
    assert book["actors"].column_dimensions["A"].number_format == "@"
    assert book["positions"].column_dimensions["F"].number_format == "General"


def test_no_cell_of_any_sheet_is_a_formula():
    """Nothing that a workbook of ours holds is ever calculated."""
    held = openpyxl.load_workbook(BytesIO(workbook_bytes(loads(template()))))
    kinds = {cell.data_type for sheet in held for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds


def test_the_read_me_names_every_sheet(book: Any):
    """The first sheet explains the others and leads to them."""
    told = {line[0].value: line[0].hyperlink for line in book[README].iter_rows()}
    assert book.sheetnames[0] == README
    for sheet in sheets():
        assert told[sheet.name].location == f"'{sheet.name}'!A1"


def test_only_openpyxl_when_needed():
    """Reading YAML does without the library for workbooks."""
    import subprocess
    import sys

    code = "import sys, comity; comity.loads(sys.stdin.read()); print('openpyxl' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], input=GOOD, text=True, capture_output=True, check=True
    )
    assert ran.stdout == "False\n"
