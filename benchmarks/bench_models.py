"""How long the challenge model and the Condorcet election take, and exchange; printed as a table.

Instances are random, seeds 0 to 9: ideals uniform from 0 to 100, saliences from 0 to 100,
capabilities from 0 to 1, all independent. *Warm* is the median over the seeds in one process after
a first answer, beside it the worst of them, in milliseconds by the clock; on a busy machine that
also counts what others do, so the load is printed, and the median of CPU time. Everything runs in
one thread. *Cold* is importing
the model and its first answer in a fresh process, the median of three; *compiling* the same with
nothing compiled before, once a machine.

No implementation of the challenge model is on PyPI. The figures of public ones stand in the table
with where they come from: 100 actors to convergence and 10,000 draws of 10 actors were measured
before, on two cores, with re-implementations of Scholz, Calbert and Smith (2011) that are on GitHub
alone; one of them gives 4 s for its 10,000 draws itself. To convergence means here until the median
stands still (conventions §59). Nearly all positions come round in cycles if played on, so rest is
timed by fifty rounds.

Rows of the exchange model are those of models_exchange.py beside this file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

SEEDS = range(int(os.environ.get("COMITY_BENCH_SEEDS") or 10))
COLD = 3
PUBLIC = "0.55–0.7 s"
TEN_THOUSAND = "about 4 s"

Instance = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Row:
    """One kind of work: milliseconds by clock and CPU for each seed, a peer, the goal."""

    title: str
    times: list[tuple[float, float]]
    peer: str = ""
    goal: str = ""

    def told(self) -> str:
        clock, cpu = zip(*self.times, strict=True)
        found = f"{median(clock):10.2f}{max(clock):10.2f}{median(cpu):10.2f}"
        return f"{self.title:58}{found}{self.peer:>14}{self.goal:>14}"


def instance(draws: int, actors: int, seed: int) -> Instance:
    """Ideals, saliences and weights c·s, all of shape (draws, actors)."""
    rng = np.random.default_rng(seed)
    ideals, saliences = 100 * rng.random((2, draws, actors))
    return ideals, saliences, rng.random((draws, actors)) * saliences / 100


def timed(work: Callable[[Instance], object], draws: int, actors: int) -> list[tuple[float, float]]:
    """Milliseconds of each seed by the clock and of CPU time, the instance made beforehand."""
    made = [instance(draws, actors, seed) for seed in SEEDS]
    work(made[0])
    found = []
    for each in made:
        clock, cpu = time.perf_counter(), time.process_time()
        work(each)
        spent = time.perf_counter() - clock, time.process_time() - cpu
        found.append((1000 * spent[0], 1000 * spent[1]))
    return found


def challenges(stop: str) -> Callable[[Instance], object]:
    from comity.forecast.challenge import Reading, challenge_outcomes

    reading = Reading(stop=stop)  # type: ignore[arg-type]
    return lambda each: challenge_outcomes(*each, reading)


def election(each: Instance) -> object:
    from comity.forecast.election import spatial_chances

    ideals, saliences, weights = each
    return spatial_chances(ideals[:, :, None], saliences[:, :, None], weights)


def rows() -> list[Row]:
    quick, long = challenges("median"), challenges("rest")
    found = [
        Row("challenge, 100 actors, to convergence", timed(quick, 1, 100), PUBLIC, "11–14 ms"),
        Row("challenge, 100 actors, fifty rounds or a cycle", timed(long, 1, 100)),
        Row(
            "challenge, 10,000 draws of 10 actors", timed(quick, 10_000, 10), TEN_THOUSAND, "300 ms"
        ),
        Row("challenge, 10,000 draws of 10, fifty rounds or a cycle", timed(long, 10_000, 10)),
    ]
    found += [
        Row(f"challenge, one draw of {actors} actors", timed(quick, 1, actors))
        for actors in (10, 30, 300, 1_000)
    ]
    found += [
        Row(f"challenge, {draws:,} draws of 27 actors", timed(quick, draws, 27))
        for draws in (100, 1_000, 10_000)
    ]
    found += [
        Row("election, 10,000 draws of 10 actors", timed(election, 10_000, 10)),
        Row("election, 1,000 draws of 27 actors", timed(election, 1_000, 27)),
        Row("election, one draw of 100 actors", timed(election, 1, 100)),
    ]
    return found


FIRST = {
    "challenge": "from bench_models import *; challenges('median')(instance(1, 10, 0))",
    "election": "from bench_models import *; election(instance(1, 10, 0))",
}


def cold(name: str, cache: str | None = None) -> float:
    """Seconds of a fresh process from import to the first answer."""
    environment = os.environ | ({} if cache is None else {"NUMBA_CACHE_DIR": cache})
    timer = f"import time; t = time.perf_counter(); {FIRST[name]}; print(time.perf_counter() - t)"
    ran = subprocess.run(
        [sys.executable, "-c", timer],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent,
        env=environment,
    )
    return float(ran.stdout)


def main() -> None:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Models of what a body decides, on {os.cpu_count()} cores; load before: {load}")
    print(f"{'':58}{'warm, ms':>10}{'worst':>10}{'CPU':>10}{'public peer':>14}{'to reach':>14}")
    for row in rows():
        print(row.told())
    for name in FIRST:
        usual = median(cold(name) for _ in range(COLD))
        with tempfile.TemporaryDirectory() as empty:
            first = cold(name, empty)
        print(f"{name + ', cold: import and first answer':58}{1000 * usual:10.0f} ms")
        print(f"{name + ', compiling: once a machine':58}{1000 * first:10.0f} ms")
    try:
        import models_exchange
    except ModuleNotFoundError:
        return
    models_exchange.main()


if __name__ == "__main__":
    main()
