"""How a body decides, as data: responses, rules, procedures, clauses, charters."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Annotated, Any, Literal

from frozendict import frozendict
from pydantic import BeforeValidator, Field

from comity.dossier.frozen import Day, FrozenMap, Id, Model, Share


class Response(IntEnum):
    """What a member answers to a draft (conventions §6).

    With attendance fixed, a higher code is never less favourable to adoption; absence has no
    such place in the order.
    """

    OBJECT = 0
    ABSENT = 1
    NO_INSTRUCTIONS = 2
    STAND_ASIDE = 3
    SUPPORT = 4

    @property
    def label(self) -> str:
        return self.name.lower()


class Base(StrEnum):
    """Of whom a majority is counted."""

    MEMBERS = "members"
    PRESENT = "present"
    VOTING = "present_and_voting"


class Consensus(Model):
    """Adopted when no more than ``minus`` members object."""

    kind: Literal["consensus"] = "consensus"
    minus: int = Field(
        0, ge=0, strict=True, description="objections that do not block (consensus minus n)"
    )


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


class SimpleMajority(Model):
    """Adopted when more than half of the base are in favour."""

    kind: Literal["simple_majority"] = "simple_majority"
    of: Base = Field(Base.VOTING, description="of whom the majority is counted")


class QualifiedMajority(Model):
    """Adopted when at least a stated share of the base is in favour."""

    kind: Literal["qualified_majority"] = "qualified_majority"
    at_least: Share = Field(description="share of the base that must be in favour, e.g. 2/3")
    of: Base = Field(Base.VOTING, description="of whom the majority is counted")


def _named(raw: Any) -> Any:
    return {"kind": raw} if isinstance(raw, str) else raw


_Kind = Annotated[
    Consensus | Silence | SimpleMajority | QualifiedMajority, Field(discriminator="kind")
]

Rule = Annotated[
    _Kind,
    BeforeValidator(
        _named,
        json_schema_input_type=Literal["consensus", "silence", "simple_majority"] | _Kind,
    ),
]
"""One of the rules above; a rule without settings may be written as its kind alone."""


class Binding(StrEnum):
    """Whom an adopted decision binds."""

    ALL = "all_members"
    NOT_OBJECTING = "members_not_objecting"
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


class Charter(Model):
    """A body's charter: its procedures, each with the clause it rests on."""

    name: str = Field(description="name of the body or of the charter")
    as_of: Day | None = Field(None, description="day for which the charter is described")
    members: tuple[str, ...] = Field((), description="ids of the members on that day, if listed")
    procedures: FrozenMap[Id, Procedure] = Field(description="id to procedure")
    clauses: FrozenMap[Id, Clause] = Field(default=frozendict(), description="id to clause")
    rotation: str | None = Field(None, description="clause on how the presidency passes on")
    chair: str | None = Field(None, description="clause on what the chair may do")
    competence: str | None = Field(None, description="clause on what the body may decide about")
