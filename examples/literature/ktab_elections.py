"""Elections in two and three dimensions, beside KTAB's own library.

Source of the figures: two examples of KTAB (KAPSARC, MIT licence), read from
`forecast/ktab_13_actors.csv` and `forecast/ktab_3_dimensions.csv` in the folder of reference data
(COMITY_DATA, by default `../shared/data` beside this checkout); without them this script says so
and stops.

KTAB's library (pySMP 0.1.3 on PyPI, which holds it compiled) begins its bargaining with an election
among all members, equal positions apart, in which a vote weighs capability alone. It prints not the
chances p but the attitudes to risk that it infers from them, (p − min p)/(max p − min p), to three
decimals. Those below are what it printed for both files, with proportional votes and victory by
squares, and each process.

The election as Comity holds it, in which members at one position are one option and a vote weighs
capability × salience, is printed as well.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from comity import load
from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.inputs import capability_path
from comity.forecast.election import ElectionRules, chances_of_options, elect_over

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

PRINTED = {
    "ktab_13_actors.csv": {
        "uniform": "1.000 .085 .290 .795 .040 .002 .114 .093 .290 .980 .347 .532 .000",
        "incentive": ".993 .083 .318 .803 .058 .021 .156 .104 .318 1.000 .358 .465 .000",
        "conditional": ".972 .000 .002 .481 .000 .000 .000 .000 .002 1.000 .010 .119 .000",
    },
    "ktab_3_dimensions.csv": {
        "uniform": ".000 .054 .010 .177 1.000 .214 .081",
        "incentive": ".000 .026 .049 .086 1.000 .133 .040",
        "conditional": ".000 .002 .000 .048 1.000 .076 .006",
    },
}
"""By file and process: the attitudes of all members, in the order of the file."""


def folder() -> Path:
    """Where the files are looked for."""
    return Path(os.environ.get("COMITY_DATA") or DATA) / "forecast"


def attitudes(of: Dossier, process: str) -> np.ndarray:
    """(p − min p)/(max p − min p) of an election among all members, by capability alone."""
    batch = Batch(of, Keyed(seed=1, start=0, stop=1))
    first = next(iter(of.agenda))
    members = of.members(first)
    wanted, cared = (
        np.array(
            [
                [batch.values(f"positions.{item}.{who}.{field}")[0] for item in of.agenda]
                for who in members
            ]
        )
        for field in ("ideal", "salience")
    )
    gaps = (wanted[:, None, :] - wanted[None, :, :]) * cared[:, None, :]
    apart = np.sqrt((gaps**2).sum(axis=2) / (cared**2).sum(axis=1)[:, None])
    means = np.array([batch.values(capability_path(of, first, member))[0] for member in members])
    rules = ElectionRules(process=process)
    p = chances_of_options(1 - apart[None] / 100, means[None], rules)[0]
    return (p - p.min()) / (p.max() - p.min())


def show(of: Dossier) -> None:
    """The election as Comity holds it."""
    found = elect_over(Batch(of, Keyed(seed=1, start=0, stop=1)), tuple(of.agenda))
    best = sorted(zip(found.chances[0], found.members, strict=True), reverse=True)[:3]
    print("  likeliest: " + ", ".join(f"{who} {chance:.3f}" for chance, who in best))
    print("  mean:      " + "  ".join(f"{each:.2f}" for each in found.mean))


def main() -> None:
    missing = [name for name in PRINTED if not (folder() / name).is_file()]
    if missing:
        print(f"Skipped: there is no forecast/{missing[0]} in the folder of reference data.")
        print("COMITY_DATA names that folder.")
        return
    worst = 0.0
    for name, processes in PRINTED.items():
        of = load(folder() / name)
        print(f"{name}: {len(of.actors)} members, {len(of.agenda)} dimensions")
        for process, printed in processes.items():
            known = np.array([float(each) for each in printed.split()])
            off = float(np.abs(attitudes(of, process) - known).max())
            worst = max(worst, off)
            print(f"  {process:12} furthest from what KTAB's library printed: {off:.5f}")
        show(of)
    assert worst <= 0.0005 + 1e-9, worst


if __name__ == "__main__":
    main()
