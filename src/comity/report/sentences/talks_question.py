"""The one question whose answer would help the mediator most."""

from __future__ import annotations

from comity.ensemble.mediation.results import Asked, Hanging, Mediation
from comity.report.talks_words import AboutTalks, points_of_hundred
from comity.report.words import listed, quoted, title_of

MOST_OTHERS = 2
"""Further questions named."""


def question(mediation: Mediation) -> tuple[str, ...]:
    """Whom to ask what, what the answer would save, and what one would put forward then."""
    about, found = AboutTalks(mediation), mediation.question
    if found.inputs == 0 or about.one_reading:
        return ("Nothing in the dossier is uncertain, so there is nothing to ask.",)
    if found.asked is None:
        return (
            "No single answer would change what to put forward first by more than chance "
            f"({found.inputs:,} uncertain inputs were looked at).",
        )
    told = [
        f"Ask {_whom(about, found.asked)}: {asks(about, found.asked)}",
        f"Knowing it would save {points_of_hundred(found.asked.value)} of the "
        f"{points_of_hundred(found.mean_regret)} of regret{_then(about, found.asked)}.",
    ]
    if found.others:
        further = [f"{as_noun(about, each)}" for each in found.others[:MOST_OTHERS]]
        told.append(f"Next would come {listed(further)}.")
    return tuple(told)


def _whom(about: AboutTalks, asked: Asked) -> str:
    return "around" if asked.party is None else about.name(asked.party)


def asks(about: AboutTalks, asked: Asked) -> str:
    """The question in words."""
    issue = "" if asked.issue is None else quoted(about.issue(asked.issue))
    option = "" if asked.option is None or asked.issue is None else _option(about, asked)
    words = {
        "weight": f"how much does {issue} matter to you, beside your other issues?",
        "rank": f"how much does {issue} matter to you, beside your other issues?",
        "values": f"what would {option} on {issue} be worth to you?",
        "lights": f"how well could you live with {option} on {issue}?",
        "reservation": "how bad would it be for you if there were no agreement?",
        "at_most": "where exactly does the cap lie?",
    }
    if asked.field in words:
        return words[asked.field]
    name = _named(asked)
    if "red_lines" in asked.path:
        return f"is {_line(about, asked.party, name)} a red line, or a demand?"
    if "interactions" in asked.path:
        return f"what would {quoted(title_of(name))} together be worth to you?"
    return f"what of {quoted(asked.path)}?"


def _option(about: AboutTalks, asked: Asked | Hanging) -> str:
    assert asked.issue is not None
    assert asked.option is not None
    return quoted(about.option(asked.issue, asked.option))


def _named(asked: Asked | Hanging) -> str:
    """The id of a red line or an interaction, read from the path of its field."""
    parts = asked.path.split(".")
    for kind in ("red_lines", "interactions", "links"):
        if kind in parts[:-1]:
            return parts[parts.index(kind) + 1]
    return parts[-1]


def _line(about: AboutTalks, party: str | None, name: str) -> str:
    """What a red line rules out, or its name."""
    if party is not None and name in about.talks.preferences[party].red_lines:
        return about.combination(about.talks.preferences[party].red_lines[name].never)
    return quoted(title_of(name))


def _is_line(asked: Asked) -> bool:
    """Whether the question is if something is a red line; its lowest uniforms say that it is."""
    return "red_lines" in asked.path


def as_noun(about: AboutTalks, asked: Asked | Hanging) -> str:
    """An input as a noun."""
    who = "" if asked.party is None else f" to {about.name(asked.party)}"
    issue = "" if asked.issue is None else f" on {quoted(about.issue(asked.issue))}"
    if asked.field in ("weight", "rank") and asked.issue is not None:
        return f"how much {quoted(about.issue(asked.issue))} matters{who}"
    if asked.field in ("values", "lights") and asked.option is not None:
        return f"what {_option(about, asked)}{issue} is worth{who}"
    if asked.field == "reservation":
        return f"what no agreement is worth{who}"
    if "red_lines" in asked.path:
        whose = "" if asked.party is None else f" for {about.name(asked.party)}"
        return f"whether {_line(about, asked.party, _named(asked))} is out{whose}"
    return quoted(asked.path)


def _then(about: AboutTalks, asked: Asked) -> str:
    """What one would put forward first at its lowest and at its highest, if that differs."""
    if not asked.first_in_fifths:
        return ""
    low, high = asked.first_in_fifths[0], asked.first_in_fifths[-1]
    if low == high:
        between = next((n for n in asked.first_in_fifths if n != low), None)
        if between is None:
            return ""
        return (
            f": at either end {about.proposal(low)} would come first, in between "
            f"{about.proposal(between)}"
        )
    least, most = ("if it is one", "if not") if _is_line(asked) else ("if it is low", "if high")
    return f": {least}, {about.proposal(low)} would come first; {most}, {about.proposal(high)}"
