"""Every prediction of a backtest as a CSV file: a row for each model and issue."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import ComityError, Place

if TYPE_CHECKING:
    from comity.backtest.results import Backtest

COLUMNS = ("proposal", "issue", "outcome", "model", "point", "error", "crps", "pit")
_HEAD = ",".join(COLUMNS)
_FORMULA = tuple("=+-@")


def refuse_in_vain(path: Path, *, force: bool, table: Path) -> None:
    """Refuse, before any work is done, a path that must not or cannot be written to."""
    refuse_the_table(path, table)
    try:
        if path.is_dir():
            raise _refusal(path, "this is a folder", "Name a file in it.")
        if path.is_file() and not force and not _ours(path):
            raise _refusal(
                path,
                "there is a file of this name that is no list of predictions, so nothing was done",
                "Choose another name, or write over it with --force.",
            )
        above = next(folder for folder in path.absolute().parents if folder.exists())
        if not (above.is_dir() and os.access(above, os.W_OK)):
            raise _refusal(path, "nothing can be written here", "Name a file in another folder.")
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise _refusal(path, f"nothing can be written here: {said}", "Name another file.") from None


def refuse_the_table(path: Path, table: Path) -> None:
    """Refuse to write anything over the table that is scored."""
    try:
        same = path.is_file() and table.exists() and path.samefile(table)
    except (OSError, ValueError):
        return  # whoever writes there says what is wrong
    if same:
        raise _refusal(path, "this is the table itself, so nothing was done", "Name another.")


def write(found: Backtest, path: Path) -> None:
    """Write the rows; numbers in full. Raises ComityError if they cannot be written there."""
    rows = io.StringIO(newline="")
    writer = csv.DictWriter(rows, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(cell) for name, cell in row.items()} for row in found.rows())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rows.getvalue(), encoding="utf-8", newline="\n")
    except OSError as error:
        why = error.strerror or str(error)
        raise _refusal(path, f"the predictions cannot be written here: {why}", "") from error


def _harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what looks like one."""
    if not isinstance(cell, str) or not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def _ours(path: Path) -> bool:
    with path.open("rb") as stream:
        held = stream.read(len(_HEAD))
    return not held or held == _HEAD.encode()


def _refusal(path: Path, problem: str, mend: str) -> ComityError:
    return ComityError(problem, place=Place(file=str(path)), mend=mend)
