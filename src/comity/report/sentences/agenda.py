"""The answer for the agenda as a whole: what is the same for several items is said once."""

from __future__ import annotations

from collections.abc import Mapping

from comity.ensemble.results import Forecast
from comity.report.sentences.headline import competence
from comity.report.words import capital, counted, listed, percent, title_of

HALF = 0.5


def agenda(forecast: Forecast) -> tuple[str, ...]:
    """How many tabled drafts are adopted, and items settled, in at least half of the draws."""
    if not forecast.items:
        return ("There is nothing on the agenda.",)
    entries = forecast.items.items()
    tabled = {n: e.adoption.probability for n, e in entries if e.adoption.probability is not None}
    some = {name: entry.adoption.any for name, entry in entries}
    return (*((_tabled(tabled),) if tabled else ()), _some(some))


def _tabled(shares: Mapping[str, float]) -> str:
    met = _met(shares)
    if len(shares) == 1:
        return f"The one tabled draft is adopted in {percent(*shares.values())} of the draws."
    best = max(shares, key=lambda name: shares[name])
    if shares[best] <= 0.0:
        return f"{capital(_none_of(shares))} tabled drafts is adopted in any draw."
    if not met:
        return (
            f"{capital(_none_of(shares))} tabled drafts reaches half of the draws; the highest "
            f"share, {percent(shares[best])}, is that of {title_of(best)}."
        )
    if len(met) == len(shares):
        return f"All {counted(len(met))} tabled drafts are adopted in at least half of the draws."
    which = f"{capital(counted(len(met)))} of the {counted(len(shares))} tabled drafts"
    are = "is" if len(met) == 1 else "are"
    return f"{which} {are} adopted in at least half of the draws: {_named(met)}."


def _some(shares: Mapping[str, float]) -> str:
    met, half = _met(shares), "some text could be adopted in at least half of the draws"
    if len(shares) == 1:
        return f"{capital(half)}." if met else f"{capital(half.replace('at least', 'less than'))}."
    if not met:
        return f"On {_none_of(shares)} items could some text be adopted in half of the draws."
    if len(met) == len(shares):
        return f"On all {counted(len(met))} items {half}."
    return f"On {counted(len(met))} of the {counted(len(shares))} items {half}: {_named(met)}."


def _none_of(shares: Mapping[str, float]) -> str:
    return "neither of the two" if len(shares) == 2 else f"none of the {counted(len(shares))}"


def _met(shares: Mapping[str, float]) -> list[str]:
    return [name for name, share in shares.items() if share >= HALF]


def _named(items: list[str]) -> str:
    return listed(title_of(name) for name in items)


def common(forecast: Forecast) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What stands before several items alike: the items, and the sentences on competence."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for item in forecast.items:
        if says := competence(forecast, item):
            alike.setdefault(says, []).append(item)
    return {tuple(items): says for says, items in alike.items() if len(items) > 1}
