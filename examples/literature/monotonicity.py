"""More for both to share, and less for one: Nash is not monotone, Kalai–Smorodinsky is.

Source: the example of E. Kalai and M. Smorodinsky, "Other solutions to Nash's bargaining problem",
Econometrica 43 (1975). Its numbers are from memory and unverified as the article's own; the
solutions follow by arithmetic. S₁ is the convex hull of (0,0), (0,1), (3/4,3/4), (1,0); S₂, which
contains it, of (0,0), (0,1), (1,7/10), (1,0); d = (0,0), and a = (1,1) in both.

Nash gives (3/4, 3/4) in S₁ and (1, 7/10) in S₂: the second party loses though more is possible
whatever the first one gets. Kalai–Smorodinsky gives (3/4, 3/4) and then 10/13 to both.

Comity's solutions are over finite sets: here points of the upper edges in steps of 1/1300, among
which are the corners and the point at 10/13. Along each edge the product and the smaller of the two
gains rise and then fall, so that no point between is better than all of these.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from comity.bargaining.frontier import frontier
from comity.bargaining.problem import Problem
from comity.bargaining.solutions import solutions

STEPS = 1300
SMALL = [(0.0, 1.0), (0.75, 0.75), (1.0, 0.0)]
LARGE = [(0.0, 1.0), (1.0, 0.7), (1.0, 0.0)]
SOLVED = {  # Nash, Kalai–Smorodinsky
    "S1": [(3 / 4, 3 / 4), (3 / 4, 3 / 4)],
    "S2": [(1.0, 7 / 10), (10 / 13, 10 / 13)],
}


def edge(corners: list[tuple[float, float]]) -> Problem:
    """One issue: the points of the upper edges, each edge in as many steps."""
    part = np.arange(STEPS + 1)[:, None] / STEPS
    sides = pairwise(corners)
    worth = np.vstack([(1 - part) * np.array(a) + part * np.array(b) for a, b in sides])
    labels = tuple(str(place) for place in range(len(worth)))
    return Problem(("1", "2"), ("point",), (labels,), (worth,), np.zeros(2), np.ones(2))


def main() -> None:
    found = {
        name: solutions(frontier(edge(corners))) for name, corners in (("S1", SMALL), ("S2", LARGE))
    }
    points = {
        name: [tuple(each.nash.points[0]), tuple(each.kalai_smorodinsky.points[0])]
        for name, each in found.items()
    }
    for name, (nash, ks) in points.items():
        print(f"{name}: Nash ({nash[0]:.4f}, {nash[1]:.4f}), Kalai–Smorodinsky {ks[0]:.4f} each")
    assert all(np.allclose(points[k], SOLVED[k], rtol=0, atol=1e-9) for k in SOLVED), points


if __name__ == "__main__":
    main()
