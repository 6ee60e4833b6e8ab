"""Who trades with whom in the exchange model, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from comity.dossier import Dossier
from comity.forecast.exchange import Exchange, Exchanges, Shift
from comity.report.sentences.models_words import Unit
from comity.report.words import actor_name, counted, plural, quoted

Sentences = tuple[str, ...]

FIRST = 5
"""How many exchanges are told one by one."""


Units = Mapping[str, Unit]
WHOLE: Units = {}
"""Items whose points need decimals."""


def exchanges_made(
    found: Exchanges, units: Units = WHOLE, means: Mapping[str, float] | None = None
) -> str:
    """How many exchanges there are, and what they move most.

    ``means``: what items come to over the draws, of those on which these differ from one another.
    """
    if not found.made:
        return "With every number at its median no two members gain by trading positions."
    many = len(found.made)
    turns = found.made[-1].round
    rounds = "" if turns == 1 else f" in {counted(turns)} rounds"
    are = "is" if many == 1 else "are"
    reading = "With every number at its median"
    if means:
        reading = (
            "The tables above have what outcomes come to over the draws; what follows is one "
            "reading: with every number at its median"
        )
    says = f"{reading} {plural(many, 'exchange')} {are} made{rounds}"
    item, before, after = max(
        ((item, found.before[item], after) for item, after in found.after.items()),
        key=lambda moved: abs(moved[2] - moved[1]),
    )
    number = units.get(item, Unit()).number
    if number(before) == number(after):
        return f"{says}; no outcome moves by as much as a point."
    way = f"from {number(before)} to {number(after)}"
    if means and item in means:
        way += f" (over the draws it comes to {number(means[item])} on average)"
    return f"{says}. The outcome of {quoted(item)} moves most, {way}."


def exchanges_told(
    found: Exchanges, dossier: Dossier, first: int = FIRST, units: Units = WHOLE
) -> Sentences:
    """The first exchanges one by one, then how many more there are, then what is not sure."""
    told = [exchange_told(each, dossier, units) for each in found.made[:first]]
    more = len(found.made) - first
    if more > 0:
        least = found.made[-1].gain
        last = "less than 0.01" if least < 0.01 else f"{least:.2f}"
        told.append(f"{plural(more, 'more exchange')}, the last for a gain of {last} each.")
    return tuple(told)


def exchange_told(each: Exchange, dossier: Dossier, units: Units = WHOLE) -> str:
    """``A moves from 100 to 0 on x, B from 0 to 67 on y; each gains 11.00.``"""
    one, other = each.gives
    return (
        f"{_gives(one, dossier, units, 'moves ')}, {_gives(other, dossier, units)}; "
        f"each gains {each.gain:.2f}."
    )


def _gives(shift: Shift, dossier: Dossier, units: Units, moves: str = "") -> str:
    who = actor_name(dossier, shift.actor)
    number = units.get(shift.item, Unit()).number
    way = f"from {number(shift.start)} to {number(shift.end)}"
    return f"{who} {moves}{way} on {quoted(shift.item)}"


def exchanges_doubt(found: Exchanges) -> str:
    """That some exchanges were chosen among equals by nothing but their names."""
    tied = [each for each in found.made if each.equals]
    if not tied:
        return ""
    are = "was" if len(tied) == 1 else "were"
    return (
        f"{plural(len(tied), 'exchange')} {are} chosen among others of the same gain, by the ids "
        "of items and members alone; another choice could lead elsewhere."
    )


def exchanges_unit() -> str:
    """What a gain is measured in."""
    return (
        "A gain is points by which outcomes come nearer, times salience as a share of 1. Others "
        "may gain or lose by an exchange; that has no say in it."
    )
