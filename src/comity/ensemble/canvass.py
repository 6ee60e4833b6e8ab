"""The sheet a presidency works from: who stands where, since when, and whom to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from comity.dossier import Basis, Dossier, Standing, Statement
from comity.ensemble.results import Forecast, Limits, ResponseShares, Text
from comity.errors import ComityError

STALE_AFTER = 30
"""Days after which a last word is stale."""


@dataclass(frozen=True)
class LastWord:
    """The latest statement for an actor that its position rests on."""

    statement: str
    speaker: str
    standing: Standing
    on: date
    days: int
    stale: bool
    gist: str


@dataclass(frozen=True)
class CanvassLine:
    """One member on one item.

    ``matters`` is the share of the doubt about the item that the member's inputs account for.
    """

    member: str
    limits: Limits
    responses: ResponseShares
    basis: Basis
    last_word: LastWord | None
    matters: float


@dataclass(frozen=True)
class CanvassItem:
    """One item of the sheet. ``ask_next`` lists members by how much their answer matters.

    ``about`` names the answer whose doubt is meant (see :class:`Tornado`), None without doubt.
    """

    question: str
    tabled: Text | None
    about: str | None
    ask_next: tuple[str, ...]
    lines: Mapping[str, CanvassLine]


@dataclass(frozen=True)
class Canvass:
    """The whole sheet."""

    title: str
    as_of: date
    handling: str
    stale_after: int
    items: Mapping[str, CanvassItem]


def canvass(forecast: Forecast, *, stale_after: int = STALE_AFTER) -> Canvass:
    """The canvassing sheet of a forecast; words older than ``stale_after`` days are stale.

    Raises ComityError if what it is given is no forecast.
    """
    if not isinstance(forecast, Forecast):
        raise ComityError(
            "a canvassing sheet is made from a forecast",
            found=type(forecast).__name__,
            mend="Make one first: comity.canvass(comity.forecast(dossier)).",
        )
    items = {item: _item(forecast, item, stale_after) for item in forecast.items}
    return Canvass(forecast.title, forecast.as_of, forecast.handling, stale_after, items)


def _item(forecast: Forecast, item: str, stale_after: int) -> CanvassItem:
    entry, dossier = forecast.items[item], forecast.dossier
    doubt = entry.tornado[0] if entry.tornado else None
    matters = {} if doubt is None else doubt.by_actor
    lines = {
        member: CanvassLine(
            member=member,
            limits=entry.limits[member],
            responses=entry.responses[member],
            basis=dossier.position(item, member).basis,
            last_word=last_word(dossier, item, member, stale_after),
            matters=matters.get(member, 0.0),
        )
        for member in dossier.members(item)
    }
    ranked = sorted(lines.values(), key=lambda line: (-line.matters, line.member))
    return CanvassItem(
        question=entry.question,
        tabled=entry.tabled,
        about=None if doubt is None else doubt.target,
        ask_next=tuple(line.member for line in ranked if line.matters > 0.0),
        lines=lines,
    )


def last_word(dossier: Dossier, item: str, actor: str, stale_after: int) -> LastWord | None:
    """The latest statement made for the actor among those its position rests on."""
    cited = [(name, dossier.statements[name]) for name in dossier.position(item, actor).from_]
    own = [(name, said) for name, said in cited if said.for_ == actor]
    if not own:
        return None
    name, said = max(own, key=lambda entry: (entry[1].on, entry[0]))
    return _word(name, said, (dossier.as_of - said.on).days, stale_after)


def _word(name: str, said: Statement, days: int, stale_after: int) -> LastWord:
    return LastWord(name, said.speaker, said.standing, said.on, days, days > stale_after, said.gist)
