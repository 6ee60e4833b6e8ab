"""A forecast for people: the answer, its reasons, what would change it, how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.cli import streams
from comity.cli.heading import put_heading, put_item, put_section

if TYPE_CHECKING:
    from comity.ensemble import Forecast
    from comity.report.words import Subject


def put_answer(forecast: Forecast, items: Sequence[str]) -> None:
    """Print what a forecast says of some items of its agenda, the answer first."""
    from comity.report.words import Subject

    put_heading(forecast, "Forecast")
    _put_agenda(forecast, items)
    for item in items:
        _put_item(Subject(forecast, item))
    _put_codings(forecast, items)
    _put_caveats(forecast)


def _put_agenda(forecast: Forecast, items: Sequence[str]) -> None:
    """The whole agenda at a glance, and what stands before several items alike."""
    from comity.cli.answer_tables import put_agenda
    from comity.report import sentences
    from comity.report.words import listed, title_of

    put_section("the answer")
    if len(items) == len(forecast.items):
        _put_paragraph(sentences.agenda(forecast))
    if items:
        streams.put()
        put_agenda(forecast, items)
    for alike, said in sentences.common(forecast).items():
        if told := [item for item in alike if item in items]:
            _put_labelled(listed(map(title_of, told)), said)


def _put_item(about: Subject) -> None:
    from comity.cli.answer_tables import put_responses, put_shares
    from comity.report import sentences

    put_item(about)
    streams.put()
    _put_paragraph(_told(about, sentences.headline, _competence, sentences.requirements))
    streams.put()
    put_shares(about)
    streams.put()
    put_responses(about)
    _put_labelled("Why", _told(about, sentences.why_not, sentences.sponsor))
    _put_labelled("What would open it", _told(about, sentences.opening, sentences.strongest))
    _put_labelled("What the chair can do", _told(about, sentences.chair))
    _put_labelled("Round by round", _told(about, sentences.rounds))
    _put_labelled("Content", _told(about, sentences.content))
    _put_labelled("How sure", _told(about, sentences.moves, sentences.basis))


def _competence(forecast: Forecast, item: str) -> tuple[str, ...]:
    """Where competence stands, unless it was said for several items at once."""
    from comity.report import sentences

    if any(item in alike for alike in sentences.common(forecast)):
        return ()
    return sentences.competence(forecast, item)


def _told(about: Subject, *parts: Callable[[Forecast, str], tuple[str, ...]]) -> list[str]:
    return [says for part in parts for says in part(about.forecast, about.id)]


def _put_codings(forecast: Forecast, items: Sequence[str]) -> None:
    from comity.cli.answer_tables import put_codings

    if forecast.codings and items:
        put_section("rival codings")
        put_codings(forecast, items)


def _put_caveats(forecast: Forecast) -> None:
    """What to know before the answer is used; what the checks find is told on stderr."""
    from comity.report import sentences

    put_section("before you use this")
    for says in sentences.caveats(replace(forecast, findings=())):
        streams.put_prose(says)


def _put_labelled(label: str, said: Iterable[str]) -> None:
    if text := " ".join(said):
        streams.put()
        streams.put_prose(f"{label}: {text}")


def _put_paragraph(said: Iterable[str]) -> None:
    if text := " ".join(said):
        streams.put_prose(text)
