"""The answer on one item: would the tabled draft be adopted, would any text, what holds it up."""

from __future__ import annotations

from comity.ensemble.assumed import SETTINGS
from comity.ensemble.results import Forecast, Interval
from comity.report.words import Subject, capital, counted, listed, percent, span, title_of

NOTICED = 0.02
"""Twice the Monte Carlo error from which it is told beside a headline, as a share."""

SELDOM = 0.5
"""Share of draws below which a condition counts among the main obstacles."""

OFTEN = 0.1
"""Share of draws from which a member counts among those that object most often."""


def headline(forecast: Forecast, item: str) -> tuple[str, ...]:
    """Whether the tabled draft is adopted, whether any text is, and what assumptions leave open."""
    return (*adoption(forecast, item), *assumption(forecast, item))


def adoption(forecast: Forecast, item: str) -> tuple[str, ...]:
    """Whether the tabled draft is adopted and whether any text is, with everything asked."""
    about = Subject(forecast, item)
    shares = about.entry.adoption
    some = about.within(shares.any) + _give_or_take(shares.error.any)
    if shares.probability is None:
        return (f"No draft is tabled. Some text could be adopted {some}.",)
    tabled = about.within(shares.probability) + _give_or_take(shares.error.probability)
    return (
        f"{_draft(about)} is adopted {tabled}.",
        f"Some text, this one or another, could be adopted {some}.",
    )


def assumption(forecast: Forecast, item: str) -> tuple[str, ...]:
    """How far the two shares run as the assumed inputs are set otherwise."""
    found = forecast.items[item].adoption.range
    some = ranged(found.any, found.middle_any)
    ways = f"Over {SETTINGS} ways to set what is merely assumed"
    if found.probability is None or found.middle_probability is None:
        return (f"{ways}, this share runs {some}.",)
    tabled = ranged(found.probability, found.middle_probability)
    if tabled == some:
        return (f"{ways}, either share runs {some}.",)
    return (
        f"{ways}, the share for the tabled draft runs {tabled}; that for some text runs {some}.",
    )


def ranged(whole: Interval, middle: Interval) -> str:
    """A range over settings, with the middle nine tenths of the settings where they differ."""
    if span(whole) == span(middle):
        return span(whole)
    return f"{span(whole)} ({span(middle)} without the extreme twentieth at either end)"


def holds_up(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What the answer hangs on: competence, what must come first, the text alone, a sponsor."""
    parts = (competence, presumed_otherwise, requirements, text_alone, sponsor)
    return tuple(says for part in parts for says in part(forecast, item))


def competence(forecast: Forecast, item: str) -> tuple[str, ...]:
    """Where competence stands, who could settle it otherwise, and how often it is held."""
    about = Subject(forecast, item)
    settled = about.item.competence
    if settled is None:
        return ()
    share = about.within(about.entry.adoption.competent)
    return (
        f"The matter is presumed to lie {settled.presumption} what the body may decide about; "
        f"{_judge(about)}. The body holds itself competent {share}.",
    )


def _judge(about: Subject) -> str:
    settled = about.item.competence
    assert settled is not None
    opposite = "outside" if settled.presumption == "within" else "within"
    if settled.item is None:
        return "no views on that are given, so the presumption holds"
    if settled.decided_by == "body":
        return f"only the members together can decide that it lies {opposite}"
    judge = "the chair" if settled.decided_by == "chair" else about.name(settled.decided_by)
    return f"{judge} can decide that it lies {opposite}"


def presumed_otherwise(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What the opposite presumption on competence would bring."""
    about = Subject(forecast, item)
    settled = about.item.competence
    if settled is None:
        return ()
    other = "outside" if settled.presumption == "within" else "within"
    verdict = about.entry.variants.get(f"presumed_{other}")
    if verdict is None:
        return ()
    were = f"Were it presumed to lie {other}"
    if verdict.probability is None:
        return (f"{were}, some text could be adopted {about.within(verdict.any)}.",)
    return (
        f"{were}, the tabled draft would be adopted {about.within(verdict.probability)} "
        f"and some text could be {about.within(verdict.any)}.",
    )


def requirements(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What must be adopted first, and how often it is."""
    about = Subject(forecast, item)
    first = about.entry.requires
    if not first:
        return ()
    share = about.within(about.entry.adoption.required)
    named = listed(title_of(name) for name in first)
    if len(first) > 1:
        return (f"{named} must be adopted first; they all are {share}.",)
    whose = "" if forecast.items[first[0]].tabled is None else ", by the draft tabled there,"
    return (f"{named} must be adopted first; it is{whose} {share}.",)


def text_alone(forecast: Forecast, item: str) -> tuple[str, ...]:
    """How often the text passes when competence and requirements are set aside."""
    about = Subject(forecast, item)
    shares = about.entry.adoption
    aside = [*_asked(about)]
    if not aside:
        return ()
    start = f"With {listed(aside)} set aside"
    if shares.text_tabled is None:
        return (f"{start}, some text would pass {about.within(shares.text_any)}.",)
    return (
        f"{start}, the tabled draft would pass {about.within(shares.text_tabled)} "
        f"and some text {about.within(shares.text_any)}.",
    )


def _asked(about: Subject) -> list[str]:
    """What is asked of an item beside its text."""
    first = bool(about.entry.requires)
    in_question = about.item.competence is not None
    return ["competence"] * in_question + ["what must come first"] * first


def sponsor(forecast: Forecast, item: str) -> tuple[str, ...]:
    """How often a text would meet no objection and yet be put forward by nobody."""
    about = Subject(forecast, item)
    share = about.entry.adoption.sponsorless
    if share <= 0.0:
        return ()
    return (
        f"{capital(about.within(share))} some text would go through, "
        "but nobody wants one enough to put it forward.",
    )


def obstacle(forecast: Forecast, item: str) -> str:
    """The main obstacles in a few words: what is met seldom, and who objects most often."""
    about = Subject(forecast, item)
    shares = about.entry.adoption
    asked = shares.any if shares.probability is None else shares.probability
    found = [*_gates(about), *_objectors(about)]
    return "; ".join(found) if found and asked <= 0.99 else "hardly any"


def _gates(about: Subject) -> list[str]:
    shares = about.entry.adoption
    found = []
    if shares.competent < SELDOM:
        found.append(f"competence (held {about.within(shares.competent)})")
    if shares.required < SELDOM:
        first = listed(title_of(name) for name in about.entry.requires)
        found.append(f"needs {first} first (adopted {about.within(shares.required)})")
    return found


def _objectors(about: Subject, most: int = 3) -> list[str]:
    ranked = sorted(about.entry.responses.items(), key=lambda entry: -entry[1].object)
    often = [(who, answer.object) for who, answer in ranked if answer.object >= OFTEN]
    named = [f"{about.name(who)} ({percent(share)})" for who, share in often[:most]]
    more = len(often) - most
    if more > 0:
        named.append(f"{counted(more)} more")
    return [f"objections, most often from {listed(named)}"] if named else []


def _draft(about: Subject) -> str:
    by = about.item.by
    return "The tabled draft" if by is None else f"The draft tabled by {about.name(by)}"


def _give_or_take(error: float | None) -> str:
    if error is None or 2.0 * error < NOTICED:
        return ""
    return f" (give or take {round(200.0 * error)} points, as only so many draws were made)"
