"""Cells of the tables on talks: gains with their ranges, what a party gives and gets, and on what.

Terminal, report and brief speak of proposals in the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from comity.bargaining.fairness import Moved
from comity.ensemble.mediation.results import PartyView, ProposalView
from comity.report.talks_words import AboutTalks, hundredths
from comity.report.words import listed, percent, plural

MOST_MOVED = 4
"""Issues named that carry what a party gives or gets."""


def gain(about: AboutTalks, held: PartyView) -> str:
    """``38 points (20 to 55), 67 %``: the gain, nine draws out of ten, the share."""
    told = about.points(held.gain)
    if not about.one_reading:
        told += f" ({about.spread(held.gain_over_draws)})"
    return told if held.normalised is None else f"{told}, {hundredths(held.normalised)}"


def gives_and_gets(about: AboutTalks, view: ProposalView, place: int) -> str:
    """``gives 12, gets 30``, in points of the party's own."""
    if view.fairness is None:
        return "–"
    give, get = view.fairness.give[place], view.fairness.get[place]
    return f"gives {about.amount(give)}, gets {about.amount(get)}"


def moved(about: AboutTalks, found: Sequence[Moved]) -> str:
    """On which issues a party gives or gets, and how much: the largest first."""
    some = [each for each in found if about.amount(abs(each.amount)).strip("0.,")]
    if not some:
        return "nothing"
    told = [f"{about.issue(m.issue)} {about.amount(m.amount)}" for m in some[:MOST_MOVED]]
    rest = [] if len(some) <= MOST_MOVED else [plural(len(some) - MOST_MOVED, "more issue")]
    return listed([*told, *rest])


def envy(about: AboutTalks, view: ProposalView) -> tuple[str, ...]:
    """Who gets a smaller share of what it could gain than another."""
    if view.fairness is None:
        return ()
    less: dict[str, list[str]] = {}
    for each in view.fairness.envy:
        if round(100 * each.by) > 0:
            less.setdefault(each.of, []).append(each.party)
    return tuple(
        f"{about.names(parties)} {'gets' if len(parties) == 1 else 'get'} a smaller share of what "
        f"{'it' if len(parties) == 1 else 'each'} could gain than {about.name(other)}."
        for other, parties in less.items()
    )


def breaks(about: AboutTalks, view: ProposalView) -> str:
    """The limits a proposal runs into, most often first, for a table cell."""
    named = sorted(
        ((name, share) for name, share in view.breaks.items() if share > 0.0),
        key=lambda entry: -entry[1],
    )
    told = [f"{_limit(about, name)} ({percent(share)} of draws)" for name, share in named[:2]]
    rest = [] if len(named) <= 2 else [f"{len(named) - 2} more"]
    return listed([*told, *rest]) or "nothing"


def _limit(about: AboutTalks, name: str) -> str:
    if about.is_line(name):
        return about.limit(name)
    short = next((p for p in about.mediation.parties if name.startswith(f"{p}: ")), None)
    return about.limit(name) if short is None else f"too little for {about.name(short)}"
