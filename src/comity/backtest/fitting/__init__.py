"""Fitting the position-prevails model to decided issues, and judging the fit.

``python -m comity.backtest.fitting DATA`` prints the nested scores and writes the coefficients.
"""

from comity.backtest.fitting.issues import Known, known
from comity.backtest.fitting.nested import Nested, nested

__all__ = ["Known", "Nested", "known", "nested"]
