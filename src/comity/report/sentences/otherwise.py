"""What another chair and another procedure would change."""

from __future__ import annotations

from collections.abc import Mapping

from comity.ensemble.results import ChairView, Forecast, ProcedureView
from comity.report.sentences.verdicts import shown, verdict_words
from comity.report.words import Subject, capital, listed, number, percent, quoted

ALIKE = 0.05
"""Differences between chairs up to which they are told as a range."""


def chair(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What the chair would table and how often that passes, beside a neutral text and others."""
    about = Subject(forecast, item)
    found = about.entry.chairing
    if found.holder is None:
        return (f"No presidency is given. {_neutral(about)}",)
    held = found.chairs.get(found.holder)
    if held is None:
        bound = f"{about.name(found.holder)} holds the chair but does not respond."
        return (f"{bound} {_neutral(about)}",)
    return (_chair(about, found.holder, held), *_informed(about, held), *_others(about))


def _neutral(about: Subject) -> str:
    found = about.entry.chairing
    if found.neutral_text is None:
        return "No neutral text passes in any draw."
    return (
        f"The neutral text, the one that passes most often, is {about.text(found.neutral_text)}; "
        f"it passes {about.within(found.neutral_adoption)}."
    )


def _chair(about: Subject, who: str, view: ChairView) -> str:
    found = about.entry.chairing
    if view.text is None:
        return f"From the chair {about.name(who)} would table nothing. {_neutral(about)}"
    return capital(
        f"{about.on_the_text}{about.name(who)} in the chair would table {_tables(about, view)}; "
        f"what it tables passes {about.within(view.adoption)}, the neutral text (the one that "
        f"passes most often) {about.also(found.neutral_adoption)}."
    )


def _tables(about: Subject, view: ChairView, *, short: bool = False) -> str:
    """What a chair tables; ``short`` leaves out the landmarks."""
    usual = " in the median draw" if about.item.is_scale else ""
    often = "" if view.tables >= 1.0 else f" (and nothing {about.also(1.0 - view.tables)})"
    assert view.text is not None
    text = number(view.text) if short and isinstance(view.text, float) else about.text(view.text)
    return f"{text}{usual}{often}"


def _informed(about: Subject, view: ChairView) -> tuple[str, ...]:
    if percent(view.informed_adoption) == percent(view.adoption):
        return ()
    return (
        "If the chair knew every member's limits, what it tables would pass "
        f"{about.within(view.informed_adoption)}.",
    )


def _others(about: Subject) -> tuple[str, ...]:
    """What the next in rotation would do from the chair, and the others."""
    found = about.entry.chairing
    next_ = next_chair(about)
    others = {who: view for who, view in found.chairs.items() if who not in (found.holder, next_)}
    said = []
    if next_ in found.chairs:
        said.append(f"{about.name(next_)}, next in rotation, {_would_table(about, next_)}.")
    if others:
        start = "With another of the members in the chair" if said else "With another in the chair"
        said.append(f"{start}, {_chairs(about, others)}.")
    return tuple(said)


def _would_table(about: Subject, who: str) -> str:
    view = about.entry.chairing.chairs[who]
    if view.text is None:
        return "would table nothing"
    tables = _tables(about, view, short=True)
    return f"would table {tables}; what it tables would pass {about.within(view.adoption)}"


def next_chair(about: Subject) -> str:
    """Who follows the holder of the chair; empty without a rotation."""
    presidency = about.forecast.dossier.bodies[about.entry.body].presidency
    holder = about.entry.chairing.holder
    if presidency is None or holder not in presidency.order:
        return ""
    after = presidency.order[(presidency.order.index(holder) + 1) % len(presidency.order)]
    return "" if after == holder else after


def _chairs(about: Subject, views: Mapping[str, ChairView]) -> str:
    if all(view.text is None for view in views.values()):
        return "nothing would be tabled"
    return f"what it tables would pass {_how_often(about, views)}"


def _how_often(about: Subject, views: Mapping[str, ChairView]) -> str:
    shares = [view.adoption for view in views.values()]
    low, high = percent(min(shares)), percent(max(shares))
    if low == high:
        return about.within(shares[0])
    if max(shares) - min(shares) <= ALIKE:
        return f"in {low} to {high} of draws"
    grouped: dict[str, list[str]] = {}
    for who, view in sorted(views.items(), key=lambda entry: -entry[1].adoption):
        grouped.setdefault(percent(view.adoption), []).append(who)
    return listed(
        f"in {share}{'' if place else ' of draws'} ({about.names(who)})"
        for place, (share, who) in enumerate(grouped.items())
    )


def procedures(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What another procedure would change; said plainly where it changes nothing."""
    about = Subject(forecast, item)
    alike: dict[tuple[str, ...], list[str]] = {}
    views = alternatives(forecast, item)
    for name, view in views.items():
        alike.setdefault(shown(view), []).append(name)
    told = [
        f"{capital(listed(names, 'or'))}: {verdict_words(about, views[names[0]])}."
        for shares, names in alike.items()
        if shares != shown(about.entry.adoption)
    ]
    same = alike.get(shown(about.entry.adoption), [])
    if same:
        told.append(f"Nothing that shows would change under {listed(same, 'or')}.")
    if about.item.competence is not None and views:
        told.append("Whichever procedure is used, competence is settled as before.")
    return tuple(told)


def alternatives(forecast: Forecast, item: str) -> dict[str, ProcedureView]:
    """The other procedures by a name in words, each rule once."""
    about = Subject(forecast, item)
    charter = forecast.dossier.charter(about.entry.body).procedures
    found: dict[str, tuple[str, ProcedureView]] = {}
    for name, view in about.entry.procedures.items():
        title = quoted(charter[name].title.strip() or name) if name in charter else name
        if view.rule != about.entry.rule:
            found.setdefault(view.rule, (title, view))
    return dict(found.values())
