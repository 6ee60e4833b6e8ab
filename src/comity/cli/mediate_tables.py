"""The tables of a mediation for people. Gains and shares are rounded as the report rounds them."""

from __future__ import annotations

from comity.cli.tables import put_table
from comity.ensemble.mediation.results import PartyView, ProposalView
from comity.report.sentences import talks as says
from comity.report.talks_words import AboutTalks, hundredths, points_of_hundred
from comity.report.words import capital, percent

_WITHIN = "within all limits"
_REGRET = "regret"
_GAIN = "gain over no agreement"
_RANGE = "in nine draws out of ten"
_SHARE = "of what it could gain"


def put_first(about: AboutTalks) -> None:
    """What the first proposal says, issue by issue."""
    rows = says.contents(about)
    tracked = any(track for track, _, _ in rows)
    cells = [[track] * tracked + [issue, told[0]] for track, issue, told in rows]
    put_table(["track"] * tracked + ["issue", "proposal 1"], cells)


def put_menu(about: AboutTalks) -> None:
    """A row a proposal: whom it favours, where it is weakest, how safe it is, what it risks."""
    weakest = "weakest track" if about.talks.tracks else "weakest issue"
    headings = ["proposal", "worst-off party gets", "leans towards", weakest, _WITHIN, _REGRET]
    rows = [_of_proposal(about, view) for view in about.mediation.proposals]
    put_table(headings, rows, numbers=[headings[1], _WITHIN, _REGRET])


def _of_proposal(about: AboutTalks, view: ProposalView) -> list[str]:
    return [
        capital(about.proposal(view.number)),
        hundredths(view.smallest_normalised),
        says.lean(about, view),
        says.worst(about, view.worst_track),
        percent(view.share_within),
        points_of_hundred(view.mean_regret),
    ]


def put_gains(about: AboutTalks) -> None:
    """A row for each proposal and party: the gain over no agreement, its range, its share."""
    drawn = not about.one_reading
    headings = ["proposal", "party", _GAIN, *([_RANGE] * drawn), _SHARE]
    rows = [
        [capital(about.proposal(view.number)) if place == 0 else "", *_gain(about, held, drawn)]
        for view in about.mediation.proposals
        for place, held in enumerate(view.parties)
    ]
    put_table(headings, rows, numbers=headings[2:])


def _gain(about: AboutTalks, held: PartyView, drawn: bool) -> list[str]:
    spread = [about.spread(held.gain_over_draws)] if drawn else []
    return [
        about.name(held.party),
        about.amount(held.gain),
        *spread,
        hundredths(held.normalised),
    ]


def put_solutions(about: AboutTalks) -> None:
    """A row a solution: each party's gain, where it differs from the first, how safe it is."""
    found = about.mediation.solutions
    if not any(each.exists for each in found.values()):
        return
    parties = [about.name(party) for party in about.mediation.parties]
    rows = []
    for name, each in found.items():
        *cells, within, regret, differs = says.row(about, name, each)
        rows.append([*cells, differs, within, regret])
    headings = ["solution", *parties, "differs from proposal 1 on", _WITHIN, _REGRET]
    put_table(headings, rows, numbers=[*parties, _WITHIN, _REGRET])
