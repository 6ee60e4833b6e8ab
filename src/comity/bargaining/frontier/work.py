"""How far the work has come, how much may be kept, and how much of ε is spent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from comity.bargaining.problem import Floats, Ints
from comity.errors import TooLargeError

Tell = Callable[[float], None]
"""What is told the share of the work that is done, from 0 to 1."""

ROOMY = 20_000
"""Where no more sums than this are to be compared, ε is not drawn upon."""

LONGEST = 10**11
"""More sums than this are not compared in one addition: it would take an hour."""

EFFORT = 4 * 10**9
"""Comparisons made for one frontier unless said otherwise: about a minute of computing."""

STATE = 15_000
"""How many comparisons take as long as the handling of one state of linked issues."""

LONG = 10**6
"""A loop over more sums than this runs beside, so that an interrupt can end the wait for it."""


def untold(_: float) -> None:
    """Nobody wants to know."""


@dataclass(eq=False)
class Work:
    """The work on one frontier: so many additions, each keeping at most ``most`` sums.

    ``effort`` is how many comparisons there may be in all; counted, not timed, so that the same
    talks are refused on every machine.

    ``allowance`` (parties,) is ε in whole steps. It is spent over the additions: what one leaves
    out is worse by its slack at most, and slacks add up.
    """

    additions: int
    most: int
    allowance: Ints
    tell: Tell
    effort: int = EFFORT
    done: int = 0
    compared: int = 0
    spent: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        self.spent = np.zeros_like(self.allowance)

    def slack(self, candidates: int, width: int) -> Ints:
        """By how much sums may be thinned out in the next addition: shape (width,).

        Raises TooLargeError if there is too much to compare.
        """
        if candidates > LONGEST:
            raise self.refuse(f"{candidates:.0e} sums would have to be compared")
        slack = np.zeros(width, dtype=np.int64)
        share = (self.allowance - self.spent) // max(1, self.additions - self.done)
        if candidates > ROOMY and (share > 0).all():
            slack[: len(share)] = share
        return slack

    def compare(self, count: int) -> None:
        """So many comparisons are made, or about to be; raises TooLargeError if too many."""
        self.compared += count
        if self.compared > self.effort:
            raise self.refuse(f"more than {self.effort:.0e} comparisons are needed")

    def within(self, share: float) -> None:
        """So much of the addition under way is done."""
        self.tell(min(1.0, (self.done + share) / self.additions))

    def added(self, slack: Ints, *, thinned: bool) -> None:
        """An addition is done; its slack was used or not."""
        if thinned:
            self.spent += slack[: len(self.spent)]
        self.done += 1
        self.within(0.0)

    def refuse(self, why: str = "") -> TooLargeError:
        """What to say when more would have to be kept than may be, or for another reason."""
        why = why or f"more than {self.most:,} partial packages are undominated"
        return TooLargeError(
            f"The frontier is too large: {why}, with {self.done} of {self.additions} additions of "
            "issues done.",
            mend="allow an approximation (epsilon, in points of utility), ask only for packages "
            "above what each party must have, take in fewer issues or options, or ask for the "
            "solutions alone.",
        )

    def epsilon(self, per_point: Floats) -> float:
        """What was spent of ε, in points of utility: how much worse a listed point may be."""
        return float((self.spent / per_point).max(initial=0.0))
