"""The tables of a forecast for people. Shares are rounded as the report rounds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from comity.cli.tables import put_table

if TYPE_CHECKING:
    from comity.ensemble import Forecast
    from comity.ensemble.results import Interval, Verdict
    from comity.report.words import Subject

_TABLED, _SOME = "tabled draft", "some text"

_VARIANTS = {
    "omega_zero": "agreement worth nothing (ω = 0)",
    "rho_half": "blocs moving together (ρ = 0.5)",
    "without_floors": "no text too weak (no floors)",
    "presumed_within": "presumed within competence",
    "presumed_outside": "presumed outside competence",
}
"""What is otherwise in a variant of the headline, in the words of a row."""

_RESPONSES = {
    "support": "supports",
    "stand_aside": "stands aside",
    "object": "objects",
    "absent": "absent",
    "no_instructions": "no instructions",
}


def put_agenda(forecast: Forecast, items: Sequence[str]) -> None:
    """A row an item: how often it is adopted, and what stands in the way."""
    from comity.report.sentences import obstacle
    from comity.report.words import percents, title_of

    rows = []
    for item in items:
        shares = forecast.items[item].adoption
        adopted = [percents(shares.probability), percents(shares.any)]
        rows.append([title_of(item), *adopted, obstacle(forecast, item)])
    headings = ["item", _TABLED, _SOME, "what stands in the way"]
    put_table(headings, rows, numbers=[_TABLED, _SOME])


def put_shares(about: Subject) -> None:
    """How often the item is adopted: as it stands, over what is assumed, and otherwise.

    Where more than the text is asked, the text alone stands beside it.
    """
    headings = [_TABLED, _SOME]
    if about.asked:
        headings += [f"{what}, text alone" for what in headings]
    rows = [[label, *cells[: len(headings)]] for label, *cells in _shares(about)]
    put_table(["adopted in how many draws", *headings], rows, numbers=headings)


def _shares(about: Subject) -> Iterator[list[str]]:
    from comity.report.sentences import alternatives, shown_variants

    found = about.entry.adoption
    yield _row("as it stands", found)
    yield ["lowest over what is assumed", *_ends(found.range.probability, found.range.any, 0)]
    yield ["highest over what is assumed", *_ends(found.range.probability, found.range.any, 1)]
    for name, verdict in shown_variants(about.forecast, about.id).items():
        yield _row(_VARIANTS[name], verdict)
    for name, view in alternatives(about.forecast, about.id).items():
        yield _row(f"under {name}", view)


def _row(label: str, verdict: Verdict) -> list[str]:
    from comity.report.words import percents

    shares = (verdict.probability, verdict.any, verdict.text_tabled, verdict.text_any)
    return [label, *map(percents, shares)]


def _ends(tabled: Interval | None, some: Interval, end: int) -> list[str]:
    """One end of the two ranges; found on a sample of settings, so never none and never all."""
    from comity.report.words import rounded

    return ["–" if tabled is None else rounded(tabled[end]), rounded(some[end]), "", ""]


def put_responses(about: Subject) -> None:
    """Each member's responses to what is tabled, or to the weakest text."""
    from comity.report.words import percent

    answers = about.entry.responses
    given = [
        name
        for name in _RESPONSES
        if name in ("support", "stand_aside", "object")
        or any(getattr(answer, name) > 0.0 for answer in answers.values())
    ]
    to = "the tabled draft" if about.entry.tabled is not None else "the weakest text"
    rows = [
        [
            about.name(who),
            *(percent(getattr(answer, name)) for name in given),
            about.entry.limits[who].basis.value,
        ]
        for who, answer in answers.items()
    ]
    words = [_RESPONSES[name] for name in given]
    put_table([f"to {to}", *words, "basis"], rows, numbers=words)


def put_codings(forecast: Forecast, items: Sequence[str]) -> None:
    """The tabled draft and some text as the dossier stands and under each of its codings."""
    from comity.report.words import title_of

    names = ["as it stands"]
    views: list[Mapping[str, Verdict]] = [
        {name: entry.adoption for name, entry in forecast.items.items()}
    ]
    for name, coding in forecast.codings.items():
        names.append(coding.title.strip() or title_of(name))
        views.append(coding.items)
    rows = [row for item in items for row in _coded(title_of(item), item, views)]
    put_table(["adopted in how many draws", *names], rows, numbers=names)


def _coded(title: str, item: str, views: Sequence[Mapping[str, Verdict]]) -> Iterator[list[str]]:
    from comity.report.words import percents

    if any(view[item].probability is not None for view in views):
        yield [f"{title}: {_TABLED}", *(percents(view[item].probability) for view in views)]
    yield [f"{title}: {_SOME}", *(percents(view[item].any) for view in views)]
