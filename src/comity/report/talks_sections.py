"""The parts of a page on talks: sentences, tables and figures, in the order of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.ensemble.mediation.results import Mediation, ProposalView
from comity.report.figures import FigureSVG, talks_figures
from comity.report.sentences import talks as says
from comity.report.sentences import talks_cells as cells
from comity.report.talks_words import AboutTalks, hundredths, points_of_hundred
from comity.report.words import capital, percent

if TYPE_CHECKING:
    from comity.bargaining.text import TextPath

Sentences = tuple[str, ...]
Row = tuple[str, tuple[str, ...]]
"""A label and its cells."""


@dataclass(frozen=True)
class Group:
    """Rows of a table under a heading of their own."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table whose first column says what each row is about; ``asks``: a row's question."""

    anchor: str
    caption: str
    head: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    asks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TalksSection:
    """Everything said about talks, in the order of the page."""

    anchor: str
    title: str
    who: Sentences
    answer: Sentences
    package: Table | None
    why: Sentences
    caution: Sentences
    possible: Sentences
    figure: FigureSVG | None
    frontier: Sentences
    claims: Sentences
    claims_note: Sentences
    menu_note: Sentences
    menu: Table | None
    tabled: Sentences
    fairness: Sentences
    moved: Table | None
    solutions: Table | None
    solutions_note: Sentences
    division: Sentences
    conflicts: Sentences
    relaxations: Sentences
    trades: Sentences
    text: Sentences
    drafts: Table | None
    question: Sentences
    sure: Sentences
    caveats: Sentences


def talks_section(mediation: Mediation, number: int) -> TalksSection:
    """The section on some talks, the ``number``-th of the page."""
    about, anchor = AboutTalks(mediation), f"talks-{number}"
    note = " ".join(mediation.note.split())
    return TalksSection(
        anchor=anchor,
        title=about.title,
        who=says.who(mediation),
        answer=says.answer(mediation),
        package=_package(about, anchor),
        why=says.why(mediation),
        caution=says.caution(mediation),
        possible=says.possible(mediation),
        figure=talks_figures(mediation, anchor).get("frontier"),
        frontier=says.frontier(mediation),
        claims=says.claims(mediation),
        claims_note=says.claims_note(mediation),
        menu_note=(
            *says.menu(mediation),
            *filter(None, (says.improved(about, view) for view in mediation.proposals)),
        ),
        menu=_menu(about, anchor),
        tabled=says.tabled(mediation),
        fairness=_fairness(about),
        moved=_moved(about, anchor),
        solutions=_solutions(about, anchor),
        solutions_note=(
            *says.solutions(mediation),
            *says.rules(mediation),
            *says.division(mediation),
        ),
        division=says.division(mediation),
        conflicts=says.conflicts(mediation),
        relaxations=says.relaxations(mediation),
        trades=says.trades(mediation),
        text=says.text(mediation),
        drafts=_drafts(about, anchor),
        question=says.question(mediation),
        sure=(*says.sure(mediation), *says.solution_basis(mediation)),
        caveats=tuple(said for said in says.caveats(mediation) if said != note),
    )


def _package(about: AboutTalks, anchor: str) -> Table | None:
    """The package to put forward first, issue by issue under its track."""
    if about.first is None:
        return None
    rows = [(track, (issue, (told[0],))) for track, issue, told in says.contents(about)]
    name = capital(about.proposal(about.first.number))
    return Table(
        f"{anchor}-first",
        f"{name}, issue by issue",
        "Issue",
        (name,),
        _by_track(rows),
        _asks(about),
    )


def _asks(about: AboutTalks) -> dict[str, str]:
    """The question of each issue that has one."""
    asked = {about.issue(i): " ".join(e.question.split()) for i, e in about.talks.issues.items()}
    return {issue: question for issue, question in asked.items() if question}


def _by_track(rows: Sequence[tuple[str, Row]]) -> tuple[Group, ...]:
    """Rows under their tracks, in the order in which the tracks first come."""
    tracks = dict.fromkeys(track for track, _ in rows)
    named = {"": "Other issues" if len(tracks) > 1 else ""}
    return tuple(
        Group(named.get(track, track), tuple(row for own, row in rows if own == track))
        for track in tracks
    )


def _menu(about: AboutTalks, anchor: str) -> Table | None:
    """The menu: what each proposal says, what each party gains, how it does in the draws."""
    views = about.mediation.proposals
    if not views:
        return None
    rows = [(track, (issue, tuple(told))) for track, issue, told in says.contents(about)]
    parties = tuple(
        (about.name(party), tuple(cells.gain(about, view.parties[place]) for view in views))
        for place, party in enumerate(about.mediation.parties)
    )
    traded = tuple(
        (about.name(party), tuple(cells.gives_and_gets(about, view, place) for view in views))
        for place, party in enumerate(about.mediation.parties)
    )
    return Table(
        f"{anchor}-menu",
        "What each proposal says, what it brings each party, and how it does",
        "",
        tuple(says.headings(about)),
        (
            *_by_track(rows),
            Group(_gains_heading(about), parties),
            Group("Gives up of its own best, gets beyond the others’ best, in its points", traded),
            Group("How it does", _tests(about, views)),
        ),
        _asks(about),
    )


def _gains_heading(about: AboutTalks) -> str:
    """What the cells of gains hold."""
    over = "" if about.one_reading else ", in brackets what nine draws out of ten lie between"
    return f"Gain over having no agreement, in points{over}; share of what it could gain"


def _tests(about: AboutTalks, views: Sequence[ProposalView]) -> tuple[Row, ...]:
    """A row a test, a cell a proposal; what only draws can tell is left out without them."""
    weakest = "Weakest track" if about.talks.tracks else "Weakest issue"
    found = {
        "Worst-off party gets, of what it could gain": [
            hundredths(view.smallest_normalised) for view in views
        ],
        "Within all limits, share of draws": [percent(view.share_within) for view in views],
        "Runs into": [capital(cells.breaks(about, view)) for view in views],
        "Regret, mean": [points_of_hundred(view.mean_regret) for view in views],
        "Regret, exceeded in one draw of twenty": [
            points_of_hundred(view.regret_over_draws.p95) for view in views
        ],
        "Better for somebody and worse for nobody, middle reading": [
            capital(says.efficient(view)) for view in views
        ],
        weakest: [says.worst(about, view.worst_track) for view in views],
        "Leans towards": [capital(says.lean(about, view)) for view in views],
    }
    if about.one_reading:
        del found["Within all limits, share of draws"]
        del found["Regret, exceeded in one draw of twenty"]
    return tuple((label, tuple(said)) for label, said in found.items())


def _fairness(about: AboutTalks) -> Sentences:
    first = about.first
    if first is None:
        return ()
    return (*says.fairness(about.mediation), *cells.envy(about, first))


def _moved(about: AboutTalks, anchor: str) -> Table | None:
    """On which issues each party gives and gets under the first proposal."""
    first = about.first
    if first is None or first.fairness is None:
        return None
    fair = first.fairness
    rows = tuple(
        (
            about.name(party),
            (
                capital(cells.moved(about, fair.gives[place])),
                capital(cells.moved(about, fair.gets[place])),
            ),
        )
        for place, party in enumerate(about.mediation.parties)
    )
    return Table(
        f"{anchor}-moved",
        "On what each gives and gets, in points of its own",
        "Party",
        ("Gives up, next to its own best", "Gets, beyond what would suit the others best"),
        (Group("", rows),),
    )


def _drafts(about: AboutTalks, anchor: str) -> Table | None:
    """The single text's first draft, and where its path ends."""
    path = about.mediation.text
    if path is None:
        return None
    rows = tuple(
        (about.issue(issue), (about.option(issue, option), _after(about, issue, path)))
        for issue, option in path.draft.items()
    )
    moved = bool(path.steps)
    return Table(
        f"{anchor}-text",
        "The single text, issue by issue",
        "Issue",
        ("First draft", "Last draft") if moved else ("Draft",),
        (Group("", rows if moved else tuple((issue, told[:1]) for issue, told in rows)),),
    )


def _after(about: AboutTalks, issue: str, path: TextPath) -> str:
    last = path.text[issue]
    return "unchanged" if last == path.draft[issue] else about.option(issue, last)


def _solutions(about: AboutTalks, anchor: str) -> Table | None:
    """The solutions, each with the parties' gains."""
    found = about.mediation.solutions
    if not any(each.exists for each in found.values()):
        return None
    rows = [says.row(about, name, each) for name, each in found.items()]
    return Table(
        f"{anchor}-solutions",
        "Solutions: each party’s gain in points (share of what it could gain), share of draws in "
        "which the package lies within all limits, mean regret, and where it departs from "
        "proposal 1",
        "Solution",
        (
            *(about.name(party) for party in about.mediation.parties),
            "Within all limits",
            "Regret",
            "Differs from proposal 1 on",
        ),
        (Group("", tuple((row[0], tuple(row[1:])) for row in rows)),),
    )
