"""``comity canvass``: the sheet a presidency works from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Option

from comity.cli import made, named, streams
from comity.cli.options import (
    DRAWS,
    SEED,
    CodingName,
    DossierPath,
    Draws,
    Items,
    Json,
    Seed,
    Timings,
    Workers,
)

if TYPE_CHECKING:
    from comity.ensemble import Forecast
    from comity.ensemble.canvass import Canvass, CanvassItem, LastWord
    from comity.report.words import Subject

STALE_AFTER = 30


def canvass(
    path: DossierPath,
    item: Items = None,
    stale_after: Annotated[
        int, Option("--stale-after", metavar="DAYS", min=0, help="Older words count as stale.")
    ] = STALE_AFTER,
    coding: CodingName = None,
    seed: Seed = SEED,
    draws: Draws = DRAWS,
    workers: Workers = None,
    as_json: Json = False,
    timings: Timings = False,
) -> None:
    """Print the sheet a presidency works from.

    For each item and member: position, what it would let pass, what that rests on, its last word
    and when; and whom to ask next, because the answer depends most on what they say.

    \b
    Examples:
      comity canvass summit.yaml
      comity canvass summit.yaml --item limit --stale-after 14
    """
    whole = made.read(path, timings=timings)
    dossier = named.coded(whole, path, coding)
    items = named.items(dossier, path, item)
    forecast = made.forecast_of(
        dossier, path, seed=seed, draws=draws, workers=workers, timings=timings
    )
    from comity.ensemble import canvass as canvassed

    sheet = canvassed(forecast, stale_after=stale_after)
    made.tell_findings(path, whole)
    if as_json:
        _put_json(forecast, sheet, items, coding)
    else:
        _show(forecast, sheet, items)


def _put_json(forecast: Forecast, sheet: Canvass, items: Sequence[str], coding: str | None) -> None:
    from comity.cli.envelope import enveloped, written

    result = {"coding": coding} | written(sheet)
    result["items"] = {name: result["items"][name] for name in items}
    streams.put_json(enveloped("canvass", result, seed=forecast.seed, draws=forecast.draws))


def _show(forecast: Forecast, sheet: Canvass, items: Sequence[str]) -> None:
    from comity.cli.heading import put_heading, put_item
    from comity.cli.tables import put_table
    from comity.report.words import Subject

    put_heading(forecast, "Canvass")
    for item in items:
        about = Subject(forecast, item)
        put_item(about)
        for line in _next(sheet.items[item], about):
            streams.put_prose(line)
        streams.put()
        put_table(_HEADINGS, list(_rows(sheet.items[item], about)), numbers=["matters"])
        streams.put()
        for line in _last_words(sheet.items[item], about):
            streams.put_prose(line)
    streams.put()
    streams.put_prose(_LEGEND.format(days=sheet.stale_after))


_HEADINGS = ["member", "wants", "would let pass", "basis", "last word", "matters"]

_LEGEND = (
    "Wants, would let pass: the median over draws, in brackets the 10th and 90th percentile; of "
    "options, the share of draws. Basis: what the position rests on as a whole. Last word: the "
    "latest statement for the member among those its position rests on, STALE after {days} days. "
    "Matters: the share of the doubt that goes back to the member's inputs, each taken by itself; "
    "what inputs do only together is in nobody's share."
)


def _next(entry: CanvassItem, about: Subject) -> Iterator[str]:
    """What is tabled, and whom to ask next."""
    from comity.report.sentences.sure import ANSWERS
    from comity.report.words import listed, percent

    yield f"Tabled: {'nothing' if entry.tabled is None else about.text(entry.tabled)}."
    if entry.about is None:
        yield "Ask next: nobody; the answer is the same in every draw."
        return
    if not entry.ask_next:
        yield "Ask next: nobody's answer by itself would tell more than is known."
        return
    first, *others = entry.ask_next
    yield (
        f"Ask next: {about.name(first)}, because it matters most: of the doubt "
        f"{ANSWERS[entry.about]}, {percent(entry.lines[first].matters)} goes back to it."
    )
    if others:
        shares = (f"{about.name(who)} ({percent(entry.lines[who].matters)})" for who in others)
        yield f"Then {listed(shares)}."


def _rows(entry: CanvassItem, about: Subject) -> Iterator[list[str]]:
    from comity.cli.held import lets_pass, wants
    from comity.report.words import percent

    for who, line in entry.lines.items():
        yield [
            about.name(who),
            wants(line.limits),
            lets_pass(line.limits, line.responses, about.entry.reversion),
            line.basis.value,
            "none" if line.last_word is None else _ago(line.last_word),
            percent(line.matters),
        ]


def _ago(word: LastWord) -> str:
    from comity.report.words import plural

    return f"{plural(word.days, 'day')}{', STALE' if word.stale else ''}"


def _last_words(entry: CanvassItem, about: Subject) -> Iterator[str]:
    """Who spoke last for each member, when, and what was said; and for whom nobody did."""
    from comity.cli.heading import day
    from comity.report.words import listed

    for who, line in entry.lines.items():
        if (word := line.last_word) is not None:
            said = f"{word.speaker}, {word.standing.value}: {word.gist.strip()}"
            yield f"{about.name(who)}, {day(word.on)}, by {said}"
    silent = [about.name(who) for who, line in entry.lines.items() if line.last_word is None]
    if silent:
        yield f"No word is cited for {listed(silent, 'or')}."
