"""How they voted: recorded votes, how alike members vote, and what a rule makes of them."""

from comity.rollcalls.read import read_roll_calls
from comity.rollcalls.replayed import Replay, Replayed, with_outcome
from comity.rollcalls.replaying import replay
from comity.rollcalls.seats import actor
from comity.rollcalls.similarity import (
    Comparison,
    Listed,
    Pair,
    Similarity,
    WithMajority,
    listed,
    similarity,
)
from comity.rollcalls.votes import RollCall, RollCalls, Vote

__all__ = [
    "Comparison",
    "Listed",
    "Pair",
    "Replay",
    "Replayed",
    "RollCall",
    "RollCalls",
    "Similarity",
    "Vote",
    "WithMajority",
    "actor",
    "listed",
    "read_roll_calls",
    "replay",
    "similarity",
    "with_outcome",
]
