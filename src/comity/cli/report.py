"""``comity report``: the answer as one HTML file, and as a brief of one page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from comity.cli import made, mediate_given, mediate_page, named, page, streams
from comity.cli.mediate import DRAWS as DRAWS_OF_TALKS
from comity.cli.options import (
    DRAWS,
    SEED,
    CodingName,
    DossierPath,
    Force,
    Output,
    Seed,
    Timings,
    Workers,
)
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.dossier import Dossier
    from comity.ensemble import Forecast
    from comity.ensemble.mediation import Mediation


def report(
    path: DossierPath,
    output: Output = None,
    brief: Annotated[
        Path | None,
        Option("--brief", metavar="FILE", help="Write a brief of one page as well, as .docx."),
    ] = None,
    force: Force = False,
    coding: CodingName = None,
    seed: Seed = SEED,
    draws: Annotated[
        int | None,
        Option(
            "--draws",
            min=1,
            help="Number of draws from the dossier; none: 10,000 for an agenda, 1,000 for talks.",
        ),
    ] = None,
    workers: Workers = None,
    timings: Timings = False,
) -> None:
    """Write the answer as one HTML file and print its path.

    The file holds the forecast of the dossier's agenda and a mediation of each of its talks; it
    needs no network and prints well. Without --output it is called after the dossier,
    NAME-report.html, and lies in the current folder. A report there is written over; any other
    file is kept, unless --force is given. With --brief the last line is the path of the brief.

    \b
    Examples:
      comity report summit.yaml
      comity report summit.yaml --output out/summit.html
      comity report summit.yaml --brief brief.docx
    """
    place = page.default_place(path) if output is None else output
    if brief is not None and brief.absolute() == place.absolute():
        raise ComityError("report and brief cannot be one file", mend="Give them two names.")
    mediate_page.refuse_in_vain(place, brief, force=force, dossier=path)
    whole = made.read(path, timings=timings)
    dossier = named.coded(whole, path, coding)
    found = tuple(_found(dossier, path, seed, draws, workers, timings=timings))
    made.tell_findings(path, whole)
    with made.timed("reporting", timings):
        from comity.report import report as page_of

        written = page_of(*found).save(place)
    streams.put_path(written)
    if brief is not None:
        _put_brief(found, brief, timings=timings)


def _found(
    dossier: Dossier,
    path: Path,
    seed: int,
    draws: int | None,
    workers: int | None,
    *,
    timings: bool,
) -> Iterator[Forecast | Mediation]:
    """The forecast of the agenda, unless there are talks alone, and what is found of the talks."""
    if dossier.agenda or not dossier.talks:
        yield made.forecast_of(
            dossier, path, seed=seed, draws=draws or DRAWS, workers=workers, timings=timings
        )
    for talks in dossier.talks:
        yield mediate_given.mediation_of(
            dossier,
            path,
            talks,
            claim=None,
            epsilon=0.0,
            seed=seed,
            draws=draws or DRAWS_OF_TALKS,
            workers=workers,
            timings=timings,
        )


def _put_brief(found: tuple[Forecast | Mediation, ...], place: Path, *, timings: bool) -> None:
    with made.timed("writing the brief", timings):
        from comity.report.brief import brief

        written = brief(*found).save(place)
    streams.put_path(written)
