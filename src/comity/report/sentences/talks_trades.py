"""Trades: what one party gives way on because it matters more to another."""

from __future__ import annotations

from comity.ensemble.mediation.results import Mediation, Move, Trade
from comity.report.talks_words import AboutTalks, points_of_hundred, times
from comity.report.words import capital, plural, quoted

MOST_TRADES = 3
"""Trades told in words."""

BASES = {
    "text": "Starting from the draft of the single text",
    "reversions": "Starting from what holds if nothing is agreed",
    "each its own best": "Starting, issue by issue, from what is best for whoever gives way",
}
"""What trades start from."""


def trades(mediation: Mediation) -> tuple[str, ...]:
    """What the trades start from, and how many there are."""
    about, found = AboutTalks(mediation), mediation.trades
    base = BASES[found.base]
    if not found.listed:
        middle = "" if about.one_reading else " in the middle reading"
        return (
            f"{base}, there are no two issues on which two parties could give way to each other so "
            f"that both are better off{middle}.",
        )
    told = (
        f"{base}, there {'is' if found.found == 1 else 'are'} "
        f"{plural(found.found, 'trade')} that would leave both parties to it better off."
    )
    if found.found > 1:
        told += " The best by what the one who gains less gets:"
    return (told, *(trade(about, each) for each in found.listed[:MOST_TRADES]))


def trade(about: AboutTalks, found: Trade) -> str:
    """One trade as a sentence with what it brings."""
    first, second = found.moves
    told = f"{capital(move(about, first))}; {move(about, second)}."
    told += f" {_brings(about, found)}"
    if found.others_lose:
        told += f" {about.names(found.others_lose)} would lose by it."
    return told


def move(about: AboutTalks, half: Move) -> str:
    """``A gives way on X (from “…” to “…”), which matters about 3 times as much to B``."""
    return (
        f"{about.name(half.giver)} gives way on {quoted(about.issue(half.issue))} "
        f"(from {quoted(about.option(half.issue, half.before))} to "
        f"{quoted(about.option(half.issue, half.after))}), {_matters(about, half)}"
    )


def _matters(about: AboutTalks, half: Move) -> str:
    taker = about.name(half.taker)
    if half.times is None:
        return f"which costs it nothing and helps {taker}"
    if half.times < 1.0:
        return f"which matters less to {taker} ({times(half.times)})"
    return f"which matters {times(half.times)} to {taker}"


def _brings(about: AboutTalks, found: Trade) -> str:
    effects = dict(zip(about.mediation.parties, found.effects, strict=True))
    first, second = found.parties
    told = (
        f"{about.name(first)} gains {points_of_hundred(effects[first])} and {about.name(second)} "
        f"{points_of_hundred(effects[second])}, of a hundred from its worst to its best"
    )
    if about.one_reading:
        return f"{told}."
    return f"{told}; both are better off by it {about.within(found.share_of_draws)}."
