"""A dossier of what a table tells: actors, items with their scales, and who wants what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from frozendict import frozendict

from comity.dossier.body import Actor, Body
from comity.dossier.item import Item
from comity.dossier.model import Dossier
from comity.dossier.position import Position
from comity.dossier.quantity import Exactly, Uniform

K = TypeVar("K")

UNDATED = date(2000, 1, 1)
"""The day of a dossier whose file tells none."""

OPEN = (
    "The file tells neither a day nor how the body decides nor what holds if nothing is decided: "
    f"as_of is {UNDATED}, the charter is plain, and every reversion is uncertain from 0 to 100, "
    "which is assumed. Set them before you trust an answer that needs them."
)


_DAYLESS = ("file tells neither a day", "does not tell when the proposal was made")
"""What the notes of dossiers say whose file told none."""


def day_known(as_of: date, note: str) -> bool:
    """Whether the day of a dossier is one that somebody wrote, and not ``UNDATED``."""
    told = " ".join(note.split())
    return as_of != UNDATED or not any(says in told for says in _DAYLESS)


def saliences(read: Mapping[K, float]) -> tuple[dict[K, float], str]:
    """Saliences of a file as points of 0–100, and a sentence on how they were read.

    They are shares of 1 if none is above 1, else points.
    """
    if max(read.values()) > 1.0:
        return dict(read), "Saliences are taken as points of 0–100, for one is above 1."
    shares = {key: 100.0 * value for key, value in read.items()}
    return shares, "Saliences are taken as shares of 1, for none is above it."


@dataclass(frozen=True)
class Scale:
    """What the numbers of an item mean: its ends in the file's units, and what points say."""

    low: float = 0.0
    high: float = 100.0
    says: Mapping[float, str] = field(default_factory=dict)

    @property
    def own_units(self) -> bool:
        return (self.low, self.high) != (0.0, 100.0)

    def point(self, value: float) -> float:
        """A value in the file's units as a point from 0 to 100."""
        if not self.own_units:
            return value
        share = (value - self.low) / (self.high - self.low)
        return min(max(100.0 * share, 0.0), 100.0)

    def landmarks(self) -> frozendict[float, str] | None:
        """Points and what they say, with the number in the file's units where these differ."""
        named = {self.low: "", self.high: ""} | dict(self.says) if self.own_units else self.says
        told = {self.point(at): self._told(at, text) for at, text in sorted(named.items())}
        return frozendict(told) or None

    def _told(self, at: float, text: str) -> str:
        if not self.own_units:
            return text or f"{at:g}"
        return f"{at:g}: {text}" if text else f"{at:g}"


@dataclass(frozen=True)
class Held:
    """What an actor wants on an item: position in the file's units, salience 0–100, power."""

    position: float
    salience: float
    power: float
    note: str = ""


@dataclass(frozen=True)
class Question:
    """An item, and actor to what it wants."""

    name: str
    scale: Scale
    held: Mapping[str, Held]


def ids_of(names: Iterable[str]) -> dict[str, str]:
    """Name to id: what an id may not hold becomes a hyphen, and no two ids are alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = re.sub(r"[^\w-]+", "-", name).strip("-") or "unnamed"
        new, number = plain, 2
        while new.casefold() in taken:
            new, number = f"{plain}-{number}", number + 1
        taken.add(new.casefold())
        found[name] = new
    return found


def built(
    title: str,
    actors: Mapping[str, str],
    questions: Mapping[str, Question],
    notes: Iterable[str] = (),
) -> Dossier:
    """The dossier: key to name of actors, key to question; capabilities stand on positions.

    Items on which the same actors hold positions are put to one body of these.
    """
    who, what = ids_of(actors), ids_of(questions)
    seated = {
        key: tuple(who[actor] for actor in actors if actor in question.held)
        for key, question in questions.items()
    }
    bodies = _bodies(seated, what)
    return Dossier(
        comity=1,
        title=title,
        as_of=UNDATED,
        note=" ".join(_sentence(note) for note in (*notes, OPEN)),
        actors=frozendict(
            {who[key]: Actor(name=name or key, kind="party") for key, name in actors.items()}
        ),
        bodies=frozendict(
            {
                body: Body(name="Those with a position", members=members)
                for members, body in bodies.items()
            }
        ),
        agenda=frozendict(
            {what[key]: _item(q, bodies[seated[key]]) for key, q in questions.items()}
        ),
        positions=frozendict({what[key]: _positions(q, who) for key, q in questions.items()}),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _bodies(seated: Mapping[str, tuple[str, ...]], what: Mapping[str, str]) -> dict[
    tuple[str, ...], str
]:  # fmt: skip
    """Members to the id of their body: ``body``, or after the first of its items."""
    groups: dict[tuple[str, ...], str] = {}
    for key, members in seated.items():
        groups.setdefault(members, f"body-{what[key]}")
    largest = max(groups, key=len)
    return groups | {largest: "body"}


def _item(question: Question, body: str) -> Item:
    return Item(
        body=body,
        question=question.name,
        scale=question.scale.landmarks(),
        reversion=Uniform(0.0, 100.0),
        assumed=("reversion",),
    )


def _positions(question: Question, who: Mapping[str, str]) -> frozendict[str, Position]:
    return frozendict(
        {
            who[actor]: Position(
                ideal=Exactly(question.scale.point(held.position)),
                salience=Exactly(held.salience),
                capability=Exactly(held.power),
                note=held.note,
            )
            for actor, held in question.held.items()
        }
    )
