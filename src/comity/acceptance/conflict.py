"""What a conflict is: members between whom nothing passes, and what each objects to.

A set of members is a conflict if no draft passes even when everybody else supports everything
(conventions §14).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

TOO_WEAK, TOO_STRONG, REFUSED, WITHHELD = "too_weak", "too_strong", "refused", "withheld"


@dataclass(frozen=True, order=True)
class Objection:
    """One member's part in a conflict: on which side of the reversion, and to what.

    ``side`` is above or below, or the option refused; ``to`` is
    too_weak, too_strong, refused (an option) or withheld (no objection, but no support either).
    """

    actor: str
    side: str
    to: str


Conflict = tuple[Objection, ...]


def members_in(conflict: Conflict) -> int:
    """How many members a conflict has."""
    return len({objection.actor for objection in conflict})


@dataclass(frozen=True)
class ConflictCount:
    """In how many draws each set is a smallest conflict, and how many draws were not searched."""

    counts: Counter[Conflict]
    unsearched: int

    def __add__(self, other: ConflictCount) -> ConflictCount:
        return ConflictCount(self.counts + other.counts, self.unsearched + other.unsearched)
