"""How far the answer depends on what was merely assumed.

The assumed inputs are held at each of a number of settings drawn from their ranges while all
others vary; the range of the answer over the settings is what the assumptions leave open. The
inner draws are the same for every setting (conventions §21).
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
from comity.forecast import Outcome, outcomes

SETTINGS = 256
"""Settings of the assumed inputs that are tried."""

INNER = 125
"""Draws of all other inputs within each setting."""

MIDDLE = (5.0, 95.0)
"""Percentiles over the settings between which the middle range lies."""


@dataclass(frozen=True)
class Held:
    """Uniforms of some settings: assumed inputs constant within each, all others repeated."""

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
    assumed = frozenset(p for p, entry in inputs(dossier).items() if entry.basis is Basis.ASSUMED)
    width = max(chunk_length(dossier) // INNER, 1)
    return [Held(seed, k, min(k + width, SETTINGS), assumed) for k in range(0, SETTINGS, width)]


def settle_held(dossier: Dossier, held: Held) -> dict[str, Outcome]:
    """What becomes of every item in the draws of some settings."""
    return outcomes(Batch(dossier, held))


def ranges(parts: list[dict[str, Outcome]]) -> Mapping[str, Ranges]:
    """The range of each item's headline shares over all settings."""
    found = {}
    for item in parts[0]:
        outcome = join([part[item] for part in parts])
        some = _by_setting(outcome.adoptable)
        tabled = None if outcome.adopted is None else _by_setting(outcome.adopted)
        found[item] = Ranges(
            probability=None if tabled is None else _ends(tabled, (0.0, 100.0)),
            any=_ends(some, (0.0, 100.0)),
            middle_probability=None if tabled is None else _ends(tabled, MIDDLE),
            middle_any=_ends(some, MIDDLE),
        )
    return found


def _by_setting(adopted: Bools) -> Floats:
    shares: Floats = adopted.reshape(SETTINGS, INNER).mean(axis=1)
    return shares


def _ends(shares: Floats, levels: tuple[float, float]) -> Interval:
    low, high = np.percentile(shares, levels)
    return float(low), float(high)
