"""The reference table of all fields of a dossier, made from their metadata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from frozendict import frozendict
from pydantic.fields import FieldInfo

from comity.dossier.anatomy import branches, models_in
from comity.dossier.dump import plain
from comity.dossier.frozen import Amount, Model
from comity.dossier.model import Dossier
from comity.dossier.position import Choice
from comity.dossier.quantity import Domain, Quantity
from comity.dossier.talks import OptionName, Picked

HEAD = """# The dossier, field by field

Generated from the fields' metadata by `docs/reference/dossier.py`; edit `src/comity/dossier/`, not
this page. `comity schema` prints the same as a JSON Schema, `comity new` writes a dossier to start
from.

A *quantity* is a number that may be uncertain: `50`, `40..60` (anything between, equally likely),
`{low: 40, mode: 45, high: 60}` (triangular) or `{mean: 50, sd: 5}` (normal, kept within the field's
limits). An *id* consists of letters, digits, `-` and `_`. A *day* is written `2022-11-22`. A
*share* is written `2/3`, `55 %` or `0.55`.

In talks an *option* is named by its id, by its point on a grid (`2.5`), or by the amounts that the
parties get of a quantity they divide, in their order (`60/40`). *Options picked* are one option or
a list of them; of a grid also a range (`40..60`), of a quantity to divide also a range of one
party's part (`ARM 40..60`).
"""

Row = tuple[str, str, str, str, str]


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([HEAD, *(_section(model) for model in models())])


def models() -> list[type[Model]]:
    """The dossier and every record in it, each before what it holds."""
    found: list[type[Model]] = []
    waiting: list[type[Model]] = [Dossier]
    while waiting:
        model = waiting.pop(0)
        if model in found or model is Choice:
            continue
        found.append(model)
        waiting += [inner for info in model.model_fields.values() for inner in _held(info)]
    return found


def rows(model: type[Model]) -> Iterator[Row]:
    """Attribute, type, default, required, description of each field."""
    for name, info in model.model_fields.items():
        required = info.is_required() or _tells_apart(name, info)
        default = "" if required else _default(info.default)
        yield (
            f"`{info.alias or name}`",
            type_in_words(info),
            default,
            "yes" if required else "",
            info.description
            or "which rule; one without further settings may be written as this word alone",
        )


def _section(model: type[Model]) -> str:
    says = " ".join((model.__doc__ or "").split()).replace("``", "`")
    head = ("attribute", "type", "default", "required", "description")
    table = [head, tuple("---" for _ in head), *rows(model)]
    lines = ["| " + " | ".join(_cell(text) for text in line) + " |" for line in table]
    return "\n".join([f"## {model.__name__}", "", says, "", *lines, ""])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _tells_apart(name: str, info: FieldInfo) -> bool:
    return name == "kind" and get_origin(info.annotation) is Literal


def _default(value: Any) -> str:
    if value is None or value == "" or (hasattr(value, "__len__") and not len(value)):
        return ""
    written = plain(value)
    return f"`{str(written).lower() if isinstance(written, bool) else written}`"


_PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false"}
_NAMED = {"Fraction": "share", "date": "day", "Choice": "option, or options with weights"}
_AMOUNT = get_args(Amount)[1]
"""What tells a number of votes or people from a share, both being fractions."""
_OPTION, _PICKED = get_args(OptionName)[1], get_args(Picked)[1]
"""What tells the name of an option, and options picked, from other text and lists of it."""


def type_in_words(info: FieldInfo) -> str:
    """What may be written in a field, in words."""
    return " or ".join(dict.fromkeys(_words(info.annotation, info.metadata)))


def _words(annotation: Any, outer: Sequence[Any] = ()) -> Iterator[str]:
    """Words for what may be written, ``outer`` being said of all of it."""
    for branch, inner in branches(annotation):
        if branch is not type(None):
            yield _word(branch, [*inner, *outer])


def _word(branch: Any, said: Sequence[Any]) -> str:
    domain = next((part for part in said if isinstance(part, Domain)), None)
    origin, inside = get_origin(branch), get_args(branch)
    if _OPTION in said or _PICKED in said:
        return "option" if _OPTION in said else "options picked"
    if origin is frozendict:
        key = {float: "number", str: "option"}.get(inside[0], "id")
        return f"mapping of {key} to {_one(inside[1])}"
    if origin is tuple:
        return f"list of {_one(inside[0])}"
    if origin is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in inside)
    if issubclass(branch, Quantity):
        return "quantity" if domain is None else f"quantity, {domain}"
    if issubclass(branch, Enum):
        return "one of " + ", ".join(f"`{entry.value}`" for entry in branch)
    if _AMOUNT in said:
        return "number"
    if branch in _PLAIN:
        return _PLAIN[branch]
    return _NAMED.get(branch.__name__, f"[{branch.__name__}](#{branch.__name__.lower()})")


def _one(annotation: Any) -> str:
    return " or ".join(dict.fromkeys(_words(annotation)))


def _held(info: FieldInfo) -> Iterator[type[Model]]:
    waiting = [info.annotation]
    while waiting:
        annotation = waiting.pop(0)
        yield from models_in(annotation)
        for branch, _ in branches(annotation):
            if get_origin(branch) in (frozendict, tuple):
                waiting += get_args(branch)
