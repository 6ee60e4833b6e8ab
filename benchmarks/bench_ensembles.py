"""How ensembles grow with draws, actors, issues and workers, and what memory they take; a table.

Dossiers are random: so many members and issues, every ideal and salience its own range, seed 0.
Each row is measured in a fresh process: *cold* is the import and a first answer of one chunk (for
processes and Dask also the start of the workers), *warm* the median of three runs after that (one,
where it takes seconds), *peak* the memory of the process at its largest, with the largest of its
workers times their number. The *compromise* costs next to nothing a draw, so its rows show what the
engine costs; *adoption* is the consensus model, *challenge* rounds of challenges. A row that takes
longer than LONGEST is given up and said to be. CPU seconds are not told: workers are processes.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from statistics import median
from typing import Any

LONGEST = float(os.environ.get("COMITY_BENCH_LONGEST") or 40.0)
"""Seconds a row may take, its start included."""

MOST_DRAWS = int(os.environ.get("COMITY_BENCH_DRAWS") or 10**9)
"""Draws of a row at most: to try out whether all of it runs."""

SHORT = 1.5
"""Seconds up to which a run is repeated."""


@dataclass(frozen=True)
class Work:
    """One row: what is asked of how many draws of what dossier, where."""

    model: str
    draws: int
    actors: int = 10
    issues: int = 1
    on: str = "threads"
    workers: int = 1

    @property
    def title(self) -> str:
        told = f"{self.model}, {self.draws:,} draws, {self.actors} actors"
        return f"{told}, {self.issues} issue{'s' * (self.issues > 1)}"


TABLES: dict[str, list[Work]] = {
    "draws, and memory": [Work("compromise", 10**power) for power in (4, 5, 6, 7)],
    "actors": [
        *(Work("compromise", 100_000, actors) for actors in (5, 20, 80)),
        *(Work("adoption", 20_000, actors) for actors in (5, 20, 40)),
        *(Work("challenge", 10_000, actors) for actors in (5, 10, 20)),
    ],
    "issues": [
        *(Work("compromise", 100_000, 10, issues) for issues in (1, 5, 20)),
        *(Work("adoption", 20_000, 10, issues) for issues in (1, 5, 20)),
    ],
    "workers": [
        Work(model, draws, on=on, workers=workers)
        for model, draws in (("adoption", 100_000), ("challenge", 50_000))
        for on, workers in (
            ("threads", 1),
            ("threads", 2),
            ("processes", 1),
            ("processes", 2),
            ("local", 1),
            ("local", 2),
        )
    ],
}


# ---------------------------------------------------------------- one row, in its own process


def dossier(actors: int, issues: int) -> Any:
    """So many members with ranges of their own on so many issues."""
    from comity.dossier import loads

    drawn = random.Random(0)

    def spread() -> str:
        low, high = sorted(drawn.uniform(0, 100) for _ in range(2))
        return f"{low:.1f}..{high:.1f}"

    who = [f"A{k}" for k in range(actors)]
    lines = ["comity: 1", "title: Random", "as_of: 2024-01-01", "actors:"]
    lines += [f"  {name}: {{name: {name}, capability: {drawn.randint(1, 20)}}}" for name in who]
    lines += [f"bodies: {{body: {{members: [{', '.join(who)}], charter: plain}}}}", "agenda:"]
    for k in range(issues):
        lines.append(
            f"  i{k}: {{body: body, question: q, scale: {{0: a, 100: b}}, reversion: 0, "
            "smallest_step: 10, tabled: 60}"
        )
    lines.append("positions:")
    for k in range(issues):
        lines.append(f"  i{k}:")
        lines += [
            f"    {name}: {{ideal: {spread()}, salience: {spread()}, basis: assumed}}"
            for name in who
        ]
    return loads("\n".join(lines))


def function(model: str, issues: int) -> Callable[[Any], Any]:
    if model == "adoption":
        return adoption
    from comity.ensemble.predictions import Predicting
    from comity.forecast.models import named

    return Predicting(((model, named(model)),), tuple(f"i{k}" for k in range(issues)))


def adoption(batch: Any) -> dict[str, Any]:
    """Whether any text is adopted, on each item."""
    from comity.forecast import outcomes

    return {item: found.adoptable for item, found in outcomes(batch).items()}


def measured(work: Work) -> dict[str, Any]:
    """Seconds cold and warm, and megabytes at the peak."""
    begun = time.perf_counter()
    from comity.ensemble.executors import opened
    from comity.ensemble.over_draws import over_draws

    body, asked = dossier(work.actors, work.issues), function(work.model, work.issues)
    with opened(work.on, work.workers) as executor:
        run = partial(over_draws, body, asked, on=executor)
        run(draws=min(work.draws, 5_000))
        cold, times = time.perf_counter() - begun, []
        while len(times) < 3 and (not times or times[0] < SHORT):
            start = time.perf_counter()
            run(draws=work.draws)
            times.append(time.perf_counter() - start)
    own, child = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    peak = own + (child * work.workers if work.on in ("processes", "local") else 0.0)
    return {"cold": cold, "warm": median(times), "runs": len(times), "peak": peak}


# ---------------------------------------------------------------- the table


def told(work: Work) -> dict[str, Any] | str:
    """What a fresh process measured, or why it could not."""
    command = [sys.executable, "-W", "ignore", __file__, json.dumps(asdict(work))]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        out, err = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)  # its workers are of its session
        process.communicate()
        return f"given up after {LONGEST:.0f} s"
    if process.returncode != 0:
        return f"could not be run: {(err.strip().splitlines() or ['no word'])[-1][:70]}"
    found: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
    return found


def show(name: str, works: list[Work]) -> None:
    print(f"\nScaling with {name}")
    print(f"  {'':52}{'where':>14}{'cold s':>8}{'warm s':>9}{'draws/s':>12}{'peak MB':>9}  ratio")
    first: dict[str, float] = {}
    for work in (replace(each, draws=min(each.draws, MOST_DRAWS)) for each in works):
        where = f"{work.on} {work.workers}"
        found = told(work)
        if isinstance(found, str):
            print(f"  {work.title:52}{where:>14}  {found}", flush=True)
            continue
        base = first.setdefault(work.model, found["warm"])
        rate = work.draws / found["warm"]
        ratio = f"{found['warm'] / base:.2f} × the first"
        print(
            f"  {work.title:52}{where:>14}{found['cold']:>8.1f}{found['warm']:>9.3f}{rate:>12,.0f}"
            f"{found['peak']:>9.0f}  {ratio if found['warm'] != base else ''}".rstrip(),
            flush=True,
        )


def main() -> None:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Ensembles on {os.cpu_count()} cores; load before: {load}")
    for name, works in TABLES.items():
        show(name, works)
    print("\nOther programs may have used the cores at the same time: see the load.")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measured(Work(**json.loads(sys.argv[1])))))
    else:
        main()
