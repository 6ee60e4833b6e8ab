"""Three widows and three estates: the awards of the Mishnah, by the Talmud rule.

Source: Mishnah, Ketubot 93a, as explained by R. Aumann and M. Maschler, "Game theoretic analysis
of a bankruptcy problem from the Talmud", Journal of Economic Theory 36 (1985). Claims of 100, 200
and 300 on estates of 100, 200 and 300. Rule and claims were read in the documentation of two
software packages for claims problems; the printed awards are from memory and equal to what the rule
gives. On every pair of claimants they agree with the contested garment, which the script checks.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from comity.bargaining.estate import Division, contested_garment, talmud

CLAIMS = {"first": 100, "second": 200, "third": 300}
AWARDS_FROM_MEMORY = {
    100: [Fraction(100, 3)] * 3,
    200: [50, 75, 75],
    300: [50, 100, 150],
}


def consistent(found: Division) -> bool:
    """Whether every two would divide what they have together as the contested garment."""
    return all(
        contested_garment(
            sum(found.awards[who] for who in pair), {who: CLAIMS[who] for who in pair}
        ).awards
        == {who: found.awards[who] for who in pair}
        for pair in combinations(CLAIMS, 2)
    )


def main() -> None:
    divisions = {estate: talmud(estate, CLAIMS) for estate in AWARDS_FROM_MEMORY}
    for estate, found in divisions.items():
        awards = ", ".join(str(award) for award in found.awards.values())
        print(f"estate {estate}: {awards}; agrees with the garment on pairs: {consistent(found)}")
    awarded = {estate: list(found.awards.values()) for estate, found in divisions.items()}
    assert all(map(consistent, divisions.values())), divisions
    assert awarded == AWARDS_FROM_MEMORY, awarded


if __name__ == "__main__":
    main()
