"""Nested cross-validation by proposal: inner folds choose, outer folds judge.

What is chosen among: two sets of features and six ridges of the logit, three ridges of the pool
(decisions/0013). No issue of a proposal is ever on both sides of a fold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.backtest.fitting.design import Design, design
from comity.backtest.fitting.fit import crps, distributions, fit
from comity.backtest.fitting.issues import Ints, Known
from comity.backtest.fitting.pool import components, fit_pool, pooled
from comity.dossier.quantity import Floats

FEW = (
    "support",
    "commission",
    "parliament_codecision",
    "parliament_consultation",
    "reversion",
    "end",
    "distance",
)
MORE = ("heads", "median", "distance_reversion", "commission_unanimity", "reversion_unanimity")

SETS: Mapping[str, tuple[str, ...]] = {"few": FEW, "all": FEW + MORE}
RIDGES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
POOL_RIDGES = (0.1, 1.0, 3.0)

OUTER, REPEATS, INNER = 10, 5, 5


@dataclass(frozen=True)
class Choice:
    """A family with what is chosen by the inner folds; ``features`` names a set of the logit."""

    family: Literal["logit", "pool"]
    features: str
    ridge: float

    def __str__(self) -> str:
        what = f"logit, {self.features} features" if self.family == "logit" else "pool"
        return f"{what}, ridge {self.ridge:g}"


LOGIT = tuple(Choice("logit", name, ridge) for name in SETS for ridge in RIDGES)
POOL = tuple(Choice("pool", "", ridge) for ridge in POOL_RIDGES)


@dataclass(frozen=True)
class Arena:
    """The arrays of all issues, made once for all fits."""

    reached: Floats
    groups: tuple[str, ...]
    designs: Mapping[str, Design]
    parts: Floats

    def forecast(self, by: Choice, train: Ints, test: Ints) -> Floats:
        """Distribution functions of the test issues by a fit on the training issues."""
        if by.family == "pool":
            shares = fit_pool(self.parts[:, train], self.reached[train], by.ridge)
            return pooled(self.parts, shares, test)
        held = self.designs[by.features]
        found = fit(held.take(train), SETS[by.features], by.ridge)
        return distributions(held.take(test), found)

    def out_of_fold(self, by: Choice, within: Ints, number: int, seed: int) -> Floats:
        """CRPS of each issue of ``within``, each forecast without its fold."""
        scores = np.zeros(len(within))
        for train, test in splits(self.groups, within, number, seed):
            scores[test] = crps(
                self.forecast(by, within[train], within[test]), self.reached[within[test]]
            )
        return scores

    def choose(self, among: tuple[Choice, ...], within: Ints, seed: int) -> tuple[Choice, Floats]:
        """The choice of least CRPS over the inner folds, of equal ones the first; all scores."""
        scores = np.array([self.out_of_fold(by, within, INNER, seed).mean() for by in among])
        return among[int(scores.argmin())], scores


def arena(of: Known) -> Arena:
    """The arrays of some issues."""
    return Arena(
        of.reached,
        of.groups,
        {name: design(of, features) for name, features in SETS.items()},
        components(of),
    )


def splits(
    groups: tuple[str, ...], within: Ints, number: int, seed: int
) -> Iterator[tuple[Ints, Ints]]:
    """Training and test places in ``within``, fold by fold; proposals dealt out at random."""
    held = [groups[place] for place in within]
    names = sorted(set(held))
    dealt = np.random.default_rng(seed).permutation(len(names)) % number
    fold_of = dict(zip(names, dealt.tolist(), strict=True))
    folds = np.array([fold_of[name] for name in held])
    for fold in range(number):
        yield np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)


@dataclass(frozen=True)
class Nested:
    """Distribution functions of every issue in every repeat, (R, N, T), and what was chosen."""

    forecasts: Floats
    chosen: Counter[str]


def nested(
    of: Arena, among: tuple[Choice, ...], repeats: int = REPEATS, outer: int = OUTER
) -> Nested:
    """Forecast every issue by a fit, and a choice, that its proposal took no part in."""
    every = np.arange(len(of.groups))
    forecasts = np.zeros((repeats, *of.reached.shape))
    chosen: Counter[str] = Counter()
    for repeat in range(repeats):
        for train, test in splits(of.groups, every, outer, seed=repeat):
            by = among[0]
            if len(among) > 1:
                by, _ = of.choose(among, train, seed=1000 + repeat)
            chosen[str(by)] += 1
            forecasts[repeat, test] = of.forecast(by, train, test)
    return Nested(forecasts, chosen)
