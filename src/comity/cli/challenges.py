"""The rounds behind the challenge model's answer, where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.cli import streams

if TYPE_CHECKING:
    from comity.ensemble.comparison import Comparison
    from comity.forecast.challenge import Rounds

_MODEL = "challenge"

FEW = 3
"""Up to how many models side by side the rounds are told one by one."""


def put_rounds(found: Comparison, item: str) -> None:
    """Below an item's table: round by round, or in a sentence beside many other models."""
    rounds = _rounds(found, item)
    if rounds is None:
        return
    from comity.report.sentences import challenge as says
    from comity.report.sentences.models_words import spread, unit_of

    streams.put("\nWho gives way to whom:")
    unit, view = unit_of(found.dossier, item), found.items[item].models[_MODEL]
    assert isinstance(view.point, float)
    mean = view.point if spread(view.low, view.high) else None
    streams.put_prose(says.rounds_outlined(rounds, unit, mean))
    if len(found.items[item].models) > FEW:
        streams.put_prose("Round by round: --model challenge.")
        return
    for each in rounds.rounds:
        streams.put(f"\n{says.round_heading(each, unit)}")
        for sentence in says.round_told(each, found.dossier, len(rounds.members), unit):
            streams.put_prose(f"- {sentence}")
    if rounds.rounds:
        streams.put()
        streams.put_prose(says.rounds_unit())


def rounds_json(found: Comparison, item: str) -> dict[str, Any]:
    """The record for the model's own object; nothing where the model was not asked."""
    rounds = _rounds(found, item)
    return {} if rounds is None else {"record": rounds.to_json()}


def _rounds(found: Comparison, item: str) -> Rounds | None:
    view = found.items[item].models.get(_MODEL)
    if view is None or not view.answered:
        return None
    from comity.forecast.challenge import middle_rounds

    return middle_rounds(found.dossier, item)
