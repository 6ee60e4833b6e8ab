"""Which doubt moves the answer, in words: what would be worth knowing."""

from __future__ import annotations

from comity.dossier import Basis, Dossier
from comity.ensemble.doubt_groups import Group
from comity.ensemble.doubts import Doubts
from comity.ensemble.results import Swing
from comity.ensemble.sobol import Doubt
from comity.ensemble.sobol_indices import Index
from comity.report.sentences.sure import ANSWERS, field_words
from comity.report.words import (
    actor_name,
    capital,
    counted,
    listed,
    number,
    percent,
    quoted,
    rounded,
    title_of,
)

MOST_TOLD = 4
"""Doubts told of in words; the table has all that are more than chance."""

TELLING = 0.02
"""Share of the doubt from which one is told of in words."""

TOGETHER = 0.05
"""Share of the doubt from which what inputs do together is told of."""


def about(doubts: Doubts) -> str:
    """What the doubt is about."""
    if doubts.target != "content":
        return ANSWERS[doubts.target]
    where = "" if doubts.option is None else f"the weight on {quoted(doubts.option)} in "
    return f"{where}what the model {quoted(doubts.model or '')} gives"


def doubt(doubts: Doubts) -> tuple[str, ...]:
    """Where the doubt about an answer comes from, the largest part first."""
    if not doubts.found.doubts:
        return (f"There is no doubt about {about(doubts)}: it is the same in every draw.",)
    told = [one for one in told_of(doubts) if one.total.value >= TELLING][:MOST_TOLD]
    if not told:
        return (f"No single doubt about {about(doubts)} stands out of chance.",)
    first, *others = told
    most = first.total.value > 0.5
    start = "Most of" if most else "The largest part of"
    rest = "".join(f"; then {_one(doubts, each)}" for each in others)
    said = f"{start} the doubt about {about(doubts)} comes from {_one(doubts, first, full=True)}"
    return (f"{said}{rest}.", *_together(doubts), *_assumed(doubts, told))


def told_of(doubts: Doubts) -> tuple[Doubt, ...]:
    """The doubts that are more than chance would give."""
    return tuple(one for one in doubts.found.doubts if one.total.sure)


def moved(doubts: Doubts) -> tuple[str, ...]:
    """How the answer runs as the input that moves it most rises: the tornado in words."""
    swings = doubts.found.swings
    if not swings:
        return ()
    told = [_course(doubts, swing) for swing in swings[:3]]
    return (f"{capital(_answer(doubts))} moves most with {'; '.join(told)}.",)


def group_words(dossier: Dossier, item: str, group: Group) -> str:
    """What a group of inputs is, in words."""
    who = "" if group.actor is None else actor_name(dossier, group.actor)
    words = {
        "wants": f"what {who} wants",
        "limits": f"how far {who} would go",
        "actor": f"all that is uncertain about {who}",
    }
    if group.aspect.startswith("bodies."):
        return "what members of a bloc have in common"
    said = words.get(group.aspect) or field_words(group.aspect, who)
    elsewhere = group.item is not None and group.item != item
    return f"{said} on {title_of(group.item)}" if elsewhere and group.item else said


def share(index: Index) -> str:
    """A share of the doubt; chance may put an estimate a little beyond 0 or 1."""
    return rounded(min(max(index.value, 0.0), 1.0))


def between(index: Index) -> str:
    """The interval of a share of the doubt."""
    low, high = (f"{100 * min(max(end, 0.0), 1.0):.0f}" for end in (index.low, index.high))
    return f"{low}–{high} %"


def _one(doubts: Doubts, one: Doubt, *, full: bool = False) -> str:
    interactions = "with its interactions" if full else "with interactions"
    words = group_words(doubts.dossier, doubts.item, one.group)
    if share(one.first) == share(one.total):
        return f"{words} ({share(one.first)})"
    return f"{words} ({share(one.first)} alone, {share(one.total)} {interactions})"


def _together(doubts: Doubts) -> tuple[str, ...]:
    together = doubts.found.together
    if together < TOGETHER:
        return ()
    return (
        f"{capital(rounded(min(together, 1.0)))} of it is due to no doubt by itself, but to "
        "how they act together.",
    )


def _assumed(doubts: Doubts, told: list[Doubt]) -> tuple[str, ...]:
    """Which of the doubts told of rest on nothing but assumption."""
    mere = [one for one in told if one.group.bases == (Basis.ASSUMED,)]
    if not mere:
        return ()
    if len(mere) == len(told):
        which = "It is" if len(told) == 1 else f"All {counted(len(told))} are"
        return (f"{which} merely assumed.",)
    words = listed(group_words(doubts.dossier, doubts.item, one.group) for one in mere)
    return (f"Merely assumed: {words}.",)


def _answer(doubts: Doubts) -> str:
    if doubts.target != "content":
        return ANSWERS[doubts.target]
    return about(doubts)


def _course(doubts: Doubts, swing: Swing) -> str:
    who = "" if swing.actor is None else actor_name(doubts.dossier, swing.actor)
    elsewhere = swing.item is not None and swing.item != doubts.item
    where = f" on {title_of(swing.item)}" if elsewhere and swing.item is not None else ""
    low, high = min(swing.fifths), max(swing.fifths)
    first, last = swing.fifths[0], swing.fifths[-1]
    words = f"{field_words(swing.field, who)}{where} ({swing.basis.value})"
    if {first, last} != {low, high}:
        return f"{words}: between {_value(doubts, low)} and {_value(doubts, high)}"
    ends = f"from {_value(doubts, first)} in its lowest fifth to {_value(doubts, last)}"
    return f"{words}: {ends} in its highest"


def _value(doubts: Doubts, value: float) -> str:
    points = doubts.target == "content" and doubts.option is None
    if points:
        return number(value)
    return {"none": "no draws", "all": "all draws"}.get(percent(value), f"{percent(value)}")
