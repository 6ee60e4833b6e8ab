"""What a party could have at most and at least, issue by issue (theory: mediation)."""

from __future__ import annotations

import numpy as np

from comity.bargaining.problem import Bools, Floats, Problem


def open_options(problem: Problem) -> tuple[Bools, ...]:
    """Options that no limit rules out by themselves: for each issue a mask (options,).

    If every option of an issue is ruled out, all of them count as open: the conflict says so.
    """
    masks = [np.ones(size, dtype=bool) for size in problem.sizes]
    for limit in problem.limits:
        for never in limit.never:
            if len(never.marked) == 1:
                issue, mask = never.marked[0]
                masks[issue] &= ~mask
    return tuple(mask if mask.any() else ~mask for mask in masks)


def whole_range(problem: Problem) -> Floats:
    """Each party's whole range of utility: Σₖ (best − worst open option of k), (parties,)."""
    spans = [
        worth[mask].max(axis=0) - worth[mask].min(axis=0)
        for worth, mask in zip(problem.worth, open_options(problem), strict=True)
    ]
    total: Floats = np.sum(spans, axis=0)
    return total
