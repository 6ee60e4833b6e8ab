"""What each member wants and what it would let pass, on the item's scale or for its options."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from comity.dossier import Basis
from comity.ensemble.results import Limits, Spread
from comity.report.figures.canvas import (
    Datum,
    Layer,
    Layers,
    Specification,
    across,
    areas,
    compose,
    fixed,
    points,
    rules,
    texts,
    uprights,
)
from comity.report.figures.figure import Words
from comity.report.figures.labels import few, named, seats, wrapped
from comity.report.figures.legend import Key, Legend
from comity.report.figures.rows import Rows, stack
from comity.report.figures.scale import ScaleAxis, spare
from comity.report.figures.style import BLUE, INK, LINE, MARGIN, SKY, SOFT, TEXT, Frame, letters_in
from comity.report.words import Subject, number, percent

NARROWEST_CELL = 86.0
"""Options in narrower cells are numbered, and named under the figure."""

MOST_CLAUSES = 12
"""Members told one by one in the alternative text."""

SHAPES = {Basis.STATED: "circle", Basis.INFERRED: "diamond", Basis.ASSUMED: "circle"}
"""The marker of an ideal by what it rests on; hollow if it is assumed."""


def chart(subject: Subject, frame: Frame) -> Specification:
    """The positions on one item."""
    return _on_scale(subject, frame) if subject.item.is_scale else _on_options(subject, frame)


def words(subject: Subject) -> Words:
    """What is said beside the figure."""
    on_scale = subject.item.is_scale
    return Words(
        title="What each member wants and would let pass",
        caption=_SCALE_CAPTION if on_scale else _OPTIONS_CAPTION,
        alt=_alternative(subject),
    )


_SCALE_CAPTION = (
    "Pale bars: the texts a member would let pass in the middle draw, with the middle four fifths "
    "of draws around each limit. Markers: what it wants, with the middle four fifths of draws."
)
_OPTIONS_CAPTION = (
    "Share of draws in which each member would let each option pass; the darker, the more often. "
    "Behind each name stands what its position rests on."
)


def ideal_basis(limits: Limits) -> Basis:
    """What a member's ideal rests on."""
    return Basis.ASSUMED if "ideal" in limits.assumed else limits.basis


# on a scale


def _on_scale(subject: Subject, frame: Frame) -> Specification:
    labels = [_told(subject, member, seat) for member, seat in seats(subject).items()]
    rows = stack(frame, labels, 26, right=spare(frame))
    axis = ScaleAxis(subject, frame, rows.width, rows.left)
    shown = [
        (row.middle, limits)
        for row, limits in zip(rows.rows, subject.entry.limits.values(), strict=True)
    ]
    legend = Legend(frame, rows.left, _keys(subject))
    height = rows.height + 4
    layers = [
        *axis.marked(height),
        *rows.labels(),
        *_acceptance(axis, shown),
        *_ideals(axis, shown),
        *axis.captions(height),
        *legend.drawn(height + axis.depth + 6),
    ]
    return compose(
        frame,
        _title(subject),
        layers,
        left=rows.left,
        right=rows.right,
        height=height,
        top=axis.head,
        bottom=axis.depth + 6 + legend.depth,
    )


def _told(subject: Subject, member: str, seat: str) -> str:
    """A member, and how often it accepts no text at all."""
    refuses = subject.entry.limits[member].refuses_all
    return f"{seat}, no text {subject.within(refuses)}" if refuses else seat


def _title(subject: Subject) -> str:
    return f"{subject.title}: {words(subject).title.lower()}"


def _keys(subject: Subject) -> tuple[Key, ...]:
    """What the marks mean; of the markers only those that are there."""
    there = {ideal_basis(limits) for limits in subject.entry.limits.values()}
    return (
        Key("would let pass", line=BAND),
        Key("limit, with its range", TICK, RANGE),
        *(Key(f"wants ({b.value})", _marker(b), _stroke(b)) for b in Basis if b in there),
    )


BAND = {"stroke": SKY, "strokeWidth": 10, "opacity": 0.55}
RANGE = {"stroke": INK, "strokeWidth": 1}
TICK = {"shape": "stroke", "angle": 90, "size": 90, "stroke": INK, "strokeWidth": 2.4}


def _acceptance(axis: ScaleAxis, shown: list[tuple[float, Limits]]) -> Layers:
    bars, ranges, ends = [], [], []
    for middle, limits in shown:
        low, high = limits.low, limits.high
        assert low is not None
        assert high is not None
        if low.median <= high.median:
            bars.append({"y": middle - 6, "low": low.median, "high": high.median})
        for limit in (low, high):
            if limit.low < limit.high:
                ranges.append({"y": middle - 6, "low": limit.low, "high": limit.high})
            if 0.0 < limit.median < 100.0:
                ends.append({"y": middle - 11, "y2": middle - 1, "at": limit.median})
    return [
        rules(bars, axis.x("low"), "high", **BAND),
        rules(ranges, axis.x("low"), "high", **RANGE),
        uprights(ends, axis.x("at"), stroke=INK, strokeWidth=2.4),
    ]


def _ideals(axis: ScaleAxis, shown: list[tuple[float, Limits]]) -> Layers:
    layers: Layers = []
    for basis in Basis:
        rows = [
            {"y": middle + 7, **_percentiles(limits.ideal)}
            for middle, limits in shown
            if ideal_basis(limits) is basis and limits.ideal is not None
        ]
        if rows:
            layers.append(rules(rows, axis.x("low"), "high", **_stroke(basis)))
            layers.append(points(rows, axis.x("median"), **_marker(basis)))
    return layers


def _percentiles(spread: Spread) -> dict[str, float]:
    return {"low": spread.low, "median": spread.median, "high": spread.high}


def _stroke(basis: Basis) -> Datum:
    dash = [4, 3] if basis is Basis.ASSUMED else None
    return {"stroke": BLUE, "strokeWidth": 1.6, "strokeDash": dash}


def _marker(basis: Basis) -> Datum:
    fill = "white" if basis is Basis.ASSUMED else BLUE
    return {"shape": SHAPES[basis], "size": 70, "stroke": BLUE, "fill": fill}


def _alternative(subject: Subject) -> str:
    if subject.item.is_scale:
        return _in_full(f"{subject.title}. ", subject, _said_on_scale)
    head = f"{subject.title}. Shares of draws in which each member accepts each option. "
    return _in_full(head, subject, _said_on_options)


def _in_full(head: str, subject: Subject, said: Callable[[Subject, str, Limits], str]) -> str:
    """One clause a member, for the alternative text."""
    clauses = [said(subject, member, limits) for member, limits in subject.entry.limits.items()]
    shown = clauses[:MOST_CLAUSES]
    if len(clauses) > len(shown):
        shown.append(f"and {len(clauses) - len(shown)} more")
    return f"{head}{'; '.join(shown)}."


def _said_on_scale(subject: Subject, member: str, limits: Limits) -> str:
    assert limits.ideal is not None
    assert limits.low is not None
    assert limits.high is not None
    wants = f"{named(subject, member)} wants {number(limits.ideal.median)}"
    refuses = limits.refuses_all
    none = f"no text {subject.within(refuses)}" if refuses else ""
    if limits.low.median > limits.high.median:
        return f"{wants}, accepts {none}"
    some = f"{number(limits.low.median)} to {number(limits.high.median)}"
    return f"{wants}, accepts {some}{', ' if none else ''}{none}"


# on options


def _on_options(subject: Subject, frame: Frame) -> Specification:
    limits = subject.entry.limits
    labels = [f"{seat} ({limits[member].basis.value})" for member, seat in seats(subject).items()]
    rows = stack(frame, labels, 24)
    options = subject.item.option_ids
    cell = rows.width / len(options)
    numbered = cell < NARROWEST_CELL
    heads = [_head(subject, option, place if numbered else None, cell)
             for place, option in enumerate(options, 1)]  # fmt: skip
    cells = list(_cells(rows, subject, cell))
    shares = [datum | {"y": datum["y"] + 11} for datum in cells]
    notes = list(_notes(subject, frame, numbered))
    top = 13.0 * max(len(head) for head in heads) + 6
    layers = [
        *rows.labels(),
        _heat(cells),
        texts(shares, across(), align="center", size=TEXT),
        texts(
            [
                {"text": line, "px": (place + 0.5) * cell, "y": 13 * k - top + 4}
                for place, head in enumerate(heads)
                for k, line in enumerate(head)
            ],
            across(),
            align="center",
        ),
        texts(
            [{"text": note, "y": rows.height + 16 + 13 * k} for k, note in enumerate(notes)],
            fixed(-rows.left),
            colour=SOFT,
        ),
    ]  # fmt: skip
    return compose(
        frame,
        _title(subject),
        layers,
        left=rows.left,
        height=rows.height,
        top=top,
        bottom=16.0 + 13 * len(notes),
    )


def _head(subject: Subject, option: str, place: int | None, cell: float) -> tuple[str, ...]:
    if place is not None:
        return (str(place),)
    return wrapped(_marked(subject, option), letters_in(cell - 6))


def _marked(subject: Subject, option: str) -> str:
    entry = subject.entry
    role = {entry.reversion: " (reversion)", entry.tabled: " (tabled draft)"}.get(option, "")
    return f"{option}{role}"


def _notes(subject: Subject, frame: Frame, numbered: bool) -> Iterator[str]:
    """Under the figure: what each option says."""
    options: Mapping[str, str] = subject.item.options or {}
    for place, (option, says) in enumerate(options.items(), 1):
        name = f"{place}: {_marked(subject, option)}" if numbered else option
        text = name if says in ("", option) else f"{name}: {says}"
        if numbered or text != name:
            yield from wrapped(text, letters_in(frame.width - 2 * MARGIN), most=4)


def _cells(rows: Rows, subject: Subject, cell: float) -> Iterator[Datum]:
    for row, limits in zip(rows.rows, subject.entry.limits.values(), strict=True):
        for place, share in enumerate((limits.accepts or {}).values()):
            yield {
                "px": (place + 0.5) * cell,
                "left": place * cell + 1,
                "right": (place + 1) * cell - 1,
                "y": row.middle - 11,
                "y2": row.middle + 11,
                "share": share,
                "text": percent(share),
            }


def _heat(cells: list[Datum]) -> Layer:
    """A cell for each member and option, from white to sky blue."""
    shade = {"domain": [0, 1], "range": ["white", SKY], "interpolate": "rgb"}
    fill = {"field": "share", "type": "quantitative", "legend": None, "scale": shade}
    return areas(cells, across("left"), "right", fill=fill, stroke=LINE, strokeWidth=0.6)


def _said_on_options(subject: Subject, member: str, limits: Limits) -> str:
    shares = [f"{option} {percent(share)}" for option, share in (limits.accepts or {}).items()]
    return f"{named(subject, member)}: {few(shares, 8)}"
