"""How the challenge model is read where its sources leave it open (conventions §59)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from comity.errors import UnsupportedError

Support = Literal["all", "pair"]
Sight = Literal["mover", "own"]
Compromise = Literal["strongest", "least", "lowest"]
Stop = Literal["median", "rest", "never"]

MOST_ROUNDS = 10_000


@dataclass(frozen=True)
class Reading:
    """One reading of the model; the defaults are the one we take.

    ``q`` is Q, the chance that a rival left alone stays where it is. ``better`` is T, the chance
    that a rival which moves by itself moves the right way; None: it moves towards the weighted
    median, so the right way if that is nearer to oneself than the rival is.

    ``support`` says by what the votes for one side are divided to give its chance to prevail:
    those cast in all contests, or those cast in this one. ``risk_in_votes``: voters weigh
    distances by their own attitude to risk. ``sight``: whoever may have to move judges both
    sides' prospects by its own attitude to risk, or by each side's own.

    ``compromise`` says which of several compromises a member makes: that with the rival who
    expects most, that which moves it least, or that whose weighted mean lies lowest.

    ``stop``: when the weighted median stands still, when nobody moves, or after ``rounds``
    rounds and not before. All stop after ``rounds`` rounds.

    Raises UnsupportedError if a number is out of range.
    """

    q: float = 1.0
    better: float | None = None
    support: Support = "all"
    risk_in_votes: bool = True
    sight: Sight = "mover"
    compromise: Compromise = "strongest"
    stop: Stop = "median"
    rounds: int = 50

    def __post_init__(self) -> None:
        for name, chance in (("q", self.q), ("better", self.better)):
            if chance is not None and not 0.0 <= chance <= 1.0:
                raise UnsupportedError(
                    f"'{name}' of the challenge model is a chance",
                    found=chance,
                    mend="give a number from 0 to 1",
                )
        if not 1 <= self.rounds <= MOST_ROUNDS:
            raise UnsupportedError(
                "the number of rounds of the challenge model is out of range",
                found=self.rounds,
                mend=f"ask for 1 to {MOST_ROUNDS:,} rounds",
            )


TAKEN = Reading()
"""The reading taken unless another is asked for."""
