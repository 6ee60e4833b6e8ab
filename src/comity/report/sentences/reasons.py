"""The reasons: who responds how, and between whom nothing passes, from which side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from comity.acceptance import Objection
from comity.acceptance.conflict import REFUSED, TOO_STRONG, TOO_WEAK
from comity.ensemble.results import ConflictShare, Forecast
from comity.report.words import Subject, capital, counted, listed, percent, quoted

MOST_NAMED = 8
"""Members named with their shares in one sentence; the rest are counted."""

MOST_TOLD = 6
"""Patterns of conflict told in words; the rest are counted."""


def responses(forecast: Forecast, item: str) -> tuple[str, ...]:
    """Who objects how often to what is tabled, or to the weakest text if nothing is."""
    about = Subject(forecast, item)
    given = about.entry.responses
    ranked = sorted(given.items(), key=lambda entry: -entry[1].object)
    objecting = [(who, answer.object) for who, answer in ranked if answer.object > 0.0]
    never = [who for who, answer in given.items() if answer.object == 0.0]
    if not objecting:
        return (f"Nobody objects to {_draft(about)} in any draw.", *_away(about))
    said = f"To {_draft(about)}, objections come from {shares(about, objecting)}"
    if never:
        said += f"; never from {_nobody_of(about, never)}"
    return (f"{said}.", *_away(about))


def _nobody_of(about: Subject, members: list[str]) -> str:
    if len(members) > MOST_NAMED:
        return f"{counted(len(members))} others"
    return listed((about.name(who) for who in members), "or")


def _draft(about: Subject) -> str:
    if about.entry.tabled is not None:
        return "the tabled draft"
    return f"the weakest text that says something, {about.text(about.entry.responses_to)}"


def _away(about: Subject) -> tuple[str, ...]:
    """Members that are bound to be absent, or to have no instructions."""
    said = []
    for field, one, many in (
        ("absent", "is absent", "are absent"),
        ("no_instructions", "has no instructions", "have no instructions"),
    ):
        bound = [who for who, given in about.entry.responses.items() if getattr(given, field) > 0.0]
        if bound:
            said.append(f"{about.names(bound)} {one if len(bound) == 1 else many}.")
    return tuple(said)


def why_not(forecast: Forecast, item: str) -> tuple[str, ...]:
    """Between whom no text passes and what each side objects to; shares may overlap."""
    about = Subject(forecast, item)
    if about.hopeless:
        return ("Under this procedure not even the support of all members adopts a text.",)
    if about.missing:
        return (f"Without {about.names(about.missing)} the body has no quorum, so nothing passes.",)
    told = [_pattern(about, group) for group in _groups(about)]
    said = [*_closed(about), *told[:MOST_TOLD]]
    left = len(told) - MOST_TOLD
    if left > 0:
        more = "pattern is" if left == 1 else "patterns are"
        said.append(
            f"{capital(counted(left))} more {more} left out here, none of them more frequent."
        )
    unsearched = about.entry.conflicts_unsearched
    if unsearched > 0.0:
        said.append(
            f"{capital(about.within(unsearched))} nothing passes, but the body is too large to "
            "search for who stands between."
        )
    return tuple(said)


def _closed(about: Subject) -> list[str]:
    mute = _wordless(about)
    if about.entry.wordless >= 1.0:
        return mute
    return [*mute, *_between(about)]


def _wordless(about: Subject) -> list[str]:
    share = about.entry.wordless
    if share <= 0.0:
        return []
    return [
        f"{capital(about.within(share))} no text lies far enough from what holds if nothing is "
        "decided to say anything."
    ]


def _between(about: Subject) -> list[str]:
    if not about.entry.conflicts and not about.entry.conflicts_unsearched:
        if about.entry.wordless > 0.0:
            return [
                capital(f"{about.on_the_text}in all others members leave some text between them.")
            ]
        return [capital(f"{about.on_the_text}members leave some text between them in every draw.")]
    if about.entry.opening is None:
        return []
    share = about.within(about.entry.opening.needed)
    return [capital(f"{about.on_the_text}{share} no text satisfies {about.everybody}.")]


@dataclass(frozen=True)
class _Group:
    """Conflicts of one shape that can be told in one sentence, the most frequent first.

    ``common`` is the member that pairs on one side have in common.
    """

    shape: str
    conflicts: tuple[ConflictShare, ...]
    common: str = ""


def _groups(about: Subject) -> list[_Group]:
    gathered: dict[tuple[str, ...], list[ConflictShare]] = {}
    for conflict in about.entry.conflicts:
        gathered.setdefault(_shape(conflict), []).append(conflict)
    groups = [
        group
        for shape, found in gathered.items()
        for group in (_paired(found) if shape[0] == "pair" else [_Group(shape[0], tuple(found))])
    ]
    return sorted(groups, key=lambda group: -group.conflicts[0].share)


def _shape(conflict: ConflictShare) -> tuple[str, ...]:
    """The shape of a conflict, and what others must share to be told in the same sentence."""
    parts = conflict.objections
    if len(conflict.members) == 1:
        return "alone", *(f"{part.side} {part.to}" for part in parts)
    opposed = {part.to for part in parts} == {TOO_WEAK, TOO_STRONG}
    if len(parts) == 2 and len({part.side for part in parts}) == 1 and opposed:
        return "pair", parts[0].side
    return "set", *(f"{part.actor} {part.side} {part.to}" for part in parts)


def _paired(pairs: list[ConflictShare]) -> list[_Group]:
    """Pairs gathered around the members that, on one and the same side, stand in most of them."""
    groups, left = [], pairs
    while left:
        counts = Counter((part.actor, part.to) for pair in left for part in pair.objections)
        (who, to), _ = counts.most_common(1)[0]
        with_it = [pair for pair in left if _to(pair, to) == who]
        groups.append(_Group("pair", tuple(with_it), who))
        left = [pair for pair in left if pair not in with_it]
    return groups


def _to(pair: ConflictShare, to: str) -> str:
    """Which member of a pair objects to texts as ``to``."""
    return next(part.actor for part in pair.objections if part.to == to)


def _pattern(about: Subject, group: _Group) -> str:
    if group.shape == "alone":
        return _alone(about, group)
    return _pair(about, group) if group.shape == "pair" else _set(about, group.conflicts[0])


def _alone(about: Subject, group: _Group) -> str:
    found = group.conflicts
    what = _objects(about, found[0].objections, "every text")
    if len(found) == 1:
        share = capital(about.within(found[0].share))
        return f"{share} {about.name(found[0].members[0])} alone is enough: it {what}."
    each = [(conflict.members[0], conflict.share) for conflict in found]
    return f"A single member is enough where it {what}: {shares(about, each)}."


def _pair(about: Subject, group: _Group) -> str:
    first = group.conflicts[0]
    who = about.name(group.common)
    where = about.side(first.objections[0].side)
    others = [
        (next(member for member in pair.members if member != group.common), pair.share)
        for pair in group.conflicts
    ]
    if len(others) == 1:
        other = about.name(others[0][0])
        found = f"No text{where} satisfies both {who} and {other} {about.within(others[0][1])}"
    else:
        other = "the other"
        found = f"No text{where} satisfies both {who} and one other, {shares(about, others)}"
    theirs, its = ("weak", "strong") if _to(first, TOO_WEAK) == group.common else ("strong", "weak")
    return (
        f"{found}: what {other} would let pass is too {theirs} for {who}, and what {who} would let "
        f"pass is too {its} for {other}."
    )


def _set(about: Subject, conflict: ConflictShare) -> str:
    parts = [
        f"{about.name(who)} {_objects(about, _of(conflict, who), 'texts')}"
        for who in conflict.members
    ]
    share = capital(about.within(conflict.share))
    return (
        f"{share} {about.names(conflict.members)} leave no text between them: {'; '.join(parts)}."
    )


def _of(conflict: ConflictShare, who: str) -> tuple[Objection, ...]:
    return tuple(part for part in conflict.objections if part.actor == who)


def _objects(about: Subject, parts: Iterable[Objection], texts: str) -> str:
    """What a member objects to, as a predicate: sides with the same objection are told as one."""
    sides: dict[str, list[str]] = {}
    for part in parts:
        sides.setdefault(part.to, []).append(part.side)
    return listed(_objection(about, to, found, texts) for to, found in sides.items())


def _objection(about: Subject, to: str, sides: list[str], texts: str) -> str:
    options = listed(map(quoted, sides), "or")
    where = about.side(sides[0]) if len(sides) == 1 else ""
    if to == REFUSED:
        return f"refuses {options}"
    if to == TOO_STRONG:
        return f"finds {texts}{where} too strong"
    if to == TOO_WEAK:
        lone = texts == "every text"
        return f"accepts no text{where} at all" if lone else f"finds {texts}{where} too weak"
    return (
        f"does not support {texts}{where}" if about.item.is_scale else f"does not support {options}"
    )


def shares(about: Subject, found: Iterable[tuple[str, float]]) -> str:
    """``Belarus in 22 % of draws, Russia in 17 % and two others in 11 % each``.

    The members come ranked; beyond :data:`MOST_NAMED` they are counted.
    """
    ranked = list(found)
    grouped: dict[str, list[str]] = {}
    for who, share in ranked[:MOST_NAMED]:
        grouped.setdefault(percent(share), []).append(who)
    parts: list[str] = []
    for told, members in grouped.items():
        whole = f"{told} draws" if told == "all" else f"{told} of draws"
        how_often = told if parts and told != "all" else whole
        each = " each" if len(members) > 1 and told != "all" else ""
        parts.append(f"{about.names(members)} in {how_often}{each}")
    rest = ranked[MOST_NAMED:]
    if rest:
        most = percent(rest[0][1])
        parts.append(f"{counted(len(rest))} more in {most if most == 'all' else f'up to {most}'}")
    return listed(parts)
