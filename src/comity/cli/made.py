"""A forecast made for a verb: read, drawn under a progress bar, and what the checks find told."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli import streams
from comity.errors import DossierError, UnsupportedError

if TYPE_CHECKING:
    from comity.dossier import Dossier
    from comity.ensemble import Forecast


def read(path: Path, *, timings: bool = False) -> Dossier:
    """The dossier at a path."""
    with timed("reading", timings):
        from comity.dossier.load import load

        return load(path)


def forecast_of(
    dossier: Dossier,
    path: Path,
    *,
    seed: int,
    draws: int,
    workers: int | None,
    on: str | None = None,
    timings: bool = False,
) -> Forecast:
    """The forecast of the dossier at a path, its progress shown to whoever waits for it."""
    from comity.cli.progress import progress

    with timed("forecasting", timings), placed(path), progress("forecasting") as told:
        from comity.ensemble import forecast

        try:
            return forecast(dossier, seed=seed, draws=draws, workers=workers, on=on, progress=told)
        except MemoryError:
            raise UnsupportedError(
                "there is not enough memory for so many draws of this dossier",
                found=f"--draws {draws}",
                mend="Ask for fewer draws, with --draws.",
            ) from None


@contextmanager
def placed(path: Path) -> Iterator[None]:
    """Let an error about a dossier name file and line, which the dossier itself does not know."""
    try:
        yield
    except DossierError as error:
        if error.place.file is not None:
            raise
        from comity.dossier.load import place_of

        place = place_of(path, error.place.field)
        raise DossierError(
            error.problem, place=place, found=error.found, mend=error.mend
        ) from error


def tell_findings(path: Path, dossier: Dossier) -> None:
    """Say on stderr how much the checks find; they do not stop a forecast."""
    from comity.cli.checked import findings

    count = len(findings(dossier))
    if count:
        found = f"{count} finding{'s' if count > 1 else ''} of the checks"
        streams.say(f"{found}; see: comity check {shlex.quote(str(path))}")


@contextmanager
def timed(step: str, wanted: bool) -> Iterator[None]:
    """Say on stderr how long a step took, if that is wanted."""
    began = time.perf_counter()
    yield
    if wanted:
        streams.say(f"{step}: {time.perf_counter() - began:.2f} s")
