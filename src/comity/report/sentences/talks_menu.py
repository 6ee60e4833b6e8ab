"""The menu: what each proposal says, how it differs from the first, where it is weakest."""

from __future__ import annotations

from collections.abc import Mapping

from comity.bargaining.problem import SAME
from comity.ensemble.mediation.results import Mediation, ProposalView, WorstTrack
from comity.report.talks_words import SOLUTIONS, AboutTalks, hundredths
from comity.report.words import capital, counted, listed, quoted


def menu(mediation: Mediation) -> tuple[str, ...]:
    """What the menu is."""
    count = len(mediation.proposals)
    if not count:
        return ()
    if count == 1:
        return ("No other package that truly differs does well enough to stand beside it.",)
    return (
        f"{capital(counted(count))} truly different packages, the one with the least to regret "
        "first and the others after it in the order of theirs. Gains are those of the middle "
        "reading, in points of the party's own scale.",
    )


def headings(about: AboutTalks) -> list[str]:
    """The proposals as columns of a table."""
    return [capital(about.proposal(view.number)) for view in about.mediation.proposals]


def contents(about: AboutTalks) -> list[tuple[str, str, list[str]]]:
    """Track, issue and what each proposal says on it; like the first is said as ``as 1``."""
    rows = []
    for issue, entry in about.talks.issues.items():
        says = [view.package[issue] for view in about.mediation.proposals]
        cells = [about.option(issue, says[0])]
        cells += ["as 1" if each == says[0] else about.option(issue, each) for each in says[1:]]
        track = about.track(entry.track) if entry.track else ""
        rows.append((track, about.issue(issue), cells))
    return rows


def differences(about: AboutTalks, view: ProposalView) -> str:
    """On what a later proposal differs from the first."""
    if not view.differs:
        return ""
    return f"{capital(about.proposal(view.number))} has instead {_instead(about, view.differs)}."


def improved(about: AboutTalks, view: ProposalView) -> str:
    """What would be better for somebody and worse for nobody, in the middle reading."""
    if not view.better:
        return ""
    return (
        f"{capital(about.proposal(view.number))} is not the best of its kind"
        f"{'' if about.one_reading else ' in the middle reading'}: {_instead(about, view.better)} "
        f"instead would be better for somebody and worse for nobody."
    )


def _instead(about: AboutTalks, options: Mapping[str, str]) -> str:
    return listed(
        f"{quoted(about.option(issue, option))} on {quoted(about.issue(issue))}"
        for issue, option in options.items()
    )


def efficient(view: ProposalView) -> str:
    """Whether anything is better for somebody and worse for nobody, for a table cell."""
    if view.efficient is None:
        return "not known"
    return "nothing" if view.efficient else "another package"


def worst(about: AboutTalks, track: WorstTrack | None) -> str:
    """The track in which a party fares worst, for a table cell."""
    if track is None:
        return "–"
    got = hundredths(track.share) if track.share >= -SAME else "below the worst left open"
    return f"{about.track(track.track)}: {about.name(track.party)} {got}"


def origins(view: ProposalView) -> str:
    """Where a package comes from, for a table cell."""
    known = {**SOLUTIONS, "frontier": "the frontier", "draw": "the best of a draw"}
    return listed(known.get(origin, origin.replace("_", " ")) for origin in view.origins)


def tabled(mediation: Mediation) -> tuple[str, ...]:
    """How the packages that somebody has put forward do."""
    about = AboutTalks(mediation)
    told = []
    for name, each in mediation.tabled.items():
        by = "" if each.by is None else f", put forward by {about.name(each.by)},"
        shares = listed(
            f"{about.name(view.party)} {hundredths(view.normalised)}" for view in each.view.parties
        )
        how = "" if about.one_reading else f" {about.within(each.view.share_within)}"
        inside = "lies within all limits"
        if about.one_reading and not each.view.within:
            inside = "does not lie within all limits"
        told.append(
            f"The package {quoted(name.replace('_', ' ').replace('-', ' '))}{by} {inside}{how}; "
            f"of what each could gain it gives {shares}."
        )
    return tuple(told)
