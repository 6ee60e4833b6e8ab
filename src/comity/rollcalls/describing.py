"""What a file says of a roll call besides the votes: when, on what, by which resolution."""

from __future__ import annotations

import re
from collections.abc import Sequence

from comity.errors import DossierError
from comity.rollcalls.days import day_of
from comity.rollcalls.outcomes import outcome_of
from comity.rollcalls.table import Table
from comity.rollcalls.votes import RollCall

IDS = ("id", "rcid", "roll_call", "rollcall")
"""Headings under which a file may name a roll call."""

_RESOLUTION = ("resolution", "unres", "symbol", "draft")
_TEXTS = ("title", "descr", "short", "topic", "agenda", "text")
_ASIDE = ("session", "importantvote", "amend", "para", "meeting", "yes", "no", "abstain", "outcome")
_PROCEDURE = "procedure"

DESCRIBING = frozenset((*IDS, "date", "year", *_RESOLUTION, *_TEXTS, *_ASIDE, _PROCEDURE))
"""Headings that describe a roll call; in a table with a column for each member, all others do."""

_ADOPTED_TEXT = re.compile(r"\s*:\s*(draft )?(resolution|decision)\b", re.IGNORECASE)
_SPOKEN = re.compile(r"\s*the (acting |temporary )?president\b", re.IGNORECASE)
_FEW = 160
_WHOLE = re.compile(r"(\d+)\.0+")


def call_id(cell: str) -> str:
    """A roll call's id; ``3.0`` and ``3`` are the same."""
    text = cell.strip()
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def described(table: Table, row: int) -> RollCall:
    """The roll call that a row describes. Raises ``DossierError`` for an id or day amiss."""
    identifier = call_id(table.columns[table.needed(*IDS)][row])
    if not identifier:
        raise DossierError(
            "the roll call has no id", place=table.place(row), mend="Give it an id of its own."
        )
    on, year = day_of(table, row)
    texts = [cell for name in _TEXTS if (cell := table.cell(row, name))]
    title = title_among(texts)
    resolution = next((cell for name in _RESOLUTION if (cell := table.cell(row, name))), "")
    return RollCall(
        id=identifier,
        year=year,
        on=on,
        title=title or _last_words(texts) or resolution,
        titled=bool(title),
        resolution=resolution,
        text="\n".join(dict.fromkeys([*texts, resolution])),
        outcome=outcome_of(table.cell(row, "outcome"), table.place(row, "outcome")),
        procedure=table.cell(row, _PROCEDURE),
    )


def title_among(texts: Sequence[str]) -> str:
    """The text that names what was voted on, empty if none does.

    Data sets put it now in one column, now in another, the others holding an index term, an
    agenda item or what the president said before the vote: a text that says it is a resolution
    or a decision goes first, and what was said is no title.
    """
    titles = [text for text in texts if not _SPOKEN.match(text)]
    for text in titles:
        if (adopted := _ADOPTED_TEXT.search(text)) and adopted.start() > 0:
            return text[: adopted.start()].strip()
    return titles[0] if titles else ""


def _last_words(texts: Sequence[str]) -> str:
    """What was said last before the vote, which tells most of what it was about."""
    if not texts:
        return ""
    words = " ".join(texts[0].split())
    return words if len(words) <= _FEW else f"… {words[-_FEW:].partition(' ')[2]}"
