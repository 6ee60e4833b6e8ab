"""Questions on an agenda, with the rounds in which they are taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from frozendict import frozendict
from pydantic import (
    Field,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from comity.dossier.draft import Draft
from comity.dossier.frozen import FrozenMap, Id, Model
from comity.dossier.position import (
    Concession,
)
from comity.dossier.quantity import (
    Exactly,
    PercentQuantity,
)

ItemNumber = Literal["reversion", "smallest_step", "tabled"]
"""Numbers of an item that may be assumed."""


class Competence(Model):
    """Whether the item lies within what the body may decide about; settled first."""

    presumption: Literal["within", "outside"] = Field(description="what holds while undecided")
    decided_by: str = Field(
        "body", description="'body', 'chair', or the id of an actor (a legal organ)"
    )
    rule: str | None = Field(
        None, description="procedure by which the body settles it; none: that of the item"
    )
    item: str | None = Field(
        None, description="agenda item with the options outside and within that holds the views"
    )


class Round(Model):
    """A further round on an item: declared concessions, and perhaps a new tabled draft."""

    label: str = Field(description="name of the round")
    tabled: Draft | None = Field(None, description="draft now tabled; none: same")
    concessions: FrozenMap[Id, Concession] = Field(
        default=frozendict(), description="actor to what it declares to give"
    )


class Item(Model):
    """One question on an agenda."""

    body: str = Field(description="id of the body that decides")
    procedure: str = Field("substantive", description="id of the procedure in its charter")
    facts: FrozenMap[Id, bool] = Field(
        default=frozendict(), description="facts of the charter that the rule turns on: yes or no"
    )
    groups: FrozenMap[Id, tuple[str, ...]] = Field(
        default=frozendict(),
        description="groups that the charter leaves to be named for each decision: who belongs",
    )
    question: str = Field("", description="the question in words")
    scale: FrozenMap[float, str] | None = Field(
        None, description="landmarks: points from 0 to 100 and what a text there says"
    )
    options: FrozenMap[Id, str] | None = Field(
        None, description="options, from the least to the most far-reaching, and what each says"
    )
    reversion: Draft = Field(description="what holds if nothing is decided")
    smallest_step: PercentQuantity = Field(
        Exactly(10.0), description="δ: how far from the reversion a text must lie to say anything"
    )
    tabled: Draft | None = Field(None, description="the draft on the table, if any")
    by: str | None = Field(None, description="actor that tabled it")
    assumed: tuple[ItemNumber, ...] = Field(
        (), description="of reversion, smallest_step and tabled those that are assumed, not stated"
    )
    competence: Competence | None = Field(None, description="none: competence is not in question")
    requires: tuple[str, ...] = Field((), description="items that must be adopted first")
    core: bool = Field(False, description="a core task of the body")
    rounds: tuple[Round, ...] = Field((), description="further rounds with declared concessions")

    @field_validator(
        "options",
        mode="before",
        json_schema_input_type=dict[str, str] | list[str] | None,
    )
    @classmethod
    def _options_by_name(cls, raw: object) -> object:
        """A plain list of options is read as options described by their own name."""
        if not isinstance(raw, (list, tuple)) or not all(isinstance(name, str) for name in raw):
            return raw
        if len(set(raw)) < len(raw):
            raise PydanticCustomError("options", "an option is listed twice")
        return {name: name for name in raw}

    @field_validator("scale", mode="wrap")
    @classmethod
    def _landmarks_on_scale(
        cls, raw: object, read: ValidatorFunctionWrapHandler
    ) -> frozendict[float, str] | None:
        scale: frozendict[float, str] | None = read(raw)
        if scale is None:
            return None
        if not all(0 <= point <= 100 for point in scale):
            raise PydanticCustomError("scale", "landmarks lie from 0 to 100")
        if isinstance(raw, Mapping) and len(scale) < len(raw):
            raise PydanticCustomError("scale", "two landmarks stand at the same point")
        return scale

    @model_validator(mode="after")
    def _one_space(self) -> Item:
        if self.scale is not None and self.options is not None:
            raise PydanticCustomError("item", "an item has either a scale or options, not both")
        return self

    @property
    def is_scale(self) -> bool:
        return self.options is None

    @property
    def option_ids(self) -> tuple[str, ...]:
        """Options in the order written; empty for an item on a scale."""
        return tuple(self.options or ())
