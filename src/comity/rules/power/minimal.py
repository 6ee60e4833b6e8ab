"""Indices that look at coalitions one by one: Deegan–Packel and Johnston, exact or refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from comity.errors import UnsupportedError
from comity.rules.power.diagram import Diagram, counting_work, diagram
from comity.rules.power.game import WeightedGame, simplified

Whole = NDArray[np.int64]

SITUATIONS = 4 * 10**5
DIAGRAM_BITS = 2 * 10**10
"""Bounds for Deegan–Packel: situations of a diagram, and bits multiplied on it (some seconds)."""
ENUMERATED = 20
"""Members up to which Johnston's index looks at every coalition."""
MOST_MEMBERS = 62
"""Members up to which a number of coalitions fits into 64 bits."""
ENTRIES = 3 * 10**9
"""Table entries that Johnston's index may go through beyond that; some seconds."""


@dataclass(frozen=True)
class Shares:
    """An index as exact fractions that sum to 1, and how many coalitions it shares out."""

    fractions: tuple[Fraction, ...]
    coalitions: int

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(float(one) for one in self.fractions)


# ---------------------------------------------------------------- Deegan–Packel


def deegan_packel(game: WeightedGame) -> Shares:
    """Every minimal winning coalition shares 1 equally among its members (1978).

    Members asked from the heaviest down complete a minimal winning coalition exactly when a
    yes first reaches the quota and all after it say no: the last is the lightest, and without
    it the coalition loses. So the decision diagram counts them too. Raises
    ``UnsupportedError`` beyond ``SITUATIONS`` or ``DIAGRAM_BITS``.
    """
    plain = simplified(game)
    grown = diagram(plain, most=SITUATIONS)
    if grown is None or counting_work(grown) > DIAGRAM_BITS:
        raise UnsupportedError(
            "The Deegan–Packel index of these members cannot be counted within the bounds of "
            f"{SITUATIONS:.0e} situations and {DIAGRAM_BITS:.0e} bits.",
            found=f"{plain.players} members, quota {plain.quota} of {plain.total}",
            mend="Use the Banzhaf or Shapley–Shubik index.",
        )
    by_size, of_member = _minimal_coalitions(grown)
    coalitions = sum(by_size)
    return Shares(
        tuple(
            sum((Fraction(ways, size) for size, ways in enumerate(one) if ways), Fraction(0))
            / coalitions
            for one in of_member
        ),
        coalitions,
    )


def _minimal_coalitions(grown: Diagram) -> tuple[list[int], list[list[int]]]:
    """Minimal winning coalitions by size, in all and with each member."""
    players = len(grown.order)
    slot = 8 * (players // 8 + 1)
    upward = [[0, 1]]  # packed by size; a coalition that has won takes nobody else
    for yes, no in zip(reversed(grown.yes), reversed(grown.no), strict=True):
        then = upward[-1]
        steps = zip(yes[2:], no[2:], strict=True)
        upward.append([0, 1, *((then[to] << slot) + then[other] for to, other in steps)])
    upward.reverse()
    packed = [0] * players
    arriving = {len(grown.yes[0]) - 1: 1}
    for level, member in enumerate(grown.order):
        onward: dict[int, int] = defaultdict(int)
        for situation, ways in arriving.items():
            if situation > 1:
                yes_to, no_to = grown.yes[level][situation], grown.no[level][situation]
                packed[member] += (ways * upward[level + 1][yes_to]) << slot
                onward[yes_to] += ways << slot
                onward[no_to] += ways
        arriving = onward

    def unpacked(one: int) -> list[int]:
        return [one >> slot * size & (1 << slot) - 1 for size in range(players + 1)]

    return unpacked(upward[0][len(grown.yes[0]) - 1]), [unpacked(one) for one in packed]


# ---------------------------------------------------------------- Johnston


def johnston(game: WeightedGame) -> Shares:
    """Every winning coalition with critical members shares 1 equally among these (1978).

    Raises ``UnsupportedError`` beyond ``ENUMERATED`` members unless a table over all weights
    stays within ``MOST_MEMBERS`` and ``ENTRIES``.
    """
    plain = simplified(game)
    if plain.players <= ENUMERATED and plain.total < 2**62:
        return _shared(_critical_by_enumeration(plain))
    if plain.players <= MOST_MEMBERS and _entries(plain) <= ENTRIES:
        return _shared(_critical_by_tables(plain))
    raise UnsupportedError(
        f"The Johnston index is counted for up to {ENUMERATED} members, or up to {MOST_MEMBERS} "
        f"within {ENTRIES:.0e} table entries.",
        found=f"{plain.players} members, quota {plain.quota} of {plain.total}",
        mend="Use the Banzhaf or Shapley–Shubik index.",
    )


def _shared(critical: list[list[int]]) -> Shares:
    """From numbers of coalitions in which i is one of c critical members, by i and c."""
    scores = [
        sum((Fraction(ways, c) for c, ways in enumerate(one) if ways), Fraction(0))
        for one in critical
    ]
    coalitions = sum(scores, Fraction(0))
    return Shares(tuple(score / coalitions for score in scores), int(coalitions))


def _critical_by_enumeration(game: WeightedGame) -> list[list[int]]:
    reached = np.zeros(1, dtype=np.int64)
    for weight in game.weights:
        reached = np.concatenate([reached, reached + weight])
    coalitions = np.flatnonzero(reached >= game.quota)
    spare = reached[coalitions] - game.quota
    is_critical = [
        (coalitions >> member & 1 == 1) & (weight > spare)
        for member, weight in enumerate(game.weights)
    ]
    how_many = np.asarray(is_critical).sum(axis=0)
    return [np.bincount(how_many[one], minlength=game.players + 1).tolist() for one in is_critical]


def _entries(game: WeightedGame) -> int:
    return len(set(game.weights)) ** 2 * game.total * game.players


def _critical_by_tables(game: WeightedGame) -> list[list[int]]:
    """Heavy members are critical in a coalition with weight to spare for all the lighter ones.

    With weights w₁ ≥ w₂ ≥ … the first k are the critical ones among a coalition's members
    if its weight lies in [q + wₖ₊₁, q + wₖ). Heavy coalitions are counted by weight and size,
    light ones by weight; member i is taken out of the heavy ones exactly.
    """
    order = sorted(range(game.players), key=lambda member: -game.weights[member])
    weights = [game.weights[member] for member in order]
    critical: dict[int, Whole] = {
        one: np.zeros(game.players + 1, dtype=np.int64) for one in set(weights)
    }
    heavy = np.zeros((game.players + 1, game.total + 1), dtype=np.int64)  # by size and weight
    heavy[0, 0] = 1
    for k, weight in enumerate(weights, start=1):
        heavy[1:, weight:] = heavy[1:, weight:] + heavy[:-1, : game.total + 1 - weight]
        lighter = weights[k] if k < len(weights) else 0
        if lighter == weight:
            continue
        light = _window(weights[k:], game, game.quota + lighter, game.quota + weight)
        for heavier in set(weights[:k]):
            others = _without(heavy, heavier)
            joined = others[:, : game.total + 1 - heavier] @ light[heavier:]
            critical[heavier][1:] += joined[:-1]
    return [critical[weight].tolist() for weight in game.weights]


def _window(light: Iterable[int], game: WeightedGame, low: int, high: int) -> Whole:
    """For every weight y: how many coalitions of the light bring it to at least low, below high."""
    counts = np.zeros(game.total + 1, dtype=np.int64)
    counts[0] = 1
    for weight in light:
        counts[weight:] = counts[weight:] + counts[: game.total + 1 - weight]
    below = np.concatenate([[0], np.cumsum(counts)])
    need = np.arange(game.total + 1)
    upper, lower = (np.clip(end - need, 0, game.total + 1) for end in (high, low))
    return np.asarray(below[upper] - below[lower], dtype=np.int64)


def _without(heavy: Whole, weight: int) -> Whole:
    """The table of heavy coalitions without one member of this weight."""
    others = heavy.copy()
    for size in range(1, len(others)):
        others[size, weight:] -= others[size - 1, : others.shape[1] - weight]
    return others
