"""Texts that can be on the table: points of a scale, or options."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    BeforeValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from comity.dossier.quantity import (
    PERCENT,
    PercentQuantity,
    Quantity,
    parse,
    written_forms,
)

TEXT_FORMS = [
    *(form for form in written_forms(PERCENT) if form["type"] != "string"),
    {"type": "string", "examples": ["40..60", "within"]},
]
"""JSON Schemas of a quantity on the scale, or the name of an option."""


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
    WithJsonSchema({"anyOf": TEXT_FORMS}),
]
"""A text: a point on the item's scale, possibly uncertain, or the id of an option."""
