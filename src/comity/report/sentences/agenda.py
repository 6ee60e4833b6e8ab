"""The answer for the agenda as a whole: what is the same for several items is said once."""

from __future__ import annotations

from comity.ensemble.results import Forecast
from comity.report.sentences.headline import competence
from comity.report.words import capital, counted, listed, title_of

HALF = 0.5


def agenda(forecast: Forecast) -> tuple[str, ...]:
    """On how many items the tabled draft, and some text, is adopted in at least half of draws."""
    if not forecast.items:
        return ("There is nothing on the agenda.",)
    entries = forecast.items.items()
    tabled = {n: e.adoption.probability for n, e in entries if e.adoption.probability is not None}
    some = {name: entry.adoption.any for name, entry in entries}
    said = [_told(tabled, "tabled draft", "is adopted", "are adopted")] if tabled else []
    on = "can be settled by some text"
    return (*said, _told(some, "item", on, on))


def _told(shares: dict[str, float], what: str, one: str, many: str) -> str:
    """Of how many something holds in half of the draws, and of which."""
    met = [name for name, share in shares.items() if share >= HALF]
    half = "in at least half of the draws"
    if len(shares) == 1:
        which = f"the one {what} ({title_of(next(iter(shares)))})"
        return f"{capital(which)} {one if met else _negated(one)} {half}."
    if not met:
        return f"None of the {counted(len(shares))} {what}s {one} {half}."
    if len(met) == len(shares):
        return f"All {counted(len(met))} {what}s {many} {half}."
    which = f"{capital(counted(len(met)))} of the {counted(len(shares))} {what}s"
    held = one if len(met) == 1 else many
    return f"{which} {held} {half}: {listed(title_of(name) for name in met)}."


def _negated(verb: str) -> str:
    first, rest = verb.split(" ", 1)
    return f"cannot {rest}" if first == "can" else f"{first} not {rest}"


def common(forecast: Forecast) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What stands before several items alike: the items, and the sentences on competence."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for item in forecast.items:
        if says := competence(forecast, item):
            alike.setdefault(says, []).append(item)
    return {tuple(items): says for says, items in alike.items() if len(items) > 1}
