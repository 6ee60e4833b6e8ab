"""What stands above an answer, and above what is said of each item."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from comity.cli import streams

if TYPE_CHECKING:
    from comity.report.words import Subject


class Titled(Protocol):
    """A dossier, or an answer drawn from one."""

    @property
    def title(self) -> str: ...
    @property
    def handling(self) -> str: ...


class Drawn(Titled, Protocol):
    """An answer that was drawn from a dossier: a forecast, or a mediation."""

    @property
    def as_of(self) -> date: ...
    @property
    def note(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def draws(self) -> int: ...


def put_heading(found: Drawn, kind: str) -> None:
    """The handling mark first of all, then what this is, of when, and how it was drawn."""
    put_title(found, kind)
    streams.put_prose(
        f"{seen(found.as_of, found.note)} {found.draws:,} draw{'s' * (found.draws != 1)}, "
        f"seed {found.seed}; more draws could move a share by {_margin(found.draws)}."
    )


def put_title(found: Titled, kind: str) -> None:
    """The handling mark first of all, then what this is."""
    if found.handling.strip():
        streams.put_prose(found.handling.strip().upper())
    streams.put_prose(f"{kind}: {found.title.strip() or 'untitled'}")


def _margin(draws: int) -> str:
    """Two standard errors of a share at their largest, in points of a hundred (conventions §22)."""
    points = min(round(100.0 / draws**0.5), 100)
    if points < 1:
        return "less than 1 point"
    return f"up to {points} point{'s' * (points != 1)}"


def put_section(title: str) -> None:
    """A heading within an answer, with a line left free above it."""
    streams.put(f"\n{title.upper()}")


def put_item(about: Subject) -> None:
    """The heading of an item: its name, and its question in words."""
    put_section(about.title)
    question = about.entry.question.strip()
    if question:
        streams.put_prose(question)


def seen(as_of: date, note: str) -> str:
    """``As of 22 November 2022.``, unless the dossier is of a file that told no day."""
    from comity.dossier.formats.built import day_known

    return f"As of {day(as_of)}." if day_known(as_of, note) else "Day not known."


def day(on: date) -> str:
    """A day as it is written in a text: 22 November 2022."""
    return f"{on.day} {on:%B %Y}"
