"""An item's scale across a figure: its axis, its landmarks, the reversion and the tabled draft."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from comity.dossier.quantity import PERCENT, Quantity
from comity.report.figures.canvas import (
    Channel,
    Layers,
    across,
    along,
    areas,
    fixed,
    grounded,
    texts,
    uprights,
)
from comity.report.figures.labels import wrapped
from comity.report.figures.style import (
    FAINT,
    INK,
    LEADING,
    MARGIN,
    VERMILLION,
    Frame,
    letters_in,
    width_of,
)
from comity.report.words import Subject, number

BLOCK = 13
"""From one line of landmark text to the next."""

NARROWEST_COLUMN = 84.0
MOST_LINES = 7
SPARE = 40.0
"""Kept free at the right of a wide figure, for the words under the last landmark, in px."""


def spare(frame: Frame) -> float:
    """What a figure on a scale keeps free at its right, in px."""
    return 0.0 if frame.narrow else SPARE


@dataclass(frozen=True)
class Mark:
    """A text marked on the scale, with the range in which it lies if it is uncertain."""

    label: str
    at: float
    low: float
    high: float
    colour: str
    dash: tuple[int, ...]


@dataclass(frozen=True)
class ScaleAxis:
    """The scale of an item, ``width`` px across and ``height`` px above its axis."""

    subject: Subject
    frame: Frame
    width: float
    left: float

    def x(self, field: str) -> Channel:
        """A place on the scale."""
        return along(field, 100, {"values": list(self.ticks), "format": "~f"})

    @cached_property
    def landmarks(self) -> dict[float, str]:
        return dict(sorted((self.subject.item.scale or {}).items()))

    @property
    def ticks(self) -> tuple[float, ...]:
        """Landmarks, those too near to the one before left out; every 20 points without any."""
        kept: list[float] = []
        for point in self.landmarks or (0.0, 20.0, 40.0, 60.0, 80.0, 100.0):
            if not kept or (point - kept[-1]) / 100 * self.width >= 26:
                kept.append(point)
        return tuple(kept)

    # what stands below the axis

    @cached_property
    def _columns(self) -> list[tuple[float, tuple[str, ...]]] | None:
        """Landmark texts in columns under their points, as (px, lines), if they fit."""
        points = [point / 100 * self.width for point in self.landmarks]
        gaps = [after - before for before, after in pairwise(points)]
        if self.frame.narrow or not gaps or min(gaps) < NARROWEST_COLUMN:
            return None
        room = letters_in(min(*gaps, 2 * (SPARE + MARGIN)) - 8)
        columns = [wrapped(text, room, most=MOST_LINES + 1) for text in self.landmarks.values()]
        if any(len(lines) > MOST_LINES for lines in columns):
            return None
        return list(zip(points, columns, strict=True))

    @cached_property
    def _lines(self) -> list[str]:
        """Landmarks listed one under the other."""
        room = letters_in(self.frame.width - 2 * MARGIN)
        return [
            line
            for point, text in self.landmarks.items()
            for line in wrapped(f"{point:g}: {text}", room, most=MOST_LINES)
        ]

    @property
    def depth(self) -> float:
        """Room the axis and the landmarks take below the marks, in px."""
        if self._columns is not None:
            return 26 + BLOCK * max(len(lines) for _, lines in self._columns)
        return 30 + BLOCK * len(self._lines)

    def captions(self, height: float) -> Layers:
        """The landmarks in words, under the axis at ``height``."""
        if self._columns is None:
            rows = [
                {"text": line, "y": height + 34 + BLOCK * k} for k, line in enumerate(self._lines)
            ]
            return [texts(rows, fixed(-self.left))] if rows else []
        placed = [
            {"text": line, "px": px, "y": height + 28 + BLOCK * k}
            for px, lines in self._columns
            for k, line in enumerate(lines)
        ]
        return [texts(placed, across(), align="center")]

    # what is marked on it

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The reversion and, if one is tabled, the draft."""
        entry = self.subject.entry
        marks = [self._mark("reversion", entry.reversion, INK, ())]
        if entry.tabled is not None:
            marks.append(self._mark("tabled", entry.tabled, VERMILLION, (5, 3)))
        return tuple(marks)

    def _mark(self, field: str, at: object, colour: str, dash: tuple[int, ...]) -> Mark:
        given = getattr(self.subject.item, field)
        assert isinstance(at, float)
        low = high = at
        if isinstance(given, Quantity) and not given.certain:
            low, high = given.ppf(np.array([0.1, 0.9]), PERCENT).tolist()
        word = "reversion" if field == "reversion" else "tabled draft"
        about = f"about {number(at)}" if low < high else number(at)
        return Mark(f"{word} {about}", at, low, high, colour, dash)

    @property
    def head(self) -> float:
        """Room the marks' labels take above, in px."""
        return 4.0 + LEADING * (1 + max(line for _, _, line in self._labelled))

    @cached_property
    def _labelled(self) -> list[tuple[Mark, bool, int]]:
        """Each mark with whether its label leans left and on which line up it stands.

        Labels that would touch lean apart; near an end both lean inwards, and the one whose line
        would cross the other's label stands higher.
        """
        if len(self.marks) < 2:
            return [(mark, mark.at > 50, 0) for mark in self.marks]
        lower, upper = sorted(self.marks, key=lambda mark: mark.at)
        if not self._touch((lower, lower.at > 50), (upper, upper.at > 50)):
            return [(lower, lower.at > 50, 0), (upper, upper.at > 50, 0)]
        if self._fits(lower, True) and self._fits(upper, False):
            return [(lower, True, 0), (upper, False, 0)]
        inwards = not self._fits(upper, False)
        return [(lower, inwards, 0 if inwards else 1), (upper, inwards, 1 if inwards else 0)]

    def _span(self, mark: Mark, leans_left: bool) -> tuple[float, float]:
        px, wide = mark.at / 100 * self.width, width_of(mark.label) + 3
        return (px - wide, px) if leans_left else (px, px + wide)

    def _touch(self, *leaning: tuple[Mark, bool]) -> bool:
        (_, end), (start, _) = (self._span(mark, left) for mark, left in leaning)
        return end + 3 > start

    def _fits(self, mark: Mark, leans_left: bool) -> bool:
        start, end = self._span(mark, leans_left)
        return start >= -self.left and end <= self.width + MARGIN

    def marked(self, height: float) -> Layers:
        """Lines at the reversion and the tabled draft, from above the marks to the axis."""
        ranges, lines, labels = [], [], []
        for mark, leans_left, line in self._labelled:
            row = {"at": mark.at, "low": mark.low, "high": mark.high, "y2": height}
            row["y"] = -LEADING * line
            if mark.low < mark.high:
                ranges.append(areas([row], self.x("low"), "high", color=FAINT, opacity=0.6))
            stroke = {"stroke": mark.colour, "strokeDash": list(mark.dash) or None}
            lines.append(uprights([row], self.x("at"), strokeWidth=1.6, **stroke))
            label = {"text": mark.label, "at": mark.at, "y": row["y"] - 8}
            side = {"align": "right", "dx": -3} if leans_left else {"align": "left", "dx": 3}
            labels += grounded([label], self.x("at"), **side)
        return [*ranges, *lines, *labels]
