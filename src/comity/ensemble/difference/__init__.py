"""What changed between two dossiers, and what that did to the answers, input by input."""

from comity.ensemble.difference.orders import EXACT, ORDERS
from comity.ensemble.difference.results import (
    Difference,
    ItemDifference,
    Part,
    Shift,
    beyond,
)
from comity.ensemble.difference.run import difference
from comity.ensemble.difference.talks import TalksDifference, TalksView

__all__ = [
    "EXACT",
    "ORDERS",
    "Difference",
    "ItemDifference",
    "Part",
    "Shift",
    "TalksDifference",
    "TalksView",
    "beyond",
    "difference",
]
