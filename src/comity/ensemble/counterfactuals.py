"""The same dossier with one thing otherwise. Draws keep their paths, so all else is equal."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Literal

from frozendict import frozendict

from comity.dossier import Dossier
from comity.dossier.charter import (
    Base,
    Consensus,
    Procedure,
    QualifiedMajority,
    SimpleMajority,
)
from comity.dossier.model import Position
from comity.dossier.quantity import Exactly
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


def has_floors(dossier: Dossier) -> bool:
    return any(
        position.floor is not None
        for held in dossier.positions.values()
        for position in held.values()
    )


def presuming(dossier: Dossier, presumption: Literal["within", "outside"]) -> Dossier:
    """The same presumption on competence for every item whose competence is in question."""
    for item in dossier.agenda:
        dossier = dossier.presuming(item, presumption)
    return dossier


def in_question(dossier: Dossier) -> bool:
    return any(entry.competence is not None for entry in dossier.agenda.values())


def variants(dossier: Dossier) -> dict[str, tuple[Dossier, float]]:
    """What the headline is shown beside: a name to a dossier and the ρ to draw it with."""
    found = {"omega_zero": (without_agreement_value(dossier), 0.0), "rho_half": (dossier, 0.5)}
    if has_floors(dossier):
        found["without_floors"] = (without_floors(dossier), 0.0)
    if in_question(dossier):
        found["presumed_within"] = (presuming(dossier, "within"), 0.0)
        found["presumed_outside"] = (presuming(dossier, "outside"), 0.0)
    return found


def alternatives(dossier: Dossier) -> dict[str, Rules]:
    """Named sets of procedures to try: the standard ones, and each in a body's own charter."""
    tried: dict[str, Rules] = {
        name: dict.fromkeys(dossier.agenda, procedure) for name, procedure in STANDARD.items()
    }
    for item, entry in dossier.agenda.items():
        for name, procedure in dossier.charter(entry.body).procedures.items():
            tried[name] = {**tried.get(name, {}), item: procedure}
    return tried


def _with_positions(dossier: Dossier, change: Callable[[Position], Position]) -> Dossier:
    positions = frozendict(
        (item, frozendict((actor, change(position)) for actor, position in held.items()))
        for item, held in dossier.positions.items()
    )
    return dossier.model_copy(update={"positions": positions})
