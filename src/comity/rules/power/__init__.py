"""How often each member decides: exact power indices of weighted games."""

from comity.rules.power.act import Bloc, Chance, chance_to_act
from comity.rules.power.game import WeightedGame, simplified, weighted_game
from comity.rules.power.joint import THREE, TWO, JointGame
from comity.rules.power.methods import Method
from comity.rules.power.minimal import Shares, deegan_packel, johnston
from comity.rules.power.of_rule import chance_at, power_at
from comity.rules.power.power import Power, power

__all__ = [
    "THREE",
    "TWO",
    "Bloc",
    "Chance",
    "JointGame",
    "Method",
    "Power",
    "Shares",
    "WeightedGame",
    "chance_at",
    "chance_to_act",
    "deegan_packel",
    "johnston",
    "power",
    "power_at",
    "simplified",
    "weighted_game",
]
