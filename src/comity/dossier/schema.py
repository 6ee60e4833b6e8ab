"""The JSON Schema of a dossier, by which editors complete and check one while it is written."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from comity.dossier.model import Dossier
from comity.dossier.quantity import Quantity

STORED = "comity-1.schema.json"
"""Name of the stored schema, beside this module."""


class _Written(GenerateJsonSchema):
    """States a default as a dossier would write it."""

    def encode_default(self, dft: Any) -> Any:
        return dft.written() if isinstance(dft, Quantity) else super().encode_default(dft)


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a whole dossier in one file, version 1."""
    made = Dossier.model_json_schema(by_alias=True, schema_generator=_Written)
    head = {"$schema": GenerateJsonSchema.schema_dialect, "title": "Comity dossier, version 1"}
    return head | {key: value for key, value in made.items() if key != "title"}


def schema_text() -> str:
    """The schema as it is stored and printed."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def stored_schema() -> str:
    """The stored schema, read from the package."""
    return (files("comity.dossier") / STORED).read_text("utf-8")
