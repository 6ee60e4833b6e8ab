"""Every prediction of a backtest as a CSV file: a row for each model and issue."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli import page

if TYPE_CHECKING:
    from comity.backtest.results import Backtest

COLUMNS = ("proposal", "issue", "outcome", "model", "point", "error", "crps", "pit")
_HEAD = ",".join(COLUMNS)
_FORMULA = tuple("=+-@")


def refuse_in_vain(path: Path, *, force: bool, table: Path) -> None:
    """Refuse, before any work is done, a path that must not or cannot be written to."""
    refuse_the_table(path, table)
    page.refuse_place(path, _ours, "a list of predictions", force=force)


def refuse_the_table(path: Path, table: Path) -> None:
    """Refuse to write anything over the table that is scored."""
    try:
        same = path.is_file() and table.exists() and path.samefile(table)
    except (OSError, ValueError):
        return  # whoever writes there says what is wrong
    if same:
        raise page.refusal(path, "this is the table itself, so nothing was done", "Name another.")


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
        raise page.refusal(path, f"the predictions cannot be written here: {why}", "") from error


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
