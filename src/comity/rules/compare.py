"""Several procedures put to the same responses: what each decides, and how near it comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from comity.dossier.charter import Charter, Procedure
from comity.dossier.response import Response
from comity.errors import RuleError
from comity.rules.compiled import OBJECTING, Seated, seat
from comity.rules.decide import Decision, decide
from comity.rules.evaluate import passes, quorate
from comity.rules.findings import RuleFinding, rule_findings
from comity.rules.seating import Seating
from comity.rules.sentence import NAMELESS, joined, moves_words, shortened
from comity.rules.witness import NONE, Smallest, unblocking
from comity.rules.words import read_responses

MOST_LOOKED_AT = 1_000
"""Smallest sets that are gone through one by one to say what they have in common."""


@dataclass(frozen=True)
class Candidate:
    """A procedure to be compared, at its table.

    ``consent`` is the decision by which the body agreed to use it, where it needs that.
    """

    name: str
    procedure: Procedure
    table: Seating
    charter: Charter = NAMELESS
    consent: Decision | None = None


@dataclass(frozen=True)
class Compared:
    """What one procedure makes of the responses, and how near it comes to the other outcome."""

    candidate: Candidate
    decision: Decision

    @property
    def name(self) -> str:
        return self.candidate.name

    @property
    def short(self) -> int | None:
        """Fewest members whose support would adopt the draft; 0 if it is adopted or pending.

        None where no answers would adopt it, and where the procedure may not be used.
        """
        if self.decision.adopted or self.decision.pending:
            return 0
        return len(self.decision.unblocking) or None

    @property
    def refused(self) -> bool:
        """Whether the body did not agree to use the procedure."""
        consent = self.candidate.consent
        return consent is not None and not consent.adopted

    @property
    def outcome(self) -> str:
        if self.decision.pending:
            return "pending"
        return "adopted" if self.decision.adopted else "not adopted"

    @property
    def says(self) -> str:
        """The outcome and how near it was, in a few words: ``blocked by B``, ``one member short``.

        *Blocked by*: these members, present and not in favour, are the only fewest whose change of
        mind adopts the draft. *Objections too many*: they may be any of those objecting. *Short*:
        so many more must support.
        """
        if self.decision.adopted or self.decision.pending:
            return self.outcome
        if self.refused:
            return "its use was not agreed to"
        if self.short is None:
            return "cannot be adopted at this table"
        if not quorate(self._at, self._row) and passes(self._at, self._row):
            return f"no quorum, {_members(self.short)} missing"
        return self._blocked or self._too_few

    @property
    def change(self) -> str:
        """What a smallest set of members could do to turn the outcome; empty if nothing does."""
        adopted = self.decision.adopted or self.decision.pending
        moves = self.decision.undoing_moves if adopted else self.decision.unblocking_moves
        return moves_words(moves)

    @cached_property
    def findings(self) -> tuple[RuleFinding, ...]:
        """What is odd about the procedure at this table."""
        return rule_findings(self._at, charter=self.candidate.charter)

    @cached_property
    def unblocking_number(self) -> int | None:
        """How many smallest unblocking sets there are; None where that takes too much work."""
        return self._unblocking.number

    def to_dict(self) -> dict[str, Any]:
        """The comparison in plain types, ready for JSON; without the responses, common to all."""
        decision = self.decision.to_dict()
        for common in ("responses", "counts"):
            del decision[common]
        return {
            "name": self.name,
            "says": self.says,
            "short": self.short,
            "change": self.change,
            **decision,
            "unblocking_number": self.unblocking_number,
            "findings": [{"name": each.name, "says": each.says} for each in self.findings],
        }

    @property
    def _blocked(self) -> str:
        """``blocked by B`` or ``2 objections too many``, where that is what it is."""
        moves = self.decision.unblocking_moves
        held = self.decision.responses
        if self.unblocking_number == 1 and all(held[m] is not Response.ABSENT for m in moves):
            return f"blocked by {joined(shortened(list(moves)), 'and')}"
        if set(moves.values()) == {Response.STAND_ASIDE} and self._objections_alone:
            many = len(moves)
            return f"{'one objection' if many == 1 else f'{many} objections'} too many"
        return ""

    @property
    def _objections_alone(self) -> bool:
        """Whether every smallest unblocking set is of members that object."""
        if self.unblocking_number is None or self.unblocking_number > MOST_LOOKED_AT:
            return False
        objecting = {seat for seat, code in enumerate(self._row) if code in OBJECTING}
        return all(objecting.issuperset(seats) for seats in self._unblocking)

    @property
    def _too_few(self) -> str:
        most = "at most " if "unblocking" in self.decision.unproved else ""
        return f"{most}{_members(len(self.decision.unblocking))} short"

    @cached_property
    def _at(self) -> Seated:
        return seat(self.candidate.procedure, self.candidate.table)

    @cached_property
    def _row(self) -> np.ndarray[Any, np.dtype[np.int8]]:
        return np.array(list(self.decision.responses.values()), dtype=np.int8)

    @cached_property
    def _unblocking(self) -> Smallest:
        closed = self.decision.adopted or self.decision.pending or self.refused
        return NONE if closed else unblocking(self._at, self._row)


def compare(
    candidates: Iterable[Candidate],
    responses: Mapping[str, Response] | Mapping[str, str],
    *,
    elapsed: float | None = None,
) -> tuple[Compared, ...]:
    """What each procedure decides on the same responses, in the order given.

    Raises ``RuleError`` if two candidates share a name, and as ``decide`` does.
    """
    listed = tuple(candidates)
    names = [candidate.name for candidate in listed]
    for name in names:
        if names.count(name) > 1:
            raise RuleError(
                "Two procedures to be compared have one name.",
                found=name,
                mend="Name each of them once.",
            )
    held = read_responses(responses)
    return tuple(_compared(candidate, held, elapsed) for candidate in listed)


def _compared(
    candidate: Candidate, responses: Mapping[str, Response], elapsed: float | None
) -> Compared:
    decision = decide(
        candidate.procedure,
        responses,
        table=candidate.table,
        charter=candidate.charter,
        consent=candidate.consent,
        elapsed=elapsed,
    )
    return Compared(candidate, decision)


def _members(many: int) -> str:
    return "one member" if many == 1 else f"{many} members"
