"""Packages across items of a body, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
        """A draft of an item: a point with its landmark, or what an option says."""
        entry = self.dossier.agenda[item]
        if entry.options:
            says = entry.options.get(draft, "").strip().rstrip(".")
            return quoted(says or draft)
        marks = {number(mark): says for mark, says in (entry.scale or {}).items() if says.strip()}
        return f"{draft} ({quoted(marks[draft])})" if draft in marks else draft

    def package(self, package: Mapping[str, str]) -> str:
        """The items a package adopts, each with its draft."""
        return listed(f"{title_of(item)} at {self.draft(item, d)}" for item, d in package.items())

    def within(self, share: float) -> str:
        return in_draws(share, self.found.draws)


def answer(about: AboutItems) -> tuple[str, ...]:
    """Which items are blocked alone, and which package carries them."""
    found = about.found
    if not found.blocked:
        return (f"{found.why} No package is needed.",)
    are = "is" if len(found.blocked) == 1 else "are"
    blocked = f"Alone, {listed(map(title_of, found.blocked))} {are} blocked."
    if found.best is None:
        return (blocked, found.why)
    carried = listed(map(title_of, found.best.carries))
    return (
        blocked,
        f"Put them forward together: {about.package(found.best.package)}. All members let that "
        f"package pass {about.within(found.best.share_of_draws)} "
        f"({percent(found.best.share_at_omega_0)} if agreement as such is worth nothing to them), "
        f"the same texts put one by one {about.within(found.best.one_by_one)}. It carries "
        f"{carried}.",
        *_left(about, found.best),
    )


def _left(about: AboutItems, best: ItemsPackage) -> tuple[str, ...]:
    """Items that the package leaves as they are."""
    left = [item.item for item in about.found.items if item.item not in best.package]
    if not left:
        return ()
    return (
        f"It leaves {listed(map(title_of, left))} as {'it is' if len(left) == 1 else 'they are'}.",
    )


def why(about: AboutItems) -> tuple[str, ...]:
    """What each member gives and gets by the best package."""
    best = about.found.best
    if best is None:
        return ()
    told = (_side(about, side) for side in best.sides)
    named = [SOLUTIONS[name] for name in best.solutions if name in SOLUTIONS]
    formulas = f"It is the {listed(named)} solution." if named else ""
    return tuple(each for each in (*told, formulas) if each)


def _side(about: AboutItems, side: Side) -> str:
    gets = listed(f"{title_of(item)} ({number(v)})" for item, v in side.gets.items())
    gives = listed(f"{title_of(item)} ({number(v)})" for item, v in side.gives.items())
    if not gets and not gives:
        return f"To {about.name(side.member)} it makes no difference."
    parts = [f"gains on {gets}"] * bool(gets) + [f"gives way on {gives}"] * bool(gives)
    return (
        f"{about.name(side.member)} {listed(parts)}, {number(side.utility)} in all, and lets it "
        f"pass {about.within(side.lets_pass)}."
    )


def points_note(about: AboutItems) -> tuple[str, ...]:
    """What the numbers are."""
    if about.found.best is None:
        return ()
    return (
        "Numbers are points of the scales, weighed by how much an item matters to the member. A "
        "member lets a package pass if what it loses in all is no more than agreement as such is "
        "worth to it.",
    )


def alone(about: AboutItems, item: Alone) -> list[str]:
    """An item by itself, as a row: title, blocked by, shares of draws."""
    blocked = about.names(item.objecting) if item.blocked else "nobody"
    tabled = "–" if item.share_tabled is None else percent(item.share_tabled)
    return [title_of(item.item), tabled, percent(item.share_any), blocked]


def others(about: AboutItems) -> tuple[str, ...]:
    """Other packages, one for each set of items, the one that passes most often first."""
    told = [each for each in about.found.packages if each is not about.found.best]
    return tuple(
        f"{capital(about.package(each.package))}: {about.within(each.share_of_draws)}"
        f"{', carrying ' + listed(map(title_of, each.carries)) if each.carries else ''}."
        for each in told[:MOST_OTHERS]
    )


def caveats(about: AboutItems) -> tuple[str, ...]:
    """What is set aside, which items are left out, and what the dossier says of itself."""
    note = " ".join(about.dossier.note.split())
    left = [f"{title_of(item)}: {reason}" for item, reason in about.found.left_out.items()]
    told = [note] if note else []
    told += about.found.notes
    if left:
        told.append(f"Not considered, being decided otherwise: {listed(left)}.")
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
