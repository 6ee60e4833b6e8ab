"""What has been decided: the dossier as it stood before, and what came out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from comity.dossier import Dossier
from comity.dossier.formats.deu import Capabilities, issues_of
from comity.dossier.formats.deu_table import DeuTable, read_table


@dataclass(frozen=True)
class Decided:
    """One issue on a scale with its outcome.

    ``group`` is what it was decided with (a proposal): issues of a group are held out together
    and drawn together, since their outcomes are not independent. ``outcome`` is in points, None
    where it is not known.
    """

    group: str
    dossier: Dossier
    item: str
    outcome: float | None


Cases: TypeAlias = tuple[Decided, ...]
"""Decided issues in the order of their file."""


def decided_in(path: Path | str, capabilities: str | Capabilities = "council_votes") -> Cases:
    """The issues of a table in the DEU layout, outcomes apart (conventions §62).

    Raises ``DossierError`` for a file that is not of the layout.
    """
    return cases_of(read_table(path), capabilities)


def cases_of(table: DeuTable, capabilities: str | Capabilities = "council_votes") -> Cases:
    """The issues of a table that was read."""
    issues = issues_of(table, capabilities)
    return tuple(Decided(issue.group, issue.dossier, issue.item, issue.outcome) for issue in issues)
