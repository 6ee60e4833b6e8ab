"""Where the rounds of the challenge model lead, for many draws at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.dossier.draws import Ints
from comity.dossier.quantity import Floats
from comity.forecast.challenge.reading import TAKEN, Reading

ENDINGS = {1: "stood still", 2: "came round", 3: "ran out"}
"""How the rounds of a draw end, by code."""


@dataclass(frozen=True)
class Outcomes:
    """By draw, arrays of shape (n,): the point, the rounds played, and the code of the ending.

    Endings are those of ``ENDINGS``: the median or the members stood still; the positions came
    round to those of an earlier round; the rounds allowed were all played.
    """

    points: Floats
    rounds: Ints
    endings: Ints


def challenge_outcomes(
    ideals: Floats, saliences: Floats, weights: Floats, reading: Reading = TAKEN
) -> Outcomes:
    """Play the rounds of every draw (conventions §59).

    ``ideals`` are points of any scale, ``saliences`` points of 0–100, ``weights`` capability ×
    salience in any common unit, all of shape (n, M).
    """
    from comity.forecast.challenge.kernels import play

    rows = [np.ascontiguousarray(each, dtype=float) for each in (ideals, weights, saliences)]
    found = play(rows[0], rows[1], rows[2] / 100.0, rule_of(reading), *stop_of(reading))
    return Outcomes(*found)


def rule_of(reading: Reading) -> tuple[float, float, bool, bool, bool, int]:
    """A reading as the compiled rounds take it; a negative T leaves it to the median."""
    return (
        float(reading.q),
        -1.0 if reading.better is None else float(reading.better),
        reading.support == "pair",
        reading.risk_in_votes,
        reading.sight == "own",
        ("strongest", "least", "lowest").index(reading.compromise),
    )


def stop_of(reading: Reading) -> tuple[int, int]:
    """When the rounds stop, and after how many at the latest."""
    return ("median", "rest", "never").index(reading.stop), reading.rounds
