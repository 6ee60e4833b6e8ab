"""Repeated resolutions: roll calls that put one question again, by title or by resolution."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.rollcalls.votes import RollCall

_SERIES = re.compile(r"^(a/res/|r/|s/res/)")
_NO_WORD = re.compile(r"[\W\d_]+")


def title_key(title: str) -> str:
    """A title without case, figures and punctuation, as it comes again in another year."""
    return _NO_WORD.sub(" ", title.casefold()).strip()


def resolution_key(resolution: str) -> str:
    """``71/290`` of ``R/71/290`` and ``A/RES/71/290`` alike; parts A and B are two resolutions."""
    return _SERIES.sub("", "".join(resolution.casefold().split()))


def clusters(calls: Sequence[RollCall]) -> NDArray[np.intp]:
    """For each roll call the number of its cluster, counted from 0 in the order of the calls.

    Two roll calls are in one cluster if they bear one title, whatever the session, or concern
    one resolution, such as a paragraph of it and the whole, or if a chain of such ties leads
    from one to the other. A roll call with neither is a cluster of its own.
    """
    parent = list(range(len(calls)))

    def root(call: int) -> int:
        while parent[call] != call:
            parent[call] = parent[parent[call]]
            call = parent[call]
        return call

    first: dict[tuple[str, str], int] = {}
    for number, call in enumerate(calls):
        for key in _keys(call):
            one, other = root(first.setdefault(key, number)), root(number)
            parent[max(one, other)] = min(one, other)
    numbers: dict[int, int] = {}
    found = [numbers.setdefault(root(call), len(numbers)) for call in range(len(calls))]
    return np.asarray(found, dtype=np.intp)


def _keys(call: RollCall) -> Iterable[tuple[str, str]]:
    if call.titled and (title := title_key(call.title)):
        yield "title", title
    if call.resolution:
        yield "resolution", resolution_key(call.resolution)
