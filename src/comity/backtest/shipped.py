"""Errors and outcomes of past decisions, for a file that holds but one proposal.

The middles of fifty equal parts of two distributions over the 250 decided issues of the open part
of DEU III, rounded to a tenth of a point: the compromise's residuals with capability by Council
votes, and the outcomes. Worked out on 22 November 2026 from a file with the fingerprint ``OF``.
"""

from __future__ import annotations

import numpy as np

from comity.dossier.quantity import Floats

OF = "1d08fa4c36700c45eff99b11c30aac2928c3ef9d48eac5ffad5c096be38cdcae"
"""SHA-256 of the file."""

RESIDUALS: Floats = np.array(
    [
        -68.3, -55.3, -52.7, -49.7, -46.4, -40.6, -37.1, -34.8, -32.2, -30.4, -26.8, -24.8, -18.4,
        -16.7, -15.8, -14.3, -12.4, -11.1, -10.5, -9.6, -7.6, -5.5, -4.9, -2, -1.4, 0, 1.1, 1.9, 3,
        3.8, 5.2, 7.2, 9.1, 10.9, 12.2, 13.8, 14.5, 18, 19.3, 21.5, 24.9, 26.7, 28.8, 30.8, 33.5,
        36.7, 40, 47.1, 56.6, 76.9,
    ]
)  # fmt: skip
OUTCOMES: Floats = np.array(
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 3.1, 10.9, 20.3, 25.8, 30, 30, 33.4, 38.3, 40, 40, 45, 50, 50,
        50, 50, 50, 50, 50, 59.9, 60, 60, 60, 66, 69.5, 70, 70, 72.4, 75, 77.8, 80, 80, 85.7, 90,
        91.3, 100, 100, 100, 100, 100, 100, 100,
    ]
)  # fmt: skip
