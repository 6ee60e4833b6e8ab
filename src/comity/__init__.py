"""Comity: what sovereign equals can agree, who objects, what would unblock it, and how sure."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.dossier import Dossier, Response, check, dump, load, loads
    from comity.ensemble import Canvass, Forecast, canvass, forecast
    from comity.errors import ComityError, DossierError, RuleError, UnsupportedError
    from comity.report import Report, figures, report
    from comity.rules import Decision, decide

__version__ = version("comity")

_HOMES = {
    "comity.dossier": ("Dossier", "Response", "check", "dump", "load", "loads"),
    "comity.ensemble": ("Canvass", "Forecast", "canvass", "forecast"),
    "comity.errors": ("ComityError", "DossierError", "RuleError", "UnsupportedError"),
    "comity.report": ("Report", "figures", "report"),
    "comity.rules": ("Decision", "decide"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Canvass",
    "ComityError",
    "Decision",
    "Dossier",
    "DossierError",
    "Forecast",
    "Report",
    "Response",
    "RuleError",
    "UnsupportedError",
    "__version__",
    "canvass",
    "check",
    "decide",
    "dump",
    "figures",
    "forecast",
    "load",
    "loads",
    "report",
]


def __getattr__(name: str) -> Any:
    """Import a public name from its room when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'comity' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
