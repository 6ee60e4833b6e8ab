"""Which limits leave nothing (conventions §43; theory: mediation).

The *demands* of a problem are its red lines and links, by name, and every party's reservation
value, called ``PARTY: reservation value``. A package lies within all stated limits if it meets
every demand. A *conflict* is a set of demands that no package meets together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from comity.bargaining.hitting import Demands, smallest
from comity.bargaining.problem import SAME, Bools, Floats, Interaction, Package, Problem
from comity.bargaining.reach import telling

MOST_CONFLICTS = 10
"""Smallest conflicts that are listed."""

MOST_WITNESSES = 200
"""Packages looked at for one that breaks few demands; how many changes the time alone."""


@dataclass(frozen=True)
class Conflict:
    """Whether anything lies within all stated limits, and if not, why not.

    ``sets`` are conflicts of the fewest demands, by name, sorted; ``complete``: there are no more
    of that size. ``allowed``: some package breaks no red line and no link.
    """

    agreeable: bool
    allowed: bool
    sets: tuple[tuple[str, ...], ...]
    complete: bool


def reservation_name(party: str) -> str:
    """What a party's reservation value is called among the demands."""
    return f"{party}: reservation value"


def demands(problem: Problem) -> tuple[str, ...]:
    """Names of all demands: the limits in their order, then the reservation values."""
    named = tuple(limit.name for limit in problem.limits)
    return (*named, *(reservation_name(party) for party in problem.parties))


def broken(problem: Problem, packages: Sequence[Package]) -> Bools:
    """Which demands packages break: shape (packages, demands)."""
    too_little = problem.utilities(packages) < problem.reservation - SAME
    return np.concatenate([problem.crossed(packages), too_little], axis=1)


def conflict(problem: Problem, most: int = MOST_CONFLICTS, *, alone: bool = False) -> Conflict:
    """The smallest sets of demands that leave nothing, proven smallest (hitting.py).

    ``alone``: without frontiers, by integer programmes (reach.py).
    """
    names = demands(problem)

    def asked(chosen: Demands) -> Demands | None:
        return _least_broken(problem, chosen, alone)

    sets, complete = smallest(len(names), asked, most)
    limits_alone = frozenset(range(len(problem.limits)))
    return Conflict(
        agreeable=not sets,
        allowed=not sets or asked(limits_alone) is not None,
        sets=tuple(tuple(names[place] for place in sorted(found)) for found in sets),
        complete=complete,
    )


def _least_broken(problem: Problem, chosen: Demands, alone: bool) -> Demands | None:
    """Of packages that meet the chosen demands, what one breaks that breaks few others."""
    demanding = [place - len(problem.limits) for place in chosen if place >= len(problem.limits)]
    limits = tuple(x for place, x in enumerate(problem.limits) if place in chosen)
    asked = for_parties(replace(problem, limits=limits), sorted(demanding))
    found = telling(asked, asked.reservation, alone=alone)
    if not len(found.points):
        return None
    met = [found.first(point) for point in range(min(len(found.points), MOST_WITNESSES))]
    rows = broken(problem, met)
    least = rows[int(np.argmin(rows.sum(axis=1)))]
    return frozenset(np.flatnonzero(least).tolist()) - chosen


def for_parties(problem: Problem, places: Sequence[int]) -> Problem:
    """The problem with some parties alone, beside others to whom all is worth nothing.

    These make up two, which a frontier is of at least; every package gives them what they need.
    """
    kept = list(places)
    silent = max(0, 2 - len(kept))

    def columns(held: Floats, fill: float) -> Floats:
        return np.concatenate([held[..., kept], np.full((*held.shape[:-1], silent), fill)], axis=-1)

    return replace(
        problem,
        parties=(*(problem.parties[place] for place in kept), *("",) * silent),
        worth=tuple(columns(worth, 0.0) for worth in problem.worth),
        reservation=columns(problem.reservation, 0.0),
        divisors=columns(problem.divisors, 1.0),
        interactions=tuple(
            Interaction(both.first, both.second, columns(both.worth, 0.0))
            for both in problem.interactions
        ),
    )
