"""A few sums compared each with each."""

from __future__ import annotations

import numpy as np

from comity.bargaining.frontier.compiled import compiled
from comity.bargaining.problem import Bools, Ints


@compiled
def undominated(sums: Ints, same: Ints) -> Bools:
    """Which sums no other betters by more than ``same``; they come in falling order."""
    count, width = sums.shape
    stays = np.ones(count, dtype=np.bool_)
    for i in range(count):
        for j in range(i):  # whatever betters a sum comes before it
            if not stays[j]:
                continue
            covered, far = True, False
            for c in range(width):
                gap = sums[j, c] - sums[i, c]
                if gap < 0:
                    covered = False
                    break
                if gap > same[c]:
                    far = True
            if covered and far:
                stays[i] = False
                break
    return stays
