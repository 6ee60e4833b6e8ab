"""How often each draft's text would pass, and where the members' limits lie."""

from __future__ import annotations

from comity.dossier.quantity import Exactly
from comity.report.figures import flags
from comity.report.figures.canvas import (
    Datum,
    Layers,
    Specification,
    areas,
    compose,
    curve,
    fixed,
    points,
    rules,
    share_axis,
    texts,
    uprights,
)
from comity.report.figures.figure import Words
from comity.report.figures.labels import few, named
from comity.report.figures.rows import stack
from comity.report.figures.scale import ScaleAxis, spare
from comity.report.figures.style import (
    BLUE,
    FAINT,
    INK,
    LINE,
    MARGIN,
    Frame,
)
from comity.report.words import Subject, number, percent

LEVELS = (0.5, 0.8)
"""Half and four fifths of the draws."""

HEIGHT = 220.0


def chart(subject: Subject, frame: Frame) -> Specification:
    """The passage curve of one item."""
    return _curve(subject, frame) if subject.item.is_scale else _bars(subject, frame)


def words(subject: Subject) -> Words:
    """What is said beside the figure."""
    said = _said_of_curve(subject) if subject.item.is_scale else _said_of_bars(subject)
    return Words("How often each text would pass", _caption(subject), said)


def _caption(subject: Subject) -> str:
    caption = (
        "For each draft, the share of draws in which its text passes, competence and what it "
        "requires set aside. The dashed lines are half and four fifths of the draws"
    )
    if not subject.item.is_scale:
        return f"{caption}."
    near = "; in the grey part a text is too near the reversion to say anything"
    caption = f"{caption}{near if silence(subject) else ''}."
    free = [named(subject, m) for m in subject.entry.limits if not flags.limits_of(subject, m)]
    if not free or len(free) == len(subject.entry.limits):
        return caption
    return f"{caption} Without a limit in the middle draw: {few(free)}."


# on a scale


def _curve(subject: Subject, frame: Frame) -> Specification:
    left = 46.0
    width = frame.width - left - spare(frame) - 2 * MARGIN
    axis = ScaleAxis(subject, frame, width, left)
    flagged = flags.flags(subject, width)
    strip = flags.depth(flagged)
    foot = strip + HEIGHT
    layers = [
        *_grid(strip, width),
        *_silent(subject, axis, strip, foot),
        *axis.marked(foot),
        *flags.drawn(axis, flagged, foot),
        *_line(subject, axis, strip),
        *axis.captions(foot),
    ]
    return compose(
        frame,
        f"{subject.title}: how often each text would pass",
        layers,
        left=left,
        right=spare(frame),
        height=foot,
        top=axis.head,
        bottom=axis.depth + 8,
    )


def _grid(strip: float, width: float) -> Layers:
    """Lines at half and four fifths, fainter ones at the ends; labels on the left."""
    rows: dict[float, Datum] = {
        share: {"y": strip + HEIGHT * (1 - share), "text": f"{share * 100:.0f} %"}
        for share in (0.0, 0.2, 0.5, 0.8, 1.0)
    }
    marked = [row for share, row in rows.items() if share in LEVELS]
    others = [row for share, row in rows.items() if share not in LEVELS]
    return [
        rules(others, fixed(0), fixed(width), stroke=FAINT),
        rules(marked, fixed(0), fixed(width), stroke=LINE, strokeDash=[4, 3]),
        texts(list(rows.values()), fixed(-6), align="right"),
    ]


def _silent(subject: Subject, axis: ScaleAxis, top: float, foot: float) -> Layers:
    """Where a text is too near the reversion to say anything, if that is certain."""
    band = silence(subject)
    if band is None:
        return []
    row = [{"low": max(band[0], 0.0), "high": min(band[1], 100.0), "y": top, "y2": foot}]
    return [areas(row, axis.x("low"), "high", color=FAINT, opacity=0.6)]


def silence(subject: Subject) -> tuple[float, float] | None:
    """The texts that say nothing, if reversion and smallest step are certain."""
    back, step = subject.item.reversion, subject.item.smallest_step
    if isinstance(back, Exactly) and isinstance(step, Exactly):
        return back.value - step.value, back.value + step.value
    return None


def _line(subject: Subject, axis: ScaleAxis, top: float) -> Layers:
    """The curve, broken where texts say nothing."""
    band, passage = silence(subject), subject.entry.passage
    rows = [
        {"at": text, "y": top + HEIGHT * (1 - share), "part": _part(band, text)}
        for text, share in zip(passage.drafts, passage.shares, strict=True)
        if isinstance(text, float) and _part(band, text) is not None
    ]
    return [
        curve(rows, axis.x("at"), stroke=BLUE, strokeWidth=2.2),
        points(rows, axis.x("at"), size=12, fill=BLUE, stroke=BLUE, strokeWidth=0),
    ]


def _part(band: tuple[float, float] | None, text: float) -> str | None:
    if band is None:
        return "whole"
    if text <= band[0]:
        return "below"
    return "above" if text >= band[1] else None


def _said_of_curve(subject: Subject) -> str:
    curve = subject.entry.passage
    most = max(curve.shares)
    top = curve.drafts[curve.shares.index(most)]
    assert isinstance(top, float)
    best = f"The text most likely to pass is {number(top)}, {subject.within(most)}"
    said = [best if most > 0.0 else "No text passes in any draw"]
    tabled = subject.entry.adoption.text_tabled
    if tabled is not None:
        said.append(f"the tabled draft's text passes {subject.within(tabled)}")
    limits = [
        f"{named(subject, member)} accepts texts {side} {number(at)}"
        for member in subject.entry.limits
        for at, side in flags.limits_of(subject, member)
    ]
    told = "; ".join(said)
    return f"{subject.title}. {told}{'; in the middle draw ' if limits else ''}{few(limits, 12)}."


# on options


def _drafts(subject: Subject) -> list[tuple[str, float]]:
    """The options but the reversion, which is no text, with the share of draws that pass each."""
    curve = subject.entry.passage
    return [
        (text, share)
        for text, share in zip(curve.drafts, curve.shares, strict=True)
        if isinstance(text, str) and text != subject.entry.reversion
    ]


def _bars(subject: Subject, frame: Frame) -> Specification:
    drafts = _drafts(subject)
    labels = [f"{o} (tabled draft)" if o == subject.entry.tabled else o for o, _ in drafts]
    rows = stack(frame, labels, 24)
    bars: list[Datum] = [
        {"y": row.middle, "share": share, "none": 0.0, "text": percent(share)}
        for row, (_, share) in zip(rows.rows, drafts, strict=True)
    ]
    lines = [{"share": level, "y": 0.0, "y2": rows.height} for level in LEVELS]
    high, low = ([b for b in bars if (b["share"] > 0.7) is side] for side in (True, False))
    layers = [
        *rows.labels(),
        uprights(lines, share_axis("share"), stroke=LINE, strokeDash=[4, 3]),
        rules(bars, share_axis("none"), "share", stroke=BLUE, strokeWidth=14),
        texts(low, share_axis("share"), dx=6, colour=INK, size=12),
        texts(high, share_axis("share"), dx=-6, align="right", colour="white", size=12),
    ]
    return compose(
        frame,
        f"{subject.title}: how often each option would pass",
        layers,
        left=rows.left,
        height=rows.height,
        bottom=24,
    )


def _said_of_bars(subject: Subject) -> str:
    said = [f"{option} passes {subject.within(share)}" for option, share in _drafts(subject)]
    return f"{subject.title}. {'; '.join(said)}."
