"""Who said what, where it is reported, and for whom it speaks."""

from __future__ import annotations

from enum import StrEnum

from pydantic import (
    Field,
)

from comity.dossier.frozen import Day, Model


class Standing(StrEnum):
    """For whom a statement speaks."""

    BINDING = "binding"
    OFFICIAL = "official"
    FACTION = "faction"
    PERSONAL = "personal"


class Source(Model):
    """A publication. Cited, never copied."""

    title: str = Field(description="title as published")
    outlet: str = Field(description="who published it")
    published: Day = Field(description="day of publication; the latest possible if unprinted")
    url: str | None = Field(None, description="address, if any")
    note: str = Field("", description="anything a referee should know about it")


class Statement(Model):
    """What somebody said, paraphrased."""

    speaker: str = Field(description="who said it")
    for_: str | None = Field(
        None, alias="for", description="actor spoken for; none if only for the speaker"
    )
    standing: Standing = Field(description="binding, official, faction or personal")
    on: Day = Field(description="day it was said")
    venue: str = Field("", description="where it was said")
    source: str = Field(description="id of the source that reports it")
    locator: str = Field(description="place within the source, e.g. paragraph 9")
    gist: str = Field(description="what was said, in our words")
