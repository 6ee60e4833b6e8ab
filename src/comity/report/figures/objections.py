"""Who stands in the way from which side, and how each member answers the draft on the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comity.ensemble.results import ObjectionShare, ResponseShares
from comity.report.figures.canvas import (
    Datum,
    Layer,
    Layers,
    Specification,
    across,
    areas,
    compose,
    fixed,
    texts,
    uprights,
)
from comity.report.figures.figure import Words
from comity.report.figures.labels import cut, few, named, seats, wrapped
from comity.report.figures.legend import Key, Legend
from comity.report.figures.rows import Rows, stack
from comity.report.figures.style import (
    BLACK,
    BLUE,
    FAINT,
    INK,
    LEADING,
    LINE,
    SKY,
    SMALL,
    SOFT,
    VERMILLION,
    YELLOW,
    Frame,
    letters_in,
    width_of,
)
from comity.report.words import Subject, number, percent

LANE = 15.0
"""Room for one bar, in px."""

GAP = 28.0
"""Between the two panels of a wide figure, in px."""

RESPONSES = {
    "object": VERMILLION,
    "stand_aside": YELLOW,
    "support": SKY,
    "no_instructions": FAINT,
    "absent": "white",
}
"""Responses in the order of the stacked bars, with their colours."""


@dataclass(frozen=True)
class _Panel:
    """Where a panel's bars stand: from ``left`` across, along its rows."""

    rows: Rows
    left: float
    width: float

    @property
    def middles(self) -> list[float]:
        return [row.middle for row in self.rows.rows]

    @property
    def top(self) -> float:
        return self.rows.rows[0].top

    @property
    def foot(self) -> float:
        return self.rows.height


def chart(subject: Subject, frame: Frame) -> Specification:
    """Both panels, beside each other or, in a narrow figure, one under the other."""
    lanes = [max(LANE * len(sides), 20.0) for sides in _told_apart(subject).values()]
    rows = stack(frame, list(seats(subject).values()), lanes)
    answers = stack(frame, list(seats(subject).values()), 20.0) if frame.narrow else rows
    half = rows.width if frame.narrow else (rows.width - GAP) / 2
    heads = [wrapped(head, letters_in(half), most=4) for head in _heads(subject)]
    depth = LEADING * max(len(head) for head in heads) + 22.0
    blocking = _Panel(rows.lowered(depth), 0.0, half)
    if frame.narrow:
        answering = _Panel(answers.lowered(blocking.foot + depth + 12), 0.0, half)
    else:
        answering = _Panel(answers.lowered(depth), half + GAP, half)
    legend = Legend(frame, rows.left, _keys(subject))
    layers = [
        *_head(heads[0], blocking),
        *_head(heads[1], answering),
        _baseline(subject, blocking),
        *blocking.rows.labels(),
        *(answering.rows.labels() if frame.narrow else []),
        *_blocking(subject, blocking),
        *_answering(subject, answering),
        *legend.drawn(answering.foot + 8),
    ]
    return compose(
        frame,
        f"{subject.title}: {words(subject).title.lower()}",
        layers,
        left=rows.left,
        height=answering.foot,
        bottom=8 + legend.depth,
    )


def words(subject: Subject) -> Words:
    """What is said beside the figure."""
    if subject.item.is_scale:
        caption = (
            "Bars to either side: share of draws in which no text passes and the member accepts "
            "nothing that some other member would accept, because it finds all that too weak or "
            "too strong. Stacked bars: how it answers the text named above them."
        )
    else:
        caption = (
            "Bars: share of draws in which no option passes and the member refuses the one named. "
            "Stacked bars: how it answers the option named above them."
        )
    return Words("Who objects, and from which side", caption, _alternative(subject))


def _alternative(subject: Subject) -> str:
    objecting = [
        f"{named(subject, member)} {_said(subject, one)} {subject.within(one.share)}"
        for member, found in subject.entry.objecting.items()
        for one in found
    ]
    answers = [
        f"{named(subject, member)} {percent(shares.object)}"
        for member, shares in subject.entry.responses.items()
    ]
    first = few(objecting, 12) if objecting else "Nobody stands in the way of every text"
    second = f"Shares of draws in which each objects to {_draft(subject)}: {few(answers, 12)}"
    return f"{subject.title}. {first}. {second}."


def _said(subject: Subject, one: ObjectionShare) -> str:
    if one.to == "refused":
        return f"refuses {one.side}"
    side = f" {one.side} the reversion" if subject.two_sided else ""
    return f"finds texts{side} too {one.to.removeprefix('too_')}"


def _draft(subject: Subject) -> str:
    """The text to which the responses are given."""
    entry = subject.entry
    name = "the tabled draft" if entry.tabled is not None else "the weakest text with any content"
    text = entry.responses_to
    return f"{name} ({text if isinstance(text, str) else number(text)})"


def _heads(subject: Subject) -> tuple[str, str]:
    first = "No text passes, and the member finds what others would accept"
    if not subject.item.is_scale:
        lanes = _lanes(subject)
        which = f"“{lanes[0]}”" if len(lanes) == 1 else "the option named"
        first = f"No option passes, and the member refuses {which}"
    return first, f"How each answers {_draft(subject)}"


def _lanes(subject: Subject) -> tuple[str, ...]:
    """The sides, or the options, to which a member can object."""
    back = subject.entry.reversion
    if isinstance(back, str):
        return tuple(option for option in subject.item.option_ids if option != back)
    sides = (("above", back < 100.0), ("below", back > 0.0))
    return tuple(side for side, there in sides if there)


def _head(lines: Iterable[str], panel: _Panel) -> Layers:
    given = list(lines)
    first = panel.top - 24 - LEADING * (len(given) - 1)
    placed = [{"text": line, "y": first + LEADING * k} for k, line in enumerate(given)]
    return [texts(placed, fixed(panel.left), colour=SOFT)]


# who stands in the way


def _told_apart(subject: Subject) -> dict[str, list[str]]:
    """For each member, the sides or options to which it objects, a lane each."""
    return {
        member: [lane for lane in _lanes(subject) if any(one.side == lane for one in found)]
        for member, found in subject.entry.objecting.items()
    }


def _blocking(subject: Subject, panel: _Panel) -> Layers:
    """Bars to the left where texts are too weak, to the right where they are too strong."""
    bars = [
        _bar(subject, panel, middle + LANE * (lanes.index(one.side) - (len(lanes) - 1) / 2), one)
        for middle, (member, lanes) in zip(panel.middles, _told_apart(subject).items(), strict=True)
        for one in subject.entry.objecting[member]
    ]
    axis = _axis(subject, panel)
    return [
        *_sides(subject, panel, axis),
        *(
            areas([b for b in bars if b["weak"] is weak], across("from"), "to", color=colour)
            for weak, colour in ((True, BLUE), (False, VERMILLION))
            if any(b["weak"] is weak for b in bars)
        ),
        *(
            texts([b | {"y": b["mid"]} for b in bars if b["weak"] is weak], across(), align=align)
            for weak, align in ((True, "right"), (False, "left"))
        ),
        *([] if bars else [_nobody(panel, axis)]),
    ]


def _baseline(subject: Subject, panel: _Panel) -> Layer:
    line = [{"y": panel.top - 4, "y2": panel.foot}]
    return uprights(line, fixed(_axis(subject, panel)), stroke=INK, strokeWidth=1.2)


def _axis(subject: Subject, panel: _Panel) -> float:
    """Where no share is: in the middle, or for options at the left."""
    return panel.left + (panel.width / 2 if subject.item.is_scale else 0.0)


def _room(subject: Subject, panel: _Panel) -> float:
    """How long a bar of all draws is, so that every bar leaves room for its label."""
    whole = panel.width / 2 if subject.item.is_scale else panel.width
    bars = [one for found in subject.entry.objecting.values() for one in found]
    left = [(whole - width_of(_value(subject, bar)) - 6) / bar.share for bar in bars]
    return max(min([whole - 30, *left]), 20.0)


def _bar(subject: Subject, panel: _Panel, y: float, one: ObjectionShare) -> Datum:
    sign, axis = (-1 if one.to == "too_weak" else 1), _axis(subject, panel)
    end = axis + sign * one.share * _room(subject, panel)
    return {
        "from": min(axis, end),
        "to": max(axis, end),
        "px": end + 4 * sign,
        "y": y - 5.5,
        "y2": y + 5.5,
        "mid": y,
        "weak": sign < 0,
        "text": _value(subject, one),
    }


def _value(subject: Subject, one: ObjectionShare) -> str:
    """A bar's share, with its side or option where there are several."""
    several = len(_lanes(subject)) > 1
    return f"{cut(one.side, 20)}: {percent(one.share)}" if several else percent(one.share)


def _sides(subject: Subject, panel: _Panel, axis: float) -> Layers:
    """What the two directions are."""
    if not subject.item.is_scale:
        return []
    y = panel.top - 10
    return [
        texts([{"text": "← too weak", "y": y}], fixed(axis - 6), align="right"),
        texts([{"text": "too strong →", "y": y}], fixed(axis + 6)),
    ]


def _nobody(panel: _Panel, axis: float) -> Layer:
    row: Datum = {"text": "nobody in any draw", "y": panel.middles[0]}
    return texts([row], fixed(axis + 6), colour=SOFT)


# how each answers


def _answering(subject: Subject, panel: _Panel) -> Layers:
    segments = [
        segment
        for middle, shares in zip(panel.middles, subject.entry.responses.values(), strict=True)
        for segment in _segments(shares, panel, middle)
    ]
    layers: Layers = []
    for response, colour in RESPONSES.items():
        some = [segment for segment in segments if segment["response"] == response]
        if some:
            layers.append(
                areas(some, across("from"), "to", color=colour, stroke=LINE, strokeWidth=0.6)
            )
    lettered = [segment | {"y": segment["mid"]} for segment in segments if segment["text"]]
    return [*layers, texts(lettered, across(), align="center", colour=BLACK)]


def _segments(shares: ResponseShares, panel: _Panel, middle: float) -> list[Datum]:
    made: list[Datum] = []
    start = panel.left
    for response in RESPONSES:
        share = getattr(shares, response)
        end = start + share * panel.width
        if share > 0.0:
            text = percent(share)
            fits = width_of(text, SMALL) + 4 <= end - start
            made.append(
                {
                    "response": response,
                    "from": start,
                    "to": end,
                    "px": (start + end) / 2,
                    "y": middle - 8,
                    "y2": middle + 8,
                    "mid": middle,
                    "text": text if fits else "",
                }
            )
        start = end
    return made


def _keys(subject: Subject) -> tuple[Key, ...]:
    """The responses that occur."""
    given = subject.entry.responses.values()
    there = [r for r in RESPONSES if any(getattr(shares, r) > 0.0 for shares in given)]
    said = {"no_instructions": "no instructions", "stand_aside": "stand aside"}
    return tuple(
        Key(said.get(r, r), {"shape": "square", "size": 120, "fill": RESPONSES[r], "stroke": LINE})
        for r in there
    )
