"""What would happen: one model a module, one protocol."""

from comity.forecast.consensus import ConsensusModel, Outcome, Table, outcomes, settle, tables
from comity.forecast.means import Mean
from comity.forecast.protocol import Forecaster, Prediction

__all__ = [
    "ConsensusModel",
    "Forecaster",
    "Mean",
    "Outcome",
    "Prediction",
    "Table",
    "outcomes",
    "settle",
    "tables",
]
