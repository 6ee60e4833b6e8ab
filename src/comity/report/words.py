"""Shares, points, names and texts in plain words. Rounding happens here, and only for display."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from comity.dossier import Dossier, Item
from comity.dossier.response import Response
from comity.ensemble.results import Forecast, Interval, ItemForecast, Text
from comity.rules import adopts, excused_objections, put_to_table
from comity.rules.compiled import needed_present

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

CLOSE = 5.0
"""Points within which a text is close to a landmark."""


def percent(share: float) -> str:
    """``12 %``; ``under 1 %`` and ``over 99 %`` near the ends; ``none`` and ``all`` at them."""
    if share <= 0.0:
        return "none"
    if share >= 1.0:
        return "all"
    return rounded(share)


def rounded(share: float) -> str:
    """Whole per cent, never 0 or 100 (conventions §24); for shares that were only sampled."""
    if share < 0.01:
        return "under 1 %"
    if share > 0.99:
        return "over 99 %"
    return f"{share * 100:.0f} %"


def percents(share: float | None) -> str:
    """A share for a table cell; a dash where there is none to give."""
    return "–" if share is None else percent(share)


def of_draws(share: float, draws: int) -> str:
    """``12 % of draws``; ``none of the 10,000 draws`` and ``all 10,000 draws`` at the ends."""
    if 0.0 < share < 1.0:
        return f"{rounded(share)} of draws"
    if draws == 1:
        return "the only draw made" if share >= 1.0 else "no draw (only one was made)"
    return f"all {draws:,} draws" if share >= 1.0 else f"none of the {draws:,} draws"


def in_draws(share: float, draws: int) -> str:
    """``in 12 % of draws``, and so on as :func:`of_draws`."""
    return f"in {of_draws(share, draws)}"


def span(interval: Interval) -> str:
    """``from 3 % to 60 %``, or ``3 % throughout``, of shares found on a sample of settings."""
    low, high = (rounded(end) for end in interval)
    return f"{low} throughout" if low == high else f"from {low} to {high}"


def points(distance: float) -> str:
    """``15 points``; ``1 point``; ``less than 1 point``."""
    whole = round(distance)
    if whole == 0:
        return "less than 1 point"
    return "1 point" if whole == 1 else f"{whole} points"


def number(value: float) -> str:
    """A point of a scale as a whole number."""
    return f"{abs(round(value)) if round(value) == 0 else round(value)}"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    found = list(parts)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 item``, ``2 items``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def counted(number: int) -> str:
    """Small numbers as words."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def title_of(identifier: str) -> str:
    """An id as a heading: ``peace-talks`` becomes ``Peace talks``."""
    return capital(identifier.replace("_", " ").replace("-", " ").strip()) or identifier


def actor_name(dossier: Dossier, actor: str) -> str:
    """What the actor is called, its id if it has no name."""
    entry = dossier.actors.get(actor)
    return actor if entry is None or not entry.name.strip() else entry.name.strip()


_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def printable(text: str) -> str:
    """The text without characters that no page or drawing may hold; each leaves a mark.

    Signs that turn the direction of writing are among them: they could turn numbers around.
    """
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


_TOGETHER = re.compile(r"(?<=\d) (?=%)|(?<=\b[ωρ]) (?=[=])|(?<=\b[ωρ] =) (?=\d)")
"""Spaces at which no line may break: before a per cent sign, and in ω = 0."""


def unbroken(text: str) -> str:
    """The text with what belongs together kept on one line."""
    return _TOGETHER.sub("\N{NO-BREAK SPACE}", text)


def quoted(text: str) -> str:
    return f"“{text.strip()}”"


@dataclass(frozen=True)
class Subject:
    """One item of a forecast with what it takes to speak of it."""

    forecast: Forecast
    id: str

    @property
    def entry(self) -> ItemForecast:
        return self.forecast.items[self.id]

    @property
    def item(self) -> Item:
        return self.forecast.dossier.agenda[self.id]

    @property
    def draws(self) -> int:
        return self.forecast.draws

    @property
    def title(self) -> str:
        return title_of(self.id)

    def name(self, actor: str) -> str:
        return actor_name(self.forecast.dossier, actor)

    def names(self, actors: Iterable[str]) -> str:
        return listed(self.name(actor) for actor in actors)

    def of(self, share: float) -> str:
        return of_draws(share, self.draws)

    def within(self, share: float) -> str:
        """``in 12 % of draws``."""
        return in_draws(share, self.draws)

    def also(self, share: float) -> str:
        """``in 12 %``, after a share of draws in the same sentence."""
        return f"in {percent(share)}"

    @property
    def asked(self) -> tuple[str, ...]:
        """What is asked of the item beside its text."""
        first = bool(self.entry.requires)
        in_question = self.item.competence is not None
        return ("competence",) * in_question + ("what must come first",) * first

    @property
    def on_the_text(self) -> str:
        """How to begin a sentence that sets all but the text aside."""
        return "on the text alone, " if self.asked else ""

    @property
    def everybody(self) -> str:
        """Whom a text must satisfy: all members, or all but those whose objections do not block."""
        excused = excused_objections(self.forecast.dossier.procedure(self.id))
        return f"all members but {counted(excused)}" if excused else "all members"

    @property
    def missing(self) -> tuple[str, ...]:
        """Members declared absent, if they leave the body without its quorum."""
        dossier = self.forecast.dossier
        seats = dossier.members(self.id)
        away = [who for who in seats if dossier.position(self.id, who).presence == "absent"]
        needed = needed_present(dossier.procedure(self.id), len(seats))
        return tuple(away) if len(seats) - len(away) < needed else ()

    @property
    def hopeless(self) -> bool:
        """Whether not even the support of every member satisfies the procedure."""
        at = put_to_table(self.forecast.dossier, self.id)
        return not adopts(at, np.full(len(at.members), Response.SUPPORT))

    @property
    def counts_votes(self) -> bool:
        """Whether the procedure counts who is in favour, and not objections alone."""
        return excused_objections(self.forecast.dossier.procedure(self.id)) is None

    @property
    def two_sided(self) -> bool:
        """Whether texts lie on both sides of what holds if nothing is decided."""
        return isinstance(self.entry.reversion, float) and 0.0 < self.entry.reversion < 100.0

    def side(self, side: str) -> str:
        """`` above 50`` where texts lie on both sides of what holds now; else nothing."""
        if not self.two_sided or side not in ("above", "below"):
            return ""
        assert isinstance(self.entry.reversion, float)
        return f" {side} {number(self.entry.reversion)}"

    def text(self, text: Text) -> str:
        """A text in words: its point with the nearest landmarks, or the option."""
        if isinstance(text, str):
            return quoted(text)
        return f"{number(text)} {self._landmarks(text)}".strip()

    def option(self, option: str) -> str:
        """An option with what it says, if that is more than its name."""
        says = self.item.options.get(option, "") if self.item.options else ""
        return quoted(option) if says in ("", option) else f"{quoted(option)} ({says.rstrip('.')})"

    def _landmarks(self, text: float) -> str:
        """The landmark at a text or close to it, else those on both sides of it."""
        scale = {point: says for point, says in (self.item.scale or _NONE).items() if says.strip()}
        if not scale:
            return ""
        nearest = min(scale, key=lambda mark: (abs(mark - text), mark))
        if round(nearest) == round(text):
            return f"({quoted(scale[nearest])})"
        if abs(nearest - text) <= CLOSE:
            return f"(close to {quoted(scale[nearest])}, {number(nearest)})"
        return _between(scale, text)


_NONE: Mapping[float, str] = {}


def _between(scale: Mapping[float, str], text: float) -> str:
    below = sorted(mark for mark in scale if mark < text)
    above = sorted(mark for mark in scale if mark > text)
    ends = [f"{quoted(scale[mark])}, {number(mark)}" for mark in (*below[-1:], *above[:1])]
    if len(ends) == 2:
        return f"(between {ends[0]}, and {ends[1]})"
    return f"({'beyond' if below else 'short of'} {ends[0]})"
