"""Deegan–Packel and Johnston against enumeration, and where they are refused."""

from fractions import Fraction

import pytest
from hypothesis import given

from comity.errors import UnsupportedError
from comity.rules.power import WeightedGame, deegan_packel, johnston, simplified
from comity.rules.power.minimal import _critical_by_enumeration, _critical_by_tables
from rules.power.enumeration import members_of, wins
from rules.power.games import EU_15, random_game, small_games


def critical(game: WeightedGame, coalition: int) -> list[int]:
    if not wins(game, coalition):
        return []
    return [i for i in members_of(game, coalition) if not wins(game, coalition & ~(1 << i))]


def shared(game: WeightedGame, groups: list[list[int]]) -> tuple[list[Fraction], int]:
    values = [Fraction(0)] * game.players
    for group in groups:
        for member in group:
            values[member] += Fraction(1, len(group) * len(groups))
    return values, len(groups)


@given(small_games())
def test_deegan_packel_agrees_with_enumeration(game: WeightedGame) -> None:
    """Minimal winning coalitions, found one by one, share equally among their members."""
    groups = [
        members_of(game, one)
        for one in range(1, 2**game.players)
        if wins(game, one) and critical(game, one) == members_of(game, one)
    ]
    found = deegan_packel(game)
    assert (list(found.fractions), found.coalitions) == shared(game, groups)


@given(small_games())
def test_johnston_agrees_with_enumeration(game: WeightedGame) -> None:
    """Coalitions with critical members, found one by one, share equally among these."""
    groups = [one for one in (critical(game, each) for each in range(2**game.players)) if one]
    found = johnston(game)
    assert (list(found.fractions), found.coalitions) == shared(game, groups)


@given(small_games().filter(lambda game: game.total < 200))
def test_johnston_is_the_same_by_tables(game: WeightedGame) -> None:
    """Tables over weights count the same critical members as coalitions one by one."""
    plain = simplified(game)
    assert _critical_by_tables(plain) == _critical_by_enumeration(plain)


def test_deegan_packel_published_example() -> None:
    """[4; 3, 2, 1, 1]: {3,2}, {3,1}, {3,1'}, {2,1,1'} give 1/2 : 5/24 : … (by hand)."""
    found = deegan_packel(WeightedGame(4, (3, 2, 1, 1)))
    expected = (Fraction(9, 24), Fraction(5, 24), Fraction(5, 24), Fraction(5, 24))
    assert (found.fractions, found.coalitions) == (expected, 4)


def test_johnston_by_hand() -> None:
    """[4; 3, 2, 1, 1]: 3 is alone critical in three coalitions, one of two in three more."""
    found = johnston(WeightedGame(4, (3, 2, 1, 1)))
    lesser = Fraction(1, 2) + Fraction(1, 3)
    assert found.fractions == (Fraction(9, 14), *(lesser / 7,) * 3)


def test_large_bodies_are_exact_or_refused() -> None:
    """The Union of fifteen is exact by tables too; a hundred members are refused by name."""
    assert sum(deegan_packel(EU_15).fractions) == sum(johnston(EU_15).fractions) == 1
    forty = johnston(random_game(4, 40, 9))
    assert sum(forty.fractions) == 1
    with pytest.raises(UnsupportedError, match="Johnston index is counted for up to 20 members"):
        johnston(random_game(4, 100, 9))
    with pytest.raises(UnsupportedError, match="within the bounds of 4e\\+05 situations"):
        deegan_packel(random_game(4, 100, 10**6))
