"""What stands in the way, and what lifting one limit opens: middle reading and draws."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.bargaining.conflicts import MOST_CONFLICTS, Conflict
from comity.bargaining.problem import SAME, Problem
from comity.bargaining.relaxations import Lifted, Lifting, lifting
from comity.ensemble.mediation.results import Conflicts, ConflictShare, Relaxation, Stated
from comity.ensemble.mediation.words import known, numbers, terms

TRIED = 100
"""Draws in which every limit is lifted to see what it costs."""

TRIED_LARGE = 10
"""The same where a frontier is beyond reach, or has more than ``LARGE`` points."""

LARGE = 2_000

CLEAR = 1e-6
"""A ceiling that rises by less is not raised."""

Rise = Mapping[str, float]
"""By how much lifting each demand alone raises the joint ceiling."""


def conflicts_view(found: Conflict, in_draws: Sequence[Conflict], closed: float) -> Conflicts:
    """Smallest conflicts of the middle reading, and those of draws in which nothing is possible."""
    counts = Counter(members for each in in_draws for members in each.sets)
    often = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST_CONFLICTS]
    return Conflicts(
        agreeable=found.agreeable,
        allowed=found.allowed,
        size=None if found.agreeable else len(found.sets[0]),
        sets=found.sets,
        complete=found.complete,
        closed=closed,
        looked_at=len(in_draws),
        often=tuple(ConflictShare(members, n / len(in_draws)) for members, n in often),
    )


@dataclass(frozen=True)
class Opening:
    """How often lifting each limit opens something, in how many draws it raises the ceiling.

    By name: ``opens_in`` a share of all draws; ``raises_in`` and ``mean_more`` of the first
    ``tried``.
    """

    opens_in: Mapping[str, float]
    raises_in: Mapping[str, float]
    mean_more: Mapping[str, float]
    tried: int


def opening(
    names: Sequence[str], opened: Sequence[frozenset[str]], rises: Sequence[Rise], draws: int
) -> Opening:
    """Counts over the draws: ``opened`` for those in which nothing is possible, ``rises`` tried."""
    tried = max(len(rises), 1)
    return Opening(
        {name: sum(name in each for each in opened) / draws for name in names},
        {name: sum(each.get(name, 0.0) > CLEAR for each in rises) / tried for name in names},
        {name: sum(each.get(name, 0.0) for each in rises) / tried for name in names},
        len(rises),
    )


def rise(problem: Problem, alone: bool) -> Rise:
    """By how much lifting each limit alone raises the joint ceiling of one draw.

    On the scale of what was possible before; where nothing was, the ceiling before counts as 0.
    """
    found = lifting(problem, alone=alone)
    before = 0.0 if math.isnan(found.ceiling) else found.ceiling
    return {
        one.name: max(one.on_scale - before, 0.0)
        for one in found.lifted
        if not math.isnan(one.on_scale)
    }


def views(
    problem: Problem,
    stated: Mapping[str, Stated],
    found: Lifting,
    over_draws: Opening,
) -> tuple[Relaxation, ...]:
    """Every limit lifted alone, the one that opens most first.

    Order: those that open something in the middle reading; then by the ceiling on the common
    scale, by how much it rises on average, by the share of draws in which it opens something.
    """
    by_name = {one.name: one for one in found.lifted}
    made = [
        _view(problem, one, found, by_name.get(name), over_draws) for name, one in stated.items()
    ]
    return tuple(sorted(made, key=_place))


def _place(one: Relaxation) -> tuple[bool, float, float, float]:
    rise = one.on_scale if one.more is None else one.more
    return not one.opens, -round(rise or 0.0, 9), -one.mean_more, -one.opens_in


def _view(
    problem: Problem,
    limit: Stated,
    found: Lifting,
    lifted: Lifted | None,
    over_draws: Opening,
) -> Relaxation:
    """One limit; ``lifted`` None if it is none in the middle reading, so that nothing changes."""
    before = problem.reservation if found.utilities is None else found.utilities
    after = None if lifted is None else lifted.utilities
    gain = None if after is None else after - before
    more = math.nan if lifted is None else lifted.on_scale - found.ceiling
    return Relaxation(
        limit=limit,
        opens=lifted is not None and lifted.opens,
        opens_in=over_draws.opens_in[limit.name],
        ceiling=None if lifted is None else known(lifted.ceiling),
        on_scale=None if lifted is None else known(lifted.on_scale),
        more=known(max(more, 0.0) if not math.isnan(more) else more),
        raises_in=over_draws.raises_in[limit.name],
        mean_more=over_draws.mean_more[limit.name],
        tried=over_draws.tried,
        gainers=()
        if gain is None
        else tuple(p for p, g in zip(problem.parties, gain, strict=True) if g > SAME),
        gain=None if gain is None else numbers(gain),
        package=None if lifted is None else terms(problem, lifted.package),
        shortfall=None if lifted is None else known(lifted.shortfall),
    )
