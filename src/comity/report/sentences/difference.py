"""What changed between two dossiers, and what that did, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from comity.dossier import Dossier
from comity.dossier.changes import Change
from comity.dossier.mixing import Group
from comity.dossier.paths import Path, parsed
from comity.ensemble.difference import Difference, ItemDifference, Part, Shift, beyond
from comity.ensemble.difference.talks import DRAWS, TalksDifference, TalksView
from comity.report.words import (
    actor_name,
    capital,
    counted,
    in_draws,
    listed,
    number,
    percent,
    plural,
    quoted,
    title_of,
)

MINUS = "−"
"""The sign as it is printed, not the hyphen."""

_LONG = 60
"""Characters of a value that still reads well between two others."""

FIELDS = {
    "ideal": "ideal",
    "values": "worth of the options",
    "accepts": "stated acceptance",
    "floor": "floor",
    "salience": "salience",
    "omega": "ω",
    "capability": "capability",
    "presence": "presence",
    "basis": "basis",
    "assumed": "list of assumed fields",
    "from": "statements behind its position",
    "note": "note to its position",
    "procedure": "procedure",
    "reversion": "what holds if nothing is decided",
    "smallest_step": "smallest step",
    "tabled": "tabled draft",
    "by": "sponsor",
    "requires": "items required first",
    "members": "members",
    "charter": "charter",
    "presidency": "presidency",
    "blocs": "blocs",
    "sessions": "sessions",
}
"""Fields in words, where the name alone would not do."""

ANSWERS = {
    "probability": "the tabled draft is adopted",
    "any": "some draft can be adopted",
    "text_tabled": "the tabled draft passes on its text alone",
    "text_any": "some draft passes on its text alone",
    "compromise": "compromise (weighted by capability and salience)",
    "unweighted mean": "unweighted mean",
}
"""The answers, as rows of a table."""


def what_changed(found: Difference) -> tuple[str, ...]:
    """Each change that a headline reads, one line each."""
    read = {path for group in found.groups for path in group.changes}
    return tuple(change_words(found, change) for change in found.changes if change.path in read)


def unread(found: Difference) -> tuple[str, ...]:
    """The changes that no headline reads: counted, and the first named."""
    read = {path for group in found.groups for path in group.changes}
    rest = [change for change in found.changes if change.path not in read]
    return tuple(
        change_words(found, change) for change in rest if not change.path.startswith("talks.")
    )


def together(found: Difference) -> tuple[str, ...]:
    """Which changes could not be made singly, and are taken as one."""
    return tuple(
        f"Taken as one, since they cannot stand apart: {group_words(found, group)} "
        f"({plural(len(group.changes), 'change')})."
        for group in found.groups
        if len(group.changes) > 1 and not group.single
    )


def agendas(found: Difference) -> tuple[str, ...]:
    """Items on one agenda alone, which have no answer to compare."""
    told = []
    if found.only_before:
        told.append(f"No longer on the agenda: {listed(map(title_of, found.only_before))}.")
    if found.only_after:
        told.append(f"New on the agenda: {listed(map(title_of, found.only_after))}.")
    return tuple(told)


def change_words(found: Difference, change: Change) -> str:
    """``Belarus's floor on assessment: 20..70 → 10..30, basis assumed → inferred``."""
    what = place_words(found, change.at)
    if change.at[0] == "bodies" and change.at[2:] == ("members",):
        return f"{what}: {_seats(change)}"
    before, after = (_value(change.at, value) for value in (change.before, change.after))
    if len(before) > _LONG or len(after) > _LONG or change.at[-1] == "note":
        said = f"{what}: {change.kind if change.kind != 'changed' else 'written anew'}"
    else:
        said = f"{what}: {before} → {after}"
    if change.basis is None or change.basis[0] == change.basis[1]:
        return said
    return f"{said}, basis {change.basis[0]} → {change.basis[1]}"


def place_words(found: Difference, at: Path) -> str:
    """A field path as a person says it."""
    section, steps = str(at[0]), tuple(map(str, at[1:]))
    if section == "positions" and len(steps) == 3:
        item, actor, name = steps
        return f"{_whose(found, actor)} {_field(name)} on {item}"
    if section == "positions" and len(steps) == 2:
        return f"{_whose(found, steps[1])} position on {steps[0]}"
    if section == "agenda":
        return f"{steps[0]}, {_deep(steps[1:])}" if steps[1:] else f"item {steps[0]}"
    if section == "bodies":
        return f"{_deep(steps[1:])} of {steps[0]}" if steps[1:] else f"body {steps[0]}"
    if section == "actors":
        return f"{_whose(found, steps[0])} {_deep(steps[1:])}" if steps[1:] else f"actor {steps[0]}"
    if section == "as_of":
        return "day of the dossier"
    if section == "talks" and steps[1:]:
        return ".".join(steps[1:])
    return f"{section}: {'.'.join(steps)}" if steps else section


def group_words(found: Difference, group: Group) -> str:
    """What a group of changes is called in a table."""
    return listed(place_words(found, parsed(name)) for name in group.name.split(", "))


def _whose(found: Difference, actor: str) -> str:
    dossier = found.after if actor in found.after.actors else found.before
    return f"{actor_name(dossier, actor)}'s"


def _field(name: str) -> str:
    return FIELDS.get(name, name.replace("_", " "))


def _deep(steps: tuple[str, ...]) -> str:
    first, *rest = steps
    return f"{_field(first)} ({'.'.join(rest)})" if rest else _field(first)


def _seats(change: Change) -> str:
    before, after = change.before or [], change.after or []
    came = [who for who in after if who not in before]
    went = [who for who in before if who not in after]
    told = [f"{listed(came)} added"] if came else []
    told += [f"{listed(went)} removed"] if went else []
    return " and ".join(told) or "the same in another order"


def _value(at: Path, value: Any) -> str:
    """A value as it stands in a dossier file, on one line."""
    if value is None:
        unknown = at[0] == "positions" and at[-1] in ("ideal", "salience")
        return "unknown" if unknown else "nothing"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {_value(at, v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(at, part) for part in value) + "]"
    return " ".join(str(value).split())


def headline(found: Difference, item: str) -> tuple[str, ...]:
    """What became of the answer to look at first."""
    entry = found.items[item]
    told = []
    before, after = entry.tabled
    if (before is None) != (after is None):
        then, now = ("nothing", "something") if before is None else ("something", "nothing")
        told.append(f"There was {then} tabled, and there is {now} now.")
    shift = entry.answers[entry.headline]
    subject = capital(ANSWERS[entry.headline])
    told.append(f"{subject} {_moved(shift, found.draws)}.")
    return tuple(told)


def _moved(shift: Shift, draws: int) -> str:
    assert shift.before is not None
    assert shift.after is not None
    was, now = in_draws(shift.before, draws), in_draws(shift.after, draws)
    if not shift.moved:
        return f"{was}, as before: no draw answers otherwise"
    if not shift.told:
        return (
            f"{was} before and {now} after; the difference, {signed(shift.change)} points, is "
            f"within what chance alone could make of it ({_margin(shift.error)})"
        )
    return f"{was} before and {now} after: {signed(shift.change)} points ({_margin(shift.error)})"


def _margin(error: float | None) -> str:
    return f"give or take {200.0 * (error or 0.0):.1f}"


def signed(change: float | None) -> str:
    """A change of a share in points of a hundred, with its sign; nothing is a plain 0."""
    if change is None:
        return "–"
    if abs(change) < 1e-9:
        return "0"
    told = f"{100.0 * change:+.{1 if abs(change) >= 0.0005 else 2}f}"
    return told.replace("-", MINUS)


def attributed(found: Difference, item: str) -> tuple[str, ...]:
    """The answers whose change is put down to single changes: the headline, and any that moved."""
    entry = found.items[item]
    asked = dict.fromkeys((entry.headline, "probability", "any"))
    moved = (name for name in asked if name in entry.parts and entry.answers[name].moved)
    return tuple(dict.fromkeys((entry.headline, *moved)))


def by_what(found: Difference, item: str) -> tuple[str, ...]:
    """Which changes made the headline move, and how the shares are to be read."""
    entry = found.items[item]
    parts = entry.parts.get(entry.headline, ())
    if not parts:
        return ("No change bears on this item.",) if found.groups else ()
    telling = [part for part in parts if part.told]
    if not telling:
        return ("None of the changes moves it by more than chance could.",)
    if len(parts) == 1:
        only = _named(found, parts[0].group)
        return (f"It goes back to {only}, the only change that bears on this item.",)
    return (_strongest(found, entry, telling[0]), *_opposed(found, parts), _how(entry, parts))


def _strongest(found: Difference, entry: ItemDifference, part: Part) -> str:
    name = _named(found, part.group)
    if not beyond(part.share, part.share_error):
        return f"No change has a share of it that is told from chance; {name} moves it in company."
    whole = signed(entry.answers[entry.headline].change)
    if {signed(part.alone), signed(part.last)} == {signed(part.share)}:
        return (
            f"Most goes back to {name}: {signed(part.share)} points, whenever it is made, while "
            f"all changes together give {whole}."
        )
    return (
        f"Most goes back to {name}: {signed(part.share)} points, while all changes together give "
        f"{whole} ({signed(part.alone)} if made alone, {signed(part.last)} if made last)."
    )


def _opposed(found: Difference, parts: tuple[Part, ...]) -> Iterator[str]:
    """What pulled the other way."""
    sure = [part for part in parts if beyond(part.share, part.share_error)]
    against = [part for part in sure if part.share * sure[0].share < 0.0]
    if against:
        names = listed(
            f"{_named(found, part.group)} ({signed(part.share)})" for part in against[:3]
        )
        yield f"The other way pulls {names}."


def _how(entry: ItemDifference, parts: tuple[Part, ...]) -> str:
    if entry.exact:
        return (
            f"A share is the mean over all orders in which the {counted(len(parts))} changes could "
            "have been made; the shares sum to the whole."
        )
    widest = max(part.share_error for part in parts)
    return (
        f"A share is the mean over {entry.orders} orders drawn of all in which the {len(parts)} "
        f"changes could have been made, so it is off by up to {200.0 * widest:.1f} points or so; "
        "the shares sum to the whole."
    )


def _named(found: Difference, group: str) -> str:
    entry = next(held for held in found.groups if held.name == group)
    return group_words(found, entry)


def objections(found: Difference, item: str) -> tuple[str, ...]:
    """Who objects more or less than before; members of one side alone are told apart."""
    entry = found.items[item]
    told = []
    texts = {str(text) for text in entry.responses_to}
    if len(texts) > 1:
        first, second = (_text(text) for text in entry.responses_to)
        told.append(f"Objections are to another draft: {first} before, {second} now.")
    moved = {who: shift for who, shift in entry.objects.items() if shift.told}
    if moved:
        names = listed(
            f"{_name(found, who)} ({percent(shift.before or 0.0)} before, "
            f"{percent(shift.after or 0.0)} now)"
            for who, shift in moved.items()
        )
        told.append(f"Objects more or less often: {names}.")
    elif all(shift.change is not None for shift in entry.objects.values()):
        told.append("Nobody objects more or less often than before, beyond what chance could make.")
    for side, word in (("before", "No longer at the table"), ("after", "New at the table")):
        other = "after" if side == "before" else "before"
        alone = [
            f"{_name(found, who)} (objects in {percent(getattr(shift, side))})"
            for who, shift in entry.objects.items()
            if getattr(shift, other) is None and getattr(shift, side) is not None
        ]
        if alone:
            told.append(f"{word}: {listed(alone)}.")
    return tuple(told)


def content(found: Difference, item: str) -> tuple[str, ...]:
    """What the text would say if one were adopted, before and after."""
    told = []
    for name, shift in found.items[item].content.items():
        if shift.before is None or shift.after is None:
            continue
        was, now = f"{shift.before:.1f}", f"{shift.after:.1f}"
        if not shift.moved:
            told.append(f"{ANSWERS[name]} {was}, as before")
        else:
            doubt = "" if shift.told else ", within what chance could make of it"
            told.append(f"{ANSWERS[name]} {was} before and {now} now{doubt}")
    return (f"If something is adopted, its content: {'; '.join(told)}.",) if told else ()


def talks(found: Difference, name: str) -> tuple[str, ...]:
    """Talks before and after: the joint ceiling, and what would be put forward first."""
    entry = found.talks[name]
    told = [f"{capital(plural(entry.changes, 'change'))} in the talks, answered on {DRAWS} draws."]
    if entry.before is None or entry.after is None:
        only = "before" if entry.after is None else "now"
        told.append(f"There are such talks only {only}.")
        return tuple(told)
    told.append(_ceilings(entry.before, entry.after))
    told += _first(entry)
    return tuple(told)


def _ceilings(before: TalksView, after: TalksView) -> str:
    was, now = _ceiling(before), _ceiling(after)
    if was == now:
        return f"The joint ceiling is {now}, as before."
    return f"The joint ceiling was {was} and is {now}."


def _ceiling(view: TalksView) -> str:
    if view.why_not:
        return f"not known ({view.why_not.splitlines()[0].rstrip('.')})"
    return "none" if view.ceiling is None else f"{100.0 * view.ceiling:.1f} of 100"


def _first(entry: TalksDifference) -> Iterator[str]:
    assert entry.before is not None
    assert entry.after is not None
    was, now = entry.before.first, entry.after.first
    if was is None or now is None:
        if was is not now:
            yield f"There is {'no' if now is None else 'a'} package to put forward first now."
    elif was == now:
        yield "The package to put forward first is the same."
    else:
        yield f"The package to put forward first has changed: {_package(was, now)}."


def _package(was: Mapping[str, str], now: Mapping[str, str]) -> str:
    return "; ".join(
        f"{issue}: {was.get(issue, 'nothing')} → {now.get(issue, 'nothing')}"
        for issue in dict.fromkeys((*was, *now))
        if was.get(issue) != now.get(issue)
    )


def _text(text: float | str) -> str:
    return quoted(text) if isinstance(text, str) else number(text)


def _name(found: Difference, actor: str) -> str:
    dossier: Dossier = found.after if actor in found.after.actors else found.before
    return actor_name(dossier, actor)
