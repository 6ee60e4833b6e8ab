"""A workbook opened for reading, once its sheets and what they hold are known to be in order."""

from __future__ import annotations

import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from comity.dossier.paths import listed, nearest
from comity.dossier.workbook.archive import sheet_parts
from comity.dossier.workbook.readme import README
from comity.dossier.workbook.sheets import sheets
from comity.errors import DossierError, Place

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 100_000
"""Rows of all sheets together beyond which a workbook is not read."""
TEMPLATE = "`comity new --workbook` writes a workbook with all sheets."
"""Where all sheets and columns are to be had."""
_REQUIRED = tuple(sheet.name for sheet in sheets())
"""Sheets that a workbook has, empty or not; one that a later Comity adds may be missing."""


def opened(raw: bytes, file: str, *, values: bool) -> Workbook:
    from defusedxml.common import DefusedXmlException
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and pictures that are not read
            return load_workbook(BytesIO(raw), read_only=True, data_only=values, keep_links=False)
    except (*DAMAGE, DefusedXmlException, InvalidFileException) as error:
        raise damaged(file, error) from None


DAMAGE = (
    ValueError, LookupError, TypeError, AttributeError, OverflowError, EOFError, OSError,
    SyntaxError, RuntimeError, BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl raises for parts of a workbook that are damaged; a ParseError is a SyntaxError, and
an encoding that nobody knows a LookupError."""


def damaged(file: str, error: Exception) -> DossierError:
    return DossierError(
        "the workbook is damaged",
        place=Place(file),
        found=str(error) or type(error).__name__,
        mend="Open it in a spreadsheet program and save it again as .xlsx.",
    )


def results(raw: bytes, file: str, name: str) -> dict[tuple[int, int], Any]:
    """What a sheet's cells hold with every formula at the value last calculated."""
    book = opened(raw, file, values=True)
    try:
        cells = (cell for row in book[name].iter_rows() for cell in row)
        return {(c.row, c.column): c.value for c in cells if c.value is not None}
    finally:
        book.close()


def _too_many(file: str, sheet: str, what: str) -> DossierError:
    return DossierError(
        f"more than {what} are not read",
        place=Place(file, cell=sheet),
        mend="Delete the rows and columns that are empty or not needed, and save the workbook.",
    )


def refuse_odd_sheets(book: Workbook, file: str) -> None:
    """Sheets of other names, and sheets without which there is no dossier."""
    known = [sheet.name for sheet in sheets()]
    for name in book.sheetnames:
        if name not in (*known, README):
            missing = [other for other in known if other not in book.sheetnames]
            like = nearest(name, missing) or nearest(name, known)
            guess = f"Rename it to '{like}', or r" if like else "R"
            raise DossierError(
                "there is no sheet of this name in a dossier",
                place=Place(file, cell=name),
                found=name,
                mend=f"{guess}emove it. Sheets: {listed(known, 40)}.",
            )
    for name in _REQUIRED:
        if name not in book.sheetnames:
            raise DossierError(
                f"the sheet '{name}' is missing",
                place=Place(file),
                found=listed(book.sheetnames, 40),
                mend=f"Add it, with its header. {TEMPLATE}",
            )


def refuse_odd_parts(book: Workbook, raw: bytes, file: str) -> None:
    """Too many rows, and merged cells: they hold one value for several, nobody can tell which."""
    parts, left = sheet_parts(raw), MOST_ROWS
    for sheet in book.worksheets:
        part = parts.get(getattr(sheet, "_worksheet_path", "").lstrip("/"))
        if part is None or sheet.title == README:
            continue
        left -= part.rows
        if left < 0:
            raise _too_many(file, sheet.title, f"{MOST_ROWS:,} rows")
        if part.far:
            raise DossierError(
                "this cell lies beyond every column",
                place=Place(file, cell=f"{sheet.title}!{part.far}"),
                mend="Clear it.",
            )
        if part.merged:
            raise DossierError(
                "these cells are merged, so it cannot be told which row they belong to",
                place=Place(file, cell=f"{sheet.title}!{part.merged}"),
                mend="Unmerge them, and write the value into every row it holds for.",
            )
