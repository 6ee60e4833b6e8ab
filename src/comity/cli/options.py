"""Arguments and options that several verbs share, so that one word means one thing everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, BadParameter, Option


def a_path(given: str) -> Path:
    """A path as it is given; an empty one, such as an unset variable leaves, is no folder."""
    if not given:
        raise BadParameter("a path is empty.")
    return Path(given)


DossierPath = Annotated[
    Path,
    Argument(
        metavar="DOSSIER",
        help="A YAML file, a folder of them, a workbook, or a table you have "
        "(docs/how-to/formats.md).",
        show_default=False,
        parser=a_path,
    ),
]
Json = Annotated[bool, Option("--json", help="Print one JSON object instead of tables.")]
Seed = Annotated[int, Option("--seed", min=0, help="Seed of the draws; same seed, same answer.")]
Draws = Annotated[int, Option("--draws", min=1, help="Number of draws from the dossier.")]
Workers = Annotated[
    int | None,
    Option(
        "--workers",
        min=1,
        help="Threads to use; none: up to 2. Changes the time, never the answer.",
    ),
]
On = Annotated[
    str | None,
    Option(
        "--on",
        metavar="WHERE",
        help="Where the work is done: threads, processes, local (a Dask cluster on this machine), "
        "or the address of a Dask scheduler, tcp://host:8786. Changes the time, never the answer.",
    ),
]
Timings = Annotated[bool, Option("--timings", help="Print to stderr how long each step took.")]
Items = Annotated[
    list[str] | None,
    Option(
        "--item",
        metavar="ID",
        help="Tell of this agenda item alone. May be given several times.",
    ),
]
CodingName = Annotated[
    str | None,
    Option("--coding", metavar="NAME", help="Read the dossier as this coding of it does."),
]
Output = Annotated[
    Path | None,
    Option("--output", "-o", metavar="FILE", help="Where to write the report.", show_default=False),
]
Force = Annotated[bool, Option("--force", help="Write over a file that is not a report.")]

SEED = 1
DRAWS = 10_000
