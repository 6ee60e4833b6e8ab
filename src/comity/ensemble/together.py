"""Items put to one vote: would the models' answers pass as a package, and could they be bettered?

Only of models that name a text: the mean of a winset, or of a draft and the reversion, is none.
Winset and core in several dimensions (conventions §57). Whether a package passes is asked in every
draw; whether any other would beat it, with every number at its median.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import comb

import numpy as np

from comity.dossier import Batch, Dossier, middle
from comity.ensemble.comparison import ItemComparison, PackageView, Together
from comity.forecast.space import Space, space

MOST_LINES = 5_000
"""Lines tried to find what beats a package, beyond which the question is left open."""


def together(
    batch: Batch, compared: Mapping[str, ItemComparison], textless: Mapping[str, str]
) -> tuple[Together, ...]:
    """The items on scales of each body and procedure, two or more, as one package.

    ``textless``: why the points of some models are no texts, and make no package. Where that goes
    for all models there is nothing to put to the vote.
    """
    groups = _groups(batch.dossier, tuple(compared))
    found = (_together(batch, group, compared, textless) for group in groups)
    return tuple(each for each in found if each.models)


def _groups(dossier: Dossier, items: Sequence[str]) -> list[tuple[str, ...]]:
    alike: dict[tuple[object, ...], list[str]] = {}
    for item in items:
        entry = dossier.agenda[item]
        if entry.is_scale:
            decided = (entry.body, entry.procedure, entry.facts, entry.groups)
            alike.setdefault(decided, []).append(item)
    return [tuple(group) for group in alike.values() if len(group) > 1]


def _together(
    batch: Batch,
    items: tuple[str, ...],
    compared: Mapping[str, ItemComparison],
    textless: Mapping[str, str],
) -> Together:
    drawn, medians = space(batch, items), space(middle(batch.dossier), items)
    tried = comb(len(medians.members), len(items) - 1) * 3 ** (len(items) - 2)
    packages = _packages(items, compared)
    views = {
        name: _view(
            compared[items[0]].models[name].title,
            package,
            drawn,
            medians if tried <= MOST_LINES else None,
        )
        for name, package in packages.items()
        if name not in textless
    }
    return Together(items, views, {name: textless[name] for name in packages if name in textless})


def _packages(
    items: tuple[str, ...], compared: Mapping[str, ItemComparison]
) -> dict[str, list[float]]:
    """The points of each model that answers on all the items."""
    found = {}
    for name in compared[items[0]].models:
        points = [compared[item].models[name].point for item in items]
        package = [point for point in points if isinstance(point, float)]
        if len(package) == len(items):
            found[name] = package
    return found


def _view(title: str, package: list[float], drawn: Space, medians: Space | None) -> PackageView:
    passes = float(drawn.in_winset(package).mean())
    asked = dict(zip(drawn.items, package, strict=True))
    if medians is None:
        return PackageView(title, asked, passes, None, (), None)
    found = medians.core_test(np.array(package))
    better = None
    if found.better is not None:
        better = dict(zip(medians.items, found.better.tolist(), strict=True))
    return PackageView(title, asked, passes, found.holds, found.coalition, better)
