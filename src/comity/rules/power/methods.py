"""Which method answers which game: the first whose work stays within its bound."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from comity.errors import UnsupportedError
from comity.rules.power import counting, diagram, extension, inversion, meeting
from comity.rules.power.counting import Counts
from comity.rules.power.game import WeightedGame
from comity.rules.power.indices import shapley_shubik


class Method(StrEnum):
    """How an answer was found."""

    COUNTING = "generating functions in whole numbers"
    RESIDUES = "generating functions modulo several numbers"
    DIAGRAM = "decision diagram in whole numbers"
    DIAGRAM_NODES = "Gauss–Legendre nodes over a decision diagram"
    MEETING = "halves met in the middle, in whole numbers"
    NODES = "Gauss–Legendre nodes over the multilinear extension"
    INVERSION = "inverted characteristic functions"


# Bounds on work, in the units of the functions that estimate it; each is about a tenth of a
# second of one core, or with ``exact`` ten seconds.
COUNTING_BITS = 5 * 10**8
DIAGRAM_BITS = 5 * 10**8
EXACT_FACTOR = 100

CHEAP_TABLE, DEAR_TABLE, TABLE = 3 * 10**8, 8 * 10**9, 5 * 10**10
"""Table entries (3·10⁹ a second and core) up to which a table is made without trying a small
diagram, or a large one, first; and beyond which none is made."""
MOST_MEMBERS = 1_000
"""More members than this are not tried: nodes and counts would take minutes without a word."""
LONGEST_TABLE = 3 * 10**7
"""A table over more weights than this does not fit into memory several times over."""
FEW_SITUATIONS, SITUATIONS = 2 * 10**4, 4 * 10**5
"""Situations beyond which a small and a large diagram are given up."""
FEW_STEPS, STEPS = 2**25, 2**31
"""Subsets of halves (3·10⁷ a second) up to which halves are met before, or after, a large
diagram or table is tried: 48 and 60 members."""


@dataclass(frozen=True)
class Counted:
    """Unsized or sized counts, exact, and how they were found."""

    counts: Counts
    method: Method


@dataclass(frozen=True)
class Valued:
    """Shapley–Shubik values: exact fractions, or floats with a proven bound on their error."""

    values: tuple[float, ...]
    fractions: tuple[Fraction, ...] | None
    error: float
    method: Method


@dataclass(frozen=True)
class Estimated:
    """Chances of swing and of winning at t = ½ where nothing can be counted."""

    swing_chances: tuple[float, ...]
    winning_chance: float
    error: float
    proven: bool
    method: Method


def answer(game: WeightedGame, *, exact: bool) -> tuple[Counted | Estimated, Valued]:
    """Counts and Shapley–Shubik values of a simplified game.

    With ``exact`` the values are fractions and nothing is estimated. Raises
    ``UnsupportedError`` where no method keeps within its bound.
    """
    small = game.players <= MOST_MEMBERS
    found = (_in_fractions(game) if exact else _soonest(game)) if small else None
    if found is None:
        raise _too_large(game, exact)
    return found


def _soonest(game: WeightedGame) -> tuple[Counted | Estimated, Valued] | None:
    if counting.work(game, sized=True) <= COUNTING_BITS:
        return _by_counting(game)
    if _table_fits(game, CHEAP_TABLE):
        return _by_table(game)
    if grown := diagram.diagram(game, most=FEW_SITUATIONS):
        return _by_diagram(grown)
    if _halves_fit(game, FEW_STEPS):
        return _by_meeting(game)
    if _table_fits(game, DEAR_TABLE):
        return _by_table(game)
    if grown := diagram.diagram(game, most=SITUATIONS):
        return _by_diagram(grown)
    if _halves_fit(game, STEPS):
        return _by_meeting(game)
    return _by_table(game) if _table_fits(game, TABLE) else _by_inversion(game)


def _in_fractions(game: WeightedGame) -> tuple[Counted, Valued] | None:
    if counting.work(game, sized=True) <= COUNTING_BITS * EXACT_FACTOR:
        return _by_counting(game)
    if _halves_fit(game, FEW_STEPS):
        return _by_meeting(game)
    grown = diagram.diagram(game, most=SITUATIONS)
    if grown and diagram.counting_work(grown) <= DIAGRAM_BITS * EXACT_FACTOR:
        return _from_counts(Counted(diagram.count_on(grown, sized=True), Method.DIAGRAM))
    return _by_meeting(game) if _halves_fit(game, STEPS) else None


def _by_counting(game: WeightedGame) -> tuple[Counted, Valued]:
    return _from_counts(Counted(counting.count(game, sized=True), Method.COUNTING))


def _by_meeting(game: WeightedGame) -> tuple[Counted, Valued]:
    return _from_counts(Counted(meeting.count_by_meeting(game), Method.MEETING))


def _by_diagram(grown: diagram.Diagram) -> tuple[Counted, Valued]:
    if diagram.counting_work(grown) <= DIAGRAM_BITS:
        return _from_counts(Counted(diagram.count_on(grown, sized=True), Method.DIAGRAM))
    counted = Counted(diagram.count_on(grown, sized=False), Method.DIAGRAM)
    return counted, _valued(diagram.integrate_on(grown), counted, Method.DIAGRAM_NODES)


def _by_table(game: WeightedGame) -> tuple[Counted, Valued]:
    fits = counting.work(game, sized=False) <= COUNTING_BITS
    counted = (
        Counted(counting.count(game, sized=False), Method.COUNTING)
        if fits
        else Counted(extension.count_by_residues(game), Method.RESIDUES)
    )
    return counted, _valued(extension.integrate(game), counted, Method.NODES)


def _by_inversion(game: WeightedGame) -> tuple[Estimated, Valued] | None:
    found = inversion.invert(game)
    if found is None:
        return None
    estimated = Estimated(
        found.swing_chances,
        found.winning_chance,
        found.chances_error,
        found.proven,
        Method.INVERSION,
    )
    return estimated, Valued(found.values, None, found.values_error, Method.INVERSION)


def _from_counts(counted: Counted) -> tuple[Counted, Valued]:
    fractions = shapley_shubik(counted.counts)
    values = tuple(float(one) for one in fractions)
    return counted, Valued(values, fractions, 2.0**-54, counted.method)


def _valued(found: extension.Integrated, counted: Counted, method: Method) -> Valued:
    """Whoever swings no coalition has the value 0, not a rounding error."""
    swings = counted.counts.swings_in_all
    values = tuple(value if some else 0.0 for value, some in zip(found.values, swings, strict=True))
    return Valued(values, None, found.error, method)


def _table_fits(game: WeightedGame, most: int) -> bool:
    if max(game.quota, game.dual_quota) > LONGEST_TABLE:
        return False
    once = extension.table_work(min(game, game.dual, key=lambda one: one.quota))
    residues = once * (game.players // 62 + 1)
    return residues <= most and extension.integral_work(game) <= most


def _halves_fit(game: WeightedGame, most: int) -> bool:
    return meeting.fits(game) and meeting.steps(game) <= most


def _too_large(game: WeightedGame, exact: bool) -> UnsupportedError:
    ways = "as exact fractions " if exact else ""
    return UnsupportedError(
        f"The power of these members cannot be worked out {ways}within the bounds on work: "
        f"{MOST_MEMBERS:,} members, "
        f"{TABLE:.0e} table entries over at most {LONGEST_TABLE:.0e} weights, a decision "
        f"diagram of {SITUATIONS:.0e} situations, {STEPS:.0e} subsets of two halves (60 members), "
        f"or characteristic functions known to {inversion.MOST_DROPPED:.0e}.",
        found=f"{game.players} members, quota {game.quota} of {game.total} after simplifying",
        mend="Ask without exact fractions." if exact else "Round the weights, and say so.",
    )
