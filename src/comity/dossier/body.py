"""Actors, and the bodies in which they have seats."""

from __future__ import annotations

from frozendict import frozendict
from pydantic import (
    Field,
)

from comity.dossier.charter import Charter
from comity.dossier.frozen import Day, FrozenMap, Id, Model
from comity.dossier.quantity import (
    AmountQuantity,
    Exactly,
    Uniform,
)

OMEGA_PRIOR = Uniform(0.0, 20.0)
"""The assumed, wide prior of what agreement as such is worth (conventions §8)."""


class Actor(Model):
    """Somebody who holds a position or speaks."""

    name: str = Field(description="name in words")
    kind: str = Field("state", description="state, organisation, faction, person, …")
    capability: AmountQuantity = Field(
        Exactly(1.0),
        description="means to influence the outcome, in any unit common to all actors",
    )


class Presidency(Model):
    """Who chairs, and how the chair passes on."""

    order: tuple[str, ...] = Field(description="order of rotation; after the last, the first")
    holder: str = Field(description="who holds the presidency on the day of the dossier")
    until: Day | None = Field(None, description="last day of the holder; then the next in order")


class Session(Model):
    """A meeting of the body."""

    on: Day = Field(description="day of the meeting")
    title: str = Field("", description="name of the meeting")
    place: str = Field("", description="where it is held, or by video")


class Body(Model):
    """A body of members that decides."""

    name: str = Field("", description="name in words")
    members: tuple[str, ...] = Field(min_length=1, description="ids of the actors with a seat")
    charter: str | Charter = Field(
        "plain", description="name of a packaged charter, or a charter spelled out"
    )
    presidency: Presidency | None = Field(None, description="the chair and its rotation")
    sessions: tuple[Session, ...] = Field((), description="meetings, past and planned")
    omega: AmountQuantity = Field(
        OMEGA_PRIOR,
        description="ω: what agreement as such is worth to a member; each member draws its own",
    )
    blocs: FrozenMap[Id, tuple[str, ...]] = Field(
        default=frozendict(),
        description="members whose positions share a factor; none: all in one bloc",
    )
