"""The frontier of talks between more than two parties: a line for every efficient package.

Parallel coordinates: one row a party, from its worst to its best on the frontier; a package is the
line through what it is worth to each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from comity.ensemble.mediation.results import Numbers
from comity.report.figures.axes import Range, ranged
from comity.report.figures.canvas import (
    Datum,
    Layers,
    Specification,
    across,
    compose,
    curve,
    fixed,
    grounded,
    points,
    rules,
    uprights,
)
from comity.report.figures.figure import Words
from comity.report.figures.frontier import alt, listing
from comity.report.figures.labels import few
from comity.report.figures.legend import Key, Legend
from comity.report.figures.marked import levels, marks
from comity.report.figures.rows import Rows, stack
from comity.report.figures.style import BLUE, INK, LINE, SKY, SOFT, VERMILLION, Frame, width_of
from comity.report.talks_words import AboutTalks

MOST_LINES = 150
"""Frontier points drawn; more would be one grey mass."""

MOST_PROPOSALS = 4
"""Proposals drawn as lines of their own."""

TALL = 300.0
LANES = (56.0, 100.0)
"""Height of a row in px: that of so many in a figure of ``TALL``, within these bounds."""

ENDS = 40.0
"""Room at each end of a row for the ends of its scale, in px."""

FRONTIER = {"stroke": LINE, "strokeWidth": 0.7, "opacity": 0.4}
PROPOSALS: tuple[dict[str, object], ...] = (
    {"stroke": BLUE, "strokeWidth": 3.0},
    {"stroke": BLUE, "strokeWidth": 1.8, "strokeDash": [7, 3]},
    {"stroke": SKY, "strokeWidth": 1.8, "strokeDash": [3, 3]},
    {"stroke": SKY, "strokeWidth": 1.8, "strokeDash": [9, 3, 2, 3]},
)
SHAPES = {"nash": "diamond", "kalai_smorodinsky": "square", "egalitarian": "triangle-up",
          "utilitarian": "triangle-down", "proportional": "cross"}  # fmt: skip
SOLUTION = {"size": 64, "fill": "white", "stroke": VERMILLION}
NO_DEAL = {"stroke": INK, "strokeWidth": 2.4}
CEILING = {"stroke": VERMILLION, "strokeWidth": 2.0, "strokeDash": [3, 2]}


def drawable(about: AboutTalks) -> bool:
    """Whether there are rows with anything on them."""
    return len(about.mediation.parties) > 2 and bool(about.mediation.frontier.utilities)


def chart(about: AboutTalks, frame: Frame) -> Specification:
    """Frontier points as lines; proposals, solutions, reservation values and joint ceiling on."""
    shown = Profiles(about, frame)
    rows = shown.rows
    legend = Legend(frame, rows.left, _keys(shown))
    return compose(
        frame,
        words(about).title,
        [
            *rows.labels(),
            *shown.scales(),
            *shown.frontier(),
            *shown.landmarks(),
            *shown.proposals(),
            *shown.solutions(),
            *shown.numbers(),
            *legend.drawn(rows.height + 12),
        ],
        left=rows.left,
        height=rows.height,
        bottom=12 + legend.depth,
    )


@dataclass(frozen=True)
class Profiles:
    """Rows of the parties with a scale of its own on each."""

    about: AboutTalks
    frame: Frame

    @cached_property
    def rows(self) -> Rows:
        names = [self.about.name(party) for party in self.about.mediation.parties]
        return stack(self.frame, names, min(max(TALL / len(names), LANES[0]), LANES[1]))

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        mediation, found = self.about.mediation, marks(self.about)
        shown = [*mediation.frontier.utilities, *(mark.utilities for mark in found)]
        length = self.rows.width - 2 * ENDS
        return tuple(
            ranged((point[place] for point in shown), [d], length)
            for place, d in enumerate(mediation.reservation)
        )

    @cached_property
    def middles(self) -> list[float]:
        return [row.middle for row in self.rows.rows]

    def px(self, place: int, value: float) -> float:
        """Where a party's utility lies across."""
        return ENDS + self.ranges[place].px(value)

    def line(self, utilities: Numbers, part: str) -> list[Datum]:
        """A package as a line down the rows."""
        return [
            {"px": round(self.px(place, value), 1), "y": self.middles[place], "part": part}
            for place, value in enumerate(utilities)
        ]

    # --- layers

    def scales(self) -> Layers:
        """Each row's scale with its ends in figures."""
        right = self.rows.width - ENDS
        ends = [
            {"y": middle, "text": self.about.amount(value), "end": end}
            for middle, seen in zip(self.middles, self._ends, strict=True)
            for end, value in enumerate(seen)
        ]
        low, high = ([row for row in ends if row["end"] == end] for end in (0, 1))
        return [
            rules([{"y": y} for y in self.middles], fixed(ENDS), fixed(right), stroke=SOFT),
            *grounded(low, fixed(ENDS - 6), align="right", colour=SOFT),
            *grounded(high, fixed(right + 6), colour=SOFT),
        ]

    @property
    def _ends(self) -> list[tuple[float, float]]:
        return [(each.low, each.high) for each in self.ranges]

    @cached_property
    def drawn(self) -> Sequence[Numbers]:
        """The frontier points drawn: all, or so many evenly through the list."""
        listed = self.about.mediation.frontier.utilities
        if len(listed) <= MOST_LINES:
            return listed
        step = (len(listed) - 1) / (MOST_LINES - 1)
        return [listed[round(k * step)] for k in range(MOST_LINES)]

    def frontier(self) -> Layers:
        rows = [row for k, point in enumerate(self.drawn) for row in self.line(point, f"f{k}")]
        return [_down(curve(rows, across(), **FRONTIER))]

    @cached_property
    def levels(self) -> Numbers | None:
        """What each party has at the joint ceiling, if nobody is left out."""
        ceiling = self.about.mediation.joint_ceiling
        if ceiling.value is None or ceiling.left_out:
            return None
        return levels(self.about, ceiling.value)

    def landmarks(self) -> Layers:
        """On each row what no agreement is worth, and the joint ceiling."""
        layers = []
        for values, style in (
            (self.levels, CEILING),
            (self.about.mediation.reservation, NO_DEAL),
        ):
            rows = [
                {"px": self.px(place, value), "y": middle - 13, "y2": middle + 13}
                for place, (value, middle) in enumerate(
                    zip(values or (), self.middles, strict=False)
                )
                if self.ranges[place].holds(value)
            ]
            layers += [uprights(rows, across(), **style)] if rows else []
        return layers

    def proposals(self) -> Layers:
        """The menu, the first uppermost."""
        views = self.about.mediation.proposals[:MOST_PROPOSALS]
        layers: Layers = []
        for view, style in reversed(list(zip(views, PROPOSALS, strict=False))):
            rows = self.line(tuple(p.utility for p in view.parties), f"p{view.number}")
            fill = style["stroke"] if view.number == 1 else "white"
            layers.append(_down(curve(rows, across(), **style)))
            layers.append(
                points(rows, across(), shape="circle", size=46, fill=fill, stroke=style["stroke"])
            )
        return layers

    def solutions(self) -> Layers:
        """Each solution's first point as a shape of its own on every row."""
        layers = []
        for name, found in self.about.mediation.solutions.items():
            if found.utilities is not None:
                rows = self.line(found.utilities, name)
                shape = SHAPES.get(name, "cross")
                layers.append(points(rows, across(), shape=shape, **SOLUTION))
        return layers

    def numbers(self) -> Layers:
        """The proposals' numbers above their points; those that would touch, together."""
        rows: list[Datum] = []
        for place, middle in enumerate(self.middles):
            at = sorted(
                (self.px(place, view.parties[place].utility), view.number)
                for view in self.about.mediation.proposals[:MOST_PROPOSALS]
            )
            for px, text in _together(at):
                rows.append({"px": px, "y": middle - 19, "text": text})
        return grounded(rows, across(), align="center", fontWeight="bold")


def _together(at: Sequence[tuple[float, int]]) -> list[tuple[float, str]]:
    """Numbers at their places, from left to right; those that would touch are put together."""
    groups: list[list[tuple[float, int]]] = []
    for px, number in at:
        groups.append([(px, number)])
        while len(groups) > 1 and _touch(groups[-2], groups[-1]):
            last = groups.pop()
            groups[-1].extend(last)
    return [_label(group) for group in groups]


def _label(group: Sequence[tuple[float, int]]) -> tuple[float, str]:
    middle = sum(px for px, _ in group) / len(group)
    return middle, ", ".join(str(number) for number in sorted(number for _, number in group))


def _touch(one: Sequence[tuple[float, int]], other: Sequence[tuple[float, int]]) -> bool:
    (left, first), (right, second) = _label(one), _label(other)
    return right - left < (width_of(first) + width_of(second)) / 2 + 6


def _down(layer: dict[str, object]) -> dict[str, object]:
    """A line drawn in the order of the rows, not from left to right."""
    layer["encoding"]["order"] = {"field": "y", "type": "quantitative"}  # type: ignore[index]
    return layer


def _keys(shown: Profiles) -> tuple[Key, ...]:
    from comity.report.talks_words import SOLUTIONS

    mediation = shown.about.mediation
    keys = [Key("an efficient package", line=FRONTIER | {"opacity": 1, "strokeWidth": 1.4})]
    for view, style in zip(mediation.proposals, PROPOSALS, strict=False):
        first = ", to put forward first" if view.number == 1 else ""
        keys.append(Key(f"proposal {view.number}{first}", line=style))
    for name, found in mediation.solutions.items():
        if found.exists:
            shape = SOLUTION | {"shape": SHAPES.get(name, "cross")}
            keys.append(Key(SOLUTIONS.get(name, name), point=shape))
    keys.append(Key("worth of no agreement", point=_stroke(NO_DEAL)))
    if shown.levels is not None:
        keys.append(Key("joint ceiling", point=_stroke(CEILING)))
    return tuple(keys)


def _stroke(style: dict[str, object]) -> dict[str, object]:
    """An upright line as a point of a legend."""
    return {"shape": "stroke", "angle": 90, "size": 160, **style}


def words(about: AboutTalks) -> Words:
    """What is said beside the figure."""
    return Words("What the parties can have together", _caption(about), alt(about))


def _caption(about: AboutTalks) -> str:
    mediation = about.mediation
    told = (
        "A line for every efficient package, from party to party; each row is a party's own scale, "
        "further right is better for it, and points of different rows cannot be compared. Where "
        "lines cross, what is better for one is worse for the next."
    )
    listed = len(mediation.frontier.utilities)
    if listed > MOST_LINES:
        told += f" Of {listed:,} points {MOST_LINES} are drawn, evenly spread over the list."
    shown = Profiles(about, Frame(720))
    off = [
        f"{about.name(party)} ({about.amount(d)})"
        for place, (party, d) in enumerate(
            zip(mediation.parties, mediation.reservation, strict=True)
        )
        if not shown.ranges[place].holds(d)
    ]
    if off:
        told += f" What no agreement is worth lies off the figure for {few(off)}."
    return told + listing(about)
