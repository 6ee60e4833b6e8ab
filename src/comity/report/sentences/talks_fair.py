"""Fairness of a package between the parties, with its witnesses, and whether it would last."""

from __future__ import annotations

from comity.ensemble.mediation.results import FairnessView, Mediation, ProposalView, TiltView
from comity.report.talks_words import SOLUTIONS, AboutTalks, hundredths, points_of_hundred
from comity.report.words import capital, listed, percent


def fairness(mediation: Mediation) -> tuple[str, ...]:
    """How fair the first proposal is, and whether whoever finds it unfair would keep it."""
    about = AboutTalks(mediation)
    return () if about.first is None else of_proposal(about, about.first)


def of_proposal(about: AboutTalks, view: ProposalView) -> tuple[str, ...]:
    """How fair a package of the menu is."""
    fair = view.fairness
    parts = (*_gains(fair), *give_and_get(about, fair), *leaning(about, fair))
    return (*parts, *durability(about, view))


def _gains(fair: FairnessView) -> tuple[str, ...]:
    """How equal the shares of what each could gain are."""
    if fair.equitability is None:
        return ()
    told = (
        "The party that gets the smallest share of what it could gain gets "
        f"{hundredths(fair.equitability)} as large a share as the one that gets the largest "
        "(equitability; 100 % would be even)."
    )
    return (told,)


def give_and_get(about: AboutTalks, fair: FairnessView) -> tuple[str, ...]:
    """What each party gives up of its best and gets beyond the others' best."""
    told = [
        f"{about.name(party)} gives {about.amount(give)} and gets {about.amount(get)}"
        for party, give, get in zip(about.mediation.parties, fair.give, fair.get, strict=True)
    ]
    return (
        f"{capital(listed(told))}, in points of its own: given is what it falls short of its best "
        "on each issue, got is what it has beyond what would suit the others best.",
    )


def leaning(about: AboutTalks, fair: FairnessView) -> tuple[str, ...]:
    """Towards whom a package leans, if all three yardsticks agree."""
    towards = [tilt for tilt in fair.tilt if tilt.claimed and tilt.size > 0.0]
    if not towards:
        return (f"It does not clearly lean towards anybody{_mixed(fair)}.",)
    who = listed(
        f"{about.name(tilt.party)} (by {points_of_hundred(tilt.size)} of a hundred or more)"
        for tilt in towards
    )
    return (f"Measured against all three of {_yardsticks(towards[0])} it leans towards {who}.",)


def _yardsticks(tilt: TiltView) -> str:
    return f"the {listed(SOLUTIONS.get(name, name) for name in tilt.by)} solutions"


def _mixed(fair: FairnessView) -> str:
    """Whether the yardsticks disagree, or it lies on all of them."""
    if not fair.tilt or all(abs(by) < 0.005 for tilt in fair.tilt for by in tilt.by.values()):
        return ""
    return f": by {_yardsticks(fair.tilt[0])} the answers differ"


def durability(about: AboutTalks, view: ProposalView) -> tuple[str, ...]:
    """Whether a party that may find the terms unfair would keep them all the same."""
    fair = view.fairness
    if not fair.unfair_to:
        return ()
    told = [_keeps(about, view, party) for party in fair.unfair_to]
    return (
        *told,
        "That is what its reservation value says; terms felt to be unfair may be broken for "
        "reasons that no number here holds.",
    )


def _keeps(about: AboutTalks, view: ProposalView, party: str) -> str:
    share = view.fairness.keeps.get(party)
    name = about.name(party)
    if share is None:
        return f"{name} may find it unfair."
    if about.one_reading:
        kept = "still" if share > 0.0 else "no longer"
        return f"{name} may find it unfair; it is {kept} worth more to it than no agreement."
    return (
        f"{name} may find it unfair; it would still be worth at least as much to it as no "
        f"agreement in {percent(share)} of draws."
    )


def lean(about: AboutTalks, view: ProposalView) -> str:
    """Towards whom a package leans, for a table cell."""
    towards = [tilt for tilt in view.fairness.tilt if tilt.claimed and tilt.size > 0.0]
    if not towards:
        return "nobody clearly"
    return listed(f"{about.name(tilt.party)}, {points_of_hundred(tilt.size)}" for tilt in towards)
