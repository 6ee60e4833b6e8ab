"""What the answer rests on: positions and their rival readings, statements, charter, checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.dossier import CHECKS, Body, Dossier, Finding
from comity.dossier.charter import Charter, Verified
from comity.ensemble.mediation.results import Mediation
from comity.report.readings import PositionTable, positions, quantity, titled
from comity.report.talks_sources import TalksSources, talks_sources
from comity.report.words import actor_name, listed, quoted, title_of

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

VERIFIED = {
    Verified.TEXT: "read in the text",
    Verified.TRANSLATION: "read in a translation alone",
    Verified.QUOTED: "read as quoted or retold",
    Verified.MEMORY: "not checked against the text",
    Verified.ASSUMED: "assumed, no provision found",
}
"""How sure the reading of a clause is, in words."""


@dataclass(frozen=True)
class StatementRow:
    number: int
    speaker: str
    for_: str
    on: str
    venue: str
    standing: str
    gist: str
    source: str
    source_anchor: str
    locator: str


@dataclass(frozen=True)
class SourceRow:
    label: str
    anchor: str
    title: str
    outlet: str
    published: str
    url: str
    note: str


@dataclass(frozen=True)
class ClauseRow:
    title: str
    says: str
    source: str
    verified: str
    sure: bool
    force: str


@dataclass(frozen=True)
class BodyPart:
    """A body: its chair, its meetings, and the clauses of its charter, those in use first."""

    name: str
    charter: str
    facts: tuple[tuple[str, str], ...]
    in_use: tuple[ClauseRow, ...]
    others: tuple[ClauseRow, ...]


@dataclass(frozen=True)
class Doubts:
    """What one check asks, and where the answer is worth a look."""

    question: str
    found: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    positions: tuple[PositionTable, ...]
    talks: tuple[TalksSources, ...]
    codings: tuple[tuple[str, str], ...]
    capability: str
    statements: tuple[StatementRow, ...]
    sources: tuple[SourceRow, ...]
    bodies: tuple[BodyPart, ...]
    doubts: tuple[Doubts, ...]


def sources(
    dossier: Dossier, findings: Iterable[Finding], mediations: Sequence[Mediation] = ()
) -> Sources:
    """All that the answer rests on."""
    numbers = {name: place for place, name in enumerate(dossier.statements, 1)}
    places = {n: (f"S{place}", f"source-{place}") for place, n in enumerate(dossier.sources, 1)}
    return Sources(
        positions=tuple(positions(dossier, item, numbers) for item in dossier.agenda),
        talks=tuple(
            talks_sources(each, number, numbers) for number, each in enumerate(mediations, 1)
        ),
        codings=tuple(
            (titled(coding.title, name), coding.note.strip())
            for name, coding in dossier.codings.items()
        ),
        capability=_capability(dossier),
        statements=tuple(
            _statement(dossier, name, number, places) for name, number in numbers.items()
        ),
        sources=tuple(_source(dossier, name, *place) for name, place in places.items()),
        bodies=tuple(_body(dossier, name, body) for name, body in dossier.bodies.items()),
        doubts=_doubts(dossier, findings),
    )


def day(when: date) -> str:
    """``22 November 2022``."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def seen_on(as_of: date, note: str = "") -> str:
    """``, as it could be seen on 22 November 2022``; nothing where the files bear no day."""
    from comity.dossier.formats.built import day_known
    from comity.dossier.genius.talks import NO_DAY

    known = as_of != NO_DAY and day_known(as_of, note)
    return "" if not known else f", as it could be seen on {day(as_of)}"


def _capability(dossier: Dossier) -> str:
    """The members' capability, equal ones together; empty if nobody has a seat."""
    seated = dict.fromkeys(who for body in dossier.bodies.values() for who in body.members)
    grouped: dict[str, list[str]] = {}
    for who in seated:
        grouped.setdefault(quantity(dossier.actors[who].capability), []).append(who)
    told = (
        f"{listed(actor_name(dossier, who) for who in members)} {says}"
        for says, members in grouped.items()
    )
    return "; ".join(told)


# Statements and publications.


def _statement(
    dossier: Dossier, name: str, number: int, places: Mapping[str, tuple[str, str]]
) -> StatementRow:
    said = dossier.statements[name]
    label, anchor = places[said.source]
    return StatementRow(
        number=number,
        speaker=said.speaker.strip() or "speaker not named",
        for_="for nobody but the speaker" if said.for_ is None else actor_name(dossier, said.for_),
        on=day(said.on),
        venue=said.venue.strip(),
        standing=said.standing.value,
        gist=said.gist.strip(),
        source=label,
        source_anchor=anchor,
        locator=said.locator.strip(),
    )


_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


def _source(dossier: Dossier, name: str, label: str, anchor: str) -> SourceRow:
    source = dossier.sources[name]
    url = (source.url or "").strip()
    return SourceRow(
        label=label,
        anchor=anchor,
        title=source.title.strip() or name,
        outlet=source.outlet.strip(),
        published=day(source.published),
        url=url if _LINK.fullmatch(url) else "",
        note=source.note.strip() if _LINK.fullmatch(url) or not url else f"{url} {source.note}",
    )


# Bodies, charters and checks.


def _body(dossier: Dossier, name: str, body: Body) -> BodyPart:
    charter = dossier.charter(name)
    used = _used(dossier, name, charter)
    rest = [clause for clause in charter.clauses if clause not in used]
    return BodyPart(
        name=body.name.strip() or title_of(name),
        charter=charter.name.strip(),
        facts=_body_facts(dossier, body),
        in_use=tuple(_clause(charter, clause) for clause in used),
        others=tuple(_clause(charter, clause) for clause in rest),
    )


def _used(dossier: Dossier, body: str, charter: Charter) -> list[str]:
    """The clauses that the agenda, the chair and competence rest on."""
    items = [item for item in dossier.agenda.values() if item.body == body]
    rules = [item.competence.rule for item in items if item.competence is not None]
    names = [*(item.procedure for item in items), *(rule for rule in rules if rule is not None)]
    clauses = [charter.procedures[name].clause for name in names if name in charter.procedures]
    named = (*clauses, charter.competence, charter.chair, charter.rotation)
    return list(dict.fromkeys(c for c in named if c is not None and c in charter.clauses))


def _clause(charter: Charter, name: str) -> ClauseRow:
    clause = charter.clauses[name]
    return ClauseRow(
        title=title_of(name),
        says=clause.says.strip(),
        source=clause.source.strip(),
        verified=VERIFIED[clause.verified],
        sure=clause.verified is Verified.TEXT,
        force="practice, not law" if clause.force == "practice" else "",
    )


def _body_facts(dossier: Dossier, body: Body) -> tuple[tuple[str, str], ...]:
    found = [("Members", listed(actor_name(dossier, who) for who in body.members))]
    if body.presidency is not None:
        holder, until = body.presidency.holder, body.presidency.until
        last = "" if until is None else f", until {day(until)}"
        found.append(("Presidency", f"{actor_name(dossier, holder)}{last}"))
        order = listed((actor_name(dossier, who) for who in body.presidency.order), "then")
        found.append(("Order of rotation", order))
    if body.sessions:
        meetings = (
            ", ".join(part for part in (day(s.on), s.title.strip(), s.place.strip()) if part)
            for s in body.sessions
        )
        found.append(("Meetings", "; ".join(meetings)))
    found.append(("Agreement as such is worth to a member", f"{quantity(body.omega)} points"))
    for bloc, members in body.blocs.items():
        found.append((f"Bloc {quoted(title_of(bloc))}",
                      listed(actor_name(dossier, who) for who in members) or "nobody"))  # fmt: skip
    return tuple(found)


def _doubts(dossier: Dossier, findings: Iterable[Finding]) -> tuple[Doubts, ...]:
    grouped: dict[str, list[str]] = {}
    for finding in findings:
        said = _named(dossier, finding.message)
        coding = finding.where.split(".")[1:2] if finding.where.startswith("codings.") else []
        if coding and coding[0] in dossier.codings:
            title = titled(dossier.codings[coding[0]].title, coding[0])
            said = f"In the coding {quoted(title)}: {said}"
        grouped.setdefault(finding.check, []).append(said)
    return tuple(Doubts(_question(check), tuple(found)) for check, found in grouped.items())


def _question(check: str) -> str:
    return CHECKS[check].question if check in CHECKS else title_of(check)


def _named(dossier: Dossier, message: str) -> str:
    """The message of a check with names in place of ids."""

    def name(match: re.Match[str]) -> str:
        found = match[1]
        if found in dossier.actors:
            return actor_name(dossier, found)
        if found in dossier.agenda:
            return title_of(found)
        if found in dossier.bodies:
            return dossier.bodies[found].name.strip() or title_of(found)
        return match[0]

    return re.sub(r"'([\w-]+)'", name, message)
