"""Numbers that may be uncertain, and the inverse distributions that draw them.

Four ways to write one (conventions §3):

- ``50`` — certain;
- ``40..60`` — anything between, equally likely (uniform);
- ``{low: 40, mode: 45, high: 60}`` — triangular;
- ``{mean: 50, sd: 5}`` — normal, conditioned on the domain of the field it stands in.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    AfterValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

Floats = NDArray[np.float64]

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_FLAT = 1e5  # so many widths of its domain make a normal as good as uniform: off by < 1e-9

_RANGE = re.compile(rf"^\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*$")


@dataclass(frozen=True)
class Domain:
    """The values a field may take, both ends included."""

    low: float = -math.inf
    high: float = math.inf

    def __contains__(self, value: object) -> bool:
        return isinstance(value, (int, float)) and self.low <= value <= self.high

    def __str__(self) -> str:
        if math.isinf(self.high):
            return f"{_plain(self.low):,} or more" if not math.isinf(self.low) else "any number"
        return f"{_plain(self.low):,} to {_plain(self.high):,}"


PERCENT = Domain(0.0, 100.0)
AMOUNT = Domain(0.0)
WORTH = Domain(-1e6, 1e6)
"""What an option may be worth: enough room, and sums that floats still carry exactly enough."""

LARGEST = 1e30
"""Beyond this an amount is a slip of the pen, and sums of such amounts would not be finite."""


@dataclass(frozen=True)
class Quantity:
    """A number, certain or not. Use one of the four subclasses."""

    def ppf(self, uniforms: Floats, domain: Domain) -> Floats:
        """Map uniforms in [0, 1) to draws by the inverse distribution; same shape."""
        raise NotImplementedError  # pragma: no cover - abstract

    @property
    def certain(self) -> bool:
        return False

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest value, before the domain is applied."""
        raise NotImplementedError  # pragma: no cover - abstract

    def written(self) -> Any:
        """The form in which a dossier file states it."""
        raise NotImplementedError  # pragma: no cover - abstract

    def median(self, domain: Domain) -> float:
        return float(self.ppf(np.array([0.5]), domain)[0])

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            parse,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda quantity: quantity.written()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": written_forms(Domain())}


@dataclass(frozen=True)
class Exactly(Quantity):
    """A certain number."""

    value: float

    def ppf(self, uniforms: Floats, domain: Domain) -> Floats:
        return np.full(uniforms.shape, self.value)

    @property
    def certain(self) -> bool:
        return True

    @property
    def bounds(self) -> tuple[float, float]:
        return self.value, self.value

    def written(self) -> Any:
        return _plain(self.value)


@dataclass(frozen=True)
class Uniform(Quantity):
    """Anything from ``low`` to ``high``, equally likely."""

    low: float
    high: float

    def ppf(self, uniforms: Floats, domain: Domain) -> Floats:
        return self.low + uniforms * (self.high - self.low)

    @property
    def bounds(self) -> tuple[float, float]:
        return self.low, self.high

    def written(self) -> Any:
        return f"{_plain(self.low)}..{_plain(self.high)}"


@dataclass(frozen=True)
class Triangular(Quantity):
    """Between ``low`` and ``high``, most likely at ``mode``, with straight sides."""

    low: float
    mode: float
    high: float

    def ppf(self, uniforms: Floats, domain: Domain) -> Floats:
        width = self.high - self.low
        split = (self.mode - self.low) / width
        rising = self.low + np.sqrt(uniforms * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1.0 - uniforms) * width * (self.high - self.mode))
        return np.where(uniforms < split, rising, falling)

    @property
    def bounds(self) -> tuple[float, float]:
        return self.low, self.high

    def written(self) -> Any:
        return {"low": _plain(self.low), "mode": _plain(self.mode), "high": _plain(self.high)}


@dataclass(frozen=True)
class Normal(Quantity):
    """Normal with ``mean`` and ``sd``, conditioned on lying in the field's domain."""

    mean: float
    sd: float

    def ppf(self, uniforms: Floats, domain: Domain) -> Floats:
        from scipy.special import ndtr, ndtri

        if self.sd > _FLAT * (domain.high - domain.low):  # where the formula would cancel
            return Uniform(domain.low, domain.high).ppf(uniforms, domain)
        below = ndtr((domain.low - self.mean) / self.sd)
        within = ndtr((domain.high - self.mean) / self.sd) - below
        below_one = np.minimum(below + uniforms * within, np.nextafter(1.0, 0.0))
        return np.clip(self.mean + self.sd * ndtri(below_one), domain.low, domain.high)

    @property
    def bounds(self) -> tuple[float, float]:
        return -math.inf, math.inf

    def written(self) -> Any:
        return {"mean": _plain(self.mean), "sd": _plain(self.sd)}


def parse(raw: object) -> Quantity:
    """Read any of the four written forms.

    Raises a pydantic error saying what was found when the form is none of them or its numbers
    are out of order.
    """
    if isinstance(raw, Quantity):
        return raw
    if isinstance(raw, bool):
        raise _refused("a number was expected, not yes or no")
    if isinstance(raw, (int, float)):
        return Exactly(_finite(raw))
    if isinstance(raw, str):
        return _parse_range(raw)
    if isinstance(raw, dict):
        return _parse_mapping(raw)
    raise _refused("a number, a range like 40..60, {low, mode, high} or {mean, sd} was expected")


def _parse_range(text: str) -> Quantity:
    match = _RANGE.match(text)
    if match is None:
        raise _refused("a number or a range like 40..60 was expected")
    low, high = (_finite(float(end)) for end in match.groups())
    if low > high:
        raise _refused(f"the range runs backwards; write {_plain(high)}..{_plain(low)}")
    return Uniform(low, high) if low < high else Exactly(low)


def _parse_mapping(raw: dict[Any, Any]) -> Quantity:
    keys = set(raw)
    if keys == {"low", "mode", "high"}:
        low, mode, high = (_number(raw, key) for key in ("low", "mode", "high"))
        if not low <= mode <= high:
            raise _refused("low, mode and high must rise in this order")
        return Triangular(low, mode, high) if low < high else Exactly(low)
    if keys == {"mean", "sd"}:
        mean, sd = _number(raw, "mean"), _number(raw, "sd")
        if sd < 0:
            raise _refused("sd must be 0 or more")
        return Normal(mean, sd) if sd > 0 else Exactly(mean)
    raise _refused("an uncertain number as a mapping needs {low, mode, high} or {mean, sd}")


def _number(raw: dict[Any, Any], key: str) -> float:
    value = raw[key]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _refused(f"{key} must be a number")
    return _finite(value)


def _finite(value: float) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _refused("a finite number was expected")
    return number


def _refused(reason: str) -> PydanticCustomError:
    return PydanticCustomError("quantity", "{reason}", {"reason": reason})


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def written_forms(domain: Domain) -> list[dict[str, Any]]:
    """JSON Schemas of the four ways to write a quantity of a domain."""
    number = _number_schema(domain)
    return [
        number,
        {"type": "string", "pattern": _RANGE.pattern, "examples": ["40..60"]},
        _object_schema(low=number, mode=number, high=number),
        _object_schema(mean=number, sd={"type": "number", "minimum": 0}),
    ]


def _number_schema(domain: Domain) -> dict[str, Any]:
    ends = {"minimum": domain.low, "maximum": domain.high}
    return {"type": "number"} | {
        end: _plain(value) for end, value in ends.items() if math.isfinite(value)
    }


def _object_schema(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _within(domain: Domain) -> Any:
    def check(quantity: Quantity) -> Quantity:
        ends, spread = quantity.bounds, 0.0
        shown = on_one_line(quantity.written())
        if isinstance(quantity, Normal):
            ends, spread = (quantity.mean, quantity.mean), quantity.sd
            shown = f"the mean {_plain(quantity.mean)}"
        if not all(end in domain for end in ends):
            raise _refused(f"{shown} lies outside {domain}")
        if math.isinf(domain.high) and max(*ends, spread) > LARGEST:
            raise _refused(f"a number of at most {LARGEST:g} was expected")
        return quantity

    return AfterValidator(check)


def on_one_line(written: Any) -> str:
    """A quantity as a dossier writes it."""
    if not isinstance(written, dict):
        return str(written)
    return "{" + ", ".join(f"{key}: {value}" for key, value in written.items()) + "}"


def _schema(domain: Domain) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": written_forms(domain)})


PercentQuantity = Annotated[Quantity, _within(PERCENT), PERCENT, _schema(PERCENT)]
AmountQuantity = Annotated[Quantity, _within(AMOUNT), AMOUNT, _schema(AMOUNT)]
WorthQuantity = Annotated[Quantity, _within(WORTH), WORTH, _schema(WORTH)]
