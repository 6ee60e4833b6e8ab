"""What a party disclosed of its utility, as the set of all utilities that agree with it (§51).

A set is a product: values on each issue, interactions, weights. So the least that a change can be
worth is found part by part. Theory: docs/theory/text.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from comity.bargaining.problem import SAME, Bools, Floats, Ints
from comity.bargaining.ranks import centroid
from comity.dossier.picked import amounts, mask
from comity.dossier.quantity import AMOUNT, LARGEST, WORTH, Domain, Quantity
from comity.dossier.talks import COULD_LIVE_WITH, NO, YES, Issue, Light, Preference, Talks

Level = Literal["nothing", "order", "bands", "exact"]
LEVELS: tuple[Level, ...] = ("nothing", "order", "bands", "exact")
"""From the least to the most that a party may disclose."""

LOWEST, HIGHEST = 0.0, 100.0
"""Between these lie the values of a party that disclosed an order alone, whatever its numbers."""


@dataclass(frozen=True, eq=False)
class Worth:
    """What options are worth: each lies straight between two points whose worth is a range.

    ``low``, ``high``, ``middle`` have shape (points,); ``left``, ``right``, ``share`` (options,):
    the worth of an option is (1 − share) · left point + share · right point.
    """

    low: Floats
    high: Floats
    middle: Floats
    left: Ints
    right: Ints
    share: Floats

    @property
    def settled(self) -> bool:
        """Whether every point is certain."""
        return bool((self.low == self.high).all())

    def at_middle(self) -> Worth:
        """Every point at its median."""
        return replace(self, low=self.middle, high=self.middle)

    def of(self, points: Floats) -> Floats:
        """What the options are worth, given the points: shape (options,)."""
        mixed: Floats = (1.0 - self.share) * points[self.left] + self.share * points[self.right]
        return mixed

    def bounds(self) -> tuple[Floats, Floats]:
        """The least and the most that each option can be worth."""
        return self.of(self.low), self.of(self.high)

    def least_gain(self, start: int) -> Floats:
        """The least that moving from option ``start`` to each option can bring: (options,).

        v(b) − v(a) is linear in the points, so each stands at its low end where it adds and at
        its high end where it takes away; a point on which both options rest counts once.
        """
        low, high = self.bounds()
        least: Floats = low - high[start]
        for point in {int(self.left[start]), int(self.right[start])}:
            to, here = self._on(point), float(self._on(point)[start])
            apart = to * self.low[point] - here * self.high[point]
            both = to - here
            least += np.where(both >= 0, both * self.low[point], both * self.high[point]) - apart
        least[start] = 0.0
        return least

    def worst_points(self, start: int, end: int) -> Floats:
        """Points at which moving from ``start`` to ``end`` brings the least: shape (points,)."""
        falls = np.zeros(len(self.low))
        for option, sign in ((end, 1.0), (start, -1.0)):
            falls[self.left[option]] += sign * (1.0 - self.share[option])
            falls[self.right[option]] += sign * self.share[option]
        worst: Floats = np.where(falls > 0, self.low, np.where(falls < 0, self.high, self.middle))
        return worst

    def _on(self, point: int) -> Floats:
        """How far each option rests on a point."""
        left = np.where(self.left == point, 1.0 - self.share, 0.0)
        resting: Floats = left + np.where(self.right == point, self.share, 0.0)
        return resting


@dataclass(frozen=True, eq=False)
class Ordered:
    """An order of options: any worth from 0 to 100 that respects it.

    ``rank`` is a number per option, higher is better, and nothing but its order counts; ``same[o]``
    numbers those that are surely worth the same. Uncertain ones of equal rank are in no order.
    """

    rank: Floats
    same: Ints

    def least_gain(self, start: int) -> Floats:
        """The least that moving from option ``start`` to each option can bring: (options,)."""
        no_worse = (self.rank > self.rank[start] + SAME) | (self.same == self.same[start])
        return np.where(no_worse, 0.0, LOWEST - HIGHEST)

    def worst_pair(self, start: int, end: int) -> tuple[float, float]:
        """What the two options are worth where the move brings the least."""
        return HIGHEST, HIGHEST + float(self.least_gain(start)[end])


@dataclass(frozen=True, eq=False)
class Box:
    """Weights each within a range of its own: shape (issues,)."""

    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Order:
    """Groups of issues, those that matter most first; shares of 1 that never rise along them.

    Within a group nothing is known. Issues in no group carry no weight. ``scaled``: whether the
    weights are known to sum to 1; if not, only the sign of a gain is known.
    """

    groups: tuple[Ints, ...]
    scaled: bool = True


@dataclass(frozen=True, eq=False)
class Meeting:
    """An interaction: the options that meet, and the range of what that is worth."""

    name: str
    first: int
    second: int
    marked: Bools
    low: float
    high: float

    def change(self, start: Ints, rows: Ints) -> Ints:
        """1 where packages bring it about, −1 where they end it, else 0: shape (packages,)."""
        before = int(self.marked[start[self.first], start[self.second]])
        after: Ints = self.marked[rows[:, self.first], rows[:, self.second]].astype(np.int64)
        return after - before

    def least(self, change: Ints) -> Floats:
        """The least that such changes can be worth."""
        return np.where(change > 0, self.low, np.where(change < 0, -self.high, 0.0))


@dataclass(frozen=True, eq=False)
class Told:
    """All utilities of a party that agree with what it disclosed."""

    party: str
    level: Level
    worth: tuple[Worth | Ordered, ...]
    weights: Box | Order
    shares: bool
    meetings: tuple[Meeting, ...]

    def least_gain(self, issue: int, start: int) -> Floats:
        """The least that a move on one issue can bring, before weighting: (options,)."""
        least = self.worth[issue].least_gain(start)
        if self.level == "nothing":
            least = np.full(len(least), -np.inf)
            least[start] = 0.0
        return least


Settled = frozenset[tuple[str, Literal["weight", "values"]]]
"""What of a party's bands is taken for exact: an issue's weight, or the values on it."""


def told(
    talks: Talks, party: str, level: Level | None = None, settled: Settled = frozenset()
) -> Told:
    """What a party disclosed; ``level`` in place of what the dossier says it did."""
    held = talks.preferences[party]
    level = level or held.disclosed
    worth: list[Worth | Ordered] = []
    for name, issue in talks.issues.items():
        one = _worth(issue, held.issues[name], talks.parties, party)
        if level == "exact" or (name, "values") in settled:
            one = one.at_middle()
        worth.append(_ordered(one) if level == "order" else one)
    weights = _weights(talks, party, level, settled)
    meetings = _meetings(talks, party, level)
    return Told(party, level, tuple(worth), weights, talks.weights == "shares", meetings)


# --- values


def _worth(issue: Issue, held: Preference, parties: tuple[str, ...], party: str) -> Worth:
    labels = issue.labels(len(parties))
    if held.lights is not None:
        return _each([_light(held.lights[option]) for option in labels])
    if held.values is None and issue.divisible is not None:
        own = np.array(amounts(issue, parties, party))
        return _each([(x, x, x) for x in 100.0 * own / issue.divisible.total])
    if held.values is None:
        return _each([(0.0, 0.0, 0.0)] * len(labels))
    if issue.options is not None:
        return _each([_range(held.values[option], WORTH) for option in labels])
    at = amounts(issue, parties, party) if issue.grid is None else issue.grid.points
    return _between({float(x): _range(q, WORTH) for x, q in held.values.items()}, np.array(at))


Ends = tuple[float, float, float]
"""Lowest, highest and middle value of a quantity."""


def _light(light: Light) -> Ends:
    if light is Light.COULD_LIVE_WITH:
        low, high = COULD_LIVE_WITH
        return low, high, (low + high) / 2
    return (YES, YES, YES) if light is Light.YES else (NO, NO, NO)


def _range(quantity: Quantity, domain: Domain) -> Ends:
    """The ends of a quantity; a normal has none but those of its domain."""
    low, high = quantity.bounds
    top = min(domain.high, LARGEST)
    return max(low, domain.low), min(high, top), quantity.median(domain)


def _each(ends: list[Ends]) -> Worth:
    low, high, middle = (np.array(column, dtype=float) for column in zip(*ends, strict=True))
    places = np.arange(len(ends))
    return Worth(low, high, middle, places, places, np.zeros(len(ends)))


def _between(points: Mapping[float, Ends], at: Floats) -> Worth:
    """Straight between the points stated, level beyond them (conventions §40)."""
    known = np.array(sorted(points))
    ends = _each([points[float(x)] for x in known])
    right = np.clip(np.searchsorted(known, at, side="left"), min(1, len(known) - 1), len(known) - 1)
    left = np.maximum(right - 1, 0)
    width = np.where(right > left, known[right] - known[left], 1.0)
    share = np.clip((at - known[left]) / width, 0.0, 1.0)
    return Worth(ends.low, ends.high, ends.middle, left, right, share)


def _ordered(worth: Worth) -> Ordered:
    """The order of the medians; of the numbers behind it nothing else is known."""
    low, high = worth.bounds()
    rank = worth.of(worth.middle)
    return Ordered(rank, _surely_alike(worth, rank, high - low <= SAME))


def _surely_alike(worth: Worth, rank: Floats, certain: Bools) -> Ints:
    """A number for each option, the same for options that are worth the same whatever holds.

    Those are certain and equal, or rest on the same points in the same shares.
    """
    step = np.round(rank / SAME)
    keys = np.stack(
        [
            certain.astype(float),
            np.where(certain, step, worth.left),
            np.where(certain, 0.0, worth.right),
            np.where(certain, 0.0, worth.share),
        ],
        axis=1,
    )
    same: Ints = np.unique(keys, axis=0, return_inverse=True)[1].reshape(-1)
    return same


# --- weights


def _weights(talks: Talks, party: str, level: Level, settled: Settled) -> Box | Order:
    held = talks.preferences[party].issues
    ranks = {name: held[name].rank for name in talks.issues if held[name].rank is not None}
    known = {rank: value for rank, value in ranks.items() if value is not None}
    if level == "exact" and known:
        shares = centroid(known)
        exact = np.array([float(shares[k][0]) if k in shares else 0.0 for k in talks.issues])
        return Box(exact, exact)
    if known:
        matter = np.array([-float(known.get(name, np.inf)) for name in talks.issues])
        return Order(_grouped(matter, np.array([name in known for name in talks.issues])))
    ends = []
    for name in talks.issues:
        weight = held[name].weight
        assert weight is not None
        one = _range(weight, AMOUNT)
        exact_one = level == "exact" or (name, "weight") in settled
        ends.append((one[2], one[2], one[2]) if exact_one else one)
    low, high, middle = (np.array(column, dtype=float) for column in zip(*ends, strict=True))
    if level == "order":
        return Order(_grouped(middle, high > 0.0), talks.weights == "shares")
    return Box(low, high)


def _grouped(matter: Floats, counts: Bools) -> tuple[Ints, ...]:
    """Places of the issues that count, those that matter most first, equal ones together."""
    levels = sorted({float(x) for x in matter[counts]}, reverse=True)
    return tuple(np.flatnonzero(counts & (matter == level)) for level in levels)


# --- interactions


def _meetings(talks: Talks, party: str, level: Level) -> tuple[Meeting, ...]:
    order, found = list(talks.issues), []
    for name, both in talks.preferences[party].interactions.items():
        first, second = sorted(both.when, key=order.index)
        masks = [mask(talks.issues[k], talks.parties, both.when[k]) for k in (first, second)]
        low, high, middle = _range(both.worth, WORTH)
        if level == "exact":
            low = high = middle
        elif level in ("order", "nothing"):  # an order says nothing of interactions
            low, high = -np.inf, np.inf
        at = order.index(first), order.index(second)
        found.append(Meeting(name, *at, np.outer(*masks), low, high))
    return tuple(found)
