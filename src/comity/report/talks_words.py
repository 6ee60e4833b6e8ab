"""Parties, issues, options, limits and gains of talks in plain words.

Rounding happens here, and only for display: whole per cent, whole points. Utilities on a scale
other than 0 to 100 get so many decimals that a hundredth of the scale can be seen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from comity.bargaining.problem import SAME
from comity.dossier import Basis
from comity.dossier.talks import Issue, Light, Talks
from comity.ensemble.mediation.results import Mediation, Percentiles, ProposalView, Stated, Terms
from comity.report.words import (
    actor_name,
    capital,
    counted,
    in_draws,
    listed,
    percent,
    quoted,
    title_of,
)

SOLUTIONS = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
    "proportional": "proportional",
}
"""The solutions in the order in which they are shown, by their names in the field."""

RULES = {
    "nash": "the largest product of gains",
    "kalai_smorodinsky": "the worst-off party's share of what it could gain made largest",
    "egalitarian": "the smallest gain in points made largest",
    "utilitarian": "the largest sum of gains in points",
    "proportional": "the smallest gain in points for what a party may claim made largest",
}
"""What each solution makes largest, in words."""

LIMITS = "no red line or link of the dossier crossed, nobody worse off than without agreement"
"""What "within all limits" means."""

BASES = {Basis.STATED: "stated", Basis.INFERRED: "inferred", Basis.ASSUMED: "assumed"}
"""What a judgement rests on, in words."""

_RANGE = re.compile(r"\s*(\S+)\s*\.\.\s*(\S+)\s*")
_PART = re.compile(r"\s*(\S+)\s+(\S+?)(?:\s*\.\.\s*(\S+))?\s*")
_FINE = 0.01
_NOTHING = 1e-6
_SEEN = 0.03
"""The part of a scale that a reader should be able to see in one more unit of its last digit."""


@dataclass(frozen=True)
class AboutTalks:
    """A mediation with what it takes to speak of it."""

    mediation: Mediation

    @property
    def talks(self) -> Talks:
        return self.mediation.negotiated

    @property
    def draws(self) -> int:
        return self.mediation.draws

    @property
    def title(self) -> str:
        """What the talks are called."""
        return self.talks.title.strip() or title_of(self.mediation.talks)

    # --- who

    def name(self, actor: str) -> str:
        """What an actor is called."""
        return actor_name(self.mediation.dossier, actor)

    def names(self, actors: Iterable[str]) -> str:
        return listed(self.name(actor) for actor in actors)

    @property
    def everybody(self) -> str:
        """``both parties``, ``all three parties``."""
        count = len(self.mediation.parties)
        return "both parties" if count == 2 else f"all {counted(count)} parties"

    def numbered(self, values: Iterable[str]) -> str:
        """One text a party, each with the party's name: ``Alba 12, Bren 9``."""
        pairs = zip(self.mediation.parties, values, strict=True)
        return listed(f"{self.name(party)} {value}" for party, value in pairs)

    # --- what

    def issue(self, issue: str) -> str:
        """What an issue is called."""
        return self.talks.issues[issue].title.strip() or title_of(issue)

    def issues(self, issues: Iterable[str]) -> str:
        return listed(quoted(self.issue(issue)) for issue in issues)

    def track(self, track: str) -> str:
        """What a track is called; an issue without a track counts as one."""
        if track in self.talks.tracks:
            return self.talks.tracks[track].title.strip() or title_of(track)
        return self.issue(track) if track in self.talks.issues else title_of(track)

    def option(self, issue: str, option: str) -> str:
        """What an option says, without quotation marks."""
        entry = self.talks.issues[issue]
        if entry.options is not None:
            return _sentence_end(entry.options.get(option, "")) or title_of(option)
        if entry.grid is not None:
            return f"{option} {entry.grid.unit}".strip()
        return self._division(entry, option)

    def _division(self, entry: Issue, option: str) -> str:
        assert entry.divisible is not None
        unit = entry.divisible.unit
        shares = [f"{amount} {unit}".strip() for amount in option.split("/")]
        return self.numbered(shares) if len(shares) == len(self.mediation.parties) else option

    def package(self, terms: Terms) -> list[tuple[str, str]]:
        """A package as pairs of an issue and what is agreed on it."""
        return [(self.issue(issue), self.option(issue, option)) for issue, option in terms.items()]

    def sentence_of(self, terms: Terms) -> str:
        """A package, or a part of one, in one line."""
        return "; ".join(f"{issue}: {says}" for issue, says in self.package(terms))

    def combination(self, picked: Mapping[str, Sequence[str]]) -> str:
        """A combination of options: ``“A” on X together with “B” on Y``."""
        parts = [
            f"{listed((quoted(self._picked(issue, word)) for word in words), 'or')} "
            f"on {quoted(self.issue(issue))}"
            for issue, words in picked.items()
        ]
        return " together with ".join(parts)

    def _picked(self, issue: str, word: str) -> str:
        """One option, a range of a grid, or a range of one party's part."""
        entry = self.talks.issues[issue]
        if entry.options is not None:
            return self.option(issue, word)
        unit = (entry.grid or entry.divisible).unit  # type: ignore[union-attr]
        if entry.grid is not None and (ends := _RANGE.fullmatch(word)):
            return f"{ends[1]} to {ends[2]} {unit}".strip()
        part = _PART.fullmatch(word)
        if entry.divisible is not None and part and part[1] in self.mediation.parties:
            much = part[2] if part[3] is None else f"{part[2]} to {part[3]}"
            return f"{much} {unit}".strip() + f" for {self.name(part[1])}"
        return self.option(issue, word)

    # --- limits

    @cached_property
    def _limits(self) -> dict[str, Stated]:
        return {limit.name: limit for limit in self.mediation.limits}

    def limit(self, limit: Stated | str) -> str:
        """A limit as a noun: whose it is and what it rules out."""
        known = self._limits.get(limit) if isinstance(limit, str) else limit
        if known is None:
            return self._by_name(str(limit))
        if known.kind == "link":
            return f"the link {quoted(title_of(known.name))}"
        assert known.party is not None
        if known.kind == "reservation value":
            return f"what no agreement is worth to {self.name(known.party)}"
        return f"{self._whose(known.party)} against {self.ruled_out(known)}"

    def is_line(self, name: str) -> bool:
        """Whether a name is that of a red line or a link, and not of a reservation value."""
        return name in self._limits

    def whose_word(self, limit: Stated | str) -> str:
        """Whose word a limit is, ``stated by it``, and how often it is in force."""
        known = self._limits.get(limit) if isinstance(limit, str) else limit
        if known is None:
            return ""
        by = "by it" if known.basis == Basis.STATED else "by the analyst"
        if known.basis == Basis.STATED and known.party is None:
            by = "by the parties"
        told = f"{BASES[known.basis]} {by}"
        if self.one_reading or known.holds >= 1.0:
            return told
        return f"{told}; in force {self.within(known.holds)}"

    def limit_and_word(self, limit: Stated | str) -> str:
        """A limit as a noun with whose word it is: ``the red line of Alba … (stated by it)``."""
        word = self.whose_word(limit)
        return f"{self.limit(limit)} ({word})" if word else self.limit(limit)

    def _by_name(self, name: str) -> str:
        """A limit that is not among those listed: a party's reservation value, by its name."""
        for party in self.mediation.parties:
            if name.startswith(f"{party}:"):
                return f"what no agreement is worth to {self.name(party)}"
        return quoted(name)

    def _whose(self, party: str) -> str:
        return f"the red line of {self.name(party)}"

    def ruled_out(self, limit: Stated) -> str:
        """What a red line rules out."""
        assert limit.party is not None
        preferences = self.talks.preferences[limit.party]
        name = limit.name.removeprefix(f"{limit.party}: ")
        if name in preferences.red_lines:
            return self.combination(preferences.red_lines[name].never)
        issue = name.removeprefix("no on ")
        lights = preferences.issues[issue].lights
        assert lights is not None
        return self.combination({issue: [o for o, light in lights.items() if light == Light.NO]})

    # --- how much

    @cached_property
    def decimals(self) -> int:
        """Decimals at which a hundredth of the scale of utilities shows; none on 0 to 100."""
        worth = self.mediation.problem.worth
        scale = float(sum(abs(each).max(axis=0) for each in worth).max())
        return max(0, math.ceil(-math.log10(scale * _SEEN))) if 0.0 < scale < math.inf else 0

    def amount(self, value: float) -> str:
        """A utility or a gain: a whole number of points on the scale from 0 to 100."""
        shown = f"{value:,.{self.decimals}f}"
        return shown.removeprefix("-") if not any(c in "123456789" for c in shown) else shown

    def spread(self, over: Percentiles) -> str:
        """``12 to 34``: what nine tenths of the draws lie between."""
        low, high = self.amount(over.p5), self.amount(over.p95)
        return low if low == high else f"{low} to {high}"

    def points(self, value: float) -> str:
        """``12 points``."""
        shown = self.amount(value)
        return f"{shown} point{'' if shown == '1' else 's'}"

    def within(self, share: float) -> str:
        """``in 12 % of draws``."""
        return in_draws(share, self.draws)

    @property
    def one_reading(self) -> bool:
        """Whether nothing is uncertain, so that every draw is the same."""
        drawn = self.mediation.drawn
        return bool(
            all((worth == worth[:1]).all() for worth in drawn.worth)
            and (drawn.reservation == drawn.reservation[:1]).all()
            and (drawn.holds == drawn.holds[:1]).all()
            and all((together.worth == together.worth[:1]).all() for together in drawn.together)
            and all((bound == bound[:1]).all() for bound in drawn.bounds.values())
        )

    # --- proposals

    def proposal(self, number: int | None) -> str:
        """What a package of the menu is called."""
        return "a package" if number is None else f"proposal {number}"

    @property
    def first(self) -> ProposalView | None:
        """The package to put forward first."""
        return self.mediation.proposals[0] if self.mediation.proposals else None


def hundredths(share: float | None) -> str:
    """A share of what could be gained: whole per cent, a dash where there is none to give."""
    if share is None:
        return "–"
    if abs(share) <= SAME:
        return "0 %"
    if share < 0.0:
        return "less than nothing"
    if share < _FINE:
        return "under 1 %"
    return "over 99 %" if 1.0 - _FINE < share < 1.0 - SAME else f"{share * 100:.0f} %"


def points_of_hundred(share: float) -> str:
    """A difference of shares in points of a hundred: ``4 points``, ``under 1 point``."""
    whole = round(share * 100)
    if whole == 0:
        return "no points" if abs(share) < _NOTHING else "under 1 point"
    return "1 point" if whole == 1 else f"{whole} points"


def times(factor: float | None) -> str:
    """``about 3 times as much``: two digits at most; a factor that is nearly one is said to be."""
    if factor is None:
        return "at no cost"
    if factor >= 1000.0:
        return "far more"
    if 0.95 <= factor < 1.05:
        return "about as much"
    if factor < 0.05:
        return "far less"
    shown = f"{factor:.1f}".removesuffix(".0") if factor < 3.0 else f"{float(f'{factor:.2g}'):,.0f}"
    return f"about {shown} times as much"


def share_words(share: float) -> str:
    """A share of draws for a table cell."""
    return percent(share)


def sentence(text: str) -> str:
    """The text as a sentence: a capital first, a full stop last."""
    begun = capital(text.strip())
    return begun if begun.endswith((".", "!", "?", ".”", "?”")) else f"{begun}."


def _sentence_end(text: str) -> str:
    """The text without its full stop, on one line."""
    return " ".join(text.split()).rstrip(".")
