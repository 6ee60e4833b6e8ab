"""The answer on one item: would the tabled draft be adopted, would any text, what holds it up."""

from __future__ import annotations

from comity.dossier import QualifiedMajority, Silence, SimpleMajority
from comity.ensemble.results import Forecast, Interval
from comity.report.sentences.verdicts import text_decides, verdict_words
from comity.report.words import Subject, capital, counted, listed, percent, rounded, title_of
from comity.rules import excused_objections

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


def _draft(about: Subject) -> str:
    by = about.item.by
    return "The tabled draft" if by is None else f"The draft tabled by {about.name(by)}"


def _give_or_take(error: float | None) -> str:
    if error is None or 2.0 * error < NOTICED:
        return ""
    return f" (give or take {round(200.0 * error)} points, since so few draws were made)"


def assumption(forecast: Forecast, item: str) -> tuple[str, ...]:
    """How far the two shares run as what is merely assumed is set otherwise."""
    found = forecast.items[item].adoption.range
    start = "Depending on what is merely assumed,"
    some = ranged(found.any, found.middle_any)
    if found.probability is None or found.middle_probability is None:
        return (f"{start} this share {some}.",)
    tabled = ranged(found.probability, found.middle_probability)
    if tabled == some:
        return (f"{start} either share {some}.",)
    return (f"{start} the share for the tabled draft {tabled}, and that for some text {some}.",)


def ranged(whole: Interval, middle: Interval) -> str:
    """A range over settings as a predicate, with the middle nine tenths where they differ."""
    if _run(whole) == _run(middle):
        return _run(whole)
    return f"{_run(whole)} (in nine settings out of ten it {_run(middle)})"


def _run(interval: Interval) -> str:
    low, high = (rounded(end) for end in interval)
    if low != high:
        return f"ranges from {low} to {high}"
    return f"stays {'at ' if low[0].isdigit() else ''}{low}"


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
        f"The matter is presumed to lie {settled.presumption} what the body may decide about, and "
        f"{_judge(about)}. The body holds itself competent {share}.",
    )


def _judge(about: Subject) -> str:
    settled = about.item.competence
    assert settled is not None
    opposite = _opposite(settled.presumption)
    if settled.item is None:
        return "no views on that are given, so the presumption holds"
    if settled.decided_by == "body":
        return f"only the members together, {_by_rule(about)}, can decide that it lies {opposite}"
    judge = "the chair" if settled.decided_by == "chair" else about.name(settled.decided_by)
    return f"{judge} can decide that it lies {opposite}"


def _by_rule(about: Subject) -> str:
    """The rule by which the members settle competence, in a few words."""
    settled = about.item.competence
    assert settled is not None
    charter = about.forecast.dossier.charter(about.entry.body)
    name = settled.rule or about.entry.procedure
    procedure = charter.procedures[name]
    if isinstance(procedure.rule, Silence):
        return "by silence"
    excused = excused_objections(procedure)
    if excused is not None:
        return f"by consensus minus {counted(excused)}" if excused else "by consensus"
    if isinstance(procedure.rule, SimpleMajority | QualifiedMajority):
        return "by majority"
    return f"by the procedure “{procedure.title or name}”"


def _opposite(presumption: str) -> str:
    return "outside" if presumption == "within" else "within"


def presumed_otherwise(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What the opposite presumption on competence would bring."""
    about = Subject(forecast, item)
    settled = about.item.competence
    if settled is None:
        return ()
    other = _opposite(settled.presumption)
    verdict = about.entry.variants.get(f"presumed_{other}")
    if verdict is None:
        return ()
    only = "only the text would count: " if _frees(about, other) else ""
    return (
        f"Were the matter presumed to lie {other} what the body may decide about, "
        f"{only}{verdict_words(about, verdict)}.",
    )


def _frees(about: Subject, other: str) -> bool:
    """Whether the other presumption leaves nothing but the text to count."""
    verdict = about.entry.variants.get(f"presumed_{other}")
    return verdict is not None and text_decides(verdict) and not text_decides(about.entry.adoption)


def requirements(forecast: Forecast, item: str) -> tuple[str, ...]:
    """What must be adopted first, and how often it is."""
    about = Subject(forecast, item)
    first = about.entry.requires
    if not first:
        return ()
    share = about.within(about.entry.adoption.required)
    named = listed(title_of(name) for name in first)
    if len(first) > 1:
        all_ = "both" if len(first) == 2 else "all"
        return (f"{named} must be adopted first; {all_} are {share}.",)
    whose = "it is" if forecast.items[first[0]].tabled is None else "the draft tabled there is"
    return (f"{named} must be adopted first; {whose} {share}.",)


def text_alone(forecast: Forecast, item: str) -> tuple[str, ...]:
    """How often the text passes with competence and requirements set aside, unless just said."""
    about = Subject(forecast, item)
    shares, settled = about.entry.adoption, about.item.competence
    if not about.asked or (settled is not None and _frees(about, _opposite(settled.presumption))):
        return ()
    start = f"With {listed(about.asked)} set aside"
    if shares.text_tabled is None:
        return (f"{start}, some text would pass {about.within(shares.text_any)}.",)
    return (
        f"{start}, the tabled draft would pass {about.within(shares.text_tabled)} "
        f"and some text {about.also(shares.text_any)}.",
    )


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
    share = shares.any if shares.probability is None else shares.probability
    if share > 0.99:
        return "hardly any"
    found = [*_gates(about), *(_futile(about) or _opposed(about))]
    return "; ".join(found or [*_gates(about, 1.0), *_unwanted(about)]) or "hardly any"


def _gates(about: Subject, seldom: float = SELDOM) -> list[str]:
    shares = about.entry.adoption
    found = []
    if shares.competent < seldom:
        found.append(f"competence (held {about.within(shares.competent)})")
    if shares.required < seldom:
        first = listed(title_of(name) for name in about.entry.requires)
        found.append(f"{first} must come first (adopted {about.within(shares.required)})")
    return found


def _futile(about: Subject) -> list[str]:
    """What no response could change: there is no quorum, or nothing that a text could say."""
    if about.hopeless:
        return ["not even the support of all members would do"]
    if about.missing:
        return [f"no quorum without {about.names(about.missing)}"]
    if about.entry.wordless >= 1.0:
        return ["no text says anything"]
    return []


def _unwanted(about: Subject) -> list[str]:
    """Why a text fails to which nobody objects."""
    shares = about.entry.adoption
    if (shares.text_any if shares.text_tabled is None else shares.text_tabled) >= 1.0:
        return []
    where = f"agenda.{about.id}.tabled"
    if any(f.check == "tabled_says_nothing" and f.where == where for f in about.forecast.findings):
        return ["the tabled draft says nothing"]
    return ["too little support"]


def _opposed(about: Subject) -> list[str]:
    """Who stands against what is tabled; without a draft, whom no text suits."""
    if about.entry.tabled is None and about.entry.conflicts:
        return [f"objections to every text ({listed(_few(_unsuited(about)))})"]
    if about.counts_votes:
        return _short_of_votes(about)
    ranked = sorted(about.entry.responses.items(), key=lambda entry: -entry[1].object)
    often = [(about.name(who), answer.object) for who, answer in ranked if answer.object >= OFTEN]
    if often:
        return [f"objections ({listed(_few(often))})"]
    return ["scattered objections"] if ranked and ranked[0][1].object > 0.0 else []


def _short_of_votes(about: Subject) -> list[str]:
    """Who is not in favour, where that is what counts."""
    against = [(about.name(who), 1.0 - held.support) for who, held in about.entry.responses.items()]
    often = sorted((one for one in against if one[1] >= OFTEN), key=lambda one: -one[1])
    return [f"too few in favour (not in favour: {listed(_few(often))})"] if often else []


def _unsuited(about: Subject) -> list[tuple[str, float]]:
    """Smallest conflicts by their members; a draw shows each set of members in one shape only."""
    found: dict[str, float] = {}
    for conflict in about.entry.conflicts:
        both = "both " if len(conflict.members) == 2 else ""
        who = f"{both}{about.names(conflict.members)}"
        found[who] = found.get(who, 0.0) + conflict.share
    return sorted(found.items(), key=lambda entry: -entry[1])


def _few(ranked: list[tuple[str, float]], most: int = 2) -> list[str]:
    """The first of a ranking with their shares, and how many more there are."""
    named = [f"{who} {_how_often(share)}" for who, share in ranked[:most]]
    more = len(ranked) - most
    return [*named, f"{counted(more)} more"] if more > 0 else named


def _how_often(share: float) -> str:
    return "always" if share >= 1.0 else percent(share)
