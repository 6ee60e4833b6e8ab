"""A workbook that cannot be read whole is refused, with the sheet and the cell."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from comity.dossier import load
from comity.dossier.load import _validated
from comity.dossier.workbook import read_workbook, workbook_bytes
from comity.errors import DossierError
from dossier.samples import WITH_TALKS, dossier

RAW = workbook_bytes(dossier(WITH_TALKS))
Change = Callable[[Any], object]


def spoiled(*changes: Change) -> bytes:
    """The good workbook with changes, as a spreadsheet program would save it."""
    book = openpyxl.load_workbook(BytesIO(RAW))
    for change in changes:
        change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(raw: bytes) -> str:
    with pytest.raises(DossierError) as caught:
        _validated(read_workbook(raw, "summit.xlsx"))
    return str(caught.value)


def put(sheet: str, cell: str, value: object) -> Change:
    return lambda book: book[sheet].__setitem__(cell, value)


def row(sheet: str, *values: object) -> Change:
    return lambda book: book[sheet].append(values)


def renamed(sheet: str, name: str) -> Change:
    return lambda book: setattr(book[sheet], "title", name)


# what is wrong; the change; the first line of the message; what its help says
BAD: list[tuple[str, Change, str, str]] = [
    (
        "missing sheet",
        lambda book: book.remove(book["positions"]),
        "summit.xlsx: the sheet 'positions' is missing",
        "`comity new --workbook` writes a workbook with all sheets.",
    ),
    (
        "renamed sheet",
        renamed("positions", "position"),
        "summit.xlsx: position: there is no sheet of this name in a dossier",
        "Rename it to 'positions', or remove it.",
    ),
    (
        "unknown sheet",
        lambda book: book.create_sheet("Sheet1"),
        "summit.xlsx: Sheet1: there is no sheet of this name in a dossier",
        "Remove it. Sheets: dossier, actors,",
    ),
    (
        "renamed column",
        put("positions", "D1", "acepts"),
        "summit.xlsx: positions!D1: the sheet 'positions' has no column of this name",
        "found: acepts\n  mend:  Did you mean 'accepts'? Its columns are: item, actor, ideal,",
    ),
    (
        "column twice",
        put("positions", "D1", "ideal"),
        "summit.xlsx: positions!D1: the column stands here a second time",
        "Remove one of the two.",
    ),
    (
        "column of ids missing",
        lambda book: book["positions"].delete_cols(1),
        "summit.xlsx: positions!A1: the column 'item' is missing",
        "it says which record a row is about",
    ),
    (
        "no header",
        lambda book: book["positions"].delete_rows(1),
        "summit.xlsx: positions!A1: the sheet 'positions' has no column of this name",
        "found: views",
    ),
    (
        "emptied sheet",
        lambda book: book["positions"].delete_rows(1, 100),
        "summit.xlsx: positions!A1: the sheet is empty",
        "Add its header.",
    ),
    (
        "text that goes on from nowhere",
        put("positions", "D1", "note (2)"),
        "summit.xlsx: positions!D1: a text goes on here that does not begin",
        "right of the column it goes on from, 'note'",
    ),
    (
        "formula never calculated",
        put("positions", "C2", "=1+1"),
        "summit.xlsx: positions!C2: this formula has never been calculated",
        "found: =1+1",
    ),
    (
        "error",
        put("positions", "C2", "#N/A"),
        "summit.xlsx: positions!C2: this cell holds an error",
        "found: #N/A",
    ),
    (
        "merged cells",
        lambda book: book["positions"].merge_cells("A2:A4"),
        "summit.xlsx: positions!A2:A4: these cells are merged, so it cannot be told which row they "
        "belong to",
        "Unmerge them",
    ),
    (
        "record twice",
        row("actors", "ARM", "Armenia"),
        "summit.xlsx: actors!A5: this record stands already in row 2",
        "found: ARM",
    ),
    (
        "two rows for the dossier",
        row("dossier", 1, "Other"),
        "summit.xlsx: dossier!A3: this record stands already in row 2",
        "Remove one of the two",
    ),
    (
        "no row for the dossier",
        lambda book: book["dossier"].delete_rows(2),
        "summit.xlsx: dossier!A1: comity: a required field is missing",
        "Add `comity`",
    ),
    (
        "row about nothing",
        row("positions", None, "ARM", 50),
        "summit.xlsx: positions!C8: the row does not say which 'item' it is about",
        "found: actor: ARM, ideal: 50\n  mend:  Fill in 'item'.",
    ),
    (
        "row about nobody",
        row("positions", "text", None, 50),
        "summit.xlsx: positions!C8: the row does not say which 'actor' it is about",
        "Fill in 'actor'.",
    ),
    (
        "entry without its value",
        row("values", "road", "ARM", "fee", 5),
        "summit.xlsx: values!A11: a row of 'values' needs its 'worth'",
        "Write it, or remove the row.",
    ),
    (
        "words for a number",
        put("positions", "F2", "lots"),
        "summit.xlsx: positions!F2: positions.views.ARM.salience: a number or a range like 40..60 "
        "was expected",
        "found: lots",
    ),
    (
        "number out of range",
        put("positions", "F5", 140),
        "summit.xlsx: positions!F5: positions.text.ARM.salience: 140 lies outside 0 to 100",
        "found: 140",
    ),
    (
        "id that became a number",
        put("actors", "A2", 100_000),
        "summit.xlsx: actors!A2: text was expected, and this is a number",
        "Format the cell as text, then write it again.",
    ),
    (
        "id that became a truth value",
        put("actors", "A2", True),
        "summit.xlsx: actors!A2: text was expected, and this is a truth value",
        "Format the cell as text",
    ),
    (
        "text that became a date",
        put("actors", "B2", date(2022, 1, 2)),
        "summit.xlsx: actors!B2: the spreadsheet has made a date or time of this",
        "found: 2022-01-02",
    ),
    (
        "day with a time",
        put("dossier", "C2", datetime(2022, 1, 2, 3, 4)),
        "summit.xlsx: dossier!C2: a day was expected, without a time",
        "Write e.g. 2022-11-22.",
    ),
    (
        "cell without a header",
        put("actors", "H3", "hm"),
        "summit.xlsx: actors!H3: a cell without a header is read by nobody",
        "clear the cell",
    ),
    (
        "cell far to the right",
        put("actors", "XFD3", "hm"),
        "summit.xlsx: actors!XFD3: this cell lies beyond every column",
        "Clear it.",
    ),
    (
        "cell far below",
        put("actors", "A1048576", "hm"),
        "summit.xlsx: actors!A1048576: actors.hm.name: a required field is missing",
        "Add `name`",
    ),
    (
        "bracket not closed",
        put("red lines", "D2", "{fee: [10}"),
        "summit.xlsx: red lines!D2: this cannot be read: a comma is missing, or a bracket is not "
        "closed; it opens in line 1",
        "Close the bracket",
    ),
    (
        "number of an entry",
        put("rounds", "B2", "one"),
        "summit.xlsx: rounds!B2: a whole number from 1 was expected",
        "Number the entries 1, 2, 3 …",
    ),
    (
        "word that is not offered",
        put("statements", "D2", "offical"),
        "summit.xlsx: statements!D2: statements.arm-wants.standing: one of binding, official, "
        "faction, personal was expected",
        "Did you mean 'official'?",
    ),
    (
        "unknown actor",
        put("positions", "B2", "AMR"),
        "summit.xlsx: positions!B2: positions.views.AMR: there is no actor of this name",
        "Did you mean 'ARM'?",
    ),
    (
        "concession in a round that is not",
        put("concessions", "B2", 7),
        "summit.xlsx: concessions!C2: agenda.text.rounds[1].label: a required field is missing",
        "name of the round",
    ),
    (
        "option without a worth",
        lambda book: book["values"].delete_rows(3),
        "summit.xlsx: values!D2: talks.road.preferences.ARM.issues.route.values: not every option "
        "of 'route' is named",
        "found: nothing for joint",
    ),
]


@pytest.mark.parametrize(
    ("change", "first", "help_"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_what_is_odd_is_refused(change: Change, first: str, help_: str):
    """A workbook with anything odd is refused: sheet and cell, what was found, how to mend it."""
    told = refusal(spoiled(change))
    assert told.splitlines()[0] == first
    assert help_ in told
    assert "  mend:  " in told


def test_the_workbook_itself_is_good():
    """Saved again by another program the workbook is the same dossier."""
    assert _validated(read_workbook(spoiled(), "x.xlsx")) == dossier(WITH_TALKS)


def test_a_million_rows_are_refused_at_once():
    """More rows than any dossier has are counted before one of them is read."""
    with zipfile.ZipFile(BytesIO(RAW)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet3.xml"
    rows = b"".join(b'<row r="%d"/>' % number for number in range(10, 1_000_000))
    assert b"</sheetData>" in parts[sheet]
    parts[sheet] = parts[sheet].replace(b"</sheetData>", rows + b"</sheetData>")
    told = refusal(zipped(parts))
    assert told.startswith("summit.xlsx: actors: more than 100,000 rows are not read")
    assert "Delete the rows and columns that are empty" in told


def test_a_last_row_without_contents_is_nothing():
    """Some programs write the very last row of a sheet, empty; it counts for nothing."""
    with zipfile.ZipFile(BytesIO(RAW)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for name in parts:
        end = b'<row r="1048576"/></sheetData>'
        parts[name] = parts[name].replace(b"</sheetData>", end)
    assert _validated(read_workbook(zipped(parts), "x.xlsx")) == dossier(WITH_TALKS)


def test_an_encoding_that_nobody_knows():
    """A sheet that declares an encoding of no known name is a damaged workbook."""
    with zipfile.ZipFile(BytesIO(RAW)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet3.xml"
    declared = b'<?xml version="1.0" encoding="klingon"?>'
    parts[sheet] = declared + parts[sheet].split(b"?>", 1)[-1]
    assert refusal(zipped(parts)).startswith("summit.xlsx: the workbook is damaged")


def test_an_entry_named_by_a_lone_row_is_placed_there():
    """Talks that only one row of another sheet names are told at that row, not elsewhere."""
    told = refusal(spoiled(put("issues", "A1048576", "zz")))
    assert told.startswith("summit.xlsx: issues!A1048576: talks.zz.parties: a required field")


def test_too_large(monkeypatch: pytest.MonkeyPatch):
    """A workbook beyond the limit is told how a workbook is made smaller."""
    monkeypatch.setattr("comity.dossier.workbook.reading.LARGEST_FILE", len(RAW) - 1)
    assert "Keep the sheets of the dossier alone" in refusal(RAW)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents)
    return out.getvalue()


BOMB = {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 150_000_000}
ENTITIES = {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"comity: 1\n", "this is no Excel workbook"),
        (b"PK\x03\x04" + b"x" * 100, "this is no Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "this is an old or a password-protected workbook"),
        (zipped({"word/document.xml": b"<a/>"}), "this is no Excel workbook"),
        (zipped(BOMB), "unpacked, the workbook is larger than 100 MB"),
        (zipped(ENTITIES), "part of the workbook declares entities"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "the workbook is damaged"),
        (RAW[:-500], "this is no Excel workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(raw: bytes, problem: str):
    """Other files, bombs and damaged workbooks are refused before anything of them is used."""
    assert refusal(raw).startswith(f"summit.xlsx: {problem}")


def test_a_workbook_is_known_by_its_contents(tmp_path: Path):
    """A workbook under another name is read all the same; YAML called .xlsx is not."""
    file = tmp_path / "summit.data"
    file.write_bytes(RAW)
    assert load(file) == dossier(WITH_TALKS)


def test_a_folder_stays_yaml(tmp_path: Path):
    """A workbook in a folder is left alone, and alone it makes no dossier."""
    (tmp_path / "summit.xlsx").write_bytes(RAW)
    with pytest.raises(DossierError, match="name a workbook itself"):
        load(tmp_path)


# ---------------------------------------------------------------- what is read all the same


def test_rows_and_columns_may_move():
    """Columns in another order, rows in another order and empty ones between change nothing."""

    def move(book: Any) -> None:
        page = book["actors"]
        rows = [[cell.value for cell in line] for line in page.iter_rows()]
        page.delete_rows(1, 10)
        for line in (rows[0], [], rows[3], [], [], *rows[1:3]):
            page.append(line[::-1])

    read = _validated(read_workbook(spoiled(move), "x.xlsx"))
    assert read == dossier(WITH_TALKS)
    assert list(read.actors) == ["KAZ", "ARM", "BLR"]


def test_what_a_person_types_is_understood():
    """Numbers kept as text, days as text, lists without brackets and mappings without braces."""
    typed = spoiled(
        put("positions", "F5", "90"),
        put("dossier", "C2", "2022-11-22"),
        put("positions", "D5", "20..30, 100"),
        put("red lines", "D2", "fee: 10"),
        put("links", "D2", "route: joint"),
    )
    assert _validated(read_workbook(typed, "x.xlsx")) == dossier(WITH_TALKS)


def test_formulas_are_read_by_their_value(tmp_path: Path):
    """A formula that a spreadsheet program has calculated counts as its value."""
    with zipfile.ZipFile(BytesIO(spoiled(put("positions", "F5", "=30*3")))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = next(name for name, text in parts.items() if b"<f>30*3</f>" in text)
    parts[name] = parts[name].replace(b"<f>30*3</f><v></v>", b"<f>30*3</f><v>90</v>")
    parts[name] = parts[name].replace(b"<f>30*3</f><v />", b"<f>30*3</f><v>90</v>")
    assert _validated(read_workbook(zipped(parts), "x.xlsx")) == dossier(WITH_TALKS)
