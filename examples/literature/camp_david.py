"""Camp David, 1978, divided by Adjusted Winner.

Source: S. Brams and J. Togman, "Camp David: was the agreement fair?", Conflict Management and Peace
Science 15 (1996). Of the article only the abstract was read: six issues. Points and result (60 for
Israel and 75 for Egypt at first, then a sixth of Sinai passes and both have about 66) are from
memory and unverified: check them against the article before quoting them. They fit together, since
both sum to 100 and the procedure leads from the one to the other.
"""

from __future__ import annotations

from fractions import Fraction

from comity.bargaining.adjusted_winner import adjusted_winner

POINTS_FROM_MEMORY = {
    "Israel": {
        "Sinai": 35,
        "Diplomatic recognition": 10,
        "West Bank and Gaza": 20,
        "Linkage": 10,
        "Palestinian rights": 5,
        "Jerusalem": 20,
    },
    "Egypt": {
        "Sinai": 55,
        "Diplomatic recognition": 5,
        "West Bank and Gaza": 10,
        "Linkage": 5,
        "Palestinian rights": 20,
        "Jerusalem": 5,
    },
}
FROM_MEMORY = ((60, 75), Fraction(1, 6), 66)


def main() -> None:
    found = adjusted_winner(POINTS_FROM_MEMORY)
    for item, (israel, egypt) in found.shares.items():
        print(f"{item:24} Israel {israel!s:4} Egypt {egypt}")
    print(f"points at first {found.initial[0]} and {found.initial[1]}, then {found.result[0]} each")
    print("points and published result are from memory")
    passed = found.shares["Sinai"][0]
    assert (found.initial, passed, round(found.result[0])) == FROM_MEMORY, found


if __name__ == "__main__":
    main()
