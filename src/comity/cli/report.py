"""``comity report``: the answer as one HTML file."""

from __future__ import annotations

from comity.cli import made, named, page, streams
from comity.cli.options import (
    DRAWS,
    SEED,
    CodingName,
    DossierPath,
    Draws,
    Force,
    Output,
    Seed,
    Timings,
    Workers,
)


def report(
    path: DossierPath,
    output: Output = None,
    force: Force = False,
    coding: CodingName = None,
    seed: Seed = SEED,
    draws: Draws = DRAWS,
    workers: Workers = None,
    timings: Timings = False,
) -> None:
    """Write the answer as one HTML file and print its path.

    The file needs no network and prints well. Without --output it is called after the dossier,
    NAME-report.html, and lies in the current folder. A report there is written over; any other
    file is kept, unless --force is given.

    \b
    Examples:
      comity report summit.yaml
      comity report summit.yaml --output out/summit.html
    """
    place = page.default_place(path) if output is None else output
    page.refuse_in_vain(place, force=force, dossier=path)
    whole = made.read(path, timings=timings)
    dossier = named.coded(whole, path, coding)
    found = made.forecast_of(
        dossier, path, seed=seed, draws=draws, workers=workers, timings=timings
    )
    made.tell_findings(path, whole)
    with made.timed("reporting", timings):
        written = page.write(found, place)
    streams.put_path(written)
