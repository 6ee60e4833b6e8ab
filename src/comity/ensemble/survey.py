"""One pass over the draws: what becomes of every item, who responds how, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from comity.acceptance import ConflictCount, Opening, Stances, count_conflicts, least_opening, passes
from comity.acceptance.stances import Bools, ScaleStances
from comity.dossier import Batch, Dossier
from comity.dossier.charter import Consensus, Procedure, Response, Silence
from comity.dossier.quantity import Exactly, Floats
from comity.ensemble.results import Text
from comity.forecast import Outcome, Table, settle, tables
from comity.forecast.consensus import Rules

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class ItemSurvey:
    """What one pass found on an item; shapes with n draws, M members, G drafts.

    ``responses`` counts (M, 5) by code, to the tabled draft or to the weakest text that says
    something; ``passage`` counts (G,) the draws in which each draft's text passes.
    """

    outcome: Outcome
    elsewhere: Mapping[str, Outcome]
    responses: Counts
    passage: Counts
    conflicts: ConflictCount
    opening: Opening | None


Survey = Mapping[str, ItemSurvey]


def survey(batch: Batch, elsewhere: Mapping[str, Rules], step: float) -> Survey:
    """Survey every item in one batch, and under the procedures of ``elsewhere``."""
    laid = tables(batch)
    own = settle(batch, laid)
    other = {name: settle(batch, laid, rules) for name, rules in elsewhere.items()}
    return {
        item: _item(batch, item, table, own[item], {n: found[item] for n, found in other.items()}, step)
        for item, table in laid.items()
    }


def _item(
    batch: Batch,
    item: str,
    table: Table,
    outcome: Outcome,
    elsewhere: Mapping[str, Outcome],
    step: float,
) -> ItemSurvey:
    procedure, held = batch.dossier.procedure(item), table.stances
    excused = excused_objections(procedure)
    passing = passes(held, procedure, places(batch.dossier, item, step))
    return ItemSurvey(
        outcome=outcome,
        elsewhere=elsewhere,
        responses=count_responses(table),
        passage=passing.sum(axis=0),
        conflicts=count_conflicts(held, procedure),
        opening=None if excused is None else least_opening(held, excused),
    )


def excused_objections(procedure: Procedure) -> int | None:
    """How many objections the procedure lets pass; None where it counts votes instead."""
    rule = procedure.rule
    if isinstance(rule, Consensus):
        return rule.minus
    return 0 if isinstance(rule, Silence) else None


def count_responses(table: Table) -> Counts:
    """How often each member gives each response, shape (M, 5)."""
    answers = table.tabled if table.tabled is not None else weakest(table.stances)
    codes = np.arange(len(Response))
    counted: Counts = (answers[:, :, None] == codes).sum(axis=0)
    return counted


def weakest(held: Stances) -> NDArray[np.int8]:
    """Responses to the weakest text that says something, shape (n, M)."""
    if isinstance(held, ScaleStances):
        above = held.reversion + held.step
        near = np.where(above <= 100.0, above, held.reversion - held.step)
    else:
        near = np.where(held.reversion == 0, 1.0, 0.0)
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
        elsewhere={name: join([part.elsewhere[name] for part in parts]) for name in first.elsewhere},
        responses=reduce(add, (part.responses for part in parts)),
        passage=reduce(add, (part.passage for part in parts)),
        conflicts=reduce(add, (part.conflicts for part in parts)),
        opening=None if first.opening is None else _join_openings([p.opening for p in parts]),
    )


def join(parts: Sequence[Outcome]) -> Outcome:
    """Outcomes of successive draws as one."""
    return Outcome(**{f.name: _joined([getattr(p, f.name) for p in parts]) for f in fields(Outcome)})


def _joined(arrays: Sequence[Bools | None]) -> Bools | None:
    present = [array for array in arrays if array is not None]
    return np.concatenate(present) if present else None


def _join_openings(parts: Sequence[Opening | None]) -> Opening:
    present = [part for part in parts if part is not None]
    return Opening(
        *(np.concatenate([getattr(part, f.name) for part in present]) for f in fields(Opening))
    )
