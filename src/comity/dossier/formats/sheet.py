"""Tables as text: rows with their lines, and cells that know where they stand."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from typing import NoReturn

from comity.dossier.yamltext import LIMIT
from comity.dossier.yamltrouble import too_big
from comity.errors import DossierError, Place

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AS_TEXT = "Save the table as text, in UTF-8."
_LARGEST = 1e30

MOST_ACTORS = 10_000
"""Actors that a table may hold: as many as KTAB takes; checking them takes seconds."""


@dataclass(frozen=True)
class Text:
    """What a file holds: its text, and whether it was read as UTF-8 or as Windows-1252."""

    file: str
    text: str
    utf8: bool = True

    @property
    def notes(self) -> tuple[str, ...]:
        if self.utf8:
            return ()
        return ("The file is not UTF-8 and was read as Windows-1252: check letters with accents.",)


@dataclass(frozen=True)
class Cell:
    """One cell; ``column`` counts from 1, ``heading`` says what stands there."""

    file: str
    line: int
    column: int
    heading: str
    text: str
    decimal_comma: bool = False

    @property
    def place(self) -> Place:
        heading = f" ({self.heading})" if self.heading else ""
        return Place(self.file, self.line, f"column {self.column}{heading}")

    def refuse(self, problem: str, mend: str) -> NoReturn:
        """Raise ``DossierError`` about this cell."""
        raise DossierError(problem, place=self.place, found=self.text or "(empty)", mend=mend)

    def number(self, low: float = -_LARGEST, high: float = _LARGEST, mend: str = "") -> float:
        """The number in the cell, within bounds."""
        text = self.text
        if self.decimal_comma and _COMMA.fullmatch(text):
            text = text.replace(",", ".")
        if not _NUMBER.fullmatch(text):
            self.refuse("a number was expected", "Write digits, with a point for the decimals.")
        value = float(text)
        if not (math.isfinite(value) and low <= value <= high):
            self.refuse(
                f"a number {_bounds(low, high)} was expected",
                mend or "Correct the number.",
            )
        return value + 0.0  # never −0

    def filled(self) -> str:
        """The text in the cell. Refuses an empty one."""
        if not self.text:
            self.refuse("this cell must not be empty", "Fill it in.")
        return self.text


def _bounds(low: float, high: float) -> str:
    if high >= _LARGEST:
        return f"of {low:g} or more" if low > -_LARGEST else "of a size that means something"
    return f"from {low:g} to {high:g}"


@dataclass(frozen=True)
class Row:
    """A line that is not blank, its cells stripped of spaces around them."""

    file: str
    line: int
    cells: tuple[str, ...]
    decimal_comma: bool

    @property
    def key(self) -> str:
        return self.cells[0]

    def cell(self, index: int, heading: str = "") -> Cell:
        """A cell by its place from 0; one that is not there is empty."""
        text = self.cells[index] if index < len(self.cells) else ""
        return Cell(self.file, self.line, index + 1, heading, text, self.decimal_comma)

    def filled(self) -> int:
        """How many cells there are up to the last that is not empty."""
        return max((i + 1 for i, text in enumerate(self.cells) if text), default=0)


def decoded(raw: bytes, file: str) -> Text:
    """The text of a file, UTF-8 or else Windows-1252. Refuses too much of it and what is no text.

    Raises ``DossierError``.
    """
    if len(raw) > LIMIT:
        raise too_big(file, len(raw), LIMIT, "Keep the actors and items that you ask about.")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DossierError(
            "the file is not UTF-8 text", place=Place(file), found="UTF-16", mend=_AS_TEXT
        )
    utf8 = True
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as at:
        utf8 = False
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError:
            line = raw.count(b"\n", 0, at.start) + 1
            raise DossierError(
                "the file is neither UTF-8 nor Windows-1252 text",
                place=Place(file, line),
                found=f"the byte {raw[at.start]:#04x}",
                mend=_AS_TEXT,
            ) from None
    if odd := _UNPRINTABLE.search(text):
        raise DossierError(
            "a character that no text holds: is this a text file?",
            place=Place(file, text.count("\n", 0, odd.start()) + 1),
            found=f"U+{ord(odd.group()):04X}",
            mend=_AS_TEXT,
        )
    return Text(file, text, utf8)


SEPARATORS = "\t,;"


def separator_of(text: str, among: str = SEPARATORS) -> str:
    """What stands between cells, by the first line that holds more than separators."""
    lines = (line for line in text.splitlines() if line.strip(among + " "))
    return max(among, key=next(lines, "").count)


def why_not_cells(error: csv.Error) -> str:
    """What the csv module says, in our words where its own say little."""
    if "field limit" in str(error):
        return f"a cell is longer than {csv.field_size_limit():,} characters"
    return str(error)


def rows(text: Text, separator: str, quote: str = '"') -> list[Row]:
    """The lines of a table that are not blank. Raises ``DossierError`` for open quotes."""
    reader = csv.reader(
        io.StringIO(text.text, newline=""),
        delimiter=separator,
        quotechar=quote,
        skipinitialspace=True,
        strict=True,
    )
    found: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            stripped = tuple(" ".join(cell.split()) for cell in cells)
            if any(stripped):
                found.append(Row(text.file, begins, stripped, separator != ","))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise DossierError(
            f"the cells of this line cannot be told apart: {why_not_cells(error)}",
            place=Place(text.file, begins),
            mend=f"Look for a quotation mark {quote} that is never closed, or stands in a text.",
        ) from None
    return found
