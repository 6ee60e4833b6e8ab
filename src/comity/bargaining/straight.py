"""Values between the points stated: straight lines, level beyond the outermost (§40)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from comity.bargaining.problem import Floats


def between(points: Mapping[float, Floats], at: Floats) -> Floats:
    """Values at some points, straight lines between: shape (draws, len(at)).

    ``points`` maps a point to its value in every draw; beyond the outermost points the value
    stays what it is there.
    """
    known = sorted(points)
    values = np.stack([points[point] for point in known], axis=1)
    if len(known) == 1:
        return np.repeat(values, len(at), axis=1)
    right = np.clip(np.searchsorted(known, at, side="left"), 1, len(known) - 1)
    left = np.array(known)[right - 1]
    share = np.clip((at - left) / (np.array(known)[right] - left), 0.0, 1.0)
    mixed: Floats = values[:, right - 1] * (1.0 - share) + values[:, right] * share
    return mixed
