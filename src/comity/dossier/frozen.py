"""The base of every dossier model: immutable, closed to unknown fields, with frozen mappings."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from types import GenericAlias
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
        as_dict = handler.generate_schema(GenericAlias(dict, (key, value)))
        return core_schema.no_info_after_validator_function(frozendict, as_dict)


FrozenMap = Annotated[frozendict[K, V], _AsFrozen]
"""A mapping that cannot be changed after validation, in the order it was written."""


class Model(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True
    )


_ID = re.compile(r"\w[\w-]*")


def is_id(raw: str) -> bool:
    """Whether a text could be the id of something."""
    return _ID.fullmatch(raw) is not None


def _read_id(raw: str) -> str:
    """Ids stand in field paths, which key every draw: a dot in one could make two paths equal."""
    if raw.startswith("-"):
        raise PydanticCustomError("id", "an id begins with a letter, a digit or _")
    if not is_id(raw):
        raise PydanticCustomError("id", "an id consists of letters, digits, - and _ alone")
    return raw


Id = Annotated[str, AfterValidator(_read_id)]
"""A short name by which other parts of the dossier refer to an entry."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _read_day(raw: object) -> object:
    """Only year-month-day: a bare number would be read as seconds since 1970."""
    if isinstance(raw, str) and _DAY.fullmatch(raw):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            raise PydanticCustomError("day", "there is no such day in the calendar") from None
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    raise PydanticCustomError("day", "a day was expected, written year-month-day")


Day = Annotated[date, BeforeValidator(_read_day)]
"""A day of the calendar, written 2022-11-22."""

_SHARE = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20}|/[0-9]{1,20})?")


def _read_share(raw: object) -> Fraction:
    """Read ``2/3``, ``55 %``, ``0.55`` or a whole number as an exact fraction."""
    if isinstance(raw, Fraction):
        return raw
    if isinstance(raw, (int, float, str)) and not isinstance(raw, bool):
        text = str(raw).strip()
        number = text.removesuffix("%").strip()
        if _SHARE.fullmatch(number) and not re.search(r"/0+$", number):
            return Fraction(number) / (100 if text.endswith("%") else 1)
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

_AMOUNT = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,20}|/[0-9]{1,20})?")


def read_amount(raw: object) -> Fraction:
    """Read a number that is 0 or more, such as 29, 0.5 or 1/3, exactly."""
    if isinstance(raw, Fraction) and raw >= 0:
        return raw
    if isinstance(raw, (int, float, str)) and not isinstance(raw, bool):
        number = str(raw).strip()
        if _AMOUNT.fullmatch(number) and not re.search(r"/0+$", number):
            return Fraction(number)
    raise PydanticCustomError("amount", "a number of 0 or more was expected")


Amount = Annotated[
    Fraction,
    BeforeValidator(read_amount),
    PlainSerializer(_write_share),
    WithJsonSchema({"type": ["number", "string"], "examples": [29, "1/3", 0.5]}),
]
"""An exact number of votes, people or other units; never negative."""
