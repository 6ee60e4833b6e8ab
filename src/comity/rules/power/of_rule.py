"""Power of the members of a body under a rule: which game it is, and what follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import prod

import numpy as np

from comity.dossier.charter import Procedure
from comity.dossier.response import Response
from comity.dossier.rule import Quota
from comity.errors import UnsupportedError
from comity.rules.compiled import seat
from comity.rules.power import branched, diagram, indices
from comity.rules.power.act import (
    Bloc,
    Chance,
    Mixture,
    chance_to_act,
    checked_blocs,
    checked_chances,
    mixtures,
)
from comity.rules.power.game import WeightedGame, weighted_game
from comity.rules.power.joint import TWO, Branching, JointGame, as_weighted, branching, joint_game
from comity.rules.power.methods import DIAGRAM_BITS, EXACT_FACTOR, Method
from comity.rules.power.power import Power, power
from comity.rules.seating import Seating


def power_at(
    procedure: Procedure,
    table: Seating,
    *,
    answers: Sequence[Response] = TWO,
    exact: bool = False,
) -> Power:
    """The power indices of the members at a table, all present, each giving one of the answers.

    ``answers`` are ``TWO`` (object, support) or ``THREE`` (also stand aside), worst first.
    Raises ``RuleError`` for a rule that always or never adopts, and ``UnsupportedError`` where
    no method keeps within its bound on work.
    """
    game = game_at(procedure, table, answers)
    return power(game, exact=exact) if isinstance(game, WeightedGame) else _joint(game, exact)


def game_at(
    procedure: Procedure, table: Seating, answers: Sequence[Response] = TWO
) -> WeightedGame | JointGame:
    """The game that the procedure makes at a table; a weighted one where it is that."""
    rule = procedure.rule
    if isinstance(rule, Quota) and rule.among is None and len(answers) == 2 and table.members:
        weights = [_plain(weight) for weight in table.weights(rule.weights)]
        return weighted_game(_plain(rule.votes), weights)
    game = joint_game(seat(procedure, table), answers)
    return as_weighted(game) or game


def _plain(number: Fraction) -> int | Fraction:
    """A whole number as such, so that a message shows it as it was written."""
    return int(number) if number.denominator == 1 else number


MOST_CASES = 100_000
"""Cases into which blocs under a rule of several counts may be divided."""


def chance_at(
    procedure: Procedure,
    table: Seating,
    yes: Mapping[str, float],
    blocs: Sequence[tuple[Collection[str], float]] = (),
) -> Chance:
    """The chance that the body adopts when each member supports with its chance, or objects.

    ``blocs`` are members that lean together, with the ρ of that (1: they answer as one).
    Raises as ``chance_to_act`` and ``power_at`` do.
    """
    seats = {member: place for place, member in enumerate(table.members)}
    together = [Bloc(tuple(seats[m] for m in members), rho) for members, rho in blocs]
    chances = [yes[member] for member in table.members]
    game = game_at(procedure, table)
    if isinstance(game, WeightedGame):
        return chance_to_act(game, chances, blocs=together)
    return _chance_jointly(game, chances, together)


def _chance_jointly(game: JointGame, yes: Sequence[float], blocs: Sequence[Bloc]) -> Chance:
    held = checked_blocs(game.players, blocs)
    grown, chances = branching(game), checked_chances(game.players, yes)
    rounding = (8 * game.players + 64) * 2.0**-53
    value = _mixed(grown, mixtures(chances, held))
    if all(bloc.rho in (0, 1) for bloc in held):
        return Chance(value, rounding)
    finer = _mixed(grown, mixtures(chances, held, finer=2))
    return Chance(finer, rounding + abs(finer - value))


def _mixed(grown: Branching, held: Sequence[Mixture]) -> float:
    """The chance over all cases of all blocs at once."""
    cases = prod(len(mixture.cases) for mixture in held)
    if cases > MOST_CASES:
        raise UnsupportedError(
            f"Blocs under a rule of several counts are divided into at most {MOST_CASES:,} cases.",
            found=f"{cases:,} cases",
            mend="Declare fewer blocs, or blocs that answer as one.",
        )
    shape = [len(mixture.cases) for mixture in held]
    yes = np.empty((len(grown.order), cases))
    weight = np.ones(cases)
    for axis, mixture in enumerate(held):
        place = np.unravel_index(np.arange(cases), shape)[axis]
        yes[list(mixture.members)] = mixture.yes.T[:, place]
        weight *= mixture.cases[place]
    return float(branched.chance_to_adopt(grown, np.stack([1.0 - yes, yes], axis=1)) @ weight)


def _joint(game: JointGame, exact: bool) -> Power:
    grown, kinds, players = branching(game), len(game.answers), game.players
    found = branched.tally(grown, kinds)
    sets, swung = kinds**players, sum(found.swings)
    fractions = _fractions(grown, EXACT_FACTOR if exact else 1) if kinds == 2 else None
    valued = branched.shapley_shubik(grown, kinds) if fractions is None else None
    return Power(
        game=game,
        winning=found.adopting,
        swings=found.swings,
        banzhaf=tuple(one / swung for one in found.swings),
        banzhaf_absolute=tuple(one / kinds ** (players - 1) for one in found.swings),
        shapley_shubik=tuple(map(float, fractions or ())) if valued is None else valued.values,
        shapley_shubik_fractions=fractions,
        coleman_act=found.adopting / sets,
        coleman_prevent=tuple(one / found.adopting for one in found.undone),
        coleman_initiate=tuple(one / (sets - found.adopting) for one in found.rescued),
        method=Method.DIAGRAM,
        shapley_shubik_method=Method.DIAGRAM if valued is None else Method.DIAGRAM_NODES,
        error=2.0**-54 if valued is None else valued.error,
        exact=valued is None,
        proven=True,
    )


def _fractions(grown: Branching, factor: int) -> tuple[Fraction, ...] | None:
    """Exact values where counting by size keeps within its bound; None where it does not."""
    plain = diagram.Diagram(
        grown.order,
        tuple(level[1] for level in grown.to),
        tuple(level[0] for level in grown.to),
    )
    if diagram.counting_work(plain) > DIAGRAM_BITS * factor:
        return None
    return indices.shapley_shubik(diagram.count_on(plain, sized=True))
