"""Fairness of a package in words, and in what share of draws each party keeps it (§47)."""

from __future__ import annotations

from comity.bargaining.fairness import Fairness, durable, fairness
from comity.bargaining.problem import Floats, Package, Problem
from comity.bargaining.solutions import Solutions
from comity.ensemble.mediation.results import FairnessView, TiltView
from comity.ensemble.mediation.words import all_known, known, numbers


def fairness_view(
    problem: Problem, package: Package, solved: Solutions, keeps: Floats
) -> FairnessView:
    """Fairness of a package; ``keeps`` (parties,) are shares of draws."""
    found = fairness(problem, package, solved)
    shares = all_known(found.gain_shares)
    return FairnessView(
        give=numbers(found.give),
        get=numbers(found.get),
        interactions=numbers(found.interactions),
        gives=found.gives,
        gets=found.gets,
        gain_shares=None if all(share is None for share in shares) else shares,
        equitability=known(found.equitability),
        envy=found.envy,
        tilt=_tilts(found, keeps),
        why=found.why,
    )


def _tilts(found: Fairness, keeps: Floats) -> tuple[TiltView, ...]:
    return tuple(
        TiltView(tilt.party, tilt.against, tilt.claimed, kept.finds, float(share))
        for tilt, kept, share in zip(found.tilt, durable(found), keeps, strict=True)
    )
