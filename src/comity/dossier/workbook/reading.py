"""A workbook as plain values, each with its cell: what is odd is refused, nothing half-read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING, Any

from comity.dossier.paths import Path, listed, nearest
from comity.dossier.workbook.archive import LARGEST_FILE, TOO_LARGE, refuse_odd_archive
from comity.dossier.workbook.book import Book, letters
from comity.dossier.workbook.cells import CellError, from_cell
from comity.dossier.workbook.numbering import ROW, numbered
from comity.dossier.workbook.opening import (
    DAMAGE,
    MOST_ROWS,
    TEMPLATE,
    damaged,
    opened,
    refuse_odd_parts,
    refuse_odd_sheets,
    results,
)
from comity.dossier.workbook.sheets import KEY, NUMBER, Column, Sheet, sheets
from comity.dossier.yamltrouble import too_big
from comity.errors import DossierError, Place

if TYPE_CHECKING:
    from openpyxl import Workbook

_MOST_COLUMNS = 702
"""Up to column ZZ; that nothing stands beyond is seen before."""


def read_workbook(raw: bytes, file: str) -> Book:
    """Read the bytes of a workbook. Raises ``DossierError`` with file, sheet and cell."""
    if len(raw) > LARGEST_FILE:
        raise too_big(file, len(raw), LARGEST_FILE, TOO_LARGE)
    refuse_odd_archive(raw, file)
    formulas = opened(raw, file, values=False)
    try:
        refuse_odd_sheets(formulas, file)
        refuse_odd_parts(formulas, raw, file)
        return _Reader(file, formulas, raw).book()
    finally:
        formulas.close()


@dataclass
class _Reader:
    """One reading of a workbook; ``results`` holds what formulas came to, by sheet."""

    file: str
    formulas: Workbook
    raw: bytes
    results: dict[str, dict[tuple[int, int], Any]] = field(default_factory=dict)

    def book(self) -> Book:
        value: dict[str, Any] = {}
        known = [sheet for sheet in sheets() if sheet.name in self.formulas.sheetnames]
        names = tuple(sheet.name for sheet in known)
        book = Book(value, (self.file,), names=names)
        try:
            for number, sheet in enumerate(known):
                for row, cells in self._records(sheet):
                    self._place(book, sheet, number, row, cells)
        except DAMAGE as error:
            raise damaged(self.file, error) from None
        numbered(book, {sheet.path for sheet in known})
        return book

    # --- cells

    def _records(self, sheet: Sheet) -> Iterator[tuple[int, dict[str, tuple[int, Any]]]]:
        """Rows of a sheet that hold anything: column name to column number and value."""
        lines = self._lines(sheet)
        first = next(lines, None)
        if first is None:
            raise self._refused(
                sheet, 1, 1, "the sheet is empty", "", f"Add its header. {TEMPLATE}"
            )
        columns = self._header(sheet, first[1])
        for row, values in lines:
            cells: dict[str, tuple[int, Any]] = {}
            for place, value in enumerate(values, start=1):
                if value is None:
                    continue
                if place not in columns:
                    problem = "a cell without a header is read by nobody"
                    mend = "Give the column its name in the first row, or clear the cell."
                    raise self._refused(sheet, row, place, problem, value, mend)
                name, part = columns[place]
                at, before = cells.get(name, (place, None))
                cells[name] = (at, value if before is None else f"{before}{value}")
                assert part == 1 or before is not None or isinstance(value, str)
            if cells:
                yield row, cells

    def _lines(self, sheet: Sheet) -> Iterator[tuple[int, list[Any]]]:
        """Rows by number, each as the values of its cells; blank cells are None."""
        page = self.formulas[sheet.name]
        blank: object = None
        for row in page.iter_rows(max_col=_MOST_COLUMNS):
            if row is blank:
                continue  # rows that are not written, up to a million of them, are one tuple
            held = [cell for cell in row if cell.value is not None]
            if not held:
                blank = row
                continue
            number, last = held[0].row, held[-1].column
            values: list[Any] = [None] * last
            for cell in held:
                values[cell.column - 1] = self._value(sheet, cell)
            yield number, values

    def _value(self, sheet: Sheet, cell: Any) -> Any:
        """What a cell holds: of a formula, the value last calculated."""
        value = cell.value
        if cell.data_type == "f":
            value = self._calculated(sheet, cell)
        if cell.data_type == "e" or (cell.data_type == "f" and str(value) in _ERRORS):
            problem = "this cell holds an error"
            raise self._refused(
                sheet, cell.row, cell.column, problem, str(value), "Write the value itself."
            )
        if isinstance(value, str) and not value.strip():
            return None
        return value

    def _calculated(self, sheet: Sheet, cell: Any) -> Any:
        if sheet.name not in self.results:
            self.results[sheet.name] = results(self.raw, self.file, sheet.name)
        value = self.results[sheet.name].get((cell.row, cell.column))
        if value is None:
            problem = "this formula has never been calculated"
            mend = "Open the workbook and save it, or write the value itself."
            raise self._refused(sheet, cell.row, cell.column, problem, str(cell.value), mend)
        return value

    # --- headers

    def _header(self, sheet: Sheet, values: list[Any]) -> dict[int, tuple[str, int]]:
        """Column numbers with the name of the column, and which part of it they hold."""
        known = {column.name: column for column in sheet.all_columns}
        found: dict[int, tuple[str, int]] = {}
        for place, value in enumerate(values, start=1):
            if value is None:
                continue
            name, part = _name_and_part(str(value).strip())
            if name not in known:
                raise self._no_column(sheet, place, str(value), [n for n, _ in found.values()])
            if (name, part) in found.values():
                problem, mend = "the column stands here a second time", "Remove one of the two."
                raise self._refused(sheet, 1, place, problem, str(value), mend)
            if part > 1 and (name, part - 1) not in found.values():
                problem = "a text goes on here that does not begin"
                mend = f"Put it right of the column it goes on from, '{name}'."
                raise self._refused(sheet, 1, place, problem, str(value), mend)
            found[place] = (name, part)
        here = {name for name, _ in found.values()}
        missing = [c.name for c in sheet.keys if c.name not in here]
        if missing:
            problem = f"the column '{missing[0]}' is missing"
            shown = listed(sorted(here), 20)
            mend = f"Add it: it says which record a row is about. {TEMPLATE}"
            raise self._refused(sheet, 1, 1, problem, shown, mend)
        return found

    def _no_column(self, sheet: Sheet, place: int, name: str, taken: list[str]) -> DossierError:
        known = [column.name for column in sheet.all_columns]
        like = nearest(name, [other for other in known if other not in taken])
        guess = f"Did you mean '{like}'? " if like else ""
        return self._refused(
            sheet,
            1,
            place,
            f"the sheet '{sheet.name}' has no column of this name",
            name,
            f"{guess}Its columns are: {listed(known, 20)}.",
        )

    # --- records

    def _place(
        self,
        book: Book,
        sheet: Sheet,
        number: int,
        row: int,
        cells: dict[str, tuple[int, Any]],
    ) -> None:
        """Put the record of one row where it belongs in the dossier."""
        keys = [self._key(sheet, row, column, cells) for column in sheet.keys]
        if None in keys:
            self._without_entries(book, sheet, number, row, keys, cells)
            return
        path = _filled(sheet.path, keys)
        at = cells[sheet.keys[-1].name][0] if sheet.keys else 1
        if (earlier := book.cells.get((*path, ROW))) is not None:
            problem = f"this record stands already in row {earlier[1]}"
            shown = " ".join(str(key) for key in keys)
            raise self._refused(
                sheet, row, at, problem, shown, "Remove one of the two, or join them."
            )
        book.cells[(*path, ROW)] = (number, row, 1)
        for depth in range(min(1, len(path)), len(path) + 1):
            book.cells.setdefault(path[:depth], (number, row, at))
        home = _home(book.value, path[:-1]) if path else None
        if not sheet.columns[0].path:  # an entry that is a value, not a record
            column = sheet.columns[0]
            if column.name in cells:
                assert home is not None
                home[path[-1]] = self._read(sheet, row, column, cells)
                book.cells[path] = (number, row, cells[column.name][0])
                return
            problem = f"a row of '{sheet.name}' needs its '{column.name}'"
            raise self._refused(sheet, row, 1, problem, None, "Write it, or remove the row.")
        record = _home(book.value, path)
        for column in sheet.columns:
            if column.name in cells:
                inner = _home(record, column.path[:-1])
                inner[column.path[-1]] = self._read(sheet, row, column, cells)
                for depth in range(1, len(column.path) + 1):
                    here = (*path, *column.path[:depth])
                    book.cells.setdefault(here, (number, row, cells[column.name][0]))

    def _key(
        self, sheet: Sheet, row: int, column: Column, cells: dict[str, tuple[int, Any]]
    ) -> Any:
        if column.name not in cells:
            return None
        key = self._read(sheet, row, column, cells)
        if column.kind != "number":
            return key
        whole = isinstance(key, int) or (isinstance(key, float) and key.is_integer())
        if column.type == "whole number" and not (whole and 1 <= key <= MOST_ROWS):
            place, value = cells[column.name]
            problem, mend = "a whole number from 1 was expected", "Number the entries 1, 2, 3 …"
            raise self._refused(sheet, row, place, problem, value, mend)
        if isinstance(key, bool) or not isinstance(key, (int, float)):
            place, value = cells[column.name]
            raise self._refused(
                sheet, row, place, "a number was expected", value, "Write a number."
            )
        return int(key) if column.type == "whole number" else repr(key)

    def _without_entries(
        self,
        book: Book,
        sheet: Sheet,
        number: int,
        row: int,
        keys: list[Any],
        cells: dict[str, tuple[int, Any]],
    ) -> None:
        """A row without its last ids: the table above them stands there without entries."""
        given = keys[: keys.index(None)]
        others = [name for name in cells if name not in {c.name for c in sheet.keys}]
        blank = sheet.keys[len(given)]
        if others or any(key is not None for key in keys[len(given) :]) or not given:
            problem = f"the row does not say which '{blank.name}' it is about"
            shown = ", ".join(f"{name}: {cells[name][1]}" for name in list(cells)[:4])
            at = next((place for name, (place, _) in cells.items() if name in others), 1)
            raise self._refused(sheet, row, at, problem, shown, f"Fill in '{blank.name}'.")
        steps = [index for index, step in enumerate(sheet.path) if step == KEY]
        path = _filled(sheet.path[: steps[len(given)]], given)
        for depth in range(1, len(path) + 1):
            book.cells.setdefault(path[:depth], (number, row, 1))
        _home(book.value, path)

    def _read(
        self, sheet: Sheet, row: int, column: Column, cells: dict[str, tuple[int, Any]]
    ) -> Any:
        place, value = cells[column.name]
        try:
            return from_cell(column.kind, value)
        except CellError as error:
            raise self._refused(sheet, row, place, error.problem, value, error.mend) from None

    def _refused(
        self, sheet: Sheet, row: int, column: int, problem: str, found: Any, mend: str
    ) -> DossierError:
        place = Place(self.file, cell=f"{sheet.name}!{letters(column)}{row}")
        shown = found.isoformat() if isinstance(found, (date, time)) else found
        return DossierError(problem, place=place, found=shown or None, mend=mend)


_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}


def _name_and_part(header: str) -> tuple[str, int]:
    """``note (2)`` is the second part of the column ``note``."""
    name, bracket, rest = header.rpartition(" (")
    if bracket and rest.endswith(")") and rest[:-1].isdecimal() and int(rest[:-1]) > 1:
        return name, int(rest[:-1])
    return header, 1


def _filled(path: tuple[str, ...], keys: list[Any]) -> Path:
    """The path with its ids filled in, in order."""
    waiting = iter(keys)
    return tuple(next(waiting) if step in (KEY, NUMBER) else step for step in path)


def _home(value: Any, path: Path) -> dict[Any, Any]:
    """The mapping at a path, made if need be; entries of lists stand in mappings by number."""
    for step in path:
        value = value.setdefault(step, {})
    return value  # type: ignore[no-any-return]
