"""Numbers of models in words: with decimals where they need some, and texts that are not known."""

from __future__ import annotations

from dataclasses import dataclass

from comity.dossier import Dossier
from comity.dossier.quantity import Quantity, Uniform
from comity.report.readings import quantity
from comity.report.words import number, points, quoted

NARROW = 25.0
"""Points within which all that members may want lies, for answers to be told with a decimal."""

CLOSE = 10.0
"""The same for two decimals, where nothing of it is uncertain; and the most that an answer may
range over to be told with any."""

WHOLE = Uniform(0.0, 100.0)
"""Said of a text of which nothing is known."""


EXACT = 1e-6
"""Numbers that differ by no more are one."""


def spread(low: float | None, high: float | None) -> bool:
    """Whether an answer differs from draw to draw."""
    return low is not None and high is not None and high - low > EXACT


@dataclass(frozen=True)
class Unit:
    """How many decimals the points of an item are told with."""

    decimals: int = 0

    def over(self, low: float | None, high: float | None) -> Unit:
        """That of an answer: whole points where its own range is wide."""
        wide = low is None or high is None or high - low >= CLOSE
        return Unit() if wide else self

    @property
    def least(self) -> float:
        """From which difference on two numbers are told apart."""
        return 10.0**-self.decimals

    def number(self, value: float) -> str:
        """``7``, or ``7.39``."""
        if not self.decimals:
            return number(value)
        told = f"{value:.{self.decimals}f}"
        return told.removeprefix("-") if float(told) == 0.0 else told

    def points(self, distance: float) -> str:
        """``15 points``, or ``0.39 points``."""
        return f"{self.number(distance)} points" if self.decimals else points(distance)


def unit_of(dossier: Dossier, item: str) -> Unit:
    """Decimals where all that members may want lies close together; none elsewhere."""
    if not dossier.agenda[item].is_scale:
        return Unit()
    wishes = [dossier.position(item, who).ideal or WHOLE for who in dossier.members(item)]
    ends = [wish.bounds for wish in wishes if isinstance(wish, Quantity)]
    apart = max(high for _, high in ends) - min(low for low, _ in ends)
    if apart <= 0.0 or apart >= NARROW:
        return Unit()
    return Unit(2 if apart < CLOSE and all(low == high for low, high in ends) else 1)


def unknown(dossier: Dossier, item: str) -> bool:
    """Whether nothing is known of what holds if nothing is decided."""
    return dossier.agenda[item].reversion == WHOLE


def text_told(dossier: Dossier, item: str, field: str) -> str:
    """An item's reversion or tabled draft: ``50``, ``anywhere from 20 to 80``, ``“option”``."""
    draft = getattr(dossier.agenda[item], field)
    assumed = ["assumed"] if field in dossier.agenda[item].assumed else []
    doubts = [*assumed, *(["not known"] if draft == WHOLE else [])]
    mark = f" ({': '.join(doubts)})" if doubts else ""
    if not isinstance(draft, Quantity):
        return f"{quoted(str(draft))}{mark}"
    told = quantity(draft)
    return f"{f'anywhere from {told}' if isinstance(draft, Uniform) else told}{mark}"
