"""The fit that is shipped, as the content of ``forecast/prevails/fitted.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.backtest.fitting.design import Design, design
from comity.backtest.fitting.fit import fit
from comity.backtest.fitting.issues import Known
from comity.backtest.fitting.nested import LOGIT, SETS, Arena, Choice
from comity.errors import UnsupportedError
from comity.forecast.prevails.candidates import FEATURES
from comity.forecast.prevails.fitted import fold_of, issue_mark, mark
from comity.forecast.prevails.mixture import Coefficients

SEEDS = (2000, 2001, 2002)
FOLDS = 10
_DIGITS = 10


@dataclass(frozen=True)
class Settled:
    """What the inner folds of the whole choose, and the mean CRPS of everything tried."""

    choice: Choice
    tried: Mapping[str, float]


def settle(of: Arena, among: tuple[Choice, ...]) -> Settled:
    """The setting of least mean CRPS over inner folds of all issues, three times dealt."""
    every = np.arange(len(of.groups))
    scores = np.mean([of.choose(among, every, seed)[1] for seed in SEEDS], axis=0)
    tried = {str(by): float(score) for by, score in zip(among, scores, strict=True)}
    return Settled(among[int(scores.argmin())], tried)


def coefficients(of: Known, choice: Choice) -> tuple[Coefficients, tuple[Coefficients, ...]]:
    """One fit on all issues, and one without each fold of proposals."""
    if choice not in LOGIT:
        raise UnsupportedError(
            "only a logit can be shipped, and the inner folds chose another family",
            found=str(choice),
            mend="look at the scores, and decide anew what to ship",
        )
    names = SETS[choice.features]
    arrays, folds = design(of, names), of.folds(FOLDS, fold_of)

    def without(fold: int) -> Coefficients:
        return fit(_kept(arrays, folds != fold), names, choice.ridge)

    return fit(arrays, names, choice.ridge), tuple(without(fold) for fold in range(FOLDS))


def _kept(arrays: Design, which: np.ndarray) -> Design:
    return arrays.take(np.flatnonzero(which))


def content(of: Known, choice: Choice, origin: Mapping[str, Any]) -> dict[str, Any]:
    """What ``fitted.json`` holds; ``origin`` tells data, day and version."""
    whole, folds = coefficients(of, choice)
    return {
        "origin": {
            **origin,
            "issues": len(of.issues),
            "proposals": len(set(of.groups)),
            "ridge": choice.ridge,
        },
        "features": [{"name": name, "words": FEATURES[name].words} for name in whole.features],
        "whole": _written(whole),
        "folds": [_written(each) for each in folds],
        "marks": {
            "proposals": sorted({mark(group) for group in of.groups}),
            "issues": _marked(of),
        },
    }


def _marked(of: Known) -> dict[str, list[int]]:
    """The folds of each issue's positions: of all proposals that have an issue with them."""
    folds: dict[str, set[int]] = {}
    for each in of.issues:
        held = folds.setdefault(issue_mark(each.dossier, each.item), set())
        held.add(fold_of(each.group, FOLDS))
    return {issue: sorted(held) for issue, held in sorted(folds.items())}


def _written(by: Coefficients) -> dict[str, Any]:
    parts = {name: getattr(by, name) for name in ("at", "near", "around", "anywhere", "spread")}
    return {
        "slopes": [round(slope, _DIGITS) for slope in by.slopes],
        **{name: round(value, _DIGITS) for name, value in parts.items()},
    }
