"""Comity: what sovereign equals can agree, who objects, what would unblock it, and how sure."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.dossier import Dossier, Response, check, load, loads
    from comity.dossier.charters import load_charter, open_charter
    from comity.dossier.dump import dump
    from comity.ensemble import Canvass, Forecast, canvass, forecast
    from comity.ensemble.mediation import Mediation, mediate
    from comity.errors import ComityError, DossierError, RuleError, UnsupportedError
    from comity.report import Report, figures, report
    from comity.rollcalls import Replay, Similarity, read_roll_calls, replay, similarity
    from comity.rules import Decision, decide, seating
    from comity.rules.power import Power, power, power_at, weighted_game

__version__ = version("comity")

_HOMES = {
    "comity.dossier": ("Dossier", "Response", "check", "load", "loads"),
    "comity.dossier.charters": ("load_charter", "open_charter"),
    "comity.dossier.dump": ("dump",),
    "comity.ensemble": ("Canvass", "Forecast", "canvass", "forecast"),
    "comity.ensemble.mediation": ("Mediation", "mediate"),
    "comity.errors": ("ComityError", "DossierError", "RuleError", "UnsupportedError"),
    "comity.report": ("Report", "figures", "report"),
    "comity.rollcalls": ("Replay", "Similarity", "read_roll_calls", "replay", "similarity"),
    "comity.rules": ("Decision", "decide", "seating"),
    "comity.rules.power": ("Power", "power", "power_at", "weighted_game"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Canvass",
    "ComityError",
    "Decision",
    "Dossier",
    "DossierError",
    "Forecast",
    "Mediation",
    "Power",
    "Replay",
    "Report",
    "Response",
    "RuleError",
    "Similarity",
    "UnsupportedError",
    "__version__",
    "canvass",
    "check",
    "decide",
    "dump",
    "figures",
    "forecast",
    "load",
    "load_charter",
    "loads",
    "mediate",
    "open_charter",
    "power",
    "power_at",
    "read_roll_calls",
    "replay",
    "report",
    "seating",
    "similarity",
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
    """Keeps `comity.forecast` and `comity.report` the functions.

    Python would put the rooms of the same name in their place as soon as these are imported.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Comity
