"""Which charter was in force when a vote was taken, and who then had a seat."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from comity.dossier.charter import Charter
from comity.dossier.charters import load_charter, open_charter
from comity.dossier.paths import listed
from comity.errors import DossierError, Place
from comity.rollcalls.seats import also_known_as

_EARLIER = {"unsc": ("unsc-1946", date(1966, 1, 1))}
"""Charter to the one before it, and the first day on which it was itself applied.

The Security Council grew from eleven to fifteen, and its threshold from seven votes to nine, by an
amendment in force since 31 August 1965. The enlarged Council first sat in January 1966, and until
then seven votes were still taken to suffice: resolution 218 of 23 November 1965 was adopted with
seven in favour and four abstentions.
"""

_ELECTED = frozenset({"unsc", "unsc-1946"})
"""Charters that list elected members of some years alone: who else had a seat, the votes say."""


class InForce(NamedTuple):
    """A charter by its name."""

    name: str
    charter: Charter

    @property
    def complete(self) -> bool:
        """Whether the charter says of every day who had a seat."""
        return bool(self.charter.members) and self.name not in _ELECTED

    @property
    def full(self) -> tuple[str, ...]:
        """The seats on the day of the charter; empty if it lists none."""
        return self.charter.members_on()

    def seat_of(self, member: str) -> str:
        """The charter's id for a member, which may go by its name or by another code."""
        known = (other for other in also_known_as(member) if other in self.charter.members)
        return next(known, member)

    def members_at(self, on: date | None, year: int | None, place: Place) -> tuple[str, ...]:
        """Who had a seat, for a charter that says so.

        Raises ``DossierError`` if that changed and nothing says when the vote was taken.
        """
        if on is not None:
            return self.charter.members_on(on)
        ends = {self.charter.members_on(d) for d in _ends(year)}
        if len(ends) == 1:
            return next(iter(ends))
        raise DossierError(
            "seats have changed, and nothing says on what day the vote was taken",
            place=place,
            mend="Add a column 'date' with days such as 1946-12-31.",
        )


def in_force(name: str | Path, year: int | None, place: Place) -> InForce:
    """The charter of this name or file, or an earlier form of it if that held in the year.

    Raises ``DossierError`` if there are several and nothing says when the vote was taken.
    """
    if isinstance(name, Path):
        return InForce(str(name), _own(name))
    if name not in _EARLIER:
        return InForce(name, load_charter(name))
    earlier, since = _EARLIER[name]
    if year is None:
        raise DossierError(
            f"'{name}' holds since {since.year}, and nothing says when the vote was taken",
            place=place,
            mend=f"Add a column 'year' or 'date', or use --charter {earlier} for earlier votes.",
        )
    chosen = name if year >= since.year else earlier
    return InForce(chosen, load_charter(chosen))


@cache
def _own(file: Path) -> Charter:
    """A charter of one's own, read once for all votes."""
    return open_charter(file)


def no_seat(member: str, seats: tuple[str, ...], place: Place, when: str) -> DossierError:
    """The complaint that somebody votes who has no seat."""
    return DossierError(
        f"'{member}' votes without a seat" + (f" on {when}" if when else ""),
        place=place,
        found=f"seats of {listed(seats, 20)}",
        mend="Take the vote out, or use the charter that seats the member.",
    )


def _ends(year: int | None) -> tuple[date, date]:
    return (date.min, date.max) if year is None else (date(year, 1, 1), date(year, 12, 31))
