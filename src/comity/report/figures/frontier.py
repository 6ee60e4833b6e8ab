"""The frontier of talks between two parties: what every efficient package is worth to both."""

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
    areas,
    compose,
    fixed,
    grounded,
    points,
    rules,
    texts,
    uprights,
)
from comity.report.figures.figure import Words
from comity.report.figures.labels import cut, few
from comity.report.figures.legend import Key, Legend
from comity.report.figures.marked import Mark, levels, marks
from comity.report.figures.placing import Box, Label, placed, square
from comity.report.figures.style import (
    BLUE,
    FAINT,
    INK,
    LINE,
    MARGIN,
    SOFT,
    VERMILLION,
    Frame,
    letters_in,
)
from comity.report.talks_words import AboutTalks, hundredths

HEIGHT = {False: 400.0, True: 300.0}
"""Height of the plane in a wide and in a narrow figure, in px."""

CELL = 3.0
"""Points nearer than this to one another, in px, are drawn as one."""

COVERS = 13.0
"""Proposals nearer than this to one another, in px, hide each other's numbers."""

EDGE = 46.0
"""Room for the numbers at the left of the plane, in px."""

POINT = {"shape": "circle", "size": 14, "fill": LINE, "stroke": LINE, "strokeWidth": 0}
PROPOSAL = {"shape": "circle", "size": 250, "fill": "white", "stroke": BLUE, "strokeWidth": 2}
FIRST = PROPOSAL | {"fill": BLUE}
SOLUTION = {"shape": "diamond", "size": 110, "fill": "white", "stroke": VERMILLION}
TABLED = {"shape": "square", "size": 70, "fill": "white", "stroke": INK}
CEILING = {"stroke": VERMILLION, "strokeWidth": 1.6}
NO_DEAL = {"stroke": INK, "strokeDash": [5, 3], "strokeWidth": 1.2}


def drawable(about: AboutTalks) -> bool:
    """Whether there is a plane with anything on it."""
    return len(about.mediation.parties) == 2 and bool(about.mediation.frontier.utilities)


def chart(about: AboutTalks, frame: Frame) -> Specification:
    """Every frontier point, with proposals, solutions, reservation values and joint ceiling."""
    plane = Plane.of(about, frame)
    legend = Legend(frame, EDGE, _keys(plane))
    return compose(
        frame,
        words(about).title,
        [
            *plane.no_deal(),
            *plane.grid(),
            *plane.ceiling(),
            *plane.cloud(),
            *plane.marked(),
            *plane.titles(),
            *legend.drawn(plane.down.length + 46),
        ],
        left=EDGE,
        height=plane.down.length,
        top=18,
        bottom=46 + legend.depth,
    )


@dataclass(frozen=True)
class Plane:
    """The first party's utility across, the second's upwards."""

    about: AboutTalks
    frame: Frame
    across: Range
    down: Range

    @classmethod
    def of(cls, about: AboutTalks, frame: Frame) -> Plane:
        mediation, found = about.mediation, marks(about)
        shown = [*mediation.frontier.utilities, *(mark.utilities for mark in found)]
        d = mediation.reservation
        width = frame.width - EDGE - 2 * MARGIN
        sides = [
            ranged((point[party] for point in shown), [d[party]], length)
            for party, length in enumerate((width, HEIGHT[frame.narrow]))
        ]
        return cls(about, frame, *sides)

    def x(self, value: float) -> float:
        return self.across.px(value)

    def y(self, value: float) -> float:
        """In px from the top."""
        return self.down.length - self.down.px(value)

    # --- the ground

    def grid(self) -> Layers:
        """Axes with round numbers."""
        foot, width = self.down.length, self.across.length
        below = [{"px": self.x(at), "text": says, "y": foot + 12} for at, says in self.x_ticks]
        beside = [{"y": self.y(at), "text": says} for at, says in self.down.ticks(40)]
        ticks = [{"px": self.x(at), "y": foot, "y2": foot + 4} for at, _ in self.x_ticks]
        return [
            rules([{"y": foot}], fixed(0), fixed(width), stroke=INK),
            uprights([{"px": 0.0, "y": 0.0, "y2": foot}], across(), stroke=INK),
            uprights(ticks, across(), stroke=INK),
            rules(beside, fixed(-4), fixed(0), stroke=INK),
            texts(below, across(), align="center"),
            texts(beside, fixed(-7), align="right"),
        ]

    @property
    def x_ticks(self) -> list[tuple[float, str]]:
        return self.across.ticks(60)

    def titles(self) -> Layers:
        """Whose utility each axis is."""
        first, second = (
            cut(self.about.name(p), letters_in(self.across.length * 0.7))
            for p in self.about.mediation.parties
        )
        at_foot = [{"y": self.down.length + 30, "text": f"better for {first} →"}]
        on_top = [{"y": -12.0, "text": f"↑ better for {second}"}]
        width = self.across.length
        return [
            texts(at_foot, fixed(width), align="right", colour=SOFT),
            *grounded(on_top, fixed(-EDGE), colour=SOFT),
        ]

    @cached_property
    def shown_reservation(self) -> tuple[float | None, float | None]:
        """Where the reservation values lie, None for one that lies off the figure."""
        d1, d2 = self.about.mediation.reservation
        return (d1 if self.across.holds(d1) else None, d2 if self.down.holds(d2) else None)

    def no_deal(self) -> Layers:
        """Grey where no agreement is better for a party, and a line at its edge."""
        first, second = self.shown_reservation
        foot, width = self.down.length, self.across.length
        layers: Layers = []
        if first is not None:
            row: Datum = {"px": 0.0, "to": self.x(first), "y": 0.0, "y2": foot}
            layers.append(_shaded(row))
            layers.append(uprights([row | {"px": row["to"]}], across(), **NO_DEAL))
        if second is not None:
            row = {"px": 0.0, "to": width, "y": self.y(second), "y2": foot}
            layers.append(_shaded(row))
            layers.append(rules([row], across(), across("to"), **NO_DEAL))
        return layers

    # --- what lies on it

    @cached_property
    def spots(self) -> list[tuple[float, float]]:
        """The frontier's points, of those that would cover one another only one."""
        seen = {
            (round(self.x(u1) / CELL), round(self.y(u2) / CELL)): (self.x(u1), self.y(u2))
            for u1, u2 in self.about.mediation.frontier.utilities
        }
        return list(seen.values())

    def cloud(self) -> Layers:
        """The frontier."""
        rows = [{"px": round(px, 1), "y": round(y, 1)} for px, y in self.spots]
        return [points(rows, across(), **POINT)]

    @cached_property
    def corner(self) -> tuple[float, float] | None:
        """Where both have the joint ceiling's share of what they could gain."""
        value = self.about.mediation.joint_ceiling.value
        if value is None or self.about.mediation.joint_ceiling.left_out:
            return None
        at = levels(self.about, value)
        if at is None or not (self.across.holds(at[0]) and self.down.holds(at[1])):
            return None
        return self.x(at[0]), self.y(at[1])

    def ceiling(self) -> Layers:
        """A corner beyond which both have more than the joint ceiling: nothing lies inside it."""
        if self.corner is None:
            return []
        px, y = self.corner
        return [
            rules([{"px": px, "y": y}], across(), fixed(self.across.length), **CEILING),
            uprights([{"px": px, "y": 0.0, "y2": y}], across(), **CEILING),
        ]

    @cached_property
    def marks(self) -> list[tuple[Mark, float, float]]:
        return [
            (mark, self.x(mark.utilities[0]), self.y(mark.utilities[1]))
            for mark in marks(self.about)
        ]

    @cached_property
    def labels(self) -> list[tuple[Label, float, float]]:
        """Labels with the point each belongs to: marks, then the joint ceiling."""
        edge = Box(2.0, 2.0, self.across.length + MARGIN - 4, self.down.length - 2)
        wanted = [
            (said, px, y)
            for mark, px, y in self.marks
            if (said := _beside(mark, covered=self._covered(mark, px, y)))
        ]
        wanted += self._lines()
        taken = [square(px, y, 10.0) for _, px, y in self.marks]
        found = placed(wanted, taken, edge, rather_not=[*self._lines_drawn(), *self._dots()])
        return [(m, px, y) for m, (_, px, y) in zip(found, wanted, strict=True) if m is not None]

    def _covered(self, mark: Mark, px: float, y: float) -> bool:
        """Whether an earlier proposal's circle hides a proposal's number."""
        before = self.marks[: next(k for k, each in enumerate(self.marks) if each[0] is mark)]
        return any(
            each.numbers and abs(x - px) < COVERS and abs(z - y) < COVERS for each, x, z in before
        )

    def _dots(self) -> list[Box]:
        return [square(px, y, 3.0) for px, y in self.spots]

    def _lines_drawn(self) -> list[Box]:
        """The room of the lines on the plane."""
        width, foot = self.across.length, self.down.length
        first, second = self.shown_reservation
        found = [] if first is None else [Box(self.x(first) - 2, 0.0, self.x(first) + 2, foot)]
        if second is not None:
            found.append(Box(0.0, self.y(second) - 2, width, self.y(second) + 2))
        if self.corner is not None:
            px, y = self.corner
            found += [Box(px, y - 2, width, y + 2), Box(px - 2, 0.0, px + 2, y)]
        return found

    def _lines(self) -> list[tuple[str, float, float]]:
        """Labels of the lines, at a point of each."""
        said: list[tuple[str, float, float]] = []
        if self.corner is not None:
            value = self.about.mediation.joint_ceiling.value
            px, y = self.corner
            label = f"joint ceiling: {hundredths(value)}"
            said.append((label, (px + self.across.length) / 2, y))
        return said

    def marked(self) -> Layers:
        """Marks and their labels, proposals uppermost."""
        layers: Layers = []
        leaders = [
            {"px": px, "y": y, "to": label.px, "y2": label.y}
            for label, px, y in self.labels
            if label.leader
        ]
        if leaders:
            layers.append(_leading(leaders))
        for style, chosen in (
            (TABLED, [m for m in self.marks if m[0].tabled and not m[0].numbers]),
            (SOLUTION, [m for m in self.marks if m[0].solutions and not m[0].numbers]),
            (PROPOSAL, [m for m in self.marks if m[0].numbers and 1 not in m[0].numbers]),
            (FIRST, [m for m in self.marks if 1 in m[0].numbers]),
        ):
            rows = [{"px": px, "y": y} for _, px, y in chosen]
            layers += [points(rows, across(), **style)] if rows else []
        layers += self._numbers()
        for label, _, _ in self.labels:
            row = [{"px": label.px, "y": label.y, "text": label.text}]
            layers += grounded(row, across(), align=label.align)
        return layers

    def _numbers(self) -> Layers:
        """The numbers of proposals, inside their circles."""
        rows = [
            {"px": px, "y": y + 0.5, "text": str(mark.numbers[0]), "first": 1 in mark.numbers}
            for mark, px, y in self.marks
            if mark.numbers
        ]
        return [
            texts(chosen, across(), align="center", colour=colour, fontWeight="bold")
            for first, colour in ((False, INK), (True, "white"))
            if (chosen := [row for row in rows if row["first"] is first])
        ]


def _shaded(row: Datum) -> dict[str, object]:
    return areas([row], across(), across("to"), color=FAINT, opacity=0.55)


def _leading(rows: Sequence[Datum]) -> dict[str, object]:
    """Slanted lines from marks to labels that stand apart."""
    layer = rules(rows, across(), across("to"), stroke=SOFT, strokeWidth=0.8)
    layer["encoding"]["y2"] = {"field": "y2"}
    return layer


def _beside(mark: Mark, *, covered: bool) -> str:
    """What stands beside a mark: a proposal's number stands in its circle, if that is seen."""
    more = [f"also proposal {number}" for number in mark.numbers[1:]]
    if covered:
        more = [f"proposal {number}" for number in mark.numbers]
    return ", ".join([*more, *mark.solutions, *mark.tabled])


def _keys(plane: Plane) -> tuple[Key, ...]:
    mediation = plane.about.mediation
    keys = [Key("efficient packages", point=POINT)]
    if mediation.proposals:
        keys.append(Key("to put forward first", point=FIRST | {"size": 110}))
    if len(mediation.proposals) > 1:
        keys.append(Key("other proposals, by number", point=PROPOSAL | {"size": 110}))
    if any(solution.exists for solution in mediation.solutions.values()):
        keys.append(Key("solutions, by name", point=SOLUTION | {"size": 80}))
    if mediation.tabled:
        keys.append(Key("on the table", point=TABLED))
    if plane.corner is not None:
        keys.append(Key("joint ceiling", line=CEILING))
    if any(at is not None for at in plane.shown_reservation):
        keys.append(Key("worth of no agreement; grey: less than that", line=NO_DEAL))
    return tuple(keys)


# --- words


def words(about: AboutTalks) -> Words:
    """What is said beside the figure."""
    return Words("What the parties can have together", _caption(about), alt(about))


def _caption(about: AboutTalks) -> str:
    first, second = (about.name(party) for party in about.mediation.parties)
    told = (
        f"Every efficient package by what it is worth to {first} and to {second}, in points of "
        "each one's own scale, which cannot be compared."
    )
    mediation = about.mediation
    if mediation.joint_ceiling.value is not None:
        told += " No package lies inside the corner that marks the joint ceiling."
    off = [
        f"{about.name(party)} ({about.amount(d)})"
        for party, d, at in zip(
            mediation.parties,
            mediation.reservation,
            Plane.of(about, Frame(720)).shown_reservation,
            strict=True,
        )
        if at is None
    ]
    if off:
        told += f" What no agreement is worth lies off the figure for {few(off)}."
    return told + listing(about)


def listing(about: AboutTalks) -> str:
    """Which points are drawn, if they are not all there are."""
    frontier = about.mediation.frontier
    if frontier.epsilon is None:
        return " The frontier is beyond reach; only the solutions' points are drawn."
    if not frontier.exact:
        return (
            f" No allowed package is more than {about.amount(frontier.epsilon)} better for any "
            "party than a point drawn."
        )
    return ""


def alt(about: AboutTalks) -> str:
    """What a frontier shows, for whoever cannot see it."""
    mediation = about.mediation
    count = len(mediation.frontier.utilities)
    what = "point of solutions" if mediation.frontier.points is None else "frontier point"
    said = [f"{count:,} {what}" if count == 1 else f"{count:,} {what.replace('point', 'points')}"]
    for place, party in enumerate(mediation.parties):
        seen: list[float] = [point[place] for point in mediation.frontier.utilities]
        said.append(
            f"{about.name(party)} from {about.amount(min(seen))} to {about.amount(max(seen))}, "
            f"no agreement {about.amount(mediation.reservation[place])}"
        )
    said += [_said(about, mark.label, mark.utilities) for mark in marks(about)]
    if mediation.joint_ceiling.value is not None:
        said.append(f"joint ceiling {hundredths(mediation.joint_ceiling.value)} of what each could "
                    "gain")  # fmt: skip
    return f"{about.title}. {'; '.join(said)}."


def _said(about: AboutTalks, label: str, utilities: Numbers) -> str:
    shown = [about.amount(value) for value in utilities]
    name = f"proposal {label}" if label[:1].isdigit() else label
    return f"{name} at {about.numbered(shown)}"
