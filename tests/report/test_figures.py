"""Figures as inline SVG and in a notebook: sound, legible, the same every time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

import comity
from comity.dossier import Dossier, loads
from comity.dossier.strategies import dossiers
from comity.ensemble import Forecast
from comity.errors import UnsupportedError
from comity.report.figures import FigureSVG, codings_figure, figures, style, svg_figures
from comity.report.figures.drawing import ITEM_FIGURES
from comity.report.figures.labels import cut, wrapped
from comity.report.figures.svg import render
from comity.report.words import Subject
from report.picture import contrast, parsed, size, texts
from report.samples import AGREED, ASKED, OPTIONS, PLAIN, SIDES, VOTE, seen

CASE = Path(__file__).parents[2] / "examples/cases/yerevan-2022"
SAMPLES = {"plain": PLAIN, "agreed": AGREED, "sides": SIDES, "options": OPTIONS, "asked": ASKED,
           "vote": VOTE}  # fmt: skip


@pytest.fixture(scope="module")
def yerevan() -> Forecast:
    return comity.forecast(comity.load(CASE), draws=1000)


@pytest.fixture(scope="module")
def drawn(yerevan: Forecast) -> dict[str, FigureSVG]:
    found = {f"{i}/{n}": f for i in yerevan.items for n, f in svg_figures(yerevan, i).items()}
    rival = codings_figure(yerevan)
    assert rival is not None
    return found | {"codings": rival}


def crowd(members: int) -> Dossier:
    """Many members with long names, an uncertain reversion and an uncertain draft."""
    ids = [f"m{k}" for k in range(members)]
    name = "The United Federation <b>of</b> Very & Exceedingly Distant Islands"
    positions = {
        m: {"ideal": f"{k % 80}..{k % 80 + 20}", "salience": "40..90", "omega": "0..9",
            "basis": ("stated", "inferred", "assumed")[k % 3]}
        for k, m in enumerate(ids)
    }  # fmt: skip
    return Dossier.model_validate(
        {
            "comity": 1,
            "title": "A crowd",
            "as_of": "2024-05-06",
            "actors": {m: {"name": f"{name} {m}"} for m in ids},
            "bodies": {"body": {"members": ids}},
            "agenda": {
                "item": {
                    "body": "body",
                    "scale": {0: "none", 4: "hardly any", 8: "a little", 100: "all"},
                    "reversion": "40..50",
                    "tabled": "45..60",
                }
            },
            "positions": {"item": positions},
        }
    )


def test_an_item_has_its_figures(drawn: dict[str, FigureSVG]) -> None:
    """Every item of the case has all four figures, and the codings have one."""
    items = ("competence", "assessment", "roadmap", "assistance", "capability")
    names = ("positions", "passage", "objections", "tornado")
    assert list(drawn) == [*(f"{i}/{n}" for i in items for n in names), "codings"]


def test_each_is_sound_and_needs_nothing_else(drawn: dict[str, FigureSVG]) -> None:
    """A picture is well-formed, scales with its column and loads or runs nothing."""
    for figure in drawn.values():
        for svg, width in ((figure.wide, 720.0), (figure.narrow, 350.0)):
            root = parsed(svg)
            assert size(svg)[0] == width
            assert f"max-width:{width:.0f}px" in root.attrib["style"]
            assert root.attrib["role"] == "img"
            assert root.attrib["aria-label"] == figure.alt
            assert "<script" not in svg
            assert "href" not in svg
            assert not re.search(r"https?://(?!www\.w3\.org)", svg)
            assert set(re.findall(r'font-family="([^"]*)"', svg)) == {"sans-serif"}


def test_words_stand_beside_each(drawn: dict[str, FigureSVG]) -> None:
    """Title, caption and alternative text are there, and the caption is short."""
    for figure in drawn.values():
        assert figure.title
        assert figure.caption.endswith(".")
        assert len(figure.caption) < 400
        assert any(word in figure.alt for word in ("%", "none", "accepts")), figure.alt


def legible(svg: str) -> None:
    width, height = size(svg)
    for text in texts(svg):
        assert text.size >= style.SMALL
        assert text.left >= 0, text
        assert text.right <= width, text
        assert 0 <= text.y <= height, text


def test_no_label_is_cut_off(drawn: dict[str, FigureSVG]) -> None:
    """Every text has 11 px or more and lies within the picture, in a wide font too."""
    for figure in drawn.values():
        legible(figure.wide)
        legible(figure.narrow)


@pytest.mark.parametrize("name", SAMPLES)
def test_small_cases_are_legible(name: str) -> None:
    """Without a draft, without doubt, on two sides, on options, by votes: nothing is cut off."""
    found = seen(SAMPLES[name])
    for item in found.items:
        for figure in svg_figures(found, item).values():
            legible(figure.wide)
            legible(figure.narrow)


@pytest.fixture(scope="module")
def crowded() -> Mapping[str, FigureSVG]:
    return svg_figures(comity.forecast(crowd(40), draws=50, workers=1), "item")


def test_one_member_is_legible() -> None:
    """A body of one has all its figures."""
    found = comity.forecast(crowd(1), draws=50, workers=1)
    for figure in svg_figures(found, "item").values():
        legible(figure.wide)
        legible(figure.narrow)


def test_forty_members_are_legible(crowded: Mapping[str, FigureSVG]) -> None:
    """Figures grow with the body; long names are broken, and markup in them is only text."""
    for figure in crowded.values():
        legible(figure.wide)
        legible(figure.narrow)
        assert "<b>" not in figure.wide
    labels = [text.text for text in texts(crowded["positions"].narrow)]
    assert sum("Federation" in text for text in labels) == 40


def test_rows_do_not_run_into_each_other(crowded: Mapping[str, FigureSVG]) -> None:
    """Labels beside rows keep a line apart, however many members there are."""
    for figure in (crowded["positions"], crowded["objections"]):
        ends = [text for text in texts(figure.wide) if text.size == style.TEXT and text.left < 175]
        lines = sorted(text.y for text in ends)
        assert len(lines) > 80
        assert min(b - a for a, b in pairwise(lines)) >= style.TEXT


def test_the_same_forecast_gives_the_same_bytes(
    yerevan: Forecast, drawn: dict[str, FigureSVG]
) -> None:
    """Drawing again, after many other pictures, changes nothing."""
    again = svg_figures(yerevan, "assessment")
    assert again == {name: drawn[f"assessment/{name}"] for name in again}
    assert codings_figure(yerevan) == drawn["codings"]


def test_ids_are_numbered_afresh_under_a_name_of_their_own() -> None:
    """Ids follow the figure, not what the converter drew before, so pictures share a page."""
    clipped = {
        "data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": 3}]},
        "mark": {"type": "line", "clip": True},
        "encoding": {"x": {"field": "a", "type": "quantitative"},
                     "y": {"field": "b", "type": "quantitative"}},
    }  # fmt: skip
    first, second = (render(clipped, "fig-a", "A line") for _ in range(2))
    assert first == second
    ids = re.findall(r'\bid="([^"]+)"', first)
    assert ids
    assert ids == [f"fig-a-{k}" for k in range(1, len(ids) + 1)]
    assert set(re.findall(r"url\(#([^)]+)\)", first)) <= set(ids)
    assert not set(ids) & set(re.findall(r'\bid="([^"]+)"', render(clipped, "fig-b", "")))


def test_charts_display_themselves_in_a_notebook(yerevan: Forecast) -> None:
    """Each chart is Altair's own, valid, and titled, since no page gives it a title."""
    charts = figures(yerevan)
    assert len(charts) == 21
    assert list(figures(yerevan, "roadmap")) == ["positions", "passage", "objections", "tornado"]
    for name in ("assessment/positions", "competence/objections", "codings"):
        shown = charts[name]._repr_mimebundle_()
        assert shown
        assert charts[name].to_dict()["width"] > 300
        assert len(charts[name].to_dict()["layer"]) > 5
    title = charts["assessment/positions"].to_dict()["layer"][0]
    assert title["mark"]["fontWeight"] == "bold"


def test_an_item_that_is_not_there_is_named(yerevan: Forecast) -> None:
    """Asking for another item says which there are."""
    with pytest.raises(UnsupportedError, match="ask for competence, assessment"):
        figures(yerevan, "summit")


def test_nothing_heavy_is_imported_before_a_figure_is_drawn() -> None:
    """`import comity.report` loads neither Altair nor the converter."""
    asked = "import sys, comity.report; print({'altair', 'vl_convert'} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "set()"


def test_a_dossier_without_codings_has_no_figure_of_them() -> None:
    """There is nothing to set side by side without rival codings."""
    found = seen(PLAIN)
    assert codings_figure(found) is None
    assert "codings" not in figures(found)


def test_without_doubt_there_is_no_tornado() -> None:
    """An answer that never varies is moved by nothing, and the figure is left out."""
    assert "tornado" not in svg_figures(seen(AGREED), "text")


def test_text_is_dark_enough() -> None:
    """Every colour of text has a contrast of 4.5 : 1 or more on its ground (WCAG 2.2, AA)."""
    white = "#ffffff"
    for text, ground in (
        (style.INK, white),
        (style.SOFT, white),
        (style.INK, style.SKY),
        (white, style.BLUE),
        (style.BLACK, style.VERMILLION),
        (style.BLACK, style.YELLOW),
        (style.BLACK, style.SKY),
        (style.BLACK, style.FAINT),
    ):
        assert contrast(text, ground) >= 4.5, (text, ground)


def test_lines_never_part_a_share_from_its_sign() -> None:
    """Wrapping keeps `over 99 %` in one piece, and cutting keeps to the room."""
    lines = wrapped("As the objectors see it: tabled 84 %, any over 99 %", 20)
    assert all(not line.startswith("%") for line in lines)
    assert any("over\u00a099\u00a0%" in line for line in lines)
    assert cut("Liechtenstein", 5) == "Liec…"
    assert cut("Chad", 5) == "Chad"


def test_two_members_of_one_name_are_told_apart() -> None:
    """Where two actors share a name, their ids stand with it."""
    same = AGREED.replace("Borland", "Arland")
    shown = [text.text for text in texts(svg_figures(seen(same), "text")["positions"].wide)]
    assert {"Arland (A)", "Arland (B)"} <= set(shown)


@settings(max_examples=25)
@given(dossiers(max_members=6, max_items=2))
def test_any_dossier_can_be_drawn(dossier: Dossier) -> None:
    """Every figure of every dossier has a specification and its words, in all three frames."""
    late = dossier.model_copy(update={"as_of": loads(PLAIN).as_of.replace(year=2200)})
    found = comity.forecast(late, draws=30, workers=1)
    for item in found.items:
        subject = Subject(found, item)
        for figure in ITEM_FIGURES.values():
            if figure.drawable is None or figure.drawable(subject):
                assert figure.words(subject).alt.endswith(".")
                for frame in (style.WIDE, style.NARROW, style.NOTEBOOK):
                    assert figure.chart(subject, frame)["layer"]
