"""The rules of a probabilistic Condorcet election (conventions §61)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Votes = Literal["proportional", "binary", "prop_bin", "prop_cubic", "cubic", "asym_prosp"]
Victory = Literal["linear", "square", "quartic", "octic", "binary"]
Process = Literal["uniform", "incentive", "conditional"]
Weighing = Literal["capability_salience", "capability"]


@dataclass(frozen=True)
class ElectionRules:
    """How strongly members vote, what strength is worth, and who stands against whom.

    ``votes``: what a member of weight w casts for i against j at a difference Δ of utilities
    from 0 to 1: w Δ; w; ⅘ w Δ + ⅕ w; ½ w (Δ + Δ³); w Δ³; or w Δ against a loss and ⅔ w Δ for a
    gain, from whichever of the two lies lower or is listed first.

    ``victory``: the chance that i beats j is U_ij^k / (U_ij^k + U_ji^k), U the sum of votes, with
    k = 1, 2, 4, 8; or all but certain from a tenth more votes on, running straight in between.

    ``process``: *uniform*: what holds now is put against each option with equal chance, again and
    again; *incentive*: against each in proportion to U_ij times its chance to win; *conditional*:
    all pairs vote once, given that one option beats all others.

    ``weighing``: a vote weighs capability × salience, or capability alone.
    """

    votes: Votes = "proportional"
    victory: Victory = "square"
    process: Process = "uniform"
    weighing: Weighing = "capability_salience"


def codes(rules: ElectionRules) -> tuple[int, int, int]:
    """The rules as the compiled election takes them: places in the lists above."""
    return (
        get_args(Votes).index(rules.votes),
        get_args(Victory).index(rules.victory),
        get_args(Process).index(rules.process),
    )
