"""Which options of an issue a few words pick: names, ranges of a grid, ranges of a party's part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.dossier.talks import Issue

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*")
_PART = re.compile(rf"\s*(\S+)\s+({_NUMBER})(?:\s*\.\.\s*({_NUMBER}))?\s*")
_NEAR = 1e-9


class UnknownOptionError(ValueError):
    """An option that the issue does not have; the argument is what was written."""


def places(issue: Issue, parties: Sequence[str], picked: Iterable[str]) -> tuple[int, ...]:
    """Places, in the order of the issue's labels, of the options that are picked.

    Raises UnknownOptionError for a word that picks nothing.
    """
    by_label = {label: k for k, label in enumerate(issue.labels(len(parties)))}
    found: set[int] = set()
    for word in picked:
        here = _places(issue, parties, by_label, word)
        if not here:
            raise UnknownOptionError(word)
        found.update(here)
    return tuple(sorted(found))


def place(issue: Issue, parties: Sequence[str], name: str) -> int:
    """The place of one option. Raises UnknownOptionError if the name picks none, or several."""
    found = places(issue, parties, (name,))
    if len(found) != 1:
        raise UnknownOptionError(name)
    return found[0]


def mask(issue: Issue, parties: Sequence[str], picked: Iterable[str]) -> Bools:
    """Which options of an issue are picked: shape (options,). Raises as ``places`` does."""
    marked = np.zeros(len(issue.labels(len(parties))), dtype=bool)
    marked[list(places(issue, parties, picked))] = True
    return marked


def _places(
    issue: Issue, parties: Sequence[str], by_label: Mapping[str, int], word: str
) -> list[int]:
    if issue.grid is not None:
        low, high = _bounds(word)
        near = _NEAR * issue.grid.step
        return [k for k, x in enumerate(issue.grid.points) if low - near <= x <= high + near]
    if issue.divisible is not None and (part := _PART.fullmatch(word)) and part[1] in parties:
        low, high = float(part[2]), float(part[3] or part[2])
        own, near = amounts(issue, parties, part[1]), _NEAR * issue.divisible.total
        return [k for k, x in enumerate(own) if low - near <= x <= high + near]
    return [by_label[word]] if word in by_label else []


def _bounds(word: str) -> tuple[float, float]:
    if match := _RANGE.fullmatch(word):
        return float(match[1]), float(match[2])
    if re.fullmatch(_NUMBER, word.strip()):
        return float(word), float(word)
    raise UnknownOptionError(word)


def amounts(issue: Issue, parties: Sequence[str], party: str) -> list[float]:
    """What a party gets of a divisible quantity under each of its options, in its unit."""
    assert issue.divisible is not None
    each, own = issue.divisible.total / issue.divisible.parts, parties.index(party)
    return [way[own] * each for way in issue.divisions(len(parties))]


def added(issue: Issue, parties: Sequence[str], amount: Mapping[str, float] | float) -> Floats:
    """What each option of an issue adds to a capped sum: shape (options,)."""
    if not isinstance(amount, Mapping):
        assert issue.grid is not None
        return float(amount) * np.array(issue.grid.points)
    labels = issue.labels(len(parties))
    if issue.divisible is None:
        return np.array([float(amount.get(label, 0.0)) for label in labels])
    total: Floats = np.zeros(len(labels))
    for party, factor in amount.items():
        total = total + factor * np.array(amounts(issue, parties, party))
    return total
