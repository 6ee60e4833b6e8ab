"""Power indices against enumeration, published values and the axioms that define them."""

import random
from fractions import Fraction

import pytest
from hypothesis import given

from comity.errors import UnsupportedError
from comity.rules.power import Method, Power, WeightedGame, power, weighted_game
from rules.power.enumeration import enumerated, shares_of_orders
from rules.power.games import (
    EU_15,
    UN_SECURITY_COUNCIL,
    random_game,
    random_small_game,
    small_games,
)

NEAREST = 1e-15


def agrees(found: Power, game: WeightedGame) -> bool:
    truth = enumerated(game)
    winning = sum(truth.winning)
    swings = [sum(one) for one in truth.swings]
    losing = 2**game.players - winning
    return (
        found.swings == tuple(swings)
        and found.winning == winning
        and found.banzhaf == tuple(map(float, truth.banzhaf))
        and found.banzhaf_absolute == tuple(map(float, truth.banzhaf_absolute))
        and found.shapley_shubik == tuple(map(float, truth.shapley_shubik))
        and found.coleman_act == float(Fraction(winning, 2**game.players))
        and found.coleman_prevent == tuple(float(Fraction(one, winning)) for one in swings)
        and found.coleman_initiate == tuple(float(Fraction(one, losing)) for one in swings)
    )


@given(small_games())
def test_every_index_agrees_with_enumeration(game: WeightedGame) -> None:
    """All indices are the floats nearest to the fractions that enumeration gives."""
    assert agrees(power(game), game)


@pytest.mark.trust
def test_thousands_of_small_games_agree_with_enumeration() -> None:
    """The same on five thousand random games of up to ten members."""
    rng = random.Random(3)
    for _ in range(5000):
        game = random_small_game(rng, most=10)
        assert agrees(power(game), game), game


@given(small_games(most=6))
def test_shapley_shubik_is_the_share_of_orders(game: WeightedGame) -> None:
    """Queueing all members in every order gives the same values."""
    assert list(power(game, exact=True).shapley_shubik_fractions or ()) == shares_of_orders(game)


@given(small_games())
def test_axioms(game: WeightedGame) -> None:
    """Efficiency, symmetry, dummies and duality hold exactly."""
    found, blocking = power(game), power(game.dual)
    fractions = found.shapley_shubik_fractions
    assert fractions is not None
    assert sum(fractions) == 1
    assert sum(found.banzhaf) == pytest.approx(1, abs=NEAREST)
    assert fractions == blocking.shapley_shubik_fractions
    assert found.swings == blocking.swings
    assert found.winning + blocking.winning == 2**game.players
    for weight, swings, value in zip(game.weights, found.swings, fractions, strict=True):
        twin = game.weights.index(weight)
        assert (swings, value) == (found.swings[twin], fractions[twin])
        assert weight > 0 or swings == value == 0
        assert (swings == 0) == (value == 0)


def test_un_security_council() -> None:
    """Permanent members .196270, others .001865 (Shapley–Shubik, published)."""
    found = power(UN_SECURITY_COUNCIL)
    assert round(found.shapley_shubik[0], 6) == 0.196270
    assert round(found.shapley_shubik[5], 6) == 0.001865
    assert found.shapley_shubik_fractions is not None
    assert found.shapley_shubik_fractions[0] == Fraction(421, 2145)
    assert found.swings[0] == 848
    assert found.swings[5] == 84
    assert found.coleman_act == 848 / 2**15
    assert found.coleman_prevent[0] == 1


def test_european_union_of_fifteen() -> None:
    """62 of 87: .1167 .0955 .0552 .0454 .0353 .0207 (Shapley–Shubik, published)."""
    values = [round(one, 4) for one in power(EU_15).shapley_shubik]
    assert sorted(set(values), reverse=True) == [0.1167, 0.0955, 0.0552, 0.0454, 0.0353, 0.0207]


def test_european_union_of_27_under_nice() -> None:
    """The weights of Nice, 255 of 345: values computed independently with whole numbers."""
    weights = [29] * 4 + [27] * 2 + [14, 13] + [12] * 5 + [10] * 3 + [7] * 5 + [4] * 5 + [3]
    found = power(weighted_game(255, weights))
    assert found.banzhaf[0] == pytest.approx(0.07782695984038843, abs=NEAREST)
    assert found.banzhaf_absolute[26] == pytest.approx(0.003957271575927734, abs=NEAREST)
    assert found.shapley_shubik[0] == pytest.approx(0.0867377480632966, abs=NEAREST)
    assert found.shapley_shubik[26] == pytest.approx(0.008177685685089104, abs=NEAREST)


def test_a_dictator_has_all_power() -> None:
    """Whoever wins alone and blocks alone leaves nothing to the others."""
    found = power(weighted_game(60, [100, 1, 1, 0]))
    assert found.shapley_shubik == found.banzhaf == (1, 0, 0, 0)
    assert found.coleman_prevent == found.coleman_initiate == (1, 0, 0, 0)


@pytest.mark.parametrize("quota", [1, 190, 95])
def test_equal_members_share_equally(quota: int) -> None:
    """190 members of weight one: consensus, any one, or half, all give 1/190 each."""
    found = power(weighted_game(quota, [1] * 190))
    assert found.banzhaf == (1 / 190,) * 190
    assert all(abs(value - 1 / 190) <= 1e-15 for value in found.shapley_shubik)


def test_unanimity_of_many_heavy_members() -> None:
    """Under unanimity all are equal whatever their weights; each swings one coalition."""
    game = random_game(5, players=190, heaviest=9_999_999, share=1)
    found = power(game)
    assert found.swings == (1,) * 190
    assert found.coleman_act == 2.0**-190
    assert all(abs(value - 1 / 190) <= 1e-15 for value in found.shapley_shubik)


def test_few_members_with_huge_weights_are_exact() -> None:
    """27 members weighed by population: a decision diagram counts to the last coalition."""
    game = random_game(8, players=27, heaviest=83_000_000, share=0.65)
    found = power(game)
    assert (found.method, found.exact) == (Method.DIAGRAM, True)
    assert sum(found.shapley_shubik_fractions or ()) == 1


def test_a_refusal_names_its_bound() -> None:
    """Where a fraction would take too long, the bound on work is named."""
    with pytest.raises(UnsupportedError, match="within the bounds on work") as refused:
        power(random_game(1, players=120, heaviest=50_000), exact=True)
    assert "120 members" in str(refused.value)
    assert "without exact" in refused.value.mend
