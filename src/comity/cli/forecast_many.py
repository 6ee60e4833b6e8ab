"""``comity forecast --model … --on … --checkpoint …``: models over very many draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli import exits, made, streams, tables

if TYPE_CHECKING:
    from comity.dossier import Dossier
    from comity.ensemble.predictions import Predicted, Predictions


def put(
    dossier: Dossier,
    path: Path,
    items: Sequence[str],
    models: Sequence[str],
    *,
    seed: int,
    draws: int,
    on: str | None,
    workers: int | None,
    checkpoint: Path | None,
    coding: str | None,
    as_json: bool,
    timings: bool,
) -> None:
    """Tell what models predict, summed up as the draws are made."""
    found = _found(dossier, path, items, models, seed, draws, on, workers, checkpoint, timings)
    if as_json:
        from comity.cli.envelope import enveloped

        result = found.to_json()
        del result["seed"], result["draws"]  # they stand in the envelope
        streams.put_json(enveloped("forecast", {"coding": coding} | result, seed=seed, draws=draws))
        return
    _put(found)


def _found(
    dossier: Dossier,
    path: Path,
    items: Sequence[str],
    models: Sequence[str],
    seed: int,
    draws: int,
    on: str | None,
    workers: int | None,
    checkpoint: Path | None,
    timings: bool,
) -> Predictions:
    from comity.cli.progress import progress
    from comity.ensemble.predictions import predictions

    with (
        exits.kept_in(checkpoint, draws),
        made.timed("forecasting", timings),
        made.placed(path),
        progress("forecasting") as told,
    ):
        return predictions(
            dossier,
            models,
            items=items,
            draws=draws,
            seed=seed,
            on=on,
            workers=workers,
            checkpoint=checkpoint,
            progress=told,
        )


def _put(found: Predictions) -> None:
    from comity.cli.heading import put_section, put_title, seen
    from comity.report.words import title_of

    put_title(found.dossier, "Models over many draws")
    streams.put_prose(
        f"{seen(found.dossier.as_of, found.dossier.note)} {found.draws:,} draws, "
        f"seed {found.seed}. "
        "The error is that of the draws, not of the inputs; percentiles are right to 0.05 point."
    )
    for item, views in found.items.items():
        put_section(title_of(item))
        answered = {name: view for name, view in views.items() if view.why is None}
        _put_scale([view for view in answered.values() if view.mean is not None])
        for view in answered.values():
            for sentence in _said(view):
                streams.put_prose(sentence)
        for view in views.values():
            if view.why is not None:
                streams.put_prose(f"No answer from the model “{view.title}”: {view.why}.")


def _put_scale(views: Sequence[Predicted]) -> None:
    if not views:
        return
    headings = ("model", "mean", "error", "sd", "10 %", "50 %", "90 %")
    tables.put_table(headings, [_row(view) for view in views], numbers=headings[1:])


def _row(view: Predicted) -> tuple[str, ...]:
    assert view.percentiles is not None
    middle = (view.percentiles[str(percent)] for percent in (10, 50, 90))
    return (
        view.title,
        _number(view.mean, 3),
        _number(view.error, 4),
        _number(view.sd, 2),
        *(_number(point, 1) for point in middle),
    )


def _said(view: Predicted) -> Iterator[str]:
    from comity.report.words import listed, percent, quoted

    if isinstance(view.point, Mapping):
        ranked = sorted(view.point.items(), key=lambda entry: -entry[1])
        weights = listed(f"{percent(weight)} on {quoted(option)}" for option, weight in ranked)
        yield f"{view.title}: weights of {weights}."
    if view.adoption is not None and view.adoption_error is not None:
        yield (
            f"{view.title}: the tabled draft is adopted in {100 * view.adoption:.3g} % of draws "
            f"(error {100 * view.adoption_error:.2g} points)."
        )
    if view.answered and view.lacking:
        yield (
            f"{view.title}: in {percent(view.lacking)} of draws every text is beaten by another; "
            "there what lies between the pivots stands in."
        )
    if view.caveat is not None:
        yield f"Mind: the model “{view.title}” was {view.caveat}."


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
