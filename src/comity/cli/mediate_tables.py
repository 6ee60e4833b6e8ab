"""The tables of a mediation for people. Gains and shares are rounded as the report rounds them."""

from __future__ import annotations

from comity.cli.tables import put_table
from comity.ensemble.mediation.results import ProposalView
from comity.report.sentences import talks as says
from comity.report.talks_words import AboutTalks, hundredths, points_of_hundred
from comity.report.words import capital, percent

_WITHIN = "within all limits"
_REGRET = "regret"


def put_first(about: AboutTalks) -> None:
    """What the first proposal says, issue by issue."""
    rows = says.contents(about)
    tracked = any(track for track, _, _ in rows)
    cells = [[track] * tracked + [issue, told[0]] for track, issue, told in rows]
    put_table(["track"] * tracked + ["issue", "proposal 1"], cells)


def put_menu(about: AboutTalks) -> None:
    """A row a proposal: how safe it is, what it risks, whom it favours, where it is weakest."""
    rows = [_of_proposal(about, view) for view in about.mediation.proposals]
    weakest = "weakest track" if about.talks.tracks else "weakest issue"
    headings = ["", "worst-off party gets", _WITHIN, _REGRET, "leans towards", weakest]
    put_table(headings, rows, numbers=[_WITHIN, _REGRET])


def _of_proposal(about: AboutTalks, view: ProposalView) -> list[str]:
    return [
        capital(about.proposal(view.number)),
        hundredths(view.smallest_normalised),
        percent(view.share_within),
        points_of_hundred(view.mean_regret),
        says.lean(about, view),
        says.worst(about, view.worst_track),
    ]


def put_gains(about: AboutTalks) -> None:
    """A row a party: its gain over no agreement under each proposal, and its range."""
    headings = says.headings(about)
    rows = [
        [about.name(party), *(gain(about, view, place) for view in about.mediation.proposals)]
        for place, party in enumerate(about.mediation.parties)
    ]
    put_table(["gain over no agreement", *headings], rows)


def gain(about: AboutTalks, view: ProposalView, place: int) -> str:
    """``38 (20 to 55), 67 %``: points, what nine draws out of ten lie between, share."""
    held = view.parties[place]
    told = about.amount(held.gain)
    if not about.one_reading:
        told += f" ({about.spread(held.gain_over_draws)})"
    return told if held.normalised is None else f"{told}, {hundredths(held.normalised)}"


def put_solutions(about: AboutTalks) -> None:
    """A row a solution: each party's gain, how safe it is, where it differs from the first."""
    found = about.mediation.solutions
    if not any(each.exists for each in found.values()):
        return
    parties = [about.name(party) for party in about.mediation.parties]
    rows = [says.row(about, name, each) for name, each in found.items()]
    headings = ["solution", *parties, _WITHIN, "differs from proposal 1 on"]
    put_table(headings, rows, numbers=[_WITHIN])
