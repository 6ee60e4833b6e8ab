"""Which limits leave nothing, and what each of them costs (conventions §43, theory: mediation).

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


def conflict(problem: Problem, most: int = MOST_CONFLICTS) -> Conflict:
    """The smallest sets of demands that leave nothing, proven smallest (hitting.py)."""
    names = demands(problem)

    def asked(chosen: Demands) -> Demands | None:
        return _least_broken(problem, chosen)

    sets, complete = smallest(len(names), asked, most)
    limits_alone = frozenset(range(len(problem.limits)))
    return Conflict(
        agreeable=not sets,
        allowed=not sets or asked(limits_alone) is not None,
        sets=tuple(tuple(names[place] for place in sorted(found)) for found in sets),
        complete=complete,
    )


def _least_broken(problem: Problem, chosen: Demands) -> Demands | None:
    """Of packages that meet the chosen demands, what one breaks that breaks few others."""
    from comity.bargaining.frontier import frontier

    demanding = [place - len(problem.limits) for place in chosen if place >= len(problem.limits)]
    limits = tuple(x for place, x in enumerate(problem.limits) if place in chosen)
    asked = for_parties(replace(problem, limits=limits), sorted(demanding))
    found = frontier(asked, above=asked.reservation)
    if not len(found.points):
        return None
    met = [found.first(point) for point in range(min(len(found.points), MOST_WITNESSES))]
    rows = broken(problem, met)
    least = rows[int(np.argmin(rows.sum(axis=1)))]
    return frozenset(np.flatnonzero(least).tolist()) - chosen


def for_parties(problem: Problem, places: Sequence[int]) -> Problem:
    """The problem with some parties alone; with none of them, one to whom all is worth nothing."""
    if not places:
        nothing = tuple(np.zeros((size, 1)) for size in problem.sizes)
        zero, one = np.zeros(1), np.ones(1)
        return replace(
            problem,
            parties=("",),
            worth=nothing,
            reservation=zero,
            divisors=one,
            interactions=(),
        )
    kept = list(places)
    return replace(
        problem,
        parties=tuple(problem.parties[place] for place in kept),
        worth=tuple(worth[:, kept] for worth in problem.worth),
        reservation=problem.reservation[kept],
        divisors=problem.divisors[kept],
        interactions=tuple(
            Interaction(both.first, both.second, both.worth[:, :, kept])
            for both in problem.interactions
        ),
    )


# --- what lifting one demand opens


@dataclass(frozen=True, eq=False)
class Lifted:
    """What one demand costs: the problem with it lifted, everything else as it was.

    ``opens``: something meets the remaining demands where nothing met all. ``ceiling`` is the joint
    ceiling then (§46), NaN if there is none; ``on_scale`` the same measured on the common scale of
    :func:`lifted`; ``package`` the first that attains the latter, ``utilities`` (parties,) what it
    is worth. ``shortfall``, for a reservation value alone: how far below it the party would have
    to go, 0 if it need not; NaN if even that opens nothing.
    """

    name: str
    opens: bool
    ceiling: float
    on_scale: float
    package: Package | None
    utilities: Floats | None
    shortfall: float


@dataclass(frozen=True, eq=False)
class Scale:
    """From where to where each party's gain is measured: dᵢ to aᵢ, both (parties,).

    ``of`` says whose aᵢ these are: of the *problem* itself, or *without limits* but for the
    reservation values, or of *nothing* if even that leaves nothing.
    """

    reservation: Floats
    best: Floats
    of: str

    @property
    def remaining(self) -> Bools:
        """Parties that can gain on this scale."""
        return np.asarray(self.best - self.reservation > SAME)


@dataclass(frozen=True, eq=False)
class Lifting:
    """Every demand lifted alone, beside the problem as it is.

    ``ceiling`` and ``utilities`` are those of the problem as it is, NaN and None if nothing meets
    all demands; the ceiling is on ``scale``.
    """

    agreeable: bool
    ceiling: float
    utilities: Floats | None
    scale: Scale
    lifted: tuple[Lifted, ...]


def lifting(problem: Problem) -> Lifting:
    """What each demand costs, by lifting it alone.

    All ceilings are compared on one scale: aᵢ of the problem as it is; if nothing is possible, aᵢ
    with all red lines and links lifted. A scale of their own would punish a relaxation for letting
    a party dream of more.
    """
    now = points_within(problem)
    scale = _scale(problem, now)
    value, row = _ceiling(now, scale)
    each = (
        *(_limit_lifted(problem, limit.name, scale, bool(len(now))) for limit in problem.limits),
        *(_word_lifted(problem, place, bool(len(now))) for place in range(len(problem.parties))),
    )
    return Lifting(bool(len(now)), value, None if row is None else now[row], scale, each)


def points_within(problem: Problem) -> Floats:
    """Frontier points that give every party at least its reservation value (points, parties)."""
    from comity.bargaining.frontier import frontier

    return frontier(problem, above=problem.reservation).points


def _scale(problem: Problem, now: Floats) -> Scale:
    if len(now):
        return Scale(problem.reservation, now.max(axis=0), "problem")
    free = points_within(replace(problem, limits=()))
    if len(free):
        return Scale(problem.reservation, free.max(axis=0), "without limits")
    return Scale(problem.reservation, np.full(len(problem.parties), np.nan), "nothing")


def _ceiling(points: Floats, scale: Scale) -> tuple[float, int | None]:
    """The largest smallest share of the scale, and the first leximin point; NaN without any."""
    from comity.bargaining.formulas import kalai_smorodinsky

    who = scale.remaining
    if not len(points) or not who.any():
        return float("nan"), None
    room = (scale.best - scale.reservation)[who]
    gains = np.maximum(points - scale.reservation, 0.0)[:, who]
    row = int(np.flatnonzero(kalai_smorodinsky(gains, room))[0])
    return float((gains / room).min(axis=1).max()), row


def _limit_lifted(problem: Problem, name: str, scale: Scale, agreeable: bool) -> Lifted:
    from comity.bargaining.frontier import frontier

    found = frontier(problem.without(name), above=problem.reservation)
    own = (
        Scale(problem.reservation, found.points.max(axis=0), "lifted")
        if len(found.points)
        else scale
    )
    value, row = _ceiling(found.points, scale)
    return Lifted(
        name,
        opens=bool(len(found.points)) and not agreeable,
        ceiling=_ceiling(found.points, own)[0],
        on_scale=value,
        package=None if row is None else found.first(row),
        utilities=None if row is None else found.points[row],
        shortfall=float("nan"),
    )


def _word_lifted(problem: Problem, place: int, agreeable: bool) -> Lifted:
    """A reservation value lifted: the least the party would have to go below it."""
    from comity.bargaining.frontier import frontier

    name = reservation_name(problem.parties[place])
    above = problem.reservation.copy()
    above[place] = min(_floor(problem, place), above[place])
    found = frontier(problem, above=above)
    nothing = float("nan")
    if not len(found.points):
        return Lifted(name, False, nothing, nothing, None, None, nothing)
    row = int(np.argmax(found.points[:, place]))
    short = max(0.0, float(problem.reservation[place] - found.points[row, place]))
    utilities = found.points[row]
    return Lifted(name, not agreeable, nothing, nothing, found.first(row), utilities, short)


def _floor(problem: Problem, place: int) -> float:
    """No package is worth less than this to a party."""
    alone = sum(float(worth[:, place].min()) for worth in problem.worth)
    both = sum(float(each.worth[:, :, place].min(initial=0.0)) for each in problem.interactions)
    return alone + both - 1.0
