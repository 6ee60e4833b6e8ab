"""What is found when models are set side by side: what each says, and what makes them differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from comity.dossier import Dossier
from comity.ensemble.results import Interval, Text, as_json

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class ModelView:
    """What one model says of one item.

    On a scale ``point`` is the model's point, ``low`` and ``high`` the 10th and 90th percentile of
    its predictive distribution; on options ``point`` holds the share of weight on each. Without
    an answer all are None, and ``why`` says why there is none. ``adoption`` is the share of draws
    in which the tabled draft is adopted, given only by the model that says whether one is.
    ``lacking`` is the share of draws in which a model like the core has nothing to say, and
    something stands in for it; None for models that always answer. With nothing to say in any draw
    there is no answer. ``caveat`` is what must be said beside the answer of a model carried over to
    what it was not made for.
    """

    title: str
    answered: bool
    point: float | Mapping[str, float] | None = None
    low: float | None = None
    high: float | None = None
    adoption: float | None = None
    why: str | None = None
    caveat: str | None = None
    lacking: float | None = None


@dataclass(frozen=True)
class MemberGround:
    """A member as models on a scale see it: means over draws.

    ``wish``: its ideal; ``weight``: its share of capability × salience; ``more`` and ``less``: in
    which share of draws it wants more, or less, than the reversion.
    """

    wish: float
    weight: float
    more: float
    less: float


@dataclass(frozen=True)
class Pull:
    """Who lies above and below the weighted median: shares of weight, and how far on average.

    The compromise less the median is ``above × above_by − below × below_by``.
    """

    above: float
    above_by: float
    below: float
    below_by: float


@dataclass(frozen=True)
class RuleGround:
    """What the item's rule makes of the members' wishes: means and shares over draws.

    The pivots are the members that hold them in most draws, None where in most there is none.
    ``setter_held`` is the share of draws in which the setter does not get what it wants most.
    """

    upper_pivot: str | None
    lower_pivot: str | None
    winset: Interval
    winset_empty: float
    core: Interval | None
    core_empty: float
    setter: str | None
    setter_wish: float | None
    setter_held: float | None


@dataclass(frozen=True)
class Grounds:
    """What makes models differ on one item on a scale.

    ``apart`` is the share of draws in which members want to go both ways from the reversion, or
    one wants it as it is, so that all texts make somebody lose; ``nearest`` the member whose wish
    is nearest to the reversion in most of the others.
    """

    members: Mapping[str, MemberGround]
    pull: Pull
    apart: float
    nearest: str | None
    rule: RuleGround


@dataclass(frozen=True)
class ItemComparison:
    """The models side by side on one item; ``grounds`` only on a scale."""

    question: str
    reversion: Text
    tabled: Text | None
    rule: str
    models: Mapping[str, ModelView]
    grounds: Grounds | None


@dataclass(frozen=True)
class PackageView:
    """One model's points on several items, put to one vote as a package.

    ``passes``: the share of draws in which it passes against the reversions. ``safe``: whether,
    with every number at its median, no other package beats it; None where that was too much to
    ask. If not, ``coalition`` prefers ``better`` and carries the rule.
    """

    title: str
    package: Mapping[str, float]
    passes: float
    safe: bool | None
    coalition: tuple[str, ...]
    better: Mapping[str, float] | None


@dataclass(frozen=True)
class Together:
    """Items on scales of one body and procedure, and each model's package of them.

    ``left_out``: models that answer on all of them but name no text, and why that is so.
    """

    items: tuple[str, ...]
    models: Mapping[str, PackageView]
    left_out: Mapping[str, str]


@dataclass(frozen=True)
class Comparison:
    """What models say of the items of a dossier, from the same draws."""

    title: str
    as_of: date
    handling: str
    note: str
    seed: int
    draws: int
    items: Mapping[str, ItemComparison]
    together: tuple[Together, ...]
    dossier: Dossier = field(repr=False, metadata={"json": False})

    def __repr__(self) -> str:
        """One line; what is in it is in its fields."""
        models = {name for entry in self.items.values() for name in entry.models}
        return (
            f"<Comparison of {self.title!r}: models {len(models)}, items {len(self.items)}, "
            f"draws {self.draws}, seed {self.seed}>"
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
        """One row an item and model that answers; needs pandas.

        Columns point, low, high and adoption; on options one column of weight for each.
        """
        import pandas

        rows = {
            (item, name): _row(view)
            for item, entry in self.items.items()
            for name, view in entry.models.items()
            if view.answered
        }
        index = pandas.MultiIndex.from_tuples(list(rows), names=["item", "model"])
        return pandas.DataFrame(list(rows.values())).set_axis(index, axis="index")


def _row(view: ModelView) -> dict[str, float | None]:
    if isinstance(view.point, Mapping):
        return dict(view.point) | {"adoption": view.adoption}
    return {"point": view.point, "low": view.low, "high": view.high, "adoption": view.adoption}
