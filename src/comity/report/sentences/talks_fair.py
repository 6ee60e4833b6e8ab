"""Fairness of a package between the parties, with what shows it, and whether it would last."""

from __future__ import annotations

from collections.abc import Sequence

from comity.bargaining.problem import SAME
from comity.ensemble.mediation.results import FairnessView, Mediation, ProposalView, TiltView
from comity.report.talks_words import SOLUTIONS, AboutTalks, hundredths, points_of_hundred
from comity.report.words import listed, percent

CLEAR = 0.01
"""A lean of less than a point of a hundred is none worth telling of."""


def fairness(mediation: Mediation) -> tuple[str, ...]:
    """How fair the first proposal is, and whether whoever finds it unfair would keep it."""
    about = AboutTalks(mediation)
    return () if about.first is None else of_proposal(about, about.first)


def of_proposal(about: AboutTalks, view: ProposalView) -> tuple[str, ...]:
    """How fair a package is: shares, lean, durability; give and get stand in a table."""
    fair = view.fairness
    if fair is None:
        return ("How fair it is cannot be said without the solutions to set it beside.",)
    parts = (*_gains(fair), *leaning(about, view))
    return (*parts, *durability(about, fair))


def _gains(fair: FairnessView) -> tuple[str, ...]:
    """How equal the shares of what each could gain are."""
    if fair.equitability is None:
        return ()
    return (
        "The share of what it could gain that goes to whoever gets least is "
        f"{hundredths(fair.equitability)} of the share that goes to whoever gets most (100 % would "
        "be even).",
    )


def leaning(about: AboutTalks, view: ProposalView) -> tuple[str, ...]:
    """Towards whom a package leans, if all three yardsticks agree."""
    towards = leans(view.fairness)
    if not towards:
        told = f"It does not clearly lean towards anybody{_why_not(about, view)}."
        return (told + _no_fairer(about, view),)
    who = listed(
        f"{about.name(tilt.party)} (by {points_of_hundred(tilt.claimed)} of a hundred or more)"
        for tilt in towards
    )
    return (f"Next to {_yardsticks(towards[0])} it leans towards {who}.",)


def _no_fairer(about: AboutTalks, view: ProposalView) -> str:
    """That whoever has the larger share here has it under some of the yardsticks, too."""
    shares = {
        place: held.normalised
        for place, held in enumerate(view.parties)
        if held.normalised is not None
    }
    if view.fairness is None or not view.fairness.tilt or not shares:
        return ""
    if _solutions_at(about, view):
        return ""  # said already
    most, least = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
    if shares[most] - shares[least] < CLEAR:
        return ""
    alike = [
        SOLUTIONS[name]
        for name in view.fairness.tilt[0].against
        if _ahead(about.mediation.solutions[name].normalised, most, least)
    ]
    if not alike:
        return ""
    do = "solution" if len(alike) == 1 else "solutions"
    so = "does" if len(alike) == 1 else "do"
    more, less = (about.name(view.parties[place].party) for place in (most, least))
    return (
        f" It gives {more} more than {less} of what each could gain, but so {so} the "
        f"{listed(alike)} {do}: a package leans if it does so more than every yardstick."
    )


def _ahead(shares: Sequence[float | None] | None, most: int, least: int) -> bool:
    """Whether a solution gives one party a clearly larger share than another."""
    larger, smaller = (None, None) if shares is None else (shares[most], shares[least])
    return larger is not None and smaller is not None and larger - smaller >= CLEAR


def leans(fair: FairnessView | None) -> list[TiltView]:
    """The parties towards whom a lean worth telling of is claimed."""
    return [] if fair is None else [tilt for tilt in fair.tilt if tilt.claimed >= CLEAR]


def _yardsticks(tilt: TiltView) -> str:
    every = "each of " if len(tilt.against) > 1 else ""
    return f"{every}the {listed(SOLUTIONS.get(name, name) for name in tilt.against)} solutions"


def _why_not(about: AboutTalks, view: ProposalView) -> str:
    """Why no lean is claimed: none can be, the yardsticks disagree, or it is one of them."""
    fair = view.fairness
    assert fair is not None
    if fair.why:
        return f" that could be shown ({fair.why.rstrip('.')})"
    clear = [[by for by in tilt.against.values() if abs(by) >= CLEAR] for tilt in fair.tilt]
    if any(min(by, default=0.0) < 0.0 < max(by, default=0.0) for by in clear):
        return ": next to one solution it leans one way and next to another the other"
    if itself := _solutions_at(about, view):
        if len(itself) > 1:
            return f": it is at once the {listed(itself)} solution"
        return f": it is the {itself[0]} solution itself"
    return ": next to one of the solutions it hardly leans" if any(clear) else ""


def _solutions_at(about: AboutTalks, view: ProposalView) -> list[str]:
    """The yardsticks that a package attains, to the parties' utilities."""
    assert view.fairness is not None
    yardsticks = dict.fromkeys(name for tilt in view.fairness.tilt for name in tilt.against)
    here = [party.utility for party in view.parties]
    return [
        SOLUTIONS[name]
        for name in yardsticks
        if any(_same(here, point) for point in about.mediation.solutions[name].tied)
    ]


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) <= SAME for a, b in zip(one, other, strict=True))


def durability(about: AboutTalks, fair: FairnessView) -> tuple[str, ...]:
    """Whether a party that may find the terms unfair would keep them all the same."""
    against = [t for t in fair.tilt if t.finds == "unfair" and t.claimed <= -CLEAR]
    if not against:
        return ()
    return (
        *(_keeps(about, tilt) for tilt in against),
        "Terms that are felt to be unfair may be broken for reasons that no number here holds.",
    )


def _keeps(about: AboutTalks, tilt: TiltView) -> str:
    name = about.name(tilt.party)
    if about.one_reading:
        kept = "at least as much" if tilt.keeps > 0.0 else "less"
        told = f"{name} may find it unfair{_by(tilt)}; it is worth {kept} to it than no agreement."
        return told.replace("as much to it than", "as much to it as")
    return (
        f"{name} may find it unfair{_by(tilt)}; it would be worth at least as much to it as no "
        f"agreement, and so worth keeping, in {percent(tilt.keeps)} of draws."
    )


def _by(tilt: TiltView) -> str:
    return f" (it leans against it by {points_of_hundred(-tilt.claimed)} of a hundred or more)"


def lean(about: AboutTalks, view: ProposalView) -> str:
    """Towards whom a package leans, for a table cell."""
    towards = leans(view.fairness)
    if not towards:
        return "nobody clearly"
    return listed(f"{about.name(t.party)}, {points_of_hundred(t.claimed)}" for t in towards)
