"""Capability on an EU decision by the power to decide under the rule in force (conventions §62).

The game is that of adopting or amending a proposal of the Commission: under codecision the
Parliament must agree; in the Council a qualified majority is enough if the Commission agrees, and
unanimity if it does not (Treaty establishing the European Community, art. 250, para. 1, later
Treaty on the Functioning of the European Union, art. 293, para. 1). Where the Council decides by
unanimity, only that is asked of it. Under consultation the Parliament decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from frozendict import frozendict

from comity.dossier.charter import Procedure
from comity.dossier.formats.deu import Capabilities, council_votes, equal
from comity.dossier.formats.deu_law import Council, council, councils
from comity.dossier.formats.deu_table import Row
from comity.dossier.frozen import Amount
from comity.dossier.response import Base
from comity.dossier.rule import (
    AllOf,
    AnyOf,
    Limit,
    QualifiedMajority,
    Quota,
    Rule,
    SimpleMajority,
    Veto,
)
from comity.errors import UnsupportedError
from comity.rules.power import power_at
from comity.rules.seating import Seating

INSTITUTIONS = ("COM", "EP")


def capability_rule(name: str) -> Capabilities:
    """The rule of that name. Raises ``UnsupportedError`` listing all names if there is none."""
    if name not in RULES:
        raise UnsupportedError(
            "there is no such rule for capabilities",
            found=name,
            mend=f"take one of {', '.join(RULES)}",
        )
    return RULES[name]


def shapley_shubik(row: Row) -> dict[str, float]:
    """Each actor's Shapley–Shubik value in the game of the proposal, among all members then."""
    law = council(row.positions, row.decided or row.introduced)
    values = values_in(law.name, row.procedure, row.vote)
    return {who: values.get(who, 0.0) for who in row.positions}


RULES: Mapping[str, Capabilities] = {
    "council_votes": council_votes,
    "shapley_shubik": shapley_shubik,
    "equal": equal,
}
"""Name to rule, the one that is taken unless another is asked for first."""


@cache
def values_in(law: str, procedure: str, vote: str) -> Mapping[str, float]:
    """Shapley–Shubik values of Council members, Commission (COM) and Parliament (EP)."""
    held = next(known for known in councils() if known.name == law)
    members = (*held.members, *INSTITUTIONS)
    found = power_at(Procedure(rule=game(held, procedure, vote)), Seating(members))
    return frozendict(zip(members, found.shapley_shubik, strict=True))


def game(law: Council, procedure: str, vote: str) -> Rule:
    """The rule by which a proposal is adopted, amended or not."""
    unanimous = Limit(on="object", votes=Fraction(0), among=law.members)
    rule: Rule = unanimous
    if vote != "Unan":
        agreed = AllOf(rules=(_agrees("COM"), *_qualified(law)))
        rule = AnyOf(rules=(agreed, unanimous))
    return AllOf(rules=(_agrees("EP"), rule)) if procedure == "COD" else rule


def _agrees(who: str) -> Rule:
    return Veto(holders=(who,), abstention="blocks")


def _qualified(law: Council) -> list[Rule]:
    """Everything that a qualified majority of all members needs."""
    asked: list[Rule] = []
    if law.quota is not None and law.votes is not None:
        asked.append(Quota(votes=Fraction(law.quota), weights=_weights(law.votes)))
    if law.at_least_half:
        asked.append(SimpleMajority(of=Base.MEMBERS, among=law.members))
    if law.states is not None:
        asked.append(QualifiedMajority(at_least=law.states, of=Base.MEMBERS, among=law.members))
    if law.people is not None:
        asked.append(_of_people(law, law.people))
    return asked


def _of_people(law: Council, least: Fraction) -> Rule:
    people = QualifiedMajority(
        at_least=least, of=Base.MEMBERS, among=law.members, weights=_weights(law.population)
    )
    if not law.four:
        return people
    few = Limit(on="not_in_favour", votes=Fraction(3), among=law.members)
    return AnyOf(rules=(people, few))


def _weights(held: Mapping[str, int] | Mapping[str, Fraction]) -> frozendict[str, Amount]:
    """Weights of the Council's members; Commission and Parliament have none in its vote."""
    counted = {who: Fraction(weight) for who, weight in held.items()}
    return frozendict(counted | dict.fromkeys(INSTITUTIONS, Fraction(0)))
