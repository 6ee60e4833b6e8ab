"""Days as the DEU table writes them, some of which a spreadsheet has turned round.

The table writes day-month-year with two or four digits of the year. Spreadsheets read some such
texts as year-month-day and write them out again, so that 22-09-04 became ``2022-09-04``. The
year in the proposal's id (``d04209``) tells which is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DAY_FIRST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_CODE = re.compile(r"[A-Za-z]([0-9]{2})[0-9]{3,}")


@dataclass(frozen=True)
class Days:
    """When a proposal was introduced and when it was decided; None where it cannot be told."""

    introduced: date | None
    decided: date | None


def days_of(proposal: str, introduced: str, decided: str) -> Days:
    """The two days of a proposal, read in the one manner that its id bears out."""
    year = _year_of(proposal)
    turned = _is_turned(introduced, year)
    begun = _read(introduced, turned)
    if begun is None and year is not None:
        begun = date(year, 1, 1)
    ended = _read(decided, turned)
    return Days(begun, None if ended is None or (begun and ended < begun) else ended)


def _year_of(proposal: str) -> int | None:
    """The year in the id of a proposal: 2004 of ``d04209``, 1998 of ``d98134``."""
    found = _CODE.fullmatch(proposal)
    return _century(int(found[1])) if found else None


def _century(short: int) -> int:
    return short + (1900 if short >= 60 else 2000)


def _is_turned(introduced: str, year: int | None) -> bool:
    """Whether year-month-day stands for day-month-year in this row."""
    found = _YEAR_FIRST.fullmatch(introduced)
    if found is None:
        return True
    return year is None or abs(int(found[1]) - year) > abs(_century(int(found[3])) - year)


def _read(text: str, turned: bool) -> date | None:
    if found := _DAY_FIRST.fullmatch(text):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.fullmatch(text):
        first, month, last = (int(part) for part in found.groups())
        return _day(last, month, first % 100) if turned else _day(first, month, last)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year if year >= 100 else _century(year), month, day)
    except ValueError:
        return None
