"""What the test of a claim hangs on, read off the draws made (§46).

In each draw a claim has its bound: the largest share of its own best that the worst-off party can
have. An input on which it hangs shows in the mean bound of the fifth of the draws in which the
input is highest, less that of the fifth in which it is lowest.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from comity.bargaining.question import FIFTHS, fifths
from comity.dossier.quantity import Floats
from comity.dossier.talks import Talks
from comity.ensemble.mediation.asking import named_input
from comity.ensemble.mediation.results import Hanging, HangingKinds

MOST_HANGING = 3
FEWEST = 200
"""Draws below which nothing is read off: a fifth of them says too little."""
CLEAR = 4.5
"""Standard errors that a difference of two fifths must exceed: among a hundred inputs that say
nothing, one in a hundred dossiers at most shows one."""


KINDS = {
    "values": "worth",
    "lights": "worth",
    "interactions": "worth",
    "weight": "weights",
    "rank": "weights",
    "reservation": "reservation",
    "red_lines": "limits",
    "at_most": "limits",
}
"""Kinds of inputs, by a word of their field path."""

PER_INPUT = 3
"""Draws for each input of a kind, below which a regression says too little."""


def hanging(
    talks: Talks, name: str, columns: Mapping[str, Floats], bounds: Floats
) -> tuple[Hanging, ...]:
    """Inputs on which a claim's bound hangs most, at most three; ``bounds`` (draws,).

    Draws without a bound are left out.
    """
    there = ~np.isnan(bounds)
    if there.sum() < FEWEST or np.ptp(bounds[there]) == 0.0:
        return ()
    seen = {path: _ends(column[there], bounds[there]) for path, column in columns.items()}
    clear = {path: ends for path, ends in seen.items() if ends is not None}
    order = sorted(clear, key=lambda path: (-abs(clear[path][1] - clear[path][0]), path))
    return tuple(
        Hanging(
            **vars(named_input(talks, name, path)), lowest=clear[path][0], highest=clear[path][1]
        )
        for path in order[:MOST_HANGING]
    )


def _ends(column: Floats, bounds: Floats) -> tuple[float, float] | None:
    """Mean bound in the lowest and in the highest fifth of an input; None if chance would do."""
    fifth = fifths(column)
    low, high = bounds[fifth == 0], bounds[fifth == FIFTHS - 1]
    error = np.sqrt(low.var(ddof=1) / len(low) + high.var(ddof=1) / len(high))
    if abs(high.mean() - low.mean()) <= CLEAR * error:
        return None
    return float(low.mean()), float(high.mean())


def kinds(columns: Mapping[str, Floats], bounds: Floats) -> HangingKinds:
    """What share of the variance of bounds (draws,) each kind of input explains by itself.

    The adjusted R² of a linear regression on the inputs of that kind, 0 at least; 0 where there
    are none, or too few draws for so many.
    """
    there = ~np.isnan(bounds)
    known = bounds[there]
    shares = dict.fromkeys(KINDS.values(), 0.0)
    if len(known) < FEWEST or np.ptp(known) == 0.0:
        return HangingKinds(**shares)
    for kind in shares:
        own = [column[there] for path, column in columns.items() if _kind(path) == kind]
        if own and len(known) > PER_INPUT * len(own):
            shares[kind] = _explained(np.stack(own, axis=1), known)
    return HangingKinds(**shares)


def _kind(path: str) -> str | None:
    return next((KINDS[word] for word in reversed(path.split(".")) if word in KINDS), None)


def _explained(inputs: Floats, known: Floats) -> float:
    """Adjusted R² of a linear regression."""
    centred, spread = inputs - inputs.mean(axis=0), known - known.mean()
    fitted = centred @ np.linalg.lstsq(centred, spread, rcond=None)[0]
    left = float(np.sum((spread - fitted) ** 2) / np.sum(spread**2))
    draws, width = inputs.shape
    return float(max(0.0, 1.0 - left * (draws - 1) / (draws - width - 1)))
