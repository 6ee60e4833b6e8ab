"""Halves met in the middle, against diagrams, residues and the axioms."""

import random
from fractions import Fraction

import pytest

from comity.rules.power import Method, WeightedGame, power, simplified
from comity.rules.power.counting import dual_counts
from comity.rules.power.diagram import count_on, diagram
from comity.rules.power.extension import count_by_residues, integrate
from comity.rules.power.indices import shapley_shubik
from comity.rules.power.inversion import invert
from comity.rules.power.meeting import count_by_meeting, fits
from rules.power.games import random_game


@pytest.mark.parametrize("seed", range(80))
def test_counts_by_size_agree_with_diagrams(seed: int) -> None:
    """Any weights, equal ones and nought among them, any quota: the same counts by size."""
    rng = random.Random(seed)
    heaviest = rng.choice([1, 3, 50, 10**7, 10**16])
    players, share = rng.randint(2, 20), rng.uniform(0.02, 1)
    game = simplified(random_game(seed, players, heaviest, share))
    grown = diagram(game, most=10**5)
    assert grown is not None
    assert count_by_meeting(game) == count_on(grown, sized=True)


def test_seven_digit_weights_agree_with_diagrams() -> None:
    """Twenty-six members, seven digits: the diagram and the halves agree on every count."""
    game = random_game(4, 26, 9_999_999, 0.57)
    grown = diagram(game, most=10**5)
    assert grown is not None
    assert count_by_meeting(game) == count_on(grown, sized=True)


def test_choices_beyond_the_list_agree_with_residues() -> None:
    """Forty members, more than are listed, with weights small enough for a table."""
    game = simplified(random_game(4, 40, 3_000, 0.57))
    counts = count_by_meeting(game)
    assert tuple(map(sum, counts.swings)) == count_by_residues(game).swings_in_all
    exact = shapley_shubik(counts)
    assert sum(exact) == 1
    assert (
        max(
            abs(float(Fraction(one) - other))
            for one, other in zip(integrate(game).values, exact, strict=True)
        )
        < 1e-14
    )


def test_the_dual_game_has_the_same_swings() -> None:
    """Swings of s others turn into swings of the rest of them."""
    game = random_game(8, 38, 9_999_999, 0.7)
    assert count_by_meeting(game.dual) == dual_counts(count_by_meeting(game), game.players)


def test_forty_members_of_seven_digits_are_exact() -> None:
    """What no table and no diagram answers comes in whole numbers and fractions."""
    found = power(random_game(3, 40, 9_999_999))
    assert found.method is found.shapley_shubik_method is Method.MEETING
    assert found.exact
    assert found.proven
    assert found.shapley_shubik_fractions is not None
    assert sum(found.shapley_shubik_fractions) == 1


def test_weights_beyond_64_bits_do_not_fit() -> None:
    """Nor do more members than 64 bits can count coalitions of."""
    assert not fits(WeightedGame(2**61, (2**61,) * 3))
    assert not fits(WeightedGame(40, (1,) * 63))


@pytest.mark.trust
@pytest.mark.parametrize(("players", "share"), [(32, 0.5), (36, 0.66)])
def test_exact_fractions_of_an_independent_method(players: int, share: float) -> None:
    """Seven-digit weights: a diagram of millions of situations gives the same counts by size."""
    game = simplified(random_game(players, players, 9_999_999, share))
    grown = diagram(game, most=3 * 10**6)
    assert grown is not None
    unsized, counts = count_on(grown, sized=False), count_by_meeting(game)
    assert tuple(map(sum, counts.swings)) == unsized.swings_in_all
    assert sum(counts.winning) == unsized.winning_in_all


@pytest.mark.trust
def test_inversion_agrees_with_exact_fractions() -> None:
    """Fifty-two members of up to 100,000: the proven error holds against the exact values."""
    game = simplified(random_game(5, 52, 100_000))
    found = invert(game)
    assert found is not None
    exact = shapley_shubik(count_by_meeting(game))
    off = (abs(float(Fraction(one) - true)) for one, true in zip(found.values, exact, strict=True))
    assert max(off) <= found.values_error
