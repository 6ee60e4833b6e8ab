"""Which format a file is of, by what it holds, and the dossier in it."""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from comity.dossier.formats.actors import columns, read_actors
from comity.dossier.formats.exchange import looks_like as of_exchange
from comity.dossier.formats.exchange import read_exchange
from comity.dossier.formats.ktab import looks_like as of_ktab
from comity.dossier.formats.ktab import read_ktab
from comity.dossier.formats.sheet import decoded
from comity.dossier.model import Dossier
from comity.dossier.yamltext import LIMIT
from comity.errors import DossierError, Place

Format = Literal["exchange", "ktab", "actors", "deu", "table"]
"""``table``: a file called like a table that is of none of the formats."""

_SUFFIXES = (".csv", ".tsv", ".tab")
_HEAD = 65_536
_SEPARATORS = ",;\t"
_DEU = ({"isnr", "isnrnmc"}, {"proc", "counvte", "rp", "out"})
"""Headings of which a DEU table has one of the first and two of the second."""
_FORMATS = (
    "Comity reads the exchange format (#A #P #M #D), KTAB's CSV and tables with the columns "
    "Actor, Capability, Position, Salience; see docs/how-to/formats.md."
)


def format_of(path: str | os.PathLike[str]) -> Format | None:
    """The format of a file by its first lines; None if it is none of these or cannot be read."""
    file = Path(path)
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return None
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except (OSError, ValueError):
        return None
    found = _format(head.decode("utf-8-sig", "replace"))
    if found is None and file.suffix.lower() in _SUFFIXES and head[:4] != b"PK\x03\x04":
        return "table"
    return found


def _format(head: str) -> Format | None:
    lines = [line.strip() for line in head.splitlines() if line.strip()][:2]
    if not lines:
        return None
    first, second = lines[0], lines[-1]
    if of_exchange(first):
        return "exchange"
    if columns(_cells(first, _separator(first))) is not None:
        return "actors"
    headings = {cell.casefold() for cell in _cells(first, _separator(first))}
    if headings & _DEU[0] and len(headings & _DEU[1]) >= 2:
        return "deu"
    return "ktab" if of_ktab(_cells(first, ","), _cells(second, ",")) else None


def _separator(line: str) -> str:
    return max(_SEPARATORS, key=line.count)


def _cells(line: str, separator: str) -> list[str]:
    try:
        found = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:
        return []
    return [cell.strip() for cell in found]


def load_format(path: str | os.PathLike[str], kind: Format) -> Dossier:
    """The dossier in a file of a format. Raises ``DossierError`` with file, line and column."""
    file = Path(path)
    if kind == "deu":
        raise DossierError(
            "a table of EU decisions holds many dossiers, one a proposal",
            place=Place(str(file)),
            mend="Write them to a folder with `comity new FOLDER --from "
            f"{file.name}`, or score models on all of them with `comity backtest {file.name}`.",
        )
    text = decoded(_bytes(file), str(file))
    if kind == "exchange":
        return read_exchange(text, file.stem)
    if kind == "ktab":
        return read_ktab(text, file.stem)
    first = next((line.strip() for line in text.text.splitlines() if line.strip()), "")
    if kind == "actors":
        return read_actors(text, file.stem, _separator(first))
    raise DossierError(
        "this table is of no format that is read as a dossier" if first else "the file is empty",
        place=Place(str(file), 1 if first else None),
        found=first or None,
        mend=_FORMATS,
    )


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LIMIT + 1)
    except OSError as error:
        raise DossierError(
            "the file cannot be read",
            place=Place(str(file)),
            found=error.strerror or str(error),
            mend="Check the path and its permissions.",
        ) from None


def many(path: str | os.PathLike[str]) -> Mapping[str, Dossier]:
    """Proposal to dossier, from a table of EU decisions."""
    from comity.dossier.formats.deu import read_deu

    return {issue.group: issue.dossier for issue in read_deu(Path(path))}
