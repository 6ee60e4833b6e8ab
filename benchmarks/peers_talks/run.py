"""One library's frontier, Nash and egalitarian solution of some talks: a line of JSON each.

    python run.py LIBRARY SECONDS < talks.json

It runs in Comity's environment or in that of the others. The talks come as tables: what each
option of each issue is worth to each party. The first are solved twice: once *cold*, the import
counted in, and once more as the first of the *warm* ones. It ends when the CPU seconds for one
answer are used up and, after that many CPU seconds in all, between two answers. Making the
library's own objects from the tables is not timed.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

Tables = list[list[list[float]]]
"""By issue, option and party."""

Answer = dict[str, Any]


def with_comity(tables: Tables) -> Callable[[], Answer]:
    import numpy as np

    from comity.bargaining.frontier import frontier
    from comity.bargaining.problem import Problem
    from comity.bargaining.solutions import solutions

    parties = len(tables[0][0])
    problem = Problem(
        tuple(f"p{i}" for i in range(parties)),
        tuple(f"i{k}" for k in range(len(tables))),
        tuple(tuple(f"o{o}" for o in range(len(table))) for table in tables),
        tuple(np.array(table) for table in tables),
        np.zeros(parties),
        np.ones(parties),
    )

    def work() -> Answer:
        found = frontier(problem)
        known = solutions(found)
        return {
            "points": found.points,
            "packages": found.packages,
            "nash": known.nash.points,
            "egalitarian": known.egalitarian.points,
        }

    return work


def with_negmas(tables: Tables) -> Callable[[], Answer]:
    """From its utility functions to the frontier and both solutions, as its documents advise."""
    from negmas import LinearAdditiveUtilityFunction, make_issue
    from negmas.preferences.ops import kalai_points, nash_points, pareto_frontier
    from negmas.preferences.value_fun import TableFun

    named = [[f"o{o}" for o in range(len(table))] for table in tables]
    issues = [make_issue(names, name=f"i{k}") for k, names in enumerate(named)]
    ufuns = [
        LinearAdditiveUtilityFunction(
            values=[
                TableFun({name: row[party] for name, row in zip(names, table, strict=True)})
                for names, table in zip(named, tables, strict=True)
            ],
            weights=[1.0] * len(issues),
            issues=issues,
            reserved_value=0.0,
        )
        for party in range(len(tables[0][0]))
    ]

    def work() -> Answer:
        points, places = pareto_frontier(ufuns, issues=issues)
        return {
            "points": points,
            "packages": len(places),
            "nash": [point for point, _ in nash_points(ufuns, points, issues=issues)],
            "egalitarian": [point for point, _ in kalai_points(ufuns, points, issues=issues)],
        }

    return work


def with_negmas_on_points(tables: Tables) -> Callable[[], Answer]:
    """All packages' utilities by NumPy, timed too; then its routines for points at hand."""
    import numpy as np
    from negmas.preferences.ops import nash_points, pareto_frontier_active

    def work() -> Answer:
        worth = np.zeros((1, len(tables[0][0])))
        for table in tables:
            worth = (worth[:, None] + np.array(table)[None]).reshape(-1, worth.shape[1])
        places = pareto_frontier_active(worth)
        points = [tuple(point) for point in worth[places].tolist()]
        ranges = list(zip(worth.min(axis=0).tolist(), worth.max(axis=0).tolist(), strict=True))
        smallest = [min(point) for point in points]
        return {
            "points": points,
            "packages": len(places),
            "nash": [point for point, _ in nash_points(None, points, ranges=ranges)],
            "egalitarian": [points[smallest.index(max(smallest))]],
        }

    return work


LIBRARIES: dict[str, Callable[[Tables], Callable[[], Answer]]] = {
    "comity": with_comity,
    "negmas": with_negmas,
    "negmas on points": with_negmas_on_points,
}


def plain(rows: Any) -> list[list[float]]:
    return [[float(value) for value in row] for row in rows]


def main() -> None:
    name, seconds = sys.argv[1], float(sys.argv[2])
    talks: list[Tables] = json.load(sys.stdin)
    signal.signal(signal.SIGPROF, _out_of_time)
    for number, tables in enumerate([talks[0], *talks]):
        if number > 1 and time.process_time() > enough(name, seconds):
            break
        signal.setitimer(signal.ITIMER_PROF, seconds)
        clock = time.perf_counter()
        work = LIBRARIES[name](tables)
        if number:
            clock = time.perf_counter()
        answer = work()
        took = time.perf_counter() - clock
        signal.setitimer(signal.ITIMER_PROF, 0)
        said = {key: plain(answer[key]) for key in ("points", "nash", "egalitarian")}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = {"clock": took, "peak": peak, "packages": answer["packages"]}
        print(json.dumps(told | said), flush=True)


def enough(name: str, seconds: float) -> float:
    """CPU seconds in all, after which another library is asked no further seed."""
    fewer = float(os.environ.get("COMITY_BENCH_ENOUGH") or seconds)
    return seconds if name.startswith("comity") else min(seconds, fewer)


def _out_of_time(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
