"""How far the answer depends on what was merely assumed.

The assumed inputs are held at each of a number of settings drawn from their ranges while all
others vary; the range of the answer over the settings is what the assumptions leave open. The
inner draws are the same for every setting, and what they have in common by chance is taken out
by the headline, which rests on many more draws (conventions §21).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.acceptance.stances import Bools
from comity.dossier import Basis, Batch, Dossier, Keyed
from comity.dossier.inputs import inputs
from comity.dossier.quantity import Floats
from comity.ensemble.chunks import chunk_length
from comity.ensemble.results import Interval, Ranges
from comity.ensemble.survey import join
from comity.ensemble.tornado import bears_on
from comity.forecast import Outcome, outcomes

SETTINGS = 256
"""Settings of the assumed inputs that are tried."""

INNER = 125
"""Draws of all other inputs within each setting."""

MIDDLE = (5.0, 95.0)
"""Percentiles over the settings between which the middle range lies."""


@dataclass(frozen=True)
class Held:
    """Uniforms of some settings: assumed inputs constant within each, all others repeated.

    ``assumed`` holds the keys of the columns that assumed inputs are drawn from.
    """

    seed: int
    first: int
    last: int
    assumed: frozenset[str]

    @property
    def size(self) -> int:
        return (self.last - self.first) * INNER

    def column(self, path: str) -> Floats:
        if path in self.assumed:
            return np.repeat(Keyed(self.seed, self.first, self.last).column(f"{path}#held"), INNER)
        return np.tile(Keyed(self.seed, 0, INNER).column(path), self.last - self.first)


def settings(dossier: Dossier, seed: int) -> list[Held]:
    """The settings in chunks of the usual length."""
    entries = inputs(dossier).values()
    assumed = frozenset(entry.column for entry in entries if entry.basis is Basis.ASSUMED)
    width = max(chunk_length(dossier) // INNER, 1)
    return [Held(seed, k, min(k + width, SETTINGS), assumed) for k in range(0, SETTINGS, width)]


def settle_held(dossier: Dossier, held: Held) -> dict[str, Outcome]:
    """What becomes of every item in the draws of some settings."""
    return outcomes(Batch(dossier, held))


def ranges(
    dossier: Dossier, parts: list[dict[str, Outcome]], headline: Mapping[str, Outcome]
) -> Mapping[str, Ranges]:
    """The range of each item's headline shares over all settings."""
    found = {}
    for item, whole in headline.items():
        outcome = join([part[item] for part in parts])
        varied = rests_on_assumption(dossier, item)
        any_ends, any_middle = _spread(outcome.adoptable, whole.adoptable, varied)
        ends, middle = None, None
        if outcome.adopted is not None and whole.adopted is not None:
            ends, middle = _spread(outcome.adopted, whole.adopted, varied)
        found[item] = Ranges(ends, any_ends, middle, any_middle)
    return found


def rests_on_assumption(dossier: Dossier, item: str) -> bool:
    """Whether an uncertain input that is merely assumed can matter to the item's adoption."""
    entries = (entry for entry in inputs(dossier).values() if entry.basis is Basis.ASSUMED)
    return any(bears_on(dossier, item, entry) for entry in entries)


def _spread(adopted: Bools, drawn: Bools, varied: bool) -> tuple[Interval, Interval]:
    """The ends and the middle of the shares by setting, about the share of all draws."""
    headline = float(drawn.mean())
    if not varied:
        return (headline, headline), (headline, headline)
    shares = _about(headline, adopted.reshape(SETTINGS, INNER).mean(axis=1))
    low, high = np.percentile(shares, MIDDLE)
    ends = min(float(shares.min()), headline), max(float(shares.max()), headline)
    return ends, (float(low), float(high))


def _about(headline: float, shares: Floats) -> Floats:
    """The shares stretched so that their mean comes to lie at the headline; 0 and 1 stay.

    All settings share their few inner draws, and with them one error, which this takes out.
    """
    mean = float(shares.mean())
    if not 0.0 < mean < 1.0:
        return shares
    stretched: Floats = np.interp(shares, (0.0, mean, 1.0), (0.0, headline, 1.0))
    return stretched
