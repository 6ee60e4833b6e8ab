"""Which position prevails: fitted on decided issues, usable on any item on a scale."""

from comity.forecast.prevails.fitted import Fitted, shipped
from comity.forecast.prevails.model import Prevails

__all__ = ["Fitted", "Prevails", "shipped"]
