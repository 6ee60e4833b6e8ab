"""Models side by side as plain values with their words: what ``comity forecast --model`` gives."""

from __future__ import annotations

from typing import Any

from comity.ensemble.comparison import Comparison
from comity.forecast.challenge import Rounds, middle_rounds
from comity.forecast.exchange import Exchanges, exchanges
from comity.report import sentences


def models_told(comparison: Comparison) -> dict[str, Any]:
    """``comparison.to_json()`` with reasons and records.

    ``why`` of each model and each item; ``record``, the rounds of the challenge model, and
    ``exchanges``, those of the exchange model, where these answer.
    """
    result = comparison.to_json()
    for item, told in result["items"].items():
        for name, says in sentences.model_says(comparison, item).items():
            told["models"][name]["why"] = says
        if (rounds := rounds_of(comparison, item)) is not None:
            told["models"]["challenge"]["record"] = rounds.to_json()
        told["why"] = list(sentences.models_differ(comparison, item))
    traded = exchanges_of(comparison)
    return result if traded is None else result | traded.to_json()


def rounds_of(comparison: Comparison, item: str) -> Rounds | None:
    """The rounds with every number at its median; None where the challenge model has no answer."""
    view = comparison.items[item].models.get("challenge")
    if view is None or not view.answered:
        return None
    return middle_rounds(comparison.dossier, item)


def exchanges_of(comparison: Comparison) -> Exchanges | None:
    """The exchanges with every number at its median; None where that model answers nowhere."""
    views = (entry.models.get("exchange") for entry in comparison.items.values())
    answered = any(view is not None and view.answered for view in views)
    return exchanges(comparison.dossier) if answered else None
