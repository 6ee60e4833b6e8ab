"""How often each member decides: the power indices of a weighted game, with their certainty."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from comity.rules.power import indices
from comity.rules.power.game import WeightedGame, simplified
from comity.rules.power.joint import JointGame
from comity.rules.power.methods import Counted, Estimated, Method, Valued, answer


@dataclass(frozen=True)
class Power:
    """Power indices in the order of the weights; see docs/theory/power.md for the formulas.

    ``swings`` and ``winning`` are exact counts of coalitions; all that rests on them alone
    (Banzhaf, Coleman) is the nearest float to the exact fraction. They are None for a game that
    only ``Method.INVERSION`` can answer. ``exact`` says that the Shapley–Shubik values are
    nearest floats too; ``shapley_shubik_fractions`` are then given. ``error`` bounds the
    absolute error of every number here; it is an estimate, not a bound, unless ``proven``.
    """

    game: WeightedGame | JointGame
    winning: int | None
    swings: tuple[int, ...] | None
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
    proven: bool


def power(game: WeightedGame, *, exact: bool = False) -> Power:
    """The power indices of the game.

    ``exact`` asks for Shapley–Shubik values as fractions even where that takes seconds.
    Raises ``UnsupportedError`` where no method keeps within its bound on work.
    """
    found, valued = answer(simplified(game), exact=exact)
    if isinstance(found, Counted):
        return _counted(game, found, valued)
    return _estimated(game, found, valued)


def _counted(game: WeightedGame, counted: Counted, valued: Valued) -> Power:
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
        proven=True,
    )


def _estimated(game: WeightedGame, found: Estimated, valued: Valued) -> Power:
    """The same definitions from chances: ηᵢ = βᵢ 2ⁿ⁻¹ and ω = 2ⁿ times the chance to win."""
    chances, acts = found.swing_chances, found.winning_chance
    total, off = sum(chances), found.error
    error = max(
        valued.error,
        off * (1 + sum(one > 0 for one in chances) * max(chances) / total) / total,
        2 * off / min(acts, 1 - acts),
    )
    return Power(
        game=game,
        winning=None,
        swings=None,
        banzhaf=tuple(one / total for one in chances),
        banzhaf_absolute=chances,
        shapley_shubik=valued.values,
        shapley_shubik_fractions=None,
        coleman_act=acts,
        coleman_prevent=tuple(one / 2 / acts for one in chances),
        coleman_initiate=tuple(one / 2 / (1 - acts) for one in chances),
        method=found.method,
        shapley_shubik_method=valued.method,
        error=error,
        exact=False,
        proven=found.proven,
    )
