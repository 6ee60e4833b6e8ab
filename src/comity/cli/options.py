"""Options that several verbs share, so that one word means one thing everywhere."""

from __future__ import annotations

from typing import Annotated

from typer import Option

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
Timings = Annotated[bool, Option("--timings", help="Print to stderr how long each step took.")]

SEED = 1
DRAWS = 10_000
