"""Contested issues, and each party's range over them (conventions §46).

A share of one's own best must not rest on issues about which nobody quarrels: those are held at
the option that is best for all, and what is left has a best and a worst for each party.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from math import prod

import numpy as np

from comity.bargaining.problem import SAME, Floats, Ints, Package, Problem

MOST_LISTED = 200_000
"""Packages of one group of linked issues that are listed; larger groups are searched."""

Held = Mapping[int, int]
"""Issues held at an option, both by their place."""


def uncontested(problem: Problem) -> dict[int, int]:
    """Issues with an option that is best for every party, and that option (the first such one).

    Issues that stand in any limit or interaction are contested, whatever their options.
    """
    bound = _bound(problem)
    best = {
        issue: np.flatnonzero(np.all(worth >= worth.max(axis=0) - SAME, axis=1))
        for issue, worth in enumerate(problem.worth)
        if issue not in bound
    }
    return {issue: int(options[0]) for issue, options in best.items() if len(options)}


def contested(problem: Problem) -> tuple[str, ...]:
    """Names of the contested issues, in order."""
    held = uncontested(problem)
    return tuple(name for issue, name in enumerate(problem.issues) if issue not in held)


def holding(problem: Problem, held: Held) -> Problem:
    """The problem with some issues, in no limit and no interaction, held at one option each."""
    kept = [
        (held[issue],) if issue in held else tuple(range(size))
        for issue, size in enumerate(problem.sizes)
    ]
    return replace(
        problem,
        options=tuple(
            tuple(names[place] for place in places)
            for names, places in zip(problem.options, kept, strict=True)
        ),
        worth=tuple(worth[list(places)] for worth, places in zip(problem.worth, kept, strict=True)),
    )


def restored(package: Package, held: Held) -> Package:
    """A package of the problem with issues held, as one of the whole problem."""
    return tuple(held.get(issue, place) for issue, place in enumerate(package))


def ranges(problem: Problem) -> tuple[Floats, Floats] | None:
    """Each party's worst and best over the allowed packages, two arrays (parties,).

    None if no package is allowed. Steps: issues in no limit and no interaction add their own worst
    and best; issues that limits or interactions tie together are listed group by group, or, where
    there are too many packages for that, searched by the frontier of one party.
    """
    least, most = np.zeros(len(problem.parties)), np.zeros(len(problem.parties))
    tied = groups(problem)
    for issue in set(range(len(problem.issues))) - {issue for group in tied for issue in group}:
        least += problem.worth[issue].min(axis=0)
        most += problem.worth[issue].max(axis=0)
    for group in tied:
        found = _group_range(only(problem, group))
        if found is None:
            return None
        least, most = least + found[0], most + found[1]
    return least, most


def groups(problem: Problem) -> list[tuple[int, ...]]:
    """Issues tied together by limits and interactions, group by group; others are in none."""
    found: list[set[int]] = []
    for ties in _ties(problem):
        touched = [group for group in found if group & ties]
        found = [group for group in found if not group & ties]
        found.append(ties.union(*touched))
    return [tuple(sorted(group)) for group in found]


def only(problem: Problem, issues: tuple[int, ...]) -> Problem:
    """The part of a problem that concerns a group of issues from ``groups``."""
    place = {issue: k for k, issue in enumerate(issues)}
    return replace(
        problem,
        issues=tuple(problem.issues[issue] for issue in issues),
        options=tuple(problem.options[issue] for issue in issues),
        worth=tuple(problem.worth[issue] for issue in issues),
        interactions=tuple(
            replace(both, first=place[both.first], second=place[both.second])
            for both in problem.interactions
            if both.first in place
        ),
        limits=tuple(
            replace(
                limit,
                never=tuple(
                    replace(never, marked=tuple((place[k], mask) for k, mask in never.marked))
                    for never in limit.never
                    if all(k in place for k, _ in never.marked)
                ),
                at_most=tuple(
                    replace(cap, amounts=tuple((place[k], each) for k, each in cap.amounts))
                    for cap in limit.at_most
                    if all(k in place for k, _ in cap.amounts)
                ),
            )
            for limit in problem.limits
        ),
    )


def _group_range(part: Problem) -> tuple[Floats, Floats] | None:
    if prod(part.sizes) > MOST_LISTED:
        return _searched(part)
    packages: Ints = np.indices(part.sizes).reshape(len(part.sizes), -1).T
    utilities = part.utilities(packages[part.allowed(packages)])
    return (utilities.min(axis=0), utilities.max(axis=0)) if len(utilities) else None


def _searched(part: Problem) -> tuple[Floats, Floats] | None:
    ends = np.zeros((2, len(part.parties)))
    for (row, sign), party in product(enumerate((-1.0, 1.0)), range(len(part.parties))):
        most = _most(_of_one(part, party, sign))
        if most is None:
            return None
        ends[row, party] = sign * most
    return ends[0], ends[1]


def _most(alone: Problem) -> float | None:
    """The most that a single party can have, by an integer programme."""
    from comity.bargaining.highest import highest

    found = highest(alone, [1.0])
    return None if found is None else found.value


def _of_one(problem: Problem, party: int, sign: float) -> Problem:
    """The problem as one party alone sees it; with sign −1, turned upside down."""
    return replace(
        problem,
        parties=(problem.parties[party],),
        worth=tuple(sign * worth[:, [party]] for worth in problem.worth),
        reservation=problem.reservation[[party]],
        divisors=problem.divisors[[party]],
        interactions=tuple(
            replace(both, worth=sign * both.worth[:, :, [party]]) for both in problem.interactions
        ),
    )


def _ties(problem: Problem) -> list[set[int]]:
    """Sets of issues that one limit or one interaction concerns."""
    pairs = [{both.first, both.second} for both in problem.interactions]
    for limit in problem.limits:
        pairs += [{issue for issue, _ in never.marked} for never in limit.never]
        pairs += [{issue for issue, _ in cap.amounts} for cap in limit.at_most]
    return pairs


def _bound(problem: Problem) -> set[int]:
    return set().union(*_ties(problem))
