"""Fifteen blocs, thirteen issues: the dossier of Paris 2015 from the file of positions.

The file `cop21_positions.csv` (lines `#P` issues, `#M` scale points, `#A` blocs, `#D` bloc, issue,
position, salience, power) comes with the repository foarsitter/equal-gain on GitHub. Its licence is
not verified, so it is no part of Comity: give your own copy.

    python examples/cases/paris-2015/build.py paris.yaml --data cop21_positions.csv
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from comity import Dossier, dump

HERE = Path(__file__).resolve().parent
NAME = Path("forecast") / "cop21_positions.csv"
DAY = "2015-10-02"
"""The day on which the file's data were put together."""

REVERSIONS: dict[str, Any] = {
    "differentiation": 100,
    "mrv": "0..65",
    "legal": 0,
    "adaptlegal": 0,
    "adaptinst": 0,
    "financevol": 0,
    "financewho": 0,
    "adaptfinance": 0,
    "ld": "0..20",
    "progress": 0,
    "amb2050": 0,
    "amb2100": 0,
    "eaa": 0,
}
"""What held without an agreement: the table of CODING.md."""


def data() -> Path:
    """Where the file is looked for: in the folder of reference data."""
    folder = os.environ.get("COMITY_DATA") or HERE.parents[2].parent / "shared" / "data"
    return Path(folder) / NAME


def lines(path: Path) -> dict[str, list[list[str]]]:
    """The lines of the file by their kind, `#A`, `#P`, `#M` or `#D`, each without it."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for kind, *rest in csv.reader(path.read_text("cp1252").splitlines(), delimiter=";"):
        found[kind].append([cell.strip() for cell in rest])
    return found


def dossier(path: Path) -> Dossier:
    """The dossier; one body an issue, for a bloc without a position on it has no seat there."""
    read = lines(path)
    positions: dict[str, dict[str, Any]] = defaultdict(dict)
    power: dict[str, float] = {}
    for who, issue, position, salience, weight in read["#D"]:
        power[who] = float(weight)
        positions[issue][who] = {
            "ideal": float(position),
            "salience": 100.0 * float(salience),
            "basis": "inferred",
            "from": ["experts"],
        }
    scales: dict[str, dict[float, str]] = defaultdict(dict)
    for issue, point, says, *_ in read["#M"]:
        scales[issue][float(point)] = " ".join(says.split())
    issues = {issue: says for issue, says, *_ in read["#P"]}
    return Dossier.model_validate(
        {
            "comity": 1,
            "title": "Paris, December 2015",
            "as_of": DAY,
            "note": "Positions, saliences and power as experts put them before the talks.",
            "actors": {
                who: {"name": says, "kind": "bloc", "capability": power[who]}
                for who, says, *_ in read["#A"]
            },
            "sources": {
                "survey": {
                    "title": "CoP21 Paris negotiations, positions of fifteen blocs",
                    "outlet": "cop21_positions.csv",
                    "published": DAY,
                }
            },
            "statements": {
                "experts": {
                    "speaker": "Experts interviewed before the talks",
                    "standing": "personal",
                    "on": DAY,
                    "source": "survey",
                    "locator": "lines #D",
                    "gist": "what each bloc wants, how much it cares, how powerful it is",
                }
            },
            "bodies": {issue: {"members": list(positions[issue])} for issue in issues},
            "agenda": {
                issue: {
                    "body": issue,
                    "question": says,
                    "scale": scales[issue],
                    "reversion": REVERSIONS[issue],
                }
                for issue, says in issues.items()
            },
            "positions": positions,
        }
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="where to write the dossier, outside a repository")
    parser.add_argument("--data", type=Path, default=data(), help="the file of positions")
    given = parser.parse_args()
    if not given.data.is_file():
        sys.exit(f"There is no {given.data}; --data names the file of positions.")
    given.out.write_text(dump(dossier(given.data)), "utf-8")
    print(given.out)


if __name__ == "__main__":
    main()
