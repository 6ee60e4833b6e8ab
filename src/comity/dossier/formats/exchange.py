"""The format of position exchange: lines `#A #P #M #D`, as Decide and equal-gain read it.

====== ========================================================================================
`#O`   title
`#/`   comment, as is `#0`
`#A`   actor: key, name
`#P`   issue: key, name
`#M`   scale point of an issue: issue, position, what it means; the ends are the ends of the
       scale, 0 and 100 without any
`#D`   what an actor wants: actor, issue, position, salience (0–1), power
====== ========================================================================================

Cells are told apart by semicolons, tabs or commas, with " or ' around them or neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.dossier.formats.built import Held, Question, Scale, built
from comity.dossier.formats.sheet import Cell, Row, Text, rows
from comity.dossier.model import Dossier
from comity.dossier.paths import nearest
from comity.errors import DossierError, Place

KINDS = ("#O", "#/", "#0", "#A", "#P", "#M", "#D")
_SEPARATORS = ";\t,"
_HEADINGS = {
    "#A": ("actor",),
    "#P": ("issue",),
    "#M": ("issue", "position"),
    "#D": ("actor", "issue", "position", "salience", "power"),
}
_FORM = {
    "#A": "#A;key;name",
    "#P": "#P;key;name",
    "#M": "#M;issue;position;meaning",
    "#D": "#D;actor;issue;position;salience;power",
}


def looks_like(first: str) -> bool:
    """Whether the first line that is not blank is one of this format."""
    start = first.lstrip("\"' ")
    rest = start[2:].lstrip("\"' ")
    return start[:2] in KINDS and (not rest or rest[0] in _SEPARATORS)


def read_exchange(text: Text, title: str) -> Dossier:
    """The dossier in a text of this format; ``title`` where it has none.

    Raises ``DossierError`` with file, line and column.
    """
    first = next(line for line in text.text.splitlines() if line.strip()).strip()
    quote = "'" if first.startswith("'") else '"'
    after = first.lstrip("\"' ")[2:].lstrip("\"' ")
    found = _Read(text.file)
    for row in rows(text, after[:1] or ";", quote):
        found.take(row)
    return found.dossier(title, text.notes)


@dataclass
class _Read:
    """What the lines so far have told."""

    file: str
    titles: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    actors: dict[str, str] = field(default_factory=dict)
    issues: dict[str, str] = field(default_factory=dict)
    points: list[Row] = field(default_factory=list)
    data: list[Row] = field(default_factory=list)
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Read one line; those that name actors and issues wait until all are declared."""
        if row.key not in KINDS:
            row.cell(0).refuse(
                "a line of this format begins with one of " + ", ".join(KINDS),
                "Begin a comment with #/ and data with #D.",
            )
        if row.key == "#O":
            self.titles.append(row.cell(1).text)
        elif row.key in ("#/", "#0"):
            self.comments.append(" ".join(cell for cell in row.cells[1:] if cell))
        else:
            self._declare(row)

    def _declare(self, row: Row) -> None:
        headings = _HEADINGS[row.key]
        keys = [row.cell(place + 1, heading) for place, heading in enumerate(headings)]
        if row.filled() <= len(headings) - (row.key == "#D"):
            raise DossierError(
                f"a line {row.key} needs {len(headings)} values after it",
                place=Place(self.file, row.line),
                found=f"{max(row.filled() - 1, 0)} of them",
                mend=f"Write it as {_FORM[row.key]}.",
            )
        for cell in keys:
            cell.filled()
        self._refuse_twice(row, keys)
        if row.key == "#A":
            self.actors[keys[0].text] = row.cell(2).text
        elif row.key == "#P":
            self.issues[keys[0].text] = row.cell(2).text
        else:
            (self.points if row.key == "#M" else self.data).append(row)

    def _refuse_twice(self, row: Row, keys: list[Cell]) -> None:
        """The same actor, issue, scale point, or actor on an issue."""
        named = keys[:2] if row.key in ("#M", "#D") else keys[:1]
        told = tuple(cell.text for cell in named)
        if row.key == "#M":
            told = told[0], str(named[1].number())
        if (row.key, *told) in self.lines:
            raise DossierError(
                f"this already stands in line {self.lines[row.key, *told]}",
                place=named[-1].place,
                found=" on ".join(cell.text for cell in named),
                mend="Keep one of the two lines.",
            )
        self.lines[row.key, *told] = row.line

    def dossier(self, title: str, notes: tuple[str, ...]) -> Dossier:
        """What all lines together tell."""
        if not self.data:
            raise DossierError(
                "the file says of nobody what it wants",
                place=Place(self.file),
                found="no line #D",
                mend=f"Write lines {_FORM['#D']}.",
            )
        scales = self._scales()
        held: dict[str, dict[str, Held]] = {issue: {} for issue in self.issues}
        for row in self.data:
            actor = _known(row.cell(1, "actor"), self.actors, "#A")
            issue = _known(row.cell(2, "issue"), self.issues, "#P")
            held[issue][actor] = _held(row, scales[issue])
        for issue, wants in held.items():
            if not wants:
                raise DossierError(
                    "nobody has a position on this issue",
                    place=Place(self.file, self.lines["#P", issue]),
                    found=issue,
                    mend="Write its lines #D, or take out its line #P.",
                )
        name, *more = [text for text in self.titles if text] or [title]
        told = (
            "Read from a file of the exchange format; saliences of 0–1 are shares of 100.",
            *more,
            *(text for text in self.comments if len(text.split()) > 5),
            *notes,
            *self._silent(held),
        )
        questions = {
            issue: Question(self.issues[issue] or issue, scales[issue], wants)
            for issue, wants in held.items()
        }
        return built(name, self.actors, questions, told)

    def _silent(self, held: dict[str, dict[str, Held]]) -> tuple[str, ...]:
        """A note on actors that are declared and want nothing."""
        heard = {actor for wants in held.values() for actor in wants}
        silent = [actor for actor in self.actors if actor not in heard]
        return (f"Without any position: {', '.join(silent)}.",) if silent else ()

    def _scales(self) -> dict[str, Scale]:
        says: dict[str, dict[float, str]] = {issue: {} for issue in self.issues}
        for row in self.points:
            issue = _known(row.cell(1, "issue"), self.issues, "#P")
            says[issue][row.cell(2, "position").number()] = row.cell(3).text
        return {issue: self._scale(issue, points) for issue, points in says.items()}

    def _scale(self, issue: str, says: dict[float, str]) -> Scale:
        if len(says) == 1:
            line = next(row.line for row in self.points if row.cell(1).text == issue)
            raise DossierError(
                "a scale needs its lowest and its highest point",
                place=Place(self.file, line),
                found=f"one line #M on {issue}",
                mend="Write a line #M for each end, or none for a scale from 0 to 100.",
            )
        return Scale(min(says), max(says), says) if says else Scale()


def _known(cell: Cell, declared: dict[str, str], kind: str) -> str:
    if cell.text not in declared:
        like = nearest(cell.text, declared)
        guess = f"Did you mean '{like}'? " if like else ""
        word = "actor" if kind == "#A" else "issue"
        cell.refuse(
            f"there is no such {word}", f"{guess}Declare the {word} with a line {_FORM[kind]}."
        )
    return cell.text


def _held(row: Row, scale: Scale) -> Held:
    end = "Correct it, or write a line #M for the end of the scale."
    return Held(
        position=row.cell(3, "position").number(scale.low, scale.high, end),
        salience=100.0 * row.cell(4, "salience").number(0.0, 1.0, "Write it as a share of 1."),
        power=row.cell(5, "power").number(0.0),
        note=row.cell(6).text,
    )
