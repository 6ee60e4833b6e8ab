"""What the model refuses, in words a secretariat understands."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from comity.dossier.anatomy import field_at, field_names, models_at, value_at
from comity.dossier.frozen import Model
from comity.dossier.paths import MisfitError, Path, listed, nearest
from comity.dossier.rule import rule_kinds
from comity.dossier.talks import LINK_KINDS

_EXPECTED = {
    "string_type": "text",
    "string_unicode": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "tuple_type": "a list",
    "list_type": "a list",
}
_LIMITS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "of at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "of at most"),
}
_OWN = {
    "quantity",
    "choice",
    "accepts",
    "share",
    "id",
    "day",
    "scale",
    "options",
    "item",
    "amount",
    "limit",
    "limit_base",
    "issue",
    "grid",
    "preference",
    "interaction",
    "link",
    "parties",
}
"""Error types that our own validators raise: their message is already in words."""

_MENDS = {
    "quantity": "Write a number, a range such as 40..60, {low: 40, mode: 45, high: 60} "
    "or {mean: 50, sd: 5}.",
    "choice": "Name one option, or give weights such as {within: 0.3, outside: 0.7}.",
    "accepts": "Write e.g. [0, 40] on a scale, or [within, outside] among options.",
    "share": "Write e.g. 2/3.",
    "day": "Write e.g. 2022-11-22.",
    "scale": "Write each point from 0 to 100 once, e.g. {0: no text, 100: full demand}.",
    "options": "List each option once.",
    "item": "Remove `scale`, or remove `options`.",
    "amount": "Write e.g. 29 or 0.5.",
    "limit_base": "Write `of: members` or `of: present`.",
    "limit": "Keep one of them, e.g. `at_most: 1/4`.",
    "issue": "Write one of `options: [none, some, all]`, `grid: {low: 0, high: 10, step: 1}` "
    "or `divisible: {total: 100}`.",
    "grid": "Write e.g. {low: 0, high: 10, step: 0.5}.",
    "preference": "Keep one of the two.",
    "interaction": "Write e.g. `when: {road: joint, fee: 5..10}`.",
    "link": "Write e.g. {kind: if_then, if: {road: joint}, then: {fee: 0}}.",
    "parties": "Name the actors that must all agree, e.g. [ARM, AZE].",
}


@dataclass(frozen=True)
class _Complaint:
    """One pydantic error, with the path into what was really written.

    ``key`` is the name it is about, if it is about a name and not about a value.
    """

    path: Path
    type: str
    message: str
    context: dict[str, Any]
    key: str | None

    @property
    def on_key(self) -> bool:
        return self.key is not None


def misfits_of(error: ValidationError, model: type[Model], raw: Any) -> list[MisfitError]:
    """One problem for each place that the model refuses, in the order of the model."""
    by_place: dict[Path, list[_Complaint]] = defaultdict(list)
    for entry in error.errors(include_url=False):
        one = _complaint(entry, raw)
        by_place[one.path].append(one)
    told = _told_below(by_place) | _told_beside(by_place) | _told_by_guess(by_place)
    return [
        _worded(_most_helpful(here), model, raw, [one for one in here if one.on_key] or here)
        for path, here in by_place.items()
        if path not in told
    ]


def _told_below(by_place: Mapping[Path, list[_Complaint]]) -> set[Path]:
    """Places where one branch of a union fails as a whole, and another deeper down."""
    above = {path[:depth] for path in by_place for depth in range(len(path))}
    return {path for path in above & set(by_place) if not _own(by_place[path])}


def _told_beside(by_place: Mapping[Path, list[_Complaint]]) -> set[Path]:
    """Bounds of an acceptance refused as text, where another is refused as a number."""
    lists = {path[:-1] for path, here in by_place.items() if "accepts" in path[-2:] and _own(here)}
    return {path for path, here in by_place.items() if path[:-1] in lists and not _own(here)}


def _told_by_guess(by_place: Mapping[Path, list[_Complaint]]) -> set[Path]:
    """Missing fields for which an unknown one stands in, misspelt."""
    unknown: dict[Path, list[str]] = defaultdict(list)
    for path, here in by_place.items():
        if here[0].type == "extra_forbidden":
            unknown[path[:-1]].append(str(path[-1]))
    return {
        path
        for path, here in by_place.items()
        if here[0].type == "missing" and nearest(str(path[-1]), unknown[path[:-1]][:20])
    }


def _own(here: list[_Complaint]) -> list[_Complaint]:
    return [one for one in here if one.type in _OWN]


def _most_helpful(here: list[_Complaint]) -> _Complaint:
    keys = [one for one in here if one.on_key]
    return (keys or _own(here) or here)[0]


def _complaint(entry: Any, raw: Any) -> _Complaint:
    loc = entry["loc"]
    path = _written_path(loc, raw, missing=entry["type"] == "missing")
    key = str(loc[-2]) if loc[-1:] == ("[key]",) else None
    return _Complaint(path, entry["type"], entry["msg"], entry.get("ctx", {}), key)


def _written_path(loc: tuple[int | str, ...], raw: Any, missing: bool) -> Path:
    """The part of a pydantic location that was really written; the rest names validators."""
    path: Path = ()
    here = raw
    for index, step in enumerate(loc):
        if missing and index == len(loc) - 1:
            return (*path, step)
        inside = isinstance(here, dict) and step in here
        inside |= isinstance(here, list) and isinstance(step, int) and step < len(here)
        if inside:
            path, here = (*path, step), here[step]
    return path


def _worded(one: _Complaint, model: type[Model], raw: Any, here: list[_Complaint]) -> MisfitError:
    value = one.key if one.on_key else value_at(raw, one.path)
    shown = shown_raw(value)
    if one.type == "missing":
        return _missing(one, model, raw)
    if one.type == "extra_forbidden":
        return _unknown(one, model, raw)
    if one.type in _OWN:
        return MisfitError(one.path, one.message, found=shown, mend=_own_mend(one, value))
    if choices := _choices(one):
        return _not_among(one, choices, shown)
    if one.type in _LIMITS:
        key, word = _LIMITS[one.type]
        limit = f"{word} {one.context[key]:g}"
        return MisfitError(
            one.path, f"a number {limit} was expected", found=shown, mend="Change the number."
        )
    if one.type == "too_short":
        return _too_short(one, shown)
    expected = list(dict.fromkeys(_EXPECTED[o.type] for o in here if o.type in _EXPECTED))
    if not expected:
        return MisfitError(
            one.path, one.message, found=shown, mend=_described(one.path, model, raw)
        )
    return MisfitError(
        one.path,
        f"{' or '.join(expected)} was expected",
        found=shown,
        mend=_described(one.path, model, raw) if expected[1:] else _typed_mend(expected, value),
    )


def _own_mend(one: _Complaint, value: Any) -> str:
    if isinstance(value, str) and value.rstrip().endswith("%") and one.type == "quantity":
        return f"Write the number alone: {value.rstrip().removesuffix('%').strip()}."
    if one.type == "id":
        plain = re.sub(r"[^\w-]+", "_", str(value)).strip("_-")
        return f"Write e.g. {plain or 'first'}."
    if "at most" in one.message and one.type == "issue":
        return "Keep those that differ in substance; a range of numbers is a `grid`."
    if one.type == "link":
        return _link_mend(value)
    if "outside" in one.message:
        return "Give a number within these limits, or a range within them."
    return _MENDS[one.type]


def _link_mend(value: Any) -> str:
    kind = value.get("kind") if isinstance(value, dict) else None
    like = nearest(kind.replace(" ", "_"), LINK_KINDS) if isinstance(kind, str) else None
    return f"Did you mean 'kind: {like}'?" if like else _MENDS["link"]


def _missing(one: _Complaint, model: type[Model], raw: Any) -> MisfitError:
    *above, name = one.path
    info = field_at(model, tuple(above), raw, str(name))
    what = f": {info.description}" if info is not None and info.description else ""
    return MisfitError(one.path, "a required field is missing", mend=f"Add `{name}`{what}.")


def _unknown(one: _Complaint, model: type[Model], raw: Any) -> MisfitError:
    *above, name = one.path

    def mend() -> str:
        owners = models_at(model, tuple(above), raw)
        known = [alias for owner in owners for alias in field_names(owner)]
        like = nearest(str(name), known)
        guess = f"Did you mean '{like}'? " if like else ""
        return f"{guess}Fields here: {listed(known, 20)}."

    return MisfitError(one.path, "there is no field of this name", found=str(name), mend=mend)


def _choices(one: _Complaint) -> list[str]:
    if one.type in ("enum", "literal_error"):
        words = one.context["expected"]
        return [word.strip("' ") for word in words.replace(" or ", ", ").split(", ")]
    if one.type == "union_tag_invalid":
        return [word.strip("' ") for word in one.context["expected_tags"].split(", ")]
    if one.type == "union_tag_not_found":
        return rule_kinds()
    return []


def _not_among(one: _Complaint, choices: list[str], shown: str) -> MisfitError:
    if one.type == "union_tag_invalid":
        shown = str(one.context["tag"])
    like = nearest(shown, choices)
    mend = f"Did you mean '{like}'?" if like else f"Write one of: {', '.join(choices)}."
    wanted = f"one of {', '.join(choices)}"
    if one.type.startswith("union_tag"):
        wanted = "a kind of rule"
    return MisfitError(one.path, f"{wanted} was expected", found=shown, mend=mend)


def _typed_mend(expected: list[str], value: Any) -> str:
    if value is None:
        return "Write it after the colon or beneath it, or remove the line."
    scalar = not isinstance(value, (dict, list))
    if "text" in expected:
        return f'Put it in quotes: "{shown_raw(value)}".' if scalar else "Write text, in quotes."
    if "a list" in expected:
        shown = shown_raw(value) if scalar else "a, b"
        return f"Write it in brackets: [{shown}]."
    if "a mapping" in expected:
        return "Write `name: value` lines beneath it, indented."
    if "true or false" in expected:
        return "Write true or false."
    return "Write the number alone, without quotes or unit."


def _too_short(one: _Complaint, shown: str) -> MisfitError:
    least = one.context.get("min_length", 1)
    needs = "an entry" if least == 1 else f"at least {least} entries"
    mend = "Name at least one, in brackets." if shown == "[]" else f"Write {needs}."
    return MisfitError(one.path, f"the list needs {needs}", found=shown, mend=mend)


def _described(path: Path, model: type[Model], raw: Any) -> str:
    """What is expected at a path, or of the field in which it lies."""
    for depth in range(len(path) - 1, -1, -1):
        info = field_at(model, path[:depth], raw, str(path[depth]))
        if info is not None and info.description:
            return f"Expected: {info.description}."
    return "Compare it with the reference of all fields."


def shown_raw(value: Any) -> str:
    """A value as a dossier would write it, roughly."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str).replace('"', "")
