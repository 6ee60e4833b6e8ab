"""What changed between two dossiers, field by field, in the order of the fields.

Nothing is drawn here: a change is a place at which two files say different things. What a
position leaves out counts as its default, so a position that says nothing is no change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from frozendict import frozendict

from comity.dossier.dump import plain
from comity.dossier.frozen import Model
from comity.dossier.inputs import basis_of
from comity.dossier.item import Item
from comity.dossier.model import Dossier
from comity.dossier.paths import Path, written
from comity.dossier.position import JUDGED, Choice, Position

Kind = Literal["added", "removed", "changed"]

_ABSENT = object()


@dataclass(frozen=True)
class Change:
    """One place at which two dossiers differ; values as a dossier file states them.

    ``before`` is None where the first says nothing, ``after`` where the second does. ``basis``
    holds what a field of a position rests on, before and after; None elsewhere.
    """

    path: str
    kind: Kind
    before: Any
    after: Any
    basis: tuple[str, str] | None = None
    at: Path = ()
    """The path as steps."""


def changes(old: Dossier, new: Dossier) -> tuple[Change, ...]:
    """Every place at which the second dossier says something else than the first."""
    return tuple(_in_dossier(old, new))


def _in_dossier(old: Dossier, new: Dossier) -> Iterator[Change]:
    for name in Dossier.model_fields:
        if name == "positions":
            yield from _in_positions(old, new)
        else:
            yield from _between((name,), getattr(old, name), getattr(new, name))


def _between(path: Path, old: Any, new: Any) -> Iterator[Change]:
    """The changes below a path, where the same kind of thing stands on both sides."""
    if isinstance(old, Model) and type(old) is type(new) and not isinstance(old, Choice):
        for name, info in type(old).model_fields.items():
            ordered = isinstance(old, Item) and name == "options"
            yield from _field(
                (*path, info.alias or name), getattr(old, name), getattr(new, name), ordered
            )
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _between((*path, str(key)), old.get(key, _ABSENT), new.get(key, _ABSENT))
    elif old is _ABSENT or new is _ABSENT or old != new:
        yield _change(path, old, new)


def _field(path: Path, old: Any, new: Any, ordered: bool) -> Iterator[Change]:
    """Options are ordered, from the least to the most far-reaching: they change as a whole."""
    if not ordered:
        yield from _between(path, old, new)
    elif (old is None) != (new is None) or list((old or {}).items()) != list((new or {}).items()):
        yield _change(path, old, new)


def _change(path: Path, old: Any, new: Any) -> Change:
    before, after = (None if value is _ABSENT else plain(value) for value in (old, new))
    return Change(written(path), _kind(before, after), before, after, at=path)


def _kind(before: Any, after: Any) -> Kind:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def _in_positions(old: Dossier, new: Dossier) -> Iterator[Change]:
    for item in dict.fromkeys((*old.positions, *new.positions)):
        sides = [held.positions.get(item, frozendict()) for held in (old, new)]
        for actor in dict.fromkeys((*sides[0], *sides[1])):
            path = ("positions", item, actor)
            if item in old.agenda and item in new.agenda:
                yield from _of_position(path, old.position(item, actor), new.position(item, actor))
            else:
                yield _change(path, *(side.get(actor, _ABSENT) for side in sides))


def _of_position(path: Path, old: Position, new: Position) -> Iterator[Change]:
    """The fields of a position; its basis is told with them, or alone if no value changed."""
    judged = [field for field in JUDGED if getattr(old, field) != getattr(new, field)]
    for field in judged:
        before, after = (plain(getattr(position, field)) for position in (old, new))
        rests = (basis_of(old, field).value, basis_of(new, field).value)
        at = (*path, field)
        yield Change(written(at), _kind(before, after), before, after, rests, at)
    for name, info in Position.model_fields.items():
        told_already = name in JUDGED or (judged and name in ("basis", "assumed"))
        if not told_already and getattr(old, name) != getattr(new, name):
            yield _change((*path, info.alias or name), getattr(old, name), getattr(new, name))
