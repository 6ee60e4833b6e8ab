"""The pivots of a rule on a line: the two members on whom hangs what can pass.

The *upper pivot* p⁺ is the highest ideal such that those who want as much or more carry the rule
against all others; the *lower pivot* p⁻ the lowest ideal such that those who want as much or less
do. Under simple majority both are the median, under consensus p⁺ is the lowest ideal and p⁻ the
highest. With single-peaked preferences and a monotone rule everything follows from the two
(conventions §57): a text is pushed up as long as it lies below p⁺, and down as long as it lies
above p⁻; against a reversion r the rule passes what lies between r and 2p⁺ − r, if p⁺ > r, and
between 2p⁻ − r and r, if p⁻ < r.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from comity.acceptance.stances import TIE, TOP
from comity.dossier import Batch
from comity.dossier.quantity import Floats
from comity.forecast.profile import profile
from comity.forecast.sincere import Bools, Voting, voting


@dataclass(frozen=True)
class Pivots:
    """The pivots in every draw, shape (n,); −∞ and ∞ where nothing can be pushed that way."""

    upper: Floats
    lower: Floats

    def winset(self, reversion: Floats) -> tuple[Floats, Floats]:
        """The ends of what passes against the reversion, which lies between them; both (n,).

        Texts strictly between the ends pass, but the reversion itself; at an end the pivot is
        indifferent. Where an end is the reversion nothing passes on that side.
        """
        low = np.where(self.lower < reversion, 2.0 * self.lower - reversion, reversion)
        high = np.where(self.upper > reversion, 2.0 * self.upper - reversion, reversion)
        return np.maximum(low, 0.0), np.minimum(high, TOP)

    def core(self) -> tuple[Floats, Floats]:
        """The lowest and the highest text that no other text beats; crossed where there is none."""
        return np.maximum(self.upper, 0.0), np.minimum(self.lower, TOP)


def pivots(batch: Batch, item: str) -> Pivots:
    """The pivots of an item on a scale under its own procedure."""
    held = profile(batch, item)
    return pivots_of(held.ideals, voting(batch, item, held.saliences))


def pivots_of(ideals: Floats, table: Voting) -> Pivots:
    """The pivots of members with these ideals, shape (n, M), at a table."""
    return Pivots(_upper(ideals, table.carries), -_upper(-ideals, table.carries))


def _upper(ideals: Floats, carries: Callable[[Bools], Bools]) -> Floats:
    """The highest ideal whose holder and those above carry the rule, −∞ if none; shape (n,).

    The lower the ideal the more support it, so the place among the sorted ideals is found by
    halving; members within the tolerance of one another go together.
    """
    ranked = np.sort(ideals, axis=1)
    draws, members = np.arange(len(ideals)), ideals.shape[1]
    found = np.full(len(ideals), -1)
    beyond = np.full(len(ideals), members)  # the lowest place known not to carry
    while (beyond - found > 1).any():
        middle = np.clip((found + beyond) // 2, 0, members - 1)
        carried = carries(ideals >= ranked[draws, middle][:, None] - TIE)
        found = np.where(carried, np.maximum(found, middle), found)
        beyond = np.where(carried, beyond, np.minimum(beyond, middle))
    return np.where(found < 0, -np.inf, ranked[draws, np.maximum(found, 0)])
