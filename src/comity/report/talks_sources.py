"""What the answer on talks rests on: preferences, limits, claims, packages on the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from comity.dossier import Basis
from comity.dossier.talks import Link, Preference
from comity.ensemble.mediation.results import Mediation, Stated
from comity.report.readings import PositionRow, PositionTable, Reading, quantity
from comity.report.talks_words import AboutTalks
from comity.report.words import capital, percent, quoted, title_of

MOST_OPTIONS = 24
"""Options of an issue whose worth is spelled out."""

Cites = Mapping[str, int]
"""Numbers of the statements."""


@dataclass(frozen=True)
class LimitRow:
    """A red line or a link: whose it is, what it says, and what that rests on."""

    whose: str
    says: str
    holds: str
    basis: Basis
    cites: tuple[int, ...]
    note: str


@dataclass(frozen=True)
class PutForward:
    """A claim or a package on the table, with who said so."""

    title: str
    says: str
    cites: tuple[int, ...]
    note: str


@dataclass(frozen=True)
class TalksSources:
    """What the answer on some talks rests on."""

    title: str
    preferences: PositionTable
    limits: tuple[LimitRow, ...]
    put_forward: tuple[PutForward, ...]


def talks_sources(mediation: Mediation, number: int, cites: Cites) -> TalksSources:
    """The sources of some talks, the ``number``-th of the page."""
    about = AboutTalks(mediation)
    return TalksSources(
        about.title,
        _preferences(about, number, cites),
        tuple(_limits(about, cites)),
        tuple(_put_forward(about, cites)),
    )


def _numbers(names: Iterable[str], cites: Cites) -> tuple[int, ...]:
    return tuple(cites[name] for name in names if name in cites)


# --- preferences


def _preferences(about: AboutTalks, number: int, cites: Cites) -> PositionTable:
    """Issues down, parties across; the reservation values last."""
    parties = about.mediation.parties
    rows = [
        PositionRow(
            about.issue(issue), tuple(_issue(about, party, issue, cites) for party in parties)
        )
        for issue in about.talks.issues
    ]
    if any(about.talks.preferences[party].interactions for party in parties):
        together = tuple(_together(about, party, cites) for party in parties)
        rows.append(PositionRow("Options together", together))
    rows.append(
        PositionRow("No agreement", tuple(_no_agreement(about, party, cites) for party in parties))
    )
    names = tuple(about.name(party) for party in parties)
    return PositionTable(
        "What each party wants", f"preferences-{number}", names, tuple(rows), (), "Issue"
    )


def _issue(about: AboutTalks, party: str, issue: str, cites: Cites) -> Reading:
    held = about.talks.preferences[party].issues[issue]
    return Reading(
        says=tuple(_said(about, issue, held)),
        basis=held.basis,
        cites=_numbers(held.from_, cites),
        note=held.note.strip(),
    )


def _said(about: AboutTalks, issue: str, held: Preference) -> Iterator[tuple[str, str, bool]]:
    """Each judgement on an issue: what it is about, what it says, whether it is assumed."""

    def entry(field: str, label: str, says: str) -> tuple[str, str, bool]:
        return label, says, field in held.assumed and held.basis is not Basis.ASSUMED

    if held.rank is not None:
        yield entry("rank", "Rank", f"{held.rank:g}")
    if held.weight is not None:
        yield entry("weight", "Weight", quantity(held.weight))
    if held.values is not None:
        worth = [(option, quantity(value)) for option, value in held.values.items()]
        yield entry("values", "Worth", _options(about, issue, worth))
    if held.lights is not None:
        lights = [(option, title_of(light.value).lower()) for option, light in held.lights.items()]
        yield entry("lights", "Says", _options(about, issue, lights))
    if held.values is None and held.lights is None:
        yield "Worth", "in proportion to its own part", False


def _options(about: AboutTalks, issue: str, worth: Sequence[tuple[str, str]]) -> str:
    """Options with what is said of each; a long list is cut, and says so."""
    told = [f"{_option(about, issue, option)}: {said}" for option, said in worth[:MOST_OPTIONS]]
    if len(worth) > MOST_OPTIONS:
        told.append(f"and {len(worth) - MOST_OPTIONS:,} more")
    return "; ".join(told)


def _option(about: AboutTalks, issue: str, option: str) -> str:
    """An option, or a point of a quantity, in words."""
    entry = about.talks.issues[issue]
    if entry.divisible is not None:  # worth runs over the party's own part
        return f"{option} {entry.divisible.unit}".strip()
    return about.option(issue, option)


def _together(about: AboutTalks, party: str, cites: Cites) -> Reading:
    held = about.talks.preferences[party].interactions.values()
    if not held:
        return Reading(says=(("", "nothing beyond their sum", False),))
    return Reading(
        says=tuple(
            (capital(about.combination(each.when)), f"{quantity(each.worth)} more",
             each.basis is Basis.ASSUMED)
            for each in held
        ),
        basis=None,
        cites=_numbers((name for each in held for name in each.from_), cites),
        note=" ".join(each.note.strip() for each in held if each.note.strip()),
    )  # fmt: skip


def _no_agreement(about: AboutTalks, party: str, cites: Cites) -> Reading:
    held = about.talks.preferences[party]
    place = about.mediation.parties.index(party)
    if held.reservation is None:
        middle = about.points(about.mediation.reservation[place])
        worth = f"not stated; taken as what holds if nothing is agreed, {middle} in the middle"
    else:
        worth = f"worth {quantity(held.reservation)} points"
    return Reading(
        says=(("", worth, False),),
        basis=held.basis if held.reservation is not None else Basis.ASSUMED,
        cites=_numbers(held.from_, cites),
        note=held.note.strip(),
    )


# --- limits, claims and packages on the table


def _limits(about: AboutTalks, cites: Cites) -> Iterator[LimitRow]:
    for limit in about.mediation.limits:
        if limit.kind == "reservation value":
            continue
        yield LimitRow(
            "Link, binds all" if limit.party is None else about.name(limit.party),
            _rules_out(about, limit),
            percent(limit.holds),
            limit.basis,
            _numbers(limit.from_, cites),
            limit.note.strip(),
        )


def _rules_out(about: AboutTalks, limit: Stated) -> str:
    if limit.party is not None:
        return f"never {about.ruled_out(limit)}"
    return _link_says(about, limit.name, about.talks.links[limit.name])


def _link_says(about: AboutTalks, name: str, link: Link) -> str:
    if link.kind == "if_then":
        return f"if {about.combination(link.if_)}, then {about.combination(link.then)}"
    if link.kind == "together":
        these = "; ".join(about.combination(each) for each in link.these)
        return f"all of these or none: {these}"
    summed = about.issues(link.sum)
    return f"{quoted(title_of(name))}: a sum over {summed} of at most {quantity(link.at_most)}"


def _put_forward(about: AboutTalks, cites: Cites) -> Iterator[PutForward]:
    for name, claim in about.talks.claims.items():
        least = f"at least {float(claim.at_least) * 100:.4g} % of its own best"
        who = about.names(claim.parties) if claim.parties else "every party"
        yield PutForward(
            f"Claim {quoted(title_of(name))}",
            f"{who} gets {least}",
            _numbers(claim.from_, cites),
            claim.note.strip(),
        )
    for name, proposal in about.talks.proposals.items():
        by = "" if proposal.by is None else f", by {about.name(proposal.by)}"
        yield PutForward(
            f"Package {quoted(title_of(name))}{by}",
            about.sentence_of(proposal.package),
            _numbers(proposal.from_, cites),
            proposal.note.strip(),
        )
