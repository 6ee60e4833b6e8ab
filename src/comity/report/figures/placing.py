"""Labels beside points of a plane, so that none covers another, a mark, or the edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.report.figures.labels import cut
from comity.report.figures.style import SMALL, letters_in, width_of

HIGH = 13.0
"""Height of a line of text, in px."""

REACHES = (11.0, 20.0, 34.0, 50.0, 70.0, 95.0, 125.0)
"""How far from its point a label may stand, nearest first, in px."""

WAYS = ((1.0, 0.0), (0.7, -0.7), (0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (-0.7, 0.7), (0.0, -1.0),
        (0.0, 1.0))  # fmt: skip


@dataclass(frozen=True)
class Box:
    """A rectangle: its left, upper, right and lower edge, in px."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class Label:
    """A label with where its text begins or ends; ``leader`` says that a line leads to it."""

    text: str
    px: float
    y: float
    align: str
    box: Box
    leader: bool


def square(px: float, y: float, half: float) -> Box:
    """The room a mark takes."""
    return Box(px - half, y - half, px + half, y + half)


def placed(
    wanted: Sequence[tuple[str, float, float]],
    taken: Sequence[Box],
    edge: Box,
    *,
    rather_not: Sequence[Box] = (),
    size: int = SMALL,
) -> list[Label | None]:
    """A label for each text at its point, the earlier ones nearest; None where there is no room.

    Labels stay off what is ``taken`` always, off ``rather_not`` if they can.
    """
    filled = list(taken)
    found: list[Label | None] = []
    for text, px, y in wanted:
        shown = cut(text, letters_in(edge.right - edge.left, size))
        tries = [label for label in _tries(shown, px, y, size) if label.box.within(edge)]
        free = [label for label in tries if not _meets(label, filled)]
        label = next((each for each in free if not _meets(each, rather_not)), None)
        found.append(label or next(iter(free), None))
        filled += [] if found[-1] is None else [found[-1].box]
    return found


def _meets(label: Label, boxes: Sequence[Box]) -> bool:
    return any(label.box.meets(box) for box in boxes)


def _tries(text: str, px: float, y: float, size: int) -> Iterator[Label]:
    wide = width_of(text, size)
    for reach in REACHES:
        for right, down in WAYS:
            at, middle = px + right * reach, y + down * reach
            align = "left" if right > 0 else "right" if right < 0 else "center"
            left = {"left": at, "right": at - wide, "center": at - wide / 2}[align]
            box = Box(left, middle - HIGH / 2, left + wide, middle + HIGH / 2)
            yield Label(text, at, middle, align, box, reach > REACHES[1])
