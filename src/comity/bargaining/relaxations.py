"""What each limit costs: the problem with one limit lifted, everything else as it was.

Definitions: docs/theory/mediation.md. Names of limits and reservation values: conflicts.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from comity.bargaining.conflicts import broken, demands, reservation_name
from comity.bargaining.problem import SAME, Bools, Floats, Package, Problem
from comity.bargaining.reach import telling


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


def lifting(problem: Problem, *, alone: bool = False) -> Lifting:
    """What each demand costs, by lifting it alone; ``alone``: without frontiers (reach.py).

    All ceilings are compared on one scale: aᵢ of the problem as it is; if nothing is possible, aᵢ
    with all red lines and links lifted. A scale of their own would punish a relaxation for letting
    a party dream of more.
    """
    found = telling(problem, problem.reservation, alone=alone)
    now = found.points
    scale = _scale(problem, now, alone)
    value, row = _ceiling(now, scale)
    each = (
        *(
            _limit_lifted(problem, limit.name, scale, bool(len(now)), alone)
            for limit in problem.limits
        ),
        *(
            _word_lifted(problem, place, bool(len(now)), alone)
            for place in range(len(problem.parties))
        ),
    )
    return Lifting(bool(len(now)), value, None if row is None else now[row], scale, each)


def _scale(problem: Problem, now: Floats, alone: bool) -> Scale:
    if len(now):
        return Scale(problem.reservation, now.max(axis=0), "problem")
    free = telling(replace(problem, limits=()), problem.reservation, alone=alone).points
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


def _limit_lifted(
    problem: Problem, name: str, scale: Scale, agreeable: bool, alone: bool
) -> Lifted:
    span = np.nan_to_num(scale.best - scale.reservation)
    free, above = problem.without(name), problem.reservation
    found = telling(free, above, lambda: [(scale.reservation, span)], alone=alone)
    own = scale
    if len(found.points):
        own = Scale(problem.reservation, found.points.max(axis=0), "lifted")
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


def _word_lifted(problem: Problem, place: int, agreeable: bool, alone: bool) -> Lifted:
    """A reservation value lifted: the least the party would have to go below it."""
    name, nothing = reservation_name(problem.parties[place]), float("nan")
    if agreeable:
        return Lifted(name, False, nothing, nothing, None, None, 0.0)
    found = telling(problem, _above_without(problem, place), alone=alone)
    if not len(found.points):
        return Lifted(name, False, nothing, nothing, None, None, nothing)
    row = int(np.argmax(found.points[:, place]))
    short = max(0.0, float(problem.reservation[place] - found.points[row, place]))
    return Lifted(name, True, nothing, nothing, found.first(row), found.points[row], short)


def _above_without(problem: Problem, place: int) -> Floats:
    """Reservation values with one party's lifted."""
    above = problem.reservation.copy()
    above[place] = min(_floor(problem, place), above[place])
    return above


def _floor(problem: Problem, place: int) -> float:
    """No package is worth less than this to a party."""
    alone = sum(float(worth[:, place].min()) for worth in problem.worth)
    both = sum(float(each.worth[:, :, place].min(initial=0.0)) for each in problem.interactions)
    return alone + both - 1.0


# --- whether lifting one demand opens anything at all


def opened(problem: Problem, pool: Sequence[Package], *, alone: bool = False) -> frozenset[str]:
    """Names of the demands any one of which, if lifted alone, leaves something possible.

    For a problem in which nothing meets all demands. Packages of ``pool`` that break one demand
    alone show it for that one; the rest is settled by the frontier of what remains.
    """
    names = demands(problem)
    rows = broken(problem, pool) if len(pool) else np.zeros((0, len(names)), dtype=bool)
    shown = rows[rows.sum(axis=1) == 1].any(axis=0)
    return frozenset(
        name
        for name, known in zip(names, shown, strict=True)
        if known or _opens(problem, name, alone)
    )


def _opens(problem: Problem, name: str, alone: bool) -> bool:
    above, free = problem.reservation, problem.without(name)
    for place, party in enumerate(problem.parties):
        if name == reservation_name(party):
            above = _above_without(problem, place)
    return bool(len(telling(free, above, alone=alone).points))
