"""Reports and briefs as files: nothing is written over unasked, the path is told last."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli import streams
from comity.errors import ComityError, Place

if TYPE_CHECKING:
    from comity.ensemble import Forecast
    from comity.ensemble.comparison import Comparison

_BEGIN = (b"<!DOCTYPE html>", b"PK\x03\x04")
_MADE = b"Made with Comity "
"""What a report or a brief of ours begins with, and what it holds further on."""

_ENDING = "-report.html"


def default_name(dossier: Path) -> str:
    """What the report on a dossier is called if nobody says: after its file or folder."""
    place = dossier.resolve()
    return (place.name if place.is_dir() else place.stem) + _ENDING


def default_place(dossier: Path, folder: str = "") -> Path:
    """Where the report on a dossier goes if nobody says: the current folder, or one in it."""
    try:
        return Path.cwd() / folder / default_name(dossier)
    except OSError as error:
        raise ComityError(
            "the current folder cannot be used",
            found=error.strerror,
            mend="Go to another folder, or say with --output where the report goes.",
        ) from None


def refuse_in_vain(path: Path, *, force: bool, dossier: Path | None = None) -> None:
    """Refuse, before any work is done, a path that must not or cannot be written to.

    What lies there may be written over if it is a report of ours or holds nothing; by force
    anything but the dossier that the report is on.
    """
    try:
        if dossier is not None and path.is_file() and _part_of(dossier, path):
            raise refusal(
                path, "this is the dossier itself, so nothing was done", "Choose another name."
            )
    except (OSError, ValueError):
        pass  # said below
    refuse_place(path, _expendable, "a report", force=force)


def refuse_place(path: Path, ours: Callable[[Path], bool], what: str, *, force: bool) -> None:
    """Refuse a place that cannot be written to, or holds another file than one of ours.

    ``what`` such a file of ours is, for the message; by force any file may be written over.
    """
    try:
        if path.is_dir():
            raise refusal(path, "this is a folder", "Name a file in it.")
        if path.is_fifo() or path.is_socket():
            raise refusal(path, "this is no file", "Name a file.")
        if path.is_file() and not force and not ours(path):
            raise refusal(
                path,
                f"there is a file of this name that is not {what}, so nothing was done",
                "Choose another name, or write over it with --force.",
            )
        above = next(folder for folder in path.absolute().parents if folder.exists())
        if not (above.is_dir() and os.access(above, os.W_OK)):
            raise refusal(path, "nothing can be written here", "Name a file in another folder.")
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise refusal(path, f"nothing can be written here: {said}", "Name another file.") from None


def write(forecast: Forecast, path: Path, compared: Comparison | None = None) -> Path:
    """Write the report on a forecast, and on models side by side if asked; returns its path."""
    from comity.report import report

    found = (forecast,) if compared is None else (forecast, compared)
    return report(*found).save(path)


def tell(
    written: Path, what: str = "The report, with figures and sources:", *, aside: bool = False
) -> None:
    """Say where a file lies: below an answer, the path alone on the last line.

    ``aside``: the path only, on stderr, for stdout is data.
    """
    if aside:
        streams.say(str(written))
        return
    streams.put(f"\n{what}")
    streams.put_path(written)


def _part_of(dossier: Path, path: Path) -> bool:
    """Whether a file is the dossier, or one of the YAML files in its folder."""
    if dossier.is_dir():
        inside = path.resolve().parent == dossier.resolve()
        return inside and path.suffix.lower() in (".yaml", ".yml")
    return dossier.is_file() and path.samefile(dossier)


def _expendable(path: Path) -> bool:
    held = path.read_bytes()
    return not held or (held.startswith(_BEGIN) and _MADE in held)


def refusal(path: Path, problem: str, mend: str) -> ComityError:
    """What is wrong with a path, and what to do."""
    return ComityError(problem, place=Place(file=str(path)), mend=mend)
