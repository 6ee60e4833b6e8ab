"""How sure: many draws, counterfactuals, sensitivity, rival codings."""

from comity.ensemble.results import Forecast, ItemForecast
from comity.ensemble.run import forecast

__all__ = ["Forecast", "ItemForecast", "forecast"]
