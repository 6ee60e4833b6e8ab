"""The joint ceiling and claims about proposals: in the middle reading and over draws (§46)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np

from comity.bargaining.by_draw import ByDraw, Said, shares_scales
from comity.bargaining.ceiling import Tested, ceiling_of, test_claim
from comity.bargaining.problem import Floats, Problem
from comity.bargaining.reach import Scale, telling
from comity.bargaining.solutions import Solutions
from comity.dossier.talks import Claim
from comity.ensemble.mediation.middle_reading import exactly
from comity.ensemble.mediation.results import ClaimTest, Hanging, HangingKinds, JointCeiling
from comity.ensemble.mediation.words import all_known, known, numbers, percentiles, terms

Hangs = tuple[tuple[Hanging, ...], HangingKinds]
"""On which inputs, and on which kinds of them, a bound hangs."""

ASKED = "asked"
"""The name of a claim that whoever asks puts forward."""


def claims_of(stated: Mapping[str, Claim], asked: Fraction | float | None) -> dict[str, Claim]:
    """The claims of the dossier, and the one that is asked about, if any."""
    if asked is None:
        return dict(stated)
    return {**stated, ASKED: Claim.model_validate({"at_least": asked})}


def said(claims: Mapping[str, Claim]) -> tuple[Said, ...]:
    """The claims as they are put to every draw."""
    return tuple(Said(claim.at_least, claim.parties) for claim in claims.values())


def ceiling_view(problem: Problem, solved: Solutions, draws: ByDraw) -> JointCeiling:
    """The joint ceiling, and how it spreads over the draws."""
    found = ceiling_of(solved)
    shares = None if found.value is None or found.utilities is None else found.utilities
    return JointCeiling(
        value=found.value,
        at_most=None if found.at_most is None else known(found.at_most),
        exact=exactly(solved.kalai_smorodinsky, solved),
        utilities=None if found.utilities is None else numbers(found.utilities),
        package=terms(problem, found.package),
        normalised=None if shares is None else all_known(solved.normalised(shares)),
        left_out=found.left_out,
        why=found.why,
        share_of_draws=float(draws.agreeable.mean()),
        exists_in=float(draws.open.mean()),
        over_draws=percentiles(draws.ceiling),
    )


def claim_views(
    problem: Problem,
    claims: Mapping[str, Claim],
    draws: ByDraw,
    hangs_on: Callable[[Floats], Hangs],
    *,
    alone: bool,
) -> tuple[ClaimTest, ...]:
    """Every claim put to the middle reading and to every draw.

    ``hangs_on`` tells on which inputs bounds (draws,) hang.
    """
    if not claims:
        return ()
    asked = said(claims)

    def scales() -> tuple[Scale, ...]:
        return shares_scales(problem, asked)

    known = telling(problem, problem.reservation, scales, alone=alone)
    return tuple(
        _view(
            name,
            claim,
            test_claim(problem, float(claim.at_least), claim.parties, known),
            problem,
            draws,
            place,
            hangs_on(draws.bounds[:, place]),
        )
        for place, (name, claim) in enumerate(claims.items())
    )


def _view(
    name: str,
    claim: Claim,
    found: Tested,
    problem: Problem,
    draws: ByDraw,
    place: int,
    hangs_on: Hangs,
) -> ClaimTest:
    bounds = draws.bounds[:, place]
    return ClaimTest(
        name=name,
        at_least=float(claim.at_least),
        parties=found.parties,
        note=claim.note,
        from_=claim.from_,
        possible=found.possible,
        package=terms(problem, found.package),
        shares=None if found.package is None else all_known(found.shares),
        bound=known(found.bound),
        left_out=found.left_out,
        contested=found.contested,
        why=found.why,
        share_of_draws=float(draws.possible[:, place].mean()),
        bound_over_draws=percentiles(bounds),
        bound_most=None if np.isnan(bounds).all() else float(np.nanmax(bounds)),
        hangs_on=hangs_on[0],
        hangs_on_kinds=hangs_on[1],
    )
