"""KTAB's CSV: a line `name,desc,actors,dimensions`, a line of headings, and a line an actor.

After actor, description and power stand position and salience of each dimension, 0–100; saliences
are shares of 1 where none in the file is above 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from comity.dossier.formats.built import Held, Question, Scale, built, saliences
from comity.dossier.formats.sheet import Row, Text, rows
from comity.dossier.model import Dossier
from comity.errors import DossierError, Place

_BEFORE = 3
_MOST = 10_000


def looks_like(first: list[str], second: list[str]) -> bool:
    """Whether the cells of the first two lines that are not blank are of this format."""
    headed = [cell.casefold() for cell in second[:2]] == ["actor", "description"]
    counted = len(first) >= 4 and all(cell.isdigit() for cell in first[2:4])
    return headed or counted


def read_ktab(text: Text, title: str) -> Dossier:
    """The dossier in a text of this format, each dimension an item.

    Raises ``DossierError`` with file, line and column.
    """
    lines = rows(text, ",")
    first = lines[0]
    actors = int(first.cell(2, "number of actors").number(1, _MOST))
    dimensions = int(first.cell(3, "number of dimensions").number(1, _MOST))
    width = _BEFORE + 2 * dimensions
    if len(lines) < 2:
        raise DossierError(
            "the headings are missing",
            place=Place(text.file, first.line),
            mend="Write a second line: Actor,Description,Power,Position,Salience.",
        )
    headings = lines[1]
    for row in lines[1:]:
        _refuse_width(row, width, dimensions)
    if len(lines) - 2 != actors:
        raise DossierError(
            f"the first line announces {actors} actors",
            place=Place(text.file, first.line),
            found=f"{len(lines) - 2} lines of actors",
            mend="Correct the number in the first line, or the lines.",
        )
    cared, about_salience = _saliences(lines[2:], dimensions)
    questions = {
        _dimension(headings, number): Question(
            _dimension(headings, number), Scale(), _held(lines[2:], number, cared)
        )
        for number in range(dimensions)
    }
    if len(questions) < dimensions:
        raise DossierError(
            "two dimensions have the same heading",
            place=Place(text.file, headings.line),
            found=", ".join(headings.cells[_BEFORE:width:2]),
            mend="Call each by its own name.",
        )
    parts = [cell for cell in first.cells[:2] if cell]
    origin = "Read from a file of KTAB, each dimension an item."
    notes = (origin, about_salience, *parts[1:], *text.notes)
    return built(parts[0] if parts else title, _names(lines[2:]), questions, notes)


def _refuse_width(row: Row, width: int, dimensions: int) -> None:
    if row.filled() != width:
        raise DossierError(
            f"with {dimensions} dimension{'s' if dimensions > 1 else ''} a line has {width} cells",
            place=Place(row.file, row.line),
            found=f"{row.filled()} cells",
            mend="Write actor, description, power, then position and salience of each dimension; "
            "put text that holds a comma in quotation marks.",
        )


def _dimension(headings: Row, number: int) -> str:
    """What a dimension is called: the heading of its positions without that word."""
    heading = headings.cell(_BEFORE + 2 * number, "position").filled()
    return re.sub(r"\s+(position|pos|pstn)$", "", heading, flags=re.IGNORECASE)


def _names(lines: list[Row]) -> Mapping[str, str]:
    """Actor to description, or to itself where descriptions do not tell actors apart."""
    described = [row.cells[1] for row in lines]
    apart = len(set(described)) == len(described)
    return {row.key: row.cells[1] if apart else row.key for row in lines}


Cared = Mapping[tuple[int, int], float]
"""Line and dimension to salience, 0–100."""


def _saliences(lines: list[Row], dimensions: int) -> tuple[Cared, str]:
    """All of the file are read alike: shares of 1 if none is above 1, else points."""
    return saliences(
        {
            (row.line, number): row.cell(_BEFORE + 2 * number + 1, "salience").number(0.0, 100.0)
            for row in lines
            for number in range(dimensions)
        }
    )


def _held(lines: list[Row], number: int, cared: Cared) -> dict[str, Held]:
    found: dict[str, Held] = {}
    at = _BEFORE + 2 * number
    for row in lines:
        actor = row.cell(0, "actor").filled()
        if actor in found:
            row.cell(0, "actor").refuse("this actor stands twice", "Keep one of the two lines.")
        found[actor] = Held(
            row.cell(at, "position").number(0.0, 100.0),
            cared[row.line, number],
            row.cell(2, "power").number(0.0),
        )
    return found
