"""Rules and procedures in plain English, as a lawyer would read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil

from frozendict import frozendict

from comity.dossier.charter import Binding, Charter, Procedure
from comity.dossier.response import Base, Response
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
    every_part,
    parts,
)

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

_DOES = {
    Response.SUPPORT: ("supports", "support"),
    Response.STAND_ASIDE: ("stands aside", "stand aside"),
    Response.NO_INSTRUCTIONS: ("has no instructions", "have no instructions"),
    Response.OPT_OUT: ("opts out", "opt out"),
    Response.ABSENT: ("stays away", "stay away"),
    Response.OBJECT_WITHOUT_REASON: ("objects without a reason", "object without a reason"),
    Response.OBJECT: ("objects", "object"),
}

BINDINGS = {
    Binding.ALL: "An adopted decision binds all members.",
    Binding.NOT_OBJECTING: "An adopted decision binds the members that did not object.",
    Binding.NOT_OPTING_OUT: "An adopted decision binds the members that did not opt out.",
    Binding.SUPPORTING: "An adopted decision binds the members that supported it.",
    Binding.NOBODY: "An adopted decision binds nobody.",
}

DOING = {
    "object": ("objects", "object"),
    "opt_out": ("opts out or objects", "opt out or object"),
    "not_in_favour": ("is not in favour", "are not in favour"),
}

NAMELESS = Charter(name="", procedures=frozendict())
"""Stands in where a rule is put into words without the charter that names its groups."""


def rule_sentence(rule: Rule, charter: Charter = NAMELESS) -> str:
    """The rule as one sentence, with the words of the charter for groups, measures and facts."""
    return f"{_capital(_whole(rule, charter))}."


def procedure_sentence(procedure: Procedure, charter: Charter = NAMELESS) -> str:
    """The rule, the stated quorum, and the consent to be asked first, as one sentence."""
    rule, quorum, said = procedure.rule, procedure.quorum, ""
    if quorum and not isinstance(rule, Silence):
        whose = "all members" if quorum == 1 else f"at least {share_words(quorum)} of the members"
        said = f"; {whose} must be present"
    if procedure.consent is not None:
        first = charter.procedures.get(procedure.consent)
        how = first.title if first is not None and first.title else procedure.consent
        said += f"; to be used only after the body has agreed to it under the procedure “{how}”"
    return f"{_capital(_whole(rule, charter))}{said}."


def binding_sentence(procedure: Procedure) -> str:
    """Whom an adopted decision binds, as one sentence, and what else it brings about."""
    return " ".join(filter(None, (BINDINGS[procedure.binds], procedure.effect.strip())))


def share_words(share: Fraction) -> str:
    """``2/3`` as a fraction, ``72 %`` where that is the plainer way."""
    if share.denominator > 5 and 100 % share.denominator == 0:
        return f"{share * 100} %"
    return str(share)


def amount_words(amount: Fraction) -> str:
    """``1,234`` or ``18.49`` where that is exact; other fractions as they are."""
    for places in range(7):
        if (amount * 10**places).denominator == 1:
            whole = f"{int(amount * 10**places):0{places + 1}d}"
            cut = len(whole) - places
            return f"{int(whole[:cut]):,}" + (f".{whole[cut:]}" if places else "")
    return str(amount)


def group_words(group: Group, charter: Charter) -> str:
    """A group in words that follow "the"; members that are listed by their ids."""
    if isinstance(group, str):
        return charter.groups[group].says if group in charter.groups else group
    return f"members {joined(group, 'and')}"


def measure_words(measure: Measure, charter: Charter) -> str:
    """What members count by, in words that follow "of the"."""
    if isinstance(measure, str):
        return charter.measures[measure].says if measure in charter.measures else measure
    return "votes"


def attendance_words(rule: Attendance) -> str:
    """How much of the membership must be there."""
    if rule.at_least is not None:
        return f"at least {share_words(rule.at_least)}"
    assert rule.more_than is not None
    share = Fraction(rule.more_than)
    return "more than half" if share == Fraction(1, 2) else f"more than {share_words(share)}"


def moves_words(moves: Mapping[str, Response]) -> str:
    """What members do: ``A and B stand aside, and C supports``."""
    doing: dict[Response, list[str]] = {}
    for member, response in moves.items():
        doing.setdefault(response, []).append(member)
    said = [
        f"{joined(shortened(who), 'and')} {_DOES[response][len(who) > 1]}"
        for response, who in doing.items()
    ]
    return ", and ".join(said)


MOST_NAMED = 12


def shortened(names: Sequence[str]) -> Sequence[str]:
    """All the names, or the first of them and how many there are besides."""
    if len(names) <= MOST_NAMED:
        return names
    return [*names[: MOST_NAMED - 2], f"{len(names) - MOST_NAMED + 2} others"]


def fact_words(fact: str, charter: Charter) -> str:
    """A fact as a clause."""
    return charter.facts[fact].says if fact in charter.facts else f"'{fact}' holds"


def _whole(rule: Rule, charter: Charter) -> str:
    """The sentence without its stop; what silence means stands at the end, or with each part."""
    if len(_tails(rule)) > 1:
        return _adopted(rule, charter, apart=True)
    return f"{_adopted(rule, charter)}{_aside(rule)}"


def _adopted(rule: Rule, charter: Charter, *, apart: bool = False) -> str:
    """What follows at the head of a sentence: adopted when …, adopted unless …

    ``apart``: what silence means differs from part to part, and is said in brackets after each.
    """
    if apart and len(_tails(rule)) <= 1:
        return f"{_adopted(rule, charter)}{_bracketed(rule)}"
    if isinstance(rule, Silence):
        who = "a member" if rule.among is None else f"one of the {group_words(rule.among, charter)}"
        return f"adopted unless {who} objects {_until(rule)}"
    if isinstance(rule, Depends):
        then, otherwise = (_adopted(r, charter, apart=apart) for r in (rule.then, rule.otherwise))
        return f"where {_judged(rule.on, charter)}, {then}; otherwise, {otherwise}"
    if isinstance(rule, InTurn):
        first, *later = (_adopted(part, charter, apart=apart) for part in rule.rules)
        return "; failing that, ".join([first, *(said.removeprefix("adopted ") for said in later)])
    if isinstance(rule, Excluding):
        return f"{_adopted(rule.rule, charter, apart=apart)}, {_leaving_out(rule, charter)}"
    if isinstance(rule, Reasoned):
        inner = _adopted(rule.rule, charter, apart=apart)
        return f"{inner}, counting only objections that give their reason"
    return f"adopted when {_condition(rule, charter, 0, apart=apart)}"


def _condition(rule: Rule, charter: Charter, depth: int, *, apart: bool = False) -> str:
    """A rule as a clause that may be true or false."""
    if apart and len(_tails(rule)) <= 1:
        return f"{_condition(rule, charter, depth)}{_bracketed(rule)}"
    if isinstance(rule, AllOf):
        return _list(rule.rules, "and", charter, depth, apart)
    if isinstance(rule, AnyOf):
        return _list(rule.rules, "or", charter, depth, apart)
    if isinstance(rule, InTurn):
        said = (_condition(r, charter, depth + 1, apart=apart) for r in rule.rules)
        return ", or failing that ".join(said)
    if isinstance(rule, Depends):
        then, otherwise = (
            _condition(r, charter, depth + 1, apart=apart) for r in (rule.then, rule.otherwise)
        )
        return f"where {_judged(rule.on, charter)}, {then}, and otherwise {otherwise}"
    if isinstance(rule, Excluding):
        inner = _condition(rule.rule, charter, depth, apart=apart)
        return f"{inner}, {_leaving_out(rule, charter)}"
    if isinstance(rule, Reasoned):
        inner = _condition(rule.rule, charter, depth, apart=apart)
        return f"{inner}, counting only objections that give their reason"
    return _counted(rule, charter)


_MARKS = (("(a)", "(b)", "(c)", "(d)", "(e)", "(f)"), ("(i)", "(ii)", "(iii)", "(iv)", "(v)"))


def _list(rules: tuple[Rule, ...], word: str, charter: Charter, depth: int, apart: bool) -> str:
    """Conditions in a row; numbered like the points of an article where they are compound."""
    compound = any(_joins(part) for part in rules)
    said = [_condition(part, charter, depth + compound, apart=apart) for part in rules]
    unclear = compound or len(said) > 2 or any("," in clause for clause in said[:-1])
    if unclear and depth < len(_MARKS) and 1 < len(said) <= len(_MARKS[depth]):
        marked = [f"{mark} {clause}" for mark, clause in zip(_MARKS[depth], said, strict=False)]
        return f"{', '.join(marked[:-1])}, {word} {marked[-1]}"
    if word == "or" and len(said) > 1:
        return f"either {', '.join(said[:-1])}, or {said[-1]}"
    return joined(said, word)


def _joins(rule: Rule) -> bool:
    """Whether a rule joins several, itself or within what it is put to."""
    if isinstance(rule, Excluding | Reasoned):
        return _joins(rule.rule)
    return isinstance(rule, AllOf | AnyOf | InTurn | Depends) and len(parts(rule)) > 1


def _counted(rule: Rule, charter: Charter) -> str:
    if isinstance(rule, Consensus):
        return _consensus(rule, charter)
    if isinstance(rule, Silence):
        return f"{none_objects(rule.among, charter)} {_until(rule)}"
    if isinstance(rule, SimpleMajority):
        return f"{_in_favour(rule, 'more than half', charter)}, so that a tie fails"
    if isinstance(rule, QualifiedMajority):
        return _qualified(rule, charter)
    if isinstance(rule, Quota):
        return _quota(rule, charter)
    if isinstance(rule, Limit):
        return _limit(rule, charter)
    if isinstance(rule, Attendance):
        return _attendance(rule, charter)
    if isinstance(rule, Veto):
        if rule.abstention == "passes":
            return none_objects(rule.holders, charter)
        if lone := _alone(rule.holders):
            return f"{lone} is in favour"
        return f"all of the {group_words(rule.holders, charter)} are in favour"
    assert isinstance(rule, Fact)
    says = _judged(rule.fact, charter)
    return says if rule.holds else denied(says)


def denied(says: str) -> str:
    """That a fact does not hold: ``no member asks`` of ``a member asks``."""
    for stated, turned in (("a member ", "no member "), ("there is a ", "there is no ")):
        if says.startswith(stated):
            return turned + says.removeprefix(stated)
    return f"it is not so that {says}"


def _judged(fact: str, charter: Charter) -> str:
    """A fact as a clause, with who judges whether it holds."""
    judge = charter.facts[fact].judged_by if fact in charter.facts else ""
    return fact_words(fact, charter) + (f" (as judged by {judge})" if judge else "")


def _consensus(rule: Consensus, charter: Charter) -> str:
    if rule.minus == 0:
        return none_objects(rule.among, charter)
    if rule.among is not None:
        one = "objects" if rule.minus == 1 else "object"
        return f"at most {_few(rule.minus)} of the {group_words(rule.among, charter)} {one}"
    return f"at most {objecting_words(rule.minus)}"


def _qualified(rule: QualifiedMajority, charter: Charter) -> str:
    weighed = "" if rule.weights is None else f" with {measure_words(rule.weights, charter)}"
    if rule.at_least == 0:
        who = "member" if rule.among is None else f"of the {group_words(rule.among, charter)}"
        return f"at least one {who}{weighed} is in favour"
    if rule.at_least == 1:
        whose = _whose(rule.of, rule.among, charter)
        return f"all {whose.removeprefix('all ')}{weighed} are in favour"
    return _in_favour(rule, f"at least {share_words(rule.at_least)}", charter)


def _in_favour(rule: SimpleMajority | QualifiedMajority, share: str, charter: Charter) -> str:
    whose = _whose(rule.of, rule.among, charter)
    if rule.weights is None:
        return f"{share} of {whose} are in favour"
    return f"those in favour have {share} of the {measure_words(rule.weights, charter)} of {whose}"


def _quota(rule: Quota, charter: Charter) -> str:
    if rule.weights is not None:
        much = f"{amount_words(rule.votes)} {measure_words(rule.weights, charter)}"
        who = "" if rule.among is None else f" among the {group_words(rule.among, charter)}"
        return f"those in favour{who} have at least {much}"
    one = rule.votes == 1
    if rule.among is not None:
        of = group_words(rule.among, charter)
        many = amount_words(rule.votes)
        return f"at least {'one' if one else many} of the {of} {'is' if one else 'are'} in favour"
    many = "one member is" if one else f"{amount_words(rule.votes)} members are"
    return f"at least {many} in favour"


def _limit(rule: Limit, charter: Charter) -> str:
    single, several = DOING[rule.on]
    whose = _whose(rule.of, rule.among, charter)
    if rule.votes is not None and rule.weights is None:
        who = "members" if rule.among is None else f"of the {group_words(rule.among, charter)}"
        if rule.votes == 0:
            return f"{none_of(rule.among, charter)} {single}"
        if rule.votes == 1:
            who = "member" if rule.among is None else who
            return f"at most one {who} {single}"
        return f"at most {amount_words(rule.votes)} {who} {several}"
    if rule.below == 1 and rule.weights is None:
        return f"not all of {whose.replace('all members', 'the members')} {several}"
    if rule.votes is not None:
        much = f"at most {amount_words(rule.votes)}"
    elif rule.at_most is not None:
        much = f"at most {share_words(rule.at_most)}"
    else:
        assert rule.below is not None
        much = f"fewer than {share_words(rule.below)}"
    if rule.weights is None:
        return f"{much} of {whose} {several}"
    weighed = measure_words(rule.weights, charter)
    less = much.replace("fewer than", "less than")
    return f"those that {several} have {less} of the {weighed} of {whose}"


def _attendance(rule: Attendance, charter: Charter) -> str:
    whose = _whose(Base.MEMBERS, rule.among, charter).replace("all members", "the members")
    share = attendance_words(rule)
    if rule.weights is None:
        return f"{share} of {whose} are present"
    weighed = measure_words(rule.weights, charter)
    return f"those present have {share} of the {weighed} of all members"


def _leaving_out(rule: Excluding, charter: Charter) -> str:
    who = _alone(rule.members) or f"the {group_words(rule.members, charter)}"
    if rule.how == "abstaining":
        return f"{who} having to stand aside"
    return f"not counting {who}"


def _whose(of: Base, among: Group | None, charter: Charter) -> str:
    if among is None:
        return BASES[of]
    attending = BASES[of].removeprefix("all members").removeprefix("the members")
    return f"the {group_words(among, charter)}{attending}"


def none_of(among: Group | None, charter: Charter) -> str:
    """``no member``, ``none of the permanent members``."""
    return "no member" if among is None else f"none of the {group_words(among, charter)}"


def none_objects(among: Group | None, charter: Charter) -> str:
    """``no member objects``, ``A does not object``."""
    if lone := _alone(among):
        return f"{lone} does not object"
    return f"{none_of(among, charter)} objects"


def _alone(group: Group | None) -> str:
    """The one member that a rule lists, if it lists one."""
    return group[0] if isinstance(group, tuple) and len(group) == 1 else ""


def _until(rule: Silence) -> str:
    if rule.hours is None:
        return "before the deadline"
    return "within 1 hour" if rule.hours == 1 else f"within {rule.hours:g} hours"


def _aside(rule: Rule) -> str:
    """What silence, absence and abstention mean, where that is one thing for the whole rule."""
    said = _tails(rule)
    return f"; {next(iter(said))}" if len(said) == 1 and "" not in said else ""


def _bracketed(rule: Rule) -> str:
    return f" ({said.removeprefix('; ')})" if (said := _aside(rule)) else ""


def _tails(rule: Rule) -> frozenset[str]:
    """What the parts say of silence, absence and abstention; more than one where they differ."""
    said = frozenset(_asides(rule))
    return said - {""} if said <= {"", OTHERS[Base.MEMBERS]} and len(said) > 1 else said


def _asides(rule: Rule) -> Iterable[str]:
    """What each part says of them; empty for a part whose own words count them against."""
    for part in every_part(rule):
        if isinstance(part, Silence):
            yield "silence of every kind is consent"
        elif isinstance(part, Consensus):
            yield "absence is not an objection"
        elif isinstance(part, Veto) and part.abstention == "passes":
            yield "neither abstention nor absence is an objection"
        elif isinstance(part, Veto) or (isinstance(part, Limit) and part.on == "not_in_favour"):
            yield ""
        elif isinstance(part, SimpleMajority) or (
            isinstance(part, QualifiedMajority) and part.at_least > 0
        ):
            yield OTHERS[part.of]


def objecting_words(objecting: int) -> str:
    return "one member objects" if objecting == 1 else f"{objecting} members object"


def _few(number: int) -> str:
    return "one" if number == 1 else str(number)


def needed_in_favour(rule: SimpleMajority | QualifiedMajority, base: int) -> int:
    """Members that must be in favour when ``base`` members are counted; always at least one."""
    if isinstance(rule, SimpleMajority):
        return base // 2 + 1
    return max(1, ceil(rule.at_least * base))


def joined(clauses: Iterable[str], word: str) -> str:
    """``a, b and c``."""
    *first, last = clauses
    return f"{', '.join(first)} {word} {last}" if first else last


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
