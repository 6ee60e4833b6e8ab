"""Talks read once for their text: the middle reading, and what each party disclosed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np

from comity.bargaining.drawn import middle
from comity.bargaining.limits import limits
from comity.bargaining.problem import Limit, Package, Problem
from comity.bargaining.text.guarantee import Guarantee, guarantee
from comity.bargaining.text.search import Budget, best_change
from comity.bargaining.text.told import Told, told
from comity.dossier.picked import place
from comity.dossier.talks import Cap, Talks


@dataclass(frozen=True)
class Change:
    """An issue on which the next draft differs."""

    issue: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """From one draft to the next.

    ``sure``: *gain*, if somebody's gain is at least so much under every utility in keeping with
    what was disclosed; *no loss*, if nobody can lose, and somebody gains under every such utility
    but border cases, by an amount that may be as small as you like. ``guarantees`` in the order of
    the parties; ``bound`` are those that no draft in reach lets gain in this sense; ``worst`` is
    the smallest guaranteed gain among the others, ``total`` the sum over all. ``may_break`` names
    limits that more likely do not stand, and that the next draft breaks if they do.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    changes: tuple[Change, ...]
    sure: Literal["gain", "no loss"]
    guarantees: tuple[Guarantee, ...]
    bound: tuple[str, ...]
    worst: float
    total: float
    may_break: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The talks, their middle reading, and the disclosures as the dossier has them."""

    talks: Talks
    name: str
    problem: Problem = field(init=False)
    parties: tuple[Told, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "problem", middle(self.talks, self.name))
        everybody = tuple(told(self.talks, party) for party in self.talks.parties)
        object.__setattr__(self, "parties", everybody)

    def package(self, draft: Mapping[str, str]) -> Package:
        """A draft in words as places of options."""
        issues = self.talks.issues.items()
        return tuple(place(issue, self.talks.parties, draft[name]) for name, issue in issues)

    def step(
        self, parties: tuple[Told, ...], draft: Package, changes: int, budget: Budget
    ) -> Step | None:
        """The next draft under some disclosures. Raises UnsupportedError beyond the budget."""
        sure_of: Literal["gain", "no loss"] = "gain"
        found = best_change(self.problem, parties, draft, changes, budget)
        if found is None and any(one.level != "exact" for one in parties):
            sure_of = "no loss"
            found = best_change(self.problem, parties, draft, changes, budget, self.exact)
        if found is None:
            return None
        sure = tuple(self.sure(one, draft, found.package) for one in parties)
        free = [g.gain for g, can in zip(sure, found.can_gain, strict=True) if can]
        return Step(
            before=self.problem.labelled(draft),
            after=self.problem.labelled(found.package),
            changes=self._changes(draft, found.package),
            sure=sure_of,
            guarantees=sure,
            bound=tuple(
                one.party for one, can in zip(parties, found.can_gain, strict=True) if not can
            ),
            worst=min(free),
            total=sum(g.gain for g in sure),
            may_break=self._broken(found.package, self._unlikely),
        )

    def sure(self, disclosed: Told, before: Package, after: Package) -> Guarantee:
        """What a party is sure to gain from one draft to another."""
        return guarantee(disclosed, self.problem.issues, before, after)

    def breaks(self, draft: Package) -> tuple[str, ...]:
        """Limits of the middle reading that a draft breaks."""
        return self._broken(draft, self.problem.limits)

    def _changes(self, before: Package, after: Package) -> tuple[Change, ...]:
        named = zip(self.problem.issues, self.problem.options, before, after, strict=True)
        return tuple(Change(k, options[a], options[b]) for k, options, a, b in named if a != b)

    def _broken(self, draft: Package, of: tuple[Limit, ...]) -> tuple[str, ...]:
        broken = replace(self.problem, limits=of).crossed([draft])[0]
        return tuple(limit.name for limit, yes in zip(of, broken, strict=True) if yes)

    @cached_property
    def exact(self) -> tuple[Told, ...]:
        """The middle reading, as if everybody had disclosed it."""
        return tuple(told(self.talks, party, "exact") for party in self.talks.parties)

    @cached_property
    def _unlikely(self) -> tuple[Limit, ...]:
        """Limits as they may yet stand: unlikely red lines, and caps at their lowest bound."""
        standing = {limit.name for limit in self.problem.limits}
        found = []
        for limit in limits(self.talks):
            link = self.talks.links.get(limit.name) if limit.kind == "link" else None
            if isinstance(link, Cap):
                low = max(link.at_most.bounds[0], -np.finfo(float).max)
                found.append(
                    replace(limit, at_most=tuple(replace(c, bound=low) for c in limit.at_most))
                )
            elif limit.name not in standing and not self._never_stands(limit):
                found.append(limit)
        return tuple(found)

    def _never_stands(self, limit: Limit) -> bool:
        assert limit.party is not None
        lines = self.talks.preferences[limit.party].red_lines.items()
        return any(f"{limit.party}: {k}" == limit.name and x.likelihood == 0 for k, x in lines)
