"""Why nothing passes: the smallest sets of members that close the window between them."""

from __future__ import annotations

from comity.acceptance.by_enumeration import by_enumeration
from comity.acceptance.by_interval import by_interval
from comity.acceptance.conflict import ConflictCount
from comity.acceptance.stances import ScaleStances, Stances
from comity.dossier.charter import Procedure
from comity.dossier.response import Response
from comity.rules import Seated
from comity.rules.compiled import needed_present
from comity.rules.evaluate import excused_objections


def count_conflicts(stances: Stances, procedure: Procedure | Seated) -> ConflictCount:
    """Count the smallest conflicts of every draw; a draw with several counts for each."""
    if isinstance(stances, ScaleStances) and _objections_alone(stances, procedure):
        return by_interval(stances)
    return by_enumeration(stances, procedure)


def _objections_alone(stances: Stances, procedure: Procedure | Seated) -> bool:
    """Whether objections alone can block: plain consensus, and enough members are present."""
    present = sum(bound != Response.ABSENT for bound in stances.presence)
    held = procedure.procedure if isinstance(procedure, Seated) else procedure
    enough = present >= needed_present(held, len(stances.actors))
    return excused_objections(procedure) == 0 and enough
