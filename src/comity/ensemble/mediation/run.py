"""``mediate()``: talks put to every question a mediator asks, on the same draws."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from comity.bargaining.drawn import Drawn, drawn, middle
from comity.bargaining.problem import Problem
from comity.dossier import Dossier, Keyed, check, refuse_hindsight
from comity.dossier.talks import Talks
from comity.ensemble.mediation import middle_reading as reading
from comity.ensemble.mediation.named import talks_named
from comity.ensemble.mediation.results import (
    Conflicts,
    FrontierView,
    JointCeiling,
    Mediation,
    Trades,
)
from comity.ensemble.progress import Meter, Tell
from comity.errors import UnsupportedError

if TYPE_CHECKING:
    from comity.bargaining.frontier import Frontier
    from comity.bargaining.solutions import Solutions

DRAWS = 1_000
MOST_DRAWS = 100_000
MOST_WORKERS = 2


def mediate(
    dossier: Dossier,
    talks: str | None = None,
    *,
    seed: int = 1,
    draws: int = DRAWS,
    epsilon: float = 0.0,
    workers: int | None = None,
    progress: Tell | None = None,
) -> Mediation:
    """What the parties of some talks can agree, what stands in the way, what to put forward.

    The result depends on the dossier, the seed and the number of draws, never on ``workers``.
    ``epsilon`` > 0 asks for a certified approximation of the frontier, in points of utility
    (conventions §44). ``progress`` is told the share of the work done.

    Raises DossierError if the dossier has no such talks or knows anything later than its
    ``as_of``, UnsupportedError if ``draws`` or ``epsilon`` is out of range.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise UnsupportedError(
            "the number of draws is out of range",
            found=draws,
            mend=f"ask for 1 to {MOST_DRAWS:,} draws",
        )
    name = talks_named(dossier, talks)
    refuse_hindsight(dossier)
    hands = workers or min(MOST_WORKERS, os.cpu_count() or 1)
    return _Run(dossier, name, seed, draws, epsilon, hands, Meter(progress)).mediation()


@dataclass(frozen=True)
class _Run:
    """Talks with how they are to be drawn."""

    dossier: Dossier
    name: str
    seed: int
    draws: int
    epsilon: float
    workers: int
    meter: Meter = field(default_factory=Meter)

    def mediation(self) -> Mediation:
        problem, talks = self.problem, self.talks
        result = Mediation(
            title=self.dossier.title,
            as_of=self.dossier.as_of,
            handling=self.dossier.handling,
            note=self.dossier.note,
            seed=self.seed,
            draws=self.draws,
            talks=self.name,
            talks_title=talks.title,
            parties=talks.parties,
            mediator=talks.mediator,
            issues=tuple(talks.issues),
            outcomes=problem.outcomes,
            reservation=reading.numbers(problem.reservation),
            reservation_stated=tuple(
                talks.preferences[party].reservation is not None for party in talks.parties
            ),
            best=reading.numbers(self.solutions.best) if len(self.frontier.points) else None,
            left_out=tuple(self.solutions.left_out),
            frontier=self.frontier_view,
            solutions=reading.solution_views(problem, self.solutions, self.drawn),
            joint_ceiling=JointCeiling(None, None, None, None, (), 0.0, 0.0, None),
            claims=(),
            limits=(),
            conflicts=Conflicts(True, True, None, (), True),
            relaxations=(),
            trades=Trades("each its own best", None, 0, ()),
            proposals=(),
            first=None,
            tabled={},
            fairness={},
            question=None,
            text=None,
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
    def problem(self) -> Problem:
        return middle(self.talks, self.name)

    @cached_property
    def drawn(self) -> Drawn:
        return drawn(self.talks, self.name, Keyed(self.seed, 0, self.draws))

    @cached_property
    def frontier(self) -> Frontier:
        from comity.bargaining.frontier import frontier

        return frontier(self.problem, epsilon=self.epsilon)

    @cached_property
    def frontier_view(self) -> FrontierView:
        return reading.frontier_view(self.frontier, "every frontier point of the middle reading")

    @cached_property
    def solutions(self) -> Solutions:
        from comity.bargaining.solutions import solutions

        return solutions(
            self.frontier, {p: float(s) for p, s in self.talks.proportions.items()} or None
        )
