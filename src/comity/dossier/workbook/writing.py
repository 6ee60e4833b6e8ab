"""A dossier as a workbook: one sheet a table, every column described, every cell as typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from comity.dossier.dump import plain
from comity.dossier.model import Dossier
from comity.dossier.workbook.book import letters
from comity.dossier.workbook.cells import to_cell
from comity.dossier.workbook.readme import README, lines
from comity.dossier.workbook.sheets import KEY, NUMBER, Column, Kind, Sheet, sheets

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = tuple[tuple[Any, ...], Any]
"""The ids of a record, and the record; of an empty mapping, None for its missing id and record."""

_LONGEST = 30_000
"""Characters of one cell; Excel holds 32,767 UTF-16 units, and text beyond that is cut off."""
_LAST_ROW = 1_048_576
_FORMATS: dict[Kind, str] = {"day": "yyyy-mm-dd"}
_GENERAL: set[Kind] = {"number", "quantity", "value", "truth", "list"}
_WIDTHS: dict[Kind, int] = {"text": 28, "mapping": 32, "tree": 32, "words": 24, "list": 18}
_NARROW, _WIDE = 12, 60
_MOST_LISTED = 255
"""Characters of a drop-down list."""


def workbook_bytes(dossier: Dossier) -> bytes:
    """A workbook that is read again as an equal dossier."""
    from openpyxl import Workbook

    book, written = Workbook(), plain(dossier)
    readme = book.active
    assert readme is not None
    _write_readme(readme)
    for sheet in sheets():
        _write_sheet(book.create_sheet(sheet.name), sheet, list(records(written, sheet.path)))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def records(value: Any, path: tuple[str, ...]) -> Iterator[Row]:
    """The records at a path of the dossier, each with the ids and numbers above it."""
    if not path:
        yield (), value
        return
    step, rest = path[0], path[1:]
    if step == NUMBER:
        for number, entry in enumerate(value, start=1):
            yield from _below(number, entry, rest)
    elif step == KEY:
        entries = {name: name for name in value} if isinstance(value, list) else value
        if not entries:
            yield (None,) * (1 + rest.count(KEY) + rest.count(NUMBER)), None
        for name, entry in entries.items():
            yield from _below(name, entry, rest)
    elif value is not None and value.get(step) is not None:
        yield from records(value[step], rest)


def _below(key: Any, entry: Any, rest: tuple[str, ...]) -> Iterator[Row]:
    for keys, record in records(entry, rest):
        yield (key, *keys), record


def _write_sheet(page: Worksheet, sheet: Sheet, rows: list[Row]) -> None:
    table = [[*_keys(sheet, keys), *_fields(sheet, record)] for keys, record in rows]
    parts = [_parts(line[index] for line in table) for index in range(len(sheet.all_columns))]
    spread = [(c, k) for c, count in enumerate(parts) for k in range(count)]
    for place, (index, part) in enumerate(spread, start=1):
        _write_column(page, place, sheet.all_columns[index], part)
    for number, line in enumerate(table, start=2):
        for place, (index, part) in enumerate(spread, start=1):
            _write_cell(page, (number, place), _part(line[index], part))
    page.freeze_panes = f"{letters(len(sheet.keys) + 1)}2"


def _keys(sheet: Sheet, keys: tuple[Any, ...]) -> list[Any]:
    return [
        None if key is None else to_cell(column.kind, key)
        for column, key in zip(sheet.keys, keys, strict=True)
    ]


def _fields(sheet: Sheet, record: Any) -> list[Any]:
    return [_field(column, record) for column in sheet.columns]


def _field(column: Column, record: Any) -> Any:
    """What the cell of a column holds; None if the record does not state it."""
    if record is None:
        return None
    for step in column.path:
        if not isinstance(record, dict) or step not in record:
            return None
        record = record[step]
    return to_cell(column.kind, record)


def _parts(values: Iterator[Any]) -> int:
    """Over how many columns the longest text of one runs."""
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return max(1, -(-longest // _LONGEST))


def _part(value: Any, part: int) -> Any:
    if isinstance(value, str):
        return value[part * _LONGEST : (part + 1) * _LONGEST] or None
    return value if part == 0 else None


def _write_cell(page: Worksheet, at: tuple[int, int], value: Any) -> None:
    from openpyxl.styles import Alignment

    if value is None:
        return
    cell = page.cell(*at, value)
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    if isinstance(value, str):  # whatever it looks like: no formula, no error, no number
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    elif isinstance(value, date):
        cell.number_format = _FORMATS["day"]


def _write_column(page: Worksheet, place: int, column: Column, part: int) -> None:
    """The header of a column, and how what is typed beneath it is taken."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    head = page.cell(1, place, column.name + (f" ({part + 1})" if part else ""))
    head.font = Font(bold=True, color="FFFFFF")
    head.fill = PatternFill("solid", fgColor="1F3864" if column.is_key else "2F5597")
    head.alignment = Alignment(vertical="top")
    head.comment = Comment(comment(column), "Comity", width=320, height=120)
    held = page.column_dimensions[head.column_letter]
    held.width = min(_WIDE, max(_WIDTHS.get(column.kind, _NARROW), len(column.name) + 4))
    if column.kind not in _GENERAL:
        held.number_format = _FORMATS.get(column.kind, "@")
    if column.choices or column.kind == "truth":
        _offer(page, head.column_letter, column)


def comment(column: Column) -> str:
    """What the comment on a header says."""
    need = "" if not column.required else "; required"
    typed = column.plain_type.replace("`", "")
    return f"{typed}{need}. {column.says[:1].upper()}{column.says[1:]}."


def _offer(page: Worksheet, letter: str, column: Column) -> None:
    """A drop-down list of what the column may hold."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(column.choices) or "TRUE,FALSE"
    assert len(listed) <= _MOST_LISTED
    offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    offered.error = f"Write one of: {listed.replace(',', ', ')}."
    offered.errorTitle = column.name
    page.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{_LAST_ROW}")


def _write_readme(page: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    page.title = README
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 22, 110
    for number, (left, right) in enumerate(lines(), start=1):
        page.cell(number, 1, left).font = Font(bold=True)
        text = page.cell(number, 2, right)
        text.alignment = Alignment(wrap_text=True, vertical="top")
        page.cell(number, 1).alignment = Alignment(vertical="top")
        if any(left == sheet.name for sheet in sheets()):
            at = page.cell(number, 1)
            at.hyperlink = Hyperlink(ref=at.coordinate, location=f"'{left}'!A1")
