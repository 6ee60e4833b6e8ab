"""The answers of every mixture of two dossiers, added up over draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.mixing import Between, Group
from comity.dossier.quantity import Floats
from comity.dossier.response import Response
from comity.ensemble import summary
from comity.ensemble.chunks import Draws
from comity.ensemble.difference.orders import Plan
from comity.ensemble.difference.results import ItemDifference, Part, Shift
from comity.ensemble.difference.sums import Answers, Gathering, Sums
from comity.ensemble.survey import weakest
from comity.forecast import Mean, Table, settle, tables


@dataclass(frozen=True)
class Answered:
    """What is done with each chunk of draws for a cluster of items."""

    between: Between
    groups: Sequence[Group]
    items: tuple[str, ...]
    plan: Plan

    def _dossier(self, mixture: frozenset[int]) -> Dossier:
        mixed = self.between.mixed([self.groups[k] for k in sorted(mixture)])
        return self.between.narrowed(mixed, self.items)

    def chunk(self, uniforms: Keyed) -> dict[str, Sums]:
        """Every mixture of the plan on one chunk of draws."""
        gathered = {item: Gathering(self.plan) for item in self.items}
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
        """In how many draws each member objects: before, after, and on one side alone.

        Shape (members + 1, 3); the last row counts the adoption of the tabled draft so. NaN where
        a side has none.
        """
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

    def told(self, item: str, sums: Sums, objections: Floats, draws: Draws) -> ItemDifference:
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

    def _shift(self, sums: Sums, k: int, count: int) -> Shift:
        before = sums.means[frozenset()][k] / count
        after = sums.means[frozenset(range(len(self.groups)))][k] / count
        error = _error(after - before, sums.squares[k, 0], count)
        return Shift(
            float(before), float(after), float(after - before), error, float(sums.moved[k]) / count
        )

    def _parts(self, sums: Sums, k: int, count: int) -> tuple[Part, ...]:
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
