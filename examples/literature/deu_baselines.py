"""Decisions of the European Union: how far simple forecasts lie from what was decided.

Positions, saliences and outcomes are read from `deu3/deu3_open.tsv` in the folder of reference data
(COMITY_DATA, by default `../shared/data` beside this checkout), the open part of DEU III in the
layout of R. Thomson et al. (eds), The European Union Decides (Cambridge, 2006). The file comes with
the release of J. Arregui and C. Perarnaud (2021), doi:10.34810/data53; its licence is not verified,
so it is no part of Comity, and without it this script says so and stops.

250 issues of 99 proposals have an outcome. Capabilities are votes in the Council of the time,
Commission and Parliament as the largest member, Parliament 0 under consultation; a missing salience
is 50. The figures below were worked out independently of Comity from the same file.
"""

from __future__ import annotations

import os
from pathlib import Path

from comity.backtest.scoring import backtest

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

KNOWN = {  # mean and median absolute error, share within ten points
    "constant": (27.972, 25.5, 0.280),
    "unweighted_mean": (24.176, 19.04, 0.292),
    "salience_mean": (24.064, 18.73, 0.300),
    "compromise": (23.630, 18.50, 0.284),
}
CRPS = {"climatology": 19.41, "compromise": 16.77}


def file() -> Path:
    """Where the decisions are looked for."""
    return Path(os.environ.get("COMITY_DATA") or DATA) / "deu3" / "deu3_open.tsv"


def main() -> None:
    path = file()
    if not path.is_file():
        print("Skipped: there is no deu3/deu3_open.tsv in the folder of reference data.")
        print("COMITY_DATA names that folder; the file may not be given away with Comity.")
        return
    scored = backtest(path, tuple(KNOWN), resamples=200).models
    found = {}
    for name in KNOWN:
        held = scored[name].values
        found[name] = (held["mae"], held["median"], held["within_10"])
        print(f"{name:16} error {held['mae']:.3f}  median {held['median']:.2f}", end="  ")
        print(f"within ten points {held['within_10']:.3f}")
    crps = {name: scored[name].values["crps"] for name in CRPS}
    print("CRPS: " + ", ".join(f"{name} {score:.2f}" for name, score in crps.items()))
    near = [
        abs(one - other) <= allowed
        for name, known in KNOWN.items()
        for one, other, allowed in zip(found[name], known, (0.0006, 0.006, 1e-9), strict=True)
    ]
    near += [abs(crps[name] - known) <= 0.006 for name, known in CRPS.items()]
    assert all(near), (found, crps)


if __name__ == "__main__":
    main()
