"""Figures show the forecast's own numbers, where they belong."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from comity.dossier import Basis
from comity.ensemble.results import ObjectionShare, Passage, Spread, Swing, Tornado
from comity.report.figures import codings, flags, objections, passage, positions, tornado
from comity.report.figures.style import BLUE, NARROW, SKY, VERMILLION, WIDE
from comity.report.words import Subject
from report.picture import layers
from report.samples import OPTIONS, PLAIN, SIDES, seen, set_to

TEXT = Subject(seen(PLAIN), "text")


def test_the_pale_bars_span_the_median_limits() -> None:
    """Acceptance is drawn from the median lower to the median upper limit."""
    bars = layers(positions.chart(TEXT, WIDE), "rule", **positions.BAND)
    drawn = [(bar["low"], bar["high"]) for bar in bars if len(bar) == 3]
    spans = [(lim.low.median, lim.high.median) for lim in TEXT.entry.limits.values()]
    assert drawn[: len(spans)] == spans


def test_ideals_show_their_middle_four_fifths_and_what_they_rest_on() -> None:
    """Markers stand at the median; an assumed ideal is hollow and dashed, others filled."""
    drawn = positions.chart(TEXT, WIDE)
    filled = layers(drawn, "point", fill=BLUE, shape="circle")
    hollow = layers(drawn, "point", fill="white", shape="circle")
    diamonds = layers(drawn, "point", fill=BLUE, shape="diamond")
    wanted = {m: lim.ideal for m, lim in TEXT.entry.limits.items()}
    assert [row["median"] for row in filled if "median" in row] == [wanted["A"].median]
    assert [row["median"] for row in hollow if "median" in row] == [wanted["B"].median]
    assert [row["median"] for row in diamonds if "median" in row] == [wanted["C"].median]
    dashed = layers(drawn, "rule", strokeDash=[4, 3])
    spread = next(row for row in dashed if "low" in row)
    assert (spread["low"], spread["high"]) == (wanted["B"].low, wanted["B"].high)


def test_an_ideal_assumed_in_a_stated_position_counts_as_assumed() -> None:
    """What is listed as assumed is shown so, whatever the position's basis."""
    limits = TEXT.entry.limits["A"]
    assert positions.ideal_basis(limits) is Basis.STATED
    assert positions.ideal_basis(replace(limits, assumed=("ideal",))) is Basis.ASSUMED


def test_who_accepts_no_text_is_named_with_how_often() -> None:
    """A member whose acceptance is empty in some draws is labelled with their share."""
    limits = TEXT.entry.limits
    changed = {**limits, "B": replace(limits["B"], refuses_all=0.3)}
    subject = Subject(set_to(TEXT.forecast, "text", limits=changed), "text")
    said = " ".join(row["text"] for row in layers(positions.chart(subject, NARROW), "text"))
    assert "Borland, no text in 30 % of draws" in said.replace("\u00a0", " ")
    assert "no text in 30 % of draws" in positions.words(subject).alt


def test_options_show_how_often_each_is_accepted() -> None:
    """Cells hold each member's share of draws in which it accepts the option."""
    subject = Subject(seen(OPTIONS), "seat")
    cells = layers(positions.chart(subject, WIDE), "rect")
    shares = [s for lim in subject.entry.limits.values() for s in lim.accepts.values()]
    assert [cell["share"] for cell in cells] == shares
    assert "Borland: nowhere all and north none" in positions.words(subject).alt


def test_reversion_and_draft_stand_at_their_texts() -> None:
    """Both are marked where they lie, and labelled."""
    drawn = positions.chart(TEXT, WIDE)
    at = {row["text"]: row["at"] for row in layers(drawn, "text") if "at" in row}
    assert at == {"reversion 0": 0.0, "tabled draft 80": 80.0}


def curve_of(subject: Subject) -> list[dict[str, float]]:
    return layers(passage.chart(subject, WIDE), "line")


def test_the_curve_has_every_drafts_share() -> None:
    """Heights are the shares of the passage curve, texts that say nothing left out."""
    drafts = TEXT.entry.passage.drafts
    shares = tuple(k / len(drafts) for k in range(len(drafts)))
    subject = Subject(set_to(TEXT.forecast, "text", passage=Passage(drafts, shares)), "text")
    rows = curve_of(subject)
    strip = flags.depth(flags.flags(subject, 600.0))
    found = {row["at"]: 1 - (row["y"] - strip) / passage.HEIGHT for row in rows}
    meant = {text: s for text, s in zip(drafts, shares, strict=True) if text >= 10}
    assert found == pytest.approx(meant)


def test_the_curve_is_broken_at_a_reversion_in_the_middle() -> None:
    """Texts on the two sides of what holds now are never joined."""
    rows = curve_of(Subject(seen(SIDES), "quota"))
    assert {row["part"] for row in rows if row["at"] <= 40} == {"below"}
    assert {row["part"] for row in rows if row["at"] >= 60} == {"above"}
    assert not [row for row in rows if 40 < row["at"] < 60]


def test_limits_are_flagged_where_they_lie() -> None:
    """A lower limit reads `from`, an upper one `up to`; equal ones share a flag."""
    limits = TEXT.entry.limits
    shared = {m: replace(limits[m], high=Spread(20.0, 30.0 + k / 10, 40.0))
              for k, m in enumerate("BC")}  # fmt: skip
    subject = Subject(set_to(TEXT.forecast, "text", limits={**limits, **shared}), "text")
    found = {flag.label: flag.at for flag in flags.flags(subject, 600.0)}
    assert found == {"Arland from 60": 60.0, "Borland, Corland up to 30": pytest.approx(30.05)}


def test_flags_on_one_line_never_overlap() -> None:
    """However many limits there are, two labels on one line keep apart."""
    limits = TEXT.entry.limits["B"]
    crowd = {
        m: replace(limits, high=Spread(0.0, 10.0 + 7 * k, 100.0)) for k, m in enumerate("ABCD")
    }
    subject = Subject(set_to(TEXT.forecast, "text", limits=crowd), "text")
    placed = flags.flags(subject, 250.0)
    assert len(placed) == 4
    spans = [(flag.line, *flags._span(flag, 250.0)) for flag in placed]
    for k, (line, start, end) in enumerate(spans):
        for other, begin, stop in spans[k + 1 :]:
            assert line != other or end <= begin or stop <= start


def test_option_bars_leave_out_what_holds_anyway() -> None:
    """The reversion is no text; each other option has a bar of its share."""
    subject = Subject(seen(OPTIONS), "seat")
    bars = layers(passage.chart(subject, WIDE), "rule", stroke=BLUE)
    assert [bar["share"] for bar in bars] == [subject.entry.passage.shares[1]]


def bars_of(subject: Subject, frame=WIDE) -> tuple[list[float], list[float]]:
    drawn = objections.chart(subject, frame)
    return tuple(
        [row["to"] - row["from"] for row in layers(drawn, "rect", color=colour) if "weak" in row]
        for colour in (BLUE, VERMILLION)
    )


def test_objections_diverge_in_proportion() -> None:
    """Too weak points left, too strong right, each as long as its share."""
    found = {
        "A": (ObjectionShare("above", "too_weak", 0.6),),
        "B": (ObjectionShare("above", "too_strong", 0.3),),
        "C": (),
    }
    subject = Subject(set_to(TEXT.forecast, "text", objecting=found), "text")
    for frame in (WIDE, NARROW):
        weak, strong = bars_of(subject, frame)
        assert weak[0] == pytest.approx(2 * strong[0])
    drawn = objections.chart(subject, WIDE)
    (left,) = [row for row in layers(drawn, "rect", color=BLUE) if row.get("weak")]
    (right,) = [row for row in layers(drawn, "rect", color=VERMILLION) if row.get("weak") is False]
    assert left["to"] == right["from"]
    said = objections.words(subject).alt
    assert "Arland finds texts too weak in 60 % of draws" in said
    assert "Borland finds texts too strong in 30 % of draws" in said


def test_sides_of_a_reversion_in_the_middle_are_named() -> None:
    """Where texts lie on both sides, each bar says on which."""
    subject = Subject(seen(SIDES), "quota")
    labels = [row["text"] for row in layers(objections.chart(subject, WIDE), "text")]
    assert "below: all" in labels
    assert "above: all" in labels


def test_when_nobody_objects_the_figure_says_so() -> None:
    """An empty panel is not left to be guessed at."""
    nobody = dict.fromkeys(TEXT.entry.objecting, ())
    subject = Subject(set_to(TEXT.forecast, "text", objecting=nobody), "text")
    labels = [row["text"] for row in layers(objections.chart(subject, WIDE), "text")]
    assert "nobody in any draw" in labels
    assert "Nobody stands in the way of every text" in objections.words(subject).alt


def test_responses_fill_their_bar() -> None:
    """Each member's responses follow each other and sum to the whole."""
    drawn = objections.chart(TEXT, NARROW)
    segments = [row for row in layers(drawn, "rect") if "response" in row]
    for y in {row["y"] for row in segments}:
        parts = sorted((row["from"], row["to"]) for row in segments if row["y"] == y)
        assert parts[0][0] == 0.0
        assert parts[-1][1] == pytest.approx(350 - 36)
        assert all(a[1] == b[0] for a, b in pairwise(parts))


def test_a_tornado_runs_from_the_lowest_to_the_highest_fifth() -> None:
    """Ends are the answers in the outer fifths; what lies further out between is a line."""
    swing = Swing("positions.text.A.floor", "text", "A", "floor", Basis.INFERRED,
                  (0.2, 0.1, 0.5, 0.9, 0.8), 0.4)  # fmt: skip
    made = Tornado("any", 0.5, (swing,) * 14, {})
    subject = Subject(set_to(TEXT.forecast, "text", tornado=(made,)), "text")
    drawn = tornado.chart(subject, WIDE)
    bars = layers(drawn, "rule", stroke=SKY)
    assert len(bars) == tornado.MOST_BARS
    assert {(bar["low"], bar["high"], bar["least"], bar["most"]) for bar in bars} == {
        (0.2, 0.8, 0.1, 0.9)
    }
    labels = {row["text"] for row in layers(drawn, "text")}
    assert {"Arland: floor (inferred)", "all draws: 50 %"} <= labels
    assert "Arland: floor (inferred): 20 % when lowest, 80 % when highest" in (
        tornado.words(subject).alt
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Arland: ideal (stated)"),
        ({"item": "views"}, "Arland: ideal on views (stated)"),
        ({"field": "values.north"}, "Arland: worth of “north” (stated)"),
        ({"actor": None, "field": "tabled"}, "Tabled draft"),
        ({"item": None, "field": "omega"}, "Arland: worth of agreement as such (ω) (stated)"),
    ],
)
def test_inputs_are_named_in_words(changes: dict[str, str], says: str) -> None:
    """An input's label says whose it is, what it is, on which item and what it rests on."""
    swing = Swing("", "text", "A", "ideal", Basis.STATED, (0.0,) * 5, 0.0)
    assert tornado.label(TEXT, replace(swing, **changes)) == says


def test_the_codings_stand_side_by_side(tmp_path) -> None:
    """Each item has a row for the dossier and for each coding, with both shares."""
    text = PLAIN + "codings: {mild: {title: Mildly read, positions: {text: {A: {ideal: 40}}}}}\n"
    found = seen(text)
    drawn = codings.chart(found, WIDE)
    verdicts = [found.items["text"].adoption, found.codings["mild"].items["text"]]
    assert [r["any"] for r in layers(drawn, "point", **codings.ANY) if "any" in r] == [
        verdict.any for verdict in verdicts
    ]
    assert [r["tabled"] for r in layers(drawn, "point", **codings.TABLED) if "tabled" in r] == [
        verdict.probability for verdict in verdicts
    ]
    said = codings.words(found).alt
    assert "The dossier itself: tabled none, any none; Mildly read: " in said
