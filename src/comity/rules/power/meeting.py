"""Exact counts by meeting in the middle: any weights at all, for some sixty members.

Every subset S of one half of the members is paired with every subset T of the other half. S and T
together win iff S weighs at least the need of T, which is the quota less T's weight. Subsets and
needs are gone through by ascending weight, in slices that fit into the cache (each put together
from a sorted list and the choices of the few members beyond it, so that no half is ever kept
whole): 2ⁿᐟ² steps, not 2ⁿ pairs (Horowitz & Sahni 1974; Schroeppel & Shamir 1981). What is
counted, by size, are winning coalitions with each member of the one half, and losing ones with
each member of the other. With ωᵢ(s) winning coalitions of s members, i among them,

    ηᵢ(s) = ωᵢ(s + 1) − (ω(s) − ωᵢ(s)).

All losing and all winning coalitions are counted apart; together they must be all there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from math import comb

import numpy as np
from numpy.typing import NDArray

from comity.rules.power.counting import Counts
from comity.rules.power.extension import WORKERS
from comity.rules.power.game import WeightedGame

Whole = NDArray[np.int64]

MOST_MEMBERS = 62
"""Of more members coalitions of one size can be too many for 64 bits."""
LARGEST_TOTAL = 2**61
LISTED = 17
"""Members whose subsets are listed; of the others each choice is a list moved along."""
SLICE = 2**18
"""Subsets and needs in a slice at most, unless all weigh the same."""


def steps(game: WeightedGame) -> int:
    """Subsets of both halves that ``count_by_meeting`` goes through; some 3·10⁷ a second."""
    members = game.players
    return int(2 ** (members // 2) + 2 ** (members - members // 2))


def fits(game: WeightedGame) -> bool:
    """Whether all counts and weights fit into 64 bits."""
    return 2 <= game.players <= MOST_MEMBERS and game.total < LARGEST_TOTAL


@dataclass(frozen=True)
class _Half:
    """Members by place; subsets of the first of them as a list, choices of the others."""

    members: tuple[int, ...]
    listed: int
    sums: Whole
    masks: NDArray[np.uint32]
    below: NDArray[np.int32]
    top_sums: Whole
    tops: NDArray[np.uint32]

    @property
    def size(self) -> int:
        return len(self.members)

    @property
    def total(self) -> int:
        return int(self.sums[-1] + self.top_sums[-1])

    def before(self, weight: int) -> Whole:
        """For each choice of the top members, how many listed subsets keep it below the weight."""
        return np.searchsorted(self.sums, weight - self.top_sums).astype(np.int64)

    def sizes(self, positions: Whole) -> Whole:
        from comity.rules.power import sweeps

        found: Whole = sweeps.counted_below(self.below, positions, self.tops, self.size)
        return found


@dataclass(frozen=True)
class _Slice:
    start: int
    gains: tuple[Whole, Whole]
    needs: tuple[Whole, Whole]


def count_by_meeting(game: WeightedGame) -> Counts:
    """Sized counts of a game that ``fits``."""
    order = sorted(range(game.players), key=lambda member: -game.weights[member])
    here, there = _half(game, order[0::2]), _half(game, order[1::2])
    winning, losing = _swept(game, here, there)
    won = winning[0].sum(axis=0)
    everyone = [comb(game.players, size) for size in range(game.players + 1)]
    lost = losing[0].sum(axis=0)
    if [int(w) + int(one) for w, one in zip(won, lost, strict=True)] != everyone:
        raise AssertionError("Winning and losing coalitions do not add up to all coalitions.")
    with_member: dict[int, list[int]] = {}
    for member, counts in zip(here.members, _of_members(winning, here.size), strict=True):
        with_member[member] = [int(one) for one in counts]
    for member, counts in zip(there.members, _of_members(losing, there.size), strict=True):
        others = [0] + [comb(game.players - 1, size) for size in range(game.players)]
        with_member[member] = [all_ - int(one) for all_, one in zip(others, counts, strict=True)]
    swings = tuple(
        tuple(
            with_member[member][size + 1] + with_member[member][size] - int(won[size])
            for size in range(game.players)
        )
        for member in range(game.players)
    )
    return Counts(tuple(int(one) for one in won), swings, sized=True)


def _half(game: WeightedGame, members: list[int]) -> _Half:
    from comity.rules.power import sweeps

    weights = np.array([game.weights[member] for member in members], dtype=np.int64)
    listed = min(LISTED, len(members))
    sums, masks = sweeps.subsets(weights[len(members) - listed :])
    top_sums, tops = sweeps.subsets(weights[: len(members) - listed])
    below = sweeps.sizes_below(masks, listed)
    return _Half(
        (*members[len(members) - listed :], *members[: len(members) - listed]),
        listed,
        sums,
        masks,
        below,
        top_sums,
        tops,
    )


# ---------------------------------------------------------------- slices


def _swept(game: WeightedGame, here: _Half, there: _Half) -> tuple[Whole, Whole]:
    """Rows of winning coalitions by who of ``here`` is in, of losing ones by who of ``there``."""

    def work(slices: list[_Slice]) -> tuple[Whole, Whole]:
        winning, losing = _rows(here, game.players), _rows(there, game.players)
        for one in slices:
            _sweep(one, here, there, game.quota - there.total, winning, losing)
        return winning, losing

    slices = _slices(game, here, there)
    batches = iter(lambda: list(islice(slices, 64)), [])
    winning, losing = _rows(here, game.players), _rows(there, game.players)
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting = [pool.submit(work, batch) for batch in islice(batches, 2 * WORKERS)]
        while waiting:
            more, less = waiting.pop(0).result()
            winning += more
            losing += less
            waiting += [pool.submit(work, batch) for batch in islice(batches, 1)]
    return winning, losing


def _rows(half: _Half, players: int) -> Whole:
    from comity.rules.power.sweeps import BITS

    return np.zeros((-(-half.size // BITS), 1 << BITS, players + 1), dtype=np.int64)


def _slices(game: WeightedGame, here: _Half, there: _Half) -> Iterator[_Slice]:
    """Stretches of weight, in order, with at most SLICE subsets and as many needs in each.

    A need is the weight of what T leaves out, plus the quota, less the weight of all of that
    half: so needs too are subsets' weights, moved along.
    """
    shift = game.quota - there.total
    start, end = min(0, shift), max(here.total, game.quota) + 1
    gains, needs = here.before(start), there.before(start - shift)
    width = max(1, (end - start) // 64)
    while start < end:
        width = min(width, end - start)
        to_gains, to_needs = here.before(start + width), there.before(start + width - shift)
        most = max(int((to_gains - gains).sum()), int((to_needs - needs).sum()))
        if most > SLICE and width > 1:
            width = max(1, int(0.9 * width * SLICE / most))
            continue
        yield _Slice(start, (gains, to_gains), (needs, to_needs))
        start, gains, needs = start + width, to_gains, to_needs
        width = max(1, int(width * min(4.0, 0.85 * SLICE / max(most, 1))))


def _sweep(
    one: _Slice, here: _Half, there: _Half, shift: int, winning: Whole, losing: Whole
) -> None:
    from comity.rules.power import sweeps

    gains, gaining = sweeps.gathered(
        here.sums, here.masks, here.listed, here.top_sums, here.tops, *one.gains, one.start
    )
    needs, left_out = sweeps.gathered(
        there.sums,
        there.masks,
        there.listed,
        there.top_sums,
        there.tops,
        *one.needs,
        one.start - shift,
    )
    everybody = np.uint32((1 << there.size) - 1)
    met = there.sizes(one.needs[0])[::-1].copy()  # by who is in, not by who is left out
    missed = here.sizes(one.gains[0])
    sweeps.sweep(gains, gaining, needs, left_out ^ everybody, met, missed, winning, losing)


def _of_members(rows: Whole, members: int) -> list[Whole]:
    """The sums by size over all answers in which each member is in."""
    from comity.rules.power.sweeps import BITS

    answers = np.arange(1 << BITS)
    return [
        rows[member // BITS, (answers >> member % BITS & 1) == 1].sum(axis=0)
        for member in range(members)
    ]
