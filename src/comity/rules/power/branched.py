"""Counts and chances on the decision diagram of a joint or three-valued game.

One pass down counts the ways to get to a situation, one pass up the ways to adopt from it, both in
whole numbers. Shapley–Shubik values are integrals over Gauss–Legendre nodes on the same diagram.

With three answers the indices are those of ternary voting games (Felsenthal & Machover 1997;
1998, ch. 8). A member swings a set of the others' answers if its support adopts and its objection
does not. Its Shapley–Shubik value is the chance that, members answering at random (each answer
equally likely) in a random order, its answer settles the outcome; with two answers that is the
usual value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.rules.power.extension import ROUNDING
from comity.rules.power.joint import LOST, WON, Branching
from comity.rules.power.quadrature import rule_for

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Tally:
    """Whole numbers of sets of answers, for members in seat order.

    ``adopting`` of all sets adopt. ``swings`` counts sets of the others' answers that the member
    swings; ``undone`` adopting sets of everybody's that its objection would undo; ``rescued``
    sets that fail and that its support would adopt.
    """

    adopting: int
    swings: tuple[int, ...]
    undone: tuple[int, ...]
    rescued: tuple[int, ...]


@dataclass(frozen=True)
class Integrated:
    """Values of members in seat order, and a proven bound on the error of each."""

    values: tuple[float, ...]
    error: float


def tally(diagram: Branching, answers: int) -> Tally:
    """Exact counts over all sets of answers, each of ``answers`` kinds."""
    players = len(diagram.order)
    upward = _ways_to_adopt(diagram, answers)
    swings, undone, rescued = [0] * players, [0] * players, [0] * players
    arriving = {diagram.start: 1}
    for level, member in enumerate(diagram.order):
        branches, then = diagram.to[level], upward[level + 1]
        onward: dict[int, int] = {}
        for situation, ways in arriving.items():
            if situation in (LOST, WON):
                continue
            adopt = [then[branch[situation]] for branch in branches]
            swings[member] += ways * (adopt[-1] - adopt[0])
            undone[member] += ways * (sum(adopt) - answers * adopt[0])
            rescued[member] += ways * (answers * adopt[-1] - sum(adopt))
            for branch in branches:
                to = branch[situation]
                onward[to] = onward.get(to, 0) + ways
        arriving = onward
    return Tally(upward[0][diagram.start], tuple(swings), tuple(undone), tuple(rescued))


def _ways_to_adopt(diagram: Branching, answers: int) -> list[list[int]]:
    players = len(diagram.order)
    ways = [[0, 1]]
    for level in reversed(range(players)):
        then, branches = ways[-1], diagram.to[level]
        size = len(branches[0])
        made = [sum(then[branch[s]] for branch in branches) for s in range(2, size)]
        ways.append([0, answers ** (players - level), *made])
    return ways[::-1]


def shapley_shubik(diagram: Branching, answers: int) -> Integrated:
    """The chance that a member's answer settles the outcome, others having answered at random.

    φᵢ = ∫₀¹ [win(i has answered) − win(i objects)] + [lose(i has answered) − lose(i supports)] dt,
    where each of the others has answered with chance t, and those that have not object in the
    first bracket and support in the second. Differences are off by no more than the chances
    themselves, which are sums of products of positive numbers.
    """
    players = len(diagram.order)
    nodes = rule_for(players)
    t = np.array(nodes.nodes)
    values = np.zeros(players)
    for last, sign in ((0, 1.0), (answers - 1, -1.0)):
        chances = np.tile(t / answers, (answers, 1))
        chances[last] += 1.0 - t
        for member, swing in _swings(diagram, chances, last):
            values[member] += sign * float(swing @ np.array(nodes.weights))
    rounding = (20 * players + 80) * ROUNDING
    error = max(2 * nodes.error + rounding, abs(float(values.sum()) - 1.0))
    return Integrated(tuple(np.maximum(values, 0.0).tolist()), error)


def _swings(diagram: Branching, chances: Floats, last: int) -> list[tuple[int, Floats]]:
    """For each member: chance of adoption once it has answered, less that at its last answer."""
    upward = _chances_to_adopt(diagram, chances)
    arriving = np.zeros((len(diagram.to[0][0]), chances.shape[1]))
    arriving[diagram.start] = 1.0
    found = []
    for level, member in enumerate(diagram.order):
        branches, then = [np.array(branch) for branch in diagram.to[level]], upward[level + 1]
        adopt = np.array([then[branch] for branch in branches])
        gained = adopt.mean(axis=0) - adopt[last]
        found.append((member, (arriving * gained)[2:].sum(axis=0)))
        onward = np.zeros_like(then)
        for branch, chance in zip(branches, chances, strict=True):
            np.add.at(onward, branch[2:], arriving[2:] * chance)
        arriving = onward
    return found


def _chances_to_adopt(diagram: Branching, chances: Floats) -> list[Floats]:
    bottom = np.zeros((2, chances.shape[1]))
    bottom[WON] = 1.0
    upward = [bottom]
    for branches in reversed(diagram.to):
        then = upward[-1]
        here = sum(
            chance * then[list(branch)] for branch, chance in zip(branches, chances, strict=True)
        )
        here[LOST], here[WON] = 0.0, 1.0
        upward.append(np.asarray(here))
    return upward[::-1]


def chance_to_adopt(diagram: Branching, chances: Floats) -> Floats:
    """The chance of adoption in each case, ``[member, answer, case]`` to ``[case]``.

    Member i gives answer a with chance ``chances[i, a]``, independently of the others.
    """
    then = np.zeros((2, chances.shape[2]))
    then[WON] = 1.0
    for level in reversed(range(len(diagram.order))):
        own = chances[diagram.order[level]]
        here = np.asarray(
            sum(
                chance * then[list(branch)]
                for branch, chance in zip(diagram.to[level], own, strict=True)
            )
        )
        here[LOST], here[WON] = 0.0, 1.0
        then = here
    return np.asarray(then[-1])
