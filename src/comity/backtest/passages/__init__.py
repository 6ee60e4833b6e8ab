"""Whether it would be adopted: forecasts of blocks and adoptions, scored (conventions §65)."""

from comity.backtest.passages.cases import PassageCase, read_passages
from comity.backtest.passages.results import Passages
from comity.backtest.passages.score import score_passages

__all__ = ["PassageCase", "Passages", "read_passages", "score_passages"]
