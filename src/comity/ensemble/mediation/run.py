"""``mediate()``: talks put to every question a mediator asks, on the same draws."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from comity.bargaining.by_draw import ByDraw, by_draw
from comity.bargaining.conflicts import conflict
from comity.bargaining.drawn import Drawn, drawn, middle, reversion_of
from comity.bargaining.menu import (
    MOST_PROPOSALS,
    Tries,
    by_regret,
    differences,
    menu,
    portion,
    tried,
)
from comity.bargaining.problem import SAME, Floats, Package, Problem
from comity.bargaining.relaxations import lifting, opened
from comity.bargaining.text import TextPath, negotiating_text
from comity.dossier import Dossier, Keyed, check, refuse_hindsight
from comity.dossier.talks import Claim, Talks
from comity.dossier.talks_named import talks_named
from comity.ensemble.chunks import run_all
from comity.ensemble.mediation import ceilings, obstacles
from comity.ensemble.mediation import middle_reading as reading
from comity.ensemble.mediation.asking import Noted, inputs_drawn, question
from comity.ensemble.mediation.candidates import Origins, candidates
from comity.ensemble.mediation.divided import division
from comity.ensemble.mediation.fair import fairness_view
from comity.ensemble.mediation.hanging import hanging, kinds
from comity.ensemble.mediation.middle_reading import Middle
from comity.ensemble.mediation.proposals import Desk, tabled_packages, why_first
from comity.ensemble.mediation.results import (
    Conflicts,
    FairnessView,
    FrontierView,
    Mediation,
    ProposalView,
    Relaxation,
    Tabled,
)
from comity.ensemble.mediation.stated import reservations, stated
from comity.ensemble.mediation.traded import trades_view
from comity.ensemble.mediation.words import numbers
from comity.ensemble.progress import Meter, Tell
from comity.errors import UnsupportedError

if TYPE_CHECKING:
    from comity.bargaining.frontier import Frontier
    from comity.bargaining.solutions import Solutions

R = TypeVar("R")

DRAWS = 1_000
MOST_DRAWS = 100_000
MOST_WORKERS = 2

CHUNK = 50
"""Draws in a chunk: constant, so that the same bytes come out for any number of workers."""

MIDDLE, FRONTIERS, LIFTED, OPENED, LOOKED_AT, TRIED_OUT = 0.1, 0.4, 0.2, 0.1, 0.1, 0.1
"""Shares of the time that the middle reading, the frontiers of all draws, the limits and the menu
take, roughly."""

SHORT_CHUNK = 2
"""Draws in a chunk where each needs integer programmes."""

STEPS = 1_500_000
"""Steps of the simplex method for all draws together: some minutes."""

FEWEST_DRAWS = 10
"""Draws that are made however long each takes."""


def mediate(
    dossier: Dossier,
    talks: str | None = None,
    *,
    claim: Fraction | float | None = None,
    seed: int = 1,
    draws: int = DRAWS,
    epsilon: float = 0.0,
    most: int = MOST_PROPOSALS,
    workers: int | None = None,
    progress: Tell | None = None,
) -> Mediation:
    """What the parties of some talks can agree, what stands in the way, what to put forward.

    The result depends on the dossier, the seed and the number of draws, never on ``workers``.
    ``claim``: a share of its own best that every party is said to get, tested beside the claims
    of the dossier. ``epsilon`` > 0 asks for a certified approximation of the frontier, in points
    of utility (conventions §44). ``most``: how many proposals there are at most. ``progress`` is
    told the share of the work done.

    Raises DossierError if the dossier has no such talks or knows anything later than its
    ``as_of``, UnsupportedError if a number is out of range or the talks are beyond reach.
    """
    _refuse("draws", draws, 1, MOST_DRAWS)
    _refuse("proposals", most, 1, 20)
    if not 0.0 <= epsilon < np.inf:
        raise UnsupportedError(
            "an approximation is so many points of utility, 0 or more", found=epsilon
        )
    name = talks_named(dossier, talks)
    refuse_hindsight(dossier)
    return _Run(
        dossier, name, claim, seed, draws, epsilon, most, workers, Meter(progress)
    ).mediation()


def _refuse(what: str, asked: int, low: int, high: int) -> None:
    if not low <= asked <= high:
        raise UnsupportedError(
            f"the number of {what} is out of range",
            found=asked,
            mend=f"ask for {low} to {high:,} {what}",
        )


@dataclass(frozen=True)
class _Run:
    """Talks with how they are to be drawn."""

    dossier: Dossier
    name: str
    claim: Fraction | float | None
    seed: int
    draws: int
    epsilon: float
    most: int
    workers: int | None
    meter: Meter = field(default_factory=Meter)

    def mediation(self) -> Mediation:
        problem, talks, table = self.problem, self.talks, self.table
        frontier = self._frontier()
        result = Mediation(
            title=self.dossier.title,
            as_of=self.dossier.as_of,
            handling=self.dossier.handling,
            note=self.dossier.note,
            seed=self.seed,
            draws=self.made,
            talks=self.name,
            talks_title=talks.title,
            parties=talks.parties,
            mediator=talks.mediator,
            issues=tuple(talks.issues),
            outcomes=problem.outcomes,
            reservation=numbers(problem.reservation),
            reservation_stated=tuple(
                talks.preferences[party].reservation is not None for party in talks.parties
            ),
            best=None if np.isnan(self.solved.best).any() else numbers(self.solved.best),
            left_out=self.solved.left_out,
            frontier=frontier,
            solutions=reading.solution_views(problem, self.solved, self.drawn, self.mean_regret),
            joint_ceiling=ceilings.ceiling_view(problem, self.solved, self.by_draw),
            claims=ceilings.claim_views(
                problem, self.claims, self.by_draw, self._hangs_on, alone=self.alone
            ),
            limits=tuple(stated(talks, self.drawn).values()),
            conflicts=self._conflicts(),
            relaxations=self._relaxations(),
            trades=trades_view(problem, self.drawn, table.get("draft"), reversion_of(talks)),
            proposals=self.proposals,
            first=why_first(self.tests, self.menu, self.origins),
            tabled=self._tabled(),
            fairness=self._fairness(),
            question=question(
                talks, self.name, self.drawn, self.noted, self.tests, self.menu, self.seed
            ),
            text=self.text,
            division=division(talks, problem),
            findings=check(self.dossier),
            dossier=self.dossier,
            problem=problem,
            drawn=self.drawn,
            whole_frontier=self.frontier,
        )
        self.meter.finish()
        return result

    @cached_property
    def talks(self) -> Talks:
        return self.dossier.talks[self.name]

    @cached_property
    def claims(self) -> dict[str, Claim]:
        return ceilings.claims_of(self.talks.claims, self.claim)

    # --- the middle reading

    @cached_property
    def problem(self) -> Problem:
        return middle(self.talks, self.name)

    @cached_property
    def middle(self) -> Middle:
        """Frontier and solutions of the middle reading, as far as they are within reach."""
        return reading.middle_of(
            self.problem, self.talks.proportions, self.epsilon, self.meter.within(MIDDLE)
        )

    @property
    def frontier(self) -> Frontier | None:
        return self.middle.frontier

    @property
    def solved(self) -> Solutions:
        return self.middle.solved

    @property
    def alone(self) -> bool:
        """Whether draws are settled without their frontiers."""
        return self.middle.alone

    @cached_property
    def hands(self) -> int:
        """Workers: one unless asked, or programmes that let go of the interpreter do the work.

        Small frontiers spend their time between kernels, where threads only wait for each other.
        """
        few = min(MOST_WORKERS, os.cpu_count() or 1) if self.alone else 1
        return self.workers or few

    @cached_property
    def text(self) -> TextPath | None:
        """The single negotiating text and its path (§51); None without a draft."""
        return negotiating_text(self.talks, self.name)

    @cached_property
    def table(self) -> dict[str, Package]:
        """What somebody has written down: proposals, the draft of the text, where it leads."""
        return tabled_packages(self.talks, self.problem, self.text)

    # --- all draws

    @cached_property
    def noted(self) -> Noted:
        return Noted(Keyed(self.seed, 0, self.affordable))

    @property
    def affordable(self) -> int:
        """As many draws as asked for; fewer where each needs long integer programmes.

        By steps of the simplex method, not by the clock: the same on every machine.
        """
        if not self.alone or not self.middle.steps:
            return self.draws
        return min(self.draws, max(FEWEST_DRAWS, STEPS // self.middle.steps))

    @property
    def made(self) -> int:
        """How many draws the answer speaks of."""
        return self.affordable if self.noted.columns else self.draws

    def _frontier(self) -> FrontierView:
        found = reading.frontier_view(self.middle)
        self.drawn  # noqa: B018, what is uncertain is known once it is drawn
        if self.made == self.draws:
            return found
        fewer = (
            f"; of {self.draws:,} draws asked for, {self.made:,} are made, since each of them "
            "needs integer programmes that take long"
        )
        return replace(found, how=found.how + fewer)

    @cached_property
    def drawn(self) -> Drawn:
        """All draws; a single one if nothing is uncertain, for all would be alike."""
        found = drawn(self.talks, self.name, self.noted)
        return found if self.noted.columns else portion(found, 0, 1)

    def _each(self, work: Callable[[Drawn, slice], R], share: float) -> list[R]:
        """Do the work on every chunk of draws, results in order."""
        size = SHORT_CHUNK if self.alone else CHUNK
        parts = [slice(at, at + size) for at in range(0, self.drawn.size, size)]

        def one(part: slice) -> R:
            return work(portion(self.drawn, part.start, part.stop), part)

        done = self.meter.stage(share, len(parts))
        return run_all(one, parts, self.hands, done)

    @cached_property
    def by_draw(self) -> ByDraw:
        said, alone = ceilings.said(self.claims), self.alone
        return ByDraw.joined(
            self._each(lambda part, _: by_draw(part, said, alone=alone), FRONTIERS)
        )

    # --- what to put forward

    @cached_property
    def origins(self) -> Origins:
        count = self.drawn.size
        return candidates(self.frontier, self.solved, self.by_draw, self.table, count)

    @cached_property
    def tests(self) -> Tries:
        packages = list(self.origins)
        own = self.by_draw
        return Tries.joined(
            self._each(lambda part, where: tried(part, own.portion(where), packages), TRIED_OUT)
        )

    @property
    def mean_regret(self) -> dict[Package, float]:
        """Mean regret of every candidate (§49)."""
        return dict(zip(self.origins, map(float, self.tests.mean_regret), strict=True))

    @cached_property
    def menu(self) -> tuple[int, ...]:
        packages = list(self.origins)
        if not packages:
            return ()

        def apart(one: int) -> Floats:
            return differences(self.problem, packages, packages[one])

        return by_regret(self.tests, menu(self.tests, apart, self.most))

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.talks, self.problem, self.middle, self.drawn)

    @cached_property
    def proposals(self) -> tuple[ProposalView, ...]:
        return tuple(self._view(place, number) for number, place in enumerate(self.menu, 1))

    def _view(self, place: int, number: int) -> ProposalView:
        packages = list(self.origins)
        first = packages[self.menu[0]] if self.menu else packages[place]
        origins = self.origins[packages[place]]
        return self.desk.view(packages[place], self.tests, place, number, origins, first)

    def _tabled(self) -> dict[str, Tabled]:
        """What somebody has put forward, whether or not it is on the menu."""
        packages = list(self.origins)
        made = {}
        for name, proposal in self.talks.proposals.items():
            place = packages.index(self.table[f"proposal {name}"])
            number = self.menu.index(place) + 1 if place in self.menu else 0
            view = self._view(place, number)
            made[name] = Tabled(proposal.by, proposal.note, proposal.from_, view)
        return made

    def _fairness(self) -> dict[str, FairnessView]:
        """Fairness of each solution's first package."""
        packages = {name: found.package for name, found in self.solved.named.items()}
        return {
            name: fairness_view(self.problem, package, self.solved, self._keeps(package))
            for name, package in packages.items()
            if package is not None
        }

    def _keeps(self, package: Package) -> Floats:
        """In what share of draws each party keeps a package: (parties,)."""
        utilities = self.drawn.utilities([package])[:, 0]
        shares: Floats = (utilities >= self.drawn.reservation - SAME).mean(axis=0)
        return shares

    # --- what stands in the way

    @property
    def few(self) -> int:
        """Draws in which everything is asked of every limit."""
        large = self.frontier is None or len(self.frontier.points) > obstacles.LARGE
        return obstacles.TRIED_LARGE if large or self.alone else obstacles.TRIED

    @cached_property
    def closed(self) -> list[int]:
        """Draws in which nothing is possible."""
        return [int(draw) for draw in np.flatnonzero(~self.by_draw.agreeable)]

    def _hangs_on(self, bounds: Floats) -> ceilings.Hangs:
        columns = inputs_drawn(self.talks, self.name, self.drawn, self.noted)
        return hanging(self.talks, self.name, columns, bounds), kinds(columns, bounds)

    def _conflicts(self) -> Conflicts:
        looked_at = self.closed[: self.few]
        in_draws = run_all(
            lambda draw: conflict(self.drawn.problem(draw), alone=self.alone),
            looked_at,
            self.hands,
            self.meter.stage(LOOKED_AT, len(looked_at)),
        )
        found = conflict(self.problem, alone=self.alone)
        return obstacles.conflicts_view(found, in_draws, len(self.closed) / self.drawn.size)

    def _relaxations(self) -> tuple[Relaxation, ...]:
        held = stated(self.talks, self.drawn)
        words = {**held, **reservations(self.talks)}
        first = range(min(self.few, self.drawn.size))
        rises = run_all(
            lambda draw: obstacles.rise(self.drawn.problem(draw), self.alone),
            first,
            self.hands,
            self.meter.stage(LIFTED, len(first)),
        )
        over_draws = obstacles.opening(list(words), self._opened(), rises, self.drawn.size)
        found = lifting(self.problem, alone=self.alone)
        return obstacles.views(self.problem, words, found, over_draws)

    def _opened(self) -> list[frozenset[str]]:
        """In each draw in which nothing is possible, what opens something if lifted alone."""
        pool = list(self.origins)
        return run_all(
            lambda draw: opened(self.drawn.problem(draw), pool, alone=self.alone),
            self.closed,
            self.hands,
            self.meter.stage(OPENED, len(self.closed)),
        )
