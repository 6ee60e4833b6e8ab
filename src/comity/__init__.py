"""Comity: what sovereign equals can agree, who objects, what would unblock it, and how sure."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.backtest.passages import Passages, score_passages
    from comity.backtest.results import Backtest
    from comity.backtest.scoring import backtest
    from comity.bargaining.adjusted_winner import adjusted_winner
    from comity.bargaining.ceiling import joint_ceiling
    from comity.bargaining.estate import contested_garment, talmud
    from comity.bargaining.fairness import fairness
    from comity.bargaining.frontier import Frontier, frontier
    from comity.bargaining.of_dossier import bargaining_problem
    from comity.bargaining.problem import Problem
    from comity.bargaining.solutions import Solutions, solutions
    from comity.dossier import Dossier, Response, check, load, loads
    from comity.dossier.charters import load_charter, open_charter
    from comity.dossier.dump import dump
    from comity.ensemble import Canvass, Forecast, canvass, forecast
    from comity.ensemble.compared import compare_models
    from comity.ensemble.comparison import Comparison
    from comity.ensemble.difference import Difference, difference
    from comity.ensemble.doubts import doubts
    from comity.ensemble.failing import EnsembleError
    from comity.ensemble.mediation import Mediation, mediate
    from comity.ensemble.over_draws import over_draws
    from comity.ensemble.packages import packages
    from comity.ensemble.predictions import predictions
    from comity.ensemble.sobol import sobol
    from comity.errors import ComityError, DossierError, RuleError, UnsupportedError
    from comity.forecast.exchange import exchanges
    from comity.report import Report, figures, report
    from comity.rollcalls import Replay, Similarity, read_roll_calls, replay, similarity
    from comity.rules import Decision, decide, seating
    from comity.rules.power import Power, power, power_at, weighted_game

__version__ = version("comity")

_HOMES = {
    "comity.backtest.passages": ("Passages", "score_passages"),
    "comity.backtest.results": ("Backtest",),
    "comity.backtest.scoring": ("backtest",),
    "comity.bargaining.adjusted_winner": ("adjusted_winner",),
    "comity.bargaining.ceiling": ("joint_ceiling",),
    "comity.bargaining.estate": ("contested_garment", "talmud"),
    "comity.bargaining.fairness": ("fairness",),
    "comity.bargaining.frontier": ("Frontier", "frontier"),
    "comity.bargaining.of_dossier": ("bargaining_problem",),
    "comity.bargaining.problem": ("Problem",),
    "comity.bargaining.solutions": ("Solutions", "solutions"),
    "comity.dossier": ("Dossier", "Response", "check", "load", "loads"),
    "comity.dossier.charters": ("load_charter", "open_charter"),
    "comity.dossier.dump": ("dump",),
    "comity.ensemble": ("Canvass", "Forecast", "canvass", "forecast"),
    "comity.ensemble.doubts": ("doubts",),
    "comity.ensemble.failing": ("EnsembleError",),
    "comity.ensemble.compared": ("compare_models",),
    "comity.ensemble.comparison": ("Comparison",),
    "comity.ensemble.difference": ("Difference", "difference"),
    "comity.ensemble.mediation": ("Mediation", "mediate"),
    "comity.ensemble.over_draws": ("over_draws",),
    "comity.ensemble.packages": ("packages",),
    "comity.ensemble.predictions": ("predictions",),
    "comity.ensemble.sobol": ("sobol",),
    "comity.errors": ("ComityError", "DossierError", "RuleError", "UnsupportedError"),
    "comity.forecast.exchange": ("exchanges",),
    "comity.report": ("Report", "figures", "report"),
    "comity.rollcalls": ("Replay", "Similarity", "read_roll_calls", "replay", "similarity"),
    "comity.rules": ("Decision", "decide", "seating"),
    "comity.rules.power": ("Power", "power", "power_at", "weighted_game"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Backtest",
    "Canvass",
    "ComityError",
    "Comparison",
    "Decision",
    "Difference",
    "Dossier",
    "DossierError",
    "EnsembleError",
    "Forecast",
    "Frontier",
    "Mediation",
    "Passages",
    "Power",
    "Problem",
    "Replay",
    "Report",
    "Response",
    "RuleError",
    "Similarity",
    "Solutions",
    "UnsupportedError",
    "__version__",
    "adjusted_winner",
    "backtest",
    "bargaining_problem",
    "canvass",
    "check",
    "compare_models",
    "contested_garment",
    "decide",
    "difference",
    "doubts",
    "dump",
    "exchanges",
    "fairness",
    "figures",
    "forecast",
    "frontier",
    "joint_ceiling",
    "load",
    "load_charter",
    "loads",
    "mediate",
    "open_charter",
    "over_draws",
    "packages",
    "power",
    "power_at",
    "predictions",
    "read_roll_calls",
    "replay",
    "report",
    "score_passages",
    "seating",
    "similarity",
    "sobol",
    "solutions",
    "talmud",
    "weighted_game",
]


def __getattr__(name: str) -> Any:
    """Import a public name from its room when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'comity' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__


class _Comity(ModuleType):
    """Keeps `comity.backtest`, `comity.forecast` and `comity.report` the functions.

    Python would put the rooms of the same name in their place as soon as these are imported.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Comity
