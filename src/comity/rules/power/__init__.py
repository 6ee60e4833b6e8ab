"""How often each member decides: exact power indices of weighted games."""

from comity.rules.power.act import Bloc, Chance, chance_to_act
from comity.rules.power.game import WeightedGame, simplified, weighted_game
from comity.rules.power.methods import Method
from comity.rules.power.minimal import Shares, deegan_packel, johnston
from comity.rules.power.power import Power, power

__all__ = [
    "Bloc",
    "Chance",
    "Method",
    "Power",
    "Shares",
    "WeightedGame",
    "chance_to_act",
    "deegan_packel",
    "johnston",
    "power",
    "simplified",
    "weighted_game",
]
