"""Inputs whose doubt is one: which of them an answer reads, and how they are gathered (§67)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from comity.dossier import Basis, Batch, Dossier, Keyed
from comity.dossier.draws import Uniforms
from comity.dossier.inputs import Input, inputs
from comity.dossier.quantity import Floats

Answer = Callable[[Batch], Floats]
"""One number a draw, shape (n,)."""

Alike = Callable[[Input], tuple[str | None, str | None, str]]
"""Item, actor and aspect of an input; those of which it says the same are one group."""

_TRIED = 64
"""Draws by which is found what an answer reads."""


@dataclass(frozen=True)
class Group:
    """Inputs whose doubt is one: what an actor wants on an item, say.

    ``aspect``: wants, limits, salience, omega, capability, or an item's own field. ``columns``
    are the keys of its uniforms, ``bases`` what its inputs rest on.
    """

    item: str | None
    actor: str | None
    aspect: str
    columns: tuple[str, ...]
    paths: tuple[str, ...]
    bases: tuple[Basis, ...]


def aspect_of(entry: Input) -> tuple[str | None, str | None, str]:
    """Item, actor and aspect of an input: all that an actor wants on an item is one doubt."""
    start = entry.field.partition(".")[0]
    aspect = {"ideal": "wants", "values": "wants", "accepts": "limits", "floor": "limits"}
    return entry.item, entry.actor, aspect.get(start, start)


def actor_of(entry: Input) -> tuple[str | None, str | None, str]:
    """All that is uncertain about an actor is one doubt; an item's own numbers stay apart."""
    if entry.actor is None:
        return aspect_of(entry)
    return None, entry.actor, "actor"


def input_of(entry: Input) -> tuple[str | None, str | None, str]:
    """Each input is a doubt of its own."""
    return entry.item, entry.actor, entry.field


def groups_read(
    dossier: Dossier,
    answer: Answer,
    rho: float,
    alike: Alike,
) -> tuple[Group, ...]:
    """The groups of uncertain inputs that an answer reads, found by letting it read."""
    reading = _Reading(Keyed(0, 0, _TRIED))
    answer(Batch(dossier, reading, rho))
    by_column: dict[str, list[Input]] = {}
    for entry in inputs(dossier).values():
        if entry.column in reading.read and not entry.certain:
            by_column.setdefault(entry.column, []).append(entry)
    gathered: dict[tuple[str | None, str | None, str], list[str]] = {}
    for column in sorted(reading.read):
        same = by_column.get(column)
        if same:
            gathered.setdefault(alike(same[0]), []).append(column)
        elif rho > 0.0:  # a bloc's factor, which is no input and matters only then
            gathered.setdefault((None, None, column), []).append(column)
    return tuple(_group(key, columns, by_column) for key, columns in gathered.items())


def _group(
    key: tuple[str | None, str | None, str],
    columns: Sequence[str],
    by_column: Mapping[str, Sequence[Input]],
) -> Group:
    held = [entry for column in columns for entry in by_column.get(column, ())]
    return Group(
        *key,
        columns=tuple(columns),
        paths=tuple(entry.path for entry in held),
        bases=tuple(dict.fromkeys(entry.basis for entry in held)),
    )


@dataclass(frozen=True)
class _Reading:
    """Uniforms that note which columns are read."""

    uniforms: Uniforms
    read: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        return self.uniforms.size

    def column(self, path: str) -> Floats:
        self.read.add(path)
        return self.uniforms.column(path)
