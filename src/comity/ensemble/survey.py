"""One pass over the draws: what becomes of every item, who responds how, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import reduce
from operator import add
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.acceptance import (
    ConflictCount,
    Opening,
    Stances,
    count_conflicts,
    least_opening,
    passes,
)
from comity.acceptance.stances import Bools, ScaleStances
from comity.dossier import Batch, Dossier
from comity.dossier.quantity import Exactly, Floats
from comity.dossier.response import Response
from comity.ensemble.objecting import Objecting, count_objecting
from comity.ensemble.results import Text
from comity.forecast import Outcome, Table, settle, tables
from comity.forecast.consensus import Rules
from comity.rules import excused_objections, put_to_table

T = TypeVar("T")
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class ItemSurvey:
    """What one pass found on an item; shapes with n draws, M members, G drafts.

    ``responses`` counts (M, 5) by code, to the tabled draft or to the weakest text that says
    something; ``passage`` counts (G,) the draws in which each draft's text passes; ``objecting``
    the draws in which no text passes and a member stands in the way. ``passage`` and ``opening``
    are None where they were not asked for, ``opening`` also where the procedure counts votes.
    """

    outcome: Outcome
    elsewhere: Mapping[str, Outcome]
    responses: Counts
    passage: Counts | None
    conflicts: ConflictCount
    objecting: Objecting
    opening: Opening | None


Survey = Mapping[str, ItemSurvey]


def survey(batch: Batch, elsewhere: Mapping[str, Rules], step: float | None) -> Survey:
    """Survey every item in one batch, and under the procedures of ``elsewhere``.

    ``step`` is the distance of the drafts on the passage curve; None leaves the curve and the
    opening out.
    """
    laid = tables(batch)
    own = settle(batch, laid)
    other = {name: settle(batch, laid, rules) for name, rules in elsewhere.items()}
    return {
        item: ItemSurvey(
            outcome=own[item],
            elsewhere={name: found[item] for name, found in other.items()},
            responses=count_responses(table),
            passage=None if step is None else _passage(batch, item, table, step),
            conflicts=count_conflicts(table.stances, put_to_table(batch.dossier, item)),
            objecting=count_objecting(table.stances, _stuck(own[item])),
            opening=None if step is None else _opening(batch, item, table),
        )
        for item, table in laid.items()
    }


def _stuck(outcome: Outcome) -> Bools:
    """Where no text passes, other than for want of anybody who gains by one; shape (n,)."""
    return ~(outcome.text_any | outcome.sponsorless)


def _passage(batch: Batch, item: str, table: Table, step: float) -> Counts:
    drafts = places(batch.dossier, item, step)
    passing = passes(table.stances, put_to_table(batch.dossier, item), drafts)
    counted: Counts = passing.sum(axis=0)
    return counted


def _opening(batch: Batch, item: str, table: Table) -> Opening | None:
    excused = excused_objections(put_to_table(batch.dossier, item))
    return None if excused is None else least_opening(table.stances, excused)


def count_responses(table: Table) -> Counts:
    """How often each member gives each response, shape (M, number of responses)."""
    answers = table.tabled if table.tabled is not None else weakest(table.stances)
    codes = np.arange(len(Response))
    counted: Counts = (answers[:, :, None] == codes).sum(axis=0)
    return counted


def weakest(held: Stances) -> NDArray[np.int8]:
    """Responses to the weakest text that says something, shape (n, M)."""
    if isinstance(held, ScaleStances):
        above = held.reversion + held.step
        near = np.where(above <= 100.0, above, np.maximum(held.reversion - held.step, 0.0))
    else:
        near = np.where(held.reversion[:1] == 0, 1.0, 0.0)
    return held.responses(near[:, None])[:, 0]


def grid(dossier: Dossier, item: str, step: float) -> tuple[Text, ...]:
    """The drafts of an item's passage curve: points every ``step``, landmarks, what is tabled."""
    entry = dossier.agenda[item]
    if not entry.is_scale:
        return entry.option_ids
    points = set(np.arange(0.0, 100.0 + step / 2, step).tolist()) | set(entry.scale or ())
    points |= {d.value for d in (entry.tabled, entry.reversion) if isinstance(d, Exactly)}
    return tuple(sorted(points))


def places(dossier: Dossier, item: str, step: float) -> Floats:
    """The drafts of :func:`grid` as the acceptance layer counts them, shape (G,)."""
    drafts = grid(dossier, item, step)
    numbered = range(len(drafts)) if isinstance(drafts[0], str) else drafts
    return np.array(numbered, dtype=float)


def merge(surveys: Sequence[Survey]) -> Survey:
    """Join the surveys of successive chunks, in order."""
    return {item: _merge([found[item] for found in surveys]) for item in surveys[0]}


def _merge(parts: Sequence[ItemSurvey]) -> ItemSurvey:
    first = parts[0]
    return ItemSurvey(
        outcome=join([part.outcome for part in parts]),
        elsewhere={
            name: join([part.elsewhere[name] for part in parts]) for name in first.elsewhere
        },
        responses=reduce(add, (part.responses for part in parts)),
        passage=None if first.passage is None else reduce(add, _known(p.passage for p in parts)),
        conflicts=reduce(add, (part.conflicts for part in parts)),
        objecting=reduce(add, (part.objecting for part in parts)),
        opening=None if first.opening is None else _join(list(_known(p.opening for p in parts))),
    )


def join(parts: Sequence[Outcome]) -> Outcome:
    """Outcomes of successive draws as one."""
    whole: dict[str, Any] = {
        f.name: _joined([getattr(part, f.name) for part in parts]) for f in fields(Outcome)
    }
    return Outcome(**whole)


def _joined(arrays: Sequence[Bools | None]) -> Bools | None:
    present = list(_known(arrays))
    return np.concatenate(present) if present else None


def _join(parts: Sequence[Opening]) -> Opening:
    return Opening(
        *(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Opening))
    )


def _known(parts: Iterable[T | None]) -> Iterator[T]:
    return (part for part in parts if part is not None)
