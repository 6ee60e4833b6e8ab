"""The table of EU decisions (DEU), row by row: a line an issue, checked before anything is used.

Columns, in any order: ``isnr`` (id of the issue), ``prnr`` (id of the proposal), ``prname``,
``proc`` (COD or CNS), ``counvte`` (QMV or Unan), ``intro`` and ``finact`` (days), ``p…`` and ``s…``
(position and salience of an actor, 0–100), ``rp`` (reference point) and ``out`` (outcome). An
empty cell, ``NA`` or ``.`` is a missing value. Layout of Thomson et al. 2006 (The European Union
Decides) as released by Arregui & Perarnaud 2021, doi:10.34810/data53.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.dossier.formats.deu_days import Days, days_of
from comity.errors import DossierError, Place

STATES: Mapping[str, str] = {
    "at": "AUT", "be": "BEL", "bg": "BGR", "bu": "BGR", "cr": "HRV", "cy": "CYP", "cz": "CZE",
    "de": "DEU", "dk": "DNK", "ee": "EST", "el": "GRC", "es": "ESP", "fi": "FIN", "fr": "FRA",
    "gb": "GBR", "gr": "GRC", "hr": "HRV", "hu": "HUN", "ie": "IRL", "it": "ITA", "lt": "LTU",
    "lu": "LUX", "lv": "LVA", "mt": "MLT", "nl": "NLD", "pl": "POL", "pt": "PRT", "ro": "ROU",
    "se": "SWE", "si": "SVN", "sk": "SVK", "uk": "GBR",
}  # fmt: skip
"""The table's codes, and the ISO codes of states."""

INSTITUTIONS: Mapping[str, str] = {"com": "COM", "ep": "EP"}

NAMES: Mapping[str, str] = {
    "COM": "European Commission", "EP": "European Parliament",
    "AUT": "Austria", "BEL": "Belgium", "BGR": "Bulgaria", "CYP": "Cyprus", "CZE": "Czechia",
    "DEU": "Germany", "DNK": "Denmark", "ESP": "Spain", "EST": "Estonia", "FIN": "Finland",
    "FRA": "France", "GBR": "United Kingdom", "GRC": "Greece", "HRV": "Croatia",
    "HUN": "Hungary", "IRL": "Ireland", "ITA": "Italy", "LTU": "Lithuania",
    "LUX": "Luxembourg", "LVA": "Latvia", "MLT": "Malta", "NLD": "Netherlands",
    "POL": "Poland", "PRT": "Portugal", "ROU": "Romania", "SVK": "Slovakia",
    "SVN": "Slovenia", "SWE": "Sweden",
}  # fmt: skip

LIMIT = 100_000_000
"""Bytes that are read: some hundred thousand issues."""

_KNOWN = frozenset(
    {
        *("prnrnmc", "isnrnmc", "prnr", "prname", "isnr", "issues"),
        *("type", "council", "proc", "counvte", "proccde", "intro", "finact", "rp", "out"),
    }
)
_MISSING = ("", "na", ".")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_PROCEDURES = {"cod": "COD", "cns": "CNS"}
_VOTES = {"qmv": "QMV", "unan": "Unan"}


@dataclass(frozen=True)
class Row:
    """One issue: who wants what, and how it was decided; numbers are points from 0 to 100."""

    line: int
    id: str
    group: str
    title: str
    positions: Mapping[str, float]
    saliences: Mapping[str, float]
    procedure: str
    vote: str
    reversion: float | None
    outcome: float | None
    introduced: date | None
    decided: date | None


@dataclass(frozen=True)
class DeuTable:
    """All issues of a file in its order, what was not used of it, and its fingerprint."""

    file: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    sha256: str


def read_table(path: Path | str) -> DeuTable:
    """The issues in a file; tab, comma or semicolon between cells.

    Raises ``DossierError`` with file, line and column for whatever cannot be read.
    """
    file = str(path)
    raw = _bytes(Path(path))
    headings, cells = _grid(file, raw)
    columns = _columns(file, headings)
    lines = [_Line(file, number, dict(zip(headings, row, strict=True))) for number, row in cells]
    if not lines:
        raise DossierError("the table has headings and no issue", place=Place(file=file, line=1))
    days = _days(lines)
    rows = tuple(_row(line, columns, day) for line, day in zip(lines, days, strict=True))
    _refuse_twice(file, rows)
    return DeuTable(file, rows, _notes(columns, lines), hashlib.sha256(raw).hexdigest())


# --- cells --------------------------------------------------------------------


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LIMIT + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise DossierError(f"the file cannot be read: {why}", place=Place(file=str(path))) from None
    if len(raw) > LIMIT:
        raise DossierError(
            f"more than {LIMIT / 1e6:g} MB of text is not read", place=Place(file=str(path))
        )
    return raw


def _text(file: str, raw: bytes) -> str:
    """UTF-8, or else Latin-1: only names could differ, and they are shown, not read."""
    if b"\x00" in raw:
        raise DossierError(
            "the file is not a table of text",
            place=Place(file=file, line=raw[: raw.index(b"\x00")].count(b"\n") + 1),
            mend="Save it as text with tabs or commas between cells, in UTF-8.",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _grid(file: str, raw: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Headings in lower case, and the cells of each line that is not blank, with its number."""
    text = _text(file, raw)
    separator = max("\t,;", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise DossierError(
            f"this is not a table with tabs or commas between cells: {error}",
            place=Place(file=file, line=reader.line_num),
            mend="Save it anew, with quotation marks around text that holds the separator.",
        ) from None
    if not rows:
        raise DossierError("the file is empty", place=Place(file=file))
    headings = [cell.strip().casefold() for cell in rows[0][1]]
    _refuse_ragged(file, headings, rows)
    return headings, rows[1:]


def _refuse_ragged(file: str, headings: list[str], rows: list[tuple[int, list[str]]]) -> None:
    line = rows[0][0]
    twice = [name for name in headings if name and headings.count(name) > 1]
    if twice:
        raise DossierError(
            f"the column '{twice[0]}' is there twice",
            place=Place(file=file, line=line),
            mend="Keep one of the two, or give it another heading.",
        )
    for line, row in rows[1:]:
        if len(row) != len(headings):
            raise DossierError(
                f"the row has {len(row)} cells, but there are {len(headings)} headings",
                place=Place(file=file, line=line),
                found=" | ".join(row[:4]) + (" | …" if len(row) > 4 else ""),
                mend="Give each row as many cells as there are headings, empty ones included.",
            )


# --- columns ------------------------------------------------------------------


@dataclass(frozen=True)
class _Columns:
    """Which column holds what: headings of ids, and of each actor's position and salience."""

    issue: str
    proposal: str
    positions: Mapping[str, str]
    saliences: Mapping[str, str]
    strangers: tuple[str, ...]
    unused: tuple[str, ...]
    absent: tuple[str, ...]


def _columns(file: str, headings: list[str]) -> _Columns:
    issue = _first(file, headings, ("isnr", "isnrnmc"), "each issue's id")
    proposal = _first(file, headings, ("prnr", "prnrnmc"), "the proposal an issue belongs to")
    positions, saliences, strangers = _actors(file, headings)
    if not positions:
        raise DossierError(
            "no column holds positions",
            place=Place(file=file, line=1),
            found=", ".join(headings[:12]),
            mend="Name them p and the actor's code: pcom, pep, pat, pbe and so on.",
        )
    used = {*_KNOWN, *positions.values(), *saliences.values()}
    return _Columns(
        issue,
        proposal,
        positions,
        saliences,
        strangers,
        tuple(name for name in headings if name and name not in used),
        tuple(name for name in ("proc", "counvte", "rp", "out") if name not in headings),
    )


def _first(file: str, headings: list[str], names: tuple[str, str], what: str) -> str:
    for name in names:
        if name in headings:
            return name
    raise DossierError(
        f"the column '{names[0]}', {what}, is missing",
        place=Place(file=file, line=1),
        found=", ".join(headings[:12]) + (", …" if len(headings) > 12 else ""),
        mend="Comity reads the DEU layout here; `comity backtest --help` shows it.",
    )


def _actors(
    file: str, headings: list[str]
) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """Actor to column of positions, of saliences; a code not known counts if it has both."""
    known = {**INSTITUTIONS, **STATES}
    positions: dict[str, str] = {}
    strangers: list[str] = []
    for name in headings:
        code = name[1:]
        if name in _KNOWN or not re.fullmatch(r"p[a-z]{2,3}", name):
            continue
        if code not in known:
            if f"s{code}" not in headings:
                continue
            strangers.append(code.upper())
        actor = known.get(code, code.upper())
        if actor in positions:
            raise DossierError(
                f"two columns hold positions of {actor}",
                place=Place(file=file, line=1),
                found=f"{positions[actor]}, {name}",
                mend="Keep one of the two.",
            )
        positions[actor] = name
    saliences = {who: f"s{name[1:]}" for who, name in positions.items()}
    present = {who: name for who, name in saliences.items() if name in headings}
    return positions, present, tuple(strangers)


# --- rows ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """One line of the file, cell by heading."""

    file: str
    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """A cell without blanks around it; empty if it or its column is missing."""
        cell = self.cells.get(column, "").strip()
        return "" if cell.casefold() in _MISSING else cell

    def place(self, column: str) -> Place:
        return Place(file=self.file, line=self.number, field=column)

    def id(self, column: str) -> str:
        """A cell that names something; raises ``DossierError`` if it is empty."""
        cell = self.text(column)
        if not cell:
            raise DossierError("the id is missing", place=self.place(column))
        return cell

    def point(self, column: str) -> float | None:
        """A number from 0 to 100, or None; raises ``DossierError`` for anything else."""
        cell = self.text(column)
        if not cell:
            return None
        if not _NUMBER.fullmatch(cell):
            comma = re.fullmatch(r"[0-9]+,[0-9]+", cell)
            raise DossierError(
                "a number from 0 to 100, or an empty cell, was expected",
                place=self.place(column),
                found=cell,
                mend="Write decimals with a point." if comma else "",
            )
        value = float(cell)
        if not 0.0 <= value <= 100.0:
            raise DossierError(
                "the number does not lie on the scale from 0 to 100",
                place=self.place(column),
                found=cell,
            )
        return value + 0.0  # no negative zero

    def code(self, column: str, known: Mapping[str, str], usual: str) -> str:
        """One of some codes; the usual one where none is given."""
        cell = self.text(column)
        if not cell:
            return usual
        if cell.casefold() not in known:
            raise DossierError(
                f"{' or '.join(known.values())} was expected",
                place=self.place(column),
                found=cell,
            )
        return known[cell.casefold()]


def _row(line: _Line, columns: _Columns, days: Days) -> Row:
    held = {who: line.point(column) for who, column in columns.positions.items()}
    cares = {who: line.point(column) for who, column in columns.saliences.items()}
    return Row(
        line=line.number,
        id=_as_id(line.id(columns.issue)),
        group=line.id(columns.proposal),
        title=line.text("prname"),
        positions={who: point for who, point in held.items() if point is not None},
        saliences={who: point for who, point in cares.items() if point is not None},
        procedure=line.code("proc", _PROCEDURES, "COD"),
        vote=line.code("counvte", _VOTES, "QMV"),
        reversion=line.point("rp"),
        outcome=line.point("out"),
        introduced=days.introduced,
        decided=days.decided,
    )


def _as_id(cell: str) -> str:
    """Letters, digits, - and _ alone, as ids of a dossier are."""
    return re.sub(r"[^\w-]", "_", cell).lstrip("-") or "_"


def _days(lines: list[_Line]) -> list[Days]:
    written = [(line.text("prnr"), line.text("intro"), line.text("finact")) for line in lines]
    return [days_of(*each) for each in written]


def _refuse_twice(file: str, rows: tuple[Row, ...]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if row.id in seen:
            raise DossierError(
                f"the issue {row.id} is there twice",
                place=Place(file=file, line=row.line),
                found=f"also in line {seen[row.id]}",
                mend="Keep one of the two, or give it another id.",
            )
        seen[row.id] = row.line


def _notes(columns: _Columns, lines: list[_Line]) -> tuple[str, ...]:
    """What was not used, and what was taken for granted, in sentences."""
    notes = []
    if columns.unused:
        notes.append(f"Columns not used: {', '.join(columns.unused)}.")
    if columns.strangers:
        notes.append(f"Actors that the Treaties give no vote: {', '.join(columns.strangers)}.")
    for name, usual in (("proc", "COD"), ("counvte", "QMV")):
        blank = sum(not line.text(name) for line in lines)
        if blank:
            notes.append(f"Issues without {name}, taken as {usual}: {blank}.")
    bare = [who for who in columns.positions if who not in columns.saliences]
    if bare:
        notes.append(f"No column of saliences, taken as 50: {', '.join(bare)}.")
    return tuple(notes)
