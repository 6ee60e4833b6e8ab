"""How sure: variants, what moves the answer, rival codings, what all of it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from comity.dossier import OMEGA_PRIOR, Exactly
from comity.ensemble.assumed import INNER, SETTINGS
from comity.ensemble.results import CodedItem, Forecast, Swing, Tornado, Verdict
from comity.report.words import Subject, capital, listed, percent, plural, quoted, title_of

VARIANTS = {
    "omega_zero": "agreement as such were worth nothing to anybody",
    "rho_half": "members of a bloc moved together",
    "without_floors": "nobody found a weak text worse than none",
    "presumed_within": "the matter were presumed to lie within what the body may decide about",
    "presumed_outside": "the matter were presumed to lie outside what the body may decide about",
}
"""What each variant of the headline supposes, after "if"."""

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
    own = about.entry.adoption
    told, same = [], []
    for name, verdict in shown_variants(forecast, item).items():
        if _words(about, verdict) == _words(about, own):
            same.append(VARIANTS[name])
        else:
            told.append(f"If {VARIANTS[name]}, {_words(about, verdict)}.")
    if same:
        told.append(f"Nothing that shows would change if {listed(same, 'or if')}.")
    return tuple(told)


def shown_variants(forecast: Forecast, item: str) -> dict[str, Verdict]:
    """The variants that say something about the item."""
    about = Subject(forecast, item)
    now = about.item.competence
    left_out = {"presumed_within", "presumed_outside"}
    if now is not None:
        left_out = {f"presumed_{now.presumption}"}
    return {name: verdict for name, verdict in about.entry.variants.items() if name not in left_out}


def _words(about: Subject, verdict: Verdict) -> str:
    if verdict.probability is None:
        said = f"some text could be adopted {about.within(verdict.any)}"
    else:
        said = (
            f"the tabled draft would be adopted {about.within(verdict.probability)} "
            f"and some text could be {about.within(verdict.any)}"
        )
    if about.item.competence is None and not about.entry.requires:
        return said
    return f"{said} (some text would pass on its own {about.within(verdict.text_any)})"


def moves(forecast: Forecast, item: str) -> tuple[str, ...]:
    """The inputs that move the answers most, and how much of that is assumption."""
    about = Subject(forecast, item)
    found = about.entry.tornado
    if not found:
        return ("No draw differs from another in the answer, so no input moves it.",)
    told = [_moves(about, found[0])]
    alone = [t for t in found[1:] if t.target == "text_any"]
    return (*told, *(_moves(about, tornado) for tornado in alone), *_assumed(about))


def _moves(about: Subject, tornado: Tornado) -> str:
    what = ANSWERS[tornado.target]
    if not tornado.swings:
        return f"No single input moves {what} by more than chance would."
    told = [_swing(about, tornado, swing) for swing in tornado.swings[:MOST_MOVES]]
    return f"{capital(what)} is moved most by {'; by '.join(told)}."


def _swing(about: Subject, tornado: Tornado, swing: Swing) -> str:
    how = f" ({swing.basis.value})"
    return f"{input_words(about, swing)}{how}, {_course(tornado, swing)}"


def _course(tornado: Tornado, swing: Swing) -> str:
    """How the answer runs over the fifths of an input."""
    first, last = swing.fifths[0], swing.fifths[-1]
    low, high = min(swing.fifths), max(swing.fifths)
    if tornado.target == "opening":
        return "which makes it larger or smaller"
    if {first, last} == {low, high}:
        return f"from {percent(first)} in its lowest fifth to {percent(last)} in its highest"
    return f"between {percent(low)} and {percent(high)} from one fifth to another"


def input_words(about: Subject, swing: Swing) -> str:
    """What an input is, in words."""
    who = "" if swing.actor is None else about.name(swing.actor)
    field, _, option = swing.field.partition(".")
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
    elsewhere = swing.item is not None and swing.item != about.id
    where = f" on {title_of(swing.item)}" if elsewhere and swing.item is not None else ""
    return f"{words[field]}{where}"


def _assumed(about: Subject) -> tuple[str, ...]:
    share = about.entry.basis.assumed_swing
    if share is None:
        return ()
    return (f"Of this movement, {_portion(share)} comes from inputs that are merely assumed.",)


def _portion(share: float) -> str:
    return percent(share)


def basis(forecast: Forecast, item: str) -> tuple[str, ...]:
    """How many judgements behind an item are stated, inferred and assumed."""
    count = forecast.items[item].basis
    whole = count.stated + count.inferred + count.assumed
    if not whole:
        return ()
    return (
        f"Of {plural(whole, 'judgement')} on what members want and how much it matters to them, "
        f"{_are(count.stated)} stated by the one concerned, {_are(count.inferred)} inferred and "
        f"{_are(count.assumed)} merely assumed.",
    )


def _are(count: int) -> str:
    return "none is" if count == 0 else f"{count:,} {'is' if count == 1 else 'are'}"


def codings(forecast: Forecast, item: str) -> tuple[str, ...]:
    """The answers on one item as rival codings of the contested judgements give them."""
    about = Subject(forecast, item)
    return tuple(
        f"{_title(coding.title, name)}: {_coded(about, coding.items[item])}."
        for name, coding in forecast.codings.items()
    )


def _title(title: str, name: str) -> str:
    return capital(title.strip()) or title_of(name)


def _coded(about: Subject, coded: CodedItem) -> str:
    return _words(about, coded).replace("would be adopted", "is adopted", 1)


def caveats(forecast: Forecast) -> tuple[str, ...]:
    """What a reader must know before using the answer."""
    said = [
        "A share of draws says how often an answer follows from the inputs as they are written "
        "down. It has not been calibrated on real cases.",
    ]
    note = " ".join(forecast.note.split())
    if note:
        said.insert(0, note)
    if forecast.findings:
        found = plural(len(forecast.findings), "doubt")
        said.append(f"The checks of the dossier raise {found}, listed with the sources.")
    return tuple(said)


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
            f"The assumed inputs were held at each of {SETTINGS} ways to set them while all else "
            f"varied over {INNER} draws; the range is the lowest and the highest share found."
        ),
        "Agreement as such (ω)": (
            "A member may let a text pass that it likes a little less than none, because an "
            f"agreement is worth something in itself. Nobody knows how much: {_omega(forecast)}. "
            "What follows if it is worth nothing (ω = 0) is shown beside every answer."
        ),
    }
    if forecast.items:
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
