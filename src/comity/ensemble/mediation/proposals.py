"""The menu in words: what each package means to every party, in the middle and in every draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.bargaining.conflicts import reservation_name
from comity.bargaining.drawn import Drawn
from comity.bargaining.menu import CLEAR, Tries, worst_track
from comity.bargaining.problem import SAME, Floats, Ints, Package, Problem
from comity.bargaining.solutions import Solutions
from comity.bargaining.text import TextPath
from comity.dossier.picked import place
from comity.dossier.talks import Talks
from comity.ensemble.mediation.candidates import Origins
from comity.ensemble.mediation.fair import fairness_view
from comity.ensemble.mediation.middle_reading import Middle
from comity.ensemble.mediation.results import FirstReason, PartyView, ProposalView, WorstTrack
from comity.ensemble.mediation.words import known, spread


@dataclass(frozen=True, eq=False)
class Desk:
    """What packages are looked at with: the middle reading, its solutions, and all draws."""

    talks: Talks
    problem: Problem
    middle: Middle
    drawn: Drawn

    @property
    def solved(self) -> Solutions:
        return self.middle.solved

    def view(
        self,
        package: Package,
        tests: Tries,
        place: int,
        number: int,
        origins: Sequence[str],
        first: Package,
    ) -> ProposalView:
        """One package; ``place`` is its column in ``tests``."""
        utilities = self.drawn.utilities([package])[:, 0]
        kept = utilities >= self.drawn.reservation - SAME
        regret, now = tests.regret[:, place], self.problem.utilities([package])[0]
        normalised = self.solved.normalised(now)
        crossed = self.problem.crossed([package])[0]
        allowed = not crossed.any()
        within = allowed and bool(np.all(now >= self.problem.reservation - SAME))
        return ProposalView(
            number=number,
            package=self.problem.labelled(package),
            origins=tuple(origins),
            parties=self._parties(package, utilities, kept.mean(axis=0)),
            smallest_normalised=_smallest(normalised[self.solved.remaining]),
            allowed=allowed,
            within=within,
            efficient=self._efficient(now, within) if allowed else None,
            share_within=float(tests.within[:, place].mean()),
            breaks=self._breaks(package, (~kept).mean(axis=0)),
            mean_regret=float(tests.mean_regret[place]),
            worst_regret=float(regret.max()),
            regret_over_draws=spread(regret[tests.open] if tests.open.any() else regret),
            worst_track=self._worst_track(package),
            fairness=fairness_view(self.problem, package, self.solved, kept.mean(axis=0)),
            differs=self._differs(package, first),
            better=self._better(package, now) if allowed else {},
        )

    def _parties(self, package: Package, utilities: Floats, kept: Floats) -> tuple[PartyView, ...]:
        now = self.problem.utilities([package])[0]
        gain, normalised = now - self.problem.reservation, self.solved.normalised(now)
        crossed = self.problem.crossed([package])[0]
        return tuple(
            PartyView(
                party=party,
                utility=float(now[i]),
                gain=float(gain[i]),
                normalised=known(normalised[i]),
                utility_over_draws=spread(utilities[:, i]),
                gain_over_draws=spread(utilities[:, i] - self.drawn.reservation[:, i]),
                keeps=float(kept[i]),
                red_lines=tuple(
                    limit.name
                    for limit, broken in zip(self.problem.limits, crossed, strict=True)
                    if broken and limit.party == party
                ),
            )
            for i, party in enumerate(self.problem.parties)
        )

    def _efficient(self, now: Floats, within: bool) -> bool | None:
        """No frontier point is at least as good for everybody and better for somebody.

        Where only points within the reservation values are known, they tell of such packages
        alone: what is better for everybody is within them too.
        """
        frontier = self.middle.frontier
        if frontier is None or frontier.epsilon or not (self.middle.whole or within):
            return None
        return not len(self._dominating(now))

    def _dominating(self, now: Floats) -> Ints:
        """Rows of the frontier's points that are better for somebody and worse for nobody."""
        frontier = self.middle.frontier
        if frontier is None:
            return np.zeros(0, dtype=np.int64)
        points = frontier.points
        better = (points >= now - SAME).all(axis=1) & (points > now + SAME).any(axis=1)
        return np.flatnonzero(better)

    def _better(self, package: Package, now: Floats) -> dict[str, str]:
        """Where a package that is better for somebody and worse for nobody differs.

        Of several the one whose smallest improvement is largest.
        """
        rows, frontier = self._dominating(now), self.middle.frontier
        if frontier is None or not len(rows):
            return {}
        improves = (frontier.points[rows] - now).min(axis=1)
        return self._differs(frontier.first(int(rows[np.argmax(improves)])), package)

    def _breaks(self, package: Package, refused: Floats) -> dict[str, float]:
        """Limits the package breaks in some draw, with the share of draws in which it does."""
        crossed = self.drawn.crossed([package])[:, 0].mean(axis=0)
        shares = {limit.name: crossed[i] for i, limit in enumerate(self.drawn.limits)}
        shares |= {reservation_name(p): refused[i] for i, p in enumerate(self.drawn.parties)}
        return {name: float(share) for name, share in shares.items() if share > 0.0}

    def _worst_track(self, package: Package) -> WorstTrack | None:
        tracks = tracks_of(self.talks)
        places = list(self.problem.issues)
        issues = [[places.index(issue) for issue in held] for held in tracks.values()]
        found = worst_track(self.problem, package, issues)
        if found is None:
            return None
        party = self.problem.parties[found.party]
        return WorstTrack(list(tracks)[found.track], party, found.share)

    def _differs(self, package: Package, first: Package) -> dict[str, str]:
        pairs = zip(self.problem.issues, self.problem.options, package, first, strict=True)
        return {issue: options[own] for issue, options, own, other in pairs if own != other}


def tracks_of(talks: Talks) -> dict[str, list[str]]:
    """Track to its issues; an issue without a track is one by itself."""
    found: dict[str, list[str]] = {}
    for name, issue in talks.issues.items():
        found.setdefault(name if issue.track is None else issue.track, []).append(name)
    return found


def _smallest(normalised: Floats) -> float | None:
    return float(normalised.min()) if len(normalised) and not np.isnan(normalised).any() else None


def why_first(tests: Tries, menu: Sequence[int], origins: Origins) -> FirstReason | None:
    """Why the first of the menu comes first; None if the menu is empty."""
    if not menu:
        return None
    regret, share = tests.mean_regret, tests.within.mean(axis=0)
    first = menu[0]
    second = menu[1] if len(menu) > 1 else None
    level = np.abs(regret - regret[first]) <= CLEAR
    alike = level & (np.abs(share - share[first]) <= CLEAR)
    below = share[level & (share < share[first] - CLEAR)]
    return FirstReason(
        candidates=len(origins),
        mean_regret=float(regret[first]),
        share_within=float(share[first]),
        next_mean_regret=None if second is None else float(regret[second]),
        next_share_within=None if second is None else float(share[second]),
        as_good=int(alike.sum()) - 1,
        decided_by="only one" if len(origins) == 1 else "limits" if len(below) else "regret",
        level_share_within=float(below.max()) if len(below) else None,
        **_against_menu(tests, menu),
    )


def _against_menu(tests: Tries, menu: Sequence[int]) -> dict[str, float]:
    """In what shares of draws the first of the menu does best, as well as another, worse.

    Only packages within all stated limits of a draw that has a ceiling are compared in it: the
    others need not be taken by anybody.
    """
    within = tests.within[:, list(menu)]
    regret = np.where(within & tests.open[:, None], tests.regret[:, list(menu)], np.inf)
    own, others = regret[:, 0], regret[:, 1:].min(axis=1, initial=np.inf)
    best, worse = own + CLEAR < others, others + CLEAR < own
    return {
        "best_in": float(best.mean()),
        "level_in": float((np.isfinite(own) & ~best & ~worse).mean()),
        "worse_in": float(worse.mean()),
        "none_in": float((~within.any(axis=1)).mean()),
    }


def tabled_packages(talks: Talks, problem: Problem, path: TextPath | None) -> dict[str, Package]:
    """Packages on the table: ``proposal NAME``, and of the text its ``draft`` and where it ends."""
    written: dict[str, Mapping[str, str]] = {}
    written |= {f"proposal {name}": one.package for name, one in talks.proposals.items()}
    if path is not None:
        written |= {"draft": path.draft, "text": path.text}
    return {name: package_of(talks, problem, package) for name, package in written.items()}


def package_of(talks: Talks, problem: Problem, written: Mapping[str, str]) -> Package:
    """A package as a dossier writes it, by the places of its options."""
    return tuple(place(talks.issues[k], talks.parties, written[k]) for k in problem.issues)
