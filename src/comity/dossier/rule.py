"""Rules as data: a small language of counts, combined by all-of, any-of and conditions.

    rule    = count | veto | fact | all_of | any_of | in_turn | depends | excluding | reasoned
    count   = consensus | silence | simple_majority | qualified_majority | quota | limit
            | attendance
    all_of  = {all_of: [rule, …]}       any_of = {any_of: [rule, …]}
    in_turn = {in_turn: [rule, …]}      any of them, tried in this order

A count may be taken among a group and by a measure such as votes or population; without these,
among all members, who count one each. A rule without settings may be written as its kind alone.
What each kind means is laid down in conventions §7 and §29 to §34.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from comity.dossier.frozen import Amount, FrozenMap, Id, Model, Share
from comity.dossier.response import Base

Group: TypeAlias = str | tuple[str, ...]
"""A group of the charter by its id, or the members themselves."""

Measure: TypeAlias = str | FrozenMap[Id, Amount]
"""A measure of the charter by its id, or each member's weight."""

_AMONG = "group among which it is counted, or its members; none: all members"
_WEIGHTS = "measure by which members count, or each one's weight; none: one each"
_OF = "of whom the share is counted"


class Consensus(Model):
    """Adopted when no more than ``minus`` members object."""

    kind: Literal["consensus"] = "consensus"
    minus: int = Field(
        0, ge=0, strict=True, description="objections that do not block (consensus minus n)"
    )
    among: Group | None = Field(None, description=_AMONG)


class Silence(Model):
    """Adopted unless a member breaks silence by objecting before the deadline."""

    kind: Literal["silence"] = "silence"
    hours: float | None = Field(
        None,
        gt=0,
        strict=True,
        allow_inf_nan=False,
        description="length of the silence period in hours",
    )
    among: Group | None = Field(None, description=_AMONG)


class SimpleMajority(Model):
    """Adopted when more than half of the base are in favour."""

    kind: Literal["simple_majority"] = "simple_majority"
    of: Base = Field(Base.VOTING, description=_OF)
    among: Group | None = Field(None, description=_AMONG)
    weights: Measure | None = Field(None, description=_WEIGHTS)


class QualifiedMajority(Model):
    """Adopted when at least a stated share of the base is in favour."""

    kind: Literal["qualified_majority"] = "qualified_majority"
    at_least: Share = Field(description="share of the base that must be in favour, e.g. 2/3")
    of: Base = Field(Base.VOTING, description=_OF)
    among: Group | None = Field(None, description=_AMONG)
    weights: Measure | None = Field(None, description=_WEIGHTS)


class Quota(Model):
    """Adopted when at least a stated number of votes is in favour, whatever the base."""

    kind: Literal["quota"] = "quota"
    votes: Amount = Field(description="votes that must be in favour")
    among: Group | None = Field(None, description=_AMONG)
    weights: Measure | None = Field(None, description=_WEIGHTS)


class Limit(Model):
    """Adopted when those that answer so, or worse, stay within a limit.

    ``opt_out`` counts members that opt out or object; ``not_in_favour`` all that do not support.
    Nobody answering so is within every limit.
    """

    kind: Literal["limit"] = "limit"
    on: Literal["object", "opt_out", "not_in_favour"] = Field(description="which answers")
    at_most: Share | None = Field(None, description="largest share of the base that may")
    below: Share | None = Field(None, description="share of the base that they must not reach")
    votes: Amount | None = Field(None, description="largest number of votes that may")
    of: Base = Field(Base.MEMBERS, description=_OF)
    among: Group | None = Field(None, description=_AMONG)
    weights: Measure | None = Field(None, description=_WEIGHTS)

    @model_validator(mode="after")
    def _one_limit(self) -> Limit:
        if sum(bound is not None for bound in (self.at_most, self.below, self.votes)) != 1:
            raise PydanticCustomError(
                "limit", "a limit states exactly one of `at_most`, `below` and `votes`"
            )
        if self.on != "object" and self.of is Base.VOTING:
            raise PydanticCustomError(
                "limit_base",
                "of those present and voting only objections are limited, for the others do not "
                "vote",
            )
        return self


class Attendance(Model):
    """Adopted only when at least, or more than, a stated share of the members is present."""

    kind: Literal["attendance"] = "attendance"
    at_least: Share | None = Field(None, description="share of all members that must be present")
    more_than: Share | None = Field(None, description="share that must be exceeded")
    among: Group | None = Field(None, description=_AMONG)
    weights: Measure | None = Field(None, description=_WEIGHTS)

    @model_validator(mode="after")
    def _one_share(self) -> Attendance:
        if (self.at_least is None) is (self.more_than is None):
            raise PydanticCustomError(
                "limit", "attendance states exactly one of `at_least` and `more_than`"
            )
        return self


class Veto(Model):
    """Adopted when no holder of a veto objects, or when every one of them supports."""

    kind: Literal["veto"] = "veto"
    holders: Group = Field(description="group that holds the veto, or its members")
    abstention: Literal["passes", "blocks"] = Field(
        "passes",
        description="whether a holder that neither supports nor objects lets the draft pass",
    )


class Fact(Model):
    """Holds if the fact does, or does not; an officer's judgement is a fact of the charter too."""

    kind: Literal["fact"] = "fact"
    fact: str = Field(description="id of a fact of the charter")
    holds: bool = Field(True, description="whether the fact must hold, or must not")


class AllOf(Model):
    """Adopted when every one of these rules is satisfied."""

    kind: Literal["all_of"] = "all_of"
    rules: tuple[Rule, ...] = Field(min_length=1, description="rules, all of which must hold")


class AnyOf(Model):
    """Adopted when at least one of these rules is satisfied."""

    kind: Literal["any_of"] = "any_of"
    rules: tuple[Rule, ...] = Field(min_length=1, description="rules, one of which must hold")


class InTurn(Model):
    """Adopted by the first of these rules that is satisfied, such as a vote failing consensus."""

    kind: Literal["in_turn"] = "in_turn"
    rules: tuple[Rule, ...] = Field(min_length=1, description="rules in the order tried")


class Depends(Model):
    """One rule where a fact holds, another where it does not."""

    kind: Literal["depends"] = "depends"
    on: str = Field(description="id of a fact of the charter")
    then: Rule = Field(description="the rule where the fact holds")
    otherwise: Rule = Field(description="the rule where it does not")


class Excluding(Model):
    """A rule in which some members do not take part, such as a party to the dispute."""

    kind: Literal["excluding"] = "excluding"
    members: Group = Field(description="group whose answers do not count, or its members")
    how: Literal["not_counted", "abstaining"] = Field(
        "not_counted",
        description="as if they had no seat, or as standing aside whatever they answer if present",
    )
    rule: Rule = Field(description="the rule put to the others")


class Reasoned(Model):
    """A rule under which an objection counts only if it gives a reason."""

    kind: Literal["reasoned"] = "reasoned"
    rule: Rule = Field(
        description="the rule; an objection without a reason counts as standing aside"
    )


COMBINED = {"all_of": "rules", "any_of": "rules", "in_turn": "rules", "reasoned": "rule"}
"""Kinds that may be written as ``{kind: what they hold}``, and the field that holds it."""


def _spelled_out(raw: Any) -> Any:
    """``consensus`` and ``{all_of: […]}`` with their kinds."""
    if isinstance(raw, str):
        return {"kind": raw}
    if isinstance(raw, dict) and "kind" not in raw and len(raw) == 1:
        ((kind, held),) = raw.items()
        if kind in COMBINED:
            return {"kind": kind, COMBINED[kind]: held}
    return raw


Kind: TypeAlias = (
    Consensus
    | Silence
    | SimpleMajority
    | QualifiedMajority
    | Quota
    | Limit
    | Attendance
    | Veto
    | Fact
    | AllOf
    | AnyOf
    | InTurn
    | Depends
    | Excluding
    | Reasoned
)

Rule = Annotated[
    Kind,
    Field(discriminator="kind"),
    BeforeValidator(
        _spelled_out,
        json_schema_input_type=Literal["consensus", "silence", "simple_majority"] | Kind,
    ),
]
"""One of the rules above; a rule without settings may be written as its kind alone."""

for _combinator in (AllOf, AnyOf, InTurn, Depends, Excluding, Reasoned):
    _combinator.model_rebuild()


def parts(rule: Rule) -> tuple[Rule, ...]:
    """The rules that a rule is directly made of; none for a leaf."""
    return tuple(part for _, part in written_parts(rule))


def written_parts(rule: Rule) -> tuple[tuple[tuple[str | int, ...], Rule], ...]:
    """The same, each with where it stands in the rule."""
    if isinstance(rule, AllOf | AnyOf | InTurn):
        return tuple((("rules", place), part) for place, part in enumerate(rule.rules))
    if isinstance(rule, Depends):
        return ((("then",), rule.then), (("otherwise",), rule.otherwise))
    return ((("rule",), rule.rule),) if isinstance(rule, Excluding | Reasoned) else ()


def every_part(rule: Rule) -> tuple[Rule, ...]:
    """The rule and all that it is made of, each before its parts."""
    return (rule, *(inner for part in parts(rule) for inner in every_part(part)))


def groups_named(rule: Rule) -> frozenset[str]:
    """Ids of the charter's groups that one rule, without its parts, refers to."""
    named = (getattr(rule, field, None) for field in ("among", "holders", "members"))
    return frozenset(name for name in named if isinstance(name, str))


def measure_named(rule: Rule) -> str | None:
    """Id of the charter's measure that one rule, without its parts, refers to."""
    weights = getattr(rule, "weights", None)
    return weights if isinstance(weights, str) else None


def fact_named(rule: Rule) -> str | None:
    """Id of the charter's fact that one rule, without its parts, refers to."""
    if isinstance(rule, Depends):
        return rule.on
    return rule.fact if isinstance(rule, Fact) else None


def facts_needed(rule: Rule, facts: Mapping[str, bool]) -> tuple[str, ...]:
    """Facts that the rule turns on and that are not known, each once; only those in reach."""
    asked = fact_named(rule)
    if asked is not None and asked not in facts:
        return (asked,)
    if isinstance(rule, Depends):
        return facts_needed(rule.then if facts[rule.on] else rule.otherwise, facts)
    return tuple(dict.fromkeys(n for part in parts(rule) for n in facts_needed(part, facts)))


def rule_kinds() -> list[str]:
    """The kinds of rule, as a dossier names them."""
    return [kind.model_fields["kind"].default for kind in get_args(Kind)]


def needs_nobody(rule: Rule) -> bool:
    """Whether the rule can be satisfied without a meeting: by silence, or by facts alone."""
    if isinstance(rule, Silence | Fact):
        return True
    held = parts(rule)
    return bool(held) and all(needs_nobody(part) for part in held)


def replaced(rule: Rule, turn: Callable[[Rule], Rule]) -> Rule:
    """The rule with every leaf turned into another rule."""
    if isinstance(rule, AllOf | AnyOf | InTurn):
        inner = tuple(replaced(part, turn) for part in rule.rules)
        return rule.model_copy(update={"rules": inner})
    if isinstance(rule, Depends):
        then, otherwise = replaced(rule.then, turn), replaced(rule.otherwise, turn)
        return rule.model_copy(update={"then": then, "otherwise": otherwise})
    if isinstance(rule, Excluding | Reasoned):
        return rule.model_copy(update={"rule": replaced(rule.rule, turn)})
    return turn(rule)
