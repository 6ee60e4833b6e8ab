"""Characteristic functions against tables and counts, and their bounds against the truth."""

from itertools import pairwise

import pytest

from comity.errors import UnsupportedError
from comity.rules.power import Method, WeightedGame, inversion, power, simplified
from comity.rules.power.extension import count_by_residues, integrate
from comity.rules.power.inversion import Inverted, invert
from rules.power.games import random_game

ODD_ONE_OUT = WeightedGame(
    17_501, (*(2 * weight for weight in random_game(6, 140, 250).weights), 1)
)


def errors(game: WeightedGame, found: Inverted) -> tuple[float, float, float]:
    """How far off values, chances of swing and the chance of winning are."""
    counts, values = count_by_residues(game), integrate(game).values
    half = 2.0 ** (1 - game.players)
    swings = [one * half for one in counts.swings_in_all]
    return (
        max(abs(one - other) for one, other in zip(found.values, values, strict=True)),
        max(abs(one - other) for one, other in zip(found.swing_chances, swings, strict=True)),
        abs(found.winning_chance - counts.winning_in_all * half / 2),
    )


@pytest.mark.parametrize(
    "game", [random_game(3, 100, 500), random_game(3, 190, 400, 0.6), ODD_ONE_OUT]
)
def test_inversion_keeps_within_its_bound(game: WeightedGame) -> None:
    """Values and chances are off by less than the bound that comes with them."""
    _holds(game)


@pytest.mark.trust
@pytest.mark.parametrize(
    "game",
    [
        random_game(5, 190, 2_000, 0.85),
        random_game(7, 60, 3_000),
        random_game(7, 70, 3_000, 0.6),
    ],
)
def test_inversion_keeps_within_its_bound_where_many_frequencies_matter(
    game: WeightedGame,
) -> None:
    """So it is with few members, and at quotas far from half."""
    _holds(game)


def _holds(game: WeightedGame) -> None:
    plain = simplified(game)
    found = invert(plain)
    assert found is not None
    assert found.proven
    values, swings, winning = errors(plain, found)
    assert values <= found.values_error < 1e-10
    assert max(swings, winning) <= found.chances_error + 1e-15
    assert found.chances_error < 1e-10


@pytest.mark.parametrize("players", [60, 80])
def test_a_search_cut_short_says_that_its_error_is_an_estimate(
    players: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no time to search, the error is sampled, stated as unproven, and still holds."""
    monkeypatch.setattr(inversion, "ROWS", 0)
    plain = simplified(random_game(7, players, 3_000))
    found = invert(plain)
    assert found is not None
    assert not found.proven
    values, swings, winning = errors(plain, found)
    assert values <= found.values_error < 1e-6
    assert max(swings, winning) <= found.chances_error + 1e-15


def test_too_few_members_are_not_guessed() -> None:
    """With twenty members the function does not die away; nothing is made up."""
    assert invert(random_game(2, 20, 10**8)) is None


def test_what_is_beyond_every_bound_is_refused() -> None:
    """Weights beyond 64 bits of forty-six members: the bounds are named."""
    with pytest.raises(UnsupportedError, match="60 members"):
        power(random_game(2, 46, 10**28))


@pytest.mark.trust
def test_seven_digit_weights_of_190_members() -> None:
    """A billion votes: values add up to one and follow the weights, within a proven error."""
    game = random_game(3, 190, 9_999_999)
    found = power(game)
    assert (found.method, found.exact, found.swings) == (Method.INVERSION, False, None)
    assert found.proven
    assert abs(sum(found.shapley_shubik) - 1) < found.error < 1e-10
    ranked = [value for _, value in sorted(zip(game.weights, found.shapley_shubik, strict=True))]
    assert all(one <= other + found.error for one, other in pairwise(ranked))
