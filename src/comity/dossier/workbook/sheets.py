"""The sheets of a workbook and their columns, described by the fields of the dossier's records.

A sheet is a place in the dossier where records stand by id, such as ``positions.ITEM.ACTOR``; its
first columns are those ids, the others the fields of the record. Records inside a record that stand
once (a presidency, a grid) are columns with a dot; mappings without a sheet of their own are
written in one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Literal, get_args, get_origin

from frozendict import frozendict
from pydantic.fields import FieldInfo

from comity.dossier.anatomy import branches, models_in
from comity.dossier.attributes import type_in_words
from comity.dossier.frozen import Model
from comity.dossier.model import Dossier
from comity.dossier.position import Choice
from comity.dossier.quantity import Quantity

KEY, NUMBER = "*", "#"
"""Steps of a sheet's path: an id, or the number of an entry in a list."""

Kind = Literal[
    "text", "choice", "day", "share", "number", "truth", "quantity", "option", "value", "words",
    "list", "mapping", "tree",
]  # fmt: skip
"""What a column holds, and so how its cells are written and read."""


@dataclass(frozen=True)
class Column:
    """A column: its name, the fields below the record that it holds, and what it is."""

    name: str
    path: tuple[str, ...]
    kind: Kind
    type: str
    says: str
    required: bool = False
    choices: tuple[str, ...] = ()
    is_key: bool = False

    @property
    def plain_type(self) -> str:
        """What may be written, without links to the reference."""
        return re.sub(r"\[(\w+)\]\(#\w+\)", lambda link: link[1].lower(), self.type)


@dataclass(frozen=True)
class Sheet:
    """A sheet: where its records stand in the dossier, and what its columns are."""

    name: str
    path: tuple[str, ...]
    says: str
    keys: tuple[Column, ...]
    columns: tuple[Column, ...]

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return (*self.keys, *self.columns)


_SHEETS: dict[str, tuple[str, str, str]] = {
    "": ("dossier", "", "the dossier itself, in one row"),
    "actors.*": ("actors", "actor", "everybody who holds a position, negotiates or speaks"),
    "sources.*": ("sources", "source", "publications, cited and never copied"),
    "statements.*": ("statements", "statement", "what was said, paraphrased"),
    "bodies.*": ("bodies", "body", "bodies of members that decide"),
    "bodies.*.sessions.#": ("sessions", "body number", "meetings of a body, numbered in order"),
    "agenda.*": ("agenda", "item", "the questions that a body is asked"),
    "agenda.*.options.*": ("options", "item option", "options of an item, from the least on"),
    "agenda.*.scale.*": ("scales", "item point", "what texts at some points of a scale say"),
    "agenda.*.rounds.#": ("rounds", "item number", "further rounds on an item"),
    "agenda.*.rounds.#.concessions.*": (
        "concessions", "item round actor", "what an actor declares to give in a round",
    ),
    "positions.*.*": ("positions", "item actor", "what each actor wants on each item"),
    "positions.*.*.values.*": (
        "position values", "item actor option", "what options are worth to an actor",
    ),
    "codings.*": ("codings", "coding", "rival readings of contested judgements"),
    "codings.*.positions.*.*": (
        "coding positions", "coding item actor", "positions as a rival reading has them",
    ),
    "talks.*": ("talks", "talks", "negotiations between parties"),
    "talks.*.tracks.*": ("tracks", "talks track", "strands of the talks"),
    "talks.*.issues.*": ("issues", "talks issue", "what is at issue in the talks"),
    "talks.*.issues.*.options.*": (
        "issue options", "talks issue option", "options of an issue, and what each says",
    ),
    "talks.*.preferences.*": (
        "preferences", "talks party", "what each party would not go below, and what it discloses",
    ),
    "talks.*.preferences.*.issues.*": (
        "wants", "talks party issue", "how much each issue matters to each party",
    ),
    "talks.*.preferences.*.issues.*.values.*": (
        "values", "talks party issue option", "what options are worth to a party",
    ),
    "talks.*.preferences.*.issues.*.lights.*": (
        "lights", "talks party issue option", "yes, could live with, or no (a red line)",
    ),
    "talks.*.preferences.*.interactions.*": (
        "interactions", "talks party interaction", "what two options together are worth",
    ),
    "talks.*.preferences.*.red_lines.*": (
        "red lines", "talks party red_line", "what a party says it will never take",
    ),
    "talks.*.links.*": ("links", "talks link", "constraints across issues, which bind all"),
    "talks.*.proposals.*": ("proposals", "talks proposal", "packages already put forward"),
    "talks.*.claims.*": ("claims", "talks claim", "what was said of a proposal, to be tested"),
}  # fmt: skip
"""Path to the name of the sheet, the names of its key columns, and what it holds."""


@cache
def sheets() -> tuple[Sheet, ...]:
    """All sheets in the order of the workbook; each stands after the one it belongs to."""
    return tuple(_sheet(path, *told) for path, told in _SHEETS.items())


def _sheet(dotted: str, name: str, keys: str, says: str) -> Sheet:
    path = tuple(dotted.split(".")) if dotted else ()
    annotation, info = _annotation_at(path)
    models = tuple(models_in(annotation))
    if models:
        columns = tuple(_columns(models, path, (), within=True))
    else:
        assert info is not None
        what = {"scale": "says", "options": "says", "lights": "light"}.get(path[-2], "worth")
        columns = (_column(what, (), annotation, info, ()),)
    return Sheet(name, path, says, tuple(_keys(path, keys.split())), columns)


def _keys(path: tuple[str, ...], names: list[str]) -> Iterator[Column]:
    """Key columns: ids, numbers in a list, or names of options, which may be numbers."""
    steps = [step for step in path if step in (KEY, NUMBER)]
    for index, (step, name) in enumerate(zip(steps, names, strict=True)):
        last = index == len(names) - 1
        if step == NUMBER:
            yield Column(name, (), "number", "whole number", "its place in the order, from 1",
                         True, (), True)  # fmt: skip
        elif name == "point":
            yield Column(name, (), "number", "number", "a point of the scale", True, (), True)
        elif name == "option" and path[-2] in ("values", "lights") and path[0] == "talks":
            says = "id of the option, point of a grid, or amount that the party gets"
            yield Column(name, (), "option", "option", says, True, (), True)
        else:
            whose = "an id of your choice" if last and _names_new(path) else f"id of the {name}"
            yield Column(name, (), "text", "id", whose, True, (), True)


def _names_new(path: tuple[str, ...]) -> bool:
    """Whether the last key of a sheet is where a thing gets its id."""
    wants_of = path[-2] in ("concessions", "preferences", "values", "lights")
    return not (wants_of or "positions" in path or path[-4:-1] == ("preferences", KEY, "issues"))


def _annotation_at(path: tuple[str, ...]) -> tuple[Any, FieldInfo | None]:
    """What stands at a path, and the field that holds it."""
    annotation: Any = Dossier
    info: FieldInfo | None = None
    for step in path:
        if step in (KEY, NUMBER):
            inner = [get_args(branch) for branch, _ in branches(annotation) if get_args(branch)]
            annotation = inner[0][1] if step == KEY else inner[0][0]
        else:
            info = next(
                found
                for model in models_in(annotation)
                for found in [_named(model, step)]
                if found is not None
            )
            annotation = info.annotation
    return annotation, info


def _named(model: type[Model], alias: str) -> FieldInfo | None:
    for name, info in model.model_fields.items():
        if alias == (info.alias or name):
            return info
    return None


def _columns(
    models: tuple[type[Model], ...], at: tuple[str, ...], below: tuple[str, ...], within: bool
) -> Iterator[Column]:
    """Columns of the records at a path; of several kinds of record, all fields of any of them."""
    seen: set[str] = set()
    for model in models:
        for name, info in model.model_fields.items():
            alias = info.alias or name
            if alias in seen:
                continue
            seen.add(alias)
            here = (*below, alias)
            if _has_sheet((*at, *here)):
                continue
            nested = tuple(models_in(info.annotation))
            if nested and all(_is_record(branch) for branch in _some(info.annotation)):
                yield from _columns(nested, at, here, info.is_required())
                continue
            required = info.is_required() and len(models) == 1 and within
            yield _column(".".join(here), here, info.annotation, info, models, required)


def _has_sheet(path: tuple[str, ...]) -> bool:
    """Whether a field's entries have a sheet of their own."""
    dotted = ".".join(path)
    return any(f"{dotted}{more}" in _SHEETS for more in (".*", ".#", ".*.*"))


def _is_record(branch: Any) -> bool:
    return isinstance(branch, type) and issubclass(branch, Model) and branch is not Choice


def _some(annotation: Any) -> list[Any]:
    return [branch for branch, _ in branches(annotation) if branch is not type(None)]


def _column(
    name: str,
    path: tuple[str, ...],
    annotation: Any,
    info: FieldInfo,
    models: tuple[type[Model], ...],
    required: bool = False,
) -> Column:
    kind, choices = _kind(annotation, info)
    tells_apart = name == "kind" and len(models) > 1
    if tells_apart:
        tags = (get_args(_one_kind(model).annotation)[0] for model in models)
        kind, choices = "choice", tuple(tags)
    words = "one of " + ", ".join(f"`{c}`" for c in choices) if choices else ""
    says = info.description or ""
    typed = words or type_in_words(info)
    if not path:  # the value of an entry: the field tells of the mapping, the type of its values
        typed = words or type_in_words(FieldInfo.from_annotation(annotation))
        required = True
    return Column(name, path, kind, typed, says, required or tells_apart, choices)


def _one_kind(model: type[Model]) -> FieldInfo:
    return model.model_fields["kind"]


def _kind(annotation: Any, info: FieldInfo) -> tuple[Kind, tuple[str, ...]]:
    said = [branch for branch, _ in branches(annotation) if branch is not type(None)]
    if type_in_words(info) == "option":
        return "option", ()
    if len(said) > 1:
        return ("tree", ()) if any(_is_record(branch) for branch in said) else _several(said)
    return _single(said[0])


def _several(said: list[Any]) -> tuple[Kind, tuple[str, ...]]:
    if all(get_origin(branch) is tuple for branch in said):
        return "list", ()
    return "value", ()


def _single(branch: Any) -> tuple[Kind, tuple[str, ...]]:
    origin, inside = get_origin(branch), get_args(branch)
    if origin is Literal:
        return ("choice", inside) if isinstance(inside[0], str) else ("number", ())
    if origin is frozendict:
        return "mapping", ()
    if origin is tuple:
        plain = all(one is str or get_origin(one) is Literal for one in _some(inside[0]))
        return ("words" if plain else "list"), ()
    if issubclass(branch, Enum):
        return "choice", tuple(entry.value for entry in branch)
    if issubclass(branch, Quantity):
        return "quantity", ()
    kinds: dict[Any, Kind] = {
        str: "text", bool: "truth", int: "number", float: "number", date: "day", Fraction: "share",
    }  # fmt: skip
    return kinds.get(branch, "tree"), ()
