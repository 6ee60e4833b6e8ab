"""``comity new``: a commented dossier to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from comity.cli import streams
from comity.errors import DossierError, Place


def new(
    path: Annotated[
        Path | None,
        Argument(metavar="PATH", help="File to write; none, or -, prints it instead."),
    ] = None,
    force: Annotated[bool, Option("--force", help="Write over a file that exists.")] = False,
) -> None:
    """Write a commented dossier to start from.

    It passes `comity check` as it is. Change it line by line.

    \b
    Example:
      comity new summit.yaml
    """
    from comity.dossier.template import template

    if path is None or str(path) == "-":
        streams.put(template())
        return
    _write(path, template(), over=force)
    streams.put_path(path)


def _write(path: Path, text: str, *, over: bool) -> None:
    try:
        if path.is_fifo():
            raise ValueError("this is a pipe, not a file")  # opening it would wait for a reader
        with path.open("w" if over else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise DossierError(
            "there is something of this name already, so nothing was written",
            place=Place(file=str(path)),
            mend="choose another name, or write over it with --force",
        ) from error
    except (OSError, ValueError) as error:
        raise DossierError(
            "the dossier could not be written",
            place=Place(file=str(path)),
            found=getattr(error, "strerror", None) or str(error),
            mend="name a file in a folder that exists and that you may write to",
        ) from error
