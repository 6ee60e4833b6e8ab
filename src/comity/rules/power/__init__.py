"""How often each member decides: exact power indices of weighted games."""

from comity.rules.power.game import WeightedGame, simplified, weighted_game
from comity.rules.power.methods import Method
from comity.rules.power.power import Power, power

__all__ = ["Method", "Power", "WeightedGame", "power", "simplified", "weighted_game"]
