"""Dossiers between two dossiers: some changes made, the others not (conventions §68).

A field of a position, a field of an item, a body's ω are one *group* each: one input, changed by
itself. Some changes cannot stand alone (a new member and its positions, another charter and the
procedures named in it); they form one group. What no headline reads (titles, notes, sources,
who said what, rival codings, later rounds, talks) is in no group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from frozendict import frozendict

from comity.dossier.agenda import refuse_cycles, rests_on
from comity.dossier.changes import Change
from comity.dossier.frozen import Model
from comity.dossier.model import Dossier
from comity.dossier.paths import Path, written
from comity.dossier.position import Position
from comity.dossier.references import refuse_dangling
from comity.errors import DossierError

_UNREAD: dict[str, frozenset[str]] = {
    "positions": frozenset({"basis", "assumed", "from", "note"}),
    "agenda": frozenset({"question", "scale", "core", "rounds", "by"}),
    "bodies": frozenset({"name"}),
    "actors": frozenset({"name", "kind"}),
}
"""Fields that no headline reads, by section."""

_SINGLE = (("omega",), ("sessions",), ("presidency",), ("blocs",))
"""Fields of a body that are one input each."""


@dataclass(frozen=True)
class Group:
    """Changes that are made together: one input, or a change of structure.

    ``name`` is the path of what changes, ``changes`` the paths of the single changes in it,
    ``single`` whether it is one input. ``places`` are what is taken from the new dossier.
    """

    name: str
    changes: tuple[str, ...]
    single: bool
    places: tuple[Path, ...]


@dataclass(frozen=True)
class Between:
    """Two dossiers and the changes between them, ready to be mixed."""

    old: Dossier
    new: Dossier
    changed: tuple[Change, ...]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The smallest groups that can be changed by themselves, from either side."""
        return tuple(_fitting(self, self._grouped()))

    def mixed(self, groups: Iterable[Group]) -> Dossier:
        """The old dossier with some groups as the new one has them.

        Raises DossierError if they cannot stand without others.
        """
        mixed = self._base
        for place in chain.from_iterable(group.places for group in groups):
            mixed = _put(mixed, place, _get(self._source, place))
        refuse_dangling(mixed)
        refuse_cycles(mixed)
        return mixed

    def bears_on(self, group: Group, item: str) -> bool:
        """Whether a group can matter to the answers on an item."""
        return any(self._matters(place, item) for place in group.places)

    def narrowed(self, mixed: Dossier, items: Iterable[str]) -> Dossier:
        """A mixture with only those items, and what they may rest on, on its agenda."""
        needed = frozenset(chain.from_iterable(self._ancestry[item] for item in items))
        kept = frozendict((name, e) for name, e in mixed.agenda.items() if name in needed)
        return mixed.model_copy(update={"agenda": kept})

    def common(self) -> tuple[str, ...]:
        """Items on both agendas, in the order of the old one."""
        return tuple(item for item in self.old.agenda if item in self.new.agenda)

    @cached_property
    def _base(self) -> Dossier:
        """The old dossier without what no headline reads, beside what the new one cites."""
        return _bare(self.old).model_copy(
            update={
                "actors": self.new.actors | self.old.actors,
                "sources": self.old.sources | self.new.sources,
                "statements": self.old.statements | self.new.statements,
            }
        )

    @cached_property
    def _source(self) -> Dossier:
        return _bare(self.new)

    def _grouped(self) -> list[Group]:
        """Groups in the order in which their first change is found."""
        found: dict[Path, list[Change]] = {}
        for change in self.changed:
            key = self._key(change.at)
            if key is not None:
                found.setdefault(key, []).append(change)
        return [self._group(key, parts) for key, parts in found.items()]

    def _group(self, key: Path, parts: list[Change]) -> Group:
        whole = self._places(key)
        inside = [_place(part.at) for part in parts]
        apart = [at for at in inside if not any(at[: len(held)] == held for held in whole)]
        structure = key[0] == "bodies" and key[2:] not in _SINGLE
        single = not structure and not (key[0] == "agenda" and len(key) == 2)
        places = tuple(dict.fromkeys((*whole, *apart)))
        return Group(written(key), tuple(part.path for part in parts), single, places)

    def _places(self, key: Path) -> list[Path]:
        """What changes together by its nature."""
        if key[0] == "positions":
            return [(*key[:3], f) for f in ("ideal", "values")] if key[3] == "ideal" else [key]
        if key[0] == "agenda" and len(key) == 2:
            return [key, ("positions", key[1])]
        return [key]

    def _key(self, at: Path) -> Path | None:
        """The group to which a change belongs; None for what no headline reads."""
        section = at[0]
        if section == "as_of":
            return at
        if section not in _UNREAD:
            return None
        if section == "actors":
            return self._of_actor(at)
        if section == "bodies":
            return self._of_body(at)
        if at[1] in self._reshaped:
            return ("agenda", at[1])
        field = at[3] if section == "positions" else at[2]
        return None if field in _UNREAD[section] else self._of_item(at)

    def _of_actor(self, at: Path) -> Path | None:
        """An actor that comes or goes matters by its seat alone."""
        both = at[1] in self.old.actors and at[1] in self.new.actors
        return at[:3] if both and at[2] not in _UNREAD["actors"] else None

    def _of_body(self, at: Path) -> Path | None:
        body = str(at[1])
        if len(at) == 2:
            return at
        if at[2] in _UNREAD["bodies"]:
            return None
        with_seats = at[2] in ("presidency", "blocs") and self._reseated(body)
        return ("bodies", body, "members") if with_seats else at[:3]

    def _of_item(self, at: Path) -> Path:
        """A position's field, or an item's; those that turn on seats or charter go with them."""
        body = self.old.agenda[str(at[1])].body
        if at[0] == "positions":
            if at[2] in self._reseated(body):
                return ("bodies", body, "members")
            return (*at[:3], "ideal" if at[3] == "values" else at[3])
        if at[2] == "groups" and self._reseated(body):
            return ("bodies", body, "members")
        turning = ("procedure", "facts", "groups", "competence")
        if at[2] in turning and self.old.bodies[body].charter != self.new.bodies[body].charter:
            return ("bodies", body, "charter")
        return at[:3]

    def _reseated(self, body: str) -> frozenset[str]:
        """Who has a seat on one side alone."""
        sides = (self.old.bodies, self.new.bodies)
        seats = [frozenset(side[body].members) if body in side else frozenset() for side in sides]
        return seats[0] ^ seats[1]

    @cached_property
    def _reshaped(self) -> frozenset[str]:
        """Items on one agenda alone, or with other options or another body."""
        every = {*self.old.agenda, *self.new.agenda}
        return frozenset(item for item in every if _shape(self.old, item) != _shape(self.new, item))

    def _matters(self, place: Path, item: str) -> bool:
        resting_on = self._ancestry[item]
        if place[0] == "actors":
            return any(place[1] in side.members(item) for side in self._with(item))
        if place[0] == "bodies":
            sides = (self.old, self.new)
            bodies = {s.agenda[name].body for s in sides for name in resting_on & set(s.agenda)}
            return place[1] in bodies
        return place[0] == "as_of" or place[1] in resting_on

    def _with(self, item: str) -> list[Dossier]:
        return [side for side in (self.old, self.new) if item in side.agenda]

    @cached_property
    def _ancestry(self) -> dict[str, frozenset[str]]:
        """Each item with all it may rest on in any mixture."""
        sides = (self.old, self.new)
        every = dict.fromkeys((*self.old.agenda, *self.new.agenda))
        below = {
            item: {name for s in sides if item in s.agenda for name in rests_on(s, item)}
            for item in every
        }
        return {item: _closure(item, below) for item in every}


def _closure(item: str, below: dict[str, set[str]]) -> frozenset[str]:
    seen, waiting = {item}, [item]
    while waiting:
        further = below[waiting.pop()] - seen
        seen |= further
        waiting += further
    return frozenset(seen)


def _shape(dossier: Dossier, item: str) -> tuple[Any, ...] | None:
    entry = dossier.agenda.get(item)
    return None if entry is None else (entry.is_scale, entry.option_ids, entry.body)


def _place(at: Path) -> Path:
    """The field in which a change stands, however deep."""
    return at[: {"positions": 4, "as_of": 1}.get(str(at[0]), 3)]


def _bare(dossier: Dossier) -> Dossier:
    """The dossier without rival codings, talks and later rounds, which no headline reads."""
    plain = dossier.model_copy(update={"codings": frozendict(), "talks": frozendict()})
    for item, entry in dossier.agenda.items():
        if entry.rounds:
            plain = plain.with_item(item, rounds=())
    return plain


_NOWHERE = object()


def _get(dossier: Dossier, place: Path) -> Any:
    """What stands at a place; a position nobody has stated is an unknown one."""
    held: Any = dossier
    for depth, step in enumerate(place):
        if isinstance(held, Model):
            held = getattr(held, str(step))
        elif step in held:
            held = held[step]
        elif place[0] == "positions" and len(place) == 4:
            return getattr(Position(), str(place[3]))
        else:
            assert depth == len(place) - 1
            return _NOWHERE
    return held


def _put(held: Any, place: Sequence[str | int], value: Any) -> Any:
    """The same with a value at a place, whatever had to be made on the way."""
    step, rest = place[0], place[1:]
    if isinstance(held, Model):
        inner = _put(getattr(held, str(step)), rest, value) if rest else value
        return held.model_copy(update={str(step): inner})
    if rest:
        missing: Any = Position() if len(rest) == 1 else frozendict()
        return held.set(step, _put(held.get(step, missing), rest, value))
    if value is not _NOWHERE:
        return held.set(step, value)
    return held.delete(step) if step in held else held


def _fitting(between: Between, groups: list[Group]) -> list[Group]:
    """Join groups until each can be changed first and changed last."""
    while (unfit := _unfit(between, groups)) is not None:
        groups = _joined(between, groups, *unfit)
    return groups


Sides = Callable[[Sequence[Group]], Sequence[Group]]


def _unfit(between: Between, groups: list[Group]) -> tuple[Group, Sides] | None:
    """A group that cannot be changed alone, or without which the others cannot be."""

    def others(some: Sequence[Group]) -> list[Group]:
        return [group for group in groups if group not in some]

    for group in groups:
        for side in (lambda some: some, others):
            if not _fits(between, side([group])):
                return group, side
    return None


def _fits(between: Between, groups: Iterable[Group]) -> bool:
    try:
        between.mixed(groups)
    except DossierError:
        return False
    return True


def _joined(between: Between, groups: list[Group], unfit: Group, side: Sides) -> list[Group]:
    """The unfit group with one other that mends it; else with all structure; else with all."""
    rest = [group for group in groups if group is not unfit]
    for partner in rest:
        if _fits(between, side([unfit, partner])):
            return together(groups, [unfit, partner])
    structure = [group for group in groups if not group.single or group is unfit]
    return together(groups, structure if len(structure) > 1 else groups)


def together(groups: Sequence[Group], some: Sequence[Group]) -> list[Group]:
    """The groups with some of them made one, in the place of the first."""
    joined = Group(
        name=", ".join(group.name for group in some),
        changes=tuple(chain.from_iterable(group.changes for group in some)),
        single=False,
        places=tuple(dict.fromkeys(chain.from_iterable(group.places for group in some))),
    )
    first = next(group for group in groups if group in some)
    kept = [joined if group is first else group for group in groups]
    return [group for group in kept if group is joined or group not in some]


def coarser(groups: Sequence[Group]) -> list[Group] | None:
    """All structure as one group, or all changes; None if they are one already.

    For mixtures that hold together as files and still cannot be decided on.
    """
    structure = [group for group in groups if not group.single]
    if len(groups) < 2:
        return None
    return together(groups, structure if len(structure) > 1 else groups)
