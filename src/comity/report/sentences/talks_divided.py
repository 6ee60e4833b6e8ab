"""Adjusted Winner in words: who gets how much of each divisible quantity."""

from __future__ import annotations

from comity.ensemble.mediation.results import Division, Mediation
from comity.report.talks_words import AboutTalks
from comity.report.words import listed


def division(mediation: Mediation) -> tuple[str, ...]:
    """The division, how it came about and whom it would leave worse off than no agreement."""
    found, about = mediation.division, AboutTalks(mediation)
    if found is None:
        return ()
    basis = "" if found.exact else " The weights are uncertain; these are their medians."
    return (
        "Adjusted Winner divides the quantities themselves, without regard to the parts into which "
        f"the packages cut them: {_shares(found, about)}. {_result(found, about)}{basis}",
        *_passed_on(found, about),
        *_worse_off(found, about),
    )


def _shares(found: Division, about: AboutTalks) -> str:
    parties = about.mediation.parties
    told = []
    for issue, shares in found.shares.items():
        whole = [party for party, share in zip(parties, shares, strict=True) if share == "1"]
        if whole:
            told.append(f"{about.name(whole[0])} gets all of {about.issue(issue)}")
        else:
            parts = (
                f"{share} to {about.name(party)}"
                for party, share in zip(parties, shares, strict=True)
            )
            told.append(f"{about.issue(issue)} goes {listed(parts)}")
    return listed(told)


def _result(found: Division, about: AboutTalks) -> str:
    if len(set(found.result)) == 1:
        return f"Each then has {found.result[0]} points of its own 100."
    each = (
        f"{about.name(party)} {points}"
        for party, points in zip(about.mediation.parties, found.result, strict=True)
    )
    return f"In points of their own 100: {listed(each)}."


def _passed_on(found: Division, about: AboutTalks) -> tuple[str, ...]:
    if not found.passed_on:
        return ()
    moved = (f"{share} of {about.issue(issue)}" for issue, share in found.passed_on.items())
    order = " Others in the same ratio could have been passed on instead: " + listed(
        about.issue(issue) for issue in found.equal_ratios
    )
    return (
        "Each quantity went first to whoever puts more points on it; to make both equal, "
        f"{listed(moved)} then passed to the other."
        + (f"{order}; nobody's points would change." if found.equal_ratios else ""),
    )


def _worse_off(found: Division, about: AboutTalks) -> tuple[str, ...]:
    parties = zip(about.mediation.parties, found.keeps, strict=True)
    losers = [about.name(party) for party, keeps in parties if not keeps]
    return (f"It is worth less than no agreement to {listed(losers)}.",) if losers else ()
