"""Why nothing passes: the smallest sets of members that close the window between them."""

from __future__ import annotations

from comity.acceptance.by_enumeration import by_enumeration
from comity.acceptance.by_interval import by_interval
from comity.acceptance.conflict import ConflictCount
from comity.acceptance.stances import ScaleStances, Stances
from comity.dossier.charter import Consensus, Procedure, Response, Silence
from comity.rules.evaluate import needed_present


def count_conflicts(stances: Stances, procedure: Procedure) -> ConflictCount:
    """Count the smallest conflicts of every draw; a draw with several counts for each."""
    if isinstance(stances, ScaleStances) and _objections_alone(stances, procedure):
        return by_interval(stances)
    return by_enumeration(stances, procedure)


def _objections_alone(stances: Stances, procedure: Procedure) -> bool:
    """Whether objections alone can block: plain consensus, and enough members are present."""
    rule = procedure.rule
    plain = isinstance(rule, Silence) or (isinstance(rule, Consensus) and rule.minus == 0)
    present = sum(bound != Response.ABSENT for bound in stances.presence)
    return plain and present >= needed_present(procedure, len(stances.actors))
