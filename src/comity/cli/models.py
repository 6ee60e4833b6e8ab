"""Models of what a body decides side by side, for people and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli import made, streams
from comity.cli.challenges import put_rounds
from comity.cli.exchanges import put_exchanges

if TYPE_CHECKING:
    from comity.dossier import Dossier
    from comity.ensemble.comparison import Comparison


def compared(
    dossier: Dossier,
    path: Path,
    models: Sequence[str],
    items: Sequence[str],
    *,
    seed: int,
    draws: int,
    workers: int | None,
    on: str | None = None,
    timings: bool = False,
) -> Comparison:
    """The models asked for on some items of the dossier at a path."""
    from comity.cli.progress import progress
    from comity.ensemble.compared import compare_models

    with made.timed("comparing", timings), made.placed(path), progress("comparing models") as told:
        return compare_models(
            dossier,
            models,
            items=items,
            seed=seed,
            draws=draws,
            workers=workers,
            on=on,
            progress=told,
        )


def put_comparison(found: Comparison) -> None:
    """A table an item, and below it why the models differ."""
    from comity.cli.heading import put_heading
    from comity.report.sentences import caution

    put_heading(found, "Models side by side")
    if found.note.strip():
        streams.put_prose(f"Note: {' '.join(found.note.split())}")
    for item in found.items:
        _put_item(found, item)
    _put_together(found)
    put_exchanges(found)
    streams.put()
    for says in caution(found):
        streams.put_prose(says)


def _put_item(found: Comparison, item: str) -> None:
    from comity.cli.heading import put_section
    from comity.cli.tables import put_table
    from comity.report import sentences
    from comity.report.words import title_of

    entry = found.items[item]
    put_section(title_of(item))
    if entry.question.strip():
        streams.put_prose(entry.question)
    streams.put_prose(sentences.set_against(found, item))
    headings, rows = sentences.model_table(found, item)
    if rows:
        streams.put()
        put_table(headings, rows, numbers=headings[1:])
    if why := sentences.models_differ(found, item):
        streams.put(f"\n{'Why they differ' if len(rows) > 1 else 'Why'}:")
        for says in why:
            streams.put_prose(f"- {says}")
    if missing := sentences.unanswered(found, item):
        streams.put()
        streams.put_prose(" ".join(missing))
    put_rounds(found, item)


def _put_together(found: Comparison) -> None:
    """The models' answers on several items as one package."""
    from comity.cli.heading import put_section
    from comity.cli.tables import put_table
    from comity.report import sentences

    for package in found.together:
        put_section("taken together")
        for says in sentences.together_says(found, package):
            streams.put_prose(says)
        streams.put()
        headings, rows = sentences.together_table(found, package)
        put_table(headings, rows, numbers=headings[1:2])


def put_json(found: Comparison, coding: str | None) -> None:
    """One object: what each model says of each item, why, and why they differ."""
    from comity.cli.envelope import enveloped
    from comity.report.models_told import models_told

    result = models_told(found)
    seed, draws = result.pop("seed"), result.pop("draws")  # they stand in the envelope
    streams.put_json(enveloped("forecast", {"coding": coding} | result, seed=seed, draws=draws))
