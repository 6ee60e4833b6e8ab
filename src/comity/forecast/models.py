"""All models by the name under which they are asked for, in the order in which they are shown."""

from __future__ import annotations

from comity.errors import UnsupportedError
from comity.forecast.bargain import Bargain
from comity.forecast.challenge import Challenge
from comity.forecast.consensus import ConsensusModel
from comity.forecast.core import Core
from comity.forecast.election import Election
from comity.forecast.exchange import ExchangeModel
from comity.forecast.means import Mean
from comity.forecast.median import Median
from comity.forecast.prevails import Prevails
from comity.forecast.protocol import Forecaster
from comity.forecast.setter import AgendaSetter
from comity.forecast.winset import Winset


def models() -> dict[str, Forecaster]:
    """Name to model; a name is in lower case with underscores."""
    listed: tuple[Forecaster, ...] = (
        Mean("none"),
        Mean("salience"),
        Mean("capability"),
        Median(),
        Bargain("nash"),
        Bargain("kalai_smorodinsky"),
        Bargain("egalitarian"),
        Challenge(),
        ExchangeModel(),
        Election(),
        Winset(),
        Core(),
        AgendaSetter(),
        Prevails(),
        ConsensusModel(),
    )
    return {key(model): model for model in listed}


def key(model: Forecaster) -> str:
    """A model's name as a JSON key and an option of the command line."""
    return model.name.lower().replace(" ", "_").replace("–", "_").replace("-", "_")


def named(name: str) -> Forecaster:
    """The model of that name, however its words are joined.

    Raises UnsupportedError listing all names if there is none.
    """
    known = models()
    asked = name.strip().lower().replace(" ", "_").replace("–", "_").replace("-", "_")
    if asked in known:
        return known[asked]
    raise UnsupportedError(
        "there is no such model",
        found=name,
        mend=f"take one of {', '.join(known)}, or all",
    )
