"""``comity new``: a commented dossier to start from, or one of yours in another form."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from comity.cli import streams
from comity.errors import DossierError, Place

_WORKBOOK = ".xlsx"

_LONGEST = 100
"""Bytes of a file's name without its ending."""
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{k}" for port in ("com", "lpt") for k in range(10)))
)
"""What Windows keeps for devices, whatever the ending."""


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
    if not found:
        raise DossierError("no issue of this table has a position", place=Place(file=str(source)))
    files = {
        folder / f"{_stem(name)}.yaml": dump(found[key]).encode()
        for key, name in ids_of(found).items()
    }
    made = _make(folder)
    there = next((file for file in files if file.exists()), None)
    if there is not None and not over:
        raise _there_already(there)
    _write_each(files, folder if made else None, over=over)
    streams.put_path(folder)


def _stem(name: str) -> str:
    """A name that every system takes: not too long, and none that Windows keeps for devices.

    Such a name has a fingerprint at its end, so that no two are alike.
    """
    held = name.encode()
    if len(held) <= _LONGEST and name.casefold() not in _RESERVED:
        return name
    return (
        f"{held[: _LONGEST - 9].decode(errors='ignore')}-{blake2b(held, digest_size=4).hexdigest()}"
    )


def _write_each(files: Mapping[Path, bytes], made: Path | None, *, over: bool) -> None:
    """Write all files or, if one cannot be written, leave nothing that was not there before."""
    new = [file for file in files if not file.exists()]
    try:
        for file, contents in files.items():
            _write(file, contents, over=over)
    except DossierError:
        for file in new:
            file.unlink(missing_ok=True)
        if made is not None:
            made.rmdir()
        raise


def _make(folder: Path) -> bool:
    """Make a folder if it is not there; whether it was made."""
    try:
        there = folder.is_dir()
        folder.mkdir(exist_ok=True)
        return not there
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
