"""Problems written out for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from comity.bargaining.problem import Limit, Problem


def problem(
    *issues: Sequence[Sequence[float]],
    limits: Sequence[Limit] = (),
    divisors: Sequence[float] | None = None,
    **more: Any,
) -> Problem:
    """Issues as rows of what each option is worth to each party."""
    parties = len(issues[0][0])
    by = np.ones(parties) if divisors is None else np.array(divisors, dtype=float)
    return Problem(
        tuple("ABCDEFGHI"[:parties]),
        tuple(f"i{k}" for k in range(len(issues))),
        tuple(tuple(f"o{o}" for o in range(len(rows))) for rows in issues),
        tuple(np.array(rows, dtype=float) / by for rows in issues),
        np.zeros(parties),
        by,
        limits=tuple(limits),
        **more,
    )


def random_problem(
    kind: str, parties: int, sizes: Sequence[int], seed: int, **more: Any
) -> Problem:
    """Plain floats: *independent* values, or *opposed* ones that sum to 100 over the parties."""
    rng = np.random.default_rng(seed)
    weights = rng.random((len(sizes), parties))
    weights /= weights.sum(axis=0)
    tables = []
    for size, weight in zip(sizes, weights, strict=True):
        opposed = 100 * rng.dirichlet(np.ones(parties), size)
        values = opposed if kind == "opposed" else 100 * rng.random((size, parties))
        tables.append((values * weight).tolist())
    return problem(*tables, **more)
