"""Splitting 1 with somebody who is averse to risk: what Nash and Kalai–Smorodinsky give.

Source: a textbook exercise whose solution follows by arithmetic. u₁ = x, u₂ = √(1 − x), d = (0, 0).
Nash makes x √(1 − x) largest: x = 2/3. Kalai–Smorodinsky, with a = (1, 1), sets x = √(1 − x):
x = (√5 − 1)/2.

Comity's solutions are over finite sets: here a split into 30,000 equal parts, with utilities from 0
to 100. 2/3 is one of these splits, so that Nash must give it exactly. (√5 − 1)/2 is none; as
min(x, √(1 − x)) rises and then falls, the best split is within one part of it.
"""

from __future__ import annotations

import math

import numpy as np

from comity.bargaining.frontier import frontier
from comity.bargaining.problem import Problem
from comity.bargaining.solutions import solutions

PARTS = 30_000
NASH, KALAI_SMORODINSKY = 2 / 3, (math.sqrt(5) - 1) / 2


def splits() -> Problem:
    """One issue: how many of the parts the first party gets."""
    x = np.arange(PARTS + 1) / PARTS
    worth = 100.0 * np.stack([x, np.sqrt(1.0 - x)], axis=1)
    labels = tuple(str(part) for part in range(PARTS + 1))
    nothing, ones = np.zeros(2), np.ones(2)
    return Problem(("neutral", "averse"), ("split",), (labels,), (worth,), nothing, ones)


def main() -> None:
    found = solutions(frontier(splits()))
    nash, ks = (one.points[0, 0] / 100 for one in (found.nash, found.kalai_smorodinsky))
    print(f"Nash gives the one who is not averse {nash:.6f}, exactly {NASH:.6f}")
    print(f"Kalai–Smorodinsky {ks:.6f}, exactly {KALAI_SMORODINSKY:.6f}; one part: {1 / PARTS:.6f}")
    assert found.nash.unique, found.nash
    assert math.isclose(nash, NASH, abs_tol=1e-12), nash
    assert abs(ks - KALAI_SMORODINSKY) <= 1 / PARTS, ks


if __name__ == "__main__":
    main()
