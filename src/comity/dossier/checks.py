"""The named checks: each asks one question, and says where the answer is worth a look."""

from __future__ import annotations

from comity.dossier import (
    checks_agenda,
    checks_grounds,
    checks_positions,
    checks_seats,
    checks_sources,
    checks_talks,
)
from comity.dossier.finding import Check, Finding
from comity.dossier.model import Dossier
from comity.dossier.needed import refuse_other_things
from comity.errors import DossierError, Place

CHECKS: dict[str, Check] = {
    each.name: each
    for each in (
        checks_seats.unseated_actor,
        checks_seats.member_without_position,
        checks_agenda.item_without_positions,
        checks_positions.ideal_outside_acceptance,
        checks_positions.accepts_backwards,
        checks_agenda.requirement_cycle,
        checks_agenda.requires_untabled,
        checks_agenda.tabled_says_nothing,
        checks_agenda.step_beyond_scale,
        checks_agenda.nobody_tables,
        checks_agenda.competence_without_views,
        checks_seats.presumed_fact,
        checks_seats.consent_taken_for_given,
        checks_seats.unnamed_group,
        checks_seats.untried_procedure,
        checks_seats.unverified_clause,
        checks_seats.later_charter,
        checks_seats.charter_of_another_time,
        checks_seats.members_unlike_charter,
        checks_seats.presidency_lapsed,
        checks_seats.chair_without_seat,
        checks_seats.unused_actor,
        checks_talks.reservation_unstated,
        checks_talks.issue_without_choice,
        checks_talks.grid_misses_its_end,
        checks_talks.issue_without_dispute,
        checks_talks.issue_on_no_track,
        checks_talks.track_without_issues,
        checks_talks.link_never_bites,
        checks_talks.red_line_without_basis,
        checks_talks.claim_without_statement,
        checks_positions.coding_leaves_out,
        checks_sources.uncited_statement,
        checks_sources.uncited_source,
        checks_sources.anachronism,
        checks_sources.statement_after_source,
        checks_grounds.stated_without_statement,
        checks_grounds.weak_standing,
        checks_grounds.statement_for_another,
        checks_positions.floor_without_basis,
        checks_positions.assumed_but_certain,
    )
}
"""All checks by name, in the order in which their findings are listed."""


def check(dossier: Dossier) -> tuple[Finding, ...]:
    """What all checks find, in the order of the checks."""
    return tuple(finding for each in CHECKS.values() for finding in each(dossier))


def refuse_hindsight(dossier: Dossier) -> None:
    """Raise ``DossierError`` if the dossier knows anything later than its day (DESIGN §4).

    What is no dossier at all, a path for one, is refused here as well: every answer begins so.
    """
    refuse_other_things(dossier)
    found = CHECKS["anachronism"](dossier)
    if not found:
        return
    others = f" ({len(found) - 1} more such)" if len(found) > 1 else ""
    raise DossierError(
        f"a forecast as of {dossier.as_of} may not know this{others}",
        place=Place(field=found[0].where),
        found=found[0].message.partition(". ")[0],
        mend="Remove what came later, or move `as_of`; the outcome belongs into record.yaml.",
    )
