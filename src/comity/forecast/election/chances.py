"""The chances of options in a probabilistic Condorcet election, for many draws at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.dossier.draws import Ints
from comity.dossier.quantity import Floats
from comity.forecast.election.rules import ElectionRules, codes

Bools = NDArray[np.bool_]

SAME = 1e-9
"""Positions no further apart than this, in points, are one option (conventions §5)."""

TAKEN = ElectionRules()


def chances_of_options(
    utilities: Floats, weights: Floats, rules: ElectionRules = TAKEN, stands: Bools | None = None
) -> Floats:
    """The chance of each option in each draw, shape (n, K); rows sum to 1 (conventions §61).

    ``utilities`` (n, M, K) run from 0 to 1, ``weights`` are (n, M). Options are in their order,
    lowest first. ``stands`` (n, K) leaves out options; all stand if none is given.
    """
    options = utilities.shape[2]
    rank = np.broadcast_to(np.arange(options), (len(utilities), options))
    return _elect(utilities, weights, rank, stands, rules)


def chances_from_coalitions(coalitions: Floats, rules: ElectionRules = TAKEN) -> Floats:
    """The chances from votes already counted: ``coalitions[i, j]`` those for i against j, (K, K).

    Of ``rules``, victory and process are read. Pairs for which nobody votes are even.
    """
    from comity.forecast.election.kernels import elected

    _, victory, process = codes(rules)
    counted = np.array(coalitions, dtype=float)
    np.fill_diagonal(counted, 0.0)
    idle = (counted <= 0.0) & (counted.T <= 0.0)
    counted[idle] = 1e-12 * (counted.max() or 1.0)
    np.fill_diagonal(counted, 0.0)
    found: Floats = elected(counted, np.ones(len(counted), dtype=bool), victory, process)
    return found


def spatial_chances(
    ideals: Floats, saliences: Floats, weights: Floats, rules: ElectionRules = TAKEN
) -> Floats:
    """The chance of each member's position, shape (n, M); of equal ones the first listed has it.

    ``ideals`` and ``saliences`` are points of 0–100 of shape (n, M, D) on D dimensions; utility is
    1 − √(Σ s²Δ² / Σ s²)/100, saliences counting alike where all of a member's are 0. ``weights``
    are (n, M).
    """
    utilities = _utilities(ideals, saliences)
    return _elect(utilities, weights, _ranks(ideals), _firsts(ideals), rules)


def _elect(
    utilities: Floats, weights: Floats, rank: Ints, stands: Bools | None, rules: ElectionRules
) -> Floats:
    from comity.forecast.election.kernels import elect

    if stands is None:
        stands = np.ones(rank.shape, dtype=bool)
    u, w = (np.ascontiguousarray(each, dtype=float) for each in (utilities, weights))
    ranks = np.ascontiguousarray(rank, dtype=np.int64)
    found: Floats = elect(u, w, ranks, np.ascontiguousarray(stands), *codes(rules))
    return found


def _utilities(ideals: Floats, saliences: Floats) -> Floats:
    """u[n, k, j]: what the position of member j is worth to member k."""
    care = saliences**2
    idle = care.sum(axis=2, keepdims=True) <= 0.0
    care = np.where(idle, 1.0, care)
    care = care / care.sum(axis=2, keepdims=True)
    if ideals.shape[2] == 1:
        apart = np.abs(ideals[:, :, None, 0] - ideals[:, None, :, 0])
    else:
        gaps = ideals[:, :, None, :] - ideals[:, None, :, :]
        apart = np.sqrt(np.einsum("nkd,nkjd->nkj", care, gaps**2))
    found: Floats = 1.0 - apart / 100.0
    return found


def _firsts(ideals: Floats) -> Bools:
    """Whether a member is the first listed at its position, shape (n, M)."""
    gaps = np.abs(ideals[:, :, None, :] - ideals[:, None, :, :]).max(axis=3)
    earlier = np.tril(np.ones(gaps.shape[1:], dtype=bool), k=-1)
    first: Bools = ~((gaps <= SAME) & earlier).any(axis=2)
    return first


def _ranks(ideals: Floats) -> Ints:
    """The order of the positions, lowest first on the first dimension, then on the next."""
    keys = tuple(ideals[:, :, d] for d in range(ideals.shape[2] - 1, -1, -1))
    ranks: Ints = np.argsort(np.lexsort(keys, axis=1), axis=1)
    return ranks
