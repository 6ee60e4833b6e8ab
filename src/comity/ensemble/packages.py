"""Packages across the items of a body, with competence and requirements settled (§16, §18, §52)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.bargaining.items import ItemsPackages, Settled, package_of
from comity.bargaining.problem import Bools
from comity.dossier import Batch, Dossier, refuse_hindsight
from comity.forecast.consensus import Outcome, met, outcomes


def packages(
    dossier: Dossier,
    body: str | None = None,
    items: Sequence[str] | None = None,
    *,
    seed: int = 1,
    draws: int = 1000,
) -> ItemsPackages:
    """Which package of a body's items would be adopted, competence and requirements included.

    ``body`` may be left out where there is one; ``items``: all that every member can block. Raises
    DossierError for a name that is not there, or a dossier that knows of later things;
    UnsupportedError for an item under another rule.
    """
    refuse_hindsight(dossier)
    return package_of(dossier, body, items, seed=seed, draws=draws, settle=settle)


def settle(batch: Batch, items: Sequence[str]) -> Settled:
    """Competence as the forecast settles it, and what items require outside the package."""
    found = outcomes(batch)
    return Settled(
        {item: found[item].competent for item in items},
        {item: _required(batch, item, items, found) for item in items},
    )


def _required(batch: Batch, item: str, items: Sequence[str], found: dict[str, Outcome]) -> Bools:
    """Whether all that an item requires, and no package can hold, is adopted by itself."""
    others = [other for other in batch.dossier.agenda[item].requires if other not in items]
    every = np.ones(batch.size, dtype=bool)
    all_met: Bools = np.logical_and.reduce([every, *(met(found[other]) for other in others)])
    return all_met
