"""Whether an item lies within the body's competence, settled before its substance.

Undecided means that the presumption holds, so under consensus the presumption decides unless
all can live with the opposite (conventions §16).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from comity.acceptance import adopted, stances
from comity.acceptance.stances import Bools
from comity.dossier import Batch, Competence
from comity.dossier.response import Response
from comity.rules import Seated, put_to_table


def competent(batch: Batch, items: Iterable[str]) -> dict[str, Bools]:
    """Whether the body holds itself competent for each item in each draw, arrays (n,).

    Items that put the same question to the same judges share one answer.
    """
    answers: dict[tuple[object, ...], Bools] = {}
    found = {}
    for item in items:
        entry = batch.dossier.agenda[item]
        question = (entry.body, entry.procedure, entry.competence, entry.facts, entry.groups)
        if question not in answers:
            answers[question] = _settled(batch, item, entry.competence)
        found[item] = answers[question]
    return found


def _settled(batch: Batch, item: str, settled: Competence | None) -> Bools:
    if settled is None:
        return np.ones(batch.size, dtype=bool)
    presumed = np.full(batch.size, settled.presumption == "within")
    return presumed ^ _overturned(batch, item, settled)


def _overturned(batch: Batch, item: str, settled: Competence) -> Bools:
    """Whether the opposite of the presumption is decided, shape (n,)."""
    if settled.item is None:
        return np.zeros(batch.size, dtype=bool)
    judges = _judges(batch, item, settled)
    if not judges:
        return np.zeros(batch.size, dtype=bool)
    views = stances(batch, settled.item, judges, reversion=settled.presumption)
    opposite = "outside" if settled.presumption == "within" else "within"
    place = float(batch.dossier.agenda[settled.item].option_ids.index(opposite))
    responses = views.responses(np.array([place]))[:, 0, :]
    if settled.decided_by == "body":
        return adopted(_procedure(batch, item, settled), responses)
    held: Bools = (responses == Response.SUPPORT).any(axis=1)
    return held


def _judges(batch: Batch, item: str, settled: Competence) -> tuple[str, ...]:
    """The members of the body that decides the item; or its chair, or the organ named."""
    if settled.decided_by == "body":
        return batch.dossier.members(item)
    if settled.decided_by != "chair":
        return (settled.decided_by,)
    chair = batch.dossier.sitting_chair(batch.dossier.agenda[item].body)
    return () if chair is None else (chair,)


def _procedure(batch: Batch, item: str, settled: Competence) -> Seated:
    entry = batch.dossier.agenda[item]
    procedures = batch.dossier.charter(entry.body).procedures
    return put_to_table(batch.dossier, item, procedures[settled.rule or entry.procedure])
