"""A divorce with three items, divided by Adjusted Winner.

Source: points and result as given on the Adjusted Winner pages of New York University
(pages.nyu.edu/adjustedwinner/divorce_hyp.htm), after Negotiating to Settlement in Divorce (1987),
pages 166–169. Both were read there, with one cell mended: the page prints 23 points of Bob's for
custody and a total of 100, which needs 25. Custody goes to Carol either way, so that the published
result does not depend on it; Comity brings totals to 100, and the total stated is taken as right.

Both come to 69 points; the house is split, 3/5 of it to Bob and 2/5 to Carol.
"""

from __future__ import annotations

from fractions import Fraction

from comity.bargaining.adjusted_winner import adjusted_winner

POINTS = {
    "Bob": {"Custody (sole)": 25, "Alimony": 60, "House": 15},
    "Carol": {"Custody (sole)": 65, "Alimony": 25, "House": 10},
}
EACH, INITIAL = 69, (75, 65)
SPLIT, SHARES = "House", (Fraction(3, 5), Fraction(2, 5))


def main() -> None:
    found = adjusted_winner(POINTS)
    for item, (bob, carol) in found.shares.items():
        print(f"{item:16} Bob {bob!s:4} Carol {carol}")
    print(f"points at first {found.initial[0]} and {found.initial[1]}, then {found.result[0]} each")
    published = (INITIAL, (EACH, EACH), SPLIT, SHARES)
    assert (found.initial, found.result, found.split_item, found.shares[SPLIT]) == published, found


if __name__ == "__main__":
    main()
