"""Words for the outcome of a vote."""

from __future__ import annotations

from comity.errors import DossierError, Place

OUTCOMES = {
    "adopted": True,
    "passed": True,
    "carried": True,
    "not adopted": False,
    "rejected": False,
    "failed": False,
    "vetoed": False,
}
"""Words for outcomes in files, and whether they mean adoption."""


def outcome_of(word: str, place: Place) -> bool | None:
    """Whether a word says adopted; None if it is empty. Raises ``DossierError`` for others."""
    if not word.strip():
        return None
    found = OUTCOMES.get(word.strip().casefold().replace("-", " ").replace("_", " "))
    if found is None:
        raise DossierError(
            "this is no outcome",
            place=place,
            found=word,
            mend=f"Write one of: {', '.join(OUTCOMES)}.",
        )
    return found
