"""What stands in a cell, and what the dossier holds: one way there and one way back for each kind.

Text stands as it is. Text that a spreadsheet or the other direction would take for something else
is written in double quotes, as in JSON, and read from them. Mappings, lists of values and trees are
written as in YAML, on one line where they fit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import yaml

from comity.dossier.dump import Dumper
from comity.dossier.workbook.sheets import Kind
from comity.dossier.yamltext import read, resolved
from comity.errors import DossierError

_ODD = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that a workbook cannot hold, or changes."""
_TAKEN = re.compile(r"x(?=[0-9A-Fa-f]{4}_)")
"""The second letter of `_x000D_`, which Excel takes for such a character."""
_SIMPLE = re.compile(r"[\w-]+(?:[ ./][\w-]+)*")
"""A word of a list that needs no quotes."""
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_FIRST_DAY = date(1900, 3, 1)
"""Before this day spreadsheets disagree on what day a number is."""


class CellError(ValueError):
    """A cell that cannot be read as its column says; ``mend`` says how to mend it."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.problem, self.mend = problem, mend


# ---------------------------------------------------------------- from the dossier to a cell


def to_cell(kind: Kind, value: Any) -> str | int | float | bool | date:
    """A plain value, as a dossier file holds it, as what a cell holds.

    A number of more than 16 digits becomes text: a workbook would round it.
    """
    if value is None:
        return "null"
    if kind == "tree" or isinstance(value, (dict, list)):
        return _written(kind, value)
    if kind == "day":
        day = date.fromisoformat(value)
        return day if day >= _FIRST_DAY else str(value)
    if isinstance(value, str):
        return _escaped(value) if _mistaken(kind, value) else value
    if isinstance(value, (int, float)) and float(f"{value:.16g}") != value:
        return f"{value!r}..{value!r}" if kind == "value" else repr(value)
    return value  # type: ignore[no-any-return]


def _escaped(value: Any) -> str:
    """As JSON, which is also YAML, with every odd character by its number."""
    plain = json.dumps(value, ensure_ascii=False)
    plain = _ODD.sub(lambda odd: f"\\u{ord(odd.group()):04x}", plain)
    return _TAKEN.sub(r"\\u0078", plain)


def _unsafe(text: str) -> bool:
    return bool(_ODD.search(text) or _TAKEN.search(text))


def _mistaken(kind: Kind, text: str) -> bool:
    """Whether text, standing as it is, would be read as something else."""
    odd = text == "" or text != text.strip() or text[0] == '"' or _unsafe(text)
    if kind in ("text", "choice", "share", "option"):
        return bool(odd)
    return bool(odd) or text[0] in "{['" or text == "null" or "\n" in text


def _written(kind: Kind, value: Any) -> str:
    if kind == "words" and value and all(_SIMPLE.fullmatch(word) for word in value):
        return ", ".join(value)
    wide = kind == "tree" and isinstance(value, dict)
    text: str = yaml.dump(
        value,
        Dumper=Dumper if wide else _OneLine,
        sort_keys=False,
        allow_unicode=True,
        width=1_000_000_000,
    )
    text = text.removesuffix("...\n").rstrip("\n")
    return _escaped(value) if _unsafe(text) else text


class _OneLine(Dumper):
    """Writes everything on one line."""

    def represent_mapping(self, tag: str, mapping: Any, flow_style: Any = None) -> yaml.Node:
        node: yaml.Node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = True  # type: ignore[attr-defined]
        return node

    def represent_sequence(self, tag: str, sequence: Any, flow_style: Any = None) -> yaml.Node:
        node: yaml.Node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = True  # type: ignore[attr-defined]
        return node


# ---------------------------------------------------------------- from a cell to the dossier


def from_cell(kind: Kind, value: Any) -> Any:
    """What a cell says, as a dossier file would hold it. Raises CellError."""
    if isinstance(value, (datetime, date, time)):
        return _day(kind, value)
    if isinstance(value, str):
        return _READ[kind](value)
    if kind in ("text", "choice", "words", "day", "mapping", "tree"):
        raise CellError(
            f"{'a day' if kind == 'day' else 'text'} was expected, and this is a "
            f"{'truth value' if isinstance(value, bool) else 'number'}",
            "Format the cell as text, then write it again.",
        )
    if kind == "option" and not isinstance(value, bool):
        return f"{value:.12g}"
    return [value] if kind == "list" else value


def _day(kind: Kind, value: Any) -> str:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if kind != "day":
        raise CellError(
            "the spreadsheet has made a date or time of this",
            "Format the cell as text, then write it again, e.g. 1/2 or 3-5.",
        )
    if not isinstance(value, date) or isinstance(value, datetime):
        raise CellError("a day was expected, without a time", "Write e.g. 2022-11-22.")
    return value.isoformat()


def _plain(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            said = json.loads(text)
        except ValueError:
            return text
        return said if isinstance(said, str) else text
    return text


def _number(text: str) -> Any:
    """A number, even if the spreadsheet keeps it as text; else the text, to be refused."""
    text = text.strip()
    return resolved(text) if _NUMBER.fullmatch(text) else _value(text)


def _truth(text: str) -> Any:
    word = text.strip().lower()
    return {"true": True, "false": False}.get(word, text.strip())


def _value(text: str) -> Any:
    """A quantity, or the name of an option: YAML if it begins like it, else text."""
    text = text.strip()
    if text == "null":
        return None
    return _yaml(text) if text[:1] in ("{", "[", "'", '"') else text


def _words(text: str) -> Any:
    text = text.strip()
    if text[:1] in ("[", '"', "'"):
        return _yaml(text if text[0] == "[" else f"[{text}]")
    return [word.strip() for word in text.split(",")]


def _list(text: str) -> Any:
    text = text.strip()
    if text == "null":
        return None
    return _yaml(text if text[:1] == "[" else f"[{text}]")


def _mapping(text: str) -> Any:
    text = text.strip()
    if text == "null":
        return None
    return _yaml(text if text[:1] == "{" or "\n" in text else f"{{{text}}}")


def _yaml(text: str) -> Any:
    try:
        return read(text.encode("utf-8", "surrogatepass"), "cell").value
    except DossierError as error:
        raise CellError(
            f"this cannot be read: {error.problem}",
            error.mend or "Write it as in the examples of the read me.",
        ) from None


_READ: dict[Kind, Callable[[str], Any]] = {
    "text": _plain,
    "choice": _plain,
    "share": _plain,
    "option": _plain,
    "day": _plain,
    "number": _number,
    "quantity": _number,
    "truth": _truth,
    "value": _value,
    "words": _words,
    "list": _list,
    "mapping": _mapping,
    "tree": _yaml,
}
