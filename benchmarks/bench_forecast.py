"""How long 10,000 draws of the whole Yerevan agenda take; medians, printed as a table.

*Cold* is the first forecast of a process that has just imported Comity; *warm* the median of the
following ones. *Reading* is the dossier from its files. Outcomes alone are one pass of the model
over all draws and items; the full forecast adds counterfactuals, codings, conflicts, openings,
passage curves, ranges, chairs and tornados. CPU seconds stand beside the seconds of the clock,
for on a busy machine the clock also counts what others do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

CASE = Path(__file__).resolve().parents[1] / "examples" / "cases" / "yerevan-2022"
DRAWS, WARM = 10_000, 7
COLD = min(5, int(os.environ.get("COMITY_BENCH_SEEDS") or 5))

Seconds = tuple[float, float]
"""By the clock, and of CPU time over all threads."""


def timed(work: Callable[[], object]) -> Seconds:
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - cpu


def middle(times: list[Seconds]) -> Seconds:
    return median(clock for clock, _ in times), median(cpu for _, cpu in times)


def in_one_process(workers: int) -> dict[str, list[Seconds]]:
    """One cold forecast, then warm ones, with the pieces beside them."""
    from comity.dossier import Batch, Keyed, load
    from comity.ensemble import forecast
    from comity.forecast import outcomes

    read = timed(lambda: load(CASE))
    dossier = load(CASE)
    full = lambda: forecast(dossier, draws=DRAWS, workers=workers)  # noqa: E731
    alone = lambda: outcomes(Batch(dossier, Keyed(1, 0, DRAWS)))  # noqa: E731
    cold = timed(full)
    return {
        "reading": [read],
        "cold": [cold],
        "warm": [timed(full) for _ in range(WARM)],
        "outcomes": [timed(alone) for _ in range(WARM)],
    }


def in_fresh_processes(workers: int) -> dict[str, Seconds]:
    """Medians over several processes, each of them cold once."""
    found: dict[str, list[Seconds]] = {}
    for _ in range(COLD):
        done = subprocess.run(
            [sys.executable, __file__, str(workers)], capture_output=True, text=True, check=True
        )
        for name, times in json.loads(done.stdout).items():
            found.setdefault(name, []).extend(tuple(each) for each in times)
    return {name: middle(times) for name, times in found.items()}


def main() -> None:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{DRAWS:,} draws of the Yerevan agenda on {os.cpu_count()} cores; load before: {load}")
    print(f"{'':34}{'workers':>8}{'seconds':>10}{'CPU s':>8}")
    for workers in (1, 2):
        found = in_fresh_processes(workers)
        for name, label in LABELS.items():
            if name in ("cold", "warm") or workers == 1:
                clock, cpu = found[name]
                print(f"{label:34}{workers:>8}{clock:>10.3f}{cpu:>8.3f}")
    print("Other programs may have used the cores at the same time: see the load.")


LABELS = {
    "reading": "reading the dossier, cold",
    "outcomes": "outcomes alone, warm",
    "cold": "full forecast, cold",
    "warm": "full forecast, warm",
}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(in_one_process(int(sys.argv[1]))))
    else:
        main()
