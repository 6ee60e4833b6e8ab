"""``comity forecast``: what the body would adopt, who objects, what would unblock it, how sure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from comity.cli import made, named, page, streams
from comity.cli.options import (
    DRAWS,
    SEED,
    CodingName,
    DossierPath,
    Draws,
    Force,
    Items,
    Json,
    Seed,
    Timings,
    Workers,
)

if TYPE_CHECKING:
    from comity.ensemble import Forecast


def forecast(
    path: DossierPath,
    item: Items = None,
    coding: CodingName = None,
    report: Annotated[
        Path | None,
        Option("--report", metavar="FILE", help="Write the HTML report as well."),
    ] = None,
    force: Force = False,
    seed: Seed = SEED,
    draws: Draws = DRAWS,
    workers: Workers = None,
    as_json: Json = False,
    timings: Timings = False,
) -> None:
    """Tell what would be adopted and who objects.

    Also what would unblock it, and how sure all that is. The same dossier, seed and number of
    draws give the same answer, byte for byte. With --report the last line is the path of the
    report, which tells of all items; under --json that line goes to stderr.

    \b
    Examples:
      comity forecast summit.yaml
      comity forecast summit.yaml --item limit --draws 20000
      comity forecast summit.yaml --json --seed 1
    """
    if report is not None:
        page.refuse_in_vain(report, force=force, dossier=path)
    whole = made.read(path, timings=timings)
    dossier = named.coded(whole, path, coding)
    items = named.items(dossier, path, item)
    found = made.forecast_of(
        dossier, path, seed=seed, draws=draws, workers=workers, timings=timings
    )
    made.tell_findings(path, whole)
    if as_json:
        _put_json(found, items, coding)
    else:
        from comity.cli.answer import put_answer

        put_answer(found, items)
    if report is not None:
        with made.timed("reporting", timings):
            written = page.write(found, report)
        if as_json:
            streams.say(str(written))
        else:
            page.tell(written)


def _put_json(found: Forecast, items: Sequence[str], coding: str | None) -> None:
    from comity.cli.envelope import enveloped

    result = found.to_json()
    seed, draws = result.pop("seed"), result.pop("draws")  # they stand in the envelope
    for told in (result, *result["codings"].values()):
        told["items"] = {name: told["items"][name] for name in items}
    streams.put_json(enveloped("forecast", {"coding": coding} | result, seed=seed, draws=draws))
