"""The report on talks alone."""

from __future__ import annotations

from comity.ensemble.mediation.results import Mediation
from comity.report.page import Report, report


def talks_report(mediation: Mediation) -> Report:
    """The report on some talks: answer, reasons, what would change it, how sure, sources."""
    return report(mediation)
