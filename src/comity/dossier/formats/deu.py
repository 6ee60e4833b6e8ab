"""Decisions of the European Union in the DEU layout, a dossier a proposal (conventions §62)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from frozendict import frozendict

from comity.dossier.body import Actor, Body
from comity.dossier.charter import Charter, Clause, NamedGroup, Procedure, Verified, Weighing
from comity.dossier.formats.deu_law import Council, council, votes_of_the_period
from comity.dossier.formats.deu_table import INSTITUTIONS, NAMES, DeuTable, Row, read_table
from comity.dossier.item import Item
from comity.dossier.model import Dossier
from comity.dossier.position import Basis, Position
from comity.dossier.quantity import Exactly, Uniform
from comity.dossier.response import Base
from comity.dossier.rule import AllOf, AnyOf, Limit, QualifiedMajority, Rule, SimpleMajority, Veto
from comity.errors import UnsupportedError

Capabilities = Callable[[Row], Mapping[str, float]]
"""A rule by which the actors with a position on an issue have their capability."""

MISSING_SALIENCE = 50.0
UNDATED = date(2000, 1, 1)
"""The day of a dossier whose proposal tells none."""


@dataclass(frozen=True)
class Issue:
    """One issue of a proposal: the dossier it stands in, and apart from it what came out."""

    group: str
    dossier: Dossier
    item: str
    outcome: float | None
    line: int
    reversion_known: bool


def read_deu(
    path: Path | str, capabilities: str | Capabilities = "council_votes"
) -> tuple[Issue, ...]:
    """The issues of a file in its order, each in the dossier of its proposal.

    ``capabilities``: ``council_votes``, ``equal``, or a function from a row to actors' means.
    Issues on which nobody has a position are left out. Raises ``DossierError`` for a file that
    is not of the layout.
    """
    return issues_of(read_table(path), capabilities)


def issues_of(
    table: DeuTable, capabilities: str | Capabilities = "council_votes"
) -> tuple[Issue, ...]:
    """The issues of a table that was read; see :func:`read_deu`."""
    means = _rule(capabilities) if isinstance(capabilities, str) else capabilities
    rows = [row for row in table.rows if row.positions]
    dossiers = {
        group: _dossier(group, tuple(held), means)
        for group, held in groupby(sorted(rows, key=attrgetter("group")), key=attrgetter("group"))
    }
    return tuple(
        Issue(r.group, dossiers[r.group], r.id, r.outcome, r.line, r.reversion is not None)
        for r in rows
    )


# --- capabilities -------------------------------------------------------------


def council_votes(row: Row) -> dict[str, float]:
    """Votes in the Council; Commission and Parliament have those of the largest member.

    Votes of fifteen where Poland has no position on the issue, else those of the Treaty of Nice;
    whoever has none of these counts nothing. Under consultation the Parliament counts nothing.
    """
    votes = votes_of_the_period(row.positions)
    means = {who: float(votes.get(who, 0)) for who in row.positions}
    largest = float(max(votes.values()))
    means |= {who: largest for who in INSTITUTIONS.values() if who in means}
    if "EP" in means and row.procedure == "CNS":
        means["EP"] = 0.0
    return means


def equal(row: Row) -> dict[str, float]:
    """All alike, the Parliament under consultation included."""
    return dict.fromkeys(row.positions, 1.0)


_RULES: Mapping[str, Capabilities] = {"council_votes": council_votes, "equal": equal}


def _rule(name: str) -> Capabilities:
    if name not in _RULES:
        raise UnsupportedError(
            "there is no such rule for capabilities",
            found=name,
            mend=f"take one of {', '.join(_RULES)}",
        )
    return _RULES[name]


# --- dossiers -----------------------------------------------------------------


def _dossier(group: str, rows: tuple[Row, ...], means: Capabilities) -> Dossier:
    present = dict.fromkeys(who for row in rows for who in row.positions)
    days = [row.introduced for row in rows if row.introduced is not None]
    title = next((row.title for row in rows if row.title), "")
    return Dossier(
        comity=1,
        title=f"{group} {title}".strip(),
        as_of=min(days, default=UNDATED),
        note="" if days else "The table does not tell when the proposal was made.",
        actors=frozendict(
            {who: Actor(name=NAMES.get(who, who), kind=_kind(who)) for who in present}
        ),
        bodies=frozendict({row.id: _body(row) for row in rows}),
        agenda=frozendict({row.id: _item(row) for row in rows}),
        positions=frozendict({row.id: _positions(row, means(row)) for row in rows}),
    )


def _kind(actor: str) -> str:
    return "institution" if actor in INSTITUTIONS.values() else "state"


def _item(row: Row) -> Item:
    unknown = row.reversion is None
    return Item(
        body=row.id,
        procedure=f"{row.procedure}-{row.vote}",
        question=f"{row.title}, issue {row.id}".lstrip(", "),
        reversion=Uniform(0.0, 100.0) if unknown else Exactly(float(row.reversion or 0.0)),
        tabled=Exactly(row.positions["COM"]) if "COM" in row.positions else None,
        by="COM" if "COM" in row.positions else None,
        assumed=("reversion",) if unknown else (),
    )


def _positions(row: Row, means: Mapping[str, float]) -> frozendict[str, Position]:
    return frozendict({who: _position(row, who, means[who]) for who in row.positions})


def _position(row: Row, who: str, capability: float) -> Position:
    salience = row.saliences.get(who)
    return Position(
        ideal=Exactly(row.positions[who]),
        salience=Exactly(MISSING_SALIENCE if salience is None else salience),
        capability=Exactly(capability),
        basis=Basis.INFERRED,
        assumed=("capability",) if salience is not None else ("salience", "capability"),
    )


def _body(row: Row) -> Body:
    return Body(
        name="Those with a position on the issue",
        members=tuple(row.positions),
        charter=_charter(row),
    )


# --- how it decides -----------------------------------------------------------


def _charter(row: Row) -> Charter:
    """The procedure of the issue, as the Council and the Parliament vote on a proposal."""
    law = council(row.positions, row.decided or row.introduced)
    states = tuple(who for who in row.positions if who in law.members)
    name = f"{row.procedure}-{row.vote}"
    procedure = Procedure(title=name, rule=_vote(row, law, states), clause="vote")
    return Charter(
        name="The European Union, as far as its table tells",
        members=tuple(row.positions),
        groups=_groups(states),
        measures=_measures(row, law, states),
        procedures=frozendict({name: procedure}),
        clauses=frozendict({"vote": _clause(law)}),
    )


def _groups(states: tuple[str, ...]) -> frozendict[str, NamedGroup]:
    if not states:
        return frozendict()
    return frozendict(council=NamedGroup(says="members of the Council", members=states))


def _measures(row: Row, law: Council, states: tuple[str, ...]) -> frozendict[str, Weighing]:
    counted = {"votes": law.votes, "population": law.population if law.people else None}
    held = {
        name: frozendict({who: Fraction(each.get(who, 0)) for who in row.positions})
        for name, each in counted.items()
        if each is not None and states
    }
    return frozendict({name: Weighing(says=name, values=each) for name, each in held.items()})


def _clause(law: Council) -> Clause:
    return Clause(
        says=f"The Council votes by the rule of {law.name}; of members without a position on the "
        "issue nothing is known, so shares are of the others. Under codecision the Parliament "
        "must agree.",
        source="Treaties in force at the time, as in conventions §62",
        verified=Verified.ASSUMED,
    )


def _vote(row: Row, law: Council, states: tuple[str, ...]) -> Rule:
    parts: list[Rule] = []
    if states:
        parts.append(_unanimity() if row.vote == "Unan" else _qualified(law))
    if row.procedure == "COD" and "EP" in row.positions:
        parts.append(Veto(holders=("EP",), abstention="blocks"))
    if not parts:
        return SimpleMajority()
    return parts[0] if len(parts) == 1 else AllOf(rules=tuple(parts))


def _unanimity() -> Rule:
    return Limit(on="object", votes=Fraction(0), among="council")


def _qualified(law: Council) -> Rule:
    """The qualified majority, its thresholds as shares of those with a position."""
    parts: list[Rule] = []
    if law.votes is not None and law.quota is not None:
        share = Fraction(law.quota, sum(law.votes.values()))
        parts.append(_share(share, "votes"))
    if law.at_least_half:
        parts.append(SimpleMajority(of=Base.MEMBERS, among="council"))
    if law.states is not None:
        parts.append(_share(law.states))
    if law.people is not None:
        people = _share(law.people, "population")
        few = Limit(on="not_in_favour", votes=Fraction(3), among="council")
        parts.append(AnyOf(rules=(people, few)) if law.four else people)
    return parts[0] if len(parts) == 1 else AllOf(rules=tuple(parts))


def _share(least: Fraction, weights: str | None = None) -> Rule:
    return QualifiedMajority(at_least=least, of=Base.MEMBERS, among="council", weights=weights)
