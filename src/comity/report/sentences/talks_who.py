"""Who talks about what, with whose help."""

from __future__ import annotations

from comity.ensemble.mediation.results import Mediation
from comity.report.talks_words import AboutTalks, sentence
from comity.report.words import capital, listed, plural, quoted


def who(mediation: Mediation) -> tuple[str, ...]:
    """The parties, the mediator, the question and the tracks."""
    about = AboutTalks(mediation)
    return (*_table(about), *_question(about))


def reading(mediation: Mediation) -> tuple[str, ...]:
    """What a draw is, and the middle reading."""
    about = AboutTalks(mediation)
    if about.one_reading:
        return ("Nothing in the dossier is uncertain.",)
    return (
        "In each draw every uncertain input was taken from its range; the middle reading has each "
        "at its median.",
    )


def _table(about: AboutTalks) -> tuple[str, ...]:
    mediator = about.mediation.mediator
    helped = "" if mediator is None else f"; {about.name(mediator)} mediates and has no say"
    issues = plural(len(about.mediation.issues), "issue")
    tracks = [quoted(about.track(track)) for track in about.talks.tracks]
    over = f" on {plural(len(tracks), 'track')}, {listed(tracks)}" if tracks else ""
    parties = about.names(about.mediation.parties)
    return (f"{capital(parties)} negotiate over {issues}{over}{helped}.",)


def _question(about: AboutTalks) -> tuple[str, ...]:
    asked = " ".join(about.talks.question.split())
    return (sentence(asked),) if asked else ()
