"""Rows under each other, with their labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from comity.report.figures.canvas import Layers, fixed, grounded, rules, texts
from comity.report.figures.labels import wrapped
from comity.report.figures.style import (
    FAINT,
    LEADING,
    MARGIN,
    TEXT,
    Frame,
    letters_in,
    width_of,
)

WIDEST_LABEL = 170.0
"""Room for labels beside the rows of a wide figure, in px."""


@dataclass(frozen=True)
class Row:
    """One row: its label in lines, its upper edge, the middle of its marks and its height."""

    lines: tuple[str, ...]
    top: float
    middle: float
    height: float
    heading: bool = False


@dataclass(frozen=True)
class Rows:
    """Rows under each other, their labels beside them or, in a narrow figure, above."""

    frame: Frame
    left: float
    right: float
    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        return self.rows[-1].top + self.rows[-1].height if self.rows else 0.0

    @property
    def width(self) -> float:
        """Room for the marks, in px."""
        return self.frame.width - self.left - self.right - 2 * MARGIN

    def lowered(self, by: float) -> Rows:
        """The same rows further down."""
        return replace(self, rows=tuple(_lowered(row, by) for row in self.rows))

    def labels(self) -> Layers:
        """The labels, and a fine line between rows."""
        edges = [{"y": row.top} for row in self.rows[1:]]
        ends = fixed(-self.left), fixed(self.width + self.right)
        between = [rules(edges, *ends, stroke=FAINT)] if edges else []
        named = [self._names(heading) for heading in (False, True) if self._has(heading)]
        return [*between, *(layer for pair in named for layer in pair)]

    def _has(self, heading: bool) -> bool:
        return any(row.heading is heading for row in self.rows)

    def _names(self, heading: bool) -> Layers:
        """Labels on a white ground, so that no line strikes one out."""
        placed = [
            {"text": line, "y": y}
            for row in self.rows
            if row.heading is heading
            for line, y in zip(row.lines, self._baselines(row), strict=True)
        ]
        beside = not (self.frame.narrow or heading)
        at = -10.0 if beside else 4.0 - self.left
        weight = "bold" if heading else "normal"
        if beside:
            return [texts(placed, fixed(at), align="right", size=TEXT, fontWeight=weight)]
        return grounded(placed, fixed(at), size=TEXT, fontWeight=weight)

    def _baselines(self, row: Row) -> Iterable[float]:
        if self.frame.narrow or row.heading:
            return (row.top + 10 + LEADING * k for k in range(len(row.lines)))
        first = row.middle - LEADING * (len(row.lines) - 1) / 2
        return (first + LEADING * k for k in range(len(row.lines)))


def stack(
    frame: Frame,
    labels: Sequence[str],
    lane: float | Sequence[float],
    *,
    headings: Sequence[bool] = (),
    widest: float = WIDEST_LABEL,
    right: float = 0.0,
) -> Rows:
    """Rows with these labels; each gives its marks a lane of so many px (one for all, or one each),
    a heading none.

    ``widest`` is the room for labels beside the rows, ``right`` what is kept free at the right.
    """
    lanes = lane if isinstance(lane, Sequence) else [lane] * len(labels)
    heads = headings or [False] * len(labels)
    beside = [label for label, head in zip(labels, heads, strict=True) if not head]
    asked = max((width_of(label, TEXT) for label in beside), default=0.0) + 14
    left = 0.0 if frame.narrow else min(max(asked, 60.0), widest)
    room = letters_in(frame.width - 2 * MARGIN if frame.narrow else left - 12, TEXT)
    whole = letters_in(frame.width - 2 * MARGIN, TEXT)
    made = [
        _row(frame, wrapped(label, whole if head else room), room_for_marks, head)
        for label, room_for_marks, head in zip(labels, lanes, heads, strict=True)
    ]
    tops = [0.0, *accumulate(row.height for row in made)]
    placed = tuple(_lowered(row, top) for row, top in zip(made, tops, strict=False))
    return Rows(frame, left, right, placed)


def _row(frame: Frame, lines: tuple[str, ...], lane: float, heading: bool) -> Row:
    written = float(LEADING * len(lines))
    if heading:
        return Row(lines, 0.0, written / 2, written + 6, heading=True)
    if frame.narrow:
        return Row(lines, 0.0, written + 3 + lane / 2, written + lane + 8)
    height = max(lane, written) + 6
    return Row(lines, 0.0, height / 2, height)


def _lowered(row: Row, by: float) -> Row:
    return replace(row, top=row.top + by, middle=row.middle + by)
