"""The Panama Canal talks of 1974, divided by Adjusted Winner.

Source: points and result as given on the Adjusted Winner pages of New York University
(pages.nyu.edu/adjustedwinner/panama.htm), which credit the points to H. Raiffa, The Art and Science
of Negotiation (1982). Both were read there.

Both parties come to 66 points. Land and water, on which both put 15, is the item that is split:
2/15 of it to the United States, 13/15 to Panama.
"""

from __future__ import annotations

from fractions import Fraction

from comity.bargaining.adjusted_winner import adjusted_winner

POINTS = {  # United States, Panama
    "US defense rights": (22, 9),
    "Use rights": (22, 15),
    "Land and water": (15, 15),
    "Expansion rights": (14, 3),
    "Duration": (11, 15),
    "Expansion routes": (6, 5),
    "Compensation": (4, 11),
    "Jurisdiction": (2, 7),
    "US military rights": (2, 7),
    "Defense role of Panama": (2, 13),
}
PARTIES = ("United States", "Panama")
EACH, SPLIT, SHARES = 66, "Land and water", (Fraction(2, 15), Fraction(13, 15))


def main() -> None:
    points = {who: {k: each[i] for k, each in POINTS.items()} for i, who in enumerate(PARTIES)}
    found = adjusted_winner(points)
    for item, (first, second) in found.shares.items():
        print(f"{item:24} {PARTIES[0]} {first!s:5} {PARTIES[1]} {second}")
    print(f"points: {found.result[0]} and {found.result[1]}")
    print(f"equitable {found.equitable}, envy-free {found.envy_free}, efficient {found.efficient}")
    published = ((EACH, EACH), SPLIT, SHARES)
    assert (found.result, found.split_item, found.shares[SPLIT]) == published, found


if __name__ == "__main__":
    main()
