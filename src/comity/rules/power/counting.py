"""Exact counts of swings and of winning coalitions, by generating functions in whole numbers.

The generating function Π(1 + z·yʷ) of the coalitions, by weight (y) and size (z), is kept as
one long Python integer: a row of slots for each weight below the quota, a slot for each size,
wide enough that no slot ever spills into the next (Kronecker substitution). Adding a member is
one shift and one addition. Taking member *i* out again divides by (1 + z·yʷ), an alternating
sum in which whole numbers lose nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

from comity.rules.power.game import WeightedGame


@dataclass(frozen=True)
class Counts:
    """Coalitions counted: winning ones, and for each member those of others it swings.

    ``winning[s]`` has *s* members; ``swings[i][s]`` counts coalitions of *s* other members
    that lose without *i* and win with it. Unsized counts have the one entry ``[0]``.
    """

    winning: tuple[int, ...]
    swings: tuple[tuple[int, ...], ...]
    sized: bool

    @property
    def winning_in_all(self) -> int:
        return sum(self.winning)

    @property
    def swings_in_all(self) -> tuple[int, ...]:
        return tuple(sum(counts) for counts in self.swings)


def work(game: WeightedGame, *, sized: bool) -> int:
    """Bits of table that ``count`` goes through; about 10⁹ of them take a tenth of a second."""
    quota = min(game.quota, game.dual_quota)
    slots = game.players + 1 if sized else 1
    return (quota * game.players + game.players * game.players) * slots * (game.players + 8)


def count(game: WeightedGame, *, sized: bool) -> Counts:
    """The counts of the game, through the dual game where that has the smaller quota."""
    if game.dual_quota < game.quota:
        return dual_counts(_count(game.dual, sized), game.players)
    return _count(game, sized)


def dual_counts(counts: Counts, players: int) -> Counts:
    """Counts of the dual game: S wins it iff the others lose; swings pass to complements."""
    if not counts.sized:
        return Counts((2**players - counts.winning[0],), counts.swings, sized=False)
    by_size = enumerate(reversed(counts.winning))
    return Counts(
        tuple(comb(players, size) - winning for size, winning in by_size),
        tuple(tuple(reversed(counts_of_one)) for counts_of_one in counts.swings),
        sized=True,
    )


def _count(game: WeightedGame, sized: bool) -> Counts:
    table = _LosingTable.of(game, sized)
    of_weight = {one: table.swings(one) for one in set(game.weights)}
    losing = table.losing()
    everyone = [comb(game.players, size) for size in range(game.players + 1)]
    if not sized:
        everyone = [2**game.players]
    winning = tuple(every - lost for every, lost in zip(everyone, losing, strict=True))
    return Counts(winning, tuple(of_weight[one] for one in game.weights), sized)


@dataclass(frozen=True)
class _LosingTable:
    """Numbers of coalitions with weight at most x, for every x below the quota, as bytes."""

    game: WeightedGame
    sized: bool
    slot: int  # bytes
    cells: bytes

    @classmethod
    def of(cls, game: WeightedGame, sized: bool) -> _LosingTable:
        slot = game.players // 8 + 1
        row = slot * (game.players + 1 if sized else 1)
        packed, reached, bits = 1, 0, 8 * row
        for weight in sorted(game.weights):
            packed += packed << (weight * bits + (8 * slot if sized else 0))
            reached += weight
            if reached >= game.quota:
                packed &= (1 << game.quota * bits) - 1
        step = 1
        while step < game.quota:  # running sums, doubling
            packed += packed << (step * bits)
            packed &= (1 << game.quota * bits) - 1
            step *= 2
        return cls(game, sized, slot, packed.to_bytes(game.quota * row, "little"))

    @property
    def row(self) -> int:
        return self.slot * (self.game.players + 1 if self.sized else 1)

    def at_most(self, weight: int) -> int:
        """The packed row of coalitions that weigh at most so much."""
        return int.from_bytes(self.cells[weight * self.row : (weight + 1) * self.row], "little")

    def losing(self) -> tuple[int, ...]:
        return self._unpacked(self.at_most(self.game.quota - 1), self.row // self.slot)

    def swings(self, weight: int) -> tuple[int, ...]:
        """Coalitions of the others between quota − w and quota − 1, by size.

        With C the table: C(x) + Σⱼ (−z)ʲ (1 + 1/z) C(x − jw), x = quota − 1, j ≥ 1; sizes of
        n and more cancel, so their slots are cut off.
        """
        top, players = self.game.quota - 1, self.game.players
        if weight == 0:
            return (0,) * (players if self.sized else 1)
        if not self.sized:
            total = self.at_most(top)
            for j in range(1, top // weight + 1):
                total += (-2 if j % 2 else 2) * self.at_most(top - j * weight)
            return (total,)
        bits, keep = 8 * self.slot, (1 << 8 * self.slot * players) - 1
        total = self.at_most(top) & keep
        for j in range(1, min(top // weight, players) + 1):
            below = self.at_most(top - j * weight)
            term = (below << (j - 1) * bits & keep) + (below << j * bits & keep)
            total += -term if j % 2 else term
        return self._unpacked(total, players)

    def _unpacked(self, packed: int, slots: int) -> tuple[int, ...]:
        cells = packed.to_bytes(self.slot * slots, "little")
        return tuple(
            int.from_bytes(cells[start : start + self.slot], "little")
            for start in range(0, len(cells), self.slot)
        )
