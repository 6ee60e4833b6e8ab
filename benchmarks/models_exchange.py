"""How long position exchange takes: one round of many actors and items, and many draws at once.

Instances are random (whole positions, saliences and capabilities, seeds 0–9): the median and the
worst of seeds. *Cold* is the first call of a fresh process with the compiled code in its cache, as
in every run but the first of an installation, which compiles. The peer is the Python
implementation foarsitter/decide-exchange-model, which is not on PyPI: 1.7 s for 27 actors and 5
issues, one round, as measured when the project was planned.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median
from typing import Any

import numpy as np

PEER = {(27, 5, 1): 1.7}
"""Actors, items, draws to seconds."""

SIZES = ((27, 5, 1), (15, 13, 1), (100, 5, 1), (10, 3, 10_000), (27, 5, 100))
SEEDS = range(int(os.environ.get("COMITY_BENCH_SEEDS") or 10))

Row = tuple[str, float | None, float, float]
"""What was done; seconds of the peer, ours in the median and at worst."""


def instance(actors: int, items: int, draws: int, seed: int) -> Any:
    """Random positions of 0–100, saliences of .01–1 and capabilities of 1–20."""
    from comity.forecast.exchange.laid import Laid

    rng = np.random.default_rng(seed)
    shape = draws, items, actors
    saliences = rng.integers(1, 101, shape) / 100
    return Laid(
        tuple(f"item{number:02}" for number in range(items)),
        tuple(f"actor{number:03}" for number in range(actors)),
        rng.integers(0, 101, shape).astype(float),
        saliences,
        saliences * rng.integers(1, 21, shape),
        np.ones(shape[1:]),
    )


def seconds(actors: int, items: int, draws: int, seed: int) -> float:
    from comity.forecast.exchange.model import outcomes_of

    laid = instance(actors, items, draws, seed)
    begun = time.perf_counter()
    outcomes_of(laid)
    return time.perf_counter() - begun


def cold() -> float:
    """The first call of a fresh process, imports and reading of compiled code included."""
    script = "from models_exchange import seconds; print(seconds(27, 5, 1, 0))"
    ran = [sys.executable, "-c", script]
    folder = __file__.rpartition("/")[0] or "."
    times = [
        float(subprocess.run(ran, cwd=folder, capture_output=True, check=True, text=True).stdout)
        for _ in range(3)
    ]
    return median(times)


def rows() -> list[Row]:
    """A row for each size, after one call that is not counted."""
    seconds(3, 2, 1, 0)
    found: list[Row] = []
    for actors, items, draws in SIZES:
        times = [seconds(actors, items, draws, seed) for seed in SEEDS]
        drawn = "one round" if draws == 1 else f"{draws:,} draws"
        work = f"position exchange, {actors} actors × {items} items, {drawn}"
        found.append((work, PEER.get((actors, items, draws)), median(times), max(times)))
    return found


def main() -> None:
    print(f"{'work':<60} {'peer':>9} {'median':>9} {'worst':>9} {'faster':>8}")
    for work, peer, middle, worst in rows():
        times = "" if peer is None else f"{peer / middle:,.0f} ×"
        told = "" if peer is None else f"{peer:.1f} s"
        print(f"{work:<60} {told:>9} {1e3 * middle:>6.1f} ms {1e3 * worst:>6.1f} ms {times:>8}")
    print(f"cold start, 27 actors × 5 items: {1e3 * cold():.0f} ms")


if __name__ == "__main__":
    main()
