"""The smallest sets of members that answer a question: one, how many, and the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeAlias

from frozendict import frozendict

from comity.dossier.response import Response
from comity.rules.witness.cover import Pattern, Problem
from comity.rules.witness.search import (
    FEW_STEPS,
    MOST_STEPS,
    TooLongError,
    number_of_sets,
    patterns,
    proposed,
)

Seats: TypeAlias = tuple[int, ...]
"""Positions of members in the row of responses, in seat order."""


def _unasked(_: Seats) -> Mapping[int, Response]:
    return frozendict()


@dataclass(frozen=True, eq=False)
class Smallest:
    """The smallest sets of seats that answer a question.

    Iterating gives them one by one, the one of ``one`` first; ``minimal`` goes on to larger sets
    of which no member can be spared. Neither is bounded: under rules with several weighted counts
    the next set may take long.
    """

    problem: Problem
    answers: Callable[[Seats], Mapping[int, Response]] = _unasked

    @cached_property
    def _found(self) -> tuple[Pattern | None, int | None]:
        """The first pattern, and the first size that was given up on."""
        doubtful: int | None = None
        known: Pattern | None = None
        for size in _sizes(self.problem):
            try:
                found = next(patterns(self.problem, size, FEW_STEPS), None)
            except TooLongError:
                known = known or proposed(self.problem)
                if known is not None and sum(known) <= size:
                    return known, doubtful
                try:
                    found = next(patterns(self.problem, size, MOST_STEPS), None)
                except TooLongError:
                    doubtful = size if doubtful is None else doubtful
                    continue
            if found is not None:
                return found, doubtful
        return known, doubtful

    @property
    def size(self) -> int | None:
        """Seats of a smallest set; None: no set answers the question."""
        pattern = self._found[0]
        return None if pattern is None else sum(pattern)

    @property
    def proved(self) -> bool:
        """Whether it is certain that no smaller set does; else the search was given up."""
        return self._found[1] is None

    @property
    def at_least(self) -> int | None:
        """A size that is certain to be needed; the size itself where that is proved."""
        return self.size if self.proved else self._found[1]

    @cached_property
    def one(self) -> Seats:
        """A smallest set; empty if none is needed, and if no set does."""
        pattern = self._found[0]
        return () if pattern is None else next(_sets(self.problem, pattern))

    @cached_property
    def moves(self) -> Mapping[int, Response]:
        """What each member of ``one`` answers for it to be so."""
        return self.moves_of(self.one)

    def moves_of(self, seats: Seats) -> Mapping[int, Response]:
        """The same for another set that ``minimal`` gives."""
        return frozendict(self.answers(seats))

    @cached_property
    def number(self) -> int | None:
        """How many smallest sets there are.

        None where none is proved smallest, or where counting takes more than ``MOST_COUNTED``
        steps.
        """
        size = self.size
        if not self.proved:
            return None
        if size is None:
            return 0
        try:
            return number_of_sets(self.problem, size)
        except TooLongError:
            return None

    def __iter__(self) -> Iterator[Seats]:
        if self.size is not None:
            yield from self._of_size(self.size)

    def minimal(self) -> Iterator[Seats]:
        """All sets of which no member can be spared, in order of size; without a bound on work."""
        for size in _sizes(self.problem):
            yield from self._of_size(size)

    def _of_size(self, size: int) -> Iterator[Seats]:
        first = self._found[0] if size == self.size else None
        if first is not None:
            yield from _sets(self.problem, first)
        for pattern in patterns(self.problem, size):
            if pattern != first and not _idle(self.problem, pattern):
                yield from _sets(self.problem, pattern)


def _sizes(problem: Problem) -> range:
    if problem.least is None:
        return range(0)
    return range(problem.least, sum(problem.sizes) + 1)


def _idle(problem: Problem, pattern: Pattern) -> bool:
    """Whether some seat could be spared."""
    return any(
        number and problem.covers((*pattern[:kind], number - 1, *pattern[kind + 1 :]))
        for kind, number in enumerate(pattern)
    )


def _sets(problem: Problem, pattern: Pattern) -> Iterator[Seats]:
    """The sets of a pattern; the seats that are named first come first."""
    taken = [(kind, number) for kind, number in zip(problem.kinds, pattern, strict=True) if number]

    def further(place: int, held: Seats) -> Iterator[Seats]:
        if place == len(taken):
            yield tuple(sorted(held))
            return
        kind, number = taken[place]
        for chosen in combinations(kind, number):
            yield from further(place + 1, held + chosen)

    return further(0, ())
