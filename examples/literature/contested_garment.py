"""Two hold a garment: one claims all of it, the other half.

Source: Mishnah, Bava Metzia 2a, as explained by R. Aumann and M. Maschler, "Game theoretic analysis
of a bankruptcy problem from the Talmud", Journal of Economic Theory 36 (1985). The formula was read
in the documentation of a software package for claims problems; the printed awards, three quarters
and one quarter, are from memory and equal to what it gives.

The half that only one of them claims is conceded; the half that both claim is divided equally.
"""

from __future__ import annotations

from fractions import Fraction

from comity.bargaining.estate import contested_garment

CLAIMS = {"all of it": 1, "half of it": Fraction(1, 2)}
AWARDS_FROM_MEMORY = [Fraction(3, 4), Fraction(1, 4)]


def main() -> None:
    awards = contested_garment(1, CLAIMS).awards
    for who, award in awards.items():
        print(f"claims {who}: gets {award}")
    assert list(awards.values()) == AWARDS_FROM_MEMORY, awards


if __name__ == "__main__":
    main()
