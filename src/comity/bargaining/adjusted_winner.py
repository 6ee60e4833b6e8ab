"""Adjusted Winner: two parties divide items that can be divided, in exact fractions.

Brams & Taylor, Fair Division: From Cake-Cutting to Dispute Resolution (1996), chapter 4. Each
party spreads the same number of points over the items. The outcome is *equitable* (both get the
same number of their own points), *envy-free* (each thinks that it has at least half) and
*efficient* (no other division is better for one and no worse for the other). It takes points at
their word: a party that misstates them may gain or lose by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from comity.bargaining.exact import Number, fraction
from comity.errors import DossierError, Place

TOTAL = 100
"""Points that each party spreads over the items; other totals are brought to this one."""


@dataclass(frozen=True)
class Transfer:
    """What part of an item goes from the party that has more points to the other."""

    item: str
    from_: str
    to: str
    share: Fraction


@dataclass(frozen=True)
class AdjustedWinner:
    """Who gets how much of each item, and how it came about.

    ``points`` are each party's points on each item, of ``TOTAL``. ``initial`` are the points of
    both when every item has gone to the party that puts more on it; the items in ``ties``, on
    which both put the same, then lie with the party that has more. ``shares`` maps an item to the
    share of it for each party in order; ``result`` are both parties' points in the end.
    ``split_item`` is the item that is divided, if one is. Where items stand in the same ratio
    their order in the input decides which is passed on first: this may change the split item, but
    nobody's points. ``equal_ratios`` names the items for which it mattered. ``exact`` is False if
    the points are medians of uncertain ones.
    """

    parties: tuple[str, str]
    points: Mapping[str, tuple[Fraction, Fraction]]
    initial: tuple[Fraction, Fraction]
    ties: tuple[str, ...]
    transfers: tuple[Transfer, ...]
    shares: Mapping[str, tuple[Fraction, Fraction]]
    split_item: str | None
    equal_ratios: tuple[str, ...]
    result: tuple[Fraction, Fraction]
    exact: bool = True

    @property
    def equitable(self) -> bool:
        """Both get the same number of their own points."""
        return self.result[0] == self.result[1]

    @property
    def envy_free(self) -> bool:
        """Neither would rather have what the other has."""
        return all(2 * points >= TOTAL for points in self.result)

    @property
    def trade(self) -> tuple[str, str] | None:
        """An item of the first party and one of the second whose exchange helps both, if any."""
        for ours, theirs in product(self.points, repeat=2):
            (a, b), (c, d) = self.points[ours], self.points[theirs]
            if self.shares[ours][0] > 0 and self.shares[theirs][1] > 0 and a * d < c * b:
                return ours, theirs
        return None

    @property
    def efficient(self) -> bool:
        """No other division is better for one party and no worse for the other.

        With worth in proportion to shares this is so iff no two items can be traded to the good
        of both: wherever the first has some of k and the second some of l, a_k/b_k ≥ a_l/b_l.
        """
        return self.trade is None and not self._wasted()

    def _wasted(self) -> bool:
        """Whether somebody holds part of an item that only the other wants."""
        return any(
            (share[0] > 0 and a == 0 and b > 0) or (share[1] > 0 and b == 0 and a > 0)
            for (a, b), share in ((self.points[k], self.shares[k]) for k in self.points)
        )


def adjusted_winner(points: Mapping[str, Mapping[str, Number]]) -> AdjustedWinner:
    """Divide items between two parties by the points (of 0 or more) that each puts on each item.

    Steps (Brams & Taylor 1996): (1) every item goes to the party that puts more points on it;
    items with equal points then go to the party that is ahead; (2) the party that is ahead passes
    items on, in the order of its points over the other's from the smallest ratio up, until an
    item, divided, makes both equal. Items on which neither puts points stay with the first party.

    Raises DossierError unless there are two parties, both with points on the same items.
    """
    return _Division(*_read(points)).divided()


@dataclass(frozen=True)
class _Division:
    parties: tuple[str, str]
    points: dict[str, tuple[Fraction, Fraction]]

    def divided(self) -> AdjustedWinner:
        owners, ahead = self._owners()
        transfers, equal_ratios = self._transfers(owners, ahead)
        shares = self._shares(owners, transfers)
        return AdjustedWinner(
            self.parties,
            self.points,
            self._worth(self._shares(owners, ())),
            tuple(item for item, (a, b) in self.points.items() if a == b > 0),
            transfers,
            shares,
            next((t.item for t in transfers if t.share < 1), None),
            equal_ratios,
            self._worth(shares),
        )

    def _owners(self) -> tuple[dict[str, int], int]:
        """Who wins each item at first, and who is ahead."""
        won = {item: int(b > a) for item, (a, b) in self.points.items() if a != b}
        first, second = self._worth(self._shares(won, ()))
        ahead = int(second > first)
        tied = {item: ahead if a > 0 else 0 for item, (a, b) in self.points.items() if a == b}
        return won | tied, ahead

    def _transfers(
        self, owners: Mapping[str, int], ahead: int
    ) -> tuple[tuple[Transfer, ...], tuple[str, ...]]:
        """Items passed on, the last of them perhaps in part; and items their order decided on."""
        behind, made = 1 - ahead, list[Transfer]()
        has = list(self._worth(self._shares(owners, ())))
        order = self._order(owners, ahead)
        for item in order:
            lead = has[ahead] - has[behind]
            if lead == 0:
                break
            own, other = self.points[item][ahead], self.points[item][behind]
            share = min(Fraction(1), lead / (own + other))
            made.append(Transfer(item, self.parties[ahead], self.parties[behind], share))
            has[ahead] -= share * own
            has[behind] += share * other
        return tuple(made), self._equal(order, made, ahead)

    def _order(self, owners: Mapping[str, int], ahead: int) -> list[str]:
        """The items of the party ahead by its points over the other's, the smallest first."""
        worth = [k for k, owner in owners.items() if owner == ahead and self.points[k][ahead] > 0]
        listed = [item for item in self.points if item in worth]
        return sorted(listed, key=lambda item: self._ratio(item, ahead))

    def _ratio(self, item: str, ahead: int) -> tuple[bool, Fraction]:
        own, other = self.points[item][ahead], self.points[item][1 - ahead]
        return (True, Fraction(0)) if other == 0 else (False, own / other)

    def _equal(self, order: list[str], made: list[Transfer], ahead: int) -> tuple[str, ...]:
        """Items of the ratio at which passing on stopped, if some of them were not passed on."""
        if not made:
            return ()
        last, passed = self._ratio(made[-1].item, ahead), {t.item for t in made if t.share == 1}
        equal = tuple(item for item in order if self._ratio(item, ahead) == last)
        return equal if len(equal) > 1 and not passed.issuperset(equal) else ()

    def _shares(
        self, owners: Mapping[str, int], transfers: tuple[Transfer, ...]
    ) -> dict[str, tuple[Fraction, Fraction]]:
        """The shares of both in each item that somebody owns, in the order of the items."""
        first = {k: Fraction(1 - owners[k]) for k in self.points if k in owners}
        for each in transfers:
            first[each.item] += each.share if each.to == self.parties[0] else -each.share
        return {item: (share, 1 - share) for item, share in first.items()}

    def _worth(self, shares: Mapping[str, tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
        """Both parties' points for what they hold."""
        both = [
            sum((self.points[item][i] * share[i] for item, share in shares.items()), Fraction(0))
            for i in (0, 1)
        ]
        return both[0], both[1]


def _read(
    points: Mapping[str, Mapping[str, Number]],
) -> tuple[tuple[str, str], dict[str, tuple[Fraction, Fraction]]]:
    """Parties, and both parties' points by item, brought to the total."""
    if len(points) != 2:
        raise DossierError(
            "Adjusted Winner is for two parties", found=", ".join(points), mend="name two"
        )
    first, second = points
    if set(points[first]) != set(points[second]):
        raise DossierError(
            "both parties put points on the same items",
            found=", ".join(sorted(set(points[first]) ^ set(points[second]))),
            mend="write 0 for an item that does not matter to a party",
        )
    exact = {party: _of_total(party, points[party]) for party in points}
    return (first, second), {k: (exact[first][k], exact[second][k]) for k in points[first]}


def _of_total(party: str, points: Mapping[str, Number]) -> dict[str, Fraction]:
    exact = {item: fraction(each, f"{party}.{item}") for item, each in points.items()}
    total = sum(exact.values(), Fraction(0))
    if total == 0:
        raise DossierError(
            "a party puts no points on anything",
            place=Place(field=party),
            mend=f"spread {TOTAL} points over the items",
        )
    return {item: each * TOTAL / total for item, each in exact.items()}
