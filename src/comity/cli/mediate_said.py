"""A mediation for people: the answer first, then its reasons, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable

from comity.cli import streams
from comity.cli.heading import put_heading, put_section, put_title
from comity.cli.mediate_tables import put_first, put_gains, put_menu, put_solutions
from comity.ensemble.mediation.results import Mediation
from comity.report.sentences import talks as says
from comity.report.talks_words import AboutTalks


def put_mediation(found: Mediation) -> None:
    """Print what a mediation says, the answer first."""
    about = AboutTalks(found)
    if about.one_reading:
        put_title(found, "Talks")  # nothing was drawn
    else:
        put_heading(found, "Talks")
    _put_lines(says.who(found))
    _put_lines(says.reading(found))
    _put_answer(about)
    _put_menu(about)
    _put_section("is an agreement possible", says.possible(found))
    _put_lines(says.claims(found))
    _put_paragraph(says.claims_note(found))
    _put_section("what stands in the way", says.conflicts(found))
    _put_lines(says.relaxations(found))
    _put_section("trades", ())
    _put_lines(says.trades(found))
    if about.first is not None:
        _put_section("is proposal 1 fair, and would it last", says.fairness(found))
    _put_lines_under("the single text", says.text(found))
    _put_section("the one question to ask", says.question(found))
    _put_frontier(about)
    _put_section("how sure", says.sure(found))
    _put_lines_under("before you use this", says.caveats(found))


def _put_answer(about: AboutTalks) -> None:
    put_section("the answer")
    _put_paragraph(says.answer(about.mediation))
    _put_lines(says.why(about.mediation))
    _put_paragraph(says.caution(about.mediation))
    if about.first is not None:
        put_section("what proposal 1 says")
        put_first(about)


def _put_menu(about: AboutTalks) -> None:
    if about.first is None:
        return
    _put_section("the menu", says.menu(about.mediation))
    if len(about.mediation.proposals) > 1 or not about.one_reading:
        put_menu(about)
    streams.put()
    put_gains(about)
    streams.put()
    _put_lines(filter(None, (says.differences(about, v) for v in about.mediation.proposals[1:])))
    _put_lines(filter(None, (says.improved(about, v) for v in about.mediation.proposals)))
    _put_lines(says.tabled(about.mediation))


def _put_frontier(about: AboutTalks) -> None:
    found = about.mediation
    _put_section("the frontier and the solutions", says.frontier(found))
    put_solutions(about)
    _put_lines(says.solutions(found))
    _put_paragraph(says.rules(found))
    _put_paragraph(says.solution_basis(found))
    _put_lines(says.division(found))


def _put_section(title: str, said: Iterable[str]) -> None:
    put_section(title)
    _put_paragraph(said)


def _put_lines_under(title: str, said: Iterable[str]) -> None:
    lines = tuple(said)
    if lines:
        put_section(title)
        _put_lines(lines)


def _put_lines(said: Iterable[str]) -> None:
    for line in said:
        streams.put_prose(line)


def _put_paragraph(said: Iterable[str]) -> None:
    if text := " ".join(said):
        streams.put_prose(text)
