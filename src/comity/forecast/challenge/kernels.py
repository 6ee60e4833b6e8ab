"""The rounds of the challenge model, compiled by Numba on first use and cached.

Import this module lazily. Symbols are those of docs/theory/challenge.md: positions x, weights
w = c·s, saliences s as shares of 1, all of one draw, in an order that depends on the values alone,
so that sums do not depend on how members are listed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Marks = NDArray[np.int8]
Rule = tuple[float, float, bool, bool, bool, int]
"""Q; T, negative where the median decides; then the choices of a reading, as in ``rule_of``."""
_Loop = TypeVar("_Loop", bound=Callable[..., Any])

NEAR = 1e-9
"""Within which utilities, and distances as shares of the range, are one (conventions §5)."""
STILL = 1e-6
"""Within which positions, as shares of the range, have not moved."""

LOST, COMPROMISE, COMPELLED = 1, 2, 3
"""How a member comes to move, first to last."""
STOOD, CAME_ROUND, RAN_OUT = 1, 2, 3
"""How the rounds end."""
STRONGEST, LEAST, LOWEST = 0, 1, 2
UNTIL_MEDIAN, UNTIL_REST, UNTIL_LAST = 0, 1, 2


def compiled(loop: _Loop) -> _Loop:
    """Compiled once a machine; lets go of the interpreter, so that threads run at once."""
    fast: Any = njit(nogil=True, cache=True, error_model="numpy")(loop)
    return cast(_Loop, fast)


@compiled
def canonical(x: Floats, w: Floats, s: Floats, order: Whole) -> None:
    """Put the members in an order by position, weight and salience."""
    for i in range(x.size):
        order[i] = i
        j = i
        while j > 0:
            o = order[j - 1]
            before = x[o] < x[i] or (
                x[o] == x[i] and (w[o] < w[i] or (w[o] == w[i] and s[o] <= s[i]))
            )
            if before:
                break
            order[j] = o
            j -= 1
        order[j] = i


@compiled
def weighted_median(x: Floats, w: Floats, order: Whole) -> float:
    """Where half of the weight lies on either side; the middle of such points.

    ``order`` is put in the order of positions.
    """
    canonical(x, w, w, order)
    half = 0.0
    for weight in w:
        half += weight / 2.0
    run, lower = 0.0, -1
    for at in range(x.size):
        run += w[order[at]]
        if lower < 0 and run >= half * (1.0 - NEAR):
            lower = at
        if run > half * (1.0 + NEAR):
            return float((x[order[lower]] + x[order[at]]) / 2.0)
    return float(x[order[x.size - 1]])


@compiled
def distances(x: Floats, span: float, d: Floats) -> None:
    """Fill d (4, M, M): distances as shares of the span, and logarithms of d, ½(1 − d), ½(1 + d).

    Powers are taken by way of these, for each pair serves twice and each exponent many times.
    """
    for i in range(x.size):
        for j in range(i + 1):
            apart = min(abs(x[i] - x[j]) / span, 1.0)
            d[0, i, j] = d[0, j, i] = apart
            d[1, i, j] = d[1, j, i] = np.log(apart)
            d[2, i, j] = d[2, j, i] = np.log(0.5 - 0.5 * apart)
            d[3, i, j] = d[3, j, i] = np.log(0.5 + 0.5 * apart)


@compiled
def chances(x: Floats, d: Floats, w: Floats, r: Floats, order: Whole, of_pair: bool) -> Floats:
    """P[i, j], the chance that i prevails over j: votes for i over all votes.

    Member k casts w_k (d_kj^r_k − d_ki^r_k) for i against j, where d is distance over the span:
    whoever lies on i's side of the middle between them. ``order`` is that of positions x, so that
    sums over a side are differences of running sums.
    """
    m = w.size
    far, run = np.zeros(m), np.zeros((m + 1, m))
    for at in range(m):
        k = order[at]
        for j in range(m):
            if r[k] == 1.0:
                far[j] = w[k] * d[0, k, j]
            else:
                far[j] = w[k] * np.exp(r[k] * d[1, k, j])
            run[at + 1, j] = run[at, j] + far[j]
    cast_in = np.zeros((m, m))
    everywhere = 0.0
    for low in range(m):
        i, side = order[low], low
        for high in range(low + 1, m):
            j = order[high]
            middle = (x[i] + x[j]) / 2.0
            while side < high and x[order[side]] < middle:
                side += 1
            cast_in[i, j] = max(run[side, j] - run[side, i], 0.0)
            below = run[m, j] - run[side, j]
            cast_in[j, i] = max(run[m, i] - run[side, i] - below, 0.0)
            everywhere += 2.0 * (cast_in[i, j] + cast_in[j, i])
    for i in range(m):
        for j in range(i):
            total = cast_in[i, j] + cast_in[j, i] if of_pair else everywhere
            if total <= 0.0 or d[0, i, j] <= NEAR:
                cast_in[i, j] = cast_in[j, i] = 0.0
            else:
                cast_in[i, j] /= total
                cast_in[j, i] /= total
    return cast_in


@compiled
def left_alone(
    own: float, rival: float, mu: float, span: float, r: float, q: float, better: float
) -> float:
    """Expected utility of not challenging: Q U_sq + (1 − Q)(T U_b + (1 − T) U_w)."""
    as_is = 2.0 - 4.0 * 0.5**r
    if q >= 1.0:
        return float(as_is)
    way = 0.25 * (abs(own - mu) + abs(own - rival)) / span
    t = better
    if t < 0.0:
        t = 1.0 if abs(own - mu) < abs(own - rival) - NEAR * span else 0.0
    good, bad = 2.0 - 4.0 * (0.5 - way) ** r, 2.0 - 4.0 * (0.5 + way) ** r
    return float(q * as_is + (1.0 - q) * (t * good + (1.0 - t) * bad))


@compiled
def prospects(
    x: Floats,
    d: Floats,
    s: Floats,
    p: Floats,
    r: Floats,
    span: float,
    mu: float,
    q: float,
    better: float,
) -> tuple[Floats, Floats]:
    """Expected gain from a challenge, seen with the risk exponent of row i.

    The first matrix holds that of i from challenging j, the second that of j from challenging i.
    """
    m = x.size
    ours, theirs = np.zeros((m, m)), np.zeros((m, m))
    for i in range(m):
        as_is = 2.0 - 4.0 * 0.5 ** r[i]
        for j in range(m):
            if i == j:
                continue
            if r[i] == 1.0:
                won, lost = 2.0 * d[0, i, j], -2.0 * d[0, i, j]
            else:
                won = 2.0 - 4.0 * np.exp(r[i] * d[2, i, j])
                lost = 2.0 - 4.0 * np.exp(r[i] * d[3, i, j])
            risk = won - lost
            ours[i, j] = won - s[j] * (1.0 - p[i, j]) * risk
            theirs[i, j] = won - s[i] * (1.0 - p[j, i]) * risk
            if q >= 1.0:
                ours[i, j] -= as_is
                theirs[i, j] -= as_is
            else:
                ours[i, j] -= left_alone(x[i], x[j], mu, span, r[i], q, better)
                theirs[i, j] -= left_alone(x[j], x[i], mu, span, r[i], q, better)
    return ours, theirs


@compiled
def exponents(gains: Floats) -> Floats:
    """Risk exponents r from the expected gains of all challengers at r = 1.

    The more the others expect to gain from challenging i, the less secure it is and the more it
    dares: r runs from 2 for the most secure to ½ for the least.
    """
    m = gains.shape[0]
    danger, r = np.zeros(m), np.ones(m)
    for j in range(m):
        for i in range(m):
            danger[i] += gains[j, i]
    low = high = danger[0]
    for each in danger:
        low, high = min(low, each), max(high, each)
    if high - low > NEAR:
        for i in range(m):
            taken = (2.0 * danger[i] - high - low) / (high - low)
            r[i] = (1.0 - taken / 3.0) / (1.0 + taken / 3.0)
    return r


@compiled
def kind_of(ours: float, theirs: float) -> int:
    """What a challenge comes to for the member that may have to move; 0 if to nothing."""
    if theirs <= NEAR:
        return 0
    if ours > NEAR:
        return LOST if theirs > ours + NEAR else 0
    if ours >= -NEAR:
        return 0
    return COMPROMISE if theirs > -ours - NEAR else COMPELLED


@compiled
def choose(
    i: int, x: Floats, ours: Floats, theirs: Floats, span: float, which: int, marks: Marks
) -> float:
    """Where member i moves to; ``marks`` says which rivals' offers it takes, and of what kind.

    Of lost conflicts and of demands it takes the one that moves it least; of compromises the one
    that ``which`` says, of equal ones that which moves it least. Offers still equal that pull it
    apart meet halfway.
    """
    m = x.size
    target, wanted = np.empty(m), np.empty(m)
    best = 4
    for j in range(m):
        marks[j] = 0
        if abs(x[i] - x[j]) <= NEAR * span:
            continue
        a, b = ours[j], theirs[j]
        kind = kind_of(a, b)
        if kind == 0 or kind > best:
            continue
        marks[j] = kind
        best = kind
        target[j] = x[j]
        if kind == COMPROMISE:
            target[j] = x[i] + (x[j] - x[i]) * min(-a / b, 1.0)
        wanted[j] = 0.0
        if kind == COMPROMISE and which == STRONGEST:
            wanted[j] = -b
        elif kind == COMPROMISE and which == LOWEST:
            wanted[j] = (b * x[j] - a * x[i]) / (b - a) / span
    if best == 4:
        return float(x[i])
    least = np.inf
    for j in range(m):
        if marks[j] == best:
            least = min(least, wanted[j])
        else:
            marks[j] = 0
    way = np.inf
    for j in range(m):
        if marks[j] and wanted[j] > least + NEAR:
            marks[j] = 0
        elif marks[j]:
            way = min(way, abs(target[j] - x[i]))
    low, high = np.inf, -np.inf
    for j in range(m):
        if marks[j] and abs(target[j] - x[i]) > way + NEAR * span:
            marks[j] = 0
        elif marks[j]:
            low, high = min(low, target[j]), max(high, target[j])
    return float(low if low == high else (low + high) / 2.0)


@compiled
def one_round(
    x: Floats,
    w: Floats,
    s: Floats,
    span: float,
    rule: Rule,
    moved: Floats,
    marks: Marks,
) -> tuple[Floats, Floats, Floats]:
    """Risk exponents and what the members of each pair expect; fills ``moved`` and ``marks``."""
    q, better, of_pair, risk_in_votes, own_sight, which = rule
    m = x.size
    order = np.empty(m, np.int64)
    mu = weighted_median(x, w, order)
    even = np.ones(m)
    d = np.empty((4, m, m))
    distances(x, span, d)
    p = chances(x, d, w, even, order, of_pair)
    ours, theirs = prospects(x, d, s, p, even, span, mu, q, better)
    r = exponents(ours)
    if risk_in_votes:
        p = chances(x, d, w, r, order, of_pair)
    ours, theirs = prospects(x, d, s, p, r, span, mu, q, better)
    if own_sight:
        for i in range(m):
            for j in range(m):
                theirs[i, j] = ours[j, i]
    for i in range(m):
        moved[i] = choose(i, x, ours[i], theirs[i], span, which, marks[i])
    return r, ours, theirs


@compiled
def returned(held: Floats, now: int, span: float) -> int:
    """The latest earlier round whose positions are those of round ``now``; −1 if there is none."""
    for before in range(now - 1, -1, -1):
        same = True
        for i in range(held.shape[1]):
            if abs(held[before, i] - held[now, i]) > STILL * span:
                same = False
                break
        if same:
            return before
    return -1


@compiled
def play(
    x: Floats,
    w: Floats,
    s: Floats,
    rule: Rule,
    stop: int,
    most: int,
) -> tuple[Floats, Whole, Whole]:
    """All draws, rows of (n, M): the point, how many rounds were played, and how they ended."""
    n, m = x.shape
    point, played, ended = np.empty(n), np.zeros(n, np.int64), np.full(n, STOOD, np.int64)
    held, medians = np.empty((most + 1, m)), np.empty(most + 1)
    weight, care, order = np.empty(m), np.empty(m), np.empty(m, np.int64)
    marks = np.zeros((m, m), np.int8)
    for draw in range(n):
        canonical(x[draw], w[draw], s[draw], order)
        for i in range(m):
            member = order[i]
            held[0, i] = x[draw, member]
            weight[i], care[i] = w[draw, member], s[draw, member]
        span = held[0, m - 1] - held[0, 0]
        medians[0] = weighted_median(held[0], weight, order)
        if span <= NEAR * max(1.0, abs(held[0, 0])):
            point[draw] = medians[0]
            continue
        first, now, end = 0, 0, RAN_OUT
        while now < most:
            now += 1
            one_round(held[now - 1], weight, care, span, rule, held[now], marks)
            medians[now] = weighted_median(held[now], weight, order)
            if stop == UNTIL_LAST:
                continue
            still = abs(medians[now] - medians[now - 1]) <= STILL * span
            if stop == UNTIL_MEDIAN and still:
                first, end = now - 1, STOOD
                break
            before = returned(held, now, span)
            if before >= 0:
                first, end = before, STOOD if before == now - 1 else CAME_ROUND
                break
        if end == RAN_OUT:
            first = now - 1 if stop == UNTIL_LAST else now // 2
        total = 0.0
        for i in range(first + 1, now + 1):
            total += medians[i]
        point[draw] = total / (now - first)
        played[draw], ended[draw] = now, end
    return point, played, ended
