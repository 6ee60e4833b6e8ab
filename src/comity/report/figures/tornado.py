"""Which inputs move the answer most: the answer with each in its lowest and its highest fifth."""

from __future__ import annotations

from collections.abc import Callable

from comity.ensemble.results import Swing, Tornado
from comity.report.figures.canvas import (
    PERCENT_TICK,
    Channel,
    Datum,
    Layers,
    Specification,
    along,
    compose,
    points,
    rules,
    texts,
    uprights,
)
from comity.report.figures.figure import Words
from comity.report.figures.labels import named
from comity.report.figures.legend import Key, Legend
from comity.report.figures.rows import stack
from comity.report.figures.style import BLUE, INK, LINE, SKY, VERMILLION, Frame
from comity.report.words import Subject, percent, title_of

MOST_BARS = 10

TARGETS = {
    "probability": "the tabled draft is adopted",
    "any": "any text is adopted",
    "text_tabled": "the tabled draft's text passes, competence and what it requires set aside",
    "text_any": "any text passes, competence and what it requires set aside",
    "opening": "the cost of the least opening (salience × points)",
}
"""What each answer of a tornado is, in words."""

FIELDS = {
    "ideal": "ideal",
    "floor": "floor",
    "salience": "salience",
    "omega": "worth of agreement as such (ω)",
    "accepts.low": "lowest text it accepts",
    "accepts.high": "highest text it accepts",
    "reversion": "reversion",
    "smallest_step": "smallest step",
    "tabled": "tabled draft",
}
"""What each input is, in words."""


LOWEST = {"shape": "circle", "size": 52, "fill": "white", "stroke": VERMILLION}
HIGHEST = {"shape": "circle", "size": 52, "fill": BLUE, "stroke": BLUE}
KEYS = (
    Key("input in its lowest fifth", LOWEST),
    Key("in its highest fifth", HIGHEST),
    Key("fifths between, where further out", line={"stroke": LINE}),
)


def drawable(subject: Subject) -> bool:
    """Whether any input moves the answer visibly."""
    return any(tornado.swings for tornado in subject.entry.tornado[:1])


def chart(subject: Subject, frame: Frame) -> Specification:
    """The strongest inputs of the item's first answer, a bar each."""
    tornado = subject.entry.tornado[0]
    shown = tornado.swings[:MOST_BARS]
    rows = stack(frame, [label(subject, swing) for swing in shown], 22, widest=230)
    x = _axis(tornado, shown)
    middles = [row.middle for row in rows.rows]
    legend = Legend(frame, rows.left, KEYS)
    layers = [
        uprights(
            [{"at": tornado.base, "y": -4.0, "y2": rows.height}],
            x("at"),
            stroke=INK,
            strokeWidth=1.4,
        ),
        texts([_base(tornado)], x("at"), align=_lean(tornado, shown)),
        *rows.labels(),
        *_bars(middles, shown, x),
        *legend.drawn(rows.height + 30),
    ]
    return compose(
        frame,
        f"{subject.title}: {words(subject).title.lower()}",
        layers,
        left=rows.left,
        height=rows.height,
        top=14,
        bottom=30 + legend.depth,
    )


def words(subject: Subject) -> Words:
    """What is said beside the figure."""
    tornado = subject.entry.tornado[0]
    share = "" if tornado.target == "opening" else "Share of draws in which "
    caption = (
        f"{share or 'Mean of '}{TARGETS[tornado.target]}, when one input lies in the lowest and "
        "in the highest fifth of its range; behind each stands what it rests on. The upright line "
        "is the answer over all draws."
    )
    said = [f"Over all draws {_shown(tornado, tornado.base)}"]
    said += [
        f"{label(subject, swing)}: {_shown(tornado, swing.fifths[0])} when lowest, "
        f"{_shown(tornado, swing.fifths[-1])} when highest"
        for swing in tornado.swings[:5]
    ]
    return Words("What moves the answer most", caption, f"{subject.title}. {'; '.join(said)}.")


def label(subject: Subject, swing: Swing) -> str:
    """An input in words, with what it rests on."""
    field = FIELDS.get(swing.field) or f"worth of “{swing.field.partition('.')[2]}”"
    who = "" if swing.actor is None else f"{named(subject, swing.actor)}: "
    where = "" if swing.item in (None, subject.id) else f" on {title_of(swing.item or '').lower()}"
    said = f"{who}{field}{where}"
    basis = "" if swing.actor is None else f" ({swing.basis.value})"
    return f"{said[:1].upper()}{said[1:]}{basis}"


def _shown(tornado: Tornado, answer: float) -> str:
    return f"{answer:,.0f}" if tornado.target == "opening" else percent(answer)


def _axis(tornado: Tornado, shown: tuple[Swing, ...]) -> Callable[[str], Channel]:
    """The answers' axis: from 0, a little beyond the largest answer shown."""
    most = max(max(swing.fifths) for swing in shown)
    ticks = {"tickCount": 5, "labelExpr": PERCENT_TICK}
    if tornado.target == "opening":
        return lambda field: along(field, most * 1.08, {"tickCount": 5, "format": ",.0f"})
    return lambda field: along(field, min(most * 1.08, 1.0), ticks)


def _base(tornado: Tornado) -> Datum:
    return {"at": tornado.base, "y": -10.0, "text": f"all draws: {_shown(tornado, tornado.base)}"}


def _lean(tornado: Tornado, shown: tuple[Swing, ...]) -> str:
    most = max(max(swing.fifths) for swing in shown)
    return "right" if tornado.base > most / 2 else "left"


def _bars(middles: list[float], shown: tuple[Swing, ...], x: Callable[[str], Channel]) -> Layers:
    rows = [
        {
            "y": middle,
            "low": swing.fifths[0],
            "high": swing.fifths[-1],
            "least": min(swing.fifths),
            "most": max(swing.fifths),
        }
        for middle, swing in zip(middles, shown, strict=True)
    ]
    return [
        rules(rows, x("least"), "most", stroke=LINE, strokeWidth=1.4),
        rules(rows, x("low"), "high", stroke=SKY, strokeWidth=9),
        points(rows, x("low"), **LOWEST),
        points(rows, x("high"), **HIGHEST),
    ]
