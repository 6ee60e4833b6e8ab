"""What the model does without some of what it reads: outer folds, the shipped ridge."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from comity.backtest.fitting.design import design
from comity.backtest.fitting.fit import distributions, fit
from comity.backtest.fitting.issues import Known
from comity.backtest.fitting.nested import FEW, OUTER, REPEATS, Choice, splits
from comity.dossier.quantity import Floats

INSTITUTIONS = ("commission", "parliament_codecision", "parliament_consultation")

ABLATIONS: Mapping[str, tuple[str, ...]] = {
    "few features, shipped ridge": (),
    "without the council's support": ("support",),
    "without the Commission": ("commission",),
    "without the Parliament": INSTITUTIONS[1:],
    "without both institutions": INSTITUTIONS,
    "without the reversion": ("reversion",),
    "without the ends": ("end",),
    "without the distance": ("distance",),
    "without support and institutions": ("support", *INSTITUTIONS),
    "without any feature": FEW,
}
"""What is left out of the few features."""


def ablated(of: Known, name: str, choice: Choice) -> Floats:
    """Distribution functions of every issue in every repeat, (R, N, T), out of fold."""
    kept = tuple(each for each in FEW if each not in ABLATIONS[name])
    arrays, every = design(of, kept), np.arange(len(of.issues))
    found = np.zeros((REPEATS, *of.reached.shape))
    for repeat in range(REPEATS):
        for train, test in splits(of.groups, every, OUTER, seed=repeat):
            by = fit(arrays.take(train), kept, choice.ridge)
            found[repeat, test] = distributions(arrays.take(test), by)
    return found
