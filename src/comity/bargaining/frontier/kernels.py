"""The hot loops, compiled by Numba on first use and cached. Import this module lazily.

Points are rows of whole numbers. A point is *dropped* if another is at least as good everywhere
and better by more than ``same`` somewhere. That relation is transitive, survives adding the same
to both, and never drops one of two points that lie within ``same`` of each other (§41).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

from comity.bargaining.problem import Bools, Ints

_Loop = TypeVar("_Loop", bound=Callable[..., Any])


def compiled(loop: _Loop) -> _Loop:
    """Compiled once a machine; lets go of the interpreter."""
    fast: Any = njit(nogil=True, cache=True)(loop)
    return cast(_Loop, fast)


@compiled
def survivors(points: Ints, same: Ints) -> Bools:
    """Which points are not dropped. They come in falling lexicographic order."""
    count, width = points.shape
    stays = np.zeros(count, dtype=np.bool_)
    kept = np.empty(count, dtype=np.int64)
    size = 0
    for i in range(count):
        dropped = False
        for j in range(size):
            other = kept[j]
            far = False
            covered = True
            for c in range(width):
                gap = points[other, c] - points[i, c]
                if gap < 0:
                    covered = False
                    break
                if gap > same[c]:
                    far = True
            if covered and far:
                dropped = True
                break
        if not dropped:
            stays[i] = True
            kept[size] = i
            size += 1
    return stays
