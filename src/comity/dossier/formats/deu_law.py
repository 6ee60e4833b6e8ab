"""How the Council of the European Union voted at the time of a proposal, as facts of law.

Votes are those of the Treaties and the acts of accession; populations are those of the packaged
charters ``eu-council-nice`` and ``eu-council-lisbon``. The table of proposals holds no law, so
which of these was in force follows from its dates and from who has a position (conventions §62).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from comity.dossier.charters import load_charter

FIFTEEN: Mapping[str, int] = {
    **dict.fromkeys(("DEU", "FRA", "GBR", "ITA"), 10),
    "ESP": 8,
    **dict.fromkeys(("BEL", "GRC", "NLD", "PRT"), 5),
    **dict.fromkeys(("AUT", "SWE"), 4),
    **dict.fromkeys(("DNK", "FIN", "IRL"), 3),
    "LUX": 2,
}
"""Treaty establishing the European Community, art. 148 (later 205), para. 2, as adapted for
Austria, Finland and Sweden by the act of accession of 24 June 1994: 62 of 87 votes."""

NICE: Mapping[str, int] = {
    **dict.fromkeys(("DEU", "FRA", "GBR", "ITA"), 29),
    **dict.fromkeys(("ESP", "POL"), 27),
    "ROU": 14,
    "NLD": 13,
    **dict.fromkeys(("BEL", "CZE", "GRC", "HUN", "PRT"), 12),
    **dict.fromkeys(("AUT", "BGR", "SWE"), 10),
    **dict.fromkeys(("DNK", "FIN", "HRV", "IRL", "LTU", "SVK"), 7),
    **dict.fromkeys(("CYP", "EST", "LUX", "LVA", "SVN"), 4),
    "MLT": 3,
}
"""Protocol on the enlargement annexed to the Treaty of Nice of 26 February 2001, with the acts of
accession of 16 April 2003 (art. 12), 25 April 2005 (art. 10) and 9 December 2011 (art. 20)."""

OF_TWO_THOUSAND_FOUR = ("CYP", "CZE", "EST", "HUN", "LTU", "LVA", "MLT", "POL", "SVK", "SVN")


@dataclass(frozen=True)
class Council:
    """One way of voting: who sits, what their votes are, and what a qualified majority needs.

    ``quota`` is in votes, of the sum of ``votes``; ``states`` and ``people`` are least shares, of
    the members and of their population. What is not asked is None. ``at_least_half`` asks for
    more than half of the states; ``four`` says that fewer than four states cannot block.
    """

    name: str
    members: tuple[str, ...]
    votes: Mapping[str, int] | None = None
    quota: int | None = None
    at_least_half: bool = False
    states: Fraction | None = None
    people: Fraction | None = None
    four: bool = False

    @property
    def population(self) -> Mapping[str, Fraction]:
        """Each member's population, as laid down for 2014; only ratios count."""
        counted = load_charter("eu-council-nice").measures["population"].years[2014]
        return {member: counted[member] for member in self.members}


def _nice(name: str, without: Collection[str], quota: int) -> Council:
    votes = {member: held for member, held in NICE.items() if member not in without}
    return Council(name, tuple(votes), votes, quota, at_least_half=True, people=Fraction(62, 100))


@cache
def councils() -> tuple[Council, ...]:
    """All of them, in the order in which they followed each other."""
    return (
        Council("fifteen", tuple(FIFTEEN), FIFTEEN, 62),
        _nice("twenty-five", ("BGR", "ROU", "HRV"), 232),
        _nice("twenty-seven", ("HRV",), 255),
        _nice("twenty-eight", (), 260),
        Council(
            "Lisbon", tuple(NICE), states=Fraction(55, 100), people=Fraction(65, 100), four=True
        ),
    )


_SINCE = (date(2007, 1, 1), date(2013, 7, 1), date(2014, 11, 1))


def council(seated: Collection[str], decided: date | None) -> Council:
    """The rule in force: fifteen members where none that joined later has a position.

    Else that of the day of the decision, or the first one with all members that have a position
    if that is later; of twenty-five or more where no day is known.
    """
    if not any(member in seated for member in (*OF_TWO_THOUSAND_FOUR, "BGR", "ROU", "HRV")):
        return councils()[0]
    place = 1 if decided is None else 1 + sum(decided >= day for day in _SINCE)
    known = [member for member in seated if member in NICE]
    while place < 4 and not set(known) <= set(councils()[place].members):
        place += 1
    return councils()[place]


def votes_of_the_period(seated: Collection[str]) -> Mapping[str, int]:
    """Council votes by which capability is read: of fifteen where Poland has no position."""
    return NICE if "POL" in seated else FIFTEEN
