"""What is marked on a frontier: proposals, solutions, what is on the table.

Whatever is worth the same to everybody is one mark with several names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.bargaining.problem import SAME
from comity.ensemble.mediation.results import Numbers
from comity.report.talks_words import SOLUTIONS, AboutTalks
from comity.report.words import title_of

MOST_TABLED = 4
"""Packages on the table that are marked; the menu itself is short."""


@dataclass
class Mark:
    """A point of utilities with what stands there.

    ``numbers`` are those of proposals, ``solutions`` and ``tabled`` names in words.
    """

    utilities: Numbers
    numbers: list[int] = field(default_factory=list)
    solutions: list[str] = field(default_factory=list)
    tabled: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """``1: Nash, Kalai–Smorodinsky``; the number alone says that it is a proposal."""
        names = ", ".join([*self.solutions, *self.tabled])
        numbers = ", ".join(map(str, self.numbers))
        return ": ".join(part for part in (numbers, names) if part)


def marks(about: AboutTalks) -> tuple[Mark, ...]:
    """Proposals first, in their order, then solutions, then what is on the table."""
    found: list[Mark] = []
    for kind, name, utilities in _named(about):
        same = next((mark for mark in found if _same(mark.utilities, utilities)), None)
        if same is None:
            same = Mark(utilities)
            found.append(same)
        getattr(same, kind).append(name)
    return tuple(found)


def _named(about: AboutTalks) -> Iterator[tuple[str, int | str, Numbers]]:
    mediation = about.mediation
    for view in mediation.proposals:
        yield "numbers", view.number, tuple(party.utility for party in view.parties)
    for name, solution in mediation.solutions.items():
        for point in solution.tied[:MOST_TABLED]:
            yield "solutions", SOLUTIONS.get(name, title_of(name)), point
    for name, tabled in list(mediation.tabled.items())[:MOST_TABLED]:
        utilities = tuple(party.utility for party in tabled.view.parties)
        yield "tabled", f"“{title_of(name)}”", utilities


def _same(one: Numbers, other: Numbers) -> bool:
    return all(abs(a - b) <= SAME for a, b in zip(one, other, strict=True))


def levels(about: AboutTalks, share: float) -> Numbers | None:
    """What each party has at a share of what it could gain: dᵢ + share·(aᵢ − dᵢ)."""
    best = about.mediation.best
    if best is None:
        return None
    pairs = zip(about.mediation.reservation, best, strict=True)
    return tuple(d + share * (a - d) for d, a in pairs)
