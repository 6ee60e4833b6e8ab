"""Before Paris 2015: what fifteen blocs wanted of the legal form of mitigation, and its mean.

Positions, saliences and power of 2 October 2015, after interviews with experts, are read from
`forecast/cop21_positions.csv` in the folder of reference data (COMITY_DATA, by default
`../shared/data` beside this checkout). The file comes with the repository foarsitter/equal-gain on
GitHub; its licence is not verified, so it is no part of Comity, and without it this script says so
and stops.

The mean weighted by power × salience on the issue `legal` is 57.969.
"""

from __future__ import annotations

import os
from pathlib import Path

from comity import load
from comity.dossier import Batch, Keyed
from comity.forecast import Mean

ISSUE, COMPROMISE = "legal", 57.969
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def file() -> Path:
    """Where the positions are looked for."""
    return Path(os.environ.get("COMITY_DATA") or DATA) / "forecast" / "cop21_positions.csv"


def main() -> None:
    path = file()
    if not path.is_file():
        print("Skipped: there is no forecast/cop21_positions.csv in the folder of reference data.")
        print("COMITY_DATA names that folder; the file may not be given away with Comity.")
        return
    dossier = load(path)
    batch = Batch(dossier, Keyed(seed=1, start=0, stop=1))
    found = float(Mean("capability").predict(batch, ISSUE).point)
    print(f"{len(dossier.members(ISSUE))} blocs, compromise on the legal form: {found:.3f}")
    assert round(found, 3) == COMPROMISE, found


if __name__ == "__main__":
    main()
