"""A table of text from a CSV file, each row with its line; gzip is unpacked."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import DossierError, Place

if TYPE_CHECKING:
    from _csv import Reader

_GZIP = b"\x1f\x8b"

LIMIT = 200_000_000
"""Bytes of one file that are read, once unpacked: some millions of votes."""

_AT_ONCE = 4096
"""Rows held together before they go into their columns; few, for a million lists are slow."""


@dataclass(frozen=True, eq=False)
class Table:
    """Headings in lower case, a column of cells for each, and the line on which each row ends."""

    file: str
    headings: tuple[str, ...]
    columns: tuple[list[str], ...]
    lines: list[int]
    shown: tuple[str, ...]
    """The headings as they stand in the file."""

    def __len__(self) -> int:
        return len(self.lines)

    def cell(self, row: int, *known_as: str) -> str:
        """The cell of a row under the first of these headings, without blanks around it."""
        column = self.column(*known_as)
        return "" if column is None else self.columns[column][row].strip()

    def place(self, row: int, heading: str | None = None) -> Place:
        """Where a cell, or a row, stands."""
        return Place(file=self.file, line=self.lines[row], field=heading)

    def column(self, *known_as: str) -> int | None:
        """The place of the first of these headings that the table has."""
        return next((self.headings.index(name) for name in known_as if name in self.headings), None)

    def needed(self, *known_as: str) -> int:
        """The same; raises ``DossierError`` if it has none of them."""
        found = self.column(*known_as)
        if found is None:
            raise self.lacks(known_as)
        return found

    def lacks(self, known_as: Iterable[str]) -> DossierError:
        """The complaint that a column is missing."""
        first, *others = known_as
        also = f" ({' or '.join(others)} will do as well)" if others else ""
        return DossierError(
            f"the column '{first}' is missing",
            place=Place(file=self.file, line=1),
            found=", ".join(self.shown),
            mend=f"Give the column a heading on the first line{also}.",
        )


def read_table(path: Path) -> Table:
    """The table in a file: comma, semicolon or tab between cells, headings on the first line.

    Raises ``DossierError`` if the file cannot be read, is not a table of text, or has a row of
    another length than the first.
    """
    file = str(path)
    text = _text(path)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        shown = tuple(heading.strip() for heading in next(reader, ()))
        _check_headings(file, shown)
        columns, lines = _columns(file, reader, len(shown))
    except csv.Error as error:
        raise DossierError(
            f"this is not a table of comma-separated values: {error}",
            place=Place(file=file, line=reader.line_num),
            mend="Save it anew as CSV.",
        ) from None
    return Table(file, tuple(map(str.casefold, shown)), columns, lines, shown)


def _columns(file: str, reader: Reader, width: int) -> tuple[tuple[list[str], ...], list[int]]:
    """The cells of each column, and the line of each row; blank lines are no rows."""
    columns: tuple[list[str], ...] = tuple([] for _ in range(width))
    lines: list[int] = []
    held: list[list[str]] = []
    for row in reader:
        if len(row) != width:
            if not row:
                continue
            raise DossierError(
                f"the row has {len(row)} cells, but there are {width} headings",
                place=Place(file=file, line=reader.line_num),
                found=", ".join(row),
                mend="Give each row as many cells as there are headings; put text that holds the "
                "separator in quotation marks.",
            )
        held.append(row)
        lines.append(reader.line_num)
        if len(held) == _AT_ONCE:
            _enter(columns, held)
    _enter(columns, held)
    return columns, lines


def _enter(columns: tuple[list[str], ...], held: list[list[str]]) -> None:
    for column, cells in zip(columns, zip(*held, strict=True), strict=False):
        column.extend(cells)
    held.clear()


def _text(path: Path) -> str:
    try:
        return _unpacked(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raw = error.object
        line = raw[: error.start].count(b"\n") + 1
        raise DossierError(
            "the file is not text in UTF-8",
            place=Place(file=str(path), line=line),
            found=repr(raw[error.start : error.start + 8]),
            mend="Save it as CSV in UTF-8.",
        ) from None
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DossierError(f"the file cannot be read: {why}", place=Place(file=str(path))) from None


def _unpacked(path: Path) -> bytes:
    """The bytes of a file. Raises ``DossierError`` for more than ``LIMIT`` of them."""
    with path.open("rb") as stream:
        raw = stream.read(LIMIT + 1)
    if raw.startswith(_GZIP) and len(raw) <= LIMIT:
        with gzip.open(io.BytesIO(raw)) as packed:
            raw = packed.read(LIMIT + 1)
    if len(raw) > LIMIT:
        raise DossierError(
            f"more than {LIMIT / 1e6:g} MB of text is not read",
            place=Place(file=str(path)),
            mend="Keep the roll calls that are needed, or the columns.",
        )
    return raw


def _check_headings(file: str, shown: tuple[str, ...]) -> None:
    if not shown:
        raise DossierError("the file is empty", place=Place(file=file))
    folded = [heading.casefold() for heading in shown]
    twice = [name for name in folded if name and folded.count(name) > 1]
    if twice:
        raise DossierError(
            f"the column '{twice[0]}' is there twice",
            place=Place(file=file, line=1),
            mend="Keep one of the two, or give it another heading.",
        )
