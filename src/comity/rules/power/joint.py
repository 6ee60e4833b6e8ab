"""Games on the compiled form of any rule: joint conditions, vetoes, abstention.

Members give one of two answers (object, support) or of three (object, stand aside, support). A
rule is a monotone formula over counts; each count needs so many points, and an answer gives so
many more than an objection does. Members are asked in turn, the heaviest first; two situations at
the same member are one if the same answers of those still to come decide both alike. A count that
is settled, or that no longer bears on the outcome, tells no situations apart; the widest count is
kept as an interval of needs, as in a diagram of one count (Bolus 2011), the others as they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import TypeAlias

from comity.dossier.response import Response
from comity.errors import RuleError, UnsupportedError
from comity.rules.compiled import All, Any, Count, Formula, Seated
from comity.rules.power.game import WeightedGame

TWO = (Response.OBJECT, Response.SUPPORT)
THREE = (Response.OBJECT, Response.STAND_ASIDE, Response.SUPPORT)

LOST, WON = 0, 1
SITUATIONS = 10**6
"""Situations beyond which a diagram is given up."""
DEEPEST = 400
"""More members than this are not asked one inside the other."""

Shape: TypeAlias = "tuple[str, tuple[Shape, ...]] | tuple[int]"
"""A formula over counts by number: (number,), or ("all" or "any", parts)."""


@dataclass(frozen=True)
class JointGame:
    """What each answer of each member adds to each count, and what each count needs.

    ``gains[i][k]`` lists what member i's answers add to count k, from the answer that adds
    least (nothing) to support; ``needs[k]`` must be reached; ``shape`` combines the counts.
    """

    gains: tuple[tuple[tuple[int, ...], ...], ...]
    needs: tuple[int, ...]
    shape: Shape
    answers: tuple[Response, ...]

    @property
    def players(self) -> int:
        return len(self.gains)


def joint_game(held: Seated, answers: Sequence[Response] = TWO) -> JointGame:
    """The game in which every member is present and gives one of the answers.

    Raises ``RuleError`` for a rule that then never or always adopts, since nobody has power.
    """
    counts: list[Count] = []
    shape = _shape(held.whole, counts)
    gains, needs = [], []
    for count in counts:
        rows = [[int(row[answer]) for answer in answers] for row in count.points]
        gains.append([tuple(points - row[0] for points in row) for row in rows])
        needs.append(count.need - sum(row[0] for row in rows))
    reach = (sum(row[-1] for row in column) for column in gains)
    left = _left(shape, tuple(_held(n, r) for n, r in zip(needs, reach, strict=True)))
    if isinstance(left, bool):
        raise RuleError(
            f"This rule {'always' if left else 'never'} adopts, whatever the members answer, so "
            "none has any power.",
            mend="Check its quota and its facts.",
        )
    kept = sorted(_open(left))
    return JointGame(
        tuple(tuple(gains[k][i] for k in kept) for i in range(len(held.members))),
        tuple(needs[k] for k in kept),
        _renumbered(left, {old: new for new, old in enumerate(kept)}),
        tuple(answers),
    )


def as_weighted(game: JointGame) -> WeightedGame | None:
    """The same game as one weighted count, where it is one and answers are two."""
    if len(game.shape) != 1 or len(game.answers) != 2:
        return None
    (number,) = game.shape
    return WeightedGame(game.needs[number], tuple(gain[number][1] for gain in game.gains))


@dataclass(frozen=True)
class Branching:
    """``to[k][a][v]``: where answer a of the k-th member leads from situation v.

    Situations 0 and 1 of every level are *lost* and *won*; the last situation of level 0 is the
    start. ``order[k]`` is the member asked.
    """

    order: tuple[int, ...]
    to: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def start(self) -> int:
        return len(self.to[0][0]) - 1

    @property
    def size(self) -> int:
        return sum(len(level[0]) - 2 for level in self.to)


def branching(game: JointGame, *, most: int = SITUATIONS) -> Branching:
    """The decision diagram of the game.

    Raises ``UnsupportedError`` if it has more than ``most`` situations or ``DEEPEST`` members.
    """
    if game.players > DEEPEST:
        raise _too_large(game, most)
    grower = _Grower(game, most)
    try:
        grower.situation(0, game.shape, game.needs)
    except _TooLargeError:
        raise _too_large(game, most) from None
    levels = grower.to[: game.players]
    return Branching(tuple(grower.order), tuple(tuple(map(tuple, answers)) for answers in levels))


class _TooLargeError(Exception):
    pass


Needs: TypeAlias = tuple[int | None, ...]
"""What each count still needs; None where it does not matter."""

Interval: TypeAlias = tuple[float, float]
"""Needs of the widest count, from and to, with the same future."""

EVERY: Interval = (-inf, inf)


class _Grower:
    """Finds situations that are known, and makes new ones."""

    def __init__(self, game: JointGame, most: int) -> None:
        self.left = most
        reach = [sum(member[k][-1] for member in game.gains) for k in range(len(game.needs))]
        self.widest = max(range(len(reach)), key=lambda k: reach[k])
        self.order = sorted(range(game.players), key=lambda i: (_heaviness(game, i, reach), i))
        self.gains = [game.gains[member] for member in self.order]
        self.rest = [
            tuple(sum(member[k][-1] for member in self.gains[level:]) for k in range(len(reach)))
            for level in range(game.players + 1)
        ]
        self.to: list[list[list[int]]] = [
            [[LOST, WON] for _ in game.answers] for _ in range(game.players + 1)
        ]
        self.plain: list[dict[tuple[Shape, Needs], int]] = [{} for _ in self.rest]
        self.spans: list[dict[tuple[Shape, Needs], _Spans]] = [{} for _ in self.rest]

    def situation(self, level: int, shape: Shape, needs: Needs) -> tuple[int, Interval]:
        """The situation, and for which needs of the widest count it is the same."""
        held = tuple(_held(n, r) for n, r in zip(needs, self.rest[level], strict=True))
        left = _left(shape, held)
        interval = self._unless_idle(level, shape, held)
        if isinstance(left, bool):
            return (WON if left else LOST), interval
        if self.widest in _open(left):
            return self._spanned(level, left, _kept(needs, left))
        return self._plain(level, left, _kept(needs, left)), interval

    def _unless_idle(self, level: int, shape: Shape, held: tuple[bool | None, ...]) -> Interval:
        """Needs of the settled widest count that come to the same; all, where it is idle."""
        unsettled = (*held[: self.widest], None, *held[self.widest + 1 :])
        if _left(shape, unsettled) == _left(shape, held):
            return EVERY
        rest = self.rest[level][self.widest]
        return (-inf, 0) if held[self.widest] else (rest + 1, inf)

    def _plain(self, level: int, shape: Shape, kept: Needs) -> int:
        known = self.plain[level].get((shape, kept))
        if known is None:
            found = [self.situation(level + 1, shape, n)[0] for n in self._after(level, kept)]
            known = self.plain[level][shape, kept] = self._made(level, found)
        return known

    def _spanned(self, level: int, shape: Shape, kept: Needs) -> tuple[int, Interval]:
        need = kept[self.widest]
        assert need is not None
        others = (*kept[: self.widest], None, *kept[self.widest + 1 :])
        spans = self.spans[level].setdefault((shape, others), _Spans([], []))
        if (known := spans.at(need)) is not None:
            return known
        low, high, branches = 1.0, float(self.rest[level][self.widest]), []
        for answer, after in enumerate(self._after(level, kept)):
            found, (start, end) = self.situation(level + 1, shape, after)
            gain = self.gains[level][self.widest][answer]
            low, high = max(low, start + gain), min(high, end + gain)
            branches.append(found)
        return spans.add((low, high), self._made(level, branches))

    def _after(self, level: int, needs: Needs) -> list[Needs]:
        gains = self.gains[level]
        return [
            tuple(
                None if need is None else need - gain[answer]
                for need, gain in zip(needs, gains, strict=True)
            )
            for answer in range(len(self.to[level]))
        ]

    def _made(self, level: int, branches: list[int]) -> int:
        self.left -= 1
        if self.left < 0:
            raise _TooLargeError
        for answer, found in enumerate(branches):
            self.to[level][answer].append(found)
        return len(self.to[level][0]) - 1


@dataclass(frozen=True)
class _Spans:
    """Intervals that do not overlap, sorted, each with its situation."""

    starts: list[float]
    found: list[tuple[float, int]]

    def at(self, need: int) -> tuple[int, Interval] | None:
        known = bisect_right(self.starts, need) - 1
        if known < 0 or need > self.found[known][0]:
            return None
        end, situation = self.found[known]
        return situation, (self.starts[known], end)

    def add(self, interval: Interval, situation: int) -> tuple[int, Interval]:
        at = bisect_right(self.starts, interval[0])
        self.starts.insert(at, interval[0])
        self.found.insert(at, (interval[1], situation))
        return situation, interval


def _heaviness(game: JointGame, member: int, reach: list[int]) -> float:
    """Members that can move any count most are asked first; they come out lowest."""
    return -max(
        (gain[-1] / total for gain, total in zip(game.gains[member], reach, strict=True) if total),
        default=0.0,
    )


def _held(need: int | None, rest: int) -> bool | None:
    """Whether a count is met or missed; None if that is open, or if it does not matter."""
    if need is None or 0 < need <= rest:
        return None
    return need <= 0


def _kept(needs: Needs, shape: Shape) -> Needs:
    matters = _open(shape)
    return tuple(need if number in matters else None for number, need in enumerate(needs))


@lru_cache(maxsize=100_000)
def _left(shape: Shape, held: tuple[bool | None, ...]) -> bool | Shape:
    """What is left of a formula once the settled counts are put in: its outcome, or a formula."""
    if len(shape) == 1:
        known = held[shape[0]]
        return shape if known is None else known
    word, parts = shape
    settles = word == "any"
    rest: list[Shape] = []
    for part in parts:
        inner = _left(part, held)
        if inner is settles:
            return settles
        if not isinstance(inner, bool):
            rest.append(inner)
    if not rest:
        return not settles
    return rest[0] if len(rest) == 1 else (word, tuple(rest))


@lru_cache(maxsize=100_000)
def _open(shape: bool | Shape) -> frozenset[int]:
    """The counts of a formula."""
    if isinstance(shape, bool):
        return frozenset()
    if len(shape) == 1:
        return frozenset(shape)
    return frozenset().union(*(_open(part) for part in shape[1]))


def _shape(formula: Formula, counts: list[Count]) -> Shape:
    """The formula with its counts numbered in the order in which they come."""
    if isinstance(formula, Count):
        counts.append(formula)
        return (len(counts) - 1,)
    word = "all" if isinstance(formula, All) else "any"
    assert isinstance(formula, All | Any)
    return word, tuple(_shape(part, counts) for part in formula.parts)


def _renumbered(shape: Shape, numbers: dict[int, int]) -> Shape:
    if len(shape) == 1:
        return (numbers[shape[0]],)
    return shape[0], tuple(_renumbered(part, numbers) for part in shape[1])


def _too_large(game: JointGame, most: int) -> UnsupportedError:
    return UnsupportedError(
        "The power of these members under a rule of several counts cannot be worked out within "
        f"the bound of {most:,} situations and {DEEPEST} members.",
        found=f"{game.players} members, {len(game.needs)} counts",
        mend="Round the weights, and say so.",
    )
