"""Position exchange once more, slowly and in exact fractions, from the words of §60 alone.

Nothing is kept between steps: outcomes are worked out anew from all votes, and what an exchange
brings each side is the difference of its losses before and after, not a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Table = dict[str, dict[str, Fraction]]
"""Item to actor to number; who has no seat on an item is missing there."""


@dataclass(frozen=True)
class Bargain:
    """First moves on p towards second, second on q towards first; by how much outcomes shift."""

    p: str
    q: str
    first: str
    second: str
    by_p: Fraction
    by_q: Fraction
    gain: Fraction


def outcome(votes: dict[str, Fraction], weights: dict[str, Fraction]) -> Fraction:
    return sum(weights[a] * votes[a] for a in votes) / sum(weights.values())


def side(wish: Fraction, result: Fraction) -> int:
    return (wish > result) - (wish < result)


class Trading:
    """One round."""

    def __init__(self, wishes: Table, saliences: Table, weights: Table, bound: bool) -> None:
        self.wishes, self.saliences, self.weights, self.bound = wishes, saliences, weights, bound
        self.votes = {item: dict(held) for item, held in wishes.items()}
        self.at_first = {
            item: {a: side(x, outcome(held, weights[item])) for a, x in held.items()}
            for item, held in wishes.items()
        }
        self.made: list[Bargain] = []

    def run(self) -> list[Bargain]:
        while True:
            left = [b for b in self.bargains() if not any(same(b, done) for done in self.made)]
            best = max((b.gain for b in left), default=Fraction(0))
            if best <= 0:
                return self.made
            chosen = next(b for b in left if b.gain == best)
            self.carry_out(chosen, self.votes)
            self.made.append(chosen)

    def bargains(self) -> Iterator[Bargain]:
        for p, q in combinations(sorted(self.wishes), 2):
            both = sorted(self.wishes[p].keys() & self.wishes[q].keys())
            for a, b in combinations(both, 2):
                tries = [self.largest(p, q, a, b), self.largest(p, q, b, a)]
                yield from (found for found in tries if found is not None)

    def largest(self, p: str, q: str, first: str, second: str) -> Bargain | None:
        """The largest exchange in which ``first`` gives on p and ``second`` on q."""
        if not all(self.opposed(item, first, second) for item in (p, q)):
            return None
        s = self.saliences
        on_p = self.limit(p, giver=first, served=second)
        on_q = self.limit(q, giver=second, served=first)
        if on_p <= 0 or on_q <= 0:
            return None
        # equal gain: s_q1 dq − s_p1 dp = s_p2 dp − s_q2 dq
        for_p, for_q = s[p][first] + s[p][second], s[q][first] + s[q][second]
        if for_p * for_q == 0:
            return None
        dp = min(on_p, on_q * for_q / for_p)
        dq = dp * for_p / for_q
        gain = s[q][first] * dq - s[p][first] * dp
        return Bargain(p, q, first, second, dp, dq, gain) if gain > 0 else None

    def opposed(self, item: str, one: str, other: str) -> bool:
        sides = self.at_first[item]
        if sides[one] * sides[other] != -1:
            return False
        now = outcome(self.votes[item], self.weights[item])
        wishes = self.wishes[item]
        return not self.bound or all(side(wishes[a], now) == sides[a] for a in (one, other))

    def limit(self, item: str, giver: str, served: str) -> Fraction:
        """How far the outcome can be shifted: as far as the giver's way to the other's wish."""
        weights = self.weights[item]
        if weights[giver] == 0:
            return Fraction(0)
        wish, sign = self.wishes[item][served], self.at_first[item][served]
        way = (wish - self.votes[item][giver]) * sign
        shift = way * weights[giver] / sum(weights.values())
        if self.bound:
            shift = min(shift, (wish - outcome(self.votes[item], weights)) * sign)
        return shift

    def carry_out(self, b: Bargain, votes: Table) -> None:
        for item, giver, served, by in (
            (b.p, b.first, b.second, b.by_p),
            (b.q, b.second, b.first, b.by_q),
        ):
            total, own = sum(self.weights[item].values()), self.weights[item][giver]
            votes[item][giver] += self.at_first[item][served] * by * total / own

    def true_gains(self, b: Bargain, before: Table) -> tuple[Fraction, Fraction]:
        """What an exchange from some votes takes off the losses s |x − outcome| of both."""
        after = {item: dict(held) for item, held in before.items()}
        self.carry_out(b, after)

        def loss(actor: str, votes: Table) -> Fraction:
            return sum(
                self.saliences[item][actor]
                * abs(self.wishes[item][actor] - outcome(votes[item], self.weights[item]))
                for item in (b.p, b.q)
            )

        one, other = (loss(a, before) - loss(a, after) for a in (b.first, b.second))
        return one, other


def same(one: Bargain, other: Bargain) -> bool:
    return (one.p, one.q, one.first, one.second) == (other.p, other.q, other.first, other.second)
