"""Every named check there is: those of the dossier, and those of the rules its items go by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.dossier import Dossier
    from comity.dossier.finding import Finding

RULE_QUESTIONS = {
    "never_passes": "Is there a rule that not even the support of all satisfies?",
    "objections_never_block": "Is there a rule under which no number of objections blocks?",
    "part_never_holds": "Has a rule a part that can never hold?",
    "part_always_holds": "Has a rule a part that holds whatever is answered?",
    "member_without_say": "Is there a member whose answers count for nothing?",
    "opposites_can_pass": "Is there a rule by which a draft and its opposite can both be adopted?",
    "idle_quorum": "Is there a quorum that the procedure never applies?",
}
"""Name to question of the checks on rules (`comity.rules.rule_findings`)."""


def questions() -> dict[str, str]:
    """Name to question of every check, in the order in which findings are listed."""
    from comity.dossier.checks import CHECKS

    return {name: each.question for name, each in CHECKS.items()} | RULE_QUESTIONS


def findings(dossier: Dossier) -> tuple[Finding, ...]:
    """What all checks find in a dossier."""
    from comity.dossier.checks import check

    return (*check(dossier), *_on_rules(dossier))


def _on_rules(dossier: Dossier) -> Iterator[Finding]:
    from comity.dossier.finding import Finding
    from comity.rules import put_to_table, rule_findings

    seen = set()
    for where, item, body, name in _procedures(dossier):
        charter = dossier.charter(body)
        at = put_to_table(dossier, item, charter.procedures[name])
        if at not in seen:
            seen.add(at)
            for odd in rule_findings(at, charter=charter):
                yield Finding(odd.name, where, odd.says)


def _procedures(dossier: Dossier) -> Iterator[tuple[str, str, str, str]]:
    """Field, item, body and procedure of everything the agenda decides."""
    for item, entry in dossier.agenda.items():
        yield f"agenda.{item}.procedure", item, entry.body, entry.procedure
        if entry.competence is not None and entry.competence.rule is not None:
            yield f"agenda.{item}.competence.rule", item, entry.body, entry.competence.rule
