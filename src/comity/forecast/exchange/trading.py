"""The trading of positions in one draw, compiled. Import this only where it is called.

Arrays are items × actors: preferred positions x, saliences s (shares of 1), weights w (capability
× salience), and who has a ``seat``. What each step means stands in conventions §60.
"""

from __future__ import annotations

import numpy as np

from comity.bargaining.frontier.compiled import compiled
from comity.dossier.draws import Ints
from comity.dossier.quantity import Floats

FIXED, BY_SALIENCE = 0.1, 0.4
"""How far a preference follows the vote between rounds: 0.1 + 0.4 (1 − s) of the way."""

LEAST = 1e-9
"""Gains up to this are none, and positions this near to an outcome on neither side of it."""

TIE = 1e-9
"""Gains that differ by no more than this share of the largest are equal."""

WIDTH = 10
"""Numbers told of an exchange."""

_P, _Q, _I, _J = 0, 1, 2, 3


@compiled
def outcome_of(positions: Floats, weights: Floats) -> Floats:
    """The mean position on each item by weight, shape (items,)."""
    found = np.zeros(len(positions))
    for k in range(len(positions)):
        found[k] = (weights[k] * positions[k]).sum() / weights[k].sum()
    return found


@compiled
def sides_of(positions: Floats, outcome: Floats) -> Floats:
    """On which side of the outcome each stands: 1 above, −1 below, 0 at it."""
    sides = np.zeros(positions.shape)
    for k in range(len(positions)):
        for m in range(positions.shape[1]):
            apart = positions[k, m] - outcome[k]
            if abs(apart) > LEAST:
                sides[k, m] = 1.0 if apart > 0 else -1.0
    return sides


@compiled
def possible(s: Floats, w: Floats, seat: Floats, sides: Floats) -> Ints:
    """Rows p, q, i, j: i would have j move on p and move on q itself; shape (exchanges, 4).

    Both sit on both items, on opposite sides; p matters more to i, beside q, than it does to j.
    """
    items, actors = s.shape
    found = np.empty((items * (items - 1) // 2 * actors * (actors - 1) // 2, 4), dtype=np.int64)
    count = 0
    for p in range(items):
        for q in range(p + 1, items):
            for a in range(actors):
                if seat[p, a] * seat[q, a] * sides[p, a] * sides[q, a] == 0:
                    continue
                for b in range(a + 1, actors):
                    apart = sides[p, a] * sides[p, b] < 0 and sides[q, a] * sides[q, b] < 0
                    if not apart or seat[p, b] * seat[q, b] == 0:
                        continue
                    more = s[p, a] * s[q, b] - s[q, a] * s[p, b]
                    i, j = (a, b) if more > 0 else (b, a)
                    if more != 0 and w[p, j] > 0 and w[q, i] > 0:
                        found[count] = p, q, i, j
                        count += 1
    return found[:count]


@compiled
def stake(row: Ints, x: Floats, y: Floats, s: Floats, w: Floats, totals: Floats,
          outcome: Floats, sides: Floats, bound: bool) -> float:  # fmt: skip
    """What moves in an exchange: (s_ip + s_jp) times the shift of the outcome on p.

    The same for q: that makes the gains equal. −1 if it can never be made again this round.
    """
    p, q, i, j = row[_P], row[_Q], row[_I], row[_J]
    room_j = (x[p, i] - y[p, j]) * sides[p, i]
    room_i = (x[q, j] - y[q, i]) * sides[q, j]
    if room_j <= LEAST or room_i <= LEAST:
        return -1.0
    on_p, on_q = room_j * w[p, j] / totals[p], room_i * w[q, i] / totals[q]
    if bound:
        on_p = min(on_p, (x[p, i] - outcome[p]) * sides[p, i])
        on_q = min(on_q, (x[q, j] - outcome[q]) * sides[q, j])
        still = min((x[p, j] - outcome[p]) * sides[p, j], (x[q, i] - outcome[q]) * sides[q, i])
        if min(on_p, on_q, still) <= LEAST:
            return 0.0
    smaller: float = min(on_p * (s[p, i] + s[p, j]), on_q * (s[q, i] + s[q, j]))
    return smaller


@compiled
def advantage(row: Ints, s: Floats) -> float:
    """The gain of each for one unit of stake."""
    p, q, i, j = row[_P], row[_Q], row[_I], row[_J]
    apart = s[p, i] * s[q, j] - s[q, i] * s[p, j]
    rate: float = apart / ((s[p, i] + s[p, j]) * (s[q, i] + s[q, j]))
    return rate


@compiled
def move(y: Floats, outcome: Floats, item: int, who: int, aim: float, by: float,
         weight: float) -> None:  # fmt: skip
    """Let an actor move towards an aim, so that the outcome shifts by so much."""
    towards = 1.0 if aim > y[item, who] else -1.0
    y[item, who] += towards * by / weight
    if abs(y[item, who] - aim) <= LEAST:
        y[item, who] = aim
    outcome[item] += towards * by


@compiled
def worth_making(rows: Ints, rates: Floats, stakes: Floats, left: int, p: int, q: int, x: Floats,
                 y: Floats, s: Floats, w: Floats, totals: Floats, outcome: Floats, sides: Floats,
                 bound: bool) -> tuple[int, float]:  # fmt: skip
    """Works out anew what is at stake after p and q were traded; p = −1: everything.

    Exchanges that can never be made again are dropped. How many are left, and the largest gain.
    """
    kept, best = 0, 0.0
    for c in range(left):
        at_stake = stakes[c]
        one, other = rows[c, _P], rows[c, _Q]
        if p < 0 or one in (p, q) or other in (p, q):
            at_stake = stake(rows[c], x, y, s, w, totals, outcome, sides, bound)
        if at_stake >= 0.0:
            rows[kept], rates[kept], stakes[kept] = rows[c], rates[c], at_stake
            best = max(best, rates[kept] * at_stake)
            kept += 1
    return kept, best


@compiled
def one_round(x: Floats, s: Floats, w: Floats, seat: Floats, bound: bool,
              made: Ints, told: Floats, count: int) -> tuple[Floats, int]:  # fmt: skip
    """Voting positions y after one round; writes each exchange from row ``count`` on.

    ``made`` takes p, q, i, j; ``told`` the gain, then start, end and the outcome before and after
    of j on p, then of i on q, and how many exchanges had that gain. Rows beyond their length are
    not written, and still counted.
    """
    y, outcome, totals = x.copy(), outcome_of(x, w), w.sum(axis=1)
    sides = sides_of(x, outcome)
    rows = possible(s, w, seat, sides)
    rates = np.array([advantage(rows[c], s) for c in range(len(rows))])
    stakes, left = np.zeros(len(rows)), len(rows)
    p = q = -1
    while True:
        left, best = worth_making(
            rows, rates, stakes, left, p, q, x, y, s, w, totals, outcome, sides, bound
        )
        if best <= LEAST:
            return y, count
        equal = rates[:left] * stakes[:left] >= best * (1.0 - TIE)
        first = np.argmax(equal)
        p, q, i, j = rows[first]
        before = y[p, j], outcome[p], y[q, i], outcome[q]
        by_p = stakes[first] / (s[p, i] + s[p, j])
        by_q = stakes[first] / (s[q, i] + s[q, j])
        move(y, outcome, p, j, x[p, i], by_p, w[p, j] / totals[p])
        move(y, outcome, q, i, x[q, j], by_q, w[q, i] / totals[q])
        if count < len(made):
            made[count] = rows[first]
            told[count, 0] = rates[first] * stakes[first]
            told[count, 1:5] = before[0], y[p, j], before[1], outcome[p]
            told[count, 5:9] = before[2], y[q, i], before[3], outcome[q]
            told[count, 9] = equal.sum()
        count += 1
        left -= 1
        for c in range(first, left):
            rows[c], rates[c], stakes[c] = rows[c + 1], rates[c + 1], stakes[c + 1]


@compiled
def traded(x: Floats, s: Floats, w: Floats, seat: Floats, rounds: int, bound: bool,
           made: Ints, told: Floats, ends: Ints) -> tuple[Floats, int]:  # fmt: skip
    """Outcomes on all items after so many rounds, and how many exchanges were made in all.

    ``ends`` takes the number of exchanges made by the end of each round.
    """
    count, y = 0, x
    for turn in range(rounds):
        if turn > 0:
            x = x + (FIXED + BY_SALIENCE * (1.0 - s)) * (y - x)
        y, count = one_round(x, s, w, seat, bound, made, told, count)
        if turn < len(ends):
            ends[turn] = count
    return outcome_of(y, w), count


@compiled
def all_traded(x: Floats, s: Floats, w: Floats, seat: Floats, rounds: int,
               bound: bool) -> Floats:  # fmt: skip
    """Outcomes of every draw, shape (n, items); x, s and w have shape (n, items, actors)."""
    found = np.empty((len(x), x.shape[1]))
    made, told = np.empty((0, 4), dtype=np.int64), np.empty((0, WIDTH))
    ends = np.empty(0, dtype=np.int64)
    for k in range(len(x)):
        found[k], _ = traded(x[k], s[k], w[k], seat, rounds, bound, made, told, ends)
    return found
