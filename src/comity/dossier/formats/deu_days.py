"""Days as the DEU table writes them, some of which a spreadsheet has turned round.

The table writes day-month-year with two or four digits of the year. Spreadsheets read some such
texts as year-month-day and write them out again, so that 22-09-04 became ``2022-09-04``. Whether
that happened to a table is told by the whole of it: by the years in the proposals' ids
(``d04209``, ``2004/0209``) and by days that could not be (conventions §62). Without a sign of it,
year-month-day means year, month, day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

_DAY_FIRST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_HOUR = re.compile(r"[T ][0-9]{1,2}:[0-9:.]+Z?")
_CODE = re.compile(r"[A-Za-z]([0-9]{2})[0-9]{3,}")
_CODE_WITH_YEAR = re.compile(r"(?:[A-Za-z]+[-_/ ]?)?((?:19|20)[0-9]{2})[-_/ ].*")

EARLIEST = date(1990, 1, 1)
"""Before it nothing in such a table was proposed or decided."""
CLOSE, LONG = 2, 20
"""Years by which an id may miss the proposal's day, and that a proposal may take at most."""
FEWEST = 0.1
"""The share of a table's lines that must speak for days turned round."""


@dataclass(frozen=True)
class Days:
    """When a proposal was introduced and when it was decided; None where it cannot be told."""

    introduced: date | None
    decided: date | None


@dataclass(frozen=True)
class Written:
    """What a line says of its proposal's days, with the proposal's id."""

    proposal: str
    introduced: str
    decided: str

    @property
    def year(self) -> int | None:
        """The year in the proposal's id: 2004 of ``d04209`` or ``2004/0209``."""
        if found := _CODE.fullmatch(self.proposal):
            return _century(int(found[1]))
        found = _CODE_WITH_YEAR.fullmatch(self.proposal)
        return int(found[1]) if found else None


@dataclass(frozen=True)
class ReadDays:
    """The days of each line, and what must be said of how they were read."""

    days: tuple[Days, ...]
    notes: tuple[str, ...]


def days_in(lines: Sequence[Written], today: date | None = None) -> ReadDays:
    """All days of a table, read in the manner that the whole of it bears out."""
    turning = _turning(lines, today or date.today())
    turned = [_is_turned(line, turning) for line in lines]
    days = tuple(_days(line, how) for line, how in zip(lines, turned, strict=True))
    notes = (_on_turned(lines, turned), _on_plain(lines, turned), _on_unread(lines, turned))
    return ReadDays(days, tuple(note for note in notes if note))


def _days(line: Written, turned: bool) -> Days:
    begun, year = _read(line.introduced, turned), line.year
    if begun is None and year is not None:
        begun = date(year, 1, 1)
    ended = _read(line.decided, turned)
    return Days(begun, None if ended is None or (begun and ended < begun) else ended)


# --- turned or not ------------------------------------------------------------


def _turning(lines: Iterable[Written], today: date) -> bool:
    """Whether more lines make sense only with their days turned round than only as they stand.

    By a tenth of the lines at least: one day that lies ahead must not turn a whole table.
    """
    asked = {line for line in lines if any(map(_year_first, (line.introduced, line.decided)))}
    votes = 0
    for line in asked:
        plain, turned = (_plausible(line, how, today) for how in (False, True))
        votes += turned - plain
    return votes > 0 and votes >= FEWEST * len(asked)


def _plausible(line: Written, turned: bool, today: date) -> bool:
    """Whether the days of a line that are written year first could be, so read."""
    asked = ((line.introduced, -CLOSE, CLOSE), (line.decided, 0, LONG))
    for text, least, most in asked:
        if not _year_first(text):
            continue
        day, year = _read(text, turned), line.year
        if day is None or not EARLIEST <= day <= today:
            return False
        if year is not None and not least <= day.year - year <= most:
            return False
    begun, ended = _read(line.introduced, turned), _read(line.decided, turned)
    return begun is None or ended is None or begun <= ended


def _is_turned(line: Written, turning: bool) -> bool:
    """Whether year-month-day stands for day-month-year in this line."""
    year = line.year
    if year is None or not _year_first(line.introduced):
        return turning
    plain, turned = (_years_off(line.introduced, year, how) for how in (False, True))
    return turned < plain and (turning or (plain > CLOSE and turned <= 1))


def _years_off(text: str, year: int, turned: bool) -> int:
    day = _read(text, turned)
    return 10_000 if day is None else abs(day.year - year)


# --- one day ------------------------------------------------------------------


def _plain(text: str) -> str:
    """A day without the hour that a program put behind it."""
    return _HOUR.sub("", text)


def _year_first(text: str) -> bool:
    return _YEAR_FIRST.fullmatch(_plain(text)) is not None


def _read(text: str, turned: bool) -> date | None:
    text = _plain(text)
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


def _century(short: int) -> int:
    return short + (1900 if short >= 60 else 2000)


# --- what is said of it -------------------------------------------------------


def _on_turned(lines: Sequence[Written], turned: Sequence[bool]) -> str:
    held = _texts(lines, turned, True)
    if not held:
        return ""
    return (
        f"Days that a spreadsheet has turned round, read as day, month, year: {len(held)} "
        f"({held[0]} is {_read(held[0], True)})."
    )


def _on_plain(lines: Sequence[Written], turned: Sequence[bool]) -> str:
    """Only where another reading was possible and no year in an id tells."""
    told = [line.year is not None for line in lines]
    held = [
        text
        for text in _texts(lines, [a or b for a, b in zip(told, turned, strict=True)], False)
        if _read(text, True)
    ]
    if not held:
        return ""
    return f"Days read as year, month, day, as they stand: {len(held)} (such as {held[0]})."


def _texts(lines: Sequence[Written], turned: Sequence[bool], how: bool) -> list[str]:
    """Days written year first of the lines that are read in one of the manners."""
    return [
        text
        for line, each in zip(lines, turned, strict=True)
        for text in (line.introduced, line.decided)
        if each is how and _year_first(text) and _read(text, how)
    ]


def _on_unread(lines: Sequence[Written], turned: Sequence[bool]) -> str:
    held = [
        text
        for line, how in zip(lines, turned, strict=True)
        for text in (line.introduced, line.decided)
        if text and _read(text, how) is None
    ]
    return f"Days that could not be read: {len(held)} (such as {held[0][:20]})." if held else ""
