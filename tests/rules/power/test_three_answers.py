"""The Security Council with abstention, against a count by hand over its two kinds of members."""

from fractions import Fraction
from math import comb

import pytest

from comity.dossier.charters import load_charter
from comity.rules import seating
from comity.rules.power import THREE, power_at

OBJECT, ASIDE, SUPPORT = range(3)


def passes_or_fails(supports: int, silent: int, silent_permanent: int) -> bool:
    """No veto so far: is the draft adopted if all the silent object, or lost if they support?"""
    adopted = supports >= 9 and silent_permanent == 0
    return adopted or supports + silent < 9


def settles(permanent: bool) -> Fraction:
    """How often one member's answer settles the outcome, over all orders and answers."""
    others, total = (4, 10) if permanent else (5, 9), Fraction(0)
    for before in range(others[0] + 1):
        for elected in range(others[1] + 1):
            asked = before + elected
            ways = comb(others[0], before) * comb(others[1], elected)
            order = Fraction(ways, comb(14, asked)) / 15
            total += order * _settles_after(permanent, before, elected) / 3 ** (asked + 1)
    return total


def _settles_after(permanent: bool, before: int, elected: int) -> int:
    """Answers of so many, and of the member after them, where it is the member's that settles.

    A permanent member that objects would have settled it; elected ones object or stand aside.
    """
    silent, silent_permanent = 15 - before - elected, 5 - before
    found = 0
    for of_permanent in range(before + 1):
        for of_elected in range(elected + 1):
            supports = of_permanent + of_elected
            if passes_or_fails(supports, silent, silent_permanent):
                continue
            ways = comb(before, of_permanent) * comb(elected, of_elected)
            ways *= 2 ** (elected - of_elected)
            for answer in (OBJECT, ASIDE, SUPPORT):
                vetoed = permanent and answer == OBJECT
                found += ways * (
                    vetoed
                    or passes_or_fails(
                        supports + (answer == SUPPORT), silent - 1, silent_permanent - permanent
                    )
                )
    return found


def test_the_council_with_abstention_is_counted_by_hand() -> None:
    """118525786/725416965 for a permanent member, 26557607/1450833930 for another."""
    permanent, elected = settles(True), settles(False)
    assert 5 * permanent + 10 * elected == 1
    charter = load_charter("unsc")
    found = power_at(charter.procedures["substantive"], seating(charter), answers=THREE)
    assert sorted(found.shapley_shubik) == pytest.approx(
        [float(elected)] * 10 + [float(permanent)] * 5, abs=1e-12
    )
    assert (permanent, elected) == (
        Fraction(118525786, 725416965),
        Fraction(26557607, 1450833930),
    )
