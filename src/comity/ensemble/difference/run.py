"""What a change of the dossier did to the answers, input by input (conventions §68).

Both dossiers, and every mixture of the two, are answered on the same uniforms, so that draws
differ only where an input does. The change of an answer is told for each group of changes alone
(made first), last (made after all others), and as its Shapley value: its part averaged over all
orders in which the changes could have been made (Shapley, "A value for n-person games", 1953).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.dossier import Batch, Dossier, Keyed, refuse_hindsight
from comity.dossier.changes import changes
from comity.dossier.mixing import Between, Group, coarser
from comity.ensemble.chunks import Draws, chunk_length
from comity.ensemble.difference.answered import Answered
from comity.ensemble.difference.orders import ORDERS, plan
from comity.ensemble.difference.results import Difference, ItemDifference
from comity.ensemble.difference.talks import talks_differences
from comity.ensemble.progress import Meter, Tell
from comity.ensemble.run import DRAWS, MOST_DRAWS
from comity.errors import ComityError, UnsupportedError
from comity.forecast import tables

THREADS = 2
"""Threads by default, where there are so many cores."""

TALKING = 0.3
"""Share of the time that talks take, where there are any."""


def difference(
    old: Dossier,
    new: Dossier,
    *,
    items: Sequence[str] | None = None,
    seed: int = 1,
    draws: int = DRAWS,
    orders: int = ORDERS,
    workers: int | None = None,
    progress: Tell | None = None,
) -> Difference:
    """What changed between two dossiers, and what that did to the answers, input by input.

    ``items``: the items of both agendas to be answered; none: all. ``orders``: how many orders are
    sampled for an item on which more than ``EXACT`` groups of changes bear. The result never
    depends on ``workers``.

    Raises DossierError if a dossier knows anything later than its ``as_of``, UnsupportedError if
    a number is out of range.
    """
    _refuse("draws", draws, MOST_DRAWS)
    _refuse("orders", orders, 100_000)
    refuse_hindsight(old)
    refuse_hindsight(new)
    hands = workers or min(THREADS, os.cpu_count() or 1)
    length = min(chunk_length(old), chunk_length(new))
    meter = Meter(progress)
    found = changes(old, new)
    run = _Run(Between(old, new, found), Draws(seed, draws, length, hands), orders, meter, items)
    groups, answered = run.items()
    done = Difference(
        titles=(old.title, new.title),
        as_of=(old.as_of, new.as_of),
        handling="; ".join(dict.fromkeys((old.handling, new.handling))),
        seed=seed,
        draws=draws,
        changes=found,
        groups=groups,
        items=answered,
        only_before=tuple(item for item in old.agenda if item not in new.agenda),
        only_after=tuple(item for item in new.agenda if item not in old.agenda),
        talks=talks_differences(
            old, new, found, seed=seed, workers=workers, meter=meter, share=TALKING
        ),
        before=old,
        after=new,
    )
    meter.finish()
    return done


def _refuse(what: str, asked: int, most: int) -> None:
    if not 1 <= asked <= most:
        raise UnsupportedError(
            f"the number of {what} is out of range",
            found=asked,
            mend=f"ask for 1 to {most:,} {what}",
        )


@dataclass(frozen=True)
class _Run:
    """A pair of dossiers with how they are to be drawn."""

    between: Between
    draws: Draws
    orders: int
    meter: Meter
    wanted: Sequence[str] | None = None

    def items(self) -> tuple[tuple[Group, ...], dict[str, ItemDifference]]:
        """Every item of both agendas; groups are joined until every mixture can be decided on."""
        groups = self.between.groups
        for side in ((), groups):  # what cannot be decided on by itself is no matter of mixing
            self._try(side)
        while True:
            try:
                return groups, self._items(groups)
            except ComityError:
                joined = coarser(groups)
                if joined is None:
                    raise
                groups = tuple(joined)

    def _try(self, side: Sequence[Group]) -> None:
        tables(Batch(self.between.mixed(side), Keyed(self.draws.seed, 0, 1)))

    def _items(self, groups: Sequence[Group]) -> dict[str, ItemDifference]:
        wanted = self.wanted
        common = [i for i in self.between.common() if wanted is None or i in wanted]
        clusters: dict[tuple[int, ...], list[str]] = {}
        for item in common:
            found_on = (k for k, g in enumerate(groups) if self.between.bears_on(g, item))
            clusters.setdefault(tuple(found_on), []).append(item)
        found: dict[str, ItemDifference] = {}
        for bearing, items in clusters.items():
            share = (1.0 - TALKING) * len(items) / len(common)
            found |= self._cluster([groups[k] for k in bearing], items, share)
        return {item: found[item] for item in common}

    def _cluster(
        self, groups: Sequence[Group], items: Sequence[str], share: float
    ) -> dict[str, ItemDifference]:
        """Items on which the same groups bear, answered in the same mixtures."""
        planned = plan(len(groups), self.orders, self.draws.seed)
        work = Answered(self.between, groups, tuple(items), planned)
        parts = self.draws.telling(self.meter, share).each(work.chunk)
        ends = self.draws.each(work.ends)
        found = {}
        for item in items:
            sums = parts[0][item]
            for part in parts[1:]:
                sums = sums + part[item]
            objections = np.sum([end[item] for end in ends], axis=0)
            found[item] = work.told(item, sums, objections, self.draws)
        return found
