"""The same dossier with one thing otherwise. Draws keep their paths, so all else is equal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Literal

from frozendict import frozendict

from comity.dossier import Dossier, Position
from comity.dossier.charter import Procedure
from comity.dossier.lacking import lacking
from comity.dossier.quantity import Exactly
from comity.dossier.response import Base
from comity.dossier.rule import Consensus, QualifiedMajority, SimpleMajority
from comity.forecast.consensus import Rules

STANDARD = {
    "consensus": Procedure(rule=Consensus()),
    "consensus minus one": Procedure(rule=Consensus(minus=1)),
    "two thirds of members": Procedure(
        rule=QualifiedMajority(at_least=Fraction(2, 3), of=Base.MEMBERS)
    ),
    "majority of members": Procedure(rule=SimpleMajority(of=Base.MEMBERS)),
}
"""Procedures that every item is tried under, beside those of its own charter."""


def without_agreement_value(dossier: Dossier) -> Dossier:
    """ω = 0 for everybody: nobody lets a text pass that it likes less than no text."""
    bodies = frozendict(
        (name, body.model_copy(update={"omega": Exactly(0.0)}))
        for name, body in dossier.bodies.items()
    )
    plain = dossier.model_copy(update={"bodies": bodies})
    return _with_positions(plain, lambda held: held.model_copy(update={"omega": None}))


def without_floors(dossier: Dossier) -> Dossier:
    """Nobody finds a weak text worse than none."""
    return _with_positions(dossier, lambda held: held.model_copy(update={"floor": None}))


def has_floors(dossier: Dossier, items: Iterable[str]) -> bool:
    """Whether anybody finds a weak text on one of the items worse than none."""
    return any(
        position.floor is not None
        for item in items
        for position in dossier.positions.get(item, frozendict()).values()
    )


def presuming(dossier: Dossier, presumption: Literal["within", "outside"]) -> Dossier:
    """The same presumption on competence for every item whose competence is in question."""
    for item in dossier.agenda:
        dossier = dossier.presuming(item, presumption)
    return dossier


def in_question(dossier: Dossier, items: Iterable[str]) -> bool:
    """Whether competence is in question for one of the items."""
    return any(dossier.agenda[item].competence is not None for item in items)


def variants(dossier: Dossier) -> dict[str, tuple[Dossier, float]]:
    """What the headlines are shown beside: a name to a dossier and the ρ to draw it with."""
    every = {
        "omega_zero": lambda: (without_agreement_value(dossier), 0.0),
        "rho_half": lambda: (dossier, 0.5),
        "without_floors": lambda: (without_floors(dossier), 0.0),
        "presumed_within": lambda: (presuming(dossier, "within"), 0.0),
        "presumed_outside": lambda: (presuming(dossier, "outside"), 0.0),
    }
    return {name: every[name]() for name in variant_names(dossier, dossier.agenda)}


def variant_names(dossier: Dossier, items: Iterable[str]) -> tuple[str, ...]:
    """The variants that can make a difference to an answer that rests on the given items."""
    resting_on = tuple(items)
    floors = ("without_floors",) * has_floors(dossier, resting_on)
    presumptions = ("presumed_within", "presumed_outside") * in_question(dossier, resting_on)
    return ("omega_zero", "rho_half", *floors, *presumptions)


def alternatives(dossier: Dossier) -> dict[str, Rules]:
    """Named sets of procedures to try: the standard ones, and each in a body's own charter.

    One whose facts, groups or weights nobody has given is left out (check ``untried_procedure``).
    """
    tried: dict[str, Rules] = {
        name: dict.fromkeys(dossier.agenda, procedure) for name, procedure in STANDARD.items()
    }
    for item, entry in dossier.agenda.items():
        for name, procedure in dossier.charter(entry.body).procedures.items():
            own = name == entry.procedure
            if own or not any(lacking(dossier, item, procedure.rule)):
                tried[name] = {**tried.get(name, {}), item: procedure}
    return tried


def _with_positions(dossier: Dossier, change: Callable[[Position], Position]) -> Dossier:
    positions = frozendict(
        (item, frozendict((actor, change(position)) for actor, position in held.items()))
        for item, held in dossier.positions.items()
    )
    return dossier.model_copy(update={"positions": positions})
