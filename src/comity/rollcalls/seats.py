"""Which names stand for one seat, and codes by which a state may be asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from comity.dossier.paths import listed, nearest
from comity.errors import ComityError
from comity.rollcalls.votes import RollCalls


@cache
def _same_seats() -> dict[str, str]:
    """Name to the name of the state that holds the seat, as ``seats.csv`` has them."""
    with (files(__package__) / "seats.csv").open(encoding="utf-8") as file:
        return {row["name"]: row["seat"] for row in csv.DictReader(file)}


@cache
def _states() -> tuple[dict[str, str], ...]:
    """Codes and names of states: ISO 3166-1, and some that are no more."""
    with (files(__package__) / "codes.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def _also() -> dict[str, tuple[str, ...]]:
    """Code or name of a state to its codes and its name."""
    known: dict[str, tuple[str, ...]] = {}
    for state in _states():
        all_three = (state["alpha3"], state["alpha2"], state["name"])
        known |= dict.fromkeys(all_three, all_three)
    return known


def same_seat(name: str) -> str:
    """The name under which the seat goes on; the name itself if it never changed.

    A state that continues another's membership has its seat: the Russian Federation that of the
    Soviet Union. China is one seat, whoever was accredited to it.
    """
    return _same_seats().get(name, name)


def also_known_as(name: str) -> tuple[str, ...]:
    """The codes and the name of a state known by one of them, the given name first."""
    return (name, *_also().get(same_seat(name), ()), *_also().get(name.upper(), ()))


def actor(calls: RollCalls, asked: str) -> str:
    """The member that is meant: by its id, its name, or its code of three letters.

    Raises ``ComityError`` with the nearest name if there is none.
    """
    if asked in calls.members:
        return asked
    wanted = asked.casefold()
    by_name = {name.casefold(): member for member, name in calls.names.items()}
    by_name |= {member.casefold(): member for member in calls.members}
    if wanted in by_name:
        return by_name[wanted]
    for other in (*also_known_as(asked), same_seat(asked)):
        if other in calls.members:
            return other
    raise _nobody(asked, calls.members, calls.names.values())


def _nobody(asked: str, members: Iterable[str], names: Iterable[str]) -> ComityError:
    like = nearest(asked, [*members, *names])
    guess = f"Did you mean '{like}'? " if like else ""
    return ComityError(
        f"nobody called '{asked}' votes in these files",
        mend=f"{guess}Use one of: {listed(members, 40)}.",
    )
