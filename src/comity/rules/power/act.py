"""The chance that the body acts: that those who say yes reach the quota."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from comity.errors import Place, RuleError, UnsupportedError
from comity.rules.power.diagram import LOST, WON, diagram
from comity.rules.power.game import WeightedGame, simplified

Floats = NDArray[np.float64]

ENTRIES = 5 * 10**9
"""Table entries gone through at most, some ten seconds; beyond that, diagrams."""
LONGEST_TABLE = 3 * 10**7
SITUATIONS = 4 * 10**5
WIDEST = 9.0
"""The factor of a bloc is integrated from −9 to 9; beyond lies a chance of 2·10⁻¹⁹."""
POINTS = 20
"""Nodes a panel; the integral is also taken with panels half as wide, and the change shown."""


@dataclass(frozen=True)
class Bloc:
    """Members (by place) that lean together: ρ of what moves each is common (conventions §11).

    At ρ = 1 those with equal chances answer as one; whoever is likelier to say yes says yes
    whenever a less likely one does.
    """

    members: tuple[int, ...]
    rho: float


@dataclass(frozen=True)
class Chance:
    """A chance, and a bound on the error of its rounding and quadrature."""

    value: float
    error: float


@dataclass(frozen=True)
class Mixture:
    """Members that are independent in each of several cases of known weight."""

    members: tuple[int, ...]
    cases: Floats  # weights, summing to 1
    yes: Floats  # [case, member]


def chance_to_act(
    game: WeightedGame, yes: float | Sequence[float], *, blocs: Sequence[Bloc] = ()
) -> Chance:
    """The chance of adoption when each member says yes with its chance, alone or in blocs.

    ``yes`` is one chance for all, or one a member. Members of no bloc are independent. With
    ½ for all and no blocs it is Coleman's power of the collectivity to act. Raises
    ``RuleError`` for what is no chance, no member, or in two blocs, and ``UnsupportedError``
    where neither table nor diagram keeps within its bound.
    """
    chances = checked_chances(game.players, yes)
    held = mixtures(chances, checked_blocs(game.players, blocs))
    plain = simplified(game)
    rounding = (8 * game.players + 64) * 2.0**-53
    value = _chance(plain, held)
    if all(bloc.rho in (0, 1) for bloc in blocs):
        return Chance(value, rounding)
    finer = _chance(plain, mixtures(chances, blocs, finer=2))
    return Chance(finer, rounding + abs(finer - value))


def _chance(game: WeightedGame, mixtures: list[Mixture]) -> float:
    side = min(game, game.dual, key=lambda one: one.quota)
    work = sum(len(one.cases) * len(one.members) for one in mixtures) * side.quota
    if side.quota <= LONGEST_TABLE and work <= ENTRIES:
        return _by_table(side, mixtures, of_noes=side is not game)
    return _by_diagram(game, mixtures)


def _by_table(side: WeightedGame, mixtures: list[Mixture], of_noes: bool) -> float:
    """The chance that the yeses stay below the quota, or the noes below what blocks."""
    table = np.zeros(side.quota)
    table[0] = 1.0
    for one in mixtures:
        leaning = 1 - one.yes if of_noes else one.yes
        if len(one.cases) == 1:
            for place, member in enumerate(one.members):
                table = _joined(table, side.weights[member], leaning[0, place])
            continue
        alone = np.zeros(side.quota)
        for case, chances in zip(one.cases, leaning, strict=True):
            part = np.zeros(side.quota)
            part[0] = 1.0
            for place, member in enumerate(one.members):
                part = _joined(part, side.weights[member], chances[place])
            alone += case * part
        table = _convolved(table, alone)
    short = math.fsum(table)
    return min(1.0, max(0.0, short if of_noes else 1 - short))


def _joined(table: Floats, weight: int, chance: float) -> Floats:
    moved = (1 - chance) * table
    if weight < len(table):
        moved[weight:] += chance * table[: len(table) - weight]
    return moved


def _convolved(one: Floats, other: Floats) -> Floats:
    if min(np.count_nonzero(one), np.count_nonzero(other)) <= 64:
        few, many = sorted((one, other), key=np.count_nonzero)
        total = np.zeros_like(one)
        for at in np.flatnonzero(few):
            total[at:] += few[at] * many[: len(many) - at]
        return total
    from scipy.signal import fftconvolve

    return np.asarray(fftconvolve(one, other)[: len(one)])


def _by_diagram(game: WeightedGame, mixtures: list[Mixture]) -> float:
    """One pass up the diagram for all cases of the one bloc at once, the others being alone."""
    many = [one for one in mixtures if len(one.cases) > 1]
    grown = diagram(game, most=SITUATIONS) if len(many) <= 1 else None
    cases = many[0].cases if many else np.ones(1)
    if grown is None or grown.size * len(cases) > ENTRIES:
        raise UnsupportedError(
            "The chance to act cannot be worked out within the bounds: a table of "
            f"{LONGEST_TABLE:.0e} weights and {ENTRIES:.0e} entries, or, with one bloc at most, "
            f"a decision diagram of {SITUATIONS:.0e} situations.",
            found=f"{game.players} members, quota {game.quota} of {game.total}, {len(many)} blocs",
            mend="Round the weights, or declare fewer blocs.",
        )
    yes = np.empty((game.players, len(cases)))
    for one in mixtures:
        yes[list(one.members)] = one.yes.T
    winning = np.zeros((2, len(cases)))
    winning[WON] = 1.0
    for level in reversed(range(game.players)):
        chance = yes[grown.order[level]]
        then = winning
        winning = chance * then[list(grown.yes[level])]
        winning += (1 - chance) * then[list(grown.no[level])]
        winning[LOST], winning[WON] = 0.0, 1.0
    return float(min(1.0, winning[-1] @ cases))


# ---------------------------------------------------------------- blocs


def mixtures(chances: Floats, blocs: Sequence[Bloc], finer: int = 1) -> list[Mixture]:
    together = {member for bloc in blocs for member in bloc.members}
    alone = tuple(member for member in range(len(chances)) if member not in together)
    single = Mixture(alone, np.ones(1), chances[None, list(alone)])
    return [single, *(_mixture(chances, bloc, finer) for bloc in blocs)]


def _mixture(chances: Floats, bloc: Bloc, finer: int) -> Mixture:
    mine = chances[list(bloc.members)]
    if bloc.rho == 0:
        return Mixture(bloc.members, np.ones(1), mine[None, :])
    if bloc.rho == 1:
        return _nested(bloc, mine)
    from scipy.special import ndtr, ndtri

    points = ndtri(mine)
    width = math.sqrt((1 - bloc.rho) / bloc.rho)
    turns = -points[np.isfinite(points)] / math.sqrt(bloc.rho)
    factor, cases = _normal_nodes(np.unique(turns), width, finer)
    lean = math.sqrt(bloc.rho) * factor[:, None]
    yes = ndtr((points[None, :] + lean) / math.sqrt(1 - bloc.rho))
    return Mixture(bloc.members, cases, yes)


def _nested(bloc: Bloc, mine: Floats) -> Mixture:
    """ρ = 1: one uniform for all; i says yes where it lies below i's chance."""
    ends = np.unique(np.concatenate([[0.0, 1.0], mine]))
    yes = (ends[1:, None] <= mine[None, :]).astype(np.float64)
    return Mixture(bloc.members, np.diff(ends), yes)


def _normal_nodes(turns: Floats, width: float, finer: int) -> tuple[Floats, Floats]:
    """Gauss–Legendre panels over the standard normal, narrow where members turn.

    Each member's chance goes from 0 to 1 over some ``width`` on either side of its turn, and is
    flat elsewhere.
    """
    ends = [-WIDEST, *np.clip([turns - 9 * width, turns + 9 * width], -WIDEST, WIDEST).flat, WIDEST]
    stretches = np.unique(ends)
    edges = [stretches[:1]]
    for low, high in pairwise(stretches):
        turning = bool(np.any(np.abs(turns - (low + high) / 2) < 9 * width))
        panels = math.ceil((high - low) / (min(1.0, width) if turning else 1.0)) * finer
        edges.append(np.linspace(low, high, panels + 1)[1:])
    bounds = np.concatenate(edges)
    roots, weights = np.polynomial.legendre.leggauss(POINTS)
    half = np.diff(bounds) / 2
    nodes = (bounds[:-1, None] + (1 + roots)[None, :] * half[:, None]).ravel()
    density = np.exp(-(nodes**2) / 2) / math.sqrt(2 * math.pi)
    return nodes, (weights[None, :] * half[:, None]).ravel() * density


# ---------------------------------------------------------------- input


def checked_chances(players: int, yes: float | Sequence[float]) -> Floats:
    listed = [yes] * players if isinstance(yes, int | float) else list(yes)
    if len(listed) != players:
        raise RuleError(
            f"There are {players} members but {len(listed)} chances.",
            place=Place(field="yes"),
            mend="Give one chance for all, or one a member.",
        )
    for member, chance in enumerate(listed):
        if isinstance(chance, bool) or not 0 <= chance <= 1:
            raise RuleError(
                "A chance lies between 0 and 1.",
                place=Place(field=f"yes[{member}]"),
                found=chance,
                mend="Give the chance that the member says yes, such as 0.5.",
            )
    return np.array(listed, dtype=np.float64)


def checked_blocs(players: int, blocs: Sequence[Bloc]) -> Sequence[Bloc]:
    seen: set[int] = set()
    for number, bloc in enumerate(blocs):
        here = Place(field=f"blocs[{number}]")
        if not 0 <= bloc.rho <= 1:
            raise RuleError(
                "ρ lies between 0 and 1.", place=here, found=bloc.rho, mend="Give a share."
            )
        for member in bloc.members:
            if not 0 <= member < players or member in seen:
                raise RuleError(
                    "A bloc names members by their place, each in one bloc only.",
                    place=here,
                    found=member,
                    mend=f"Name members from 0 to {players - 1} once.",
                )
            seen.add(member)
    return blocs
