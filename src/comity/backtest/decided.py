"""What has been decided: the dossier as it stood before, and what came out."""

from __future__ import annotations

from dataclasses import dataclass

from comity.dossier import Dossier


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
