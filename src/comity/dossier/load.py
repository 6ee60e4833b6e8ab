"""A dossier from one YAML file, a folder of them, one workbook, or a table people already have."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from comity.dossier.model import Dossier
from comity.dossier.paths import MisfitError, nearest, parsed, written
from comity.dossier.wording import misfits_of, shown_raw
from comity.dossier.yamltext import LIMIT, Document, Mark, read
from comity.dossier.yamltrouble import BE_BRIEF, too_big
from comity.errors import DossierError, Place

_SUFFIXES = (".yaml", ".yml")
_WORKBOOK = ".xlsx"
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, whatever they are called."""
_RECORD = "record"
"""What happened afterwards: never read with a dossier (DESIGN §4)."""

_ENTRIES_DEEP = {"positions": 2, "talks": 3}
"""How many levels of a section are entries that files may share out; elsewhere one.

So each delegation may keep its own positions, and its own preferences in the talks.
"""
_DEEPEST = max(_ENTRIES_DEEP.values())


def load(path: str | os.PathLike[str]) -> Dossier:
    """Read a dossier from a YAML file, the YAML files directly in a folder, a workbook or a table.

    In a folder, sections may be spread over files, ``record.yaml`` and workbooks are left alone,
    and an entry may stand once. A folder without YAML but with XML is read as GENIUS files
    (conventions §53). Tables are those of ``comity.dossier.formats``, told apart by what they hold
    (conventions §62). Raises one ``DossierError`` with file, line or cell, field, what was found
    and how to mend it; nothing is half-read.
    """
    from comity.dossier.formats import format_of, load_format
    from comity.dossier.genius import holds_genius, load_genius

    if holds_genius(path):
        return load_genius(path)
    if (table := format_of(path)) is not None:
        return load_format(path, table)
    return _validated(_document(Path(path)))


def place_of(path: Path, field: str | None) -> Place:
    """File and line of a field of the dossier at a path; the path alone if it has changed since.

    A table has no fields, so nothing in it is pointed at.
    """
    from comity.dossier.formats import format_of

    if field is None:
        return Place(str(path))
    if format_of(path) is not None:
        return Place(str(path), field=field)
    try:
        return _document(path).place(parsed(field))
    except DossierError:
        return Place(str(path), field=field)


def file_document(path: Path) -> Document:
    """What one YAML file holds. Raises ``DossierError`` if it is not there or cannot be read."""
    _mode(path)
    return read(_bytes(path, LIMIT), str(path))


def _document(place: Path) -> Document:
    """What a file holds, or the files of a folder together."""
    if not stat.S_ISDIR(_mode(place)):
        return _one_file(place)
    _refuse_genius_beside(place)
    documents, left = [], LIMIT
    for file in _files(place):
        raw = _bytes(file, left)
        left -= len(raw)
        documents.append(read(raw, str(file)))
    return _merged(documents)


def _refuse_genius_beside(folder: Path) -> None:
    """YAML and GENIUS files in one folder: either could be meant, so neither is passed over."""
    from comity.dossier.genius import genius_beside_yaml

    files = _files(folder)
    if (other := genius_beside_yaml(folder)) is not None:
        raise DossierError(
            "the folder holds a dossier and GENIUS files, and it cannot be told which is meant",
            place=Place(str(folder)),
            found=f"{files[0].name} and {other.name}",
            mend="Put the GENIUS files into a folder of their own.",
        )


def _one_file(file: Path) -> Document:
    if file.suffix.lower() == _WORKBOOK or _begins_packed(file):
        from comity.dossier.workbook import LARGEST_FILE, TOO_LARGE, read_workbook

        return read_workbook(_bytes(file, LARGEST_FILE, TOO_LARGE), str(file))
    return read(_bytes(file, LIMIT), str(file))


def _begins_packed(file: Path) -> bool:
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return False
        with file.open("rb") as stream:
            return stream.read(4) in _PACKED
    except OSError as error:
        raise _unreadable(file, error) from None


def loads(text: str, file: str = "dossier.yaml") -> Dossier:
    """Read a dossier from YAML text; ``file`` names it in messages."""
    return _validated(read(text.encode("utf-8", "surrogatepass"), file))


def _mode(place: Path) -> int:
    try:
        return place.stat().st_mode
    except FileNotFoundError:
        raise (_leads_nowhere(place) if place.is_symlink() else _missing(place)) from None
    except (OSError, ValueError) as error:
        raise _unreadable(place, error) from None


def _missing(place: Path) -> DossierError:
    try:
        like = nearest(place.name, (entry.name for entry in place.parent.iterdir()))
    except OSError:
        like = None
    guess = f"Did you mean '{like}'? " if like else ""
    return DossierError(
        "there is no such file or folder",
        place=Place(str(place)),
        mend=f"{guess}Check the path; `comity new` writes a dossier to start from.",
    )


def _leads_nowhere(place: Path) -> DossierError:
    return DossierError(
        "this is a link to something that is not there",
        place=Place(str(place)),
        found=str(place.readlink()),
        mend="Mend the link, or name the file or folder itself.",
    )


def _unreadable(place: Path, error: Exception) -> DossierError:
    reason = getattr(error, "strerror", None) or str(error)
    return DossierError(
        "the file cannot be read",
        place=Place(str(place)),
        found=reason,
        mend="Check the path and its permissions.",
    )


def _bytes(file: Path, limit: int, mend: str = BE_BRIEF) -> bytes:
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise DossierError(
                "this is neither a file nor a folder",
                place=Place(str(file)),
                mend="Name a YAML file, a folder of them, or a workbook.",
            )
        if (size := file.stat().st_size) > limit:
            raise too_big(str(file), size + max(LIMIT - limit, 0), max(LIMIT, limit), mend)
        with file.open("rb") as stream:
            return stream.read(limit + 1)
    except OSError as error:
        raise _unreadable(file, error) from None


def _files(folder: Path) -> list[Path]:
    try:
        found = [entry for entry in sorted(folder.iterdir()) if _is_yaml(entry)]
    except OSError as error:
        raise _unreadable(folder, error) from None
    files = [entry for entry in found if entry.stem.lower() != _RECORD]
    if not files:
        raise DossierError(
            "the folder holds no dossier",
            place=Place(str(folder)),
            found="no .yaml or .yml file" + (" but the record" if found else ""),
            mend="Put the dossier's YAML files directly into the folder; name a workbook itself.",
        )
    return files


def _is_yaml(entry: Path) -> bool:
    """Whether an entry of a folder is a YAML file, or at least no folder called like one."""
    named = entry.suffix.lower() in _SUFFIXES and not entry.name.startswith(".")
    return named and not entry.is_dir()


def _merged(documents: list[Document]) -> Document:
    """One document of all files; an entry that stands in two of them is refused."""
    whole: dict[str, Any] = {}
    merged = Document(whole, tuple(document.files[0] for document in documents))
    merged.marks[id(whole)] = {}
    for document in documents:
        merged.marks |= document.marks
        _refuse_not_mapping(document)
        _merge(merged, whole, document.value, ())
    return merged


def _merge(
    merged: Document, into: dict[str, Any], new: dict[str, Any], path: tuple[str, ...]
) -> None:
    marks = merged.marks[id(into)]
    for key, value in new.items():
        here, mark = (*path, key), merged.marks[id(new)][key]
        if key not in into:
            into[key], marks[key] = _own(merged, value, _DEEPEST), mark
        elif _shared_out(here) and isinstance(into[key], dict) and isinstance(value, dict):
            _merge(merged, into[key], value, here)
        elif here != ("comity",) or into[key] != value:
            raise _twice(here, marks[key], mark)


def _shared_out(path: tuple[str, ...]) -> bool:
    return len(path) <= _ENTRIES_DEEP.get(path[0], 1)


def _own(merged: Document, value: Any, deep: int) -> Any:
    """A copy to merge into, so many levels deep, so that aliased values stay as they were."""
    if not isinstance(value, dict) or deep == 0:
        return value
    copy = {key: _own(merged, inner, deep - 1) for key, inner in value.items()}
    merged.marks[id(copy)] = dict(merged.marks[id(value)])
    return copy


def _twice(path: tuple[str, ...], first: Mark, second: Mark) -> DossierError:
    return DossierError(
        f"this already stands in {first[0]}:{first[1]}",
        place=Place(*second, written(path)),
        found=path[-1],
        mend="Keep it in one of the two files.",
    )


def _refuse_not_mapping(document: Document) -> None:
    if not isinstance(document.value, dict):
        raise DossierError(
            "a dossier consists of fields, `name: value`",
            place=Place(document.files[0], 1),
            found=shown_raw(document.value),
            mend="Begin with `comity: 1`; `comity new` writes a dossier to start from.",
        )


def _validated(document: Document) -> Dossier:
    _refuse_not_mapping(document)
    _refuse_other_version(document)
    try:
        return Dossier.model_validate(document.value)
    except ValidationError as error:
        raise document.located(misfits_of(error, Dossier, document.value)) from None
    except MisfitError as first:
        raise document.located((first, *first.others)) from None


def _refuse_other_version(document: Document) -> None:
    version = document.value.get("comity", 1)
    if version != 1 or isinstance(version, bool):
        problem = MisfitError(
            ("comity",),
            "this Comity reads version 1",
            found=shown_raw(version),
            mend="Write `comity: 1`, or read the dossier with a Comity that knows its version.",
        )
        raise document.located([problem])
