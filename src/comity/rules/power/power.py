"""How often each member decides: the power indices of a weighted game, with their certainty."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from comity.rules.power import indices
from comity.rules.power.game import WeightedGame, simplified
from comity.rules.power.methods import Counted, Method, Valued, answer


@dataclass(frozen=True)
class Power:
    """Power indices in the order of the weights; see docs/theory/power.md for the formulas.

    ``swings`` and ``winning`` are exact counts of coalitions. All that rests on them alone
    (Banzhaf, Coleman) is the nearest float to the exact fraction. ``exact`` says whether the
    same holds of the Shapley–Shubik values, whose ``shapley_shubik_fractions`` are then given;
    otherwise ``error`` is a proven bound on the absolute error of each of them.
    """

    game: WeightedGame
    winning: int
    swings: tuple[int, ...]
    banzhaf: tuple[float, ...]
    banzhaf_absolute: tuple[float, ...]
    shapley_shubik: tuple[float, ...]
    shapley_shubik_fractions: tuple[Fraction, ...] | None
    coleman_act: float
    coleman_prevent: tuple[float, ...]
    coleman_initiate: tuple[float, ...]
    method: Method
    shapley_shubik_method: Method
    error: float
    exact: bool


def power(game: WeightedGame, *, exact: bool = False) -> Power:
    """The power indices of the game.

    ``exact`` asks for Shapley–Shubik values as fractions even where that takes seconds.
    Raises ``UnsupportedError`` where no method keeps within its bound on work.
    """
    counted, valued = answer(simplified(game), exact=exact)
    return _power(game, counted, valued)


def _power(game: WeightedGame, counted: Counted, valued: Valued) -> Power:
    swings, winning = counted.counts.swings_in_all, counted.counts.winning_in_all
    return Power(
        game=game,
        winning=winning,
        swings=swings,
        banzhaf=indices.banzhaf_normalised(swings),
        banzhaf_absolute=indices.banzhaf_absolute(swings),
        shapley_shubik=valued.values,
        shapley_shubik_fractions=valued.fractions,
        coleman_act=indices.coleman_act(winning, game.players),
        coleman_prevent=indices.coleman_prevent(swings, winning),
        coleman_initiate=indices.coleman_initiate(swings, winning),
        method=counted.method,
        shapley_shubik_method=valued.method,
        error=valued.error,
        exact=valued.fractions is not None,
    )
