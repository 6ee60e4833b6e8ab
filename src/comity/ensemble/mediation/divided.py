"""Adjusted Winner beside the packages, where every issue is a quantity that two parties divide."""

from __future__ import annotations

from comity.bargaining.adjusted_winner import TOTAL, AdjustedWinner
from comity.bargaining.divisible import adjusted_winner_of, why_not
from comity.bargaining.problem import SAME, Problem
from comity.dossier.talks import Talks
from comity.ensemble.mediation.results import Division


def division(talks: Talks, problem: Problem) -> Division | None:
    """The exact division of the talks; None if Adjusted Winner does not fit them."""
    if why_not(talks):
        return None
    found = adjusted_winner_of(talks)
    return Division(
        shares={issue: tuple(map(str, shares)) for issue, shares in found.shares.items()},
        result=tuple(map(str, found.result)),
        points=tuple(map(float, found.result)),
        split=found.split_item,
        passed_on={each.item: str(each.share) for each in found.transfers},
        equal_ratios=found.equal_ratios,
        exact=found.exact,
        keeps=_keeps(found, problem),
    )


def _keeps(found: AdjustedWinner, problem: Problem) -> tuple[bool, ...]:
    """Whether each party gets its reservation value: its points run from its worst to its best."""
    lowest = sum(worth.min(axis=0) for worth in problem.worth)
    highest = sum(worth.max(axis=0) for worth in problem.worth)
    reached = (float(points / TOTAL) for points in found.result)
    worth = (
        low + share * (high - low)
        for low, high, share in zip(lowest, highest, reached, strict=True)
    )
    return tuple(bool(u >= d - SAME) for u, d in zip(worth, problem.reservation, strict=True))
