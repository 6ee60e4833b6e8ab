"""The members' limits in the middle draw, each flagged above a passage curve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.report.figures.canvas import Datum, Layers, grounded, points, uprights
from comity.report.figures.labels import cut, named
from comity.report.figures.scale import ScaleAxis
from comity.report.figures.style import LEADING, SOFT, letters_in, width_of
from comity.report.words import Subject, number

LONGEST_NAME = 34
"""Letters of one member's name in a flag."""


@dataclass(frozen=True)
class Flag:
    """One or more members with the same limit, on one line of the strip above the curve."""

    at: float
    label: str
    leans_left: bool
    line: int = 0


def limits_of(subject: Subject, member: str) -> list[tuple[float, str]]:
    """A member's limits in the middle draw that lie within the scale: where, and on which side."""
    limits = subject.entry.limits[member]
    assert limits.low is not None
    assert limits.high is not None
    if limits.low.median > limits.high.median:
        return []
    ends = ((limits.low.median, "from"), (limits.high.median, "up to"))
    return [(at, side) for at, side in ends if 0.0 < at < 100.0]


def flags(subject: Subject, width: float) -> tuple[Flag, ...]:
    """Every limit, those at the same point together, each on the first line with room for it.

    Flags on the left half are placed outwards from the left, those on the right half from the
    right, so that few of their lines cross another's label.
    """
    found = list(_together(subject, width))
    left = sorted((flag for flag in found if not flag.leans_left), key=lambda f: (f.at, f.label))
    right = sorted((flag for flag in found if flag.leans_left), key=lambda f: (-f.at, f.label))
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for flag in (*left, *right):
        span = _span(flag, width)
        line = next((k for k, spans in enumerate(taken) if _free(spans, span)), len(taken))
        taken += [[]] * (line == len(taken))
        taken[line] = [*taken[line], span]
        placed.append(Flag(flag.at, flag.label, flag.leans_left, line))
    return tuple(placed)


def depth(placed: tuple[Flag, ...]) -> float:
    """Room the strip of flags takes, in px."""
    return LEADING * (max(flag.line for flag in placed) + 1) + 6.0 if placed else 0.0


def drawn(axis: ScaleAxis, placed: tuple[Flag, ...], foot: float) -> Layers:
    """A dotted line at each limit from its flag down to ``foot``, and the flags on top."""
    rows: list[Datum] = [
        {"at": f.at, "text": f.label, "left": f.leans_left, "y": 8 + LEADING * f.line, "y2": foot}
        for f in placed
    ]
    if not rows:
        return []
    x = axis.x("at")
    layers = [uprights(rows, x, stroke=SOFT, strokeDash=[1, 3])]
    for left, align, aside in ((False, "left", 5), (True, "right", -5)):
        layers += grounded([row for row in rows if row["left"] is left], x, align=align, dx=aside)
    return [*layers, points(rows, x, shape="circle", size=16, fill=SOFT, stroke=SOFT)]


def _together(subject: Subject, width: float) -> Iterator[Flag]:
    """Members whose limits are shown as the same number on the same side."""
    groups: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for member in subject.entry.limits:
        for at, side in limits_of(subject, member):
            name = cut(named(subject, member), LONGEST_NAME)
            groups.setdefault((side, number(at)), []).append((at, name))
    for (side, point), found in groups.items():
        at = sum(place for place, _ in found) / len(found)
        ending = f" {side} {point}"
        names = _fitting([name for _, name in found], letters_in(width * 0.48) - len(ending))
        yield Flag(at, names + ending, at > 50.0)


def _fitting(names: list[str], letters: int) -> str:
    """As many names as fit, and how many more there are."""
    for shown in range(len(names), 0, -1):
        rest = "" if shown == len(names) else f" and {len(names) - shown} more"
        text = ", ".join(names[:shown]) + rest
        if len(text) <= letters:
            return text
    return f"{len(names)} members" if len(names) > 1 else cut(names[0], letters)


def _span(flag: Flag, width: float) -> tuple[float, float]:
    px, wide = flag.at / 100 * width, width_of(flag.label) + 12
    return (px - wide, px) if flag.leans_left else (px, px + wide)


def _free(spans: list[tuple[float, float]], wanted: tuple[float, float]) -> bool:
    return all(wanted[1] <= start or end <= wanted[0] for start, end in spans)
