"""How a body decides, as data: procedures, the clauses they rest on, charters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from frozendict import frozendict
from pydantic import Field, field_validator

from comity.dossier.frozen import Amount, Day, FrozenMap, Id, Model, Share
from comity.dossier.rule import Rule


class Binding(StrEnum):
    """Whom an adopted decision binds."""

    ALL = "all_members"
    NOT_OBJECTING = "members_not_objecting"
    NOT_OPTING_OUT = "members_not_opting_out"
    SUPPORTING = "members_in_support"
    NOBODY = "nobody"


class Verified(StrEnum):
    """How sure the reading of a clause is."""

    TEXT = "text"
    MEMORY = "memory"
    ASSUMED = "assumed"


class Clause(Model):
    """One provision of a charter, in our words."""

    says: str = Field(description="what the provision lays down, paraphrased")
    source: str = Field(description="legal source with article and date")
    verified: Verified = Field(
        Verified.MEMORY,
        description="checked against the text, written from memory, or merely assumed",
    )
    force: Literal["law", "practice"] = Field("law", description="law, or mere practice")


class Procedure(Model):
    """One way in which a body takes a decision."""

    title: str = Field("", description="name of the procedure in words")
    rule: Rule = Field(description="the rule that responses are put to")
    quorum: Share | None = Field(
        None, description="share of members that must be present; none: at least one member"
    )
    binds: Binding = Field(Binding.ALL, description="whom an adopted decision binds")
    clause: str | None = Field(None, description="id of the clause that lays it down")
    consent: str | None = Field(
        None, description="procedure by which the body must first agree to use this one"
    )


class NamedGroup(Model):
    """Some of the members, such as those that hold a veto."""

    says: str = Field(description="who they are, in words that follow `the`")
    members: tuple[str, ...] | None = Field(
        None, description="their ids; none: they are named afresh for each decision"
    )
    clause: str | None = Field(None, description="id of the clause that lays it down")


class Weighing(Model):
    """What members count by, such as votes or population."""

    says: str = Field(description="what is counted, in words that follow `of the`")
    values: FrozenMap[Id, Amount] = Field(
        default=frozendict(), description="member to its weight, where it does not change"
    )
    years: FrozenMap[int, FrozenMap[Id, Amount]] = Field(
        default=frozendict(), description="year from which they hold, to member to weight"
    )
    clause: str | None = Field(None, description="id of the clause that lays it down")

    @field_validator("years", mode="before", json_schema_input_type=dict[int, dict[str, float]])
    @classmethod
    def _years_as_numbers(cls, raw: object) -> object:
        """A file may give years as text, for keys of a mapping often are."""
        if not isinstance(raw, Mapping):
            return raw
        return {int(year) if str(year).isdecimal() else year: held for year, held in raw.items()}

    def on(self, day: date | None) -> Mapping[str, Amount]:
        """Each member's weight on a day; on the latest known without one.

        Before the first year stated, the weights of that year are the nearest there are.
        """
        if not self.years:
            return self.values
        begun = [year for year in self.years if day is None or year <= day.year]
        return self.values | self.years[max(begun, default=min(self.years))]


class MatterOfFact(Model):
    """Something about a decision that its rule turns on, or that an officer judges."""

    says: str = Field(description="the fact, as a clause: the Council acts on a proposal")
    judged_by: str = Field("", description="officer or organ that judges whether it holds")
    presumed: bool | None = Field(
        None, description="what is taken where nobody says; none: it must be said"
    )
    clause: str | None = Field(None, description="id of the clause that lays it down")


class Term(Model):
    """A time during which a seat is held."""

    since: Day | None = Field(None, description="first day; none: from the beginning")
    until: Day | None = Field(None, description="last day; none: to this day")

    def covers(self, day: date) -> bool:
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)


class Charter(Model):
    """A body's charter: its procedures, each with the clause it rests on."""

    name: str = Field(description="name of the body or of the charter")
    as_of: Day | None = Field(None, description="day for which the charter is described")
    members: tuple[str, ...] = Field(
        (), description="ids of all that have or had a seat, if listed, in seat order"
    )
    terms: FrozenMap[Id, tuple[Term, ...]] = Field(
        default=frozendict(), description="member to the times of its seat, if not throughout"
    )
    groups: FrozenMap[Id, NamedGroup] = Field(
        default=frozendict(), description="id to a group of members"
    )
    measures: FrozenMap[Id, Weighing] = Field(
        default=frozendict(), description="id to what members count by"
    )
    facts: FrozenMap[Id, MatterOfFact] = Field(
        default=frozendict(), description="id to what a rule turns on"
    )
    procedures: FrozenMap[Id, Procedure] = Field(description="id to procedure")
    clauses: FrozenMap[Id, Clause] = Field(default=frozendict(), description="id to clause")
    rotation: str | None = Field(None, description="clause on how the presidency passes on")
    chair: str | None = Field(None, description="clause on what the chair may do")
    competence: str | None = Field(None, description="clause on what the body may decide about")

    @field_validator("terms", mode="before", json_schema_input_type=dict[str, Term | list[Term]])
    @classmethod
    def _one_term(cls, raw: object) -> object:
        """One term may be written without brackets."""
        if not isinstance(raw, Mapping):
            return raw
        return {
            member: [held] if isinstance(held, (Mapping, Term)) else held
            for member, held in raw.items()
        }

    def members_on(self, day: date | None = None) -> tuple[str, ...]:
        """Members with a seat on a day, in seat order; none: on the day of the charter.

        A charter without a day, asked about no day, gives those whose seat has not ended.
        """
        when = day or self.as_of or date.max
        return tuple(
            member
            for member in self.members
            if member not in self.terms or any(term.covers(when) for term in self.terms[member])
        )
