"""What ``comity power`` is told of a change: who leaves or joins, and how members lean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.cli import given
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.dossier.charter import Procedure
    from comity.rules import Seating
    from comity.rules.power import Chance


def changed(table: Seating, leaving: Sequence[str], joining: Sequence[str]) -> Seating:
    """The table once some have left it and others, each NAME or NAME=WEIGHT, have joined."""
    after = table.without(leaving) if leaving else table
    for word in joining:
        name, _, weights = word.partition("=")
        after = after.joined(name.strip(), _weights(word, weights, after))
    return after


def _weights(word: str, written: str, table: Seating) -> dict[str, Fraction]:
    """Measure to the weight of somebody that joins."""
    from comity.dossier.frozen import read_amount

    found: dict[str, Fraction] = {}
    for part in filter(None, (one.strip() for one in written.split(","))):
        measure, colon, number = part.rpartition(":")
        if not colon and len(table.measures) != 1:
            raise ComityError(
                "the weight of one that joins needs the name of its measure",
                found=f"--with {word}",
                mend=f"Write e.g. NAME={next(iter(table.measures), 'votes')}:5."
                if table.measures
                else "Leave the weight out: members count one each.",
            )
        try:
            found[measure or next(iter(table.measures))] = read_amount(number)
        except ValueError as error:
            raise ComityError(
                str(error), found=f"--with {word}", mend="Write a number such as 5 or 0.5."
            ) from None
    return found


def what(leaving: Sequence[str], joining: Sequence[str], other: Procedure | None) -> str:
    """The change in words."""
    told = [f"without {', '.join(leaving)}"] if leaving else []
    told += [f"with {', '.join(word.partition('=')[0] for word in joining)}"] if joining else []
    told += ["under the other rule"] if other is not None else []
    return ", ".join(told)


@dataclass(frozen=True)
class Leaning:
    """Chances of a yes, and blocs with how much those in them have in common."""

    yes: Mapping[str, float]
    blocs: Sequence[tuple[tuple[str, ...], float]]


def leaning(
    names: Sequence[str], yes: Sequence[str], blocs: Sequence[str], three: bool
) -> Leaning | None:
    """How members lean, if anything is said of it; one of whom nothing is said at even chances."""
    if not yes and not blocs:
        return None
    if three:
        raise ComityError(
            "--yes and --bloc are about yes and no alone",
            found="--abstention",
            mend="Leave --abstention out.",
        )
    chances = dict.fromkeys(names, 0.5)
    for word in yes:
        name, sign, number = word.rpartition("=")
        if sign and name not in names:
            raise ComityError(
                f"'{name}' has no seat", found=f"--yes {word}", mend="Name a member, or nobody."
            )
        chance = _share(number, f"--yes {word}")
        chances.update({name: chance} if sign else dict.fromkeys(chances, chance))
    together = [_bloc(word, names) for word in blocs]
    placed = [member for members, _ in together for member in members]
    for member in placed:
        if placed.count(member) > 1:
            raise ComityError(
                f"'{member}' is in two blocs",
                found=" ".join(f"--bloc {word}" for word in blocs),
                mend="Name each member in one bloc.",
            )
    return Leaning(chances, together)


def chance(procedure: Procedure, table: Seating, leaning: Leaning | None) -> Chance | None:
    """The chance that the body adopts if members lean so."""
    from comity.rules.power import chance_at

    if leaning is None:
        return None
    seated = [
        (tuple(member for member in members if member in table.members), rho)
        for members, rho in leaning.blocs
    ]
    return chance_at(procedure, table, leaning.yes, [bloc for bloc in seated if bloc[0]])


def _bloc(word: str, names: Sequence[str]) -> tuple[tuple[str, ...], float]:
    named, colon, rho = word.partition(":")
    members = given.seats(named, "--bloc ")
    for member in members:
        if member not in names:
            raise ComityError(f"'{member}' has no seat", found=f"--bloc {word}", mend="Name seats.")
    return tuple(members), _share(rho, f"--bloc {word}") if colon else 1.0


def _share(number: str, found: str) -> float:
    try:
        share = float(number)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise ComityError("a number from 0 to 1 was expected", found=found, mend="Write e.g. 0.5.")
    return share
