"""Our model: what a body of equals adopts when each member responds by its own lights.

An item is adopted in a draw when the body is competent for it, the items it requires are
adopted, and its text passes. Three questions are kept apart: the tabled draft, any draft, and
the text alone with competence and requirements set aside (conventions §13, §16, §18).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.acceptance import Drafts, Stances, adopted, stances, tabled_text
from comity.acceptance.stances import Bools, Codes
from comity.acceptance.window import sponsored
from comity.dossier import Batch, Dossier, agenda_order
from comity.dossier.charter import Procedure
from comity.forecast.competence import competent
from comity.forecast.kept import Kept
from comity.forecast.protocol import Prediction
from comity.rules import Seated, adopts, put_to_table


@dataclass(frozen=True)
class Table:
    """An item as it lies before the members in every draw: their stances and responses.

    ``tabled`` holds the responses to the tabled draft, shape (n, M), and ``meaningful`` whether
    that draft says something; both None without one. ``contending`` holds the responses to the
    drafts among which one passes if any does, shape (n, C, M), and ``sponsored`` which of these
    somebody supports, (n, C). ``competent`` has shape (n,).
    """

    stances: Stances
    drafts: Drafts
    contending: Codes
    sponsored: Bools
    tabled: Codes | None
    meaningful: Bools | None
    competent: Bools

    def tabled_passes(self, procedure: Procedure | Seated) -> Bools | None:
        """Whether the tabled draft passes on its text alone; None without one."""
        if self.tabled is None or self.meaningful is None:
            return None
        return self.meaningful & adopted(procedure, self.tabled)

    def window(self, procedure: Procedure | Seated) -> tuple[Bools, Bools]:
        """Whether some draft passes on its text, and whether one would if anybody wanted it."""
        unopposed = self.drafts.exist & adopts(procedure, self.contending)
        open_ = np.asarray((unopposed & self.sponsored).any(axis=1))
        return open_, np.asarray(unopposed.any(axis=1) & ~open_)


def lay(batch: Batch, item: str, within: Bools) -> Table:
    """Put an item before its members; ``within`` says where they hold themselves competent."""
    held = stances(batch, item)
    drafts = held.contenders()
    contending, text = held.responses(drafts.texts), tabled_text(batch, item)
    answers = meaningful = None
    if text is not None:
        answers, meaningful = held.responses(text)[:, 0], held.says_something(text)[:, 0]
    wanted = sponsored(contending)
    return Table(held, drafts, contending, wanted, answers, meaningful, within)


@dataclass(frozen=True)
class Outcome:
    """What becomes of one item in every draw; arrays of shape (n,).

    ``text_tabled`` and ``text_any`` concern the text alone; ``adopted`` and ``adoptable`` also
    ask competence and requirements. ``text_tabled`` and ``adopted`` are None without a tabled
    draft.
    """

    text_tabled: Bools | None
    text_any: Bools
    competent: Bools
    required: Bools
    adopted: Bools | None
    adoptable: Bools
    sponsorless: Bools


Rules = Mapping[str, Procedure]
"""Procedures that stand in for those of some items."""


def tables(batch: Batch) -> dict[str, Table]:
    """Every item of the agenda, in the order in which they must be settled."""
    order = agenda_order(batch.dossier)
    within = competent(batch, order)
    return {item: lay(batch, item, within[item]) for item in order}


def settle(
    batch: Batch, laid: Mapping[str, Table], rules: Rules | None = None
) -> dict[str, Outcome]:
    """What becomes of every item, each under its own procedure or the one given for it."""
    settled: dict[str, Outcome] = {}
    for item, table in laid.items():
        procedure = put_to_table(batch.dossier, item, (rules or {}).get(item))
        settled[item] = _settle(batch, item, table, procedure, settled)
    return settled


def outcomes(batch: Batch) -> dict[str, Outcome]:
    """What becomes of every item of the agenda, item to arrays over draws."""
    return settle(batch, tables(batch))


def settled(batch: Batch) -> Mapping[str, Outcome]:
    """The same, kept for the next item of the batch: all items hang together."""
    return _KEPT.of(batch, None, lambda: outcomes(batch))


_KEPT: Kept[Mapping[str, Outcome]] = Kept()


def _settle(
    batch: Batch, item: str, table: Table, procedure: Seated, earlier: Mapping[str, Outcome]
) -> Outcome:
    within = table.competent
    needed = [earlier[name] for name in batch.dossier.agenda[item].requires]
    every = np.ones(batch.size, dtype=bool)
    required = np.logical_and.reduce([every, *(met(outcome) for outcome in needed)])
    reachable = np.logical_and.reduce([every, *(outcome.adoptable for outcome in needed)])
    text, (any_text, sponsorless) = table.tabled_passes(procedure), table.window(procedure)
    return Outcome(
        text_tabled=text,
        text_any=any_text,
        competent=within,
        required=required,
        adopted=None if text is None else text & within & required,
        adoptable=any_text & within & reachable,
        sponsorless=sponsorless,
    )


def met(required: Outcome) -> Bools:
    """A requirement is met by its tabled draft, or by any text if none is tabled."""
    return required.adoptable if required.adopted is None else required.adopted


@dataclass(frozen=True)
class ConsensusModel:
    """The tabled draft where it is adopted, the reversion where it is not."""

    name: str = "consensus"

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        """Nothing: scales and options alike."""
        return None

    def predict(self, batch: Batch, item: str) -> Prediction:
        """Samples of what holds afterwards: shape (n,) on a scale, (n, K) on options."""
        entry, outcome = batch.dossier.agenda[item], settled(batch)[item]
        text, after = tabled_text(batch, item), stances(batch, item).reversion
        if text is not None and outcome.adopted is not None:
            after = np.where(outcome.adopted, text[:, 0], after)
        if entry.is_scale:
            return Prediction(after)
        return Prediction((after[:, None] == np.arange(len(entry.option_ids))).astype(float))
