"""Scores of a forecast of adoption, and the rivals it has to beat (conventions §65)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.backtest.passages.cases import PassageCase
from comity.dossier.quantity import Floats

KEPT = (0.01, 0.99)
"""Within these shares a forecast is kept where one miss shall not decide the log score."""


def smoothed(count: float, of: int) -> float:
    """(k + ½)/(n + 1): a share that is never 0 or 1."""
    return (count + 0.5) / (of + 1)


def brier(chances: Floats, adopted: Floats) -> Floats:
    """(p − y)², shape (n,) each."""
    score: Floats = (chances - adopted) ** 2
    return score


def log_score(chances: Floats, adopted: Floats) -> Floats:
    """−ln of the chance given to what happened, in nats; the chances strictly within 0 and 1."""
    score: Floats = -np.log(np.where(adopted > 0.5, chances, 1.0 - chances))
    return score


def kept(chances: Floats) -> Floats:
    """The chances kept within 1 % and 99 %."""
    return np.clip(chances, *KEPT)


def base_rate(cases: Sequence[PassageCase]) -> Floats:
    """For each case the share adopted among the cases of the other bodies."""
    return np.array([_share(_of_others(cases, case)) for case in cases])


def naive_rule(cases: Sequence[PassageCase]) -> Floats:
    """ "It fails if any member has publicly refused", each answer with its share elsewhere.

    For each case the share adopted among the cases of the other bodies in which likewise some
    member had refused, or none had.
    """
    return np.array(
        [
            _share([o for o in _of_others(cases, case) if bool(o.refused) == bool(case.refused)])
            for case in cases
        ]
    )


def _of_others(cases: Sequence[PassageCase], case: PassageCase) -> list[PassageCase]:
    return [other for other in cases if other.body != case.body]


def _share(cases: Sequence[PassageCase]) -> float:
    return smoothed(sum(case.adopted for case in cases), len(cases))
