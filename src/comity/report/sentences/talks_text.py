"""The single negotiating text: how the draft moves, why it stops, what would carry it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.ensemble.mediation.results import Mediation
from comity.report.talks_words import AboutTalks
from comity.report.words import capital, counted, listed, plural, quoted

if TYPE_CHECKING:
    from comity.bargaining.text import Change, Guarantee, Step, TextPath, TextQuestion

MOST_QUESTIONS = 2
"""Questions told that would carry the text on."""

DISCLOSED = {
    "nothing": "nothing",
    "order": "its order of issues and options",
    "bands": "ranges for its numbers",
    "exact": "its numbers",
}
"""What a party let be known, in words."""


def text(mediation: Mediation) -> tuple[str, ...]:
    """The path of the single text, step by step, and how it ends; nothing if there is no text."""
    path: TextPath | None = mediation.text
    if path is None:
        return ()
    about = AboutTalks(mediation)
    steps = (step(about, number, each) for number, each in enumerate(path.steps, start=1))
    return (_rule(about, path), *_first(about, path), *steps, _end(path), *_further(about, path))


def _rule(about: AboutTalks, path: TextPath) -> str:
    """What the next draft is bound by, and what it relies on."""
    relied = [
        f"{about.name(party)} {DISCLOSED[about.talks.preferences[party].disclosed]}"
        for party in about.mediation.parties
    ]
    return (
        "From the first draft on, a next draft may take nothing from any party, whatever its "
        f"numbers are that agree with what it has let be known ({listed(relied)}), and may change "
        f"{plural(path.changes, 'issue')} at most."
    )


def _first(about: AboutTalks, path: TextPath) -> tuple[str, ...]:
    """What the first draft says, and what it breaks."""
    told = [f"The first draft is {_as_written(about, path)}."]
    if path.breaks:
        told.append(f"The first draft runs into {listed(about.limit(n) for n in path.breaks)}.")
    return tuple(told)


def _as_written(about: AboutTalks, path: TextPath) -> str:
    """The first draft in one line, or the proposal that says the same."""
    same = [v.number for v in about.mediation.proposals if dict(v.package) == dict(path.draft)]
    return about.proposal(same[0]) if same else f"this: {about.sentence_of(path.draft)}"


def step(about: AboutTalks, number: int, found: Step) -> str:
    """One step: what changes, and what each party is sure to gain."""
    changes = [_change(about, each) for each in found.changes]
    sure = [_sure(about, each) for each in found.guarantees]
    told = f"Draft {number + 1} moves {listed(changes)}: {listed(sure)}."
    if found.may_break:
        told += f" It may yet run into {listed(about.limit(name) for name in found.may_break)}."
    return told


def _change(about: AboutTalks, found: Change) -> str:
    before, after = (quoted(about.option(found.issue, o)) for o in (found.before, found.after))
    return f"{quoted(about.issue(found.issue))} from {before} to {after}"


def _sure(about: AboutTalks, each: Guarantee) -> str:
    name = about.name(each.party)
    if each.gain <= 0.0:
        return f"{name} loses nothing"
    if about.amount(each.gain).strip("0.") == "":
        return f"{name} is sure to gain a little"
    return f"{name} is sure to gain {about.points(each.gain)} or more"


def _end(path: TextPath) -> str:
    """How the path ends: no gain can be proven, which is not that there is none."""
    count = len(path.steps)
    after = "The first draft stands" if not count else f"It ends with draft {count + 1}"
    if path.stopped != "no provable gain":
        return f"{after}, because there are too many drafts to try them all."
    reason = "no further gain can be proven from what has been let be known"
    if path.open:
        return (
            f"{after}: {reason}. That is not to say that there is none; were all numbers known, "
            "there would be a further step."
        )
    if path.open is False:
        return f"{after}: {reason}, nor would there be a step if all numbers were known."
    return f"{after}: {reason}. That is not to say that there is none."


def _further(about: AboutTalks, path: TextPath) -> tuple[str, ...]:
    """What to ask so that the next draft can be found."""
    asked = path.questions[:MOST_QUESTIONS]
    begin = ("To carry it on, ask", *("Or ask" for _ in asked[1:]))
    return tuple(f"{b} {carry_on(about, each)}" for b, each in zip(begin, asked, strict=False))


def carry_on(about: AboutTalks, asked: TextQuestion) -> str:
    """Whom to ask for what, after "ask", and what the answer would open."""
    told = f"{about.name(asked.party)} {_for(about, asked)}"
    if asked.opens is None:
        return f"{told}."
    changes = [
        f"{quoted(about.issue(c.issue))} to {quoted(about.option(c.issue, c.after))}"
        for c in asked.opens.changes
    ]
    return f"{told}: if it is as expected, the next draft would move {listed(changes)}."


def _for(about: AboutTalks, asked: TextQuestion) -> str:
    issue = "" if asked.issue is None else quoted(about.issue(asked.issue))
    words = {
        "order": "for its order of issues, and of options within each",
        "bands": "for ranges of what things are worth to it",
        "exact": "for its numbers",
        "weight": f"how much {issue} matters to it",
        "values": f"what the options on {issue} are worth to it",
    }
    return words[asked.ask]


def steps_taken(mediation: Mediation) -> str:
    """How far the text came, in a few words, for a heading or a brief."""
    path: TextPath | None = mediation.text
    if path is None:
        return ""
    count = len(path.steps)
    return capital(
        f"{counted(count)} {'step' if count == 1 else 'steps'} that cost nobody anything"
    )
