"""The chance to act against enumeration, closed forms and the indices."""

from math import asin, comb, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import RuleError, UnsupportedError
from comity.rules.power import Bloc, WeightedGame, chance_to_act, power, weighted_game
from rules.power.enumeration import members_of, wins
from rules.power.games import EU_15, random_game, small_games

CHANCES = st.lists(st.floats(0, 1), min_size=8, max_size=8)


def by_enumeration(game: WeightedGame, chances: list[float]) -> float:
    total = 0.0
    for coalition in filter(lambda one: wins(game, one), range(2**game.players)):
        inside = set(members_of(game, coalition))
        likely = 1.0
        for member, chance in enumerate(chances):
            likely *= chance if member in inside else 1 - chance
        total += likely
    return total


@given(small_games(), CHANCES)
def test_independent_members_agree_with_enumeration(
    game: WeightedGame, chances: list[float]
) -> None:
    """The chance is the sum over winning coalitions of how likely each is."""
    mine = chances[: game.players]
    found = chance_to_act(game, mine)
    assert found.value == pytest.approx(by_enumeration(game, mine), abs=1e-13)
    assert found.error < 1e-13


@given(small_games(), CHANCES)
def test_full_correlation_nests_the_members(game: WeightedGame, chances: list[float]) -> None:
    """At ρ = 1 one uniform decides: whoever is likelier to say yes does so first."""
    mine = chances[: game.players]
    found = chance_to_act(game, mine, blocs=[Bloc(tuple(range(game.players)), 1)])
    passing = 0.0
    for chance in mine:  # the largest u at which all with at least this chance suffice
        coalition = sum(1 << i for i, other in enumerate(mine) if other >= chance)
        if wins(game, coalition):
            passing = max(passing, chance)
    assert found.value == pytest.approx(passing, abs=1e-13)


def test_a_bloc_of_one_mind_is_one_heavy_member() -> None:
    """Members with equal chances at ρ = 1 weigh together what they weigh in all."""
    found = chance_to_act(EU_15, 0.7, blocs=[Bloc((0, 4, 9), 1)])
    merged = [w for i, w in enumerate(EU_15.weights) if i not in (0, 4, 9)]
    joined = weighted_game(62, [sum(EU_15.weights[i] for i in (0, 4, 9)), *merged])
    assert found.value == pytest.approx(chance_to_act(joined, 0.7).value, abs=1e-14)


@pytest.mark.parametrize("rho", [0.05, 0.3, 0.5, 0.9, 0.999, 0.9999999])
def test_two_members_follow_the_bivariate_normal(rho: float) -> None:
    """Both above the median: ¼ + arcsin ρ / 2π, exactly."""
    found = chance_to_act(WeightedGame(2, (1, 1)), 0.5, blocs=[Bloc((0, 1), rho)])
    assert found.value == pytest.approx(0.25 + asin(rho) / (2 * pi), abs=1e-13)


@pytest.mark.parametrize("rho", [0.1, 0.5, 0.97])
def test_blocs_of_their_own_are_independent(rho: float) -> None:
    """Unanimity of two blocs is the product of the unanimity of each."""
    halves = Bloc((0, 1, 2), rho), Bloc((3, 4), rho)
    both = chance_to_act(WeightedGame(5, (1,) * 5), 0.8, blocs=halves)
    three = chance_to_act(WeightedGame(3, (1,) * 3), 0.8, blocs=[Bloc((0, 1, 2), rho)])
    two = chance_to_act(WeightedGame(2, (1,) * 2), 0.8, blocs=[Bloc((0, 1), rho)])
    assert both.value == pytest.approx(three.value * two.value, abs=1e-13)


def test_even_chances_give_colemans_power_to_act() -> None:
    """With ½ each, alone, the chance is the share of coalitions that win."""
    for game in (EU_15, random_game(3, 60, 50, 0.6), random_game(3, 27, 10**8)):
        assert chance_to_act(game, 0.5).value == pytest.approx(power(game).coleman_act, abs=1e-13)


def test_unanimity_of_many_keeps_its_tiny_chance() -> None:
    """Small chances are summed, not left over from 1."""
    game = WeightedGame(100, (1,) * 100)
    assert chance_to_act(game, 0.5).value == pytest.approx(2.0**-100, rel=1e-12)
    most = WeightedGame(99, (1,) * 100)
    assert chance_to_act(most, 0.5).value == pytest.approx(101 * 2.0**-100, rel=1e-12)
    assert comb(100, 99) + 1 == 101


def test_huge_weights_with_a_bloc_go_through_the_diagram() -> None:
    """A diagram and a table agree on the same game in large and in small numbers."""
    small = WeightedGame(11, (5, 4, 3, 3, 2, 1, 1))
    spread = WeightedGame(
        11 * 10**9 - 40, tuple(w * 10**9 + i for i, w in enumerate(small.weights))
    )
    blocs = [Bloc((0, 2, 5), 0.4)]
    one, other = (chance_to_act(game, 0.6, blocs=blocs) for game in (small, spread))
    assert one.value == pytest.approx(other.value, abs=1e-13)


def test_what_is_no_chance_is_refused() -> None:
    """Chances outside 0 to 1, too few of them, and members in two blocs are named."""
    game = WeightedGame(2, (1, 1, 1))
    for yes in ([0.5, 1.2, 0.5], [0.5, float("nan"), 0.5]):
        with pytest.raises(RuleError, match=r"yes\[1\]: A chance lies between 0 and 1"):
            chance_to_act(game, yes)
    with pytest.raises(RuleError, match="3 members but 2 chances"):
        chance_to_act(game, [0.5, 0.5])
    with pytest.raises(RuleError, match="each in one bloc only"):
        chance_to_act(game, 0.5, blocs=[Bloc((0, 1), 0.5), Bloc((1, 2), 0.5)])
    with pytest.raises(RuleError, match="each in one bloc only"):
        chance_to_act(game, 0.5, blocs=[Bloc((0, 3), 0.5)])
    with pytest.raises(RuleError, match="ρ lies between 0 and 1"):
        chance_to_act(game, 0.5, blocs=[Bloc((0,), 1.5)])


def test_beyond_the_bounds_is_refused() -> None:
    """Two blocs over weights of nine digits have neither table nor diagram."""
    game = random_game(1, 60, 10**9)
    with pytest.raises(UnsupportedError, match="within the bounds"):
        chance_to_act(game, 0.5, blocs=[Bloc((0, 1), 0.5), Bloc((2, 3), 0.5)])
