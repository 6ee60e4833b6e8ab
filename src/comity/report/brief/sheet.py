"""One sheet of A4 in pieces: how high each is, and which are left out so that all fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from comity.report.brief.measure import broken, shortened
from comity.report.words import listed, plural, printable, unbroken

WIDE, HIGH = 595.0, 842.0
"""A4, in points."""

SIDE, TOP, FOOT = 42.0, 50.0, 48.0
"""Margins at either side, above and below, in points; the marks stand within the last two."""

ROOM = WIDE - 2 * SIDE

MOST_BACK = 40
"""Pieces that are tried again when all fits, the most important first."""

SPARE = 8.0
"""Points left free at the foot, since fonts differ."""

KEPT = 100
"""Pieces that matter so much are left out only when nothing else is left to go, the last first;
those of the first part never."""


SENTENCES = ("sentence", "sentences")
COUNTED = (("issue", "issues"), ("party", "parties"), ("item", "items"), ("row", "rows"))
"""What is counted when it is left out, since a reader must know that a table is not whole."""

Place = tuple[int, int]
"""A piece by its part and its place in it."""


@dataclass(frozen=True)
class Style:
    """How a paragraph is set: sizes in points, of letters, of a line, and of the space around."""

    name: str
    size: float
    line: float
    before: float = 0.0
    after: float = 2.0
    bold: bool = False
    indent: float = 0.0


TITLE = Style("Title", 15.0, 18.0, 0.0, 1.0, bold=True)
DATE = Style("Subtitle", 9.0, 11.5, 0.0, 3.0)
HEADING = Style("Heading 1", 10.0, 12.0, 5.0, 1.0, bold=True)
SECTION = Style("Heading 1", 11.0, 13.0, 6.0, 1.0, bold=True)
LEAD = Style("Normal", 10.0, 12.5)
BODY = Style("Normal", 9.0, 11.0)
POINT = Style("List Bullet", 9.0, 11.0, 0.0, 1.0, indent=12.0)
SMALL = Style("Normal", 8.0, 10.0)
CELL = Style("Normal", 8.0, 9.5, 0.5, 0.5)

PADDING = 4.0
"""Room at either side of a cell, in points."""


def _fit(text: str) -> str:
    """A text on one line as it may stand in a document."""
    return unbroken(" ".join(printable(text).split()))


@dataclass(frozen=True)
class Piece:
    """A paragraph that stands or falls as a whole; it is cut after ``most`` lines.

    ``weight`` says how much it matters: the least go first, those of ``KEPT`` never. ``counts`` is
    what it is called, one and several, when it is left out.
    """

    text: str
    weight: int = KEPT
    style: Style = BODY
    most: int = 4
    counts: tuple[str, str] = SENTENCES

    def shown(self) -> Piece:
        """The piece as it is set: fit for a document, on as many lines as it may take."""
        style = self.style
        text = shortened(
            _fit(self.text),
            style.size,
            ROOM - style.indent,
            self.most,
            bold=style.bold,
        )
        return replace(self, text=text)

    @cached_property
    def height(self) -> float:
        style = self.style
        lines = broken(self.text, style.size, ROOM - style.indent, bold=style.bold)
        return len(lines) * style.line + style.before + style.after


@dataclass(frozen=True)
class Row:
    """A row of a table, with the widths of its columns in points."""

    cells: tuple[str, ...]
    widths: tuple[float, ...]
    weight: int = KEPT
    bold: bool = False
    most: int = 3
    counts: tuple[str, str] = ("row", "rows")

    def shown(self) -> Row:
        """The row as it is set."""
        cells = tuple(
            shortened(
                _fit(cell),
                CELL.size,
                wide - 2 * PADDING,
                self.most,
                bold=self._heavy(place),
            )
            for place, (cell, wide) in enumerate(zip(self.cells, self.widths, strict=True))
        )
        return replace(self, cells=cells)

    def _heavy(self, place: int) -> bool:
        return self.bold or place == 0

    @cached_property
    def height(self) -> float:
        lines = max(
            len(broken(cell, CELL.size, wide - 2 * PADDING, bold=self._heavy(place)))
            for place, (cell, wide) in enumerate(zip(self.cells, self.widths, strict=True))
        )
        return lines * CELL.line + CELL.before + CELL.after + 0.5


@dataclass(frozen=True)
class Part:
    """Pieces under a heading, or the rows of a table; it goes when all of them have gone."""

    heading: str
    pieces: tuple[Piece | Row, ...]

    @property
    def opening(self) -> Piece | None:
        return Piece(self.heading, style=HEADING, most=1).shown() if self.heading else None

    @cached_property
    def height(self) -> float:
        if not self.pieces:
            return 0.0
        head = 0.0 if self.opening is None else self.opening.height
        return head + sum(piece.height for piece in self.pieces) + 2.0


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet, and in a sentence what does not."""

    parts: tuple[Part, ...]
    left_out: str

    @cached_property
    def height(self) -> float:
        note = Piece(self.left_out, style=SMALL).height if self.left_out else 0.0
        return sum(part.height for part in self.parts) + note


def fitted(parts: Sequence[Part], room: float = HIGH - TOP - FOOT - SPARE) -> Sheet:
    """The parts with the least important pieces left out until all fits into ``room`` points."""
    set_parts = [Part(part.heading, tuple(each.shown() for each in part.pieces)) for part in parts]
    cut = {
        (place, row)
        for place, (given, part) in enumerate(zip(parts, set_parts, strict=True))
        for row, (one, other) in enumerate(zip(given.pieces, part.pieces, strict=True))
        if _is_cut(one, other)
    }
    order = sorted(
        ((place, row) for place, part in enumerate(set_parts) for row in range(len(part.pieces))),
        key=lambda at: (_weight(set_parts, at), -at[0], -at[1]),
    )
    may_go = [at for at in order if at[0] > 0 or _weight(set_parts, at) < KEPT]
    fewest = bisect_left(
        range(len(may_go)),
        True,
        key=lambda gone: _sheet(set_parts, set(may_go[:gone]), cut).height <= room,
    )
    return _sheet(set_parts, _back(set_parts, set(may_go[:fewest]), cut, room), cut)


def _weight(parts: Sequence[Part], at: Place) -> int:
    return parts[at[0]].pieces[at[1]].weight


def _left(part: Part, place: int, gone: set[Place]) -> Iterator[Piece | Row]:
    return (piece for row, piece in enumerate(part.pieces) if (place, row) not in gone)


def _back(parts: Sequence[Part], gone: set[Place], cut: set[Place], room: float) -> set[Place]:
    """What is still left out when whatever fits into the room left is put back."""
    for back in sorted(gone, key=lambda at: -_weight(parts, at))[:MOST_BACK]:
        if _sheet(parts, gone - {back}, cut).height <= room:
            gone = gone - {back}
    return gone


def _is_cut(given: Piece | Row, shown: Piece | Row) -> bool:
    return any(
        other.endswith("…") and not one.endswith("…")
        for one, other in zip(_texts(given), _texts(shown), strict=True)
    )


def _texts(piece: Piece | Row) -> tuple[str, ...]:
    return (piece.text,) if isinstance(piece, Piece) else piece.cells


def _sheet(parts: Sequence[Part], gone: set[Place], cut: set[Place]) -> Sheet:
    kept = tuple(
        Part(part.heading, tuple(_left(part, place, gone))) for place, part in enumerate(parts)
    )
    missing = [parts[place].pieces[row].counts for place, row in sorted(gone)]
    return Sheet(
        tuple(part for part in kept if _stands(part)), _left_out(missing, bool(cut - gone))
    )


def _stands(part: Part) -> bool:
    """Whether anything is left of it but the heading of a table."""
    return any(not (isinstance(piece, Row) and piece.bold) for piece in part.pieces)


def _left_out(missing: Sequence[tuple[str, str]], cut: bool) -> str:
    """What the report has beyond the sheet: rows of tables are counted, the rest is named."""
    kinds = {kind: len(list(same)) for kind, same in groupby(sorted(missing))}
    more = [
        plural(count, *kind) if kind in COUNTED else kind[1]
        for kind, count in kinds.items()
        if kind != SENTENCES
    ]
    told = f"The full report has more: {listed([*more, *(['details'] * (SENTENCES in kinds))])}."
    if cut:
        return f"{told if kinds else ''} Texts that end in … are whole in the full report.".strip()
    return told if kinds else ""
