"""What a change of the dossier did to the answers, input by input (conventions §68).

Both dossiers, and every mixture of the two, are answered on the same uniforms, so that draws
differ only where an input does. The change of an answer is told for each group of changes alone
(made first), last (made after all others), and as its Shapley value: its part averaged over all
orders in which the changes could have been made (Shapley, "A value for n-person games", 1953).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import numpy as np

from comity.dossier import Batch, Dossier, Keyed, refuse_hindsight
from comity.dossier.changes import Change, changes
from comity.dossier.mixing import Between, Group, coarser
from comity.dossier.quantity import Floats
from comity.dossier.response import Response
from comity.ensemble import summary
from comity.ensemble.chunks import Draws, chunk_length
from comity.ensemble.orders import EXACT, ORDERS, Plan, plan
from comity.ensemble.progress import Meter, Tell
from comity.ensemble.results import Text, as_json
from comity.ensemble.run import DRAWS, MOST_DRAWS
from comity.ensemble.survey import weakest
from comity.ensemble.talks_difference import TalksDifference, talks_differences
from comity.errors import ComityError, UnsupportedError
from comity.forecast import Mean, Table, settle, tables

__all__ = ["EXACT", "ORDERS", "Difference", "difference"]

THREADS = 2
"""Threads by default, where there are so many cores."""

TALKING = 0.3
"""Share of the time that talks take, where there are any."""

ERRORS = 2.0
"""Standard errors within which a change is not told from chance (as in §22)."""

_SAME = 1e-9
"""Differences below it are of rounding."""

Headline = Literal["probability", "any"]


def beyond(change: float, error: float) -> bool:
    """Whether a change is told from chance: more than two standard errors, and no rounding."""
    return abs(change) > ERRORS * error + _SAME


@dataclass(frozen=True)
class Shift:
    """An answer before and after; None where a dossier has no such answer.

    ``error`` is the Monte Carlo standard error of ``change``, of draws in pairs; ``moved`` the
    share of draws in which the answer differs.
    """

    before: float | None
    after: float | None
    change: float | None = None
    error: float | None = None
    moved: float | None = None

    @property
    def told(self) -> bool:
        """Whether the change is more than chance could make of it."""
        return self.change is not None and beyond(self.change, self.error or 0.0)


@dataclass(frozen=True)
class Part:
    """The part of one group of changes in the change of one answer.

    ``alone``: what it does if made first; ``last``: if made after all others; ``share``: its
    Shapley value. The errors are standard errors, of drawing and, in ``share_error``, also of
    sampling orders where not all were tried.
    """

    group: str
    alone: float
    alone_error: float
    last: float
    last_error: float
    share: float
    share_error: float

    @property
    def told(self) -> bool:
        """Whether anything of it is more than chance could make of it."""
        pairs = ("alone", "last", "share")
        return any(beyond(getattr(self, p), getattr(self, f"{p}_error")) for p in pairs)


@dataclass(frozen=True)
class ItemDifference:
    """One item of both agendas.

    ``answers``: probability, any, text_tabled and text_any, as in a forecast. ``responses_to``
    are the drafts to which ``objects`` gives each member's share of objections, None where it has
    no seat. ``content``: the means of what members want, in points of a scale. ``parts`` holds
    what each group did to each answer; the shares of an answer sum to its change. ``headline``
    is the answer to look at. ``orders``: how many orders were tried where all were too many.
    """

    headline: Headline
    tabled: tuple[Text | None, Text | None]
    responses_to: tuple[Text, Text]
    answers: Mapping[str, Shift]
    objects: Mapping[str, Shift]
    content: Mapping[str, Shift]
    parts: Mapping[str, tuple[Part, ...]]
    exact: bool
    orders: int | None


@dataclass(frozen=True)
class Difference:
    """What changed between two dossiers, and what that did to the answers.

    ``groups`` are the changes that headlines read, as they were made together; a change in no
    group bears on none. ``handling`` has both marks where they differ. ``items`` holds the items
    of both agendas, ``only_before`` and ``only_after`` those of one.
    """

    titles: tuple[str, str]
    as_of: tuple[date, date]
    handling: str
    seed: int
    draws: int
    changes: tuple[Change, ...] = field(metadata={"json": False})
    groups: tuple[Group, ...] = field(metadata={"json": False})
    items: Mapping[str, ItemDifference]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    talks: Mapping[str, TalksDifference]
    before: Dossier = field(repr=False, metadata={"json": False})
    after: Dossier = field(repr=False, metadata={"json": False})

    @property
    def same(self) -> bool:
        """Whether nothing changed at all."""
        return not self.changes

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values, without the dossiers."""
        told: dict[str, Any] = as_json(self)
        told["changes"] = [_change_json(change) for change in self.changes]
        told["groups"] = [
            {"name": g.name, "changes": list(g.changes), "single": g.single} for g in self.groups
        ]
        return told


def _change_json(change: Change) -> dict[str, Any]:
    names = ("path", "kind", "before", "after", "basis")
    return {name: as_json(getattr(change, name)) for name in names}


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


Answers = Mapping[str, Floats]
"""Name of an answer to its value in every draw, shape (n,)."""


@dataclass(frozen=True)
class _Sums:
    """Sums over draws for one item: what is needed for means and their errors.

    ``means`` maps a mixture to the sum of each answer over draws; ``squares`` maps each answer to
    the squares of its change in each draw: in all, and alone, last and as a share by group.
    """

    means: Mapping[frozenset[int], Floats]
    names: tuple[str, ...]
    squares: Floats
    moved: Floats

    def __add__(self, other: _Sums) -> _Sums:
        means = {mixture: total + other.means[mixture] for mixture, total in self.means.items()}
        return _Sums(means, self.names, self.squares + other.squares, self.moved + other.moved)


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
        work = _Work(self.between, groups, tuple(items), planned)
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


@dataclass(frozen=True)
class _Work:
    """What is done with each chunk of draws for a cluster of items."""

    between: Between
    groups: Sequence[Group]
    items: tuple[str, ...]
    plan: Plan

    def _dossier(self, mixture: frozenset[int]) -> Dossier:
        mixed = self.between.mixed([self.groups[k] for k in sorted(mixture)])
        return self.between.narrowed(mixed, self.items)

    def chunk(self, uniforms: Keyed) -> dict[str, _Sums]:
        """Every mixture of the plan on one chunk of draws."""
        gathered = {item: _Gathering(self.plan) for item in self.items}
        for mixture in self.plan.mixtures:
            batch = Batch(self._dossier(mixture), uniforms)
            laid = tables(batch)
            settled = settle(batch, laid)
            for item in self.items:
                outcome = settled[item]
                values: dict[str, Floats | None] = {
                    "probability": _numbers(outcome.adopted),
                    "any": _numbers(outcome.adoptable),
                    "text_tabled": _numbers(outcome.text_tabled),
                    "text_any": _numbers(outcome.text_any),
                }
                gathered[item].add(mixture, self._defined(item, values | _contents(batch, item)))
        return {item: found.sums() for item, found in gathered.items()}

    def _defined(self, item: str, values: Mapping[str, Floats | None]) -> Answers:
        """The answers that both dossiers have, hence every mixture."""
        sides = (self.between.old, self.between.new)
        tabled = all(side.agenda[item].tabled is not None for side in sides)
        scale = all(side.agenda[item].is_scale for side in sides)
        kept = {"any", "text_any"}
        kept |= {"probability", "text_tabled"} if tabled else set()
        kept |= {model.name for model in _MEANS} if scale else set()
        return {n: v for n, v in values.items() if n in kept and v is not None}

    def ends(self, uniforms: Keyed) -> dict[str, Floats]:
        """Objections of each member before and after, shape (members, 4): before, after, changed,
        and in how many draws the adoption of a draft on one side alone."""
        sides = []
        for mixture in (frozenset[int](), frozenset(range(len(self.groups)))):
            batch = Batch(self._dossier(mixture), uniforms)
            laid = tables(batch)
            sides.append((laid, settle(batch, laid)))
        found = {}
        for item in self.items:
            objects = [_objecting(laid[item]) for laid, _ in sides]
            adopted = [_numbers(settled[item].adopted) for _, settled in sides]
            rows = [_counts(objects[0].get(who), objects[1].get(who)) for who in self._who(item)]
            rows.append(_counts(*adopted))
            found[item] = np.array(rows)
        return found

    def _who(self, item: str) -> tuple[str, ...]:
        """Members on either side, in seat order."""
        sides = (self.between.old, self.between.new)
        return tuple(dict.fromkeys(who for side in sides for who in side.members(item)))

    def told(self, item: str, sums: _Sums, objections: Floats, draws: Draws) -> ItemDifference:
        """The sums as the result says them."""
        old, new = self.between.old, self.between.new
        count = draws.count
        answers = {name: self._shift(sums, k, count) for k, name in enumerate(sums.names)}
        if "probability" not in answers:
            answers = {"probability": _pair(objections[-1], count)} | answers
        means = {model.name for model in _MEANS}
        tabled = (
            summary.draft_text(old, item, "tabled"),
            summary.draft_text(new, item, "tabled"),
        )
        texts = [
            summary.weakest_text(side, item) if text is None else text
            for side, text in zip((old, new), tabled, strict=True)
        ]
        rows = zip(self._who(item), objections, strict=False)
        return ItemDifference(
            headline="probability" if None not in tabled else "any",
            tabled=tabled,
            responses_to=(texts[0], texts[1]),
            answers={name: answers[name] for name in answers if name not in means},
            objects={who: _pair(row, count) for who, row in rows},
            content={name: answers[name] for name in answers if name in means},
            parts={name: self._parts(sums, k, count) for k, name in enumerate(sums.names)},
            exact=self.plan.exact,
            orders=None if self.plan.exact else len(self.plan.orders),
        )

    def _shift(self, sums: _Sums, k: int, count: int) -> Shift:
        before = sums.means[frozenset()][k] / count
        after = sums.means[frozenset(range(len(self.groups)))][k] / count
        error = _error(after - before, sums.squares[k, 0], count)
        return Shift(
            float(before), float(after), float(after - before), error, float(sums.moved[k]) / count
        )

    def _parts(self, sums: _Sums, k: int, count: int) -> tuple[Part, ...]:
        """What each group did to one answer, the largest share first."""
        size = len(self.groups)
        mean = {mixture: float(total[k]) / count for mixture, total in sums.means.items()}
        every, none = frozenset(range(size)), frozenset[int]()
        shares = self.plan.shares(mean)
        wandering = self.plan.order_errors(mean)
        squares = sums.squares[k, 1:].reshape(3, size)
        parts = []
        for g, group in enumerate(self.groups):
            alone = mean[frozenset({g})] - mean[none]
            last = mean[every] - mean[every - {g}]
            drawn = _error(shares[g], squares[2, g], count)
            parts.append(
                Part(
                    group=group.name,
                    alone=alone,
                    alone_error=_error(alone, squares[0, g], count),
                    last=last,
                    last_error=_error(last, squares[1, g], count),
                    share=float(shares[g]),
                    share_error=float(np.hypot(drawn, wandering[g])),
                )
            )
        return tuple(sorted(parts, key=lambda part: -abs(part.share)))


class _Gathering:
    """The answers of one item in one chunk, mixture by mixture, added up as they come."""

    def __init__(self, planned: Plan) -> None:
        self.plan = planned
        self.means: dict[frozenset[int], Floats] = {}
        self.kept: dict[frozenset[int], Floats] = {}
        self.shares: Floats | None = None
        self.names: tuple[str, ...] = ()

    def add(self, mixture: frozenset[int], answers: Answers) -> None:
        """One mixture's answers; only the ends and the single steps are kept draw by draw."""
        values = np.stack(list(answers.values()))
        self.names = tuple(answers)
        self.means[mixture] = values.sum(axis=1)
        size = self.plan.size
        if self.shares is None:
            self.shares = np.zeros((size, *values.shape))
        for g, weight in self.plan.weights(mixture).items():
            self.shares[g] += weight * values
        if len(mixture) in {0, 1, size - 1, size}:
            self.kept[mixture] = values

    def sums(self) -> _Sums:
        size, every = self.plan.size, frozenset(range(self.plan.size))
        before, after = self.kept[frozenset()], self.kept[every]
        assert self.shares is not None
        steps = [
            after - before,
            *(self.kept[frozenset({g})] - before for g in range(size)),
            *(after - self.kept[every - {g}] for g in range(size)),
            *self.shares,
        ]
        squares = np.stack([(step**2).sum(axis=1) for step in steps], axis=1)
        moved = (np.abs(after - before) > _SAME).sum(axis=1).astype(float)
        return _Sums(self.means, self.names, squares, moved)


_MEANS = (Mean("capability"), Mean("none"))


def _contents(batch: Batch, item: str) -> dict[str, Floats | None]:
    if not batch.dossier.agenda[item].is_scale:
        return {}
    return {model.name: model.predict(batch, item).samples for model in _MEANS}


def _numbers(answer: Any) -> Floats | None:
    return None if answer is None else answer.astype(float)


def _objecting(table: Table) -> dict[str, Floats]:
    """Whether each member objects to the tabled draft, or to the weakest text, in each draw."""
    answers = table.tabled if table.tabled is not None else weakest(table.stances)
    objects = (answers == Response.OBJECT).astype(float)
    return {who: objects[:, k] for k, who in enumerate(table.stances.actors)}


def _counts(before: Floats | None, after: Floats | None) -> list[float]:
    """Draws before, after, and in which the two differ; NaN where a side has none."""
    sides = [np.nan if side is None else float(side.sum()) for side in (before, after)]
    if before is None or after is None:
        return [*sides, np.nan]
    return [*sides, float((before != after).sum())]


def _pair(row: Floats, count: int) -> Shift:
    """Counts before, after and changed as shares."""
    before, after, moved = (None if np.isnan(n) else float(n) / count for n in row)
    if before is None or after is None or moved is None:
        return Shift(before, after)
    change = after - before
    return Shift(before, after, change, _error(change, moved * count, count), moved)


def _error(mean: float, squares: float, count: int) -> float:
    """The standard error of a mean, from the sum of squares of what was averaged."""
    if count < 2:
        return 0.0
    variance = max(float(squares) / count - float(mean) ** 2, 0.0) * count / (count - 1)
    return float(np.sqrt(variance / count))
