"""Rules that make little sense for a given body, found before anyone relies on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from comity.dossier.charter import Charter, Procedure
from comity.dossier.paths import listed
from comity.dossier.response import Base, Response
from comity.dossier.rule import Attendance, QualifiedMajority, needs_nobody
from comity.errors import RuleError
from comity.rules.compiled import All, Any, Count, Formula, Seated, needed_present
from comity.rules.evaluate import adopts, seated
from comity.rules.sentence import (
    BASES,
    NAMELESS,
    needed_in_favour,
    procedure_sentence,
    rule_sentence,
    share_words,
)


@dataclass(frozen=True)
class RuleFinding:
    """Something odd about a procedure: its name for ``--strict``, and what it is in words."""

    name: str
    says: str


def rule_findings(
    procedure: Procedure | Seated, members: int | None = None, charter: Charter = NAMELESS
) -> tuple[RuleFinding, ...]:
    """What is odd about the procedure at its table, or in a body of so many; usually nothing.

    Raises ``RuleError`` if there are no members.
    """
    if members is not None and members < 1:
        raise RuleError("A body without members cannot decide.", found=f"{members} members")
    at = procedure if isinstance(procedure, Seated) else seated(procedure, members or 0)
    return (
        *_never_passes(at, charter),
        *_never_blocks(at, charter),
        *_idle_parts(at, charter),
        *_no_say(at),
        *_opposites(at.procedure, len(at.members)),
        *_idle_quorum(at.procedure),
    )


def _never_passes(at: Seated, charter: Charter) -> Iterator[RuleFinding]:
    """Support by all is the best that any count can meet."""
    if not adopts(at, _all(at, Response.SUPPORT)):
        yield RuleFinding(
            "never_passes",
            "Not even the support of every member adopts a draft: "
            f"{_uncapital(procedure_sentence(at.procedure, charter))}",
        )


def _never_blocks(at: Seated, charter: Charter) -> Iterator[RuleFinding]:
    if adopts(at, _all(at, Response.OBJECT)):
        sentence = _uncapital(rule_sentence(at.procedure.rule, charter))
        yield RuleFinding(
            "objections_never_block",
            f"Not even the objection of every one of {len(at.members)} members blocks a draft: "
            f"{sentence}",
        )


def _idle_parts(at: Seated, charter: Charter) -> Iterator[RuleFinding]:
    """Parts of a combined rule that hold whatever is answered, or never do."""
    if isinstance(at.rule, Count):
        return
    counts = [count for count in _counts(at.rule) if count.rule is not None]
    dead = {count.rule for count in counts if count.best < count.need}
    for count in counts:
        assert count.rule is not None
        said = rule_sentence(count.rule, charter)
        if count.best < count.need:
            yield RuleFinding("part_never_holds", f"A part of the rule can never hold: {said}")
        elif (
            count.worst >= count.need
            and count.rule not in dead
            and not isinstance(count.rule, Attendance)
        ):
            yield RuleFinding(
                "part_always_holds", f"A part of the rule holds whatever is answered: {said}"
            )


def _no_say(at: Seated) -> Iterator[RuleFinding]:
    """Members whose answers never count."""
    counts = list(_counts(at.rule))
    if not counts:
        return
    idle = [
        member
        for seat, member in enumerate(at.members)
        if all((count.points[seat] == count.points[seat, 0]).all() for count in counts)
    ]
    if idle and len(idle) < len(at.members):
        yield RuleFinding(
            "member_without_say",
            f"Under this rule the answers of {listed(idle)} count for nothing.",
        )


def answers_count(at: Seated) -> bool:
    """Whether any member's answer can matter to the rule; where facts alone decide, none can."""
    return any((count.points != count.points[:, :1]).any() for count in _counts(at.rule))


def _counts(formula: Formula) -> Iterator[Count]:
    if isinstance(formula, All | Any):
        for part in formula.parts:
            yield from _counts(part)
    else:
        yield formula


def _opposites(procedure: Procedure, members: int) -> Iterator[RuleFinding]:
    rule = procedure.rule
    if not isinstance(rule, QualifiedMajority) or rule.weights is not None or rule.among:
        return
    bases = {
        Base.MEMBERS: range(members, members + 1),
        Base.PRESENT: range(needed_present(procedure, members), members + 1),
        Base.VOTING: range(1, members + 1),
    }[rule.of]
    if all(2 * needed_in_favour(rule, base) > base for base in bases):
        return
    yield RuleFinding(
        "opposites_can_pass",
        f"At least {share_words(rule.at_least)} of {BASES[rule.of]}: a draft and its opposite "
        "can both be adopted, each by its own supporters.",
    )


def _idle_quorum(procedure: Procedure) -> Iterator[RuleFinding]:
    if needs_nobody(procedure.rule) and procedure.quorum is not None:
        yield RuleFinding(
            "idle_quorum",
            "A silence procedure needs nobody present: its quorum of "
            f"{share_words(procedure.quorum)} is not applied.",
        )


def _all(at: Seated, response: Response) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    return np.full(len(at.members), response, dtype=np.int8)


def _uncapital(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
