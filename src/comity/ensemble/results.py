"""What a forecast says: immutable values, each share with its error and its range.

All shares are shares of draws between 0 and 1. Texts are points of the item's scale or ids of
options. Every type turns into JSON by :func:`as_json`, field by field.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from comity.acceptance import Objection
from comity.dossier import Basis, Dossier, Finding

if TYPE_CHECKING:
    import pandas

Text = float | str
Interval = tuple[float, float]


@dataclass(frozen=True)
class Spread:
    """The 10th, 50th and 90th percentile over draws."""

    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Verdict:
    """How often an item is adopted: with everything asked, and on the text alone.

    ``probability`` and ``text_tabled`` concern the tabled draft (None without one), ``any`` and
    ``text_any`` any draft. The last two set competence and requirements aside.
    """

    probability: float | None
    any: float
    text_tabled: float | None
    text_any: float


@dataclass(frozen=True)
class Errors:
    """Monte Carlo standard errors of the two headline shares."""

    probability: float | None
    any: float


@dataclass(frozen=True)
class Ranges:
    """The headline shares over settings of the assumed inputs: lowest and highest found.

    The middle ranges run from the 5th to the 95th percentile of the settings.
    """

    probability: Interval | None
    any: Interval
    middle_probability: Interval | None
    middle_any: Interval


@dataclass(frozen=True)
class Adoption(Verdict):
    """The headline, with what may stand in the way beside the text."""

    competent: float
    required: float
    sponsorless: float
    error: Errors
    range: Ranges


@dataclass(frozen=True)
class ResponseShares:
    """How often a member gives each response to a draft."""

    support: float
    stand_aside: float
    object: float
    absent: float
    no_instructions: float


@dataclass(frozen=True)
class Limits:
    """What a member wants and would let pass, over draws.

    On a scale ``ideal``, ``low`` and ``high`` (the ends of its acceptance) are spreads and
    ``refuses_all`` is the share of draws in which it accepts no text; on options ``accepts``
    gives the share of draws in which it accepts each, ``prefers`` in which it likes it best.
    """

    salience: Spread
    basis: Basis = Basis.ASSUMED
    assumed: tuple[str, ...] = ()
    ideal: Spread | None = None
    low: Spread | None = None
    high: Spread | None = None
    refuses_all: float | None = None
    accepts: Mapping[str, float] | None = None
    prefers: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Passage:
    """The passage curve: for each draft the share of draws in which its text passes."""

    drafts: tuple[Text, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Strongest:
    """The strongest text on one side that passes in half and in four fifths of the draws."""

    half: Text | None
    four_fifths: Text | None


@dataclass(frozen=True)
class ConflictShare:
    """A set of members between whom nothing passes, and how often it is a smallest one."""

    members: tuple[str, ...]
    objections: tuple[Objection, ...]
    share: float


@dataclass(frozen=True)
class ObjectionShare:
    """How often a member stands in the way of every text, from one side.

    ``share``: share of draws in which no text passes and the member accepts nothing on that
    ``side`` of the reversion, or nothing that some other member accepts there; ``to`` says
    whether it finds all that too_strong or too_weak. On options ``side`` is the option and ``to``
    refused.
    """

    side: str
    to: str
    share: float


@dataclass(frozen=True)
class Asked:
    """How often a member must open, and by how many points in the median such draw."""

    share: float
    distance: float


@dataclass(frozen=True)
class OpeningShares:
    """The least opening over draws.

    ``needed``: share of draws in which nothing lies within all limits; ``impossible``: in which
    no finite opening would do. ``cost`` (salience × points) and ``text`` are medians over the
    draws that need an opening of finite size, None if there is none.
    """

    needed: float
    impossible: float
    cost: float | None
    text: Text | None
    by: Mapping[str, Asked]


@dataclass(frozen=True)
class ChairView:
    """What a member would table from the chair and what would come of it.

    ``text`` is the median text (most frequent option) it tables, ``tables`` how often it tables
    one, ``adoption`` how often the text passes, ``gain`` the chair's mean gain in points. The
    ``informed`` values are those of a chair that knows every draw.
    """

    text: Text | None
    tables: float
    adoption: float
    gain: float
    informed_adoption: float
    informed_gain: float

    @property
    def advantage(self) -> float:
        """What knowing every member's limits is worth to the chair, in points."""
        return self.informed_gain - self.gain


@dataclass(frozen=True)
class Chairing:
    """The chair against a neutral text, the text most likely to pass; texts alone."""

    holder: str | None
    neutral_text: Text | None
    neutral_adoption: float
    chairs: Mapping[str, ChairView]


@dataclass(frozen=True)
class ProcedureView(Verdict):
    """The same item under another procedure."""

    rule: str


@dataclass(frozen=True)
class RoundView:
    """A round with its declared concessions; ``by_then`` counts earlier rounds too."""

    label: str
    tabled: Text | None
    probability: float | None
    any: float
    by_then: float | None


@dataclass(frozen=True)
class Content:
    """A mean position: what the content would be if something is adopted.

    On a scale a mean with the 10th and 90th percentile; on options the weight on each.
    """

    mean: float | None = None
    low: float | None = None
    high: float | None = None
    options: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Swing:
    """How the answer moves when one input lies in its lowest or its highest fifth.

    ``fifths`` are the answers given each fifth of the input, lowest first; ``explained`` the
    share of the answer's variance that the input accounts for by itself.
    """

    path: str
    item: str | None
    actor: str | None
    field: str
    basis: Basis
    fifths: tuple[float, ...]
    explained: float

    @property
    def size(self) -> float:
        return max(self.fifths) - min(self.fifths)


@dataclass(frozen=True)
class Tornado:
    """The inputs that move one answer, the strongest first.

    ``target`` names the answer: probability, any, text_tabled, text_any, or opening (its cost).
    ``by_actor`` gives the share of the doubt that each member's inputs account for, those within
    what chance would give left out.
    """

    target: str
    base: float
    swings: tuple[Swing, ...]
    by_actor: Mapping[str, float]


@dataclass(frozen=True)
class BasisCount:
    """How many of an item's uncertain or judged inputs rest on what.

    ``assumed_swing``: the share of all movement in the tornado that assumed inputs make.
    """

    stated: int
    inferred: int
    assumed: int
    assumed_swing: float | None


@dataclass(frozen=True)
class ItemForecast:
    """Everything the forecast says about one item.

    ``wordless``: share of draws in which no text lies far enough from the reversion to say
    anything.
    """

    question: str
    body: str
    procedure: str
    rule: str
    reversion: Text
    tabled: Text | None
    core: bool
    requires: tuple[str, ...]
    presumption: str | None
    adoption: Adoption
    variants: Mapping[str, Verdict]
    responses_to: Text
    responses: Mapping[str, ResponseShares]
    limits: Mapping[str, Limits]
    passage: Passage
    strongest: Mapping[str, Strongest]
    conflicts: tuple[ConflictShare, ...]
    conflicts_unsearched: float
    wordless: float
    objecting: Mapping[str, tuple[ObjectionShare, ...]]
    opening: OpeningShares | None
    chairing: Chairing
    procedures: Mapping[str, ProcedureView]
    rounds: tuple[RoundView, ...]
    content: Mapping[str, Content]
    tornado: tuple[Tornado, ...]
    basis: BasisCount


@dataclass(frozen=True)
class CodedItem(Verdict):
    """An item as one coding reads it."""

    omega_zero: Verdict
    responses: Mapping[str, ResponseShares]
    conflicts: tuple[ConflictShare, ...]
    content: Mapping[str, Content]


@dataclass(frozen=True)
class CodingView:
    """The answers under one coding of the contested judgements."""

    title: str
    note: str
    items: Mapping[str, CodedItem]


@dataclass(frozen=True)
class Forecast:
    """The answer to a dossier: one forecast an item, and the rival codings side by side."""

    title: str
    as_of: date
    handling: str
    note: str
    seed: int
    draws: int
    items: Mapping[str, ItemForecast]
    codings: Mapping[str, CodingView]
    findings: tuple[Finding, ...]
    dossier: Dossier = field(repr=False, metadata={"json": False})

    def __repr__(self) -> str:
        """One line; what is in it is in its fields."""
        return (
            f"<Forecast of {self.title!r}: items {len(self.items)}, draws {self.draws}, "
            f"seed {self.seed}>"
        )

    @cached_property
    def version(self) -> str:
        """The version of Comity that made it."""
        return version("comity")

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values, in field order, without the dossier."""
        result: dict[str, Any] = as_json(self)
        return result

    def to_frame(self) -> pandas.DataFrame:
        """One row an item with its headline shares; needs pandas."""
        import pandas

        rows = {item: as_json(entry.adoption) for item, entry in self.items.items()}
        frame = pandas.json_normalize(list(rows.values()))
        return frame.set_axis(list(rows), axis="index")


def as_json(value: Any) -> Any:
    """Turn results into dicts, lists, strings and finite numbers; not finite becomes null."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = [f.name for f in fields(value) if f.metadata.get("json", True)]
        return {name: as_json(getattr(value, name)) for name in shown}
    if isinstance(value, Mapping):
        return {str(key): as_json(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return [as_json(entry) for entry in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value
