"""Packages that may be put forward: from solutions, frontier, draws and the table (§49)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice

import numpy as np

from comity.bargaining.by_draw import ByDraw
from comity.bargaining.frontier import Frontier
from comity.bargaining.problem import SAME, Ints, Package
from comity.bargaining.solutions import Solutions

MOST_POINTS = 1_000
"""Frontier points of which packages are tried, those best for whoever gets least first."""

PER_POINT = 5
"""Packages tried on each of these points: they may differ once weights are drawn anew."""

PER_DRAWS = 300
"""Packages that attain the joint ceiling of some draw, the most frequent first."""

MOST_TESTS = 10_000_000
"""Draws times candidates, beyond which fewer candidates are tried, ``FEWEST`` at least."""

FEWEST = 50

Origins = dict[Package, tuple[str, ...]]
"""Candidates in the order in which they are tried, with where each comes from."""


def candidates(
    frontier: Frontier | None,
    solved: Solutions,
    draws: ByDraw,
    table: Mapping[str, Package],
    count: int,
) -> Origins:
    """All candidates for ``count`` draws; what is on the table is always among them.

    ``frontier`` None: it is beyond reach, and there are candidates from elsewhere only.
    """
    found: dict[Package, list[str]] = {}
    most = max(FEWEST, MOST_TESTS // max(count, 1)) + len(table)
    named = {name: solution.packages for name, solution in solved.named.items()}
    for origin, packages in {
        **{name: (package,) for name, package in table.items()},
        **named,
        "draws": _best_in_draws(draws),
        "frontier": () if frontier is None else _on_frontier(frontier, solved),
    }.items():
        for package in packages:
            if package in found or len(found) < most:
                found.setdefault(package, []).append(origin)
    return {package: tuple(origins) for package, origins in found.items()}


def _best_in_draws(draws: ByDraw) -> tuple[Package, ...]:
    """Packages that attain the joint ceiling of a draw, by in how many draws they do."""
    counted = Counter(package for package in draws.packages if package is not None)
    return tuple(package for package, _ in counted.most_common(PER_DRAWS))


def _on_frontier(frontier: Frontier, solved: Solutions) -> tuple[Package, ...]:
    rows = _by_least_gain(frontier, solved)[:MOST_POINTS]
    return tuple(package for row in rows for package in islice(frontier.at(int(row)), PER_POINT))


def _by_least_gain(frontier: Frontier, solved: Solutions) -> Ints:
    """Points by their smallest gain, normalised where that has a meaning, largest first."""
    if not len(frontier.points):
        return np.zeros(0, dtype=np.int64)
    gains = frontier.points - frontier.problem.reservation
    room = solved.best - solved.reservation
    scale = np.where(solved.remaining & (room > SAME), room, 1.0)
    return np.argsort(-(gains / scale).min(axis=1), kind="stable")
