"""YAML text to plain values, with the line of every field.

Reads YAML 1.2's core scalars alone: keys are always text, ``on``, ``no`` and dates stay text.
Works through the parser's events with its own stack, so that no nesting can exhaust ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from comity.dossier.paths import MisfitError, Path, written
from comity.dossier.yamltrouble import decoded, trouble
from comity.errors import DossierError, Place

LIMIT = 5_000_000
"""Bytes that a file, or all files of a folder together, may hold."""

MAX_DEPTH = 64
"""How deep brackets and indentation may nest."""

MAX_REPEATED = 100_000
"""Values that aliases may repeat in all."""

_FOLLOWED = 8
"""Levels of a field path that a message shows; no field of a dossier lies deeper."""

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)
_WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)"
    r"|\.(?:nan|NaN|NAN)"
)
_PLAIN_TAGS = {None, "!"} | {f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq")}

Mark = tuple[str, int]
"""File and line."""


@dataclass
class Document:
    """Plain values read from one file or several, and where each stands.

    ``marks`` maps the ``id`` of every mapping and list to the marks of its keys or entries.
    """

    value: Any
    files: tuple[str, ...]
    marks: dict[int, dict[Any, Mark]] = field(default_factory=dict, repr=False)

    def mark(self, path: Path) -> Mark:
        """File and line of a field, or of the deepest thing above it that was written."""
        here, mark = self.value, (self.files[0], 1)
        for step in path:
            mark = self.marks.get(id(here), {}).get(step, mark)
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                break
        return mark

    def place(self, path: Path) -> Place:
        """Where a message says that a field stands."""
        return Place(*self.mark(path), written(path) or None)

    def rank(self, path: Path) -> tuple[int, ...]:
        """Where a field comes in the order of the files."""
        file, line = self.mark(path)
        return self.files.index(file), line

    def located(self, problems: Iterable[MisfitError]) -> DossierError:
        """One error for the first problem in the order of the files; it counts the others."""
        first, *others = sorted(problems, key=lambda problem: self.rank(problem.path))
        mend = first.mend
        if others:
            count = "1 other problem" if len(others) == 1 else f"{len(others)} other problems"
            mend += f"\n  more:  {count}, the next at {self.place(others[0].path)}."
        told = DossierError(
            first.problem,
            place=self.place(first.path),
            found=first.found,
            mend=mend,
        )
        told.others = tuple(self._in_short(problem) for problem in others[:MOST_OTHERS])
        return told

    def _in_short(self, problem: MisfitError) -> DossierError:
        """A further problem: where it is and what, without how to mend it."""
        return DossierError(problem.problem, place=self.place(problem.path), found=problem.found)


MOST_OTHERS = 10
"""Further problems that an error keeps beside the first."""


@dataclass
class _Open:
    """A mapping or list whose end has not been read yet."""

    value: Any
    marks: dict[Any, Mark]
    anchor: str | None
    key: str | None = None
    size: int = 1
    height: int = 1


@dataclass
class _Kept:
    """What an anchor stands for."""

    value: Any
    size: int
    height: int


def read(raw: bytes, file: str) -> Document:
    """Read one YAML document. Raises ``DossierError`` with file and line."""
    text = decoded(raw, file, LIMIT)
    try:
        return _Reader(text, file).document()
    except yaml.YAMLError as error:
        raise trouble(error, text, file) from None


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.marks: dict[int, dict[Any, Mark]] = {}
        self.kept: dict[str, _Kept | None] = {}
        self.stack: list[_Open] = []
        self.repeated = 0
        self.top: Any = None

    def document(self) -> Document:
        seen = 0
        for event in self._events():
            if isinstance(event, DocumentStartEvent):
                seen += 1
                if seen > 1:
                    raise self._refused(
                        event, "a second document begins here", "---", "Keep one document a file."
                    )
            else:
                self._take(event)
        if self.top is None:
            raise DossierError(
                "the file is empty",
                place=Place(self.file),
                mend="Write a dossier into it; `comity new` writes one to start from.",
            )
        return Document(self.top, (self.file,), self.marks)

    def _events(self) -> Iterator[Event]:
        return iter(yaml.parse(self.text, Loader=_PARSER))

    def _take(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._begin(event)
        elif isinstance(event, CollectionEndEvent):
            self._end(event)
        elif isinstance(event, AliasEvent):
            self._alias(event)

    def _scalar(self, event: ScalarEvent) -> None:
        top = self.stack[-1] if self.stack else None
        if event.tag is not None:
            self._refuse_tag(event)
        if top is not None and top.key is None and type(top.value) is dict:
            self._key(event, top)
            return
        plain = event.implicit[0] and event.tag is None
        value = resolved(event.value) if plain else event.value
        self._place(event, value, 1, 0)
        if event.anchor is not None:
            self.kept[event.anchor] = _Kept(value, 1, 0)

    def _key(self, event: ScalarEvent, top: _Open) -> None:
        key, line = event.value, _line(event)
        if key == "<<" and event.implicit[0]:
            raise self._refused(
                event, "merge keys are not read", "<<", "Write the fields out where they belong."
            )
        if key in top.marks:
            top.key = key
            raise self._refused(
                event,
                f"the key stands here a second time; the first is in line {top.marks[key][1]}",
                key,
                "Remove one of the two, or join them.",
            )
        if event.anchor is not None:
            self.kept[event.anchor] = _Kept(key, 1, 0)
        top.key = key
        top.marks[key] = (self.file, line)

    def _begin(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        if self.stack and self.stack[-1].key is None and type(self.stack[-1].value) is dict:
            raise self._refused(
                event, "a key must be plain text", "a list or a mapping", "Write `name: value`."
            )
        self._refuse_deep(event, len(self.stack) + 1)
        if event.anchor is not None:
            self.kept[event.anchor] = None
        value: Any = {} if isinstance(event, MappingStartEvent) else []
        marks: dict[Any, Mark] = {}
        self.marks[id(value)] = marks
        if self.stack and type(self.stack[-1].value) is list:
            around = self.stack[-1]  # an entry stands where it begins, not where it ends
            around.marks[len(around.value)] = (self.file, _line(event))
        self.stack.append(_Open(value, marks, event.anchor))

    def _end(self, event: Event) -> None:
        done = self.stack.pop()
        if done.anchor is not None:
            self.kept[done.anchor] = _Kept(done.value, done.size, done.height)
        self._place(event, done.value, done.size, done.height)

    def _alias(self, event: AliasEvent) -> None:
        name = event.anchor
        if name not in self.kept:
            raise self._refused(
                event,
                "this alias refers to nothing above it",
                f"*{name}",
                f"Mark what it stands for with &{name}, or put text beginning with * in quotes.",
            )
        kept = self.kept[name]
        if kept is None:
            raise self._refused(
                event, "this alias contains itself", f"*{name}", "Write the value out."
            )
        self.repeated += kept.size
        if self.repeated > MAX_REPEATED:
            raise self._refused(
                event,
                f"aliases repeat more than {MAX_REPEATED} values",
                f"*{name}",
                "Write the values out, or remove the aliases.",
            )
        self._refuse_deep(event, len(self.stack) + kept.height)
        top = self.stack[-1] if self.stack else None
        if top is not None and top.key is None and type(top.value) is dict:
            raise self._refused(
                event, "a key must be plain text", f"*{name}", "Write `name: value`."
            )
        self._place(event, kept.value, kept.size, kept.height)

    def _place(self, event: Event, value: Any, size: int, height: int) -> None:
        """Put a finished value into what is open around it."""
        if not self.stack:
            self.top = value
            return
        top = self.stack[-1]
        top.size += size
        top.height = max(top.height, height + 1)
        if type(top.value) is dict:
            top.value[top.key] = value
            top.key = None
        else:
            index = len(top.value)
            if index not in top.marks:
                top.marks[index] = (self.file, _line(event))
            top.value.append(value)

    def _refuse_deep(self, event: Event, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise self._refused(
                event,
                "brackets or indentation nest too deep",
                f"more than {MAX_DEPTH} levels",
                "A dossier needs fewer than 10 levels; look for brackets that are never closed.",
            )

    def _refuse_tag(self, event: NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag not in _PLAIN_TAGS:
            shown = str(tag).replace("tag:yaml.org,2002:", "!!")
            raise self._refused(
                event, "tags are not read", shown, "Write the value itself, without the tag."
            )

    def _refused(self, event: Event, problem: str, found: str, mend: str) -> DossierError:
        place = Place(self.file, _line(event), written(self._path()) or None)
        return DossierError(problem, place=place, found=found, mend=mend)

    def _path(self) -> Path:
        """Where in the document the reader stands; no more of it than a person can follow."""
        known = self.stack[:_FOLLOWED]
        steps = (top.key if type(top.value) is dict else len(top.value) for top in known)
        return tuple(step for step in steps if step is not None)


def _line(event: Event) -> int:
    mark = event.start_mark
    return 1 if mark is None else mark.line + 1


def resolved(text: str) -> Any:
    """A plain scalar by YAML 1.2's core rules."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _WHOLE.fullmatch(text):
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        return int(text, base) if len(text) < 300 else float("inf")
    if _FLOAT.fullmatch(text):
        return float(re.sub(r"\.(?=[a-zA-Z])", "", text))
    return text
