"""Decision diagrams of weighted games: exact where few different situations can arise.

Members are asked in turn, the heaviest first. Two situations at the same member are one if the
same answers of those still to come decide both alike: then what is still needed lies in the
same interval (Bolus 2011). Few members, few distinct weights or few distinct sums make few
situations, however large the weights are.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from comity.rules.power.counting import Counts
from comity.rules.power.extension import ROUNDING, Integrated
from comity.rules.power.game import WeightedGame
from comity.rules.power.quadrature import rule_for

Floats = NDArray[np.float64]

LOST, WON = 0, 1
DEEPEST = 400
"""More members than this are not tried: the diagram is grown one call deeper a member."""


@dataclass(frozen=True)
class Diagram:
    """``yes[k][v]`` and ``no[k][v]``: where situation v before the k-th member leads.

    Situations 0 and 1 of every level are *lost* and *won*. ``order[k]`` is the member asked.
    """

    order: tuple[int, ...]
    yes: tuple[tuple[int, ...], ...]
    no: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        return sum(len(level) - 2 for level in self.yes)


def diagram(game: WeightedGame, *, most: int) -> Diagram | None:
    """The diagram of the game, or None if it would have more than ``most`` situations."""
    if game.players > DEEPEST:
        return None
    order = sorted(range(game.players), key=lambda member: (-game.weights[member], member))
    grower = _Grower([game.weights[member] for member in order], most)
    try:
        grower.situation(0, game.quota)
    except _TooLargeError:
        return None
    return Diagram(
        tuple(order), tuple(map(tuple, grower.yes[:-1])), tuple(map(tuple, grower.no[:-1]))
    )


class _TooLargeError(Exception):
    pass


class _Grower:
    """Finds situations by the interval of needs they stand for, and makes new ones."""

    def __init__(self, weights: list[int], most: int) -> None:
        players = len(weights)
        self.weights, self.left = weights, most
        self.rest = [sum(weights[level:]) for level in range(players + 1)]
        # Intervals [start, end] of what is needed, sorted, with the situation of each.
        self.starts: list[list[int]] = [[] for _ in range(players + 1)]
        self.found: list[list[tuple[int, int]]] = [[] for _ in range(players + 1)]
        self.yes: list[list[int]] = [[LOST, WON] for _ in range(players + 1)]
        self.no: list[list[int]] = [[LOST, WON] for _ in range(players + 1)]

    def situation(self, level: int, need: int) -> tuple[int, int | None, int | None]:
        """The situation when so much is needed, with the ends of its interval (None: open)."""
        if need <= 0:
            return WON, None, 0
        if need > self.rest[level]:
            return LOST, self.rest[level] + 1, None
        known = bisect_right(self.starts[level], need) - 1
        if known >= 0:
            end, situation = self.found[level][known]
            if need <= end:
                return situation, self.starts[level][known], end
        return self._new(level, need)

    def _new(self, level: int, need: int) -> tuple[int, int, int]:
        weight = self.weights[level]
        yes, yes_start, yes_end = self.situation(level + 1, need - weight)
        no, no_start, no_end = self.situation(level + 1, need)
        starts = [1]
        starts += [yes_start + weight] if yes_start is not None else []
        starts += [no_start] if no_start is not None else []
        ends = [self.rest[level]]
        ends += [yes_end + weight] if yes_end is not None else []
        ends += [no_end] if no_end is not None else []
        start, end = max(starts), min(ends)
        self.left -= 1
        if self.left < 0:
            raise _TooLargeError
        situation = len(self.yes[level])
        self.yes[level].append(yes)
        self.no[level].append(no)
        at = bisect_right(self.starts[level], start)
        self.starts[level].insert(at, start)
        self.found[level].insert(at, (end, situation))
        return situation, start, end


# ---------------------------------------------------------------- whole numbers


def count_on(grown: Diagram, *, sized: bool) -> Counts:
    """Counts by one pass down (ways to get there) and one up (ways to win from there).

    A situation's counts by size are one long integer, a slot for each size; the product of
    two such integers is the product of the polynomials.
    """
    players = len(grown.order)
    slot = 8 * (players // 8 + 1) if sized else 0
    upward = _ways_to_win(grown, slot)
    arriving = {_start(grown): 1}
    swings = [0] * players
    for level, member in enumerate(grown.order):
        yes, no, then = grown.yes[level], grown.no[level], upward[level + 1]
        onward: dict[int, int] = {}
        for situation, ways in arriving.items():
            if situation in (LOST, WON):
                continue
            by_yes, by_no = yes[situation], no[situation]
            swings[member] += ways * (then[by_yes] - then[by_no])
            onward[by_yes] = onward.get(by_yes, 0) + (ways << slot)
            onward[by_no] = onward.get(by_no, 0) + ways
        arriving = onward
    winning = upward[0][_start(grown)]
    if not sized:
        return Counts((winning,), tuple((one,) for one in swings), sized=False)
    return Counts(
        _unpacked(winning, slot, players + 1),
        tuple(_unpacked(one, slot, players) for one in swings),
        sized=True,
    )


def counting_work(grown: Diagram) -> int:
    """Bits multiplied by a sized count; 10⁹ take about a second."""
    return int(grown.size * (len(grown.order) * (len(grown.order) + 8)) ** 1.25)


def _start(grown: Diagram) -> int:
    """The only situation before any answer: undecided, since 0 < quota ≤ total."""
    return len(grown.yes[0]) - 1


def _ways_to_win(grown: Diagram, slot: int) -> list[list[int]]:
    players = len(grown.order)
    ways = [[0, 1]]
    for level in reversed(range(players)):
        then, rest = ways[-1], players - level
        won = sum(comb(rest, size) << slot * size for size in range(rest + 1))
        steps = zip(grown.yes[level][2:], grown.no[level][2:], strict=True)
        ways.append([0, won, *((then[yes] << slot) + then[no] for yes, no in steps)])
    return ways[::-1]


def _unpacked(packed: int, slot: int, slots: int) -> tuple[int, ...]:
    keep = (1 << slot) - 1
    return tuple(packed >> slot * size & keep for size in range(slots))


# ---------------------------------------------------------------- floats


def integrate_on(grown: Diagram) -> Integrated:
    """Shapley–Shubik values by the same two passes at every Gauss–Legendre node at once.

    Chances up and down are sums of products of positive numbers, 3 roundings a member; the
    difference between a yes and a no is off by no more than the chances themselves.
    """
    players = len(grown.order)
    rule = rule_for(players)
    chance = np.array(rule.nodes)
    upward = _chances_of_winning(grown, chance)
    arriving = np.zeros((len(grown.yes[0]), len(chance)))
    arriving[_start(grown)] = 1.0
    values = [0.0] * players
    for level, member in enumerate(grown.order):
        yes, no = np.array(grown.yes[level]), np.array(grown.no[level])
        then = upward[level + 1]
        swing = (arriving * (then[yes] - then[no]))[2:].sum(axis=0)
        values[member] = float(swing @ np.array(rule.weights))
        onward = np.zeros_like(then)
        np.add.at(onward, yes[2:], arriving[2:] * chance)
        np.add.at(onward, no[2:], arriving[2:] * (1 - chance))
        arriving = onward
    rounding = (10 * players + 40) * ROUNDING
    error = max(rule.error + rounding, abs(sum(values) - 1))
    return Integrated(tuple(values), error, len(chance))


def _chances_of_winning(grown: Diagram, chance: Floats) -> list[Floats]:
    last = np.zeros((2, len(chance)))
    last[WON] = 1.0
    chances = [last]
    for yes, no in zip(reversed(grown.yes), reversed(grown.no), strict=True):
        then = chances[-1]
        here = chance * then[list(yes)] + (1 - chance) * then[list(no)]
        here[LOST], here[WON] = 0.0, 1.0
        chances.append(here)
    return chances[::-1]
