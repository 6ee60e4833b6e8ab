"""Every number a forecast reads, by field path, with its domain and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from frozendict import frozendict

from comity.dossier.body import Body
from comity.dossier.model import Dossier
from comity.dossier.position import UNKNOWN, Basis, Choice, Position
from comity.dossier.quantity import AMOUNT, PERCENT, Domain, Exactly, Quantity, Uniform


@dataclass(frozen=True)
class Input:
    """One number, or one choice among options, that the forecast reads.

    ``path`` is its field path, which keys its column of uniforms unless ``drawn_as`` names another
    input of which it is a reading; ``leaning`` is +1 or −1 where a bloc factor moves it up or
    down, and 0 where it does not.
    """

    path: str
    quantity: Quantity | Choice
    domain: Domain
    basis: Basis
    item: str | None = None
    actor: str | None = None
    field: str = ""
    leaning: int = 0
    drawn_as: str | None = None

    @property
    def column(self) -> str:
        """The key of its column of uniforms."""
        return self.drawn_as or self.path

    @property
    def certain(self) -> bool:
        if isinstance(self.quantity, Choice):
            return max(self.quantity.weights.values()) >= 1.0
        return self.quantity.certain


def inputs(dossier: Dossier) -> dict[str, Input]:
    """All inputs of a dossier by path: items, then positions, then bodies and actors."""
    return {entry.path: entry for entry in _all(dossier)}


def participants(dossier: Dossier, item: str) -> tuple[str, ...]:
    """The members with a seat, and whoever else settles competence on its views."""
    judges: list[str | None] = []
    for entry in dossier.agenda.values():
        if entry.competence is not None and entry.competence.item == item:
            judge = entry.competence.decided_by
            if judge == "body":
                judges += dossier.bodies[entry.body].members
            else:
                judges.append(dossier.sitting_chair(entry.body) if judge == "chair" else judge)
    others = [judge for judge in judges if judge is not None and judge in dossier.actors]
    return tuple(dict.fromkeys((*dossier.members(item), *others)))


def bloc_of(body: Body, member: str) -> str | None:
    """The bloc whose factor a member shares: all share one if none are declared."""
    if not body.blocs:
        return "all" if member in body.members else None
    return next((bloc for bloc, members in body.blocs.items() if member in members), None)


def factor_path(body: str, bloc: str) -> str:
    """The path that keys the column of a bloc's factor."""
    return f"bodies.{body}.blocs.{bloc}"


def omega_path(dossier: Dossier, item: str, actor: str) -> str:
    """Where the actor's ω on an item comes from: its position, else its body."""
    if dossier.position(item, actor).omega is not None:
        return f"positions.{item}.{actor}.omega"
    return _of_body(dossier, item, actor)


def _of_body(dossier: Dossier, item: str, actor: str) -> str:
    return f"bodies.{dossier.agenda[item].body}.omega.{actor}"


def capability_path(dossier: Dossier, item: str, actor: str) -> str:
    """Where the actor's capability on an item comes from: its position, else the actor."""
    if dossier.position(item, actor).capability is not None:
        return f"positions.{item}.{actor}.capability"
    return f"actors.{actor}.capability"


def _all(dossier: Dossier) -> Iterator[Input]:
    for item in dossier.agenda:
        yield from _of_item(dossier, item)
        for actor in participants(dossier, item):
            yield from _of_position(dossier, item, actor)
    for name, body in dossier.bodies.items():
        for actor in _answering(dossier, name):
            path = f"bodies.{name}.omega.{actor}"
            yield Input(path, body.omega, AMOUNT, Basis.ASSUMED, None, actor, "omega")
    for name, entry in dossier.actors.items():
        path = f"actors.{name}.capability"
        yield Input(path, entry.capability, AMOUNT, Basis.ASSUMED, None, name, "capability")


def _answering(dossier: Dossier, body: str) -> tuple[str, ...]:
    """The members of a body, then judges without a seat who give views on one of its items."""
    items = (item for item, entry in dossier.agenda.items() if entry.body == body)
    asked = (actor for item in items for actor in participants(dossier, item))
    return tuple(dict.fromkeys((*dossier.bodies[body].members, *asked)))


def _of_item(dossier: Dossier, item: str) -> Iterator[Input]:
    entry = dossier.agenda[item]
    for field in ("reversion", "smallest_step", "tabled"):
        value = getattr(entry, field)
        if isinstance(value, Quantity):
            path = f"agenda.{item}.{field}"
            basis = Basis.ASSUMED if field in entry.assumed else Basis.STATED
            yield Input(path, value, PERCENT, basis, item, None, field)


def _of_position(dossier: Dossier, item: str, actor: str) -> Iterator[Input]:
    position = dossier.position(item, actor)
    root = f"positions.{item}.{actor}"

    def entry(
        field: str, quantity: Quantity | Choice, domain: Domain = PERCENT, leaning: int = 0
    ) -> Input:
        basis = basis_of(position, field.partition(".")[0])
        return Input(f"{root}.{field}", quantity, domain, basis, item, actor, field, leaning)

    if position.values is not None:
        for index, option in enumerate(dossier.agenda[item].option_ids):
            worth = position.values.get(option, Exactly(0.0))
            yield entry(f"values.{option}", worth, leaning=1 if index else -1)
    else:
        yield entry("ideal", _ideal(dossier, item, position), leaning=1)
    for field, bound in zip(("accepts.low", "accepts.high"), _range(position), strict=False):
        yield entry(field, bound, leaning=1)
    if position.floor is not None:
        yield entry("floor", position.floor)
    yield entry("salience", UNKNOWN if position.salience is None else position.salience)
    if position.omega is not None:
        own = entry("omega", position.omega, AMOUNT)
        yield replace(own, drawn_as=_of_body(dossier, item, actor))
    if position.capability is not None:
        yield entry("capability", position.capability, AMOUNT)


def _ideal(dossier: Dossier, item: str, position: Position) -> Quantity | Choice:
    if position.ideal is not None:
        return position.ideal
    options = dossier.agenda[item].option_ids
    if not options:
        return Uniform(UNKNOWN.low, UNKNOWN.high)
    return Choice(weights=frozendict(dict.fromkeys(options, 1 / len(options))))


def _range(position: Position) -> tuple[Quantity, ...]:
    return tuple(end for end in position.accepts or () if isinstance(end, Quantity))


def basis_of(position: Position, field: str) -> Basis:
    """What one field of a position rests on: assumed if unstated or marked so."""
    if field in position.assumed or getattr(position, field) is None:
        return Basis.ASSUMED
    return position.basis
