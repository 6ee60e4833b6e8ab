"""Trades: one party gives way on one issue, another on another, and both are better off (§48)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np

from comity.bargaining.pairs import Promising, Weighing
from comity.bargaining.problem import SAME, Bools, Floats, Ints, Package, Problem
from comity.bargaining.ranges import open_options, whole_range

Base = Literal["text", "reversions", "each its own best"]

Tell = Callable[[float], None]
"""What is told the share of the work that is done, from 0 to 1."""

CHUNK = 200_000
"""Packages after a pair of moves weighed at a time."""

LEVEL = 1_000
"""So many trades as good as the last that is listed are made, to see which comes first."""


@dataclass(frozen=True)
class Move:
    """On one issue ``giver`` gives way to ``taker``; all by their places."""

    issue: int
    giver: int
    taker: int
    before: int
    after: int


@dataclass(frozen=True, eq=False)
class Trade:
    """Two moves that together leave both parties better off.

    ``before`` and ``after`` are packages: of issues outside the trade they are alike. ``losses``
    and ``gains`` say what each move alone costs its giver and brings its taker, ``effects``
    (parties,) what both together bring everybody; all as shares of a party's whole range.
    """

    moves: tuple[Move, Move]
    before: Package
    after: Package
    losses: tuple[float, float]
    gains: tuple[float, float]
    effects: Floats

    @property
    def parties(self) -> tuple[int, int]:
        """Who trades: who gives way first, then the other."""
        return self.moves[0].giver, self.moves[0].taker

    @property
    def smaller(self) -> float:
        """The smaller of the two gains from the whole trade."""
        return float(min(self.effects[list(self.parties)]))

    @property
    def sum(self) -> float:
        """Both gains from the whole trade together."""
        return float(sum(self.effects[list(self.parties)]))


@dataclass(frozen=True, eq=False)
class Bargain:
    """Where trades start from, and in what problem their moves are weighed.

    ``package`` None: each party starts from its own best option on the issue where it gives way.
    Such starting points make no package, so that interactions and limits across issues have
    nothing to say about them; ``problem`` is then without these.
    """

    problem: Problem
    base: Base
    package: Package | None
    options: tuple[Bools, ...]
    ranges: Floats

    def start(self, issue: int, giver: int, taker: int) -> int:
        """The option from which ``giver`` gives way."""
        if self.package is not None:
            return self.package[issue]
        return own_best(self.problem, self.options[issue], issue, giver, taker)


def bargain(problem: Problem, text: Package | None, reversion: Package | None) -> Bargain:
    """The base of trades: the draft of the single text, else the reversions, else own bests."""
    options, ranges = open_options(problem), whole_range(problem)
    if text is not None:
        return Bargain(problem, "text", text, options, ranges)
    if reversion is not None:
        return Bargain(problem, "reversions", reversion, options, ranges)
    alone = replace(problem, interactions=(), limits=())
    return Bargain(alone, "each its own best", None, options, ranges)


def own_best(problem: Problem, options: Bools, issue: int, giver: int, taker: int) -> int:
    """The open option that is best for one party; of several, the one best for the other."""
    worth = problem.worth[issue]
    best = worth[options, giver].max()
    tied = np.flatnonzero(options & (worth[:, giver] >= best - SAME))
    return int(tied[np.argmax(worth[tied, taker])])


def trades(start: Bargain) -> list[Trade]:
    """The best trade for every two parties and every two issues on which they give way.

    Ranked by the smaller, then by the sum, of the two gains as shares of each party's own range;
    equal ones in the order of parties and issues.
    """
    return best_trades(start, None)[0]


def best_trades(
    start: Bargain, most: int | None, tell: Tell = lambda _: None
) -> tuple[list[Trade], int]:
    """The first ``most`` of all trades (None: all of them), and how many trades there are.

    ``tell`` hears the share of the work that is done.
    """
    weighing = Weighing(start.problem, start.start, start.options, start.ranges)
    couples = list(combinations(range(len(start.problem.parties)), 2))
    found: list[Promising] = []
    for done, (first, second) in enumerate(couples, 1):
        found.append(weighing.promising(first, second))
        tell(done / len(couples))
    made = [
        trade
        for couple, gives, gets in _worth_making(couples, found, most)
        if (trade := _best(start, *couple, gives, gets)) is not None
    ]
    ranked = sorted(made, key=lambda trade: (-trade.smaller, -trade.sum))
    return ranked[:most], sum(len(one.gives) for one in found)


def _worth_making(
    couples: Sequence[tuple[int, int]], found: Sequence[Promising], most: int | None
) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Parties and issues of the trades that may be among the first ``most``, in their order.

    Those as good as the last of these, up to rounding, are made as well (``LEVEL`` at most).
    """
    couple = np.repeat(np.arange(len(found)), [len(one.gives) for one in found])
    gives = np.concatenate([one.gives for one in found])
    gets = np.concatenate([one.gets for one in found])
    smaller = np.concatenate([one.smaller for one in found]).round(9)
    total = np.concatenate([one.sum for one in found]).round(9)
    order = np.lexsort((-total, -smaller))
    if most is not None and len(order) > most:
        last = order[most - 1]
        level = (smaller >= smaller[last] - SAME) & (
            (smaller > smaller[last] + SAME) | (total >= total[last] - SAME)
        )
        order = order[level[order]][: most + LEVEL]
    for one in np.sort(order).tolist():
        yield couples[couple[one]], int(gives[one]), int(gets[one])


def _best(start: Bargain, first: int, second: int, gives: int, gets: int) -> Trade | None:
    """The best trade in which ``first`` gives way on one issue and ``second`` on another."""
    base = list(start.package or [0] * len(start.problem.issues))
    base[gives] = start.start(gives, first, second)
    base[gets] = start.start(gets, second, first)
    before = tuple(base)
    afters = _moves(start, before, gives, first, second), _moves(start, before, gets, second, first)
    best: tuple[float, float, Package, Floats] | None = None
    for rows in _pairs(before, (gives, gets), afters):
        found = _best_of(start, before, rows, first, second)
        if found is not None and (best is None or found[:2] > best[:2]):
            best = found
    return None if best is None else _trade(start, before, best, (first, second), (gives, gets))


def _moves(start: Bargain, before: Package, issue: int, giver: int, taker: int) -> Ints:
    """Options to which the giver may give way: it does not gain by the move, the taker does."""
    rows = np.tile(np.array(before), (len(start.options[issue]), 1))
    rows[:, issue] = np.arange(len(rows))
    change = start.problem.utilities(rows) - start.problem.utilities([before])
    gives_way = (change[:, giver] <= SAME) & (change[:, taker] > SAME)
    return np.flatnonzero(gives_way & start.options[issue])


def _pairs(before: Package, issues: tuple[int, int], afters: tuple[Ints, Ints]) -> Iterator[Ints]:
    """The base with each pair of moves made, some rows at a time."""
    step = max(1, CHUNK // max(1, len(afters[1])))
    for low in range(0, len(afters[0]), step):
        one, other = np.meshgrid(afters[0][low : low + step], afters[1], indexing="ij")
        rows = np.tile(np.array(before), (one.size, 1))
        rows[:, issues[0]], rows[:, issues[1]] = one.ravel(), other.ravel()
        if len(rows):
            yield rows


def _best_of(
    start: Bargain, before: Package, rows: Ints, first: int, second: int
) -> tuple[float, float, Package, Floats] | None:
    """The pair of moves that both gain by, allowed, and best by the smaller gain, then the sum."""
    change = start.problem.utilities(rows) - start.problem.utilities([before])
    two = change[:, [first, second]]
    both = np.flatnonzero((two > SAME).all(axis=1))
    both = both[start.problem.allowed(rows[both])]
    rows, change = rows[both], change[both]
    if not len(rows):
        return None
    ranges = np.where(start.ranges > SAME, start.ranges, np.inf)
    shares = change / ranges
    two = shares[:, [first, second]]
    smaller, total = two.min(axis=1), two.sum(axis=1)
    best = int(np.lexsort((-total, -smaller))[0])
    package = tuple(int(option) for option in rows[best])
    return float(smaller[best]), float(total[best]), package, shares[best]


def _trade(
    start: Bargain,
    before: Package,
    best: tuple[float, float, Package, Floats],
    parties: tuple[int, int],
    issues: tuple[int, int],
) -> Trade:
    after, (first, second) = best[2], parties
    moves = (
        Move(issues[0], first, second, before[issues[0]], after[issues[0]]),
        Move(issues[1], second, first, before[issues[1]], after[issues[1]]),
    )
    changes = [_alone(start, before, move) for move in moves]
    return Trade(
        moves,
        before,
        after,
        (-float(changes[0][first]), -float(changes[1][second])),
        (float(changes[0][second]), float(changes[1][first])),
        best[3],
    )


def _alone(start: Bargain, before: Package, move: Move) -> Floats:
    """What one move alone brings everybody, as shares of their ranges: (parties,)."""
    moved = (*before[: move.issue], move.after, *before[move.issue + 1 :])
    change = start.problem.utilities([moved])[0] - start.problem.utilities([before])[0]
    shares: Floats = change / np.where(start.ranges > SAME, start.ranges, np.inf)
    return shares


def both_gain(change: Floats, trade: Trade) -> Bools:
    """In which draws both who trade are better off; ``change`` (draws, parties) in utility."""
    return np.asarray((change[:, list(trade.parties)] > SAME).all(axis=1))
