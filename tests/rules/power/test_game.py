"""What a user writes becomes a game exactly, or is refused with place, find and mend."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from comity.errors import Place, RuleError
from comity.rules.power import WeightedGame, simplified, weighted_game
from rules.power.enumeration import wins
from rules.power.games import small_games


def test_decimals_mean_what_is_written() -> None:
    """Three times 0.1 reaches a quota of 0.3, which floats would deny."""
    assert weighted_game(0.3, [0.1, 0.1, 0.1]) == WeightedGame(3, (1, 1, 1))


def test_every_kind_of_number_is_read_exactly() -> None:
    """Whole, decimal and fractional numbers may stand side by side."""
    game = weighted_game(Fraction(4, 3), [1, 0.5, Decimal("0.25"), np.int64(2), np.float64(1.5)])
    assert game == WeightedGame(16, (12, 6, 3, 24, 18))


@given(small_games())
def test_simplifying_changes_no_coalition(game: WeightedGame) -> None:
    """The simplified game has the same winning coalitions and no larger numbers."""
    plain = simplified(game)
    assert all(wins(plain, one) == wins(game, one) for one in range(2**game.players))
    assert plain.quota <= game.quota
    assert plain.dual_quota <= game.dual_quota


def test_common_divisors_are_taken_out() -> None:
    """[39; 7×5, 1×10] in millions, with a quota that is no multiple, is the same game."""
    millions = WeightedGame(38_000_001, (7_000_000,) * 5 + (1_000_000,) * 10)
    assert simplified(millions) == WeightedGame(39, (7,) * 5 + (1,) * 10)


@pytest.mark.parametrize(
    ("quota", "weights", "field", "says"),
    [
        (4, [1, 2], "quota", "above the total weight of 3"),
        (0, [1, 2], "quota", "every coalition would win"),
        (-1, [1, 2], "quota", "every coalition would win"),
        (1, [0, 0], "quota", "above the total weight of 0"),
        (1, [], "weights", "no weights"),
        (1, "12", "weights", "not a list"),
        (1, 3, "weights", "not a list"),
        (1, {"A": 1}, "weights", "not a list"),
        (1, [1, -2], "weights[1]", "negative"),
        (1, [1, True], "weights[1]", "Not a number"),
        (True, [1, 1], "quota", "Not a number"),
        (1, [1, "2"], "weights[1]", "Not a number"),
        (1, [1, None], "weights[1]", "Not a number"),
        (float("nan"), [1, 2], "quota", "finite"),
        (1, [float("inf"), 2], "weights[0]", "finite"),
        (1, [1, Decimal("NaN")], "weights[1]", "finite"),
        (1, [1, 10**40], "weights[1]", "beyond reckoning"),
        (1, [1, 1e-300], "weights[1]", "beyond reckoning"),
    ],
)
def test_bad_input_is_refused(quota: object, weights: object, field: str, says: str) -> None:
    """The message names the field, says what is wrong and how to mend it."""
    with pytest.raises(RuleError, match=says) as refused:
        weighted_game(quota, weights, place=Place(file="game.json"))  # type: ignore[arg-type]
    assert refused.value.place == Place(file="game.json", field=field)
    assert refused.value.found is not None or weights == [1, None]
    assert refused.value.mend
