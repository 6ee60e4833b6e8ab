"""The report on talks and the brief of one page as files; their paths are told last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli import made, page
from comity.errors import ComityError, Place

if TYPE_CHECKING:
    from comity.ensemble.mediation import Mediation


def refuse_in_vain(report: Path | None, brief: Path | None, *, force: bool, dossier: Path) -> None:
    """Refuse, before any work is done, a path that must not or cannot be written to."""
    if report is not None:
        page.refuse_in_vain(report, force=force, dossier=dossier)
    if brief is None:
        return
    if brief.suffix.lower() != ".docx":
        raise ComityError(
            "the brief is a Word file",
            place=Place(file=str(brief)),
            mend="Let its name end in .docx.",
        )
    page.refuse_in_vain(brief, force=force, dossier=dossier)


def write(
    found: Mediation, report: Path | None, brief: Path | None, *, aside: bool, timings: bool
) -> None:
    """Write what was asked for and tell where; ``aside``: on stderr."""
    if report is not None:
        from comity.report.talks import talks_report

        with made.timed("reporting", timings):
            written = talks_report(found).save(report)
        page.tell(written, "The report, with figures and sources:", aside=aside)
    if brief is not None:
        from comity.report.brief import brief as page_of

        with made.timed("writing the brief", timings):
            written = page_of(found).save(brief)
        page.tell(written, "The brief, on one page:", aside=aside)
