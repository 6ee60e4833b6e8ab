"""What would happen: one model a module, one protocol."""

from comity.forecast.consensus import ConsensusModel, Outcome, Table, outcomes, settle, tables
from comity.forecast.means import Mean
from comity.forecast.models import models, named
from comity.forecast.profile import Profile, profile
from comity.forecast.protocol import Forecaster, Prediction

__all__ = [
    "ConsensusModel",
    "Forecaster",
    "Mean",
    "Outcome",
    "Prediction",
    "Profile",
    "Table",
    "models",
    "named",
    "outcomes",
    "profile",
    "settle",
    "tables",
]
