"""Before Paris 2015: what fifteen blocs wanted of the legal form of mitigation, and its mean.

Positions, saliences and power of 2 October 2015, after interviews with experts, are read from
`forecast/cop21_positions.csv` in the folder of reference data (COMITY_DATA, by default
`../shared/data` beside this checkout). The file comes with the repository foarsitter/equal-gain on
GitHub; its licence is not verified, so it is no part of Comity, and without it this script says so
and stops.

The mean weighted by power × salience on the issue `legal` is 57.969.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

from comity.dossier import Batch, Dossier, Keyed
from comity.forecast import Mean

ISSUE, COMPROMISE = "legal", 57.969
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

Row = tuple[str, float, float, float]


def file() -> Path:
    """Where the positions are looked for."""
    return Path(os.environ.get("COMITY_DATA") or DATA) / "forecast" / "cop21_positions.csv"


def rows(text: str) -> list[Row]:
    """Actor, position, salience and power of each line `#D` on the issue."""
    lines = csv.reader(text.splitlines(), delimiter=";")
    return [
        (who, float(position), float(salience), float(power))
        for kind, who, issue, position, salience, power in lines
        if kind == "#D" and issue == ISSUE
    ]


def dossier(read: list[Row]) -> Dossier:
    """The issue as a dossier; nothing in it is uncertain."""
    return Dossier.model_validate(
        {
            "comity": 1,
            "title": "Legal form of mitigation, before Paris 2015",
            "as_of": "2015-10-02",
            "actors": {who: {"name": who, "capability": power} for who, _, _, power in read},
            "bodies": {"parties": {"members": [who for who, *_ in read]}},
            "agenda": {ISSUE: {"body": "parties", "reversion": 0}},
            "positions": {
                ISSUE: {
                    who: {"ideal": position, "salience": 100 * salience}
                    for who, position, salience, _ in read
                }
            },
        }
    )


def main() -> None:
    path = file()
    if not path.is_file():
        print("Skipped: there is no forecast/cop21_positions.csv in the folder of reference data.")
        print("COMITY_DATA names that folder; the file may not be given away with Comity.")
        return
    read = rows(path.read_text("cp1252"))
    batch = Batch(dossier(read), Keyed(seed=1, start=0, stop=1))
    found = float(Mean("capability").predict(batch, ISSUE).point)
    print(f"{len(read)} blocs, compromise on the legal form: {found:.3f}")
    assert round(found, 3) == COMPROMISE, found


if __name__ == "__main__":
    main()
