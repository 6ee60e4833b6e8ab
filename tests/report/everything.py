"""Every sentence that can be said about a forecast."""

from __future__ import annotations

from comity.ensemble import Forecast
from comity.report import sentences

OF_AN_ITEM = (
    sentences.headline,
    sentences.holds_up,
    sentences.responses,
    sentences.why_not,
    sentences.opening,
    sentences.strongest,
    sentences.chair,
    sentences.procedures,
    sentences.rounds,
    sentences.content,
    sentences.variants,
    sentences.moves,
    sentences.codings,
    sentences.basis,
)


def everything(found: Forecast) -> list[str]:
    """All sentences on all items, on the agenda, and on how sure it is."""
    said = [*sentences.agenda(found), *sentences.caveats(found), *sentences.terms(found).values()]
    for item in found.items:
        said += [sentences.obstacle(found, item)]
        said += [says for tell in OF_AN_ITEM for says in tell(found, item)]
    return said
