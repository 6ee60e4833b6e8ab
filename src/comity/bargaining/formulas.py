"""The formulas of the solutions: which points attain them (conventions §45).

Each function is given the gains gᵢ = uᵢ − dᵢ ≥ 0 of the parties that can gain, an array (points,
parties), and says of each point whether it attains the formula. *Ties* (§41): a point does if 10⁻⁹
more for every party would bring it level with the best.
"""

from __future__ import annotations

import numpy as np

from comity.bargaining.problem import SAME, Bools, Floats


def nash(gains: Floats, slack: float = SAME) -> Bools:
    """The largest Π gᵢ, among points where every gᵢ > 0.

    Nash, "The bargaining problem", Econometrica 18 (1950): the one solution of a convex problem
    that is efficient, symmetric, independent of scales and of irrelevant alternatives. On a finite
    set several points may attain it. Logarithms are added, so that no product overflows.
    """
    with np.errstate(divide="ignore"):
        least = np.sum(np.log(np.where(gains > slack, gains, 0.0)), axis=1)
        level = np.sum(np.log(np.maximum(gains, 0.0) + slack), axis=1)
    best = np.max(least, initial=-np.inf)
    if best == -np.inf:
        return np.zeros(len(gains), dtype=bool)
    rounding = 8 * np.finfo(float).eps * gains.shape[1] * max(1.0, abs(best))
    attained: Bools = (least > -np.inf) & (level >= best - rounding)
    return attained


def kalai_smorodinsky(gains: Floats, room: Floats) -> Bools:
    """Leximin of normalised gains gᵢ/(aᵢ − dᵢ); ``room`` (parties,) holds aᵢ − dᵢ.

    Kalai & Smorodinsky, "Other solutions to Nash's bargaining problem", Econometrica 43 (1975):
    two parties, equal normalised gains, the larger the better. On a finite set equal gains may not
    be possible and with more parties not efficient; leximin keeps the smallest as large as can be,
    then the next (Imai, "Individual monotonicity and lexicographic maxmin solution", Econometrica
    51 (1983)).
    """
    return leximin(gains / room, SAME / room)


def egalitarian(gains: Floats) -> Bools:
    """Leximin of gains gᵢ in the parties' points as stated, which are so compared.

    Kalai, "Proportional solutions to bargaining situations", Econometrica 45 (1977), with all
    proportions alike; its lexicographic extension as in Thomson, "Cooperative models of
    bargaining", Handbook of Game Theory 2 (1994).
    """
    return leximin(gains, np.full(gains.shape[1], SAME))


def utilitarian(gains: Floats) -> Bools:
    """The largest Σ gᵢ in the parties' points as stated, which are so added.

    Moulin, Axioms of Cooperative Decision Making (1988), chapter 1: the sum asks for comparable
    points, and is the same whatever the reservation values subtract.
    """
    total = gains.sum(axis=1)
    attained: Bools = total + SAME * gains.shape[1] >= np.max(total, initial=-np.inf)
    return attained


def proportional(gains: Floats, proportions: Floats) -> Bools:
    """Leximin of gᵢ/pᵢ for stated proportions pᵢ > 0.

    Kalai, "Proportional solutions to bargaining situations", Econometrica 45 (1977).
    """
    return leximin(gains / proportions, SAME / proportions)


def leximin(values: Floats, slack: Floats) -> Bools:
    """Rows whose smallest value is largest; of those, whose second smallest is; and so on.

    ``slack`` (columns,) is how much less in a column still counts as level.

    Steps: (1) keep rows whose smallest value, each value raised by its slack, is at least the
    largest of the smallest values; (2) sort those that are left and do the same with the second
    smallest, the third, to the last.
    """
    kept = np.arange(len(values))
    if len(kept) and values.shape[1]:
        smallest = values.min(axis=1)
        kept = np.flatnonzero((values + slack).min(axis=1) >= smallest.max())
        sure, level = np.sort(values[kept], axis=1), np.sort(values[kept] + slack, axis=1)
        for place in range(1, values.shape[1]):
            still = level[:, place] >= sure[:, place].max()
            kept, sure, level = kept[still], sure[still], level[still]
    attained = np.zeros(len(values), dtype=bool)
    attained[kept] = True
    return attained
