"""``python -m comity.backtest.fitting DATA``: nested scores, and the coefficients that are shipped.

Everything follows from the file: same file, same coefficients. ``--ablations`` adds the scores
without some features; ``--write FILE`` writes the coefficients (else nothing is written).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np

from comity.backtest.decided import decided_in
from comity.backtest.fitting.ablations import ABLATIONS, ablated
from comity.backtest.fitting.issues import Known, known
from comity.backtest.fitting.judged import table
from comity.backtest.fitting.nested import LOGIT, POOL, SETS, Arena, arena, nested
from comity.backtest.fitting.ship import Settled, content, settle
from comity.dossier.formats.deu_table import read_table
from comity.dossier.quantity import Floats
from comity.errors import ComityError, UnsupportedError
from comity.forecast.prevails.mixture import NEAR

CAPABILITIES = "council_votes"
FEWEST = 20
"""Proposals below which some folds would be all but empty."""


def main() -> int:
    """Exit code 2, and one message, for a file that cannot be used."""
    asked = _asked()
    try:
        _run(asked)
    except ComityError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _run(asked: argparse.Namespace) -> None:
    of = known(decided_in(asked.data, CAPABILITIES))
    _refuse_few(of)
    arrays = arena(of)
    _say(f"{len(of.issues)} issues with an outcome, {len(set(of.groups))} proposals")
    settled = settle(arrays, LOGIT + POOL)
    _print_settled(settled)
    forecasts = _contests(arrays)
    if asked.ablations:
        forecasts |= {name: ablated(of, name, settled.choice) for name in ABLATIONS}
    _say("\n".join(table(of, forecasts, np.abs(of.compromise - of.outcomes))))
    if asked.write:
        _write(asked.write, of, settled, asked.data)


def _refuse_few(of: Known) -> None:
    proposals = len(set(of.groups))
    if proposals < FEWEST:
        raise UnsupportedError(
            "nested folds need more proposals with an outcome",
            found=proposals,
            mend=f"give a file with {FEWEST} of them or more",
        )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m comity.backtest.fitting", description=__doc__)
    parser.add_argument("data", type=Path, help="a file in the DEU layout, with outcomes")
    parser.add_argument("--ablations", action="store_true", help="score without some features too")
    parser.add_argument("--write", type=Path, help="write the coefficients to this file")
    return parser.parse_args()


def _print_settled(settled: Settled) -> None:
    _say("Mean CRPS over inner folds of the whole:")
    for name, score in settled.tried.items():
        _say(f"  {score:7.3f}  {name}")
    _say(f"Chosen: {settled.choice}")


def _contests(arrays: Arena) -> dict[str, Floats]:
    """Nested forecasts: the contest that counts, and each family with its own choice."""
    few, all_ = (tuple(by for by in LOGIT if by.features == name) for name in SETS)
    contests = {
        "nested, all in the contest": LOGIT + POOL,
        "nested, few features": few,
        "nested, all features": all_,
        "nested, pool": POOL,
    }
    found = {}
    for name, among in contests.items():
        run = nested(arrays, among)
        _say(f"{name}: chosen {dict(run.chosen.most_common())}")
        found[name] = run.forecasts
    return found


def _write(path: Path, of: Known, settled: Settled, data: Path) -> None:
    origin: Mapping[str, object] = {
        "data": "Decision-making in the European Union, third release, the part that is open",
        "source": "Arregui & Perarnaud 2021, doi:10.34810/data53",
        "sha256": read_table(data).sha256,
        "fitted": date.today().isoformat(),
        "comity": version("comity"),
        "capabilities": CAPABILITIES,
        "near": NEAR,
    }
    written = json.dumps(content(of, settled.choice, origin), indent=1)
    path.write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
