"""What would happen: one model a module, one protocol."""

from comity.forecast.bargain import Bargain
from comity.forecast.challenge import Challenge
from comity.forecast.consensus import ConsensusModel, Outcome, Table, outcomes, settle, tables
from comity.forecast.core import Core
from comity.forecast.election import Election
from comity.forecast.exchange import ExchangeModel
from comity.forecast.means import Mean
from comity.forecast.median import Median
from comity.forecast.models import models, named
from comity.forecast.prevails import Prevails
from comity.forecast.profile import Profile, profile
from comity.forecast.protocol import Forecaster, Prediction
from comity.forecast.setter import AgendaSetter
from comity.forecast.winset import Winset

__all__ = [
    "AgendaSetter",
    "Bargain",
    "Challenge",
    "ConsensusModel",
    "Core",
    "Election",
    "ExchangeModel",
    "Forecaster",
    "Mean",
    "Median",
    "Outcome",
    "Prediction",
    "Prevails",
    "Profile",
    "Table",
    "Winset",
    "models",
    "named",
    "outcomes",
    "profile",
    "settle",
    "tables",
]
