"""What a party is sure to gain by a change of text, and the utility that makes it gain least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.bargaining.problem import Bools, Floats, Ints, Package
from comity.bargaining.text.told import Level, Ordered, Told, told
from comity.bargaining.text.weighing import least, worst_weights
from comity.dossier.talks import Talks


@dataclass(frozen=True)
class Witness:
    """A utility that agrees with what was disclosed, and at which the change is worth least.

    ``weights``: issue to weight (shares of 1 where utility is shared out); ``values``: changed
    issue to the worth of its option before and after; ``interactions``: what those touched add.
    """

    weights: Mapping[str, float]
    values: Mapping[str, tuple[float, float]]
    interactions: Mapping[str, float]

    @property
    def gain(self) -> float:
        """What the change is worth under this utility."""
        moved = sum(
            self.weights[issue] * (after - before) for issue, (before, after) in self.values.items()
        )
        return float(moved + sum(self.interactions.values()))


@dataclass(frozen=True)
class Guarantee:
    """The least that a change can be worth to a party, given what it disclosed (§51).

    ``gain`` is in points of its utility; −∞: nothing is sure, for the reason ``why``.
    """

    party: str
    disclosed: Level
    gain: float
    witness: Witness | None
    why: str = ""


def guaranteed_gain(talks: Talks, party: str, before: Package, after: Package) -> Guarantee:
    """min over all utilities in keeping with what a party disclosed of u(after) − u(before).

    Packages as places of options, ``before`` and ``after`` the change.
    """
    return guarantee(told(talks, party), tuple(talks.issues), before, after)


def guarantee(
    disclosed: Told, issues: tuple[str, ...], before: Package, after: Package
) -> Guarantee:
    """The same of a disclosure already read."""
    start, rows = np.array(before), np.array([after])
    deltas = np.array(
        [disclosed.least_gain(k, a)[b] for k, (a, b) in enumerate(zip(before, after, strict=True))]
    )
    gain = float(sure_gains(disclosed, deltas[None, :], start, rows)[0])
    if gain == -np.inf:
        return Guarantee(disclosed.party, disclosed.level, gain, None, _why(disclosed, start, rows))
    return Guarantee(
        disclosed.party, disclosed.level, gain, _witness(disclosed, issues, deltas, start, rows[0])
    )


def sure_gains(disclosed: Told, deltas: Floats, start: Ints, rows: Ints) -> Floats:
    """Guaranteed gains of many changes: least gains (changes, issues) to (changes,)."""
    unsure: Bools = np.any(np.isneginf(deltas), axis=1)
    weighed = least(np.where(unsure[:, None], 0.0, deltas), disclosed.weights, disclosed.shares)
    for meeting in disclosed.meetings:
        weighed = weighed + meeting.least(meeting.change(start, rows))
    return np.where(unsure, -np.inf, weighed)


def _why(disclosed: Told, start: Ints, rows: Ints) -> str:
    if disclosed.level == "nothing":
        return "it has disclosed nothing, so only what stays as it is is safe"
    if any(meeting.change(start, rows)[0] for meeting in disclosed.meetings):
        return "an order does not say what options are worth together"
    return "without a scale of weights an order of issues cannot say how large a loss may be"


def _witness(
    disclosed: Told, issues: tuple[str, ...], deltas: Floats, start: Ints, row: Ints
) -> Witness:
    weights = worst_weights(deltas, disclosed.weights, disclosed.shares)
    values, met = {}, {}
    for place in np.flatnonzero(start != row):
        values[issues[place]] = _worst_pair(
            disclosed, int(place), int(start[place]), int(row[place])
        )
    for meeting in disclosed.meetings:
        change = meeting.change(start, row[None, :])
        if change[0]:
            met[meeting.name] = float(meeting.least(change)[0])
    return Witness(dict(zip(issues, map(float, weights), strict=True)), values, met)


def _worst_pair(disclosed: Told, issue: int, before: int, after: int) -> tuple[float, float]:
    """What the options before and after are worth where the move brings the least."""
    worth = disclosed.worth[issue]
    if isinstance(worth, Ordered):
        return worth.worst_pair(before, after)
    each = worth.of(worth.worst_points(before, after))
    return float(each[before]), float(each[after])
