"""What is left of a problem once its limits are thought through: options, links, components."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from comity.bargaining.frontier.steps import Steps, steps
from comity.bargaining.problem import SAME, AtMost, Bools, Floats, Ints, Never, Problem

Forbidden = dict[int, Bools]
"""Issue to a mask over its options: no package may be marked on all of them."""


@dataclass(frozen=True, eq=False)
class Cap:
    """Whole amounts of options, by issue, whose sum may not pass the bound."""

    amounts: dict[int, Ints]
    bound: int


@dataclass(frozen=True, eq=False)
class Left:
    """A problem in whole steps with only those limits that still bind several issues.

    ``options[k]`` are the places of the options of issue k that no limit rules out by itself.
    ``possible`` is False if limits are seen to leave nothing.
    """

    steps: Steps
    options: tuple[Ints, ...]
    forbidden: tuple[Forbidden, ...]
    caps: tuple[Cap, ...]
    possible: bool

    @cached_property
    def components(self) -> list[list[int]]:
        """Issues that limits or interactions hold together, directly or by way of others."""
        groups = [{k} for k in range(len(self.options))]
        ties = [set(one) for one in self.forbidden] + [set(cap.amounts) for cap in self.caps]
        for tie in [*ties, *map(set, self.steps.pairs)]:
            joined = set().union(*(group for group in groups if group & tie))
            groups = [group for group in groups if not group & tie] + [joined]
        return sorted(sorted(group) for group in groups)


def left(problem: Problem) -> Left:
    """Limits on one issue struck out of its options, and those that cannot matter dropped."""
    options = [np.ones(size, dtype=bool) for size in problem.sizes]
    nevers = [never for limit in problem.limits for never in limit.never]
    sums = [cap for limit in problem.limits for cap in limit.at_most]
    while True:
        before = sum(int(mask.sum()) for mask in options)
        forbidden = _still_forbidden(nevers, options)
        caps = _still_capped(sums, options)
        empty = any(not mask.any() for mask in options)
        if forbidden is None or caps is None or empty:
            return Left(steps(problem), tuple(map(_places, options)), (), (), possible=False)
        if sum(int(mask.sum()) for mask in options) == before:
            kept = tuple(map(_places, options))
            return Left(steps(problem), kept, tuple(forbidden), tuple(caps), possible=True)


def _places(mask: Bools) -> Ints:
    return np.flatnonzero(mask).astype(np.int64)


def _still_forbidden(nevers: list[Never], options: list[Bools]) -> list[Forbidden] | None:
    """Combinations of two or more issues that are still forbidden; None: everything is.

    Strikes options that are forbidden by themselves.
    """
    found: list[Forbidden] = []
    for never in nevers:
        marked: Forbidden = {}
        for issue, mask in never.marked:
            marked[issue] = marked.get(issue, options[issue]) & mask
        if any(not mask.any() for mask in marked.values()):
            continue
        some = {k: mask for k, mask in marked.items() if (mask != options[k]).any()}
        if not some:
            return None
        if len(some) == 1:
            ((issue, mask),) = some.items()
            options[issue] = options[issue] & ~mask
        else:
            found.append(some)
    return found


def _still_capped(sums: list[AtMost], options: list[Bools]) -> list[Cap] | None:
    """Caps that may be passed and may be kept; None: one cannot be kept.

    Strikes options that use too much even if all others use the least.
    """
    found: list[Cap] = []
    for each in sums:
        cap = _cap(each)
        least = {k: int(amount[options[k]].min(initial=0)) for k, amount in cap.amounts.items()}
        room = cap.bound - sum(least.values())
        if room < 0:
            return None
        for k, amount in cap.amounts.items():
            options[k] = options[k] & (amount - least[k] <= room)
        spread = {k: amount - least[k] for k, amount in cap.amounts.items()}
        varies = {k: amount for k, amount in spread.items() if amount[options[k]].any()}
        if sum(int(amount[options[k]].max()) for k, amount in varies.items()) > room:
            found.append(Cap(varies, room))
    return found


def _cap(cap: AtMost) -> Cap:
    """A cap in whole steps, as fine as floats of its size are; its bound with the tolerance."""
    amounts: dict[int, Floats] = {}
    for issue, amount in cap.amounts:
        amounts[issue] = amounts[issue] + amount if issue in amounts else amount
    bound = cap.bound + SAME * max(1.0, abs(cap.bound))
    size = abs(bound) + sum(float(np.abs(amount).max()) for amount in amounts.values())
    scale = 10.0 ** (16 - np.ceil(np.log10(max(size, 1e-300))))
    scale = min(scale, 1e15)
    whole = {k: np.rint(amount * scale).astype(np.int64) for k, amount in amounts.items()}
    return Cap(whole, int(np.floor(bound * scale)))
