"""How sure: variants, what moves the answer, rival codings, what all of it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from comity.dossier import OMEGA_PRIOR, Exactly
from comity.ensemble.assumed import INNER, SETTINGS
from comity.ensemble.results import Forecast, Swing, Tornado, Verdict
from comity.report.sentences.verdicts import shown, verdict_words
from comity.report.words import (
    Subject,
    capital,
    counted,
    listed,
    percent,
    points,
    quoted,
    title_of,
)

VARIANTS = {
    "omega_zero": "agreement as such were worth nothing to anybody",
    "rho_half": "members of a bloc moved together",
    "without_floors": "nobody found a weak text worse than none",
    "presumed_within": "the matter were presumed to lie within what the body may decide about",
    "presumed_outside": "the matter were presumed to lie outside what the body may decide about",
}
"""What each variant of the headline supposes, after "if"."""

LEAST_MOVE = 0.03
"""Movement of a share from which an input is told of in words."""

MOST_MOVES = 3
"""Inputs told in words for one answer."""

ANSWERS = {
    "probability": "whether the tabled draft is adopted",
    "any": "whether some text can be adopted",
    "text_tabled": "whether the tabled draft passes on its text",
    "text_any": "whether some text passes on its own",
    "opening": "how far members would have to give way",
}
"""The answers whose doubt a tornado explains, in words."""


def variants(forecast: Forecast, item: str) -> tuple[str, ...]:
    """The headline with one thing otherwise; presumptions that hold already are left out."""
    about = Subject(forecast, item)
    views = shown_variants(forecast, item)
    same = [n for n, verdict in views.items() if shown(verdict) == shown(about.entry.adoption)]
    told = [
        f"If {VARIANTS[name]}, {verdict_words(about, verdict)}."
        for name, verdict in views.items()
        if name not in same
    ]
    if same:
        said = listed((f"if {VARIANTS[name]}" for name in same), "or")
        told.append(f"Nothing that shows would change {said}.")
    return tuple(told)


def shown_variants(forecast: Forecast, item: str) -> dict[str, Verdict]:
    """The variants that say something about the item."""
    about = Subject(forecast, item)
    now = about.item.competence
    held = "" if now is None else f"presumed_{now.presumption}"
    return {name: verdict for name, verdict in about.entry.variants.items() if name != held}


def moves(forecast: Forecast, item: str) -> tuple[str, ...]:
    """The inputs that move the answers most, and how much of that is assumption."""
    about = Subject(forecast, item)
    found = about.entry.tornado
    if not found:
        return ("The answer is the same in every draw, so no input moves it.",)
    alone = [tornado for tornado in found[1:] if tornado.target == "text_any"]
    first = f"{_moves(about, found[0])}{_assumed(about)}"
    return (first, *(_moves(about, tornado) for tornado in alone))


def _moves(about: Subject, tornado: Tornado) -> str:
    what = ANSWERS[tornado.target]
    strong = [swing for swing in tornado.swings if swing.size >= LEAST_MOVE]
    if tornado.target == "opening" or not strong:
        return f"On {what}, no single input makes a difference of {points(LEAST_MOVE * 100)}."
    told = [_swing(about, swing) for swing in strong[:MOST_MOVES]]
    return f"{capital(what)} depends most on {'; '.join(told)}."


def _swing(about: Subject, swing: Swing) -> str:
    return f"{input_words(about, swing)} ({swing.basis.value}): {_course(about, swing)}"


def _course(about: Subject, swing: Swing) -> str:
    """How the share runs as the input rises, or between what bounds if it turns on the way."""
    low, high = min(swing.fifths), max(swing.fifths)
    first, last = swing.fifths[0], swing.fifths[-1]
    if {first, last} != {low, high}:
        return f"between {percent(low)} and {_draws(high)}"
    ends = ("at its lowest", "at its highest")
    options = about.forecast.dossier.agenda[swing.item or about.id].option_ids
    if options and swing.field == "ideal":
        ends = (f"leaning to {quoted(options[0])}", f"leaning to {quoted(options[-1])}")
    return f"from {_draws(first)} ({ends[0]}) to {percent(last)} ({ends[1]})"


def _draws(share: float) -> str:
    words = {"none": "no draws", "all": "all draws"}
    return words.get(percent(share), f"{percent(share)} of draws")


def input_words(about: Subject, swing: Swing) -> str:
    """What an input is, in words."""
    elsewhere = swing.item is not None and swing.item != about.id
    where = f" on {title_of(swing.item)}" if elsewhere and swing.item is not None else ""
    who = "" if swing.actor is None else about.name(swing.actor)
    return f"{field_words(swing.field, who)}{where}"


def field_words(named: str, who: str) -> str:
    """What a field of a position, an item, a body or an actor is, in words."""
    field, _, option = named.partition(".")
    words = {
        "ideal": f"what {who} wants",
        "floor": f"how weak a text {who} could bear",
        "salience": f"how much it matters to {who}",
        "omega": f"what agreement as such is worth to {who}",
        "capability": f"the capability of {who}",
        "values": f"what {quoted(option)} is worth to {who}",
        "accepts": f"the {'lowest' if option == 'low' else 'highest'} text {who} accepts",
        "reversion": "what holds if nothing is decided",
        "smallest_step": "how much a text must say to count",
        "tabled": "where the tabled draft stands",
    }
    return words[field]


def _assumed(about: Subject) -> str:
    share = about.entry.basis.assumed_swing
    if share is None:
        return ""
    return f" {capital(percent(share))} of what movement there is comes from mere assumptions."


def basis(forecast: Forecast, item: str) -> tuple[str, ...]:
    """How many judgements behind an item are stated, inferred and assumed."""
    count = forecast.items[item].basis
    whole = count.stated + count.inferred + count.assumed
    if not whole:
        return ()
    of = f"Of {counted(whole)} {'judgement' if whole == 1 else 'judgements'}"
    return (
        f"{of} on what members want and how much it matters to them, {_are(count.stated)} stated "
        f"by the one concerned, {_are(count.inferred)} inferred and {_are(count.assumed)} merely "
        "assumed.",
    )


def _are(count: int) -> str:
    return "none is" if count == 0 else f"{counted(count)} {'is' if count == 1 else 'are'}"


def codings(forecast: Forecast, item: str) -> tuple[str, ...]:
    """The answers on one item as rival codings of the contested judgements give them."""
    about = Subject(forecast, item)
    return tuple(
        f"{_title(coding.title, name)}: {verdict_words(about, coding.items[item], supposed=False)}."
        for name, coding in forecast.codings.items()
    )


def _title(title: str, name: str) -> str:
    return capital(title.strip()) or title_of(name)


def caveats(forecast: Forecast) -> tuple[str, ...]:
    """What a reader must know before using the answer."""
    said = [
        "A share of draws says how often an answer follows from the inputs as they are written "
        "down. It has not been calibrated on real cases.",
    ]
    note = " ".join(forecast.note.split())
    if note:
        said.insert(0, note)
    return (*said, *doubts(len(forecast.findings)))


def doubts(count: int) -> tuple[str, ...]:
    """That the checks of the dossier found something, if they did."""
    if not count:
        return ()
    found = f"{counted(count)} {'doubt' if count == 1 else 'doubts'}"
    return (f"The checks of the dossier raise {found}, listed with the sources.",)


def terms(forecast: Forecast) -> Mapping[str, str]:
    """The technical terms, each with what it means here."""
    found = {
        "Draws": (
            f"Every uncertain input was drawn {forecast.draws:,} times from its range; a share of "
            "draws is how often an answer came out."
        ),
        "Monte Carlo error": (
            "How far a share could move if more draws were made: here "
            f"{_most_error(forecast)}. It does not say how far the inputs could be wrong."
        ),
        "Range over what is assumed": (
            f"The assumed inputs were held at each of {SETTINGS} ways to set them, and at those of "
            "a few draws in which the item was adopted and in which it was not, while all else "
            f"varied over {INNER} draws; the range is the lowest and the highest share found."
        ),
        "Agreement as such (ω)": (
            "A member may let a text pass that it likes a little less than none, because an "
            f"agreement is worth something in itself. Nobody knows how much: {_omega(forecast)}. "
            "What follows if it is worth nothing (ω = 0) is shown beside every answer."
        ),
    }
    if forecast.items:
        found["Text, points, reversion"] = (
            "A text is a point on the item's scale from 0 to 100, or an option; the landmarks of "
            "the scale are the analyst's. The reversion is what holds if nothing is decided."
        )
        found["No text satisfies …"] = (
            "Several members, or pairs of members, can stand in the way in the same draw, so such "
            "shares overlap. Only the smallest sets of members are counted."
        )
        found["Giving way"] = (
            "The least that would do weighs each point by how much the item matters to the member. "
            "It concerns all members at once: moving one or two may open nothing."
        )
        found["Moving together (ρ)"] = (
            "Members' wishes are drawn independently of one another (ρ = 0). Beside it stands the "
            "answer if half of the variation in what a bloc's members want is common to them all "
            f"(ρ = 0.5). {_blocs(forecast)}"
        )
    return found


def _most_error(forecast: Forecast) -> str:
    errors = [
        error
        for entry in forecast.items.values()
        for error in (entry.adoption.error.probability, entry.adoption.error.any)
        if error is not None
    ]
    if not errors:
        return "no share was drawn"
    most = 200.0 * max(errors)
    return f"at most {'a point' if most <= 1.0 else f'{most:.0f} points'} either way"


def _omega(forecast: Forecast) -> str:
    priors = {body.omega for body in forecast.dossier.bodies.values()}
    if priors == {OMEGA_PRIOR}:
        return (
            f"here anything from {OMEGA_PRIOR.low:g} to {OMEGA_PRIOR.high:g} points of the scale "
            "for a member to which the item matters fully, drawn for each member on its own"
        )
    if all(isinstance(prior, Exactly) for prior in priors):
        return "here the dossier gives a single value"
    return "here the dossier gives a range, drawn for each member on its own"


def _blocs(forecast: Forecast) -> str:
    told = []
    for name, body in forecast.dossier.bodies.items():
        for bloc, members in body.blocs.items():
            if members:
                told.append(
                    f"{quoted(title_of(bloc))} is a bloc of "
                    f"{listed(Subject(forecast, '').name(who) for who in members)}."
                )
        if not body.blocs and body.members:
            told.append(f"All members of {body.name.strip() or title_of(name)} form one bloc.")
    return " ".join(told)
