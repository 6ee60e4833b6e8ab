"""Rules, and what they made of a set of responses, in plain English."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from comity.dossier.charter import Binding, Procedure
from comity.dossier.response import Base, Response
from comity.dossier.rule import Consensus, QualifiedMajority, Rule, Silence, SimpleMajority
from comity.rules.compiled import needed_present

BASES = {
    Base.MEMBERS: "all members",
    Base.PRESENT: "the members present",
    Base.VOTING: "the members present and voting",
}

OTHERS = {
    Base.MEMBERS: "whoever stands aside, stays away or has no instructions counts against",
    Base.PRESENT: "whoever stands aside or has no instructions counts against, "
    "whoever stays away does not count",
    Base.VOTING: "whoever stands aside, stays away or has no instructions does not count",
}

BINDINGS = {
    Binding.ALL: "An adopted decision binds all members.",
    Binding.NOT_OBJECTING: "An adopted decision binds the members that did not object.",
    Binding.SUPPORTING: "An adopted decision binds the members that supported it.",
    Binding.NOBODY: "An adopted decision binds nobody.",
}


def rule_sentence(rule: Rule) -> str:
    """The rule as one sentence."""
    return f"Adopted {_condition(rule)}."


def procedure_sentence(procedure: Procedure) -> str:
    """The rule and the stated quorum as one sentence."""
    condition, quorum = _condition(procedure.rule), procedure.quorum
    if not quorum or isinstance(procedure.rule, Silence):
        return f"Adopted {condition}."
    whose = "all members" if quorum == 1 else f"at least {share_words(quorum)} of the members"
    return f"Adopted {condition}; {whose} must be present."


def binding_sentence(procedure: Procedure) -> str:
    """Whom an adopted decision binds, as one sentence."""
    return BINDINGS[procedure.binds]


def share_words(share: Fraction) -> str:
    """``2/3`` as a fraction, ``72 %`` where that is the plainer way."""
    if share.denominator > 5 and 100 % share.denominator == 0:
        return f"{share * 100} %"
    return str(share)


def reason(procedure: Procedure, counts: Mapping[Response, int]) -> str:
    """Why responses with these counts adopt the draft, or all that keeps them from it."""
    favourable, verdict = _by_rule(procedure.rule, counts)
    missing = _missing_quorum(procedure, counts)
    if missing and favourable:
        return f"{missing}."
    return f"{missing}; also, {verdict}." if missing else f"{_capital(verdict)}."


def _condition(rule: Rule) -> str:
    if isinstance(rule, Silence):
        until = "before the deadline" if rule.hours is None else f"within {_hours(rule.hours)}"
        return f"unless a member objects {until}; silence of every kind is consent"
    if isinstance(rule, Consensus):
        if rule.minus == 0:
            return "when no member objects; absence is not an objection"
        return f"when at most {_members(rule.minus)}; absence is not an objection"
    if isinstance(rule, QualifiedMajority) and rule.at_least == 0:
        return "when at least one member is in favour"
    return f"when {_share_in_favour(rule)}; {OTHERS[rule.of]}"


def _members(objecting: int) -> str:
    return "one member objects" if objecting == 1 else f"{objecting} members object"


def _hours(hours: float) -> str:
    return "1 hour" if hours == 1 else f"{hours:g} hours"


def _share_in_favour(rule: Majority) -> str:
    whose = BASES[rule.of]
    if isinstance(rule, SimpleMajority):
        return f"more than half of {whose} are in favour, so that a tie fails"
    if rule.at_least == 1:
        return f"all {whose.removeprefix('all ')} are in favour"
    return f"at least {share_words(rule.at_least)} of {whose} are in favour"


def _by_rule(rule: Rule, counts: Mapping[Response, int]) -> tuple[bool, str]:
    if isinstance(rule, Consensus | Silence):
        return _by_objections(rule, counts)
    base = sum(counts.values())
    if rule.of is Base.PRESENT:
        base -= counts[Response.ABSENT]
    elif rule.of is Base.VOTING:
        base = counts[Response.SUPPORT] + counts[Response.OBJECT]
    for_it, needed = counts[Response.SUPPORT], needed_in_favour(rule, base)
    if for_it == 0:
        return False, "nobody is in favour"
    of_whom = BASES[rule.of].removeprefix("all ").removeprefix("the ")
    share = f"{for_it} of {base} {of_whom} {'is' if for_it == 1 else 'are'} in favour"
    return for_it >= needed, f"{share}; {needed} {'is' if needed == 1 else 'are'} needed"


def _by_objections(rule: Consensus | Silence, counts: Mapping[Response, int]) -> tuple[bool, str]:
    objections, allowed = counts[Response.OBJECT], allowed_objections(rule)
    if objections == 0:
        lone = "" if counts[Response.SUPPORT] else ", though none is in favour"
        return True, f"no member objects{lone}"
    if isinstance(rule, Silence):
        return False, f"{_members(objections)}, which breaks the silence"
    many = "1 objection" if objections == 1 else f"{objections} objections"
    permitted = {0: "none is", 1: "1 is"}.get(allowed, f"{allowed} are")
    return objections <= allowed, f"{many} where {permitted} allowed"


def _missing_quorum(procedure: Procedure, counts: Mapping[Response, int]) -> str:
    members = sum(counts.values())
    present, needed = members - counts[Response.ABSENT], needed_present(procedure, members)
    if present >= needed:
        return ""
    return f"No quorum: {present} of {members} members present, {needed} needed"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


Majority = SimpleMajority | QualifiedMajority


def needed_in_favour(rule: Majority, base: int) -> int:
    """Members that must be in favour when ``base`` members are counted; always at least one."""
    if isinstance(rule, SimpleMajority):
        return base // 2 + 1
    return max(1, ceil(rule.at_least * base))


def allowed_objections(rule: Consensus | Silence) -> int:
    """Objections that do not block: n under consensus minus n, none under silence."""
    return rule.minus if isinstance(rule, Consensus) else 0
