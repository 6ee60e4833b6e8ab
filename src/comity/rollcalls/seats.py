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
def _codes() -> dict[str, str]:
    """Three letters to two, as ISO 3166-1 has them."""
    with (files(__package__) / "codes.csv").open(encoding="utf-8") as file:
        return {row["alpha3"]: row["alpha2"] for row in csv.DictReader(file)}


def same_seat(name: str) -> str:
    """The name under which the seat goes on; the name itself if it never changed.

    A state that continues another's membership has its seat: the Russian Federation that of the
    Soviet Union. China is one seat, whoever was accredited to it.
    """
    return _same_seats().get(name, name)


def two_letters(code: str) -> str | None:
    """The code of two letters for a state's code of three, if there is one."""
    return _codes().get(code.upper())


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
    if (code := two_letters(asked)) in calls.members:
        return str(code)
    if (seat := same_seat(asked)) in calls.members:
        return seat
    raise _nobody(asked, calls.members, calls.names.values())


def _nobody(asked: str, members: Iterable[str], names: Iterable[str]) -> ComityError:
    like = nearest(asked, [*members, *names])
    guess = f"Did you mean '{like}'? " if like else ""
    return ComityError(
        f"nobody called '{asked}' votes in these files",
        mend=f"{guess}Use one of: {listed(members, 40)}.",
    )
