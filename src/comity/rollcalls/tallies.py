"""Votes of which a file gives the tally and the outcome, but not who voted how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.errors import DossierError, Place
from comity.rollcalls.days import day_of
from comity.rollcalls.describing import DESCRIBING, IDS, call_id
from comity.rollcalls.outcomes import outcome_of
from comity.rollcalls.seats import same_seat
from comity.rollcalls.table import Table

_COUNTS = ("yes", "no", "abstain")
_TALLYING = frozenset(
    ("vetoers", "unanimous", "unanimous_text", "without_vote", "without_vote_text", "raw", "record")
)
_DRAFTS = ("symbol", "draft", "resolution", "unres")
_TITLE = ("topic", "title", "descr", "short", "agenda")
_APART = re.compile(r"\s*[;,]\s*|\s+and\s+")


@dataclass(frozen=True)
class Tally:
    """One vote as a file counts it."""

    place: Place
    id: str
    """Its id in the file, else the draft's."""
    draft: str
    meeting: str
    title: str
    year: int | None
    on: date | None
    counts: tuple[int, int, int] | None
    """Yes, no and abstentions; None where the file has no tally."""
    vetoers: tuple[str, ...]
    outcome: bool | None
    how: str
    """``unanimous`` or ``without_vote`` where the file says so, else empty."""
    procedure: str = ""
    said: str = ""
    """The words of the file, where it quotes its own source."""


@dataclass(frozen=True)
class VetoEntry:
    """One row of a table of vetoes."""

    place: Place
    draft: str
    meeting: str
    vetoers: tuple[str, ...]


def holds_tallies(table: Table) -> bool:
    """Whether a table has tallies, and no votes by member."""
    headings = set(table.headings)
    return set(_COUNTS) <= headings and (
        table.column(*IDS) is None or headings <= DESCRIBING | _TALLYING
    )


def holds_vetoes(table: Table) -> bool:
    """Whether a table lists vetoes and nothing else."""
    return {"draft", "vetoers"} <= set(table.headings) and not holds_tallies(table)


def read_tallies(table: Table) -> tuple[Tally, ...]:
    """The tallies of a table. Raises ``DossierError`` for a count or an outcome amiss."""
    return tuple(_tally(table, row) for row in range(len(table)))


def read_vetoes(table: Table) -> tuple[VetoEntry, ...]:
    """The entries of a table of vetoes."""
    return tuple(
        VetoEntry(
            place=table.place(row),
            draft=table.cell(row, "draft"),
            meeting=table.cell(row, "record", "meeting"),
            vetoers=vetoing(table.cell(row, "vetoers")),
        )
        for row in range(len(table))
    )


def vetoing(cell: str) -> tuple[str, ...]:
    """Seats named in a cell: ``UK and USA``, ``China; Russian Federation``."""
    return tuple(dict.fromkeys(same_seat(name) for name in _APART.split(cell.strip()) if name))


def _tally(table: Table, row: int) -> Tally:
    on, year = day_of(table, row)
    draft = table.cell(row, *_DRAFTS)
    how = next((h for h in ("unanimous", "without_vote") if _marked(table, row, h)), "")
    counts = _counts(table, row)
    return Tally(
        place=table.place(row),
        id=call_id(table.cell(row, *IDS)) or draft,
        draft=draft,
        meeting=table.cell(row, "meeting", "record"),
        title=table.cell(row, *_TITLE),
        year=year,
        on=on,
        counts=counts,
        vetoers=vetoing(table.cell(row, "vetoers")),
        outcome=outcome_of(table.cell(row, "outcome"), table.place(row, "outcome")),
        how=how,
        procedure=table.cell(row, "procedure"),
        said=table.cell(row, "raw"),
    )


def _marked(table: Table, row: int, how: str) -> bool:
    return table.cell(row, how, f"{how}_text") in {"1", "true", "yes"}


def _counts(table: Table, row: int) -> tuple[int, int, int] | None:
    cells = [table.cell(row, name) for name in _COUNTS]
    if not any(cells):
        return None
    if not all(cell.isdecimal() and len(cell) < 7 for cell in cells):
        raise DossierError(
            "this is not a tally",
            place=table.place(row),
            found=", ".join(f"{n} {c or '(empty)'}" for n, c in zip(_COUNTS, cells, strict=True)),
            mend="Give three whole numbers, or leave all three empty.",
        )
    yes, no, abstain = map(int, cells)
    return yes, no, abstain


# --- joining the table of vetoes ----------------------------------------------

_DRAFT = re.compile(r"S/(?:PV\.)?[\w.]+(?:/\d+)?")


@dataclass(frozen=True)
class Join:
    """What came of joining tallies with a table of vetoes."""

    entries: int
    joined: int
    """Entries that found their row."""
    added: tuple[Tally, ...]
    """Rows that had no vetoers of their own and now have."""
    rows_alone: tuple[Tally, ...]
    """Rows with vetoers that the table of vetoes does not know."""
    entries_alone: tuple[VetoEntry, ...]
    """Entries that found no row."""


def draft_key(named: str) -> str:
    """``S/3710`` of ``S/3710 (as amended)`` and ``S/3710/Rev.1`` alike."""
    found = _DRAFT.search(named)
    return found[0] if found else named.strip()


def join_vetoes(
    tallies: Sequence[Tally], entries: Sequence[VetoEntry]
) -> tuple[tuple[Tally, ...], Join]:
    """Tallies with the vetoers that a table of vetoes names for them.

    A row and an entry belong together if they name one draft and one meeting; a row without a
    draft goes by its meeting, in the order of the files. A row keeps the vetoers it names.
    """
    waiting: dict[tuple[str, str], list[VetoEntry]] = {}
    for entry in entries:
        waiting.setdefault((draft_key(entry.draft), _meeting(entry.meeting)), []).append(entry)
    taken: set[int] = set()
    found: list[Tally] = []
    added: list[Tally] = []
    alone: list[Tally] = []
    for tally in tallies:
        draft = draft_key(tally.draft or _said_draft(tally))
        meeting = _meeting(tally.meeting) or draft
        match = _entry(waiting.get((draft, meeting), []), taken, meeting == draft)
        if match is None:
            alone += [tally] if tally.vetoers else []
        else:
            taken.add(id(match))
            if not tally.vetoers:
                tally = replace(tally, vetoers=match.vetoers)
                added.append(tally)
        found.append(tally)
    left = tuple(entry for entry in entries if id(entry) not in taken)
    return tuple(found), Join(len(entries), len(taken), tuple(added), tuple(alone), left)


def _entry(known: list[VetoEntry], taken: set[int], by_meeting: bool) -> VetoEntry | None:
    """The entry for a row; at a meeting each serves one row, while a draft may be listed twice."""
    free = [entry for entry in known if id(entry) not in taken]
    return next(iter(free if by_meeting else free or known), None)


def _meeting(text: str) -> str:
    found = re.search(r"S/PV\.\d+", text)
    return found[0] if found else text.strip()


def _said_draft(tally: Tally) -> str:
    found = _DRAFT.search(tally.said)
    return found[0] if found else tally.meeting
