"""Members trade positions across items, each giving way where it matters less to it."""

from comity.forecast.exchange.model import ExchangeModel
from comity.forecast.exchange.record import Exchange, Exchanges, Shift, exchanges, exchanges_in

__all__ = ["Exchange", "ExchangeModel", "Exchanges", "Shift", "exchanges", "exchanges_in"]
