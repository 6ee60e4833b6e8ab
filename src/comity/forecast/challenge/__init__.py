"""Expected-utility challenges, round by round (Scholz, Calbert & Smith 2011)."""

from comity.forecast.challenge.model import Challenge
from comity.forecast.challenge.outcomes import ENDINGS, Outcomes, challenge_outcomes
from comity.forecast.challenge.reading import TAKEN, Reading
from comity.forecast.challenge.record import (
    Move,
    Round,
    Rounds,
    challenge_rounds,
    middle_rounds,
)

__all__ = [
    "ENDINGS",
    "TAKEN",
    "Challenge",
    "Move",
    "Outcomes",
    "Reading",
    "Round",
    "Rounds",
    "challenge_outcomes",
    "challenge_rounds",
    "middle_rounds",
]
