"""What a brief says on talks, piece by piece, each with how much it matters."""

from __future__ import annotations

from collections.abc import Iterator

from comity.ensemble.mediation.results import Mediation, ProposalView
from comity.report.brief.sheet import (
    BODY,
    LEAD,
    POINT,
    ROOM,
    SECTION,
    SMALL,
    Part,
    Piece,
    Row,
)
from comity.report.sentences import talks as says
from comity.report.sentences import talks_cells as cells
from comity.report.sentences.talks_fair import durability
from comity.report.talks_words import AboutTalks, points_of_hundred
from comity.report.words import capital, percent

MOST_PROPOSALS = 3
"""Proposals that a sheet has columns for."""

USUAL = 12
"""Issues that a sheet should hold if it can."""

FIRST_COLUMN = 0.24
"""Share of the width that the names of issues take."""


def parts(mediation: Mediation, *, alone: bool) -> Iterator[Part]:
    """The parts of a brief on talks; ``alone``: the page is about nothing else."""
    about = AboutTalks(mediation)
    if not alone:
        yield Part("", (Piece(about.title, style=SECTION, most=1),))
    yield _question(about)
    yield _recommendation(about)
    yield _menu(about)
    yield _possible(about)
    yield _in_the_way(about)
    yield _fair(about)
    yield _trades(about)
    yield _sure(about)
    yield _to_ask(about)


def cited(mediation: Mediation) -> Iterator[str]:
    """Ids of the statements that the answer rests on: claims first, then limits, then wishes."""
    talks = mediation.negotiated
    for claim in talks.claims.values():
        yield from claim.from_
    for limit in mediation.limits:
        yield from limit.from_
    for party in mediation.parties:
        yield from talks.preferences[party].from_
        for held in talks.preferences[party].issues.values():
            yield from held.from_


def _question(about: AboutTalks) -> Part:
    asked = " ".join(about.talks.question.split())
    who = says.who(about.mediation)[:1]
    pieces = [Piece(asked, style=BODY, most=2)] if asked else []
    return Part("", (*pieces, *(Piece(said, 49, most=2, counts=_LINES) for said in who)))


_LINES = ("sentence on who talks", "sentences on who talks")


def _recommendation(about: AboutTalks) -> Part:
    found = about.mediation
    why = says.why(found)
    return Part(
        "Recommendation",
        (
            Piece(" ".join(says.answer(found)), style=LEAD, most=6),
            *(Piece(said, 97, most=3) for said in says.caution(found)),
            *(
                Piece(said, weight, POINT, 3, ("reason", "reasons"))
                for said, weight in zip(why, _reasons(len(why)), strict=True)
            ),
            *_terms(about),
        ),
    )


def _reasons(count: int) -> list[int]:
    """Weights of the reasons: the first, regret, and the last, how often it is the best one."""
    return [94, *range(70, 72 - count, -1), 93] if count > 1 else [94] * count


def _terms(about: AboutTalks) -> tuple[Piece, ...]:
    """The two words that nobody can read the page without."""
    if about.one_reading or about.first is None:
        return ()
    return (
        Piece(
            "A draw is one reading of all uncertain inputs; regret is what a package falls short "
            "of that draw's best.",
            88,
            SMALL,
            2,
        ),
    )


def _falling(first: int, second: int, count: int) -> list[int]:
    """Weights for a list whose first entry matters most."""
    return [first, *range(second, second - count + 1, -1)][:count]


# --- the menu


def _menu(about: AboutTalks) -> Part:
    views = about.mediation.proposals[:MOST_PROPOSALS]
    if not views:
        return Part("The menu", ())
    tries = (_rows(about, views, widths) for widths in _widths(len(views)))
    rows = min(tries, key=lambda found: sum(row.shown().height for row in found))
    all_of_them = len(about.mediation.proposals)
    notes = [f"{len(views)} of {all_of_them} proposals"] * (all_of_them > len(views))
    notes += ["gains in brackets: nine draws out of ten"] * (not about.one_reading)
    return Part("The menu" + (f" ({'; '.join(notes)})" if notes else ""), rows)


def _widths(count: int) -> Iterator[tuple[float, ...]]:
    """Columns for issues and proposals: the first may be wider, since later ones say ``as 1``."""
    first = ROOM * FIRST_COLUMN
    for wider in (1.0, 1.3, 1.6, 2.0):
        unit = (ROOM - first) / (count - 1 + wider)
        yield (first, wider * unit, *[unit] * (count - 1))


def _rows(
    about: AboutTalks, views: tuple[ProposalView, ...], widths: tuple[float, ...]
) -> tuple[Row, ...]:
    count = len(views)
    head = Row(("", *says.headings(about)[:count]), widths, bold=True, most=1)
    return (
        head,
        *_issues(about, count, widths),
        *_gains(about, views, widths),
        *_tests(about, views, widths),
    )


def _issues(about: AboutTalks, count: int, widths: tuple[float, ...]) -> Iterator[Row]:
    """A row an issue; those on which the parties give and get least go first."""
    weights = _issue_weights(about)
    for issue, (_, title, told) in zip(about.talks.issues, says.contents(about), strict=True):
        yield Row((title, *told[:count]), widths, weights[issue], counts=ISSUE_COUNTS)


ISSUE_COUNTS = ("issue", "issues")


def _issue_weights(about: AboutTalks) -> dict[str, int]:
    """How much issues matter to the page: by what they carry of what the parties give and get."""
    carried = dict.fromkeys(about.talks.issues, 0.0)
    for view in about.mediation.proposals:
        fair = view.fairness
        for moved in () if fair is None else (*fair.gives, *fair.gets):
            for each in moved:
                carried[each.issue] = max(carried[each.issue], abs(each.amount))
    order = sorted(carried, key=lambda issue: -carried[issue])
    return {
        issue: 92 if place < USUAL else max(80 - place, 30) for place, issue in enumerate(order)
    }


def _gains(
    about: AboutTalks, views: tuple[ProposalView, ...], widths: tuple[float, ...]
) -> Iterator[Row]:
    for place, party in enumerate(about.mediation.parties):
        told = [cells.gain(about, view.parties[place]) for view in views]
        yield Row((f"Gain of {about.name(party)}", *told), widths, 91, counts=("party", "parties"))


def _tests(
    about: AboutTalks, views: tuple[ProposalView, ...], widths: tuple[float, ...]
) -> Iterator[Row]:
    tests = {
        "Within all limits, draws": (92, [percent(view.share_within) for view in views]),
        "Regret, mean": (69, [points_of_hundred(view.mean_regret) for view in views]),
        "Leans towards": (61, [capital(says.lean(about, view)) for view in views]),
    }
    if about.one_reading:
        del tests["Within all limits, draws"]
    for label, (weight, told) in tests.items():
        yield Row((label, *told), widths, weight, counts=("test", "tests"))


# --- the rest


def _possible(about: AboutTalks) -> Part:
    found = about.mediation
    tested = says.claims(found)
    return Part(
        "Is an agreement possible",
        (
            Piece(" ".join(says.possible(found)), 95, most=4),
            *(
                Piece(said, weight, POINT, 4, ("claim tested", "claims tested"))
                for said, weight in zip(tested, _falling(90, 60, len(tested)), strict=True)
            ),
            *(
                Piece(said, weight, most=2)
                for said, weight in zip(says.claims_note(found), (56, 91), strict=False)
            ),
        ),
    )


def _in_the_way(about: AboutTalks) -> Part:
    conflicts, opening = says.conflicts(about.mediation), says.relaxations(about.mediation)
    counts = ("obstacle", "obstacles")
    pieces = [
        Piece(said, weight, POINT, 3, counts)
        for said, weight in zip(conflicts, (98, 97, *_falling(72, 66, 9)), strict=False)
    ]
    pieces += [
        Piece(said, weight, POINT, 3, counts)
        for said, weight in zip(opening, _falling(89, 58, len(opening)), strict=True)
    ]
    return Part("What stands in the way", tuple(pieces))


def _fair(about: AboutTalks) -> Part:
    first = about.first
    if first is None or first.fairness is None:
        return Part("Is it fair", ())
    fair = first.fairness
    told = (*says.leaning(about, first), *durability(about, fair), *cells.envy(about, first))
    return Part("Is it fair", (Piece(" ".join(told), 64, most=4),))


def _trades(about: AboutTalks) -> Part:
    trades = about.mediation.trades
    pieces = tuple(
        Piece(says.trade(about, trade), weight, POINT, 4, ("trade", "trades"))
        for trade, weight in zip(trades.listed[:2], (59, 40), strict=False)
    )
    return Part("What could be traded", pieces)


def _sure(about: AboutTalks) -> Part:
    found = about.mediation
    said = says.sure(found)
    return Part(
        "How sure",
        tuple(
            Piece(told, weight, most=3)
            for told, weight in zip(said, _falling(93, 63, len(said)), strict=True)
        ),
    )


def _to_ask(about: AboutTalks) -> Part:
    said = says.question(about.mediation)
    return Part(
        "The one question to ask",
        tuple(
            Piece(told, weight, most=3) for told, weight in zip(said, (92, 67, 39), strict=False)
        ),
    )
