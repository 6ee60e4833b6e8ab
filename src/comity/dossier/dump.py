"""A dossier written as YAML, so that reading it again gives an equal dossier."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Literal, get_origin

import yaml
from pydantic.fields import FieldInfo

from comity.dossier.frozen import Model
from comity.dossier.item import Item
from comity.dossier.model import Dossier
from comity.dossier.position import Choice, Concession
from comity.dossier.quantity import Quantity
from comity.dossier.talks import Issue
from comity.dossier.yamltext import resolved

_WIDTH = 96
_SHORT = 72
"""Characters of a mapping or list that still reads well on one line."""


def dump(dossier: Dossier) -> str:
    """YAML text that loads to an equal dossier: fields in order, defaults left out."""
    return yaml.dump(
        _mapping(dossier),
        Dumper=Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDTH,
    )


def _mapping(model: Model) -> dict[str, Any]:
    return {
        info.alias or name: _options(model, name, plain(getattr(model, name)))
        for name, info in type(model).model_fields.items()
        if _told(model, name, info)
    }


def _told(model: Model, name: str, info: FieldInfo) -> bool:
    """Whether a field must be written: leaving it out would change the dossier.

    A concession changes what it names, even to a default; and a stated basis says more than
    the same basis by default.
    """
    if name in model.model_fields_set and (isinstance(model, Concession) or name == "basis"):
        return True
    tells_rules_apart = get_origin(info.annotation) is Literal and name == "kind"
    return info.is_required() or tells_rules_apart or getattr(model, name) != info.default


def _options(model: Model, name: str, value: Any) -> Any:
    """Options that only repeat their names are written as a list of them."""
    plain_list = isinstance(model, (Item, Issue)) and name == "options" and value
    if plain_list and all(option == says for option, says in value.items()):
        return list(value)
    return value


def plain(value: Any) -> Any:
    """A value as YAML would hold it."""
    if isinstance(value, Quantity):
        return value.written()
    if isinstance(value, Choice):
        weights = dict(value.weights)
        return next(iter(weights)) if list(weights.values()) == [1.0] else weights
    if isinstance(value, Model):
        written = _mapping(value)
        return written["kind"] if set(written) == {"kind"} else written
    if isinstance(value, (tuple, list)):
        return [plain(entry) for entry in value]
    if hasattr(value, "items"):
        return {plain(key): plain(entry) for key, entry in value.items()}
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Quotes what our reader would take for something else than text, and writes no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_mapping(self, tag: str, mapping: Any, flow_style: Any = None) -> yaml.Node:
        node: yaml.MappingNode = super().represent_mapping(tag, mapping, flow_style)
        pairs = [part for pair in node.value for part in pair]
        node.flow_style = _fits_line(pairs)
        return node

    def represent_sequence(self, tag: str, sequence: Any, flow_style: Any = None) -> yaml.Node:
        node: yaml.SequenceNode = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = _fits_line(node.value) or not node.value
        return node

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> Any:
        if kind is not yaml.ScalarNode or not implicit[0]:
            return super().resolve(kind, value, implicit)
        return _MERGE if value == "<<" else _TAGS[type(resolved(value))]


def _fits_line(parts: list[Any]) -> bool:
    scalars = all(isinstance(part, yaml.ScalarNode) for part in parts)
    return scalars and sum(len(part.value) + 2 for part in parts) <= _SHORT


_TAGS = {
    type(None): "tag:yaml.org,2002:null",
    bool: "tag:yaml.org,2002:bool",
    int: "tag:yaml.org,2002:int",
    float: "tag:yaml.org,2002:float",
    str: "tag:yaml.org,2002:str",
}
_MERGE = "tag:yaml.org,2002:merge"


def _write_float(dumper: Any, value: float) -> Any:
    text = repr(value).replace("inf", ".inf").replace("nan", ".nan")
    return dumper.represent_scalar(_TAGS[float], text)


Dumper.add_representer(float, _write_float)
