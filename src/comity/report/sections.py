"""The parts of a page on the agenda and on each item: sentences, tables and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.dossier import Basis
from comity.ensemble.results import Forecast, Limits, ResponseShares, Verdict
from comity.report import sentences
from comity.report.bars import Bar, bar
from comity.report.figures import FigureSVG, svg_figures
from comity.report.sentences.sure import VARIANTS
from comity.report.words import Subject, capital, listed, number, percent, percents, title_of

Sentences = tuple[str, ...]


@dataclass(frozen=True)
class AgendaRow:
    """One line of the answer at the top."""

    anchor: str
    title: str
    question: str
    tabled: Bar | None
    some: Bar
    obstacle: str


@dataclass(frozen=True)
class MemberRow:
    """What one member wants, lets pass and answers."""

    name: str
    wants: str
    lets_pass: str
    matters: str
    support: str
    stand_aside: str
    object: str
    away: str
    basis: Basis


@dataclass(frozen=True)
class VerdictRow:
    """The four shares of adoption under a supposition."""

    label: str
    tabled: str
    some: str
    text_tabled: str
    text_some: str
    heading: bool = False


@dataclass(frozen=True)
class ItemSection:
    """Everything said about one item, in the order of the page."""

    anchor: str
    title: str
    question: str
    core: bool
    facts: tuple[tuple[str, str], ...]
    answer: Sentences
    responses: Sentences
    members: tuple[MemberRow, ...]
    away: bool
    why_not: Sentences
    opening: Sentences
    strongest: Sentences
    chair: Sentences
    procedures: tuple[VerdictRow, ...]
    procedures_note: Sentences
    rounds: Sentences
    content: Sentences
    otherwise: tuple[VerdictRow, ...]
    two_stages: bool
    has_tabled: bool
    moves: Sentences
    basis: Sentences
    figures: Mapping[str, FigureSVG]


def agenda_rows(forecast: Forecast) -> tuple[AgendaRow, ...]:
    """The agenda with its headline shares."""
    return tuple(_agenda_row(forecast, item) for item in forecast.items)


def anchor(forecast: Forecast, item: str) -> str:
    """The place of an item in the page."""
    return f"item-{list(forecast.items).index(item) + 1}"


def _agenda_row(forecast: Forecast, item: str) -> AgendaRow:
    about = Subject(forecast, item)
    shares = about.entry.adoption
    some = bar(shares.any, shares.range.any, shares.range.middle_any)
    assert some is not None
    return AgendaRow(
        anchor=anchor(forecast, item),
        title=about.title,
        question=about.entry.question.strip(),
        tabled=bar(shares.probability, shares.range.probability, shares.range.middle_probability),
        some=some,
        obstacle=sentences.obstacle(forecast, item),
    )


def section(forecast: Forecast, item: str, told: Sentences) -> ItemSection:
    """The section of an item; sentences that were ``told`` for the agenda are not repeated."""
    about = Subject(forecast, item)
    held_up = sentences.holds_up(forecast, item)
    return ItemSection(
        anchor=anchor(forecast, item),
        title=about.title,
        question=about.entry.question.strip(),
        core=about.entry.core,
        facts=_facts(about),
        answer=(
            *sentences.headline(forecast, item),
            *(says for says in held_up if says not in told),
        ),
        responses=sentences.responses(forecast, item),
        members=_members(about),
        away=any(_away(answer) for answer in about.entry.responses.values()),
        why_not=sentences.why_not(forecast, item),
        opening=sentences.opening(forecast, item),
        strongest=sentences.strongest(forecast, item),
        chair=sentences.chair(forecast, item),
        procedures=_procedures(about),
        procedures_note=_procedures_note(about),
        rounds=sentences.rounds(forecast, item),
        content=sentences.content(forecast, item),
        otherwise=_otherwise(about),
        two_stages=bool(about.asked),
        has_tabled=about.entry.tabled is not None,
        moves=sentences.moves(forecast, item),
        basis=sentences.basis(forecast, item),
        figures=svg_figures(forecast, item),
    )


def _facts(about: Subject) -> tuple[tuple[str, str], ...]:
    entry, dossier = about.entry, about.forecast.dossier
    body = dossier.bodies[entry.body].name.strip() or title_of(entry.body)
    by = f", by {about.name(about.item.by)}" if about.item.by else ""
    tabled = "nothing" if entry.tabled is None else f"{about.text(entry.tabled)}{by}"
    found = [
        ("Decided by", body),
        ("Procedure", entry.rule),
        ("If nothing is decided", capital(about.text(entry.reversion))),
        ("On the table", capital(tabled)),
    ]
    if entry.requires:
        found.append(("Needs first", listed(title_of(name) for name in entry.requires)))
    return tuple(found)


def _members(about: Subject) -> tuple[MemberRow, ...]:
    return tuple(
        MemberRow(
            name=about.name(who),
            wants=_wants(limits),
            lets_pass=_lets_pass(about, limits),
            matters=_spread(limits.salience.low, limits.salience.high),
            support=percent(about.entry.responses[who].support),
            stand_aside=percent(about.entry.responses[who].stand_aside),
            object=percent(about.entry.responses[who].object),
            away=percent(_away(about.entry.responses[who])),
            basis=limits.basis,
        )
        for who, limits in about.entry.limits.items()
        if who in about.entry.responses
    )


def _away(answer: ResponseShares) -> float:
    return answer.absent + answer.no_instructions


def _spread(low: float, high: float) -> str:
    return number(low) if number(low) == number(high) else f"{number(low)} to {number(high)}"


def _wants(limits: Limits) -> str:
    if limits.ideal is not None:
        return _spread(limits.ideal.low, limits.ideal.high)
    return _options(limits.prefers)


def _lets_pass(about: Subject, limits: Limits) -> str:
    if limits.accepts is not None:
        return _options({o: s for o, s in limits.accepts.items() if o != about.entry.reversion})
    if limits.low is None or limits.high is None or limits.low.median > limits.high.median:
        return "no text"
    return _spread(limits.low.median, limits.high.median)


def _options(shares: Mapping[str, float] | None) -> str:
    found = [(option, share) for option, share in (shares or {}).items() if share > 0.0]
    return ", ".join(f"{option}: {percent(share)}" for option, share in found) or "none"


def _row(label: str, verdict: Verdict, *, heading: bool = False) -> VerdictRow:
    return VerdictRow(
        capital(label),
        percents(verdict.probability),
        percent(verdict.any),
        percents(verdict.text_tabled),
        percent(verdict.text_any),
        heading,
    )


def _procedures(about: Subject) -> tuple[VerdictRow, ...]:
    others = sentences.alternatives(about.forecast, about.id)
    rows = [_row(name, view) for name, view in others.items()]
    return (_row("as it stands", about.entry.adoption, heading=True), *rows) if rows else ()


def _procedures_note(about: Subject) -> Sentences:
    """The closing sentences on procedures that a table does not show."""
    said = sentences.procedures(about.forecast, about.id)
    return tuple(says for says in said if says.startswith(("Nothing", "Whichever")))


def _otherwise(about: Subject) -> tuple[VerdictRow, ...]:
    """The headline as it stands, with one thing otherwise, and as rival codings have it."""
    rows = [_row("as it stands", about.entry.adoption, heading=True)]
    for name, verdict in sentences.shown_variants(about.forecast, about.id).items():
        rows.append(_row(f"if {VARIANTS[name]}", verdict))
    for name, coding in about.forecast.codings.items():
        coded = coding.items[about.id]
        rows.append(_row(coding.title.strip() or title_of(name), coded))
        rows.append(_row("… and agreement as such worth nothing", coded.omega_zero))
    return tuple(rows)
