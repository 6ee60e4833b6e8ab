"""The dossier: who is at the table, what is asked, what each wants, and who said so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from frozendict import frozendict
from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from comity.dossier.charter import Charter, Procedure
from comity.dossier.frozen import Day, FrozenMap, Id, Model
from comity.dossier.quantity import (
    PERCENT,
    AmountQuantity,
    Exactly,
    PercentQuantity,
    Quantity,
    Uniform,
    parse,
    written_forms,
)

UNKNOWN = Uniform(0.0, 100.0)
"""What is taken of an ideal or a salience nobody has stated: anything (conventions §4)."""

OMEGA_PRIOR = Uniform(0.0, 20.0)
"""The assumed, wide prior of what agreement as such is worth (conventions §8)."""


class Standing(StrEnum):
    """For whom a statement speaks."""

    BINDING = "binding"
    OFFICIAL = "official"
    FACTION = "faction"
    PERSONAL = "personal"


class Basis(StrEnum):
    """What a judgement rests on."""

    STATED = "stated"
    INFERRED = "inferred"
    ASSUMED = "assumed"


class Actor(Model):
    """Somebody who holds a position or speaks."""

    name: str = Field(description="name in words")
    kind: str = Field("state", description="state, organisation, faction, person, …")
    capability: AmountQuantity = Field(
        Exactly(1.0),
        description="means to influence the outcome, in any unit common to all actors",
    )


class Source(Model):
    """A publication. Cited, never copied."""

    title: str = Field(description="title as published")
    outlet: str = Field(description="who published it")
    published: Day = Field(description="day of publication; the latest possible if unprinted")
    url: str | None = Field(None, description="address, if any")
    note: str = Field("", description="anything a referee should know about it")


class Statement(Model):
    """What somebody said, paraphrased."""

    speaker: str = Field(description="who said it")
    for_: str | None = Field(
        None, alias="for", description="actor spoken for; none if only for the speaker"
    )
    standing: Standing = Field(description="binding, official, faction or personal")
    on: Day = Field(description="day it was said")
    venue: str = Field("", description="where it was said")
    source: str = Field(description="id of the source that reports it")
    locator: str = Field(description="place within the source, e.g. paragraph 9")
    gist: str = Field(description="what was said, in our words")


class Presidency(Model):
    """Who chairs, and how the chair passes on."""

    order: tuple[str, ...] = Field(description="order of rotation; after the last, the first")
    holder: str = Field(description="who holds the presidency on the day of the dossier")
    until: Day | None = Field(None, description="last day of the holder; then the next in order")


class Session(Model):
    """A meeting of the body."""

    on: Day = Field(description="day of the meeting")
    title: str = Field("", description="name of the meeting")
    place: str = Field("", description="where it is held, or by video")


class Body(Model):
    """A body of members that decides."""

    name: str = Field("", description="name in words")
    members: tuple[str, ...] = Field(min_length=1, description="ids of the actors with a seat")
    charter: str | Charter = Field(
        "plain", description="name of a packaged charter, or a charter spelled out"
    )
    presidency: Presidency | None = Field(None, description="the chair and its rotation")
    sessions: tuple[Session, ...] = Field((), description="meetings, past and planned")
    omega: AmountQuantity = Field(
        OMEGA_PRIOR,
        description="ω: what agreement as such is worth to a member; each member draws its own",
    )
    blocs: FrozenMap[Id, tuple[str, ...]] = Field(
        default=frozendict(),
        description="members whose positions share a factor; none: all in one bloc",
    )


class Competence(Model):
    """Whether the item lies within what the body may decide about; settled first."""

    presumption: Literal["within", "outside"] = Field(description="what holds while undecided")
    decided_by: str = Field(
        "body", description="'body', 'chair', or the id of an actor (a legal organ)"
    )
    rule: str | None = Field(
        None, description="procedure by which the body settles it; none: that of the item"
    )
    item: str | None = Field(
        None, description="agenda item with options within and outside that holds the views"
    )


class Choice(Model):
    """A preferred option; several with weights where it is uncertain which."""

    weights: FrozenMap[Id, float] = Field(description="option to weight; weights sum to 1")


def _read_ideal(raw: object) -> Quantity | Choice:
    if isinstance(raw, (Quantity, Choice)):
        return raw
    try:
        return parse(raw)
    except PydanticCustomError:
        if isinstance(raw, str) and ".." not in raw:
            return Choice(weights=frozendict({raw: 1.0}))
        if isinstance(raw, dict) and raw and not set(raw) <= {"low", "mode", "high", "mean", "sd"}:
            return _read_choice(raw)
        raise


def _read_choice(raw: dict[Any, Any]) -> Choice:
    weights = {str(option): weight for option, weight in raw.items()}
    numbers = [w for w in weights.values() if type(w) in (int, float)]
    if len(numbers) < len(weights) or min(numbers) < 0 or not abs(sum(numbers) - 1) <= 1e-6:
        raise PydanticCustomError(
            "choice", "options with weights of 0 or more that sum to 1 were expected"
        )
    return Choice(weights=frozendict(weights))


def _write_ideal(ideal: Quantity | Choice | None) -> Any:
    if isinstance(ideal, Choice):
        weights = dict(ideal.weights)
        return next(iter(weights)) if list(weights.values()) == [1.0] else weights
    return None if ideal is None else ideal.written()


_TEXT_FORMS = [
    *(form for form in written_forms(PERCENT) if form["type"] != "string"),
    {"type": "string", "examples": ["40..60", "within"]},
]
"""JSON Schemas of a quantity on the scale, or the name of an option."""

Ideal = Annotated[
    PercentQuantity | Choice,
    BeforeValidator(_read_ideal),
    PlainSerializer(_write_ideal),
    WithJsonSchema(
        {
            "anyOf": [
                *_TEXT_FORMS,
                {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
            ]
        }
    ),
]


def _read_accepts(raw: object) -> object:
    if not isinstance(raw, (list, tuple)):
        raise PydanticCustomError(
            "accepts", "[lowest, highest] on the scale, or a list of options, was expected"
        )
    try:
        return tuple(parse(end) for end in raw)
    except PydanticCustomError:
        return tuple(raw)


Accepts = Annotated[
    tuple[PercentQuantity, ...] | tuple[str, ...],
    BeforeValidator(_read_accepts),
    PlainSerializer(
        lambda ends: (
            None
            if ends is None
            else [end.written() if isinstance(end, Quantity) else end for end in ends]
        )
    ),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"anyOf": _TEXT_FORMS},
        }
    ),
]


JUDGED = (
    "ideal", "values", "accepts", "floor", "salience", "omega", "capability", "presence",
)  # fmt: skip
"""Fields of a position that rest on its basis, and that `assumed` may name."""


class Position(Model):
    """What an actor wants on an item, what it would let pass, and what that rests on."""

    ideal: Ideal | None = Field(
        None, description="ideal point on the scale 0–100, or preferred option; none: unknown"
    )
    values: FrozenMap[Id, PercentQuantity] | None = Field(
        None, description="worth of each option, 0–100, instead of an ideal; unlisted: 0"
    )
    accepts: Accepts | None = Field(
        None, description="stated acceptance: [lowest, highest] on the scale, or options"
    )
    floor: PercentQuantity | None = Field(
        None, description="φ: texts weaker than this are worse than none for the actor"
    )
    salience: PercentQuantity | None = Field(
        None, description="how much the item matters to the actor, 0–100; none: unknown"
    )
    omega: AmountQuantity | None = Field(
        None, description="ω for this actor on this item, instead of the body's"
    )
    capability: AmountQuantity | None = Field(
        None, description="capability on this item, instead of the actor's"
    )
    presence: Literal["present", "absent", "no_instructions"] = Field(
        "present", description="whether the actor can respond at all"
    )
    basis: Basis = Field(Basis.ASSUMED, description="stated, inferred or assumed")
    assumed: tuple[str, ...] = Field(
        (), description="fields of this position that are assumed, whatever its basis"
    )
    from_: tuple[str, ...] = Field(
        (), alias="from", description="ids of the statements it rests on"
    )
    note: str = Field("", description="why this value")

    def conceding(self, concession: Concession) -> Position:
        """The position after a concession: what it names changes, and rests on its basis.

        All else rests on what it rested on before, spelled out under `assumed` where need be.
        """
        named = concession.model_fields_set - {"basis", "from_"}
        changes: dict[str, Any] = {field: getattr(concession, field) for field in named}
        if concession.basis is Basis.ASSUMED:
            basis, assumed = self.basis, {*self.assumed, *named}
        elif self.basis is Basis.ASSUMED:
            basis, assumed = concession.basis, set(JUDGED) - named
        else:
            weaker = Basis.INFERRED in (self.basis, concession.basis)
            basis = Basis.INFERRED if weaker else Basis.STATED
            assumed = set(self.assumed) - named
        changes["basis"] = basis
        changes["assumed"] = tuple(field for field in JUDGED if field in assumed)
        changes["from_"] = tuple(dict.fromkeys((*self.from_, *concession.from_)))
        return self.model_copy(update=changes)


def _read_draft(raw: object) -> object:
    if raw is None or isinstance(raw, Quantity):
        return raw
    try:
        return parse(raw)
    except PydanticCustomError:
        if isinstance(raw, str) and ".." not in raw:
            return raw
        raise


Draft = Annotated[
    PercentQuantity | str,
    BeforeValidator(_read_draft),
    WithJsonSchema({"anyOf": _TEXT_FORMS}),
]
"""A text: a point on the item's scale, possibly uncertain, or the id of an option."""


class Concession(Model):
    """What an actor changes in its position from a round on; what is not named stays."""

    ideal: Ideal | None = Field(None, description="new ideal")
    accepts: Accepts | None = Field(None, description="new stated acceptance")
    floor: PercentQuantity | None = Field(None, description="new floor")
    salience: PercentQuantity | None = Field(None, description="new salience")
    omega: AmountQuantity | None = Field(None, description="new ω")
    basis: Basis = Field(Basis.ASSUMED, description="stated, inferred or assumed")
    from_: tuple[str, ...] = Field((), alias="from", description="ids of the statements")


class Round(Model):
    """A further round on an item: declared concessions, and perhaps a new tabled draft."""

    label: str = Field(description="name of the round")
    tabled: Draft | None = Field(None, description="draft now tabled; none: same")
    concessions: FrozenMap[Id, Concession] = Field(
        default=frozendict(), description="actor to what it declares to give"
    )


class Item(Model):
    """One question on an agenda."""

    body: str = Field(description="id of the body that decides")
    procedure: str = Field("substantive", description="id of the procedure in its charter")
    question: str = Field("", description="the question in words")
    scale: FrozenMap[float, str] | None = Field(
        None, description="landmarks: points from 0 to 100 and what a text there says"
    )
    options: FrozenMap[Id, str] | None = Field(
        None, description="options, from the least to the most far-reaching, and what each says"
    )
    reversion: Draft = Field(description="what holds if nothing is decided")
    smallest_step: PercentQuantity = Field(
        Exactly(10.0), description="δ: how far from the reversion a text must lie to say anything"
    )
    tabled: Draft | None = Field(None, description="the draft on the table, if any")
    by: str | None = Field(None, description="actor that tabled it")
    competence: Competence | None = Field(None, description="none: competence is not in question")
    requires: tuple[str, ...] = Field((), description="items that must be adopted first")
    core: bool = Field(False, description="a core task of the body")
    rounds: tuple[Round, ...] = Field((), description="further rounds with declared concessions")

    @field_validator(
        "options",
        mode="before",
        json_schema_input_type=dict[str, str] | list[str] | None,
    )
    @classmethod
    def _options_by_name(cls, raw: object) -> object:
        """A plain list of options is read as options described by their own name."""
        if not isinstance(raw, (list, tuple)) or not all(isinstance(name, str) for name in raw):
            return raw
        if len(set(raw)) < len(raw):
            raise PydanticCustomError("options", "an option is listed twice")
        return {name: name for name in raw}

    @field_validator("scale", mode="wrap")
    @classmethod
    def _landmarks_on_scale(
        cls, raw: object, read: ValidatorFunctionWrapHandler
    ) -> frozendict[float, str] | None:
        scale: frozendict[float, str] | None = read(raw)
        if scale is None:
            return None
        if not all(0 <= point <= 100 for point in scale):
            raise PydanticCustomError("scale", "landmarks lie from 0 to 100")
        if isinstance(raw, Mapping) and len(scale) < len(raw):
            raise PydanticCustomError("scale", "two landmarks stand at the same point")
        return scale

    @model_validator(mode="after")
    def _one_space(self) -> Item:
        if self.scale is not None and self.options is not None:
            raise PydanticCustomError("item", "an item has either a scale or options, not both")
        return self

    @property
    def is_scale(self) -> bool:
        return self.options is None

    @property
    def option_ids(self) -> tuple[str, ...]:
        """Options in the order written; empty for an item on a scale."""
        return tuple(self.options or ())


class Coding(Model):
    """A rival reading of contested judgements; what it does not name stays."""

    title: str = Field(description="whose reading it is")
    positions: FrozenMap[Id, FrozenMap[Id, Position]] = Field(
        default=frozendict(), description="item to actor to the position in this reading"
    )
    presumptions: FrozenMap[Id, Literal["within", "outside"]] = Field(
        default=frozendict(), description="item to the presumption on competence in this reading"
    )
    note: str = Field("", description="what the reading rests on")


class Dossier(Model):
    """Everything a forecast may know."""

    comity: Literal[1] = Field(description="version of the dossier format")
    title: str = Field(description="title of the dossier")
    as_of: Day = Field(description="the day on which the forecast could have been made")
    handling: str = Field("for the presidency only", description="handling mark on every report")
    note: str = Field("", description="what a reader must know before using the answer")
    actors: FrozenMap[Id, Actor] = Field(description="id to actor")
    sources: FrozenMap[Id, Source] = Field(default=frozendict(), description="id to source")
    statements: FrozenMap[Id, Statement] = Field(
        default=frozendict(), description="id to statement"
    )
    bodies: FrozenMap[Id, Body] = Field(default=frozendict(), description="id to body")
    agenda: FrozenMap[Id, Item] = Field(default=frozendict(), description="id to item")
    positions: FrozenMap[Id, FrozenMap[Id, Position]] = Field(
        default=frozendict(), description="item to actor to position"
    )
    codings: FrozenMap[Id, Coding] = Field(
        default=frozendict(), description="rival readings of contested judgements"
    )

    @model_validator(mode="after")
    def _references_resolve(self) -> Dossier:
        from comity.dossier.references import refuse_dangling

        refuse_dangling(self)
        return self

    def charter(self, body: str) -> Charter:
        """The charter of a body, packaged or spelled out."""
        from comity.dossier.charters import load_charter

        charter = self.bodies[body].charter
        return load_charter(charter) if isinstance(charter, str) else charter

    def procedure(self, item: str) -> Procedure:
        """The procedure by which an item is decided."""
        entry = self.agenda[item]
        return self.charter(entry.body).procedures[entry.procedure]

    def members(self, item: str) -> tuple[str, ...]:
        """Ids of the members with a seat in the body that decides the item, in seat order."""
        return self.bodies[self.agenda[item].body].members

    def position(self, item: str, actor: str) -> Position:
        """The actor's position, or an unknown one if the dossier has none (conventions §4)."""
        return self.positions.get(item, frozendict()).get(actor, Position())

    def chair(self, body: str, on: date | None = None) -> str | None:
        """Who chairs the body on a day (default: ``as_of``); None without a presidency."""
        presidency = self.bodies[body].presidency
        if presidency is None:
            return None
        if presidency.until is None or (on or self.as_of) <= presidency.until:
            return presidency.holder
        after = presidency.order.index(presidency.holder) + 1
        return presidency.order[after % len(presidency.order)]

    def sitting_chair(self, body: str) -> str | None:
        """Who chairs the body's next session; its chair on ``as_of`` if none is planned."""
        planned = [session.on for session in self.bodies[body].sessions]
        return self.chair(
            body, min((day for day in planned if day >= self.as_of), default=self.as_of)
        )

    def in_round(self, item: str, number: int) -> Dossier:
        """The dossier after the first ``number`` rounds on an item; draws keep their paths."""
        entry, held = self.agenda[item], dict(self.positions.get(item, frozendict()))
        tabled = entry.tabled
        for later in entry.rounds[:number]:
            tabled = tabled if later.tabled is None else later.tabled
            for actor, concession in later.concessions.items():
                held[actor] = held.get(actor, Position()).conceding(concession)
        moved = self.model_copy(update={"positions": self.positions.set(item, frozendict(held))})
        return moved.with_item(item, tabled=tabled)

    def coded(self, name: str) -> Dossier:
        """The dossier as one of its codings reads it."""
        coding = self.codings[name]
        positions = self.positions
        for item, held in coding.positions.items():
            positions = positions.set(item, positions.get(item, frozendict()) | held)
        recoded = self.model_copy(update={"positions": positions, "codings": frozendict()})
        for item, presumption in coding.presumptions.items():
            recoded = recoded.presuming(item, presumption)
        return recoded

    def presuming(self, item: str, presumption: Literal["within", "outside"]) -> Dossier:
        """The dossier with another presumption on an item's competence."""
        entry = self.agenda[item]
        if entry.competence is None:
            return self
        settled = entry.competence.model_copy(update={"presumption": presumption})
        return self.with_item(item, competence=settled)

    def with_item(self, item: str, **changes: object) -> Dossier:
        """The dossier with some fields of an agenda item replaced, unvalidated."""
        entry = self.agenda[item].model_copy(update=changes)
        return self.model_copy(update={"agenda": self.agenda.set(item, entry)})
