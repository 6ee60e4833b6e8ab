"""How alike two actors vote, from the table of their answers.

A table is ``[..., 3, 3]``: how often the one answered yes, abstain, no (rows) when the other
answered yes, abstain, no (columns). A measure is NaN where it is not defined: on no roll call at
all, and for π and κ where chance alone would make the two agree always.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.rollcalls.votes import CAST

Floats: TypeAlias = NDArray[np.float64]
Measure: TypeAlias = Callable[[Floats], Floats]
Metric: TypeAlias = Literal["absolute", "squared"]

ANSWERS = len(CAST)
_APART = np.abs(np.subtract.outer(np.arange(ANSWERS), np.arange(ANSWERS))) / (ANSWERS - 1)


def answer_table(one: NDArray[np.int8], other: NDArray[np.int8]) -> NDArray[np.int64]:
    """The table ``[3, 3]`` of two actors' votes on the same roll calls, both having cast one."""
    both = (one >= 0) & (other >= 0)
    table = np.zeros((ANSWERS, ANSWERS), dtype=np.int64)
    np.add.at(table, (CAST[0] - one[both], CAST[0] - other[both]), 1)
    return table


def agreement(table: Floats) -> Floats:
    """Share of identical answers."""
    return _over(_same(table), _all(table))


def signorino_ritter(table: Floats, metric: Metric = "absolute") -> Floats:
    """Signorino and Ritter's S: 1 − 2 Σ w d / Σ w, from −1 (always opposed) to 1 (always alike).

    Every roll call weighs w = 1. The distance d of two answers is |a − b| with yes 0, abstain ½
    and no 1, or its square. C. Signorino and J. Ritter, "Tau-b or not tau-b", International
    Studies Quarterly 43 (1999), 115-144.
    """
    apart = _APART if metric == "absolute" else _APART**2
    return np.asarray(1.0 - 2.0 * _over((table * apart).sum(axis=(-2, -1)), _all(table)))


def scotts_pi(table: Floats) -> Floats:
    """Scott's π: agreement beyond what the answers of both taken together would give by chance.

    (p − e)/(1 − e), e = Σ ((rᵢ + cᵢ)/2n)². W. Scott, Public Opinion Quarterly 19 (1955), 321-325.
    """
    pooled = (table.sum(axis=-1) + table.sum(axis=-2)) / 2.0
    return _beyond(table, (pooled**2).sum(axis=-1))


def cohens_kappa(table: Floats) -> Floats:
    """Cohen's κ: agreement beyond what each one's own answers would give by chance.

    (p − e)/(1 − e), e = Σ rᵢcᵢ/n². J. Cohen, Educational and Psychological Measurement 20
    (1960), 37-46.
    """
    return _beyond(table, (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1))


MEASURES: dict[str, Measure] = {
    "agreement": agreement,
    "s": signorino_ritter,
    "pi": scotts_pi,
    "kappa": cohens_kappa,
}
"""Each measure by the name it has in results."""


def _beyond(table: Floats, by_chance: Floats) -> Floats:
    """Agreement corrected for chance; ``by_chance`` is n² times the share expected."""
    n = _all(table)
    return _over(_same(table) * n - by_chance, n * n - by_chance)


def _same(table: Floats) -> Floats:
    return np.asarray(np.trace(table, axis1=-2, axis2=-1), dtype=np.float64)


def _all(table: Floats) -> Floats:
    return np.asarray(table.sum(axis=(-2, -1)), dtype=np.float64)


def _over(part: Floats, whole: Floats) -> Floats:
    undefined = np.full(np.broadcast(part, whole).shape, np.nan)
    return np.asarray(np.divide(part, whole, out=undefined, where=whole != 0))
