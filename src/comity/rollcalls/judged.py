"""Responses put to a procedure at a table: adopted or not, and what was missed.

Facts that nobody stated are tried both ways; what then comes out differently is undetermined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comity.dossier.charter import Charter, Procedure
from comity.dossier.paths import listed, nearest
from comity.dossier.response import Base, Response
from comity.dossier.rule import (
    AllOf,
    Attendance,
    Consensus,
    Fact,
    Group,
    Kind,
    Limit,
    QualifiedMajority,
    Silence,
    SimpleMajority,
    Veto,
    every_part,
    fact_named,
)
from comity.errors import ComityError, Place
from comity.rollcalls.bodies import InForce, in_force
from comity.rollcalls.votes import Vote
from comity.rules import (
    Seating,
    adopts,
    passes,
    procedure_sentence,
    rule_sentence,
    seat,
    seating,
)

RESPONSES = {
    Vote.YES: Response.SUPPORT,
    Vote.NO: Response.OBJECT,
    Vote.ABSTAIN: Response.STAND_ASIDE,
    Vote.ABSENT: Response.ABSENT,
    Vote.UNRECORDED: Response.ABSENT,
}
"""How a recorded vote answers a draft (conventions §6)."""

_FROM_LOWEST = np.array(
    [RESPONSES[Vote(code)] for code in range(min(Vote), max(Vote) + 1)], dtype=np.int8
)


@dataclass(frozen=True)
class Verdict:
    """What came of one vote."""

    adopted: bool | None
    missed: tuple[str, ...]
    by_veto: bool
    why: str = ""
    """What was missed, in a few words; empty if it was not refused."""


@dataclass(frozen=True, eq=False)
class Judge:
    """A procedure of a charter in force, with the facts that were stated."""

    force: InForce
    procedure_id: str
    facts: Mapping[str, bool]

    @property
    def key(self) -> tuple[str, str]:
        """Charter and procedure by their names."""
        return self.force.name, self.procedure_id

    @property
    def charter(self) -> Charter:
        return self.force.charter

    @cached_property
    def procedure(self) -> Procedure:
        return self.charter.procedures[self.procedure_id]

    def check(self, place: Place) -> None:
        """Raise ``ComityError`` for a procedure or a fact that the charter does not know."""
        for what, option, named, held in (
            ("procedure", "--procedure", [self.procedure_id], self.charter.procedures),
            ("fact", "--fact", self.facts, self.charter.facts),
        ):
            for name in named:
                if name not in held:
                    like = nearest(name, held)
                    guess = f"Did you mean '{like}'? " if like else ""
                    raise ComityError(
                        f"the charter '{self.force.name}' has no such {what}",
                        place=place,
                        found=name,
                        mend=f"{guess}Use {option} with one of: {listed(held) or '(it has none)'}.",
                    )

    @cached_property
    def holders(self) -> frozenset[str]:
        """Members that hold a veto under the procedure."""
        held: set[str] = set()
        for part in every_part(self.procedure.rule):
            if isinstance(part, Veto):
                held |= self.named(part.holders)
        return frozenset(held)

    def named(self, group: Group) -> frozenset[str]:
        """Members that the charter names as a group; none if they are named for each decision."""
        held = self.charter.groups[group].members if isinstance(group, str) else group
        return frozenset(held or ())

    @cached_property
    def counts_seats(self) -> bool:
        """Whether it matters who had a seat and did not vote."""
        return self.procedure.quorum is not None or any(
            isinstance(part, Attendance | Veto)
            or (isinstance(part, SimpleMajority | QualifiedMajority | Limit) and _of_all(part))
            for part in every_part(self.procedure.rule)
        )

    def ids(self, members: tuple[str, ...]) -> tuple[str, ...]:
        """The charter's ids for members of some roll calls."""
        if members not in self._ids:
            self._ids[members] = tuple(map(self.force.seat_of, members))
        return self._ids[members]

    @cached_property
    def _ids(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}

    def verdicts(
        self, members: tuple[str, ...], responses: NDArray[np.int8], day: date | None = None
    ) -> list[Verdict]:
        """A verdict for each row of responses ``[vote, member]``; weights are those of the day."""
        tables = [
            seating(self.charter, members, day, facts=facts) for facts in self._ways_of_facts()
        ]
        outcomes = [adopts(seat(self.procedure, table), responses) for table in tables]
        every, some = np.all(outcomes, axis=0), np.any(outcomes, axis=0)
        adopted = [bool(e) if e == s else None for e, s in zip(every, some, strict=True)]
        missed = [self._missed(tables, responses)] if not all(some) else []
        return [
            Verdict(said, *(missed[0][row] if said is False else ((), False, "")))
            for row, said in enumerate(adopted)
        ]

    @cached_property
    def unsaid(self) -> tuple[str, ...]:
        """Facts that the rule names, and of which nobody says whether they hold."""
        asked = dict.fromkeys(
            fact
            for part in every_part(self.procedure.rule)
            if (fact := fact_named(part)) is not None
            and fact not in self.facts
            and self.charter.facts[fact].presumed is None
        )
        return tuple(asked)

    def _ways_of_facts(self) -> Iterator[dict[str, bool]]:
        """The facts as stated, those of which nothing is said either way."""
        for held in product((False, True), repeat=len(self.unsaid)):
            yield dict(self.facts) | dict(zip(self.unsaid, held, strict=True))

    def _missed(
        self, tables: Sequence[Seating], responses: NDArray[np.int8]
    ) -> list[tuple[tuple[str, ...], bool, str]]:
        """Which parts of the rule each row misses however the facts are, and if a veto alone."""
        rule = self.procedure.rule
        parts: tuple[Kind, ...] = rule.rules if isinstance(rule, AllOf) else (rule,)
        met = [
            np.any([passes(seat(Procedure(rule=p), t), responses) for t in tables], axis=0)
            for p in parts
        ]
        said = [rule_sentence(part, self.charter) for part in parts]
        found = []
        for row in range(len(responses)):
            out = [place for place in range(len(parts)) if not met[place][row]]
            veto_alone = bool(out) and all(isinstance(parts[place], Veto) for place in out)
            why = _in_short([parts[place] for place in out])
            found.append((tuple(said[place] for place in out), veto_alone, why))
        return found


def _in_short(missed: Sequence[Kind]) -> str:
    """Which conditions were missed, in a few words; all alike are named once."""
    if not missed:
        return "no quorum"
    return " and ".join(dict.fromkeys(_named_short(part) for part in missed))


def _named_short(part: Kind) -> str:
    if isinstance(part, Veto):
        return "a veto"
    if isinstance(part, Consensus | Silence):
        return "an objection"
    if isinstance(part, SimpleMajority):
        return "no majority"
    if isinstance(part, Limit):
        return "too many against"
    if isinstance(part, Attendance):
        return "too few present"
    if isinstance(part, Fact):
        return "a fact that does not hold"
    return "too few votes"


class Judges:
    """A judge for every charter in force and every procedure that some votes ask for."""

    def __init__(self, charter: str | Path, procedure: str, facts: Mapping[str, bool]) -> None:
        self._charter, self._procedure, self._facts = charter, procedure, facts
        self.made: dict[tuple[str, str], Judge] = {}

    def of(self, year: int | None, procedure: str, place: Place) -> Judge:
        """The judge of a vote; without a procedure of its own, by the one asked for.

        Raises ``ComityError`` for an unknown charter or procedure, and if nothing says which of
        several charters was in force.
        """
        force = in_force(self._charter, year, place)
        made = Judge(force, procedure or self._procedure, self._facts)
        if made.key not in self.made:
            made.check(place if procedure else Place())
            self.made[made.key] = made
        return self.made[made.key]

    @property
    def unsaid(self) -> tuple[str, ...]:
        """Facts that some rule names, and of which nobody says whether they hold."""
        return tuple(dict.fromkeys(fact for judge in self.made.values() for fact in judge.unsaid))

    @property
    def sentences(self) -> dict[str, str]:
        """Charter and procedure, to the rule in words."""
        return {
            " ".join(judge.key): procedure_sentence(judge.procedure, judge.charter)
            for judge in self.made.values()
        }


def responses_of(votes: NDArray[np.int8]) -> NDArray[np.int8]:
    """Recorded votes as responses; who did not vote counts as absent."""
    return np.asarray(_FROM_LOWEST[votes - min(Vote)])


def _of_all(rule: SimpleMajority | QualifiedMajority | Limit) -> bool:
    if isinstance(rule, Limit) and rule.votes is not None:
        return False
    return rule.of is Base.MEMBERS
