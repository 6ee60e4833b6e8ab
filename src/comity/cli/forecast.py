"""``comity forecast``: what the body would adopt, who objects, what would unblock it, how sure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

from typer import BadParameter, Option

from comity.cli import forecast_doubt, forecast_many, made, models, named, page, streams
from comity.cli.options import (
    DRAWS,
    SEED,
    CodingName,
    DossierPath,
    Draws,
    Force,
    Items,
    Json,
    On,
    Seed,
    Timings,
    Workers,
)

if TYPE_CHECKING:
    from comity.ensemble import Forecast


def forecast(
    path: DossierPath,
    item: Items = None,
    model: Annotated[
        list[str] | None,
        Option(
            "--model",
            metavar="NAME",
            help="Set published models side by side instead: a name, or all. May be given several "
            "times.",
        ),
    ] = None,
    coding: CodingName = None,
    report: Annotated[
        Path | None,
        Option("--report", metavar="FILE", help="Write the HTML report as well."),
    ] = None,
    force: Force = False,
    seed: Seed = SEED,
    draws: Draws = DRAWS,
    workers: Workers = None,
    on: On = None,
    checkpoint: Annotated[
        Path | None,
        Option(
            "--checkpoint",
            metavar="FILE",
            help="With --model: keep in this file what is done, and go on from there when run "
            "again.",
        ),
    ] = None,
    sobol: Annotated[
        bool,
        Option(
            "--sobol",
            help="Tell which doubt moves the answer instead: of --model, or of whether a text is "
            "adopted.",
        ),
    ] = False,
    as_json: Json = False,
    timings: Timings = False,
) -> None:
    """Tell what would be adopted and who objects.

    Also what would unblock it, and how sure all that is. The same dossier, seed and number of
    draws give the same answer, byte for byte. With --report the last line is the path of the
    report, which tells of all items; under --json that line goes to stderr.

    With --model the answer is a table of published models side by side, and why they differ: means,
    median, bargaining solutions, winset and core, agenda setter and others. Over more than 100,000
    draws, or with --checkpoint, their predictions are summed up while the draws are made.

    \b
    Examples:
      comity forecast summit.yaml
      comity forecast summit.yaml --item limit --draws 20000
      comity forecast summit.yaml --json --seed 1
      comity forecast summit.yaml --model all --item limit
      comity forecast summit.yaml --model nash --draws 300000 --checkpoint f.ckpt
      comity forecast summit.yaml --item limit --sobol
    """
    _refuse_odd(model, checkpoint, report, sobol=sobol)
    if report is not None:
        page.refuse_in_vain(report, force=force, dossier=path)
    whole = made.read(path, timings=timings)
    dossier = named.coded(whole, path, coding)
    items = named.items(dossier, path, item)
    drawn = _Drawn(seed=seed, draws=draws, workers=workers, on=on, timings=timings)
    if sobol:
        forecast_doubt.put(
            dossier, path, items, model or (), coding=coding, as_json=as_json, **drawn
        )
        return
    if model is not None and report is None and (checkpoint or _many(draws)):
        forecast_many.put(
            dossier,
            path,
            items,
            model,
            checkpoint=checkpoint,
            coding=coding,
            as_json=as_json,
            **drawn,
        )
        return
    compared = None if model is None else models.compared(dossier, path, model, items, **drawn)
    found = None
    if compared is None or report is not None:
        found = made.forecast_of(dossier, path, **drawn)
    made.tell_findings(path, whole)
    if compared is not None:
        models.put_json(compared, coding) if as_json else models.put_comparison(compared)
    elif found is not None:
        _put(found, items, coding, as_json=as_json)
    if report is not None and found is not None:
        with made.timed("reporting", timings):
            written = page.write(found, report, compared)
        if as_json:
            streams.say(str(written))
        else:
            page.tell(written)


def _many(draws: int) -> bool:
    """Whether predictions are summed up, since so many are not kept."""
    from comity.ensemble.compared import MOST_DRAWS

    return draws > MOST_DRAWS


def _refuse_odd(
    model: Sequence[str] | None, checkpoint: Path | None, report: Path | None, *, sobol: bool
) -> None:
    """Refuse what makes no sense together."""
    if checkpoint is not None and (model is None or sobol):
        raise BadParameter("--checkpoint keeps what models predict: give --model, and no --sobol.")
    if report is not None and (sobol or checkpoint is not None):
        raise BadParameter("--report goes neither with --sobol nor with --checkpoint.")


class _Drawn(TypedDict):
    """How the draws are made, whatever is asked of them."""

    seed: int
    draws: int
    workers: int | None
    on: str | None
    timings: bool


def _put(found: Forecast, items: Sequence[str], coding: str | None, *, as_json: bool) -> None:
    if as_json:
        _put_json(found, items, coding)
        return
    from comity.cli.answer import put_answer

    put_answer(found, items)


def _put_json(found: Forecast, items: Sequence[str], coding: str | None) -> None:
    from comity.cli.envelope import enveloped

    result = found.to_json()
    seed, draws = result.pop("seed"), result.pop("draws")  # they stand in the envelope
    for told in (result, *result["codings"].values()):
        told["items"] = {name: told["items"][name] for name in items}
    streams.put_json(enveloped("forecast", {"coding": coding} | result, seed=seed, draws=draws))
