"""The election, compiled by Numba on first use and cached. Import this module lazily."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]
_Loop = TypeVar("_Loop", bound=Callable[..., Any])

PROPORTIONAL, BINARY, PROP_BIN, PROP_CUBIC, CUBIC, ASYM_PROSP = range(6)
BY_SHARE = 4
UNIFORM, INCENTIVE, CONDITIONAL = range(3)
EXPONENTS = (1, 2, 4, 8)

SIGN = 1e-8
"""Difference of utilities from which a binary vote is cast whole, as in KTAB."""
SURE, ENOUGH = 1e-6, 1.1
"""KTAB's binary victory: what is left to the loser, and how many times the votes suffice."""
FAINT = 1e-12
"""Share of the largest coalition that stands for each side where nobody votes."""
NEVER = 1e-100
"""Chances below this are none, so that quotients of them stay numbers."""


def compiled(loop: _Loop) -> _Loop:
    """Compiled once a machine; lets go of the interpreter, so that threads run at once."""
    fast: Any = njit(nogil=True, cache=True, error_model="numpy")(loop)
    return cast(_Loop, fast)


@compiled
def strength(gain: float, votes: int, held: bool) -> float:
    """Votes per weight for a gain in utility > 0; ``held``: for what is held, so against a loss."""
    if votes == PROPORTIONAL:
        return gain
    sign = min(gain / SIGN, 1.0)
    if votes == BINARY:
        return sign
    if votes == PROP_BIN:
        return 0.8 * gain + 0.2 * sign
    if votes == PROP_CUBIC:
        return 0.5 * gain + 0.5 * gain**3
    if votes == CUBIC:
        return gain**3
    return gain if held else 2.0 * gain / 3.0


@compiled
def coalitions(u: Floats, w: Floats, rank: Whole, votes: int) -> Floats:
    """c[i, j]: the votes for option i against j; utilities u (M, K), weights w (M,)."""
    members, options = u.shape
    c = np.zeros((options, options))
    for k in range(members):
        for i in range(options):
            for j in range(options):
                gain = u[k, i] - u[k, j]
                if gain > 0.0:
                    c[i, j] += w[k] * strength(gain, votes, rank[i] < rank[j])
    most = 0.0
    for i in range(options):
        for j in range(options):
            most = max(most, c[i, j])
    faint = max(FAINT * most, NEVER) if most > 0.0 else 1.0
    for i in range(options):
        for j in range(i):
            if c[i, j] <= 0.0 and c[j, i] <= 0.0:
                c[i, j] = c[j, i] = faint
    return c


@compiled
def beats(ours: float, theirs: float, victory: int) -> float:
    """The chance that the side with ``ours`` votes wins; one of the two is above 0."""
    if victory == BY_SHARE:
        if ours >= ENOUGH * theirs:
            return 1.0 / (1.0 + SURE)
        if theirs >= ENOUGH * ours:
            return SURE / (1.0 + SURE)
        return float((ours / (ours + theirs) * (ENOUGH + 1.0) - 1.0) / (ENOUGH - 1.0))
    most = max(ours, theirs)
    one, other = (ours / most) ** EXPONENTS[victory], (theirs / most) ** EXPONENTS[victory]
    if one < NEVER:
        return 0.0
    return 1.0 if other < NEVER else float(one / (one + other))


@compiled
def lasting(rates: Floats, stands: Bools) -> Floats:
    """The lasting distribution of a Markov process; rates[i, j] ≥ 0 from j to i ≠ j.

    States that do not stand are left out. Grassmann, Taksar & Heyman (1985): states are taken out
    one by one, by sums and quotients of positive numbers alone, so that no digit is lost. A state
    that leads nowhere among those left holds all of it: there is one such class at most here, for
    of two options one always has a chance against the other.
    """
    m = stands.size
    a, p = rates.copy(), np.zeros(m)
    bottom = -1
    for n in range(m - 1, -1, -1):
        if not stands[n]:
            continue
        out = 0.0
        for i in range(n):
            if stands[i]:
                out += a[i, n]
        bottom = n
        if out < NEVER:
            break
        for i in range(n):
            if stands[i]:
                share = a[i, n] / out
                for j in range(n):
                    if stands[j] and j != i:
                        a[i, j] += share * a[n, j]
        for j in range(n):
            a[n, j] /= out
    for n in range(bottom, m):
        if not stands[n]:
            continue
        if n == bottom:
            p[n] = 1.0
        else:
            for j in range(n):
                p[n] += a[n, j] * p[j]
        if p[n] > 1.0:  # kept within 1 on the way, so that none outgrows what a float holds
            most = p[n]
            for j in range(n + 1):
                p[j] /= most
    total = 0.0
    for n in range(m):
        total += p[n]
    for n in range(m):
        p[n] /= total
    return p


@compiled
def given_one_beats_all(v: Floats, stands: Bools) -> Floats:
    """Chances that an option beats every other, given that one does.

    Where none can, those that surely lose least often, by what they have against the rest.
    """
    m = stands.size
    p, zeros = np.full(m, -np.inf), np.zeros(m, np.int64)
    fewest, most = m, -np.inf
    for i in range(m):
        if stands[i]:
            log = 0.0
            for j in range(m):
                if stands[j] and j != i:
                    if v[i, j] > 0.0:
                        log += np.log(v[i, j])
                    else:
                        zeros[i] += 1
            p[i] = log
            fewest = min(fewest, zeros[i])
    for i in range(m):
        if stands[i] and zeros[i] == fewest:
            most = max(most, p[i])
    total = 0.0
    for i in range(m):
        p[i] = np.exp(p[i] - most) if stands[i] and zeros[i] == fewest else 0.0
        total += p[i]
    for i in range(m):
        p[i] /= total
    return p


@compiled
def elected(c: Floats, stands: Bools, victory: int, process: int) -> Floats:
    """Chances of the options that stand, from the coalitions c[i, j] for i against j."""
    m = stands.size
    v, rates = np.zeros((m, m)), np.zeros((m, m))
    for i in range(m):
        for j in range(m):
            if i != j and stands[i] and stands[j]:
                v[i, j] = beats(c[i, j], c[j, i], victory)
    if process == CONDITIONAL:
        return given_one_beats_all(v, stands)
    for j in range(m):
        drive = 1.0
        if process == INCENTIVE:
            drive = 0.0
            for i in range(m):
                drive += c[i, j] * v[i, j]
        for i in range(m):
            if process == UNIFORM:
                rates[i, j] = v[i, j]
            elif drive > 0.0:
                rates[i, j] = v[i, j] * (c[i, j] * v[i, j] / drive)
    return lasting(rates, stands)


@compiled
def elect(
    u: Floats, w: Floats, rank: Whole, stands: Bools, votes: int, victory: int, process: int
) -> Floats:
    """Chances of each option in each draw, (n, K): u (n, M, K), w (n, M), the others (n, K)."""
    chances = np.empty(stands.shape)
    for draw in range(u.shape[0]):
        c = coalitions(u[draw], w[draw], rank[draw], votes)
        chances[draw] = elected(c, stands[draw], victory, process)
    return chances
