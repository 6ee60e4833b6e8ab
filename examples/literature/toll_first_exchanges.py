"""A toll on driving into a town: the first exchanges among ten parties on six questions.

Positions, saliences and power are read from `forecast/exchange_sample.csv` in the folder of
reference data (COMITY_DATA, by default `../shared/data` beside this checkout). The file comes with
the repository foarsitter/decide-exchange-model on GitHub, an implementation of position exchange
(Stokman & Van Oosten 1994) in Python; it is no part of Comity, and without it this script says so
and stops.

That implementation's own tests (`decide/model/test/test_model.py`) hold the gains of the first two
exchanges: 1.9736842105 and 1.7926363088.
"""

from __future__ import annotations

import os
from pathlib import Path

from comity import exchanges, load

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

PUBLISHED = (1.9736842105, 1.7926363088)


def file() -> Path:
    """Where the positions are looked for."""
    return Path(os.environ.get("COMITY_DATA") or DATA) / "forecast" / "exchange_sample.csv"


def main() -> None:
    path = file()
    if not path.is_file():
        print("Skipped: there is no forecast/exchange_sample.csv in the folder of reference data.")
        print("COMITY_DATA names that folder; the file may not be given away with Comity.")
        return
    first = exchanges(load(path)).made[: len(PUBLISHED)]
    for each in first:
        gives = ", ".join(f"{g.actor} {g.item} {g.start:.2f} to {g.end:.2f}" for g in each.gives)
        print(f"gain {each.gain:.10f}: {gives}")
    gains = tuple(round(each.gain, 10) for each in first)
    assert gains == PUBLISHED, gains


if __name__ == "__main__":
    main()
