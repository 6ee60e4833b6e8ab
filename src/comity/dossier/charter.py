"""How a body decides, as data: procedures, the clauses they rest on, charters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

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
    """How sure the reading of a clause is, from the surest to the least sure.

    A clause is as sure as the weakest part of what it says.
    """

    TEXT = "text"
    """Read in the provision, in a language in which it is authentic."""
    TRANSLATION = "translation"
    """Read in a translation alone."""
    QUOTED = "quoted"
    """Read as quoted or retold, not in the provision itself."""
    MEMORY = "memory"
    """Not read."""
    ASSUMED = "assumed"
    """No provision was found, or what is said is inferred."""


def weaker(one: Verified, other: Verified) -> bool:
    """Whether one reading is less sure than another."""
    order = list(Verified)
    return order.index(one) > order.index(other)


class Clause(Model):
    """One provision of a charter, in our words."""

    says: str = Field(description="what the provision lays down, paraphrased")
    source: str = Field(description="legal source with article and date")
    verified: Verified = Field(
        Verified.MEMORY,
        description="read in the text, in a translation or as quoted, written from memory, or "
        "merely assumed; the weakest part settles it",
    )
    force: Literal["law", "practice"] = Field("law", description="law, or mere practice")


class Term(Model):
    """A time, such as that during which a seat is held."""

    since: Day | None = Field(None, description="first day; none: from the beginning")
    until: Day | None = Field(None, description="last day; none: to this day")

    def covers(self, day: date) -> bool:
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)

    def __str__(self) -> str:
        """``from 2013-07-01``, ``until 2020-01-31``, both, or ``throughout``."""
        since = [f"from {self.since}"] * (self.since is not None)
        until = [f"until {self.until}"] * (self.until is not None)
        return " ".join(since + until) or "throughout"


class Procedure(Model):
    """One way in which a body takes a decision."""

    title: str = Field("", description="name of the procedure in words")
    rule: Rule = Field(description="the rule that responses are put to")
    quorum: Share | None = Field(
        None, description="share of members that must be present; none: at least one member"
    )
    binds: Binding = Field(Binding.ALL, description="whom an adopted decision binds")
    effect: str = Field(
        "", description="what a decision brings about, in sentences that follow whom it binds"
    )
    clause: str | None = Field(None, description="id of the clause that lays it down")
    rests_on: tuple[str, ...] = Field(
        (), description="ids of further clauses that the rule rests on, as on absence"
    )
    consent: str | None = Field(
        None, description="procedure by which the body must first agree to use this one"
    )
    since: Day | None = Field(None, description="first day on which it holds; none: not said")
    until: Day | None = Field(None, description="last day on which it holds; none: not said")
    replaces: str | None = Field(
        None, description="procedure of an earlier time in whose place this one stands"
    )

    @property
    def time(self) -> Term:
        """The days on which it holds."""
        return Term(since=self.since, until=self.until)


class NamedGroup(Model):
    """Some of the members, such as those that hold a veto."""

    says: str = Field(description="who they are, in words that follow `the`")
    members: tuple[str, ...] | None = Field(
        None, description="their ids; none: they are named afresh for each decision"
    )
    clause: str | None = Field(None, description="id of the clause that lays it down")


_YEAR = re.compile(r"[1-9][0-9]{0,3}")


class Weighing(Model):
    """What members count by, such as votes or population."""

    says: str = Field(description="what is counted, in words that follow `of the`")
    values: FrozenMap[Id, Amount] = Field(
        default=frozendict(), description="member to its weight, where it does not change"
    )
    years: FrozenMap[Annotated[int, Field(strict=True)], FrozenMap[Id, Amount]] = Field(
        default=frozendict(), description="year from which they hold, to member to weight"
    )
    clause: str | None = Field(None, description="id of the clause that lays it down")

    @field_validator("years", mode="before", json_schema_input_type=dict[int, dict[str, float]])
    @classmethod
    def _years_as_numbers(cls, raw: object) -> object:
        """A file may give years as text, for keys of a mapping often are."""
        if not isinstance(raw, Mapping):
            return raw
        return {
            int(year) if _YEAR.fullmatch(str(year)) else str(year): held
            for year, held in raw.items()
        }

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


class Charter(Model):
    """A body's charter: its procedures, each with the clause it rests on."""

    name: str = Field(description="name of the body or of the charter")
    as_of: Day | None = Field(None, description="day for which the charter is described")
    since: Day | None = Field(
        None, description="first day of the time whose seats and rules are described"
    )
    until: Day | None = Field(
        None, description="last day of the time whose seats and rules are described"
    )
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
    limits: str | None = Field(
        None, description="clause on what is not described, to be told first"
    )

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

    @property
    def presumed(self) -> frozendict[str, bool]:
        """What is taken of facts of which nobody says anything."""
        known = ((name, fact.presumed) for name, fact in self.facts.items())
        return frozendict({name: holds for name, holds in known if holds is not None})

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

    @property
    def time(self) -> Term:
        """The days whose seats and rules are described."""
        return Term(since=self.since, until=self.until)

    def held_instead(self, procedure: str, day: date) -> str | None:
        """The one procedure that stood in the place of another on a day; None if none or several.

        Procedures are of one line if each replaces another of it.
        """
        line = self._line(procedure)
        held = [name for name in line if self.procedures[name].time.covers(day)]
        return held[0] if len(held) == 1 else None

    def _line(self, procedure: str) -> list[str]:
        """A procedure, those it replaces, and those that replace any of them."""
        line = [procedure]
        for name in line:
            before = self.procedures[name].replaces
            after = [later for later, held in self.procedures.items() if held.replaces == name]
            near = after if before is None else [before, *after]
            line += [other for other in near if other in self.procedures and other not in line]
        return line

    def weakest(self, procedure: Procedure) -> str | None:
        """The clause of those a procedure rests on whose reading is least sure; the first such."""
        found = procedure.clause
        for clause in procedure.rests_on:
            if found is None or weaker(self.clauses[clause].verified, self.clauses[found].verified):
                found = clause
        return found
