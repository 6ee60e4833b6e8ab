"""The exchanges behind the exchange model's answer, where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.cli import streams

if TYPE_CHECKING:
    from comity.ensemble.comparison import Comparison

_MODEL = "exchange"


def put_exchanges(found: Comparison) -> None:
    """The first exchanges, below the tables of the models."""
    from comity.report.models_told import exchanges_of

    record = exchanges_of(found)
    if record is None:
        return
    from comity.cli.heading import put_section
    from comity.report.sentences import exchange as says
    from comity.report.sentences.models_words import unit_of

    put_section("Who trades with whom")
    units = {item: unit_of(found.dossier, item) for item in record.before}
    streams.put_prose(says.exchanges_made(record, units, _means(found)))
    for sentence in says.exchanges_told(record, found.dossier, units=units):
        streams.put_prose(f"- {sentence}")
    if doubt := says.exchanges_doubt(record):
        streams.put_prose(doubt)
    if record.made:
        streams.put_prose(says.exchanges_unit())


def _means(found: Comparison) -> dict[str, float]:
    """What items come to over the draws, where these differ from one another."""
    from comity.report.sentences.models_words import spread

    views = {item: entry.models.get(_MODEL) for item, entry in found.items.items()}
    return {
        item: view.point
        for item, view in views.items()
        if view is not None and isinstance(view.point, float) and spread(view.low, view.high)
    }
