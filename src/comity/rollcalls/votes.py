"""Recorded votes: roll calls, and how each member answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from comity.errors import Place


class Vote(IntEnum):
    """How a member answered; yes, abstain and no lie in this order on one line."""

    UNRECORDED = -2
    ABSENT = -1
    NO = 0
    ABSTAIN = 1
    YES = 2

    @property
    def label(self) -> str:
        return self.name.lower()


CAST = (Vote.YES, Vote.ABSTAIN, Vote.NO)
"""The answers that count; absent and unrecorded members gave none (conventions §6)."""

WORDS = {
    "yes": Vote.YES,
    "y": Vote.YES,
    "yea": Vote.YES,
    "aye": Vote.YES,
    "for": Vote.YES,
    "in favour": Vote.YES,
    "in favor": Vote.YES,
    "support": Vote.YES,
    "no": Vote.NO,
    "n": Vote.NO,
    "nay": Vote.NO,
    "against": Vote.NO,
    "object": Vote.NO,
    "abstain": Vote.ABSTAIN,
    "abstains": Vote.ABSTAIN,
    "abstained": Vote.ABSTAIN,
    "abstention": Vote.ABSTAIN,
    "stand aside": Vote.ABSTAIN,
    "absent": Vote.ABSENT,
    "not voting": Vote.ABSENT,
    "not participating": Vote.ABSENT,
    "did not vote": Vote.ABSENT,
}
"""Words for votes in files, in any case. Numbers are refused: data sets code them differently."""


@dataclass(frozen=True)
class RollCall:
    """One question put to the vote."""

    id: str
    year: int | None = None
    on: date | None = None
    title: str = ""
    titled: bool = False
    """Whether the title names the matter; else it is the last that was said before the vote."""
    resolution: str = ""
    text: str = ""
    """All that the files say of it, in which a subject is looked for."""
    outcome: bool | None = None
    """Whether it was adopted, as recorded; None if the files do not say."""
    procedure: str = ""
    """The procedure by which it was decided, if the files say so."""


@dataclass(frozen=True, eq=False)
class RollCalls:
    """Roll calls in the order of their files, and the vote of each member in each.

    ``votes`` is ``[roll call, member]`` in the codes of :class:`Vote`; ``lines`` has the line of
    the file in which a vote stands, 0 where there is none, and ``from_file`` which file that is.
    """

    calls: tuple[RollCall, ...]
    members: tuple[str, ...]
    names: Mapping[str, str]
    votes: NDArray[np.int8]
    lines: NDArray[np.int32]
    from_file: NDArray[np.int32]
    files: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())
    """What the reader should know about the files."""

    def place(self, call: int, member: int) -> Place:
        """Where a vote stands."""
        file = self.files[self.from_file[call, member]]
        return Place(file=file, line=int(self.lines[call, member]) or None)

    def of(self, member: str) -> NDArray[np.int8]:
        """The votes of one member, in the order of the roll calls."""
        return np.asarray(self.votes[:, self.members.index(member)])

    def chosen(self, which: Sequence[int] | NDArray[np.intp]) -> RollCalls:
        """Some of the roll calls, by their places in order."""
        rows = np.asarray(which, dtype=np.intp)
        return RollCalls(
            calls=tuple(self.calls[row] for row in rows),
            members=self.members,
            names=self.names,
            votes=self.votes[rows],
            lines=self.lines[rows],
            from_file=self.from_file[rows],
            files=self.files,
            notes=self.notes,
        )

    def between(self, since: int | None = None, until: int | None = None) -> RollCalls:
        """Roll calls of some years, both included; those without a year only if all are asked."""
        if since is None and until is None:
            return self
        first = -np.inf if since is None else since
        last = np.inf if until is None else until
        return self.chosen(
            [
                row
                for row, call in enumerate(self.calls)
                if call.year is not None and first <= call.year <= last
            ]
        )

    def about(self, terms: Sequence[str]) -> RollCalls:
        """Roll calls whose files mention any of these terms, in any case."""
        sought = [term.casefold() for term in terms]
        return self.chosen(
            [
                row
                for row, call in enumerate(self.calls)
                if any(term in call.text.casefold() for term in sought)
            ]
        )
