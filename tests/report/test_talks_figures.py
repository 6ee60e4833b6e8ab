"""Figures of talks: the frontier where it lies, legible, light, and the same every time."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.ensemble.mediation import Mediation
from comity.report.figures import figures, frontier, profiles, talks_figures
from comity.report.figures.axes import ranged
from comity.report.figures.frontier import FIRST, POINT, PROPOSAL, SOLUTION, Plane
from comity.report.figures.marked import marks
from comity.report.figures.placing import Box, placed, square
from comity.report.figures.profiles import MOST_LINES, Profiles
from comity.report.figures.style import NARROW, WIDE
from comity.report.figures.svg import render
from comity.report.talks_words import AboutTalks
from report.picture import contrast, layers, size, texts
from report.talks_samples import PAIR, STUCK, THREE, many_points, mediated


def _about(text: str) -> AboutTalks:
    return AboutTalks(mediated(text))


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_every_frontier_point_stands_where_it_is_worth(frame) -> None:
    """Points lie at their utilities: linear in both, the second party's upwards."""
    about = _about(PAIR)
    plane = Plane.of(about, frame)
    drawn = layers(frontier.chart(about, frame), "point", **POINT)
    wanted = {
        (round(plane.x(a), 1), round(plane.y(b), 1)) for a, b in about.mediation.frontier.utilities
    }
    assert {(row.get("px"), row["y"]) for row in drawn} >= wanted
    low, high = plane.across.low, plane.across.high
    assert plane.x(low) == 0.0
    assert plane.x((low + high) / 2) == pytest.approx(plane.across.length / 2)
    assert plane.y(plane.down.high) == pytest.approx(0.0)


def test_the_first_proposal_is_told_from_the_others() -> None:
    """The first is a filled circle at its utilities, the others are hollow, all are numbered."""
    about = _about(PAIR)
    plane = Plane.of(about, WIDE)
    drawn = frontier.chart(about, WIDE)
    first = about.first
    assert first is not None
    at = [party.utility for party in first.parties]
    filled = layers(drawn, "point", **FIRST)
    assert [(row["px"], row["y"]) for row in filled] == [(plane.x(at[0]), plane.y(at[1]))]
    assert PROPOSAL["fill"] != FIRST["fill"]
    numbers = {row["text"] for row in layers(drawn, "text", fontWeight="bold")}
    assert "1" in numbers
    assert contrast(FIRST["fill"], "#ffffff") >= 4.5


def test_shapes_tell_apart_what_colours_do() -> None:
    """Proposals, solutions and points differ in shape or size, for black and white."""
    kinds = [(style["shape"], style["size"]) for style in (POINT, PROPOSAL, SOLUTION)]
    assert len(set(kinds)) == 3
    styles = [(*s.get("strokeDash", ()), s["strokeWidth"]) for s in profiles.PROPOSALS]
    assert len(set(styles)) == len(styles)
    assert len(set(profiles.SHAPES.values())) == len(profiles.SHAPES)


def test_reservation_values_and_ceiling_are_marked() -> None:
    """No agreement lies at each party's reservation value; nothing lies inside the corner."""
    about = _about(PAIR)
    plane = Plane.of(about, WIDE)
    lines = layers(frontier.chart(about, WIDE), "rule", **frontier.NO_DEAL)
    d1, d2 = about.mediation.reservation
    assert plane.x(d1) in [row.get("px") for row in lines]
    assert plane.y(d2) in [row["y"] for row in lines]
    assert plane.corner is not None
    px, y = plane.corner
    inside = [(a, b) for a, b in plane.spots if a > px + 0.1 and b < y - 0.1]
    assert inside == []


def test_far_away_reservation_values_are_left_off_and_named() -> None:
    """A reservation value that would squeeze the frontier is not drawn, but told."""
    found = replace(mediated(PAIR), reservation=(-5000.0, 20.0))
    about = AboutTalks(found)
    plane = Plane.of(about, WIDE)
    assert plane.shown_reservation[0] is None
    assert "lies off the figure for Alba (-5,000)" in frontier.words(about).caption


@pytest.mark.parametrize("text", [PAIR, THREE])
@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_no_label_is_cut_off(text: str, frame) -> None:
    """Every text lies within the picture, in a wide font too."""
    about = _about(text)
    kind = frontier if frontier.drawable(about) else profiles
    svg = render(kind.chart(about, frame), "t", "x")
    width, height = size(svg)
    for text_ in texts(svg):
        assert text_.left >= -1.0, text_
        assert text_.right <= width + 1.0, text_
        assert 0.0 <= text_.y <= height + 1.0, text_
        assert text_.size >= 11.0


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_labels_do_not_cover_one_another(frame) -> None:
    """The labels of marks stand apart from each other and from every mark."""
    plane = Plane.of(_about(PAIR), frame)
    boxes = [label.box for label, _, _ in plane.labels]
    assert boxes
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))
    marked = [square(px, y, 10.0) for _, px, y in plane.marks]
    assert not any(a.meets(b) for a in boxes for b in marked)


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300)), max_size=12))
def test_labels_are_placed_apart_or_not_at_all(points: list[tuple[float, float]]) -> None:
    """Whatever stands where, placed labels neither meet nor leave the plane."""
    edge = Box(0.0, 0.0, 400.0, 300.0)
    found = placed([("Kalai–Smorodinsky", x, y) for x, y in points], [], edge)
    boxes = [label.box for label in found if label is not None]
    assert len(found) == len(points)
    assert all(box.within(edge) for box in boxes)
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))


def test_a_frontier_of_thousands_of_points_is_light() -> None:
    """Points that would cover one another are drawn once: 20,000 stay under 200 kB."""
    found = many_points(mediated(PAIR), 20_000)
    drawn = talks_figures(found, "talks-1")["frontier"]
    assert len(drawn.wide) < 200_000
    assert "20,000 frontier points" in drawn.alt
    plane = Plane.of(AboutTalks(found), WIDE)
    assert 100 < len(plane.spots) < 1000
    columns = sorted(px for px, _ in plane.spots)
    assert max(b - a for a, b in pairwise(columns)) < 8.0, "no gap where points lie"


def test_many_points_of_three_parties_are_thinned_and_told() -> None:
    """So many lines are drawn, ends included, and the caption says of how many."""
    found = mediated(THREE)
    point = found.frontier.utilities[0]
    points = tuple((point[0] - k / 100, point[1] + k / 100, point[2]) for k in range(3000))
    listed = replace(found.frontier, points=3000, utilities=points)
    about = AboutTalks(replace(found, frontier=listed))
    shown = Profiles(about, WIDE)
    assert len(shown.drawn) == MOST_LINES
    assert (shown.drawn[0], shown.drawn[-1]) == (points[0], points[-1])
    assert f"Of 3,000 points {MOST_LINES} are drawn" in profiles.words(about).caption
    assert len(render(profiles.chart(about, WIDE), "t", "x")) < 200_000


def test_lines_of_three_parties_run_through_their_utilities() -> None:
    """The first proposal's line meets each party's row at what it is worth to that party."""
    about = _about(THREE)
    shown = Profiles(about, WIDE)
    drawn = layers(profiles.chart(about, WIDE), "line", **profiles.PROPOSALS[0])
    first = about.first
    assert first is not None
    wanted = [round(shown.px(k, party.utility), 1) for k, party in enumerate(first.parties)]
    assert [row["px"] for row in drawn if row["part"] == "p1"] == wanted


def test_what_nobody_can_agree_is_not_drawn() -> None:
    """Talks without an allowed package have no figure."""
    assert talks_figures(mediated(STUCK), "talks-1") == {}
    assert figures(mediated(STUCK)) == {}


def test_a_single_point_is_drawn() -> None:
    """A frontier of one point, and one of points worth the same to a party, have an axis."""
    found = mediated(PAIR)
    listed = replace(found.frontier, points=1, utilities=found.frontier.utilities[:1])
    alone = replace(found, frontier=listed, proposals=(), solutions={}, tabled={})
    assert "1 frontier point;" in talks_figures(alone, "t")["frontier"].alt
    one = ranged([5.0, 5.0], [], 100.0)
    assert one.low < 5.0 < one.high


@given(
    st.floats(-1e6, 1e6, allow_nan=False),
    st.floats(1e-6, 1e6, allow_nan=False),
    st.floats(200, 700),
)
def test_ticks_are_round_few_and_within(low: float, span: float, length: float) -> None:
    """Every axis has ticks within its range, not too near one another, each named differently."""
    axis = ranged([low, low + span], [], length)
    ticks = axis.ticks(50.0)
    assert 1 <= len(ticks) <= length / 49 + 1
    assert all(axis.low - 1e-6 * span <= at <= axis.high + 1e-6 * span for at, _ in ticks)
    names = [name for _, name in ticks]
    assert len(set(names)) == len(names)


def test_pictures_are_the_same_again_and_carry_their_words() -> None:
    """The same talks give the same bytes; the picture is named by what it shows."""
    found: Mediation = mediated(PAIR)
    one, two = (talks_figures(found, "talks-1")["frontier"] for _ in range(2))
    assert one == two
    assert 'role="img"' in one.wide
    assert "Alba from" in one.alt
    for mark in marks(AboutTalks(found)):
        assert mark.label in one.alt
    chart = figures(found)["frontier"]
    assert chart.to_dict()["layer"]
