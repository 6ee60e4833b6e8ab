"""Which drafts of an item a package may hold: options as they are, points of a scale by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from comity.acceptance.stances import TIE, TOP
from comity.bargaining.problem import Floats
from comity.dossier import Batch
from comity.dossier.quantity import Quantity


@dataclass(frozen=True, eq=False)
class ItemDrafts:
    """Texts of an item, the reversion apart: points of the scale, or places of options."""

    item: str
    reversion: str
    labels: tuple[str, ...]
    texts: Floats

    @property
    def options(self) -> tuple[str, ...]:
        """The reversion, which stands for not adopting the item, and then the drafts."""
        return (self.reversion, *self.labels)


def drafts_of(middle: Batch, item: str, most: int) -> ItemDrafts:
    """At most so many drafts of an item; ``middle`` is the dossier's middle reading.

    On a scale they are taken in this order until there are enough: the tabled draft, landmarks,
    ends of stated acceptance and floors, ideals, and steps of δ from the reversion outwards.
    """
    entry = middle.dossier.agenda[item]
    if not entry.is_scale:
        back = str(entry.reversion)
        labels = tuple(option for option in entry.option_ids if option != back)
        places = [float(entry.option_ids.index(option)) for option in labels]
        return ItemDrafts(item, back, labels, np.array(places))
    reversion = float(middle.values(f"agenda.{item}.reversion")[0])
    step = float(middle.values(f"agenda.{item}.smallest_step")[0])
    found: dict[str, float] = {}
    for point in _points(middle, item, reversion, step):
        if 0.0 <= point <= TOP and abs(point - reversion) >= step - TIE:
            found.setdefault(f"{point:.6g}", point)
        if len(found) == most:
            break
    labels = tuple(sorted(found, key=found.__getitem__))
    return ItemDrafts(item, f"{reversion:.6g}", labels, np.array([found[x] for x in labels]))


def _points(middle: Batch, item: str, reversion: float, step: float) -> Iterator[float]:
    entry = middle.dossier.agenda[item]
    if isinstance(entry.tabled, Quantity):
        yield float(middle.values(f"agenda.{item}.tabled")[0])
    yield from entry.scale or ()
    for field in ("accepts.low", "accepts.high", "floor", "ideal"):
        for actor in middle.dossier.members(item):
            position = middle.dossier.position(item, actor)
            if field == "ideal" or getattr(position, field.partition(".")[0]) is not None:
                yield float(middle.values(f"positions.{item}.{actor}.{field}")[0])
    for steps in range(1, int(TOP / step) + 1):
        yield reversion + steps * step
        yield reversion - steps * step
