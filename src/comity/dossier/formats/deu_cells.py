"""Cells of the DEU table: what is missing, what is a number, what a code means (conventions §62).

A cell of use is read, one that cannot be meant is taken as missing and counted, and text where a
number belongs is refused with its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from comity.errors import DossierError, Place

BLANK = frozenset({"", "na", "n/a", "nan", "null", "#n/a", ".", "-"})
"""Marks of a missing value in lower case, in any column."""
CODED = frozenset({999.0, 9999.0, -9.0, -99.0, -999.0})
"""Numbers that stand for a missing value, in any column but those of ids and names."""

PROCEDURES: Mapping[str, str] = {"cod": "COD", "olp": "COD", "cns": "CNS"}
"""Codes of procedures; the ordinary legislative procedure is codecision by its later name."""
ALIKE: Mapping[str, str] = {
    **dict.fromkeys(("avc", "app", "nle", "acc"), "COD"),
    "syn": "CNS",
}
"""Codes that are taken as another: under consent the Parliament can refuse, as under codecision;
under cooperation the Council can overrule it, so it has no more than a say."""
VOTES: Mapping[str, str] = {
    **dict.fromkeys(("qmv", "qm", "qualified majority"), "QMV"),
    **dict.fromkeys(("unan", "unanimity", "unanimous"), "Unan"),
}

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")
_SHOWN = 3


@dataclass(frozen=True)
class OffScale:
    """A number outside 0–100, taken as missing."""

    line: int
    column: str
    found: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.found}"


@dataclass(frozen=True)
class Heard:
    """What was not taken at its word: numbers off the scale, and codes by column and reading."""

    off_scale: list[OffScale] = field(default_factory=list)
    codes: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def notes(self) -> Iterable[str]:
        if self.off_scale:
            first = "; ".join(map(str, self.off_scale[:_SHOWN]))
            more = "; …" if len(self.off_scale) > _SHOWN else ""
            yield (
                "Numbers outside 0 to 100, taken as missing: "
                f"{len(self.off_scale)} ({first}{more})."
            )
        for (column, code, taken), count in sorted(self.codes.items())[: 4 * _SHOWN]:
            yield f"Issues with “{code[:40]}” as {column}, taken as {taken}: {count}."


@dataclass(frozen=True)
class Line:
    """One line of the file, cell by heading."""

    file: str
    number: int
    cells: Mapping[str, str]
    decimal_comma: bool = False

    def named(self, column: str) -> str:
        """A cell that names something, without blanks around it; empty if it is missing."""
        cell = self.cells.get(column, "").strip()
        return "" if cell.casefold() in BLANK else cell

    def text(self, column: str) -> str:
        """Any other cell; empty also if it holds a number that stands for a missing value."""
        cell = self.named(column)
        return "" if _NUMBER.fullmatch(cell) and float(cell) in CODED else cell

    def place(self, column: str) -> Place:
        return Place(file=self.file, line=self.number, field=column)

    def id(self, column: str) -> str:
        """A cell that must name something; raises ``DossierError`` if it is empty."""
        cell = self.named(column)
        if not cell:
            raise DossierError("the id is missing", place=self.place(column))
        return cell

    def point(self, column: str, heard: Heard) -> float | None:
        """A number from 0 to 100, None if missing or off the scale, which ``heard`` is told.

        Raises ``DossierError`` for what is no number.
        """
        cell = self.text(column)
        if not cell:
            return None
        number = cell
        if _COMMA.fullmatch(cell) and self.decimal_comma:
            number = cell.replace(",", ".")
        if not _NUMBER.fullmatch(number):
            raise DossierError(
                "a number from 0 to 100, or an empty cell, was expected",
                place=self.place(column),
                found=cell,
                mend="Write decimals with a point." if _COMMA.fullmatch(cell) else "",
            )
        value = float(number)
        if not 0.0 <= value <= 100.0:
            heard.off_scale.append(OffScale(self.number, column, cell))
            return None
        return value + 0.0  # no negative zero

    def procedure(self, heard: Heard) -> str:
        """COD or CNS; COD where none is told or the code is not known."""
        return self._code("proc", PROCEDURES, ALIKE, "COD", heard)

    def vote(self, heard: Heard) -> str:
        """QMV or Unan; QMV where none is told or the code is not known."""
        return self._code("counvte", VOTES, {}, "QMV", heard)

    def _code(
        self,
        column: str,
        known: Mapping[str, str],
        alike: Mapping[str, str],
        usual: str,
        heard: Heard,
    ) -> str:
        cell = self.text(column)
        if not cell or cell.casefold() in known:
            return known.get(cell.casefold(), usual)
        taken = alike.get(cell.casefold(), usual)
        heard.codes[column, cell, taken] += 1
        return taken
