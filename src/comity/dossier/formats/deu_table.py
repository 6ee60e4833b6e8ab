"""The table of EU decisions (DEU), row by row: a line an issue, checked before anything is used.

Columns, in any order: ``isnr`` (id of the issue), ``prnr`` (id of the proposal), ``prname``,
``proc`` (COD or CNS), ``counvte`` (QMV or Unan), ``intro`` and ``finact`` (days), ``p…`` and ``s…``
(position and salience of an actor, 0–100), ``rp`` (reference point) and ``out`` (outcome). What
stands for a missing value is in ``deu_cells``. Layout of Thomson et al. 2006 (The European Union
Decides) as released by Arregui & Perarnaud 2021, doi:10.34810/data53.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.dossier.formats.deu_cells import Heard, Line, OffScale
from comity.dossier.formats.deu_days import Days, Written, days_in
from comity.dossier.formats.sheet import SEPARATORS, separator_of, why_not_cells
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
    """All issues of a file in its order, what was not used of it, and its fingerprint.

    ``off_scale`` holds the cells that were taken as missing since no such number is on the scale.
    """

    file: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    sha256: str
    off_scale: tuple[OffScale, ...] = ()


def read_table(path: Path | str) -> DeuTable:
    """The issues in a file; tab, comma or semicolon between cells.

    Raises ``DossierError`` with file, line and column for whatever cannot be read.
    """
    file = str(path)
    raw = _bytes(Path(path))
    lines = _lines(file, raw)
    columns = _columns(file, lines[0].number, list(lines[0].cells))
    if len(lines) == 1:
        place = Place(file=file, line=lines[0].number)
        raise DossierError("the table has headings and no issue", place=place)
    return _table(columns, lines[1:], hashlib.sha256(raw).hexdigest())


def _table(columns: _Columns, lines: Sequence[Line], sha256: str) -> DeuTable:
    issue, proposal, about_ids = _ids(columns, lines)
    heard, names = Heard(), _as_ids([line.id(issue) for line in lines])
    groups = [line.id(proposal) for line in lines]
    _refuse_twice(lines, [line.id(issue) for line in lines])
    days = days_in(
        [Written(line.named("prnr"), line.text("intro"), line.text("finact")) for line in lines]
    )
    rows = tuple(
        _row(line, columns, heard, name, group, day)
        for line, name, group, day in zip(lines, names, groups, days.days, strict=True)
    )
    notes = (*_notes(columns, lines), *about_ids, *heard.notes(), *days.notes)
    return DeuTable(lines[0].file, rows, notes, sha256, tuple(heard.off_scale))


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


def _lines(file: str, raw: bytes) -> list[Line]:
    """Lines that are not blank, cell by heading in lower case; first that of the headings."""
    text = _text(file, raw)
    separator = separator_of(text, SEPARATORS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if _holds_something(row)]
    except csv.Error as error:
        raise DossierError(
            f"this is not a table with tabs or commas between cells: {why_not_cells(error)}",
            place=Place(file=file, line=reader.line_num),
            mend="Save it anew, with quotation marks around text that holds the separator.",
        ) from None
    if not rows:
        raise DossierError("the file is empty", place=Place(file=file))
    headings = [cell.strip().casefold() for cell in rows[0][1]]
    _refuse_ragged(file, headings, rows)
    comma = separator != ","
    return [
        Line(file, number, dict(zip(headings, row, strict=False)), comma) for number, row in rows
    ]


def _holds_something(row: Sequence[str]) -> bool:
    return any(cell.strip(SEPARATORS + " \r\n") for cell in row)


def _refuse_ragged(file: str, headings: list[str], rows: list[tuple[int, list[str]]]) -> None:
    """Refuse rows of fewer cells than headings, or of more unless what is beyond is empty."""
    line = rows[0][0]
    twice = [name for name in headings if name and headings.count(name) > 1]
    if twice:
        raise DossierError(
            f"the column '{twice[0]}' is there twice",
            place=Place(file=file, line=line),
            mend="Keep one of the two, or give it another heading.",
        )
    for line, row in rows[1:]:
        if len(row) < len(headings) or any(cell.strip() for cell in row[len(headings) :]):
            raise DossierError(
                f"the row has {len(row)} cells, but there are {len(headings)} headings",
                place=Place(file=file, line=line),
                found=" | ".join(row[:4]) + (" | …" if len(row) > 4 else ""),
                mend="Give each row as many cells as there are headings, empty ones included.",
            )


# --- columns ------------------------------------------------------------------


@dataclass(frozen=True)
class _Columns:
    """Which column holds what: headings of ids, and of each actor's position and salience.

    Of the columns of ids there may be two, the one that is preferred first.
    """

    issue: tuple[str, ...]
    proposal: tuple[str, ...]
    positions: Mapping[str, str]
    saliences: Mapping[str, str]
    strangers: tuple[str, ...]
    unused: tuple[str, ...]


def _columns(file: str, line: int, headings: list[str]) -> _Columns:
    place = Place(file=file, line=line)
    issue = _present(place, headings, ("isnr", "isnrnmc"), "each issue's id")
    proposal = _present(place, headings, ("prnr", "prnrnmc"), "the proposal an issue belongs to")
    positions, saliences, strangers = _actors(place, headings)
    if not positions:
        raise DossierError(
            "no column holds positions",
            place=place,
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
    )


def _present(
    place: Place, headings: list[str], names: tuple[str, str], what: str
) -> tuple[str, ...]:
    present = tuple(name for name in names if name in headings)
    if not present:
        raise DossierError(
            f"the column '{names[0]}', {what}, is missing",
            place=place,
            found=", ".join(headings[:12]) + (", …" if len(headings) > 12 else ""),
            mend="Comity reads the DEU layout here; `comity backtest --help` shows it.",
        )
    return present


def _actors(
    place: Place, headings: list[str]
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
                place=place,
                found=f"{positions[actor]}, {name}",
                mend="Keep one of the two.",
            )
        positions[actor] = name
    saliences = {who: f"s{name[1:]}" for who, name in positions.items()}
    present = {who: name for who, name in saliences.items() if name in headings}
    return positions, present, tuple(strangers)


# --- rows ---------------------------------------------------------------------


def _row(line: Line, columns: _Columns, heard: Heard, name: str, group: str, days: Days) -> Row:
    held = {who: line.point(column, heard) for who, column in columns.positions.items()}
    cares = {who: line.point(column, heard) for who, column in columns.saliences.items()}
    return Row(
        line=line.number,
        id=name,
        group=group,
        title=line.named("prname"),
        positions={who: point for who, point in held.items() if point is not None},
        saliences={who: point for who, point in cares.items() if point is not None},
        procedure=line.procedure(heard),
        vote=line.vote(heard),
        reversion=line.point("rp", heard),
        outcome=line.point("out", heard),
        introduced=days.introduced,
        decided=days.decided,
    )


# --- ids ----------------------------------------------------------------------


def _ids(columns: _Columns, lines: Sequence[Line]) -> tuple[str, str, tuple[str, ...]]:
    """The columns that tell issues and proposals apart, and a note if it is not the usual one."""
    issue = next((name for name in columns.issue if _tells_apart(name, lines)), columns.issue[0])
    full = (name for name in columns.proposal if all(line.named(name) for line in lines))
    proposal = next(full, columns.proposal[0])
    notes = [
        f"Ids are those of the column {taken}, since {usual} leaves some out or has some twice."
        for taken, usual in ((issue, columns.issue[0]), (proposal, columns.proposal[0]))
        if taken != usual
    ]
    return issue, proposal, tuple(notes)


def _tells_apart(column: str, lines: Sequence[Line]) -> bool:
    ids = {line.named(column) for line in lines}
    return "" not in ids and len(ids) == len(lines)


def _as_ids(cells: Sequence[str]) -> list[str]:
    """Letters, digits, - and _ alone, as ids of a dossier are; numbered where two become one.

    A cell that is such an id already keeps it, so nothing depends on the order of lines.
    """
    alike = Counter(_as_id(cell) for cell in set(cells))
    found = {cell: _as_id(cell) for cell in cells}
    taken = {cell for cell, plain in found.items() if cell == plain or alike[plain] == 1}
    held = {found[cell] for cell in taken}
    for cell in sorted(set(cells) - taken):
        plain, number = found[cell], 2
        while found[cell] in held:
            found[cell], number = f"{plain}-{number}", number + 1
        held.add(found[cell])
    return [found[cell] for cell in cells]


def _as_id(cell: str) -> str:
    return re.sub(r"[^\w-]", "_", cell).lstrip("-") or "_"


def _refuse_twice(lines: Sequence[Line], ids: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for line, name in zip(lines, ids, strict=True):
        if name in seen:
            raise DossierError(
                f"the issue {name} is there twice",
                place=Place(file=line.file, line=line.number),
                found=f"also in line {seen[name]}",
                mend="Keep one of the two, or give it another id.",
            )
        seen[name] = line.number


def _notes(columns: _Columns, lines: Sequence[Line]) -> tuple[str, ...]:
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
