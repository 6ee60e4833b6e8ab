"""How far the answer depends on what was merely assumed.

The assumed inputs are held at each of a number of settings drawn from their ranges while all
others vary; the range of the answer over the settings is what the assumptions leave open. A few
settings cannot find an answer that hardly ever comes about, so those of some draws in which the
item was adopted, and of some in which it was not, are tried too. The inner draws are the same for
every setting, and what they have in common by chance is taken out by the headline, which rests on
many more draws (conventions §21).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from comity.acceptance.stances import Bools
from comity.dossier import Basis, Batch, Dossier, Keyed
from comity.dossier.inputs import inputs, omega_path, participants
from comity.dossier.quantity import Floats
from comity.ensemble.chunks import chunk_length
from comity.ensemble.results import Interval, Ranges
from comity.ensemble.survey import join
from comity.ensemble.tornado import bears_on
from comity.forecast import Outcome, outcomes

SETTINGS = 256
"""Settings of the assumed inputs that are tried."""

TELLING = 4
"""Draws of either outcome whose assumed inputs are tried as settings too."""

INNER = 125
"""Draws of all other inputs within each setting."""

MIDDLE = (5.0, 95.0)
"""Percentiles over the settings between which the middle range lies."""


Places = tuple[int, ...]
"""Settings by number, or draws of the headline, in rising order."""


@dataclass(frozen=True)
class Held:
    """Uniforms of some settings: assumed inputs constant within each, all others repeated.

    ``assumed`` holds the keys of the columns that assumed inputs are drawn from; a ``fresh``
    setting draws them anew, any other takes them from the headline's draw of that place.
    """

    seed: int
    places: Places
    assumed: frozenset[str]
    fresh: bool = True

    @property
    def size(self) -> int:
        return len(self.places) * INNER

    def column(self, path: str) -> Floats:
        if path not in self.assumed:
            return np.tile(Keyed(self.seed, 0, INNER).column(path), len(self.places))
        first, last = self.places[0], self.places[-1]
        drawn = Keyed(self.seed, first, last + 1).column(f"{path}#held" if self.fresh else path)
        return np.repeat(drawn[np.array(self.places) - first], INNER)


@dataclass(frozen=True)
class Settings:
    """All settings to be tried, in chunks: the fresh ones, then the telling draws of all items.

    ``telling`` holds each item's own places among the telling draws.
    """

    chunks: tuple[Held, ...]
    telling: Mapping[str, Places]


def settings(dossier: Dossier, seed: int, headline: Mapping[str, Outcome]) -> Settings:
    """The settings to be tried for a headline drawn with the same seed."""
    own = {item: _telling(outcome) for item, outcome in headline.items()}
    places = tuple(sorted({place for telling in own.values() for place in telling}))
    where = {place: number for number, place in enumerate(places)}
    return Settings(
        (*_held(dossier, seed, tuple(range(SETTINGS)), True), *_held(dossier, seed, places, False)),
        {item: tuple(where[place] for place in telling) for item, telling in own.items()},
    )


def _telling(outcome: Outcome) -> frozenset[int]:
    """The first draws in which an item is adopted, and the first in which it is not."""
    answers = [a for a in (outcome.adopted, outcome.adoptable) if a is not None]
    found = (np.flatnonzero(each)[:TELLING] for a in answers for each in (a, ~a))
    return frozenset(place for places in found for place in places.tolist())


def _held(dossier: Dossier, seed: int, places: Places, fresh: bool) -> Iterable[Held]:
    assumed, width = _assumed(dossier), max(chunk_length(dossier) // INNER, 1)
    for start in range(0, len(places), width):
        yield Held(seed, places[start : start + width], assumed, fresh)


def _assumed(dossier: Dossier) -> frozenset[str]:
    """Keys of the columns of all assumed inputs that some item's responses rest on."""
    read = {
        omega_path(dossier, item, actor)
        for item in dossier.agenda
        for actor in participants(dossier, item)
    }
    entries = (entry for entry in inputs(dossier).values() if entry.basis is Basis.ASSUMED)
    return frozenset(e.column for e in entries if e.item is not None or e.path in read)


def settle_held(dossier: Dossier, held: Held) -> dict[str, Outcome]:
    """What becomes of every item in the draws of some settings."""
    return outcomes(Batch(dossier, held))


def ranges(
    dossier: Dossier,
    tried: Settings,
    parts: list[dict[str, Outcome]],
    headline: Mapping[str, Outcome],
) -> Mapping[str, Ranges]:
    """The range of each item's headline shares over its settings."""
    found = {}
    for item, whole in headline.items():
        outcome = join([part[item] for part in parts])
        telling = tried.telling[item] if rests_on_assumption(dossier, item) else None
        any_ends, any_middle = _spread(outcome.adoptable, whole.adoptable, telling)
        ends, middle = None, None
        if outcome.adopted is not None and whole.adopted is not None:
            ends, middle = _spread(outcome.adopted, whole.adopted, telling)
        found[item] = Ranges(ends, any_ends, middle, any_middle)
    return found


def rests_on_assumption(dossier: Dossier, item: str) -> bool:
    """Whether an uncertain input that is merely assumed can matter to the item's adoption."""
    entries = (entry for entry in inputs(dossier).values() if entry.basis is Basis.ASSUMED)
    return any(bears_on(dossier, item, entry) for entry in entries)


def _spread(adopted: Bools, drawn: Bools, telling: Places | None) -> tuple[Interval, Interval]:
    """The ends and the middle of the shares by setting, about the share of all draws.

    ``telling``: the item's own places after the fresh settings; None where nothing is assumed.
    """
    headline = float(drawn.mean())
    if telling is None:
        return (headline, headline), (headline, headline)
    shares = adopted.reshape(-1, INNER).mean(axis=1)
    mean = float(shares[:SETTINGS].mean())
    fresh = _about(headline, mean, shares[:SETTINGS])
    tried = (headline, *fresh, *_about(headline, mean, shares[SETTINGS:][list(telling)]))
    low, high = np.percentile(fresh, MIDDLE)
    return (float(min(tried)), float(max(tried))), (float(low), float(high))


def _about(headline: float, mean: float, shares: Floats) -> Floats:
    """The shares stretched so that what was their mean comes to lie at the headline; 0 and 1 stay.

    All settings share their few inner draws, and with them one error, which this takes out.
    """
    if not 0.0 < mean < 1.0:
        return shares
    stretched: Floats = np.interp(shares, (0.0, mean, 1.0), (0.0, headline, 1.0))
    return stretched
