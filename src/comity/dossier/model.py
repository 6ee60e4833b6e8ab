"""The dossier: who is at the table, what is asked, what each wants, and who said so."""

from __future__ import annotations

from datetime import date
from typing import Literal

from frozendict import frozendict
from pydantic import (
    Field,
    model_validator,
)

from comity.dossier.body import Actor, Body
from comity.dossier.charter import Charter, Procedure
from comity.dossier.frozen import Day, FrozenMap, Id, Model
from comity.dossier.item import Item
from comity.dossier.position import (
    Position,
)
from comity.dossier.statement import Source, Statement
from comity.dossier.talks import Talks


class Coding(Model):
    """A rival reading of contested judgements; what it does not name stays."""

    title: str = Field(description="whose reading it is")
    positions: FrozenMap[Id, FrozenMap[Id, Position]] = Field(
        default=frozendict(), description="item to actor to the position in this reading"
    )
    presumptions: FrozenMap[Id, Literal["within", "outside"]] = Field(
        default=frozendict(), description="item to the presumption on competence in this reading"
    )
    note: str = Field("", description="what the reading rests on")


class Dossier(Model):
    """Everything a forecast may know."""

    comity: Literal[1] = Field(description="version of the dossier format")
    title: str = Field(description="title of the dossier")
    as_of: Day = Field(description="the day on which the forecast could have been made")
    handling: str = Field("for the presidency only", description="handling mark on every report")
    note: str = Field("", description="what a reader must know before using the answer")
    actors: FrozenMap[Id, Actor] = Field(description="id to actor")
    sources: FrozenMap[Id, Source] = Field(default=frozendict(), description="id to source")
    statements: FrozenMap[Id, Statement] = Field(
        default=frozendict(), description="id to statement"
    )
    bodies: FrozenMap[Id, Body] = Field(default=frozendict(), description="id to body")
    agenda: FrozenMap[Id, Item] = Field(default=frozendict(), description="id to item")
    positions: FrozenMap[Id, FrozenMap[Id, Position]] = Field(
        default=frozendict(), description="item to actor to position"
    )
    codings: FrozenMap[Id, Coding] = Field(
        default=frozendict(), description="rival readings of contested judgements"
    )
    talks: FrozenMap[Id, Talks] = Field(
        default=frozendict(), description="id to talks between parties"
    )

    @model_validator(mode="after")
    def _references_resolve(self) -> Dossier:
        from comity.dossier.references import refuse_dangling

        refuse_dangling(self)
        return self

    def charter(self, body: str) -> Charter:
        """The charter of a body, packaged or spelled out."""
        from comity.dossier.charters import load_charter

        charter = self.bodies[body].charter
        return load_charter(charter) if isinstance(charter, str) else charter

    def procedure(self, item: str) -> Procedure:
        """The procedure by which an item is decided."""
        entry = self.agenda[item]
        return self.charter(entry.body).procedures[entry.procedure]

    def members(self, item: str) -> tuple[str, ...]:
        """Ids of the members with a seat in the body that decides the item, in seat order."""
        return self.bodies[self.agenda[item].body].members

    def position(self, item: str, actor: str) -> Position:
        """The actor's position, or an unknown one if the dossier has none (conventions §4)."""
        return self.positions.get(item, frozendict()).get(actor, Position())

    def chair(self, body: str, on: date | None = None) -> str | None:
        """Who chairs the body on a day (default: ``as_of``); None without a presidency."""
        presidency = self.bodies[body].presidency
        if presidency is None:
            return None
        if presidency.until is None or (on or self.as_of) <= presidency.until:
            return presidency.holder
        after = presidency.order.index(presidency.holder) + 1
        return presidency.order[after % len(presidency.order)]

    def sitting_chair(self, body: str) -> str | None:
        """Who chairs the body's next session; its chair on ``as_of`` if none is planned."""
        planned = [session.on for session in self.bodies[body].sessions]
        return self.chair(
            body, min((day for day in planned if day >= self.as_of), default=self.as_of)
        )

    def in_round(self, item: str, number: int) -> Dossier:
        """The dossier after the first ``number`` rounds on an item; draws keep their paths."""
        entry, held = self.agenda[item], dict(self.positions.get(item, frozendict()))
        tabled = entry.tabled
        for later in entry.rounds[:number]:
            tabled = tabled if later.tabled is None else later.tabled
            for actor, concession in later.concessions.items():
                held[actor] = held.get(actor, Position()).conceding(concession)
        moved = self.model_copy(update={"positions": self.positions.set(item, frozendict(held))})
        return moved.with_item(item, tabled=tabled)

    def coded(self, name: str) -> Dossier:
        """The dossier as one of its codings reads it."""
        coding = self.codings[name]
        positions = self.positions
        for item, held in coding.positions.items():
            positions = positions.set(item, positions.get(item, frozendict()) | held)
        recoded = self.model_copy(update={"positions": positions, "codings": frozendict()})
        for item, presumption in coding.presumptions.items():
            recoded = recoded.presuming(item, presumption)
        return recoded

    def presuming(self, item: str, presumption: Literal["within", "outside"]) -> Dossier:
        """The dossier with another presumption on an item's competence."""
        entry = self.agenda[item]
        if entry.competence is None:
            return self
        settled = entry.competence.model_copy(update={"presumption": presumption})
        return self.with_item(item, competence=settled)

    def with_item(self, item: str, **changes: object) -> Dossier:
        """The dossier with some fields of an agenda item replaced, unvalidated."""
        entry = self.agenda[item].model_copy(update=changes)
        return self.model_copy(update={"agenda": self.agenda.set(item, entry)})
