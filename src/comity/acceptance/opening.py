"""The least opening: how far which members would have to move for some draft to pass.

min over x ∈ D of Σᵢ sᵢ · dist(x, Aᵢ), without the n largest terms under consensus minus n
(conventions §15). It is a statement about all members at once: moving one pair may open nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.acceptance.stances import TIE, Bools, Stances
from comity.dossier.quantity import Floats


@dataclass(frozen=True)
class Opening:
    """The cheapest text of each draw and what it asks of each member.

    ``cost`` and ``text`` have shape (n,), ``asked`` (n, M): points by which the member's
    acceptance would have to reach further. ``cost`` is ∞ where no opening of finite size exists.
    """

    cost: Floats
    text: Floats
    asked: Floats


def least_opening(stances: Stances, excused: int = 0) -> Opening:
    """The least opening in every draw, when ``excused`` objections do not block.

    Ties go to the text nearest the reversion, then to the side above it.
    """
    drafts = stances.turning_points()
    asked = stances.distances(drafts.texts)
    terms = stances.salience[:, None, :] * asked
    counted = _without_largest(terms, excused)
    cost = np.where(drafts.exist, np.where(counted, terms, 0.0).sum(axis=2), np.inf)
    least = cost.min(axis=1)
    with np.errstate(invalid="ignore"):
        tied = drafts.exist & (cost <= least[:, None] + TIE)
        away = np.abs(drafts.texts - stances.reversion[:, None])
    place = np.argmin(np.where(tied, away, np.inf), axis=1)
    rows = np.arange(len(place))
    texts = np.broadcast_to(drafts.texts, drafts.exist.shape)
    return Opening(
        least,
        texts[rows, place],
        np.where(counted[rows, place], asked[rows, place], 0.0),
    )


def _without_largest(terms: Floats, excused: int) -> Bools:
    """All but the ``excused`` largest terms along the last axis."""
    if excused == 0:
        return np.ones(terms.shape, dtype=bool)
    rank = np.argsort(np.argsort(-terms, axis=-1, kind="stable"), axis=-1, kind="stable")
    kept: Bools = rank >= excused
    return kept
