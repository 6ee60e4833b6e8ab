"""Replay: recorded votes put to the rule of a charter, and what it makes of them.

Where outcomes are recorded too they are compared. Vetoers that a table names encode the outcome,
so agreement on tallies tests that nothing broke (a regression test); votes by member are evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from frozendict import frozendict

from comity.errors import Place
from comity.rollcalls.seats import also_known_as
from comity.rollcalls.tallies import Join, VetoEntry


@dataclass(frozen=True)
class Replayed:
    """One vote, and what the rule makes of it."""

    place: Place
    id: str
    title: str
    meeting: str
    year: int | None
    on: date | None
    charter: str
    procedure: str
    yes: int
    no: int
    abstain: int
    vetoers: tuple[str, ...]
    """Holders of a veto that voted against."""
    adopted: bool | None
    """What the rule says; None if that turns on what the file does not tell."""
    outcome: bool | None
    """What was recorded; None if nothing was."""
    missed: tuple[str, ...] = ()
    """Parts of the rule that were not met, each as a sentence."""
    by_veto: bool = False
    """Not adopted, and nothing but the veto stood in the way."""
    why: str = ""
    """The same in a few words: ``too few votes and a veto``; empty if it was not refused."""
    hint: str = ""

    @property
    def vetoer_names(self) -> tuple[str, ...]:
        """The vetoers by the names of their seats."""
        return tuple(also_known_as(seat)[-1] for seat in self.vetoers)

    @property
    def compared(self) -> bool:
        return self.adopted is not None and self.outcome is not None

    @property
    def agrees(self) -> bool:
        return self.compared and self.adopted == self.outcome


@dataclass(frozen=True)
class VetoCheck:
    """Draft by draft: what votes by member say was vetoed, and what a table of vetoes says."""

    confirmed: tuple[Replayed, ...]
    """Derived, and listed with the same vetoers."""
    other_vetoers: tuple[Replayed, ...]
    """Derived, and listed with others."""
    unlisted: tuple[Replayed, ...]
    """Derived, and not listed."""
    underived: tuple[VetoEntry, ...]
    """Listed, and among the drafts of the file, but not derived."""


@dataclass(frozen=True)
class Replay:
    """All votes of some files under one procedure."""

    kind: str
    """``tallies`` or ``members``."""
    charter: str
    procedure: str
    rules: Mapping[str, str]
    """Charter in force and procedure to the rule as a sentence."""
    rows: tuple[Replayed, ...]
    without_tally: Mapping[str, tuple[Place, ...]] = frozendict()
    """Rows without a tally, by what the file says instead."""
    join: Join | None = None
    check: VetoCheck | None = None
    notes: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    """Facts that a rule names, and of which nobody says whether they hold."""

    @property
    def compared(self) -> tuple[Replayed, ...]:
        """Rows in which the rule says something and an outcome is recorded."""
        return tuple(row for row in self.rows if row.compared)

    @property
    def agreement(self) -> float | None:
        """Share of those in which the two agree; None if there are none."""
        compared = self.compared
        return sum(row.agrees for row in compared) / len(compared) if compared else None

    @property
    def mismatches(self) -> tuple[Replayed, ...]:
        return tuple(row for row in self.compared if not row.agrees)

    @property
    def encodes_outcome(self) -> bool:
        """Whether vetoers are named from the outcome, and not derived from the votes."""
        return self.kind == "tallies" and any(row.vetoers for row in self.rows)

    @property
    def vetoed(self) -> tuple[Replayed, ...]:
        """Rows that nothing but a veto kept from being adopted."""
        return tuple(row for row in self.rows if row.by_veto)

    @property
    def by_charter(self) -> Mapping[str, int]:
        """Charter in force to the number of rows."""
        return dict(Counter(row.charter for row in self.rows))

    @property
    def says(self) -> Mapping[str, int]:
        """What the rule says, to the number of rows."""
        words = {True: "adopted", False: "not_adopted", None: "undetermined"}
        found = Counter(words[row.adopted] for row in self.rows)
        return {word: found[word] for word in words.values()}

    @property
    def why_not(self) -> Mapping[str, int]:
        """Parts of the rule that were missed together, to the number of rows not adopted."""
        return dict(Counter(" ".join(r.missed) for r in self.rows if r.adopted is False))

    @property
    def why_in_short(self) -> Mapping[str, int]:
        """The same in a few words, the most frequent first."""
        return dict(Counter(r.why for r in self.rows if r.adopted is False).most_common())


def with_outcome(replay: Replay, outcome: bool) -> Replay:
    """The same, every row without a recorded outcome taken to have had this one.

    A note says of how many rows the outcome was supplied so.
    """
    supplied = sum(row.outcome is None for row in replay.rows)
    if not supplied:
        return replay
    rows = (r if r.outcome is not None else replace(r, outcome=outcome) for r in replay.rows)
    word = "adopted" if outcome else "not adopted"
    note = (
        f"Of {supplied:,} vote{'s' * (supplied != 1)} the outcome, {word}, was supplied and is not "
        f"in the files. Agreement with it proves little: a rule that has every draft {word} "
        "agrees as well."
    )
    return replace(replay, rows=tuple(rows), notes=(*replay.notes, note))
