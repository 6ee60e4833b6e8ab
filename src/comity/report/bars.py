"""The small bar beside a share: how often, and how far mere assumptions could move it."""

from __future__ import annotations

from dataclasses import dataclass

from comity.ensemble.results import Interval
from comity.report.words import percent, rounded


@dataclass(frozen=True)
class Bar:
    """A share of draws with its range over what is assumed, ready for a page.

    Places run from 0 to 100, ``share`` and the pairs ``whole`` and ``middle`` alike.
    """

    words: str
    share: float
    whole: tuple[float, float] | None
    middle: tuple[float, float] | None
    range_words: str

    @property
    def label(self) -> str:
        """What the bar shows, for whoever cannot see it."""
        beside = f"; over what is assumed: {self.range_words}" if self.range_words else ""
        return f"Share of draws: {self.words}{beside}"


def bar(share: float | None, whole: Interval | None, middle: Interval | None) -> Bar | None:
    """The bar of a share; None where there is no share to show."""
    if share is None:
        return None
    return Bar(percent(share), _place(share), _places(whole), _places(middle), _words(whole))


def _words(whole: Interval | None) -> str:
    if whole is None:
        return ""
    low, high = (rounded(end) for end in whole)
    return low if low == high else f"{low} to {high}"


def _place(share: float) -> float:
    return round(100.0 * share, 1)


def _places(interval: Interval | None) -> tuple[float, float] | None:
    return None if interval is None else (_place(interval[0]), _place(interval[1]))
