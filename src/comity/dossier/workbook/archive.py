"""A workbook's file before it is opened: bounded, free of entities, and really a workbook."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from comity.errors import DossierError, Place

LARGEST_FILE = 20_000_000
"""Bytes that a workbook may hold."""
LARGEST = 100_000_000
"""Bytes that it may hold unpacked."""
MOST_PARTS = 2_000
"""Files inside it."""

TOO_LARGE = (
    "Keep the sheets of the dossier alone, without pictures and formatted empty rows; "
    "`comity new --workbook` writes them."
)
"""How a workbook is made small enough."""

_OLD = b"\xd0\xcf\x11\xe0"
_WORKBOOK = "xl/workbook.xml"
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=\"([A-Z0-9:]+)\"")
_FAR = re.compile(rb"<(?:\w+:)?c\s[^>]*?r=\"([A-Z]{3}[0-9]+)\"[^>/]*>\s*<(?:\w+:)?(?:v|is|f)\b")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SAVE = "Save it as an Excel workbook (.xlsx), without a password, and try again."


def refuse_odd_archive(raw: bytes, file: str) -> None:
    """Raise ``DossierError`` unless the bytes are an ordinary workbook of bounded size."""
    if raw[:4] == _OLD:
        raise _refused(file, "this is an old or a password-protected workbook", _SAVE)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            _refuse_large(archive, file)
            if _WORKBOOK not in archive.namelist():
                raise _refused(file, "this is no Excel workbook", _SAVE)
            _refuse_entities(archive, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise _refused(file, "this is no Excel workbook", _SAVE, str(error)) from None
    except RuntimeError as error:  # what zipfile says of a part with a password
        raise _refused(file, "part of the workbook is locked", _SAVE, str(error)) from None


@dataclass(frozen=True)
class Part:
    """What can be told of a sheet without reading its cells."""

    rows: int
    merged: str | None
    far: str | None


def sheet_parts(raw: bytes) -> dict[str, Part]:
    """Of each sheet, by its file: how many rows are written, the first of its merged cells, and
    the first cell with contents beyond column ZZ."""
    found = {}
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        for name in archive.namelist():
            if _SHEETS.fullmatch(name):
                text = archive.read(name)
                rows = sum(1 for _ in _ROW.finditer(text))
                found[name] = Part(rows, _first(_MERGED, text), _first(_FAR, text))
    return found


def _first(pattern: re.Pattern[bytes], text: bytes) -> str | None:
    found = pattern.search(text)
    return found[1].decode("ascii") if found else None


def _refuse_large(archive: zipfile.ZipFile, file: str) -> None:
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > LARGEST or len(parts) > MOST_PARTS:
        raise _refused(
            file,
            f"unpacked, the workbook is larger than {LARGEST // 1_000_000} MB",
            "Keep the sheets of the dossier alone; `comity new --workbook` writes them.",
            f"{size / 1e6:,.0f} MB in {len(parts)} parts",
        )


def _refuse_entities(archive: zipfile.ZipFile, file: str) -> None:
    """No workbook declares entities; those that do would unpack to gigabytes."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            text = archive.read(part)
            wide = text[:2] in (b"\xff\xfe", b"\xfe\xff")
            if wide or _ENTITY.search(text):
                raise _refused(file, "part of the workbook declares entities", _SAVE, part.filename)


def _refused(file: str, problem: str, mend: str, found: str | None = None) -> DossierError:
    return DossierError(problem, place=Place(file), found=found, mend=mend)
