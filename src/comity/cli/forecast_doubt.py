"""``comity forecast --sobol``: which doubt moves the answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli import made, streams, tables
from comity.errors import UnsupportedError

if TYPE_CHECKING:
    from comity.dossier import Dossier
    from comity.ensemble.doubts import Doubts


def put(
    dossier: Dossier,
    path: Path,
    items: Sequence[str],
    models: Sequence[str],
    *,
    draws: int,
    seed: int,
    on: str | None,
    workers: int | None,
    coding: str | None,
    as_json: bool,
    timings: bool,
) -> None:
    """Tell which doubt moves the answer on each item: of a model, or of adoption without one.

    The design has as many rows as the largest power of two that is not above half the draws, up
    to MOST_ROWS.
    """
    from comity.ensemble.sobol import MOST_ROWS, rows_of

    rows = rows_of(draws)
    with made.placed(path):
        found = _found(dossier, items, models, rows, seed, on, workers, timings)
    if as_json:
        from comity.cli.envelope import enveloped

        sobol = {item: each.to_json() for item, each in found.items()}
        result = {"coding": coding, "sobol": sobol}
        streams.put_json(enveloped("forecast", result, seed=seed, draws=draws))
        return
    from comity.cli.heading import put_title, seen

    put_title(dossier, "Which doubt moves the answer")
    most = f", the most that are made: as for {2 * rows:,} draws" if draws >= 4 * MOST_ROWS else ""
    streams.put_prose(
        f"{seen(dossier.as_of, dossier.note)} {rows:,} rows of a Sobol design{most}, seed {seed}. "
        "Shares are of the variance of the answer, with 95 % intervals; with interactions they "
        "overlap."
    )
    for each in found.values():
        _put(each, dossier)


def _found(
    dossier: Dossier,
    items: Sequence[str],
    models: Sequence[str],
    rows: int,
    seed: int,
    on: str | None,
    workers: int | None,
    timings: bool,
) -> dict[str, Doubts]:
    from comity.cli.progress import progress
    from comity.ensemble.doubts import doubts
    from comity.forecast.models import named

    if len(models) > 1 or "all" in models:
        raise UnsupportedError(
            "--sobol tells of one model at a time",
            found=", ".join(models),
            mend="name one with --model, or none for whether a text is adopted",
        )
    model = named(models[0]) if models else None
    answered = [i for i in items if model is None or model.unanswerable(dossier, i) is None]
    found = {}
    with made.timed("forecasting", timings), progress("forecasting") as told:
        for number, item in enumerate(answered or items):
            found[item] = doubts(
                dossier,
                item,
                model,
                rows=rows,
                seed=seed,
                on=on,
                workers=workers,
                progress=lambda share, k=number: told((k + share) / len(answered)),  # type: ignore[misc]
            )
    return found


def _put(each: Doubts, dossier: Dossier) -> None:
    from comity.cli.heading import put_section
    from comity.report.sentences.doubt import between, doubt, group_words, moved, share, told_of
    from comity.report.words import title_of

    put_section(title_of(each.item))
    for sentence in (*doubt(each), *moved(each)):
        streams.put_prose(sentence)
    rows = [
        (
            group_words(dossier, each.item, one.group),
            share(one.first),
            between(one.first),
            share(one.total),
            between(one.total),
        )
        for one in told_of(each)
    ]
    if rows:
        streams.put()
        headings = ("doubt", "alone", "from–to", "with interactions", "from–to ")
        tables.put_table(headings, rows, numbers=headings[1:])
