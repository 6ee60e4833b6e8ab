"""What a comparison of two dossiers found (conventions §68)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from comity.dossier import Dossier
from comity.dossier.changes import Change
from comity.dossier.mixing import Group
from comity.ensemble.difference.talks import TalksDifference
from comity.ensemble.results import Text, as_json

ERRORS = 2.0
"""Standard errors within which a change is not told from chance (as in §22)."""

SAME = 1e-9
"""Differences below it are of rounding."""

Headline = Literal["probability", "any"]


def beyond(change: float, error: float) -> bool:
    """Whether a change is told from chance: more than two standard errors, and no rounding."""
    return abs(change) > ERRORS * error + SAME


@dataclass(frozen=True)
class Shift:
    """An answer before and after; None where a dossier has no such answer.

    ``error`` is the Monte Carlo standard error of ``change``, of draws in pairs; ``moved`` the
    share of draws in which the answer differs.
    """

    before: float | None
    after: float | None
    change: float | None = None
    error: float | None = None
    moved: float | None = None

    @property
    def told(self) -> bool:
        """Whether the change is more than chance could make of it."""
        return self.change is not None and beyond(self.change, self.error or 0.0)


@dataclass(frozen=True)
class Part:
    """The part of one group of changes in the change of one answer.

    ``alone``: what it does if made first; ``last``: if made after all others; ``share``: its
    Shapley value. The errors are standard errors, of drawing and, in ``share_error``, also of
    sampling orders where not all were tried.
    """

    group: str
    alone: float
    alone_error: float
    last: float
    last_error: float
    share: float
    share_error: float

    @property
    def told(self) -> bool:
        """Whether anything of it is more than chance could make of it."""
        pairs = ("alone", "last", "share")
        return any(beyond(getattr(self, p), getattr(self, f"{p}_error")) for p in pairs)


@dataclass(frozen=True)
class ItemDifference:
    """One item of both agendas.

    ``answers``: probability, any, text_tabled and text_any, as in a forecast. ``responses_to``
    are the drafts to which ``objects`` gives each member's share of objections, None where it has
    no seat. ``content``: the means of what members want, in points of a scale. ``parts`` holds
    what each group did to each answer; the shares of an answer sum to its change. ``headline``
    is the answer to look at. ``orders``: how many orders were tried where all were too many.
    """

    headline: Headline
    tabled: tuple[Text | None, Text | None]
    responses_to: tuple[Text, Text]
    answers: Mapping[str, Shift]
    objects: Mapping[str, Shift]
    content: Mapping[str, Shift]
    parts: Mapping[str, tuple[Part, ...]]
    exact: bool
    orders: int | None


@dataclass(frozen=True)
class Difference:
    """What changed between two dossiers, and what that did to the answers.

    ``groups`` are the changes that headlines read, as they were made together; a change in no
    group bears on none. ``handling`` has both marks where they differ. ``items`` holds the items
    of both agendas, ``only_before`` and ``only_after`` those of one.
    """

    titles: tuple[str, str]
    as_of: tuple[date, date]
    handling: str
    seed: int
    draws: int
    changes: tuple[Change, ...] = field(metadata={"json": False})
    groups: tuple[Group, ...] = field(metadata={"json": False})
    items: Mapping[str, ItemDifference]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    talks: Mapping[str, TalksDifference]
    before: Dossier = field(repr=False, metadata={"json": False})
    after: Dossier = field(repr=False, metadata={"json": False})

    @property
    def same(self) -> bool:
        """Whether nothing changed at all."""
        return not self.changes

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values, without the dossiers."""
        told: dict[str, Any] = as_json(self)
        told["changes"] = [_change_json(change) for change in self.changes]
        told["groups"] = [
            {"name": g.name, "changes": list(g.changes), "single": g.single} for g in self.groups
        ]
        return told


def _change_json(change: Change) -> dict[str, Any]:
    names = ("path", "kind", "before", "after", "basis")
    return {name: as_json(getattr(change, name)) for name in names}
