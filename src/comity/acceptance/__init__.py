"""Who lets what pass: responses, windows, conflicts and openings on one item."""

from comity.acceptance.conflict import Conflict, ConflictCount, Objection
from comity.acceptance.conflicts import count_conflicts
from comity.acceptance.opening import Opening, least_opening
from comity.acceptance.reading import stances, tabled_text, tolerance
from comity.acceptance.stances import Drafts, OptionStances, ScaleStances, Stances
from comity.acceptance.window import adopted, passes, window_open

__all__ = [
    "Conflict",
    "ConflictCount",
    "Drafts",
    "Objection",
    "Opening",
    "OptionStances",
    "ScaleStances",
    "Stances",
    "adopted",
    "count_conflicts",
    "least_opening",
    "passes",
    "stances",
    "tabled_text",
    "tolerance",
    "window_open",
]
