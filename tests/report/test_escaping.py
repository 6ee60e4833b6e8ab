"""Whatever a dossier says stays text on the page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from frozendict import frozendict

from comity.dossier import Dossier, load, loads
from comity.dossier.frozen import Model
from comity.ensemble import forecast
from comity.report import report
from comity.report.page import css_string
from report.reading import loads_from_elsewhere, read
from report.samples import PLAIN

SPELLS = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</style></title></svg><script>alert(1)</script>",
    "<!-- --><svg onload=alert(1)>]]>",
    "{{ 7 * 7 }}{% raw %}",
    '\\"}; } * { background: url(http://example.org/x) } \\',
)

FULL = f"""{PLAIN}\
sources:
  paper: {{title: T, outlet: O, published: 2024-01-01, url: 'javascript:alert(1)', note: N}}
statements:
  said: {{speaker: S, for: A, standing: official, on: 2024-01-01, venue: V, source: paper,
    locator: L, gist: G}}
codings:
  rival: {{title: R, note: N, positions: {{text: {{B: {{ideal: 0..5, note: N}}}}}}}}
note: N
handling: H
"""

CHARTER = """\
{name: C, procedures: {substantive: {title: P, rule: consensus, clause: c1}},
 clauses: {c1: {says: S, source: W, verified: memory}}}"""


def _full() -> Dossier:
    return loads(
        FULL.replace(
            "bodies: {council: {name: the Council, members: [A, B, C]}}",
            f"bodies: {{council: {{name: B, members: [A, B, C], charter: {CHARTER}, "
            "sessions: [{on: 2024-06-01, title: T, place: P}]}}",
        ).replace("stated}", "stated, from: [said], note: N}")
    )


def cursed(value: Any, spell: str) -> Any:
    """A model with a spell added to every free text, wherever it stands; ids stay."""
    if isinstance(value, Model):
        free = {
            name: cursed(getattr(value, name), spell)
            for name in type(value).model_fields
            if name not in IDS
        }
        return value.model_copy(update=free)
    if isinstance(value, frozendict):
        return frozendict((key, cursed(entry, spell)) for key, entry in value.items())
    if isinstance(value, tuple):
        return tuple(cursed(entry, spell) for entry in value)
    return f"{value} {spell}" if type(value) is str else value


IDS = {
    "by", "body", "procedure", "source", "for_", "from_", "members", "order", "holder", "clause",
    "requires", "reversion", "tabled", "assumed", "presumption", "decided_by", "rule", "item",
    "presence", "binds", "verified", "force", "chair", "rotation", "competence", "weights",
    "presumptions", "blocs", "accepts", "kind",
}  # fmt: skip


@pytest.mark.parametrize("spell", SPELLS)
def test_markup_in_a_dossier_stays_text(spell: str) -> None:
    """Markup, scripts and style in any field of a dossier come out as inert text."""
    dossier = cursed(_full(), spell)
    assert spell in dossier.actors["A"].name
    assert spell in dossier.agenda["text"].scale[50.0]
    made = report(forecast(dossier, draws=20, workers=1))
    page = read(made.html)
    assert page.faults == []
    assert loads_from_elsewhere(made.html) == []
    assert {element.tag for element in page.elements} <= TAGS
    assert page.words.count(spell) > 20
    assert "alert(1)" not in "".join(style.words for style in page.all("style"))
    assert len(page.all("style")) == 1


TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "p", "header", "h1", "h2", "h3", "h4",
    "nav", "ul", "li", "main", "section", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "span", "strong", "dl", "dt", "dd", "div", "figure", "figcaption", "footer", "cite",
    "svg", "g", "path", "rect", "text", "tspan", "line", "defs", "clippath", "circle",
}  # fmt: skip


def test_only_web_addresses_become_links() -> None:
    """An address that is no plain web address is shown as text."""
    page = read(report(forecast(_full(), draws=20, workers=1)).html)
    assert "javascript:alert(1)" in page.words
    assert not [a for a in page.all("a") if not a.attributes["href"].startswith("#")]


def test_a_web_address_becomes_a_link() -> None:
    """A plain web address is a link and nothing more."""
    dossier = loads(FULL.replace("javascript:alert(1)", "https://example.org/a?b=1&c=2"))
    page = read(report(forecast(dossier, draws=20, workers=1)).html)
    outward = [a for a in page.all("a") if not a.attributes["href"].startswith("#")]
    assert [a.attributes["href"] for a in outward] == ["https://example.org/a?b=1&c=2"]


def test_control_characters_do_not_reach_the_page() -> None:
    """Characters that no page may hold are replaced by one that says so."""
    made = report(forecast(cursed(_full(), "a\x00b\x1bc\x85d\ufffe"), draws=20, workers=1))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", made.html)
    assert "\N{REPLACEMENT CHARACTER}" in made.html


def test_style_strings_cannot_end_early() -> None:
    """A text in the style sheet is written by numbers alone."""
    assert css_string('"}\\</style>') == (
        '"\\000022\\00007d\\00005c\\00003c\\00002f\\000073\\000074\\000079\\00006c\\000065\\00003e"'
    )


def test_the_case_of_the_examples_is_cursed_as_well() -> None:
    """The curse reaches every kind of text of a real case, or the tests above prove little."""
    from report.test_page import CASE

    dossier = cursed(load(CASE), "<b>")
    texts = [
        dossier.note,
        dossier.handling,
        dossier.statements["lukashenko-assistance"].gist,
        dossier.sources["mirror-spectator"].title,
        dossier.positions["assessment"]["ARM"].note,
        dossier.codings["claimant"].positions["assessment"]["BLR"].note,
        dossier.agenda["competence"].options["within"],
    ]
    assert all(text.endswith("<b>") for text in texts)
