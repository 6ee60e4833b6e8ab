"""Packages across items of a body, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.acceptance.stances import TOP
from comity.bargaining.items import Alone, ItemsPackage, ItemsPackages, Side
from comity.dossier import Dossier
from comity.report.talks_words import SOLUTIONS
from comity.report.words import (
    actor_name,
    capital,
    counted,
    in_draws,
    listed,
    number,
    percent,
    quoted,
    title_of,
)

_AT = 1e-6

MOST_OTHERS = 3
"""Further packages told in words."""


@dataclass(frozen=True)
class AboutItems:
    """Packages across items with what it takes to speak of them."""

    dossier: Dossier
    found: ItemsPackages

    def name(self, actor: str) -> str:
        return actor_name(self.dossier, actor)

    def names(self, actors: tuple[str, ...]) -> str:
        return listed(self.name(actor) for actor in actors)

    @property
    def body(self) -> str:
        """What the body is called."""
        return self.dossier.bodies[self.found.body].name.strip() or title_of(self.found.body)

    def draft(self, item: str, draft: str) -> str:
        """A draft of an item in words: what an option says, or where a point of the scale lies."""
        entry = self.dossier.agenda[item]
        if entry.options:
            says = entry.options.get(draft, "").strip().rstrip(".")
            return quoted(says or draft)
        where = self._landmarks(item, float(draft))
        return f"{draft} of {number(TOP)}" + (f" ({where})" if where else "")

    def _landmarks(self, item: str, point: float) -> str:
        """The landmark at a point, or those it lies between."""
        scale = self.dossier.agenda[item].scale
        told = {} if scale is None else {float(at): says.strip() for at, says in scale.items()}
        marks = sorted((at, says) for at, says in told.items() if says)
        below = [mark for mark in marks if mark[0] <= point + _AT]
        above = [mark for mark in marks if mark[0] > point + _AT]
        if below and abs(below[-1][0] - point) <= _AT:
            return quoted(below[-1][1])
        if below and above:
            low, high = (f"{number(at)}, {quoted(says)}" for at, says in (below[-1], above[0]))
            return f"between {low}, and {high}"
        near = [("above", below[-1])] if below else [("below", above[0])] if above else []
        return "".join(f"{side} {number(at)}, {quoted(says)}" for side, (at, says) in near)

    def package(self, package: Mapping[str, str]) -> str:
        """The items a package adopts, each with its draft in words."""
        drafts = (f"{title_of(item)} at {self.draft(item, d)}" for item, d in package.items())
        return "; ".join(drafts)

    def in_short(self, package: Mapping[str, str]) -> str:
        """The items a package adopts, of a scale with the number alone."""
        scales = self.dossier.agenda
        return listed(
            f"{title_of(item)} at {d if scales[item].is_scale else self.draft(item, d)}"
            for item, d in package.items()
        )

    def within(self, share: float) -> str:
        return in_draws(share, self.found.draws)


def answer(about: AboutItems) -> tuple[str, ...]:
    """Where competence stands, which items are blocked alone, and which package carries them."""
    found = about.found
    first = competence(about)
    if not found.blocked:
        return (*first, found.why, "No package is needed.")
    are = "is" if len(found.blocked) == 1 else "are"
    blocked = f"Alone, {listed(map(title_of, found.blocked))} {are} blocked by objections."
    if found.best is not None:
        return (*first, blocked, *_put(about, found.best), *_left(about, found.best))
    later = () if found.waiting is None else _later(about, found.waiting)
    return (*first, blocked, found.why, *later)


def competence(about: AboutItems) -> tuple[str, ...]:
    """For which items competence is in question, what is presumed, and how often it is held."""
    grouped: dict[tuple[str, float | None], list[str]] = {}
    for item in about.found.items:
        if item.presumption is not None:
            grouped.setdefault((item.presumption, item.competent), []).append(title_of(item.item))
    told = []
    for (presumption, share), titles in grouped.items():
        said = f"{listed(titles)} {_is(titles)} presumed to lie {presumption} what the body may "
        held = "" if share is None else f"; the body holds itself competent {about.within(share)}"
        told.append(f"{said}decide about{held}.")
    return ("Competence comes first.", *told) if told else ()


def _put(about: AboutItems, best: ItemsPackage) -> tuple[str, ...]:
    """What to put forward, and in how many draws it is adopted."""
    return (
        f"Put {_these(best)} forward{' together' * (len(best.package) > 1)}: "
        f"{about.package(best.package)}.",
        *_shares(about, best),
        *_required(best, about),
        f"It carries {listed(map(title_of, best.carries))}.",
    )


def _later(about: AboutItems, waiting: ItemsPackage) -> tuple[str, ...]:
    """What could be put forward once that which stops it is settled."""
    until = listed(
        ["competence is settled"] * bool(waiting.in_question)
        + [f"{listed(map(title_of, waiting.requires))} is adopted"] * bool(waiting.requires)
    )
    return (
        f"Put forward none before {until}. Then this could be: {about.package(waiting.package)}.",
        *_shares(about, waiting),
        *_required(waiting, about),
        *_left(about, waiting),
    )


def _these(package: ItemsPackage) -> str:
    return "this" if len(package.package) == 1 else "these"


def _is(things: Sequence[object]) -> str:
    return "is" if len(things) == 1 else "are"


def _shares(about: AboutItems, each: ItemsPackage) -> tuple[str, ...]:
    """Shares of draws: of the texts, with either presumption on competence, and as settled."""
    texts = (
        f"pass {about.within(each.share_of_draws)} ({percent(each.share_at_omega_0)} if agreement "
        f"as such is worth nothing to them), the same texts put one by one "
        f"{about.within(each.one_by_one)}."
    )
    if not each.in_question and not each.requires:
        return (f"All members let that package {texts}",)
    told = [f"On the texts alone all members let that package {texts}"]
    if each.in_question:
        asked_of = f"{listed(map(title_of, each.in_question))} {_is(each.in_question)}"
        told.append(
            f"If {asked_of} taken to lie within competence it passes so; if outside, never; as "
            f"presumed, {about.within(each.share_as_presumed)}."
        )
    if each.share_as_settled is not None:
        asked = listed(
            ["competence settled first, as the positions have it,"] * bool(each.in_question)
            + ["what must be adopted first"] * bool(each.requires)
        )
        told.append(f"With {asked} it is adopted {about.within(each.share_as_settled)}.")
    return tuple(told)


def _required(each: ItemsPackage, about: AboutItems) -> tuple[str, ...]:
    """Whether what its items require is in the package."""
    agenda, told = about.dossier.agenda, []
    for item in each.package:
        inside = [title_of(other) for other in agenda[item].requires if other in each.package]
        if inside:
            told.append(
                f"{title_of(item)} requires {listed(inside)}, which the package adopts as well."
            )
    if each.requires:
        others = listed(map(title_of, each.requires))
        told.append(f"It requires {others} besides, which the package does not hold.")
    return tuple(told)


def _left(about: AboutItems, best: ItemsPackage) -> tuple[str, ...]:
    """Items that the package leaves as they are."""
    left = [item.item for item in about.found.items if item.item not in best.package]
    if not left:
        return ()
    return (
        f"It leaves {listed(map(title_of, left))} as {'it is' if len(left) == 1 else 'they are'}.",
    )


def why(about: AboutItems) -> tuple[str, ...]:
    """What each member gives and gets by the package that is told of."""
    told_of = about.found.best or about.found.waiting
    if told_of is None or not about.found.blocked:
        return ()
    told = (_side(about, side) for side in told_of.sides)
    named = [SOLUTIONS[name] for name in told_of.solutions if name in SOLUTIONS]
    formulas = f"It is the {listed(named)} solution." if named else ""
    return tuple(each for each in (*told, formulas) if each)


def _side(about: AboutItems, side: Side) -> str:
    gets = listed(f"{title_of(item)} ({_worth(v)})" for item, v in side.gets.items())
    gives = listed(f"{title_of(item)} ({_worth(v)})" for item, v in side.gives.items())
    if not gets and not gives:
        return f"To {about.name(side.member)} it makes no difference."
    parts = [f"gains on {gets}"] * bool(gets) + [f"gives way on {gives}"] * bool(gives)
    several = len(side.gets) + len(side.gives) > 1
    total = f", about {number(side.utility)} in all," if several else ""
    return (
        f"{about.name(side.member)} {listed(parts)}{total} and lets it pass "
        f"{about.within(side.lets_pass)}."
    )


def _worth(points: float) -> str:
    return "under 1" if points < 0.5 else number(points)


def points_note(about: AboutItems) -> tuple[str, ...]:
    """What the numbers are."""
    if not why(about):
        return ()
    return (
        "What a member gains or gives way is told in the middle reading, in points: how much "
        "better or worse the text is to it than none, on a scale of 100, times how much the item "
        "matters to it, out of 100. So 10 is ten points on an item that matters as much as any "
        "can, or twenty on one that matters half as much. A member lets a package pass "
        "if what it loses in all is no more than agreement as such is worth to it.",
    )


def headings(about: AboutItems) -> list[str]:
    """Headings of the table of items alone; competence where it is in question."""
    held = ["body competent"] * _in_question(about)
    return ["text passes in how many draws", "tabled draft", "some text", *held, "blocked by"]


def _in_question(about: AboutItems) -> bool:
    return any(item.presumption is not None for item in about.found.items)


def alone(about: AboutItems, item: Alone) -> list[str]:
    """An item by itself, as a row: title, shares of draws, blocked by whom."""
    blocked = about.names(item.objecting) if item.blocked else "nobody"
    tabled = "–" if item.share_tabled is None else percent(item.share_tabled)
    held = "–" if item.competent is None or item.presumption is None else percent(item.competent)
    rest = [held] * _in_question(about)
    return [title_of(item.item), tabled, percent(item.share_any), *rest, blocked]


def others(about: AboutItems) -> tuple[str, ...]:
    """Other packages, one for each set of items, the one adopted most often first."""
    found = about.found
    shown = [found.best or found.waiting] if found.blocked else []
    told = [each for each in found.packages if each not in shown]
    return tuple(_other(about, each) for each in told[:MOST_OTHERS])


def _other(about: AboutItems, each: ItemsPackage) -> str:
    carrying = f", carrying {listed(map(title_of, each.carries))}" if each.carries else ""
    share = about.within(each.share)
    if each.share_as_settled is not None and (each.in_question or each.requires):
        share += f" ({percent(each.share_of_draws)} on the texts alone)"
    return f"{capital(about.in_short(each.package))}: {share}{carrying}."


def caveats(about: AboutItems) -> tuple[str, ...]:
    """What is set aside, which items are left out, and what the dossier says of itself."""
    note = " ".join(about.dossier.note.split())
    left = [f"{title_of(item)} {reason}" for item, reason in about.found.left_out.items()]
    told = [note] if note else []
    told += about.found.notes
    if left:
        told.append(f"Not in any package: {'; '.join(left)}.")
    told.append(
        "A share of draws says how often something follows from the inputs as they are written "
        "down. It has not been calibrated on real cases."
    )
    return tuple(told)


def table(about: AboutItems) -> str:
    """Who decides on how many items, and how."""
    items = len(about.found.items)
    return (
        f"{about.body}: {counted(items)} item{'s' * (items != 1)} decided by consensus or silence, "
        f"{counted(len(about.found.members))} members."
    )
