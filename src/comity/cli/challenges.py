"""The rounds behind the challenge model's answer, where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.cli import streams

if TYPE_CHECKING:
    from comity.ensemble.comparison import Comparison

_MODEL = "challenge"

FEW = 3
"""Up to how many models side by side the rounds are told one by one."""


def put_rounds(found: Comparison, item: str) -> None:
    """Below an item's table: round by round, or in a sentence beside many other models."""
    from comity.report.models_told import rounds_of

    rounds = rounds_of(found, item)
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
