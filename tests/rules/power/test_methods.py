"""The methods against one another: whole numbers, residues, diagrams and nodes."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given

from comity.errors import UnsupportedError
from comity.rules.power import WeightedGame, power, simplified
from comity.rules.power.counting import count, work
from comity.rules.power.diagram import count_on, diagram, integrate_on
from comity.rules.power.extension import count_by_residues, integrate
from comity.rules.power.indices import shapley_shubik
from comity.rules.power.quadrature import rule_for
from rules.power.enumeration import enumerated
from rules.power.games import random_game, random_small_game, small_games

SMALL_ENOUGH = 20_000


def off(values: tuple[float, ...], truth: tuple[Fraction, ...]) -> float:
    return max(abs(float(Fraction(one) - exact)) for one, exact in zip(values, truth, strict=True))


@given(small_games(most=7))
def test_counts_by_size_agree_with_enumeration(game: WeightedGame) -> None:
    """Generating functions and diagrams find every coalition by size."""
    truth = enumerated(game)
    grown = diagram(game, most=SMALL_ENOUGH)
    assert grown is not None
    plain = simplified(game)
    found = [count_on(grown, sized=True)]
    if work(plain, sized=True) < 10**7:
        found.append(count(plain, sized=True))
    for counts in found:
        assert counts.winning == truth.winning
        assert counts.swings == truth.swings


@pytest.mark.parametrize("seed", range(60))
def test_floats_stay_within_their_bound(seed: int) -> None:
    """Against exact fractions, nodes err by far less than they say, and less than 10⁻¹⁴."""
    rng = random.Random(seed)
    heaviest = rng.choice([3, 40, 1000])
    game = simplified(random_game(seed, rng.randint(2, 26), heaviest, rng.uniform(0.05, 1)))
    counts = count(game, sized=True)
    truth = shapley_shubik(counts)
    grown = diagram(game, most=SMALL_ENOUGH)
    assert grown is not None
    for found in (integrate(game), integrate_on(grown)):
        assert off(found.values, truth) <= min(found.error, 1e-14)
        assert found.error < 1e-12


@pytest.mark.parametrize("seed", range(40))
def test_unsized_counts_agree_in_every_method(seed: int) -> None:
    """Long integers, residues and diagrams count the same coalitions, past 64 bits too."""
    rng = random.Random(seed)
    game = simplified(random_game(seed, rng.randint(2, 130), rng.choice([2, 60]), rng.random()))
    counts = count(game, sized=False)
    assert count_by_residues(game) == counts
    grown = diagram(game, most=SMALL_ENOUGH)
    if grown is not None:
        assert count_on(grown, sized=False) == counts


@pytest.mark.parametrize("seed", range(6))
def test_large_games_agree_between_tables_and_diagrams(seed: int) -> None:
    """A hundred members: the table and the diagram agree on values and on every count."""
    share = (0.5, 0.51, 0.62, 0.7, 0.85, 0.2)[seed]
    game = simplified(random_game(seed, 100, 60, share))
    grown = diagram(game, most=200_000)
    assert grown is not None
    by_table, by_diagram = integrate(game), integrate_on(grown)
    pairs = zip(by_table.values, by_diagram.values, strict=True)
    assert max(abs(one - other) for one, other in pairs) < 1e-14
    assert count_by_residues(game) == count_on(grown, sized=False)


def test_rounding_stays_small_where_members_are_tiny() -> None:
    """Weights of 1 among weights of 10⁵, near t = ½, are where dividing out would blow up."""
    game = WeightedGame(900_011, (1,) * 20 + (100_000,) * 16 + (40_000,) * 5)
    grown = diagram(game, most=SMALL_ENOUGH)
    assert grown is not None
    truth = shapley_shubik(count_on(grown, sized=True))
    assert off(integrate(game).values, truth) < 1e-14


@pytest.mark.parametrize("players", [1, 2, 3, 16, 27, 64, 190, 400])
def test_nodes_integrate_every_power_of_t(players: int) -> None:
    """∫ tᵏ dt = 1/(k+1) for every power that a game of so many members can hold."""
    rule = rule_for(players)
    nodes = list(zip(rule.nodes, rule.weights, strict=True))
    assert rule.error < 2e-14
    assert len(nodes) <= -(-players // 2)
    for power_of_t in range(players):
        integral = sum(weight * at**power_of_t for at, weight in nodes)
        assert abs(integral - 1 / (power_of_t + 1)) < 2e-14


def test_a_large_game_within_its_bound() -> None:
    """190 members, half a million votes: values add up and follow the weights."""
    game = random_game(2, 190, 5_000)
    found = power(game)
    assert found.error < 1e-12
    assert abs(sum(found.shapley_shubik) - 1) < 1e-12
    by_weight = sorted(zip(game.weights, found.shapley_shubik, strict=True))
    assert all(low[1] <= high[1] + 1e-15 for low, high in pairwise(by_weight))


@pytest.mark.trust
@pytest.mark.parametrize("share", [0.5, 0.7, 0.85])
def test_millions_of_votes_hold_the_efficiency_axiom(share: float) -> None:
    """190 members with up to seven digits, five million votes."""
    rng = random.Random(9)
    weights = sorted(int(4e5 / (1 + rank) ** 0.9) + rng.randint(1, 999) for rank in range(190))
    scaled = WeightedGame(round(sum(weights) * share), tuple(weights))
    found = power(scaled)
    assert found.error < 1e-12
    assert abs(sum(found.shapley_shubik) - 1) < 1e-12


@pytest.mark.trust
def test_thousands_of_games_agree_between_methods() -> None:
    """Two thousand random games: every method gives the same counts and values."""
    rng = random.Random(17)
    for _ in range(2000):
        game = simplified(random_small_game(rng, most=14))
        grown = diagram(game, most=SMALL_ENOUGH)
        assert grown is not None
        counts = count_on(grown, sized=True)
        truth = shapley_shubik(counts)
        assert off(integrate_on(grown).values, truth) < 1e-14
        if max(game.quota, game.dual_quota) < 10**6:
            assert off(integrate(game).values, truth) < 1e-14
            assert count_by_residues(game).swings_in_all == counts.swings_in_all


def test_very_many_members_are_refused_at_once():
    """Beyond the bound on members nothing is tried, and the bound is named."""
    with pytest.raises(UnsupportedError, match="1,000 members"):
        power(WeightedGame(600, (1,) * 1_001))
