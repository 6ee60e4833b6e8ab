"""Before Paris 2015: which blocs would gain most by trading positions, and on what.

Positions, saliences and power of 2 October 2015, after interviews with experts, are read from
`forecast/cop21_positions.csv` in the folder of reference data (COMITY_DATA, by default
`../shared/data` beside this checkout). The file comes with the repository foarsitter/equal-gain on
GitHub, an implementation of position exchange (Stokman & Van Oosten 1994) in R; its licence is not
verified, so it is no part of Comity, and without it this script says so and stops.

The first exchange that the R implementation writes for these data is that of the USA (ex ante
assessment, `eaa`) with China (volume of finance, `financevol`), gain 2.190722; the next are below.
Both readings of docs/theory/exchange.md make them, in this order. They part at the 22nd exchange
if outcomes may not pass the wishes they are moved towards (our reading), and at the 33rd, by a tie,
if they may.
"""

from __future__ import annotations

import os
from pathlib import Path

from comity import load
from comity.forecast import ExchangeModel
from comity.forecast.exchange import Exchange, exchanges

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

PUBLISHED = (
    (2.190722, "China financevol 10.786", "USA eaa 0.000"),
    (1.795604, "China differentiation 29.515", "USA financewho 0.000"),
    (1.387260, "Arabstates financevol 0.000", "USA adaptlegal 78.678"),
    (1.355787, "LDCsBGD legal 42.458", "USA adaptinst 90.000"),
    (1.214784, "China adaptfinance 89.179", "LDCsBGD eaa 0.000"),
    (1.127406, "EU28 eaa 23.182", "India mrv 100.000"),
)
"""Gain, and for each side who votes where in the end on what."""


def file() -> Path:
    """Where the positions are looked for."""
    return Path(os.environ.get("COMITY_DATA") or DATA) / "forecast" / "cop21_positions.csv"


def told(each: Exchange) -> tuple[float, str, str]:
    """An exchange in the form of those published."""
    one, other = (f"{give.actor} {give.item} {give.end:.3f}" for give in each.gives)
    return round(each.gain, 6), one, other


def main() -> None:
    path = file()
    if not path.is_file():
        print("Skipped: there is no forecast/cop21_positions.csv in the folder of reference data.")
        print("COMITY_DATA names that folder; the file may not be given away with Comity.")
        return
    dossier = load(path)
    ours = exchanges(dossier)
    theirs = exchanges(dossier, ExchangeModel(within_outcome=False))
    first = [told(each) for each in ours.made[: len(PUBLISHED)]]
    alike = zip(map(told, ours.made), map(told, theirs.made), strict=False)
    parting = next(number for number, (one, other) in enumerate(alike) if one != other)
    for gain, one, other in first:
        print(f"gain {gain:.6f}: {one}, {other}")
    print(f"{len(ours.made)} exchanges; the first {parting} are the same in both readings")
    print(f"outcome on `legal`: {ours.before['legal']:.3f} before, {ours.after['legal']:.3f} after")
    assert (tuple(first), parting) == (PUBLISHED, 21), (first, parting)


if __name__ == "__main__":
    main()
