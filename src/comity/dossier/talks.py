"""Talks between parties: what is at issue, what each wants, what it will never take, who helps."""

from __future__ import annotations

import math
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Annotated, Any, Literal

from frozendict import frozendict
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from comity.dossier.frozen import Amount, FrozenMap, Id, Model, Share
from comity.dossier.position import Basis
from comity.dossier.quantity import LARGEST, AmountQuantity, WorthQuantity

MOST_UTILITY = 1e9
"""Beyond this a utility has no room for ties of 10⁻⁹ (conventions §41)."""

MOST_OPTIONS = 10_000
"""Options of one issue beyond which a list or a grid is a slip of the pen."""


def _named(raw: object) -> object:
    """A number standing for a point of a grid, as the text that names it."""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return f"{raw:.12g}" if isinstance(raw, (int, float)) else raw


def _by_name(raw: object) -> object:
    return {_named(key): value for key, value in raw.items()} if isinstance(raw, dict) else raw


def _several(raw: object) -> object:
    """One option, or a list of them."""
    listed = raw if isinstance(raw, (list, tuple)) else (raw,)
    return tuple(_named(entry) for entry in listed)


OptionName = Annotated[
    str,
    BeforeValidator(_named),
    WithJsonSchema({"type": ["string", "number"]}),
]
"""An option: its id, the point of a grid, or the shares of a divisible quantity (`60/40`)."""

Picked = Annotated[
    tuple[str, ...],
    BeforeValidator(_several),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number"]},
                {"type": "array", "items": {"type": ["string", "number"]}},
            ]
        }
    ),
]
"""One or several options of an issue; of a grid also a range (`40..60`), of a divisible quantity
also a range of one party's part (`ARM 40..60`)."""

Combination = FrozenMap[Id, Picked]
"""Options of some issues together."""

Finite = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]


def _above_nothing(amount: Fraction) -> Fraction:
    if amount <= 0:
        raise PydanticCustomError("amount", "a number above 0 was expected")
    return amount


Proportion = Annotated[
    Amount,
    AfterValidator(_above_nothing),
    WithJsonSchema(
        {"type": ["number", "string"], "exclusiveMinimum": 0, "examples": [29, "1/3", 0.5]}
    ),
]
"""A party's claim next to those of the others: somebody without one has no part in a division."""

ByOption = Annotated[FrozenMap[str, WorthQuantity], BeforeValidator(_by_name)]


class Light(StrEnum):
    """A traffic light: what a party says of an option when it will not give numbers."""

    YES = "yes"
    COULD_LIVE_WITH = "could_live_with"
    NO = "no"


YES, COULD_LIVE_WITH, NO = 100.0, (20.0, 80.0), 0.0
"""What the lights are worth; between the ends of the middle one anything is as likely (§40)."""


def _read_light(raw: object) -> object:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return raw.strip().lower().replace(" ", "_") if isinstance(raw, str) else raw


Lights = Annotated[
    FrozenMap[
        str,
        Annotated[
            Light,
            BeforeValidator(_read_light),
            WithJsonSchema({"enum": ["yes", "could live with", "could_live_with", "no"]}),
        ],
    ],
    BeforeValidator(_by_name),
]


class Track(Model):
    """A strand of the talks with issues of its own."""

    title: str = Field("", description="name in words")
    note: str = Field("", description="who works on it, and how")


class Grid(Model):
    """A numeric range, settled in equal steps."""

    low: Finite = Field(description="lowest point")
    high: Finite = Field(description="highest point")
    step: Finite = Field(description="distance of neighbouring points", gt=0)
    unit: str = Field("", description="what is counted, e.g. km or years")

    @model_validator(mode="after")
    def _some_points(self) -> Grid:
        if self.high < self.low:
            raise PydanticCustomError("grid", "a grid runs from its lowest to its highest point")
        if (self.high - self.low) / self.step >= MOST_OPTIONS:
            raise PydanticCustomError(
                "grid",
                "a grid has at most {most} points; this step is too small",
                {"most": f"{MOST_OPTIONS:,}"},
            )
        return self

    @property
    def points(self) -> tuple[float, ...]:
        """The points from the lowest up; the last is at most the highest."""
        count = math.floor((self.high - self.low) / self.step * (1 + 1e-12) + 1e-9) + 1
        return tuple(float(f"{self.low + k * self.step:.12g}") for k in range(count))


class Divisible(Model):
    """A quantity that is divided among the parties."""

    total: Finite = Field(description="how much there is", gt=0)
    unit: str = Field("", description="what is counted, e.g. km² or million")
    parts: int = Field(
        10, description="into how many equal parts it may be cut", ge=1, le=MOST_OPTIONS - 1
    )


def _too_many(options: int) -> PydanticCustomError:
    says = f"an issue has at most {MOST_OPTIONS:,} options, and this one has {options:,}"
    return PydanticCustomError("issue", "{says}", {"says": says})


class Issue(Model):
    """One question of the talks, with the options among which the parties choose."""

    title: str = Field("", description="name in words")
    track: str | None = Field(None, description="id of the track it belongs to")
    question: str = Field("", description="the question in words")
    options: FrozenMap[Id, str] | None = Field(None, description="options, and what each says")
    grid: Grid | None = Field(None, description="a numeric range on a grid, instead of options")
    divisible: Divisible | None = Field(
        None, description="a quantity divided among the parties, instead of options"
    )
    reversion: OptionName | None = Field(
        None, description="option that holds if nothing is agreed, if it is one of the options"
    )
    note: str = Field("", description="anything a reader should know about it")

    @field_validator("options", mode="before", json_schema_input_type=dict[str, str] | list[str])
    @classmethod
    def _options_by_name(cls, raw: object) -> object:
        """A plain list of options is read as options described by their own name."""
        if isinstance(raw, (dict, list, tuple)) and len(raw) > MOST_OPTIONS:
            raise _too_many(len(raw))  # at once, not after reading each
        if not isinstance(raw, (list, tuple)) or not all(isinstance(name, str) for name in raw):
            return raw
        if len(set(raw)) < len(raw):
            raise PydanticCustomError("options", "an option is listed twice")
        return {name: name for name in raw}

    @model_validator(mode="after")
    def _one_space(self) -> Issue:
        given = [self.options, self.grid, self.divisible]
        if sum(space is not None for space in given) != 1:
            raise PydanticCustomError(
                "issue", "an issue has either options, a grid or a divisible quantity"
            )
        if self.options is not None and not self.options:
            raise PydanticCustomError("issue", "the list of options is empty")
        return self

    def divisions(self, parties: int) -> tuple[tuple[int, ...], ...]:
        """Every way to give whole parts of a divisible quantity to so many parties."""
        assert self.divisible is not None
        parts = self.divisible.parts
        bars = combinations(range(parts + parties - 1), parties - 1)
        ends = ((-1, *bar, parts + parties - 1) for bar in bars)
        ways = (tuple(b - a - 1 for a, b in pairwise(end)) for end in ends)
        return tuple(sorted(ways, reverse=True))  # the first party's largest part first

    def labels(self, parties: int) -> tuple[str, ...]:
        """Names of the options in order; amounts such as ``60/40`` for a divisible quantity."""
        if self.options is not None:
            return tuple(self.options)
        if self.grid is not None:
            return tuple(f"{point:.12g}" for point in self.grid.points)
        assert self.divisible is not None
        each = self.divisible.total / self.divisible.parts
        return tuple(
            "/".join(f"{part * each:.6g}" for part in way) for way in self.divisions(parties)
        )


class Preference(Model):
    """What the options of one issue are worth to one party, and how much the issue matters."""

    weight: AmountQuantity | None = Field(
        None, description="how much the issue matters to the party, next to its other issues"
    )
    rank: int | None = Field(
        None,
        description="place of the issue among the party's, 1 matters most; no weights then",
        ge=1,
    )
    values: ByOption | None = Field(
        None,
        description="worth of each option; of a grid, of some points, straight between; "
        "of a divisible quantity, of amounts the party may get",
    )
    lights: Lights | None = Field(
        None, description="instead of values: yes, could live with, or no (a red line)"
    )
    basis: Basis = Field(Basis.ASSUMED, description="stated, inferred or assumed")
    assumed: tuple[Literal["weight", "rank", "values", "lights"], ...] = Field(
        (), description="fields that are assumed, whatever the basis"
    )
    from_: tuple[str, ...] = Field(
        (), alias="from", description="ids of the statements it rests on"
    )
    note: str = Field("", description="why this value")

    @model_validator(mode="after")
    def _one_way(self) -> Preference:
        if self.weight is not None and self.rank is not None:
            raise PydanticCustomError("preference", "either a weight or a rank, not both")
        if self.values is not None and self.lights is not None:
            raise PydanticCustomError("preference", "either values or lights, not both")
        return self


class Interaction(Model):
    """What two options together are worth to a party beyond the sum of the two."""

    when: Combination = Field(description="options of two issues that meet")
    worth: WorthQuantity = Field(description="added to the party's utility, in its points")
    basis: Basis = Field(Basis.ASSUMED, description="stated, inferred or assumed")
    from_: tuple[str, ...] = Field((), alias="from", description="ids of the statements")
    note: str = Field("", description="why this value")

    @model_validator(mode="after")
    def _pairwise(self) -> Interaction:
        if len(self.when) != 2:
            raise PydanticCustomError("interaction", "options of exactly two issues were expected")
        return self


class RedLine(Model):
    """An option, or a combination of options, that a party says it will never take."""

    never: Combination = Field(min_length=1, description="options that may not stand together")
    likelihood: float = Field(
        1.0,
        description="how likely it is a red line and not a demand, 0 to 1",
        ge=0,
        le=1,
        allow_inf_nan=False,
    )
    basis: Basis = Field(Basis.ASSUMED, description="stated, inferred or assumed")
    from_: tuple[str, ...] = Field((), alias="from", description="ids of the statements")
    note: str = Field("", description="whose word it is, and how firm")


class Preferences(Model):
    """What one party wants from the talks, and what it would not go below."""

    issues: FrozenMap[Id, Preference] = Field(
        min_length=1, description="issue to what its options are worth"
    )
    interactions: FrozenMap[Id, Interaction] = Field(
        default=frozendict(), description="id to what two options are worth together"
    )
    reservation: WorthQuantity | None = Field(
        None,
        description="reservation value: what no agreement is worth to the party, in points "
        "of its utility; none: the worth of the reversions, if every issue has one, else 0",
    )
    red_lines: FrozenMap[Id, RedLine] = Field(
        default=frozendict(), description="id to what the party will never take"
    )
    disclosed: Literal["nothing", "order", "bands", "exact"] = Field(
        "bands",
        description="what a single negotiating text may rely on: nothing, the order of issues and "
        "options, the ranges given, or the numbers as if exact",
    )
    basis: Basis = Field(Basis.ASSUMED, description="what the reservation value rests on")
    from_: tuple[str, ...] = Field((), alias="from", description="ids of the statements")
    note: str = Field("", description="anything a reader should know about it")


class IfThen(Model):
    """If one combination is agreed, then also another."""

    kind: Literal["if_then"] = Field("if_then", description="which link: if this, then that")
    if_: Combination = Field(alias="if", min_length=1, description="options that bring it about")
    then: Combination = Field(min_length=1, description="options one of which must then stand")
    basis: Basis = Field(Basis.ASSUMED, description="stated, inferred or assumed")
    from_: tuple[str, ...] = Field((), alias="from", description="ids of the statements")
    note: str = Field("", description="why, and whose demand")


class Together(Model):
    """Both or neither: combinations that are agreed all together or not at all."""

    kind: Literal["together"] = Field("together", description="which link: both or neither")
    these: tuple[Combination, ...] = Field(min_length=2, description="the combinations")
    basis: Basis = Field(Basis.ASSUMED, description="stated, inferred or assumed")
    from_: tuple[str, ...] = Field((), alias="from", description="ids of the statements")
    note: str = Field("", description="why, and whose demand")


class Cap(Model):
    """A sum over issues that must stay within a bound."""

    kind: Literal["cap"] = Field("cap", description="which link: a sum stays within a bound")
    sum: FrozenMap[Id, Annotated[FrozenMap[str, Finite], BeforeValidator(_by_name)] | Finite] = (
        Field(
            min_length=1,
            description="issue to the amount of each option, unlisted: 0; of a grid also a factor, "
            "of a divisible quantity a factor for each party",
        )
    )
    at_most: WorthQuantity = Field(description="what the sum may not exceed")
    basis: Basis = Field(Basis.ASSUMED, description="stated, inferred or assumed")
    from_: tuple[str, ...] = Field((), alias="from", description="ids of the statements")
    note: str = Field("", description="why, and whose demand")


LINK_KINDS = ("if_then", "together", "cap")


def _link_kind(raw: Any) -> Any:
    return raw.get("kind") if isinstance(raw, dict) else getattr(raw, "kind", None)


Link = Annotated[
    Annotated[IfThen, Tag("if_then")]
    | Annotated[Together, Tag("together")]
    | Annotated[Cap, Tag("cap")],
    Discriminator(
        _link_kind,
        custom_error_type="link",
        custom_error_message="a link has a kind: if_then, together (both or neither) or cap",
    ),
]
"""A constraint across issues that binds every party."""


class Proposal(Model):
    """A package somebody put forward."""

    package: FrozenMap[Id, OptionName] = Field(description="issue to option, for every issue")
    by: str | None = Field(None, description="actor that put it forward")
    from_: tuple[str, ...] = Field((), alias="from", description="ids of the statements")
    note: str = Field("", description="anything a reader should know about it")


class Claim(Model):
    """What somebody said a proposal gives the parties, to be put to the test."""

    at_least: Share = Field(description="share of its own best that every party is said to get")
    parties: tuple[str, ...] = Field((), description="the parties it is said of; none: all")
    from_: tuple[str, ...] = Field((), alias="from", description="ids of the statements")
    note: str = Field("", description="how the words were read")


class Text(Model):
    """A single negotiating text: the draft that the mediator improves step by step."""

    draft: FrozenMap[Id, OptionName] = Field(description="issue to option, for every issue")
    changes: int = Field(2, description="most issues that may change from draft to draft", ge=1)


def _two_or_more(parties: tuple[str, ...]) -> tuple[str, ...]:
    if len(parties) < 2:
        raise PydanticCustomError("parties", "talks have at least two parties")
    return parties


class Talks(Model):
    """A negotiation between parties that alone decide, with or without a mediator."""

    title: str = Field("", description="name in words")
    question: str = Field("", description="what the talks are to settle")
    parties: Annotated[tuple[str, ...], AfterValidator(_two_or_more)] = Field(
        description="ids of the actors that must all agree"
    )
    mediator: str | None = Field(
        None, description="actor that helps and has no say in the decision"
    )
    tracks: FrozenMap[Id, Track] = Field(default=frozendict(), description="id to track")
    issues: FrozenMap[Id, Issue] = Field(min_length=1, description="id to issue")
    preferences: FrozenMap[Id, Preferences] = Field(description="party to what it wants")
    links: FrozenMap[Id, Link] = Field(
        default=frozendict(), description="id to a constraint across issues"
    )
    weights: Literal["shares", "as_given"] = Field(
        "shares",
        description="shares: weights are divided by their sum, so that utility has the scale of "
        "the values; as_given: utility is the plain sum of weight times value",
    )
    proportions: FrozenMap[Id, Proportion] = Field(
        default=frozendict(),
        description="party to its claim in the proportional solution; none: all alike",
    )
    proposals: FrozenMap[Id, Proposal] = Field(
        default=frozendict(), description="packages already put forward"
    )
    claims: FrozenMap[Id, Claim] = Field(
        default=frozendict(), description="what was said of a proposal, to be tested"
    )
    text: Text | None = Field(None, description="the single negotiating text, if there is one")
    note: str = Field("", description="anything a reader should know about it")
