"""The single negotiating text: what is sure to leave nobody worse off, draft by draft (§51)."""

from comity.bargaining.text.asking import TextQuestion
from comity.bargaining.text.guarantee import Guarantee, Witness, guaranteed_gain
from comity.bargaining.text.path import TextPath, negotiating_text, next_text
from comity.bargaining.text.table import Change, Step

__all__ = [
    "Change",
    "Guarantee",
    "Step",
    "TextPath",
    "TextQuestion",
    "Witness",
    "guaranteed_gain",
    "negotiating_text",
    "next_text",
]
