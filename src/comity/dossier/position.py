"""What an actor wants on an item, what it would let pass, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Literal

from frozendict import frozendict
from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from comity.dossier.draft import TEXT_FORMS
from comity.dossier.frozen import FrozenMap, Id, Model, is_id
from comity.dossier.quantity import (
    AmountQuantity,
    PercentQuantity,
    Quantity,
    Uniform,
    parse,
)

UNKNOWN = Uniform(0.0, 100.0)
"""What is taken of an ideal or a salience nobody has stated: anything (conventions §4)."""


class Basis(StrEnum):
    """What a judgement rests on."""

    STATED = "stated"
    INFERRED = "inferred"
    ASSUMED = "assumed"


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
            return _read_option(raw)
        if isinstance(raw, dict) and raw and not _meant_as_quantity(raw):
            return _read_choice(raw)
        raise


def _read_option(raw: str) -> Choice:
    if not is_id(raw):
        raise PydanticCustomError(
            "quantity", "a number, a range like 40..60 or the name of an option was expected"
        )
    return Choice(weights=frozendict({raw: 1.0}))


def _meant_as_quantity(raw: dict[Any, Any]) -> bool:
    """Whether the keys are those of a quantity, and not options that happen to be called so."""
    return set(raw) <= {"low", "mode", "high", "mean", "sd"} and not _sums_to_one(raw.values())


def _read_choice(raw: dict[Any, Any]) -> Choice:
    weights = {str(option): weight for option, weight in raw.items()}
    if not _sums_to_one(weights.values()):
        raise PydanticCustomError(
            "choice", "options with weights of 0 or more that sum to 1 were expected"
        )
    return Choice(weights=frozendict(weights))


def _sums_to_one(weights: Iterable[Any]) -> bool:
    given = list(weights)
    numbers = [weight for weight in given if type(weight) in (int, float)]
    return (
        len(numbers) == len(given)
        and min(numbers, default=0) >= 0
        and abs(sum(numbers) - 1) <= 1e-6
    )


def _write_ideal(ideal: Quantity | Choice | None) -> Any:
    if isinstance(ideal, Choice):
        weights = dict(ideal.weights)
        return next(iter(weights)) if list(weights.values()) == [1.0] else weights
    return None if ideal is None else ideal.written()


Ideal = Annotated[
    PercentQuantity | Choice,
    BeforeValidator(_read_ideal),
    PlainSerializer(_write_ideal),
    WithJsonSchema(
        {
            "anyOf": [
                *TEXT_FORMS,
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
            "items": {"anyOf": TEXT_FORMS},
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


class Concession(Model):
    """What an actor changes in its position from a round on; what is not named stays."""

    ideal: Ideal | None = Field(None, description="new ideal")
    accepts: Accepts | None = Field(None, description="new stated acceptance")
    floor: PercentQuantity | None = Field(None, description="new floor")
    salience: PercentQuantity | None = Field(None, description="new salience")
    omega: AmountQuantity | None = Field(None, description="new ω")
    basis: Basis = Field(Basis.ASSUMED, description="stated, inferred or assumed")
    from_: tuple[str, ...] = Field((), alias="from", description="ids of the statements")
