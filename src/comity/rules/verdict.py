"""Why given responses adopt a draft, or all that keeps them from it, with the numbers.

The numbers restate what the compiled rule counts, part by part; a contract test holds the two to
one answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from comity.dossier.charter import Charter, Procedure
from comity.dossier.response import Response
from comity.dossier.rule import (
    AllOf,
    AnyOf,
    Attendance,
    Consensus,
    Depends,
    Excluding,
    Fact,
    Group,
    InTurn,
    Limit,
    Measure,
    QualifiedMajority,
    Quota,
    Reasoned,
    Rule,
    Silence,
    SimpleMajority,
    Veto,
)
from comity.rules.compiled import (
    AGAINST,
    FAVOUR,
    IN_BASE,
    OBJECTING,
    PRESENT,
    Answers,
    needed_present,
)
from comity.rules.seating import Seating
from comity.rules.sentence import (
    BASES,
    DOING,
    amount_words,
    attendance_words,
    denied,
    fact_words,
    group_words,
    measure_words,
    needed_in_favour,
    none_objects,
    objecting_words,
    share_words,
)


@dataclass(frozen=True)
class Verdict:
    """Whether a rule, or a part of one, is satisfied, and by how much or by how little."""

    holds: bool
    says: str


def reason(
    procedure: Procedure,
    table: Seating,
    row: Mapping[str, Response],
    charter: Charter,
    *,
    carried: bool,
) -> str:
    """Why these responses adopt the draft, or all that keeps them from it.

    ``carried`` says whether they do; silence may carry what a meeting without a quorum does not.
    """
    verdict = verdict_of(procedure.rule, table, row, charter)
    missing = "" if carried else _missing_quorum(procedure, row)
    if missing and verdict.holds:
        return f"{missing}."
    return f"{missing}; also, {verdict.says}." if missing else f"{_capital(verdict.says)}."


def verdict_of(
    rule: Rule, table: Seating, row: Mapping[str, Response], charter: Charter
) -> Verdict:
    """What responses make of a rule, leaving attendance aside."""
    return _verdict(rule, _Heard(table, row, charter))


@dataclass(frozen=True)
class _Heard:
    """The responses that count at this place in a rule."""

    table: Seating
    row: Mapping[str, Response]
    charter: Charter
    spared: frozenset[str] = frozenset()

    def among(self, group: Group | None) -> _Heard:
        if group is None:
            return self
        chosen = self.table.group(group)
        return replace(self, row={m: r for m, r in self.row.items() if m in chosen})

    def reading(self, group: Group | None, responses: Answers, as_if: Response) -> _Heard:
        """With these responses of a group taken for another."""
        chosen = frozenset(self.row) if group is None else self.table.group(group)
        heard = {m: as_if if m in chosen and r in responses else r for m, r in self.row.items()}
        return replace(self, row=heard)

    def weight(self, answers: Answers, measure: Measure | None) -> Fraction:
        """What those that answer so weigh together."""
        held = dict(zip(self.table.members, self.table.weights(measure), strict=True))
        return sum((held[m] for m, r in self.row.items() if r in answers), Fraction(0))


def _verdict(rule: Rule, heard: _Heard) -> Verdict:
    if isinstance(rule, AllOf | AnyOf | InTurn):
        return _combined(rule, [_verdict(part, heard) for part in rule.rules])
    if isinstance(rule, Depends):
        held = heard.table.holds(rule.on)
        inner = _verdict(rule.then if held else rule.otherwise, heard)
        known = fact_words(rule.on, heard.charter)
        given = known if held else denied(known)
        return Verdict(inner.holds, f"{inner.says} (as {given})")
    if isinstance(rule, Fact):
        held = heard.table.holds(rule.fact)
        known = fact_words(rule.fact, heard.charter)
        return Verdict(held is rule.holds, known if held else denied(known))
    if isinstance(rule, Reasoned):
        bare = frozenset({Response.OBJECT_WITHOUT_REASON})
        return _verdict(rule.rule, heard.reading(None, bare, Response.STAND_ASIDE))
    if isinstance(rule, Excluding):
        return _excluding(rule, heard)
    return _counted(rule, heard)


def _combined(rule: AllOf | AnyOf | InTurn, inner: list[Verdict]) -> Verdict:
    """All that holds, or all that failed: whichever settled it."""
    holds = all(v.holds for v in inner) if isinstance(rule, AllOf) else any(v.holds for v in inner)
    told = [verdict for verdict in inner if verdict.holds is holds]
    if holds and not isinstance(rule, AllOf):
        told = told[:1]
    if holds and isinstance(rule, InTurn) and not inner[0].holds:
        return Verdict(True, f"{told[0].says} (tried first, and failed: {inner[0].says})")
    return Verdict(holds, ", and ".join(dict.fromkeys(verdict.says for verdict in told)))


def _excluding(rule: Excluding, heard: _Heard) -> Verdict:
    if rule.how == "abstaining":
        inner = heard.reading(rule.members, PRESENT, Response.STAND_ASIDE)
        out = heard.table.group(rule.members)
        return _verdict(rule.rule, replace(inner, spared=heard.spared | out))
    out = heard.table.group(rule.members)
    left = {member: r for member, r in heard.row.items() if member not in out}
    return _verdict(rule.rule, replace(heard, row=left))


def _counted(rule: Rule, heard: _Heard) -> Verdict:
    if isinstance(rule, Consensus | Silence):
        return _objections(rule, heard)
    if isinstance(rule, SimpleMajority | QualifiedMajority):
        return _majority(rule, heard)
    if isinstance(rule, Quota):
        return _quota(rule, heard)
    if isinstance(rule, Limit):
        return _limit(rule, heard)
    if isinstance(rule, Attendance):
        return _attendance(rule, heard)
    assert isinstance(rule, Veto)
    return _veto(rule, heard)


def _objections(rule: Consensus | Silence, heard: _Heard) -> Verdict:
    row = heard.among(rule.among).row
    objections = sum(r in OBJECTING for r in row.values())
    if objections == 0:
        lone = "" if Response.SUPPORT in heard.row.values() else ", though none is in favour"
        return Verdict(True, f"{none_objects(rule.among, heard.charter)}{lone}")
    if isinstance(rule, Silence):
        return Verdict(False, f"{objecting_words(objections)}, which breaks the silence")
    many = "1 objection" if objections == 1 else f"{objections} objections"
    permitted = {0: "none is", 1: "1 is"}.get(rule.minus, f"{rule.minus} are")
    return Verdict(objections <= rule.minus, f"{many} where {permitted} allowed")


def _majority(rule: SimpleMajority | QualifiedMajority, heard: _Heard) -> Verdict:
    within = heard.among(rule.among)
    for_it, base = (within.weight(a, rule.weights) for a in (FAVOUR, IN_BASE[rule.of]))
    if rule.among is not None and not within.row:
        return Verdict(False, _nobody_of(rule.among, heard))
    strictly = isinstance(rule, SimpleMajority)
    share = Fraction(1, 2) if isinstance(rule, SimpleMajority) else rule.at_least
    holds = for_it > share * base if strictly else for_it >= share * base and for_it > 0
    if for_it == 0:
        return Verdict(False, "nobody is in favour")
    whose = BASES[rule.of] if rule.among is None else group_words(rule.among, heard.charter)
    if rule.weights is not None:
        wanted = "more than half" if strictly else share_words(share)
        measured = measure_words(rule.weights, heard.charter)
        has = f"those in favour have {_percent(for_it / base, share)} of the {measured}"
        return Verdict(holds, f"{has}; {wanted} is needed")
    needed = needed_in_favour(rule, int(base))
    of_whom = whose.removeprefix("all ").removeprefix("the ")
    said = f"{for_it} of {base} {of_whom} {'is' if for_it == 1 else 'are'} in favour"
    return Verdict(holds, f"{said}; {needed} {'is' if needed == 1 else 'are'} needed")


def _nobody_of(group: Group, heard: _Heard) -> str:
    return f"nobody belongs to the {group_words(group, heard.charter)}"


def _quota(rule: Quota, heard: _Heard) -> Verdict:
    within = heard.among(rule.among)
    for_it = within.weight(FAVOUR, rule.weights)
    holds = for_it >= rule.votes
    if rule.among is not None and not within.row:
        return Verdict(holds, _nobody_of(rule.among, heard))
    if rule.weights is not None:
        measured = measure_words(rule.weights, heard.charter)
        has = f"those in favour have {amount_words(for_it)} {measured}"
        return Verdict(holds, f"{has}; {amount_words(rule.votes)} are needed")
    who = "members" if rule.among is None else f"of the {group_words(rule.among, heard.charter)}"
    said = f"{amount_words(for_it)} {who} {'is' if for_it == 1 else 'are'} in favour"
    needed = "1 is" if rule.votes == 1 else f"{amount_words(rule.votes)} are"
    return Verdict(holds, f"{said.replace('1 members', '1 member')}; {needed} needed")


def _limit(rule: Limit, heard: _Heard) -> Verdict:
    within = heard.among(rule.among)
    against, base = (within.weight(a, rule.weights) for a in (AGAINST[rule.on], IN_BASE[rule.of]))
    measured = "" if rule.weights is None else f" {measure_words(rule.weights, heard.charter)}"
    whose = BASES[rule.of] if rule.among is None else group_words(rule.among, heard.charter)
    one, several = DOING[rule.on]
    do = one if against == 1 else several
    if rule.votes is not None:
        holds = against <= rule.votes
        most = f"at most {amount_words(rule.votes)} may"
        if rule.weights is None:
            members = "member" if against == 1 else "members"
            who = members if rule.among is None else f"of the {whose}"
            return Verdict(holds, f"{amount_words(against)} {who} {do}; {most}")
        said = f"those that {several} have {amount_words(against)}{measured}"
        return Verdict(holds, f"{said}; {most}")
    bound = rule.at_most if rule.at_most is not None else rule.below
    assert bound is not None
    holds = against <= bound * base if rule.at_most is not None else against < bound * base
    share = _percent(against / base, bound) if base else "none"
    most = "at most" if rule.at_most is not None else "fewer than"
    if rule.weights is None:
        of_whom = whose.removeprefix("all ").removeprefix("the ")
        said = f"{amount_words(against)} of {base} {of_whom} {do}"
        return Verdict(holds or not against, f"{said}; {most} {share_words(bound)} may")
    said = f"those that {several} have {share} of the{measured}"
    return Verdict(holds or not against, f"{said}; {most} {share_words(bound)} is allowed")


def _attendance(rule: Attendance, heard: _Heard) -> Verdict:
    within = heard.among(rule.among)
    there = within.weight(PRESENT, rule.weights)
    every = within.weight(frozenset(Response), rule.weights)
    if rule.at_least is not None:
        bound, holds = rule.at_least, there >= rule.at_least * every
    else:
        assert rule.more_than is not None
        bound, holds = rule.more_than, there > rule.more_than * every
    needed = f"{attendance_words(rule)} must be"
    if rule.weights is None:
        return Verdict(holds, f"{there} of {every} members are present; {needed}")
    measured = measure_words(rule.weights, heard.charter)
    share = _percent(there / every, bound) if every else "none"
    return Verdict(holds, f"those present have {share} of the {measured}; {needed}")


def _veto(rule: Veto, heard: _Heard) -> Verdict:
    row = heard.among(rule.holders).row
    bound = {m: r for m, r in row.items() if rule.abstention == "passes" or m not in heard.spared}
    free = OBJECTING if rule.abstention == "passes" else frozenset(Response) - FAVOUR
    stopping = [member for member, r in bound.items() if r in free]
    holders = group_words(rule.holders, heard.charter)
    if not stopping:
        if rule.abstention == "passes":
            return Verdict(True, none_objects(rule.holders, heard.charter))
        return Verdict(True, f"none of the {holders} withholds its support")
    verb = "object" if rule.abstention == "passes" else "withhold their support"
    if len(stopping) == 1:
        verb = "objects" if rule.abstention == "passes" else "withholds its support"
        return Verdict(False, f"{stopping[0]}, one of the {holders}, {verb}")
    return Verdict(False, f"{', '.join(stopping)}, of the {holders}, {verb}")


def _missing_quorum(procedure: Procedure, row: Mapping[str, Response]) -> str:
    members = len(row)
    present, needed = sum(r in PRESENT for r in row.values()), needed_present(procedure, members)
    if present >= needed:
        return ""
    return f"No quorum: {present} of {members} members present, {needed} needed"


def _percent(share: Fraction, bound: Fraction) -> str:
    """A share in per cent, with as many places as keep it apart from the bound."""
    for places in range(1, 12):
        shown = round(share * 100, places)
        if share == bound or shown != bound * 100:
            break
    return f"{float(shown):.{places}f} %"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
