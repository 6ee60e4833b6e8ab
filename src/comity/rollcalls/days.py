"""Days as files write them: ``1946-12-19``, ``19 December 1946``, or a year alone."""

from __future__ import annotations

import re
from datetime import date

from comity.errors import DossierError
from comity.rollcalls.table import Table

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"([1-9]\d{3})-(\d\d)-(\d\d)")
_YEAR = re.compile(r"[1-9]\d{3}")
_SPELT = re.compile(r"(\d{1,2}) ([a-z]{3,})\.?(?: (\d{4}))?", re.IGNORECASE)


def day_of(table: Table, row: int) -> tuple[date | None, int | None]:
    """Day and year of a row, as far as its columns ``date`` and ``year`` have them.

    Raises ``DossierError`` if either is there and cannot be read.
    """
    said, year = table.cell(row, "date"), table.cell(row, "year")
    try:
        on = _day(said, year)
        number = on.year if on else int(_only_year(said) or _only_year(year) or 0) or None
        if on and year and int(year) != on.year:
            raise ValueError(year)
    except ValueError:
        raise DossierError(
            "this is not a day or a year",
            place=table.place(row, "date" if said else "year"),
            found=" ".join(filter(None, (said, year))),
            mend="Write days as 1946-12-31 or 31 December 1946, or a year alone.",
        ) from None
    return on, number


def _day(said: str, year: str) -> date | None:
    """The day, None without one. Raises ``ValueError`` for what is neither day nor year."""
    if iso := _ISO.fullmatch(said):
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    if spelt := _SPELT.fullmatch(said):
        return date(int(spelt[3] or year), _month(spelt[2]), int(spelt[1]))
    _only_year(said)
    return None


def _only_year(said: str) -> str:
    if said and not _YEAR.fullmatch(said):
        raise ValueError(said)
    return said


def _month(name: str) -> int:
    found = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold())]
    if len(found) != 1:
        raise ValueError(name)
    return found[0]
