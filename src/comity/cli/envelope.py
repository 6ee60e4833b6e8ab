"""One JSON object for each command: an envelope that says what it is, and then the result."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import PurePath
from typing import Any

from comity import __version__

_ENVELOPE = ("schema", "command", "version", "seed", "draws")


def enveloped(
    command: str, result: object, *, seed: int | None = None, draws: int | None = None
) -> str:
    """The JSON text of a command's result.

    ``schema`` is ``comity/<command>/<n>``; n rises when a key is renamed or taken away.
    ``seed`` and ``draws`` are null for a command that draws nothing.
    """
    said = written(result)
    if not isinstance(said, dict) or said.keys() & set(_ENVELOPE):
        raise TypeError(f"{command}: a result is an object without the keys of the envelope")
    head = (f"comity/{command}/1", command, __version__, seed, draws)
    document = dict(zip(_ENVELOPE, head, strict=True)) | said
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)


def written(value: object) -> Any:
    """A result as JSON has it: mappings and fields in their order, NaN and infinity as null."""
    if isinstance(value, Enum):
        return getattr(value, "label", value.value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(written(key)): written(held) for key, held in value.items()}
    if isinstance(value, Set):
        return [written(held) for held in sorted(value, key=str)]
    if isinstance(value, Sequence):
        return [written(held) for held in value]
    if isinstance(value, (Fraction, PurePath)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return _written_record(value)


def _written_record(value: object) -> Any:
    """A record of ours, or a number or an array of NumPy's, known by what it can do."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: written(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "model_dump"):
        return written(value.model_dump(by_alias=True))
    if hasattr(value, "tolist"):
        return written(value.tolist())
    raise TypeError(f"no JSON for a {type(value).__name__}")
