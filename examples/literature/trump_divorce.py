"""The Trump divorce, as textbooks tell it, divided by Adjusted Winner.

Source: the example comes from S. Brams and A. Taylor, The Win-Win Solution (1999), and from
COMAP's For All Practical Purposes. Its points were read in class slides that repeat it. The
published result, 72 2/3 points each with 13/15 of Palm Beach kept by Donald, is from memory and was
not read anywhere; it is what the procedure gives for these points.
"""

from __future__ import annotations

from fractions import Fraction

from comity.bargaining.adjusted_winner import adjusted_winner

POINTS = {
    "Donald": {
        "Connecticut estate": 10,
        "Palm Beach mansion": 40,
        "Trump Plaza apartment": 10,
        "Trump Tower triplex": 38,
        "Cash and jewelry": 2,
    },
    "Ivana": {
        "Connecticut estate": 38,
        "Palm Beach mansion": 20,
        "Trump Plaza apartment": 30,
        "Trump Tower triplex": 10,
        "Cash and jewelry": 2,
    },
}
EACH_FROM_MEMORY = Fraction(218, 3)
PALM_BEACH_FROM_MEMORY = (Fraction(13, 15), Fraction(2, 15))


def main() -> None:
    found = adjusted_winner(POINTS)
    for item, (donald, ivana) in found.shares.items():
        print(f"{item:24} Donald {donald!s:6} Ivana {ivana}")
    print(f"points: {found.result[0]} each; the published result is from memory")
    palm_beach = found.shares["Palm Beach mansion"]
    assert (*found.result, palm_beach) == (
        EACH_FROM_MEMORY,
        EACH_FROM_MEMORY,
        PALM_BEACH_FROM_MEMORY,
    ), found


if __name__ == "__main__":
    main()
