"""The coefficients that come with Comity, and what they were fitted on.

``fitted.json`` is written by ``comity.backtest.fitting``; nothing in it is set by hand. It holds
one fit on all issues, and one for each fold of proposals without the proposals of that fold, so
that an issue which took part in the fit can still be forecast by a fit it took no part in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from comity.dossier import Dossier
from comity.forecast.prevails.mixture import Coefficients


@dataclass(frozen=True)
class Fitted:
    """Coefficients with their origin.

    ``folds[f]`` was fitted without the proposals of fold *f*. ``groups`` are the marks of the
    proposals fitted on; ``issues`` maps the marks of the issues to their folds, which are
    several where issues of several proposals have the same positions.
    """

    whole: Coefficients
    folds: tuple[Coefficients, ...]
    groups: frozenset[str]
    issues: Mapping[str, frozenset[int]]
    origin: Mapping[str, Any]

    def folds_of(self, group: str, dossier: Dossier, item: str) -> frozenset[int]:
        """The fold of an issue that took part in the fit, or whose proposal did; else none.

        By the proposal's id, else by the positions, for ids may differ from file to file. Several
        folds where it cannot be told which of several proposals it belongs to: then every fit that
        comes with Comity saw one of these, and none may judge the issue.
        """
        if mark(group) in self.groups:
            return frozenset((fold_of(group, len(self.folds)),))
        mine = self._by_positions(dossier, item)
        if len(mine) <= 1:
            return mine
        others = (self._by_positions(dossier, other) for other in dossier.agenda)
        shared = mine.intersection(*(folds for folds in others if folds))
        return shared if len(shared) == 1 else mine

    def _by_positions(self, dossier: Dossier, item: str) -> frozenset[int]:
        return self.issues.get(issue_mark(dossier, item), frozenset())


def mark(text: str) -> str:
    """A short fingerprint: 16 hexadecimal digits of BLAKE2b."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def issue_mark(dossier: Dossier, item: str) -> str:
    """The fingerprint of who holds which position on an item, in whatever order.

    It does not depend on names of items or proposals, on saliences or on capabilities.
    """
    held = {
        member: dossier.position(item, member).model_dump(mode="json").get("ideal")
        for member in dossier.members(item)
    }
    return mark(json.dumps(held, sort_keys=True))


def fold_of(group: str, folds: int) -> int:
    """The fold of a proposal, by its name alone."""
    return int(mark(f"fold of {group}"), 16) % folds


@cache
def shipped() -> Fitted:
    """What comes with Comity."""
    return read(json.loads((files(__package__) / "fitted.json").read_text(encoding="utf-8")))


def read(raw: Mapping[str, Any]) -> Fitted:
    """The content of ``fitted.json``."""
    names = tuple(entry["name"] for entry in raw["features"])
    return Fitted(
        _coefficients(names, raw["whole"]),
        tuple(_coefficients(names, each) for each in raw["folds"]),
        frozenset(raw["marks"]["proposals"]),
        {issue: frozenset(folds) for issue, folds in raw["marks"]["issues"].items()},
        raw["origin"],
    )


def _coefficients(names: tuple[str, ...], raw: Mapping[str, Any]) -> Coefficients:
    parts = {part: float(raw[part]) for part in ("at", "near", "around", "anywhere", "spread")}
    return Coefficients(names, tuple(float(slope) for slope in raw["slopes"]), **parts)
