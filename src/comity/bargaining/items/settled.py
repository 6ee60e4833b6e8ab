"""What the texts of items do not settle: competence (§16), and what must be adopted first (§18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.bargaining.items.results import BLOCKED
from comity.bargaining.problem import Bools
from comity.dossier import Batch, Dossier


@dataclass(frozen=True, eq=False)
class Settled:
    """In which draws nothing but its text stands in the way of an item; arrays (draws,).

    ``competent``: the body holds itself competent for the item. ``required``: all is adopted that
    the item requires and that no package can hold.
    """

    competent: Mapping[str, Bools]
    required: Mapping[str, Bools]

    def free(self, items: Iterable[str]) -> Bools:
        """Draws in which this holds for all of some items, at least one."""
        each = [self.competent[item] & self.required[item] for item in items]
        free: Bools = np.logical_and.reduce(each)
        return free

    def stopped(self, items: Sequence[str]) -> list[int]:
        """Places of the items that are free in fewer than half of the draws."""
        return [k for k, item in enumerate(items) if self.free([item]).mean() < BLOCKED]


Settle = Callable[[Batch, Sequence[str]], Settled]
"""Works out what is settled beside the texts of the items that packages may hold."""


def views_on_competence(dossier: Dossier) -> frozenset[str]:
    """Items that hold the views on the competence for others."""
    held = (entry.competence for entry in dossier.agenda.values())
    return frozenset(one.item for one in held if one is not None and one.item is not None)


def presumed_outside(dossier: Dossier, item: str) -> bool:
    """Whether an item is presumed to lie outside what the body may decide about."""
    competence = dossier.agenda[item].competence
    return competence is not None and competence.presumption == "outside"


def required_outside(dossier: Dossier, items: Iterable[str]) -> tuple[str, ...]:
    """What some items require that is none of them."""
    held = tuple(items)
    named = (other for item in held for other in dossier.agenda[item].requires)
    return tuple(dict.fromkeys(other for other in named if other not in held))
