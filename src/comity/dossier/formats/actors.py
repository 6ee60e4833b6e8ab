"""The four-column table of actors: `Actor,Capability,Position,Salience`, one item.

As the expected-utility literature prints it and its programmes read it. Columns may stand in any
order, apart by commas, semicolons or tabs.
"""

from __future__ import annotations

from comity.dossier.formats.built import Held, Question, Scale, built, saliences
from comity.dossier.formats.sheet import MOST_ACTORS, Cell, Text, rows
from comity.dossier.model import Dossier
from comity.errors import DossierError, Place

COLUMNS = ("actor", "capability", "position", "salience")
_ALSO = {
    "name": "actor",
    "power": "capability",
    "influence": "capability",
    "capabilities": "capability",
    "resources": "capability",
    "ideal": "position",
}
ITEM = "item"

SMALL, NARROW = 10.0, 25.0
"""Positions of at most 10, or less than 25 apart, hardly look like points of 0–100."""

_CLOSE = (
    "They fill little of it: if the scale meant has other ends, the models that go by its ends "
    "(prevails) or by what holds if nothing is decided (bargaining, winset, agenda setter, "
    "consensus) mean little here."
)


def columns(headings: list[str]) -> dict[str, int] | None:
    """Column to its place; None if the headings are not those of this format."""
    plain = [heading.strip().casefold() for heading in headings]
    while plain and not plain[-1]:
        plain.pop()
    named = [_ALSO.get(heading, heading) for heading in plain]
    return {name: named.index(name) for name in COLUMNS} if sorted(named) == [*COLUMNS] else None


def read_actors(text: Text, title: str, separator: str) -> Dossier:
    """The dossier in a text of this format: one item, called ``item``.

    Raises ``DossierError`` with file, line and column.
    """
    heading, *lines = rows(text, separator)
    places = columns(list(heading.cells)) or {}
    if not lines:
        raise DossierError(
            "the table has headings and no actors",
            place=Place(text.file, heading.line),
            mend="Write a line for each actor.",
        )
    if len(lines) > MOST_ACTORS:
        raise DossierError(
            f"more than {MOST_ACTORS:,} actors in one table are not read",
            place=Place(text.file, lines[MOST_ACTORS].line),
            found=f"{len(lines):,}",
            mend="Keep those that matter, or put actors who want the same together.",
        )
    table: dict[str, list[Cell]] = {}
    for row in lines:
        if row.filled() > len(COLUMNS):
            extra = row.cell(len(COLUMNS))
            extra.refuse("there are four columns", "Take out what stands beyond the fourth.")
        actor, *numbers = (row.cell(places[name], name) for name in COLUMNS)
        if actor.filled() in table:
            actor.refuse("this actor stands twice", "Keep one of the two lines.")
        table[actor.text] = numbers
    positions = {who: cells[1].number() for who, cells in table.items()}
    scale, about_scale = _scale(positions, next(iter(table.values()))[1])
    read = {who: cells[2].number(0.0, 100.0) for who, cells in table.items()}
    cared, about_salience = saliences(read)
    held = {
        who: Held(positions[who], cared[who], cells[0].number(0.0)) for who, cells in table.items()
    }
    notes = ("Read from a table of actors.", about_scale, about_salience, *text.notes)
    return built(title, dict.fromkeys(table, ""), {ITEM: Question(title, scale, held)}, notes)


def _scale(positions: dict[str, float], cell: Cell) -> tuple[Scale, str]:
    low, high = min(positions.values()), max(positions.values())
    if low >= 0.0 and high <= 100.0:
        stands = f"Positions, from {low:g} to {high:g}, are taken as points of 0–100 as they stand"
        if high <= SMALL or high - low < NARROW:
            return Scale(), f"{stands}, and answers are in the same unit. {_CLOSE}"
        return Scale(), f"{stands}."
    if low == high:
        cell.refuse(
            "all positions are the same and lie off 0–100, so they span no scale",
            "Write positions from 0 to 100.",
        )
    return Scale(low, high), (
        f"Positions lie off 0–100; their range, from {low:g} to {high:g}, is taken as the scale."
    )
