"""The base of every dossier model: immutable, closed to unknown fields, with frozen mappings."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, TypeVar, get_args

from frozendict import frozendict
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

K = TypeVar("K")
V = TypeVar("V")


class _AsFrozen:
    """Validates like a plain dict of the same types, then freezes."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        key, value = get_args(source)
        as_dict = handler.generate_schema(dict[key, value])
        return core_schema.no_info_after_validator_function(frozendict, as_dict)


FrozenMap = Annotated[frozendict[K, V], _AsFrozen]
"""A mapping that cannot be changed after validation, in the order it was written."""


class Model(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True
    )


def _read_share(raw: object) -> Fraction:
    """Read ``2/3``, ``55 %``, ``0.55`` or a whole number as an exact fraction."""
    if isinstance(raw, Fraction):
        return raw
    if isinstance(raw, (int, float, str)) and not isinstance(raw, bool):
        text = str(raw).strip()
        try:
            return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text)
        except (ValueError, ZeroDivisionError):
            pass
    raise PydanticCustomError("share", "a share such as 2/3, 55 % or 0.55 was expected")


def _within_one(share: Fraction) -> Fraction:
    if not 0 <= share <= 1:
        raise PydanticCustomError("share", "a share lies between 0 and 1")
    return share


def _write_share(share: Fraction) -> Any:
    return int(share) if share.denominator == 1 else str(share)


Share = Annotated[
    Fraction,
    BeforeValidator(_read_share),
    AfterValidator(_within_one),
    PlainSerializer(_write_share),
    WithJsonSchema({"type": ["number", "string"], "examples": ["2/3", "55 %", 0.55]}),
]
"""An exact share of a whole, so that no threshold is ever rounded."""
