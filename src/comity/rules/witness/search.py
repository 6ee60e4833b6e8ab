"""The patterns of covering sets of one size: found one by one, or counted.

A search decides kind by kind how many of it a set takes, the strongest kinds first, and gives up
where the seats left cannot reach the needs. With one count to a way that test is exact, so every
branch followed ends in a set. With several it may fail late; the work on one size is bounded,
and what is not settled within the bound is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import comb
from operator import le
from typing import TypeAlias

from comity.rules.witness.cover import Front, Pattern, Problem
from comity.rules.witness.relax import proposals

MOST_STEPS = 50_000
"""Steps of a search for one size before it is given up."""

MOST_COUNTED = 20_000
"""Steps of a count before it is given up."""

FEW_STEPS = 2_000
"""Steps of a search before another method is asked to propose a set."""

State: TypeAlias = tuple[tuple[int, Front], ...]
"""For each way not yet out of reach, the sums that the seats taken so far can reach."""


class TooLongError(Exception):
    """More steps than the bound."""


def start(problem: Problem) -> State:
    return tuple((number, way.start) for number, way in enumerate(problem.ways))


def covered(problem: Problem, state: State) -> bool:
    return any(problem.ways[number].covered(front) for number, front in state)


def step(problem: Problem, state: State, kind: int, taken: int, left: int) -> State | None:
    """The state after so many of a kind, with so many seats left to take; None: it covers."""
    after = []
    for number, front in state:
        way = problem.ways[number]
        moved = way.add(front, kind, taken)
        if taken and way.covered(moved):
            return None
        hopeful = way.hopeful(moved, kind + 1, left) if left else ()
        if hopeful:
            after.append((number, hopeful))
    return tuple(after)


def proposed(problem: Problem) -> Pattern | None:
    """The smallest set that a programme in whole numbers proposes, if it covers; else None."""
    several = (way for way in problem.ways if len(way.needs) > 1)
    found = (
        pattern
        for way in several
        for pattern in proposals(way.needs, way.options, way.sizes)
        if all(map(le, pattern, problem.sizes)) and way.covers(pattern)
    )
    return min(found, key=sum, default=None)


@dataclass
class _Branch:
    """A kind to decide on, and how many of it are tried next."""

    kind: int
    left: int
    state: State
    taken: int
    fruitful: bool = False


def patterns(problem: Problem, size: int, most: int | None = None) -> Iterator[Pattern]:
    """Patterns of this many seats that cover, and of which not the first seats alone do.

    Among them is every pattern of which no part covers, so for the smallest size these are all.
    Raises ``TooLongError`` after ``most`` steps.
    """
    if size == 0 or not problem.kinds:
        if size == 0 and covered(problem, start(problem)):
            yield (0,) * len(problem.kinds)
        return
    if covered(problem, start(problem)):
        return
    chosen = [0] * len(problem.kinds)
    barren: set[tuple[int, int, State]] = set()
    branches = [_Branch(0, size, start(problem), min(size, problem.sizes[0]))]
    steps = 0
    while branches:
        here = branches[-1]
        if here.taken < 0:
            _close(branches, barren)
            chosen[here.kind] = 0
            continue
        chosen[here.kind] = taken = here.taken
        here.taken -= 1
        steps += 1
        if most is not None and steps > most:
            raise TooLongError
        left, kind = here.left - taken, here.kind + 1
        after = step(problem, here.state, here.kind, taken, left)
        if after is None:
            if left == 0:
                here.fruitful = True
                yield tuple(chosen)
        elif after and kind < len(chosen) and (kind, left, after) not in barren:
            branches.append(_Branch(kind, left, after, min(left, problem.sizes[kind])))


def _close(branches: list[_Branch], barren: set[tuple[int, int, State]]) -> None:
    """Leave a branch; one that bore nothing need not be entered again."""
    done = branches.pop()
    if not done.fruitful:
        barren.add((done.kind, done.left, done.state))
    elif branches:
        branches[-1].fruitful = True


def number_of_sets(problem: Problem, size: int, most: int = MOST_COUNTED) -> int:
    """How many sets of this many seats cover, where no smaller ones do.

    Ways to the same state are added up. Raises ``TooLongError`` after ``most`` steps.
    """
    first = start(problem)
    if covered(problem, first):
        return comb(sum(problem.sizes), size)
    states: dict[tuple[int, State], int] = {(size, first): 1}
    after_kind = [*accumulate(problem.sizes[::-1], initial=0)][-2::-1]
    total = steps = 0
    for kind, held in enumerate(problem.sizes):
        later: dict[tuple[int, State], int] = {}
        for (left, state), ways in states.items():
            for taken in range(min(left, held) + 1):
                steps += 1
                if steps > most:
                    raise TooLongError
                times = ways * comb(held, taken)
                after = step(problem, state, kind, taken, left - taken)
                if after is None:
                    total += times * comb(after_kind[kind], left - taken)
                elif after:
                    key = (left - taken, after)
                    later[key] = later.get(key, 0) + times
        states = later
    return total
