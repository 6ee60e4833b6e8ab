"""``comity new``: a commented dossier to start from, or one of yours in another form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from comity.cli import streams
from comity.errors import DossierError, Place

_WORKBOOK = ".xlsx"


def new(
    path: Annotated[
        Path | None,
        Argument(metavar="PATH", help="File to write; none, or -, prints it instead."),
    ] = None,
    force: Annotated[bool, Option("--force", help="Write over a file that exists.")] = False,
    workbook: Annotated[
        bool,
        Option("--workbook", help="Write a spreadsheet workbook, one sheet a table (.xlsx)."),
    ] = False,
    source: Annotated[
        Path | None,
        Option(
            "--from",
            metavar="DOSSIER",
            help="Write this dossier instead: YAML as a workbook, a workbook or a table as YAML.",
        ),
    ] = None,
) -> None:
    """Write a commented dossier to start from.

    It passes `comity check` as it is. Change it line by line, or cell by cell: every command that
    reads a dossier reads a workbook, too. With --from, a dossier of yours is written in the other
    form; comments are lost. So are the tables people have: the exchange format, KTAB's CSV, actors
    with capability, position and salience. A table of EU decisions becomes a folder of dossiers.

    \b
    Example:
      comity new summit.yaml
      comity new --workbook summit.xlsx
      comity new summit.xlsx --from summit.yaml
      comity new talks.yaml --from positions.csv
    """
    if source is not None and _holds_many(source):
        _write_all(path, source, over=force)
        return
    as_workbook = workbook or (path is not None and path.suffix.lower() == _WORKBOOK)
    if as_workbook:
        _write(_named(path), _workbook(source), over=force)
    elif path is None or str(path) == "-":
        streams.put(_yaml(source))
    else:
        _write(path, _yaml(source).encode(), over=force)
    if path is not None and (as_workbook or str(path) != "-"):
        streams.put_path(path)


def _holds_many(source: Path) -> bool:
    from comity.dossier.formats import format_of

    return format_of(source) == "deu"


def _write_all(folder: Path | None, source: Path, *, over: bool) -> None:
    """Every proposal of a table as a dossier in a folder, made if it is not there."""
    from comity.dossier.dump import dump
    from comity.dossier.formats import many
    from comity.dossier.formats.built import ids_of

    if folder is None or folder.suffix:
        raise DossierError(
            "a table of EU decisions holds many dossiers, which are written to a folder",
            found=None if folder is None else str(folder),
            mend=f"name a folder, as in: comity new decisions --from {source.name}",
        )
    found = many(source)
    files = {folder / f"{name}.yaml": key for key, name in ids_of(found).items()}
    _make(folder)
    there = next((file for file in files if file.exists()), None)
    if there is not None and not over:
        raise _there_already(there)
    for file, proposal in files.items():
        _write(file, dump(found[proposal]).encode(), over=over)
    streams.put_path(folder)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        raise DossierError(
            "the folder could not be made",
            place=Place(file=str(folder)),
            found=getattr(error, "strerror", None) or str(error),
            mend="name a folder where you may write",
        ) from error


def _named(path: Path | None) -> Path:
    """The file of a workbook, which is nothing to print."""
    if path is None or path.suffix.lower() != _WORKBOOK:
        raise DossierError(
            "a workbook is written to a file whose name ends in .xlsx",
            found=None if path is None else str(path),
            mend="name one, as in: comity new --workbook summit.xlsx",
        )
    return path


def _yaml(source: Path | None) -> str:
    from comity.dossier.template import template

    if source is None:
        return template()
    from comity.dossier.dump import dump
    from comity.dossier.load import load

    return dump(load(source))


def _workbook(source: Path | None) -> bytes:
    from comity.dossier.load import load, loads
    from comity.dossier.template import template
    from comity.dossier.workbook import workbook_bytes

    return workbook_bytes(loads(template()) if source is None else load(source))


def _write(path: Path, contents: bytes, *, over: bool) -> None:
    try:
        if path.is_fifo():
            raise ValueError("this is a pipe, not a file")  # opening it would wait for a reader
        with path.open("wb" if over else "xb") as file:
            file.write(contents)
    except FileExistsError as error:
        raise _there_already(path) from error
    except (OSError, ValueError) as error:
        raise DossierError(
            "the dossier could not be written",
            place=Place(file=str(path)),
            found=getattr(error, "strerror", None) or str(error),
            mend="name a file in a folder that exists and that you may write to",
        ) from error


def _there_already(path: Path) -> DossierError:
    return DossierError(
        "there is something of this name already, so nothing was written",
        place=Place(file=str(path)),
        mend="choose another name, or write over it with --force",
    )
