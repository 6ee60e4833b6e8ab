"""How sure: many draws, counterfactuals, sensitivity, rival codings."""

from comity.ensemble.canvass import Canvass, canvass
from comity.ensemble.results import Forecast, ItemForecast
from comity.ensemble.run import forecast

__all__ = ["Canvass", "Forecast", "ItemForecast", "canvass", "forecast"]
