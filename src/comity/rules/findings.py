"""Rules that make little sense for a given body, found before anyone relies on them."""

from __future__ import annotations

from dataclasses import dataclass

from comity.dossier.charter import Procedure
from comity.dossier.response import Base
from comity.dossier.rule import Consensus, QualifiedMajority, Silence
from comity.errors import RuleError
from comity.rules.compiled import needed_present
from comity.rules.sentence import BASES, needed_in_favour, share_words


@dataclass(frozen=True)
class RuleFinding:
    """Something odd about a procedure: its name for ``--strict``, and what it is in words."""

    name: str
    says: str


def rule_findings(procedure: Procedure, members: int) -> tuple[RuleFinding, ...]:
    """What is odd about the procedure in a body with this many members; usually nothing.

    No rule is beyond adopting: if all members support, every rule is satisfied. Raises
    ``RuleError`` if there are no members.
    """
    if members < 1:
        raise RuleError("A body without members cannot decide.", found=f"{members} members")
    found = (
        _never_blocks(procedure, members),
        _opposites(procedure, members),
        _idle_quorum(procedure),
    )
    return tuple(finding for finding in found if finding is not None)


def _never_blocks(procedure: Procedure, members: int) -> RuleFinding | None:
    rule = procedure.rule
    if not isinstance(rule, Consensus) or rule.minus < members:
        return None
    return RuleFinding(
        "objections_never_block",
        f"Consensus minus {rule.minus} in a body of {members}: not even the objection of every "
        "member blocks.",
    )


def _opposites(procedure: Procedure, members: int) -> RuleFinding | None:
    rule = procedure.rule
    if not isinstance(rule, QualifiedMajority):
        return None
    bases = {
        Base.MEMBERS: range(members, members + 1),
        Base.PRESENT: range(needed_present(procedure, members), members + 1),
        Base.VOTING: range(1, members + 1),
    }[rule.of]
    if all(2 * needed_in_favour(rule, base) > base for base in bases):
        return None
    return RuleFinding(
        "opposites_can_pass",
        f"At least {share_words(rule.at_least)} of {BASES[rule.of]}: a draft and its opposite "
        "can both be adopted, each by its own supporters.",
    )


def _idle_quorum(procedure: Procedure) -> RuleFinding | None:
    if not isinstance(procedure.rule, Silence) or procedure.quorum is None:
        return None
    return RuleFinding(
        "idle_quorum",
        "A silence procedure needs nobody present: its quorum of "
        f"{share_words(procedure.quorum)} is not applied.",
    )
