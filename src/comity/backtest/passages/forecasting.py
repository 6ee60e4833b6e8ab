"""In how many draws a case's tabled draft passes, and who objects to it from which side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from comity.acceptance import adopted, stances, tabled_text
from comity.acceptance.stances import TIE, Bools, ScaleStances
from comity.backtest.passages.cases import PassageCase
from comity.dossier import Batch
from comity.dossier.draws import Keyed
from comity.dossier.quantity import Exactly, Floats, Quantity, Uniform
from comity.dossier.response import Response
from comity.ensemble.chunks import chunk_length
from comity.ensemble.counterfactuals import without_floors
from comity.forecast.consensus import outcomes
from comity.rules import put_to_table


@dataclass(frozen=True)
class Objecting:
    """In which shares of draws a seat objects to the tabled draft, finding it weak or strong."""

    seat: str
    too_weak: float
    too_strong: float

    @property
    def share(self) -> float:
        return self.too_weak + self.too_strong


Drawn = Sequence[Keyed]
"""The uniforms of a case, chunk by chunk; asked again, they are not made again."""


AT_ONCE = 2_000_000
"""Answers of seats held at once: some tens of megabytes."""


def draw(case: PassageCase, seed: int, draws: int) -> Drawn:
    """The uniforms of so many draws of a case."""
    seats = len(case.dossier.members(case.item))
    step = chunk_length(case.dossier) if _whole(case) else max(AT_ONCE // seats, 1)
    starts = range(0, draws, step)
    return tuple(Keyed(seed, start, min(start + step, draws)) for start in starts)


def _whole(case: PassageCase) -> bool:
    """Whether adoption hangs on other items, so that all must be settled, as a forecast does."""
    entry = case.dossier.agenda[case.item]
    return entry.competence is not None or bool(entry.requires)


def passing(case: PassageCase, drawn: Drawn, rho: float = 0.0) -> int:
    """The number of draws in which the tabled draft is adopted."""
    whole = _whole(case)
    batches = (Batch(case.dossier, uniforms, rho) for uniforms in drawn)
    return sum(int(_adopted(batch, case.item, whole).sum()) for batch in batches)


def objecting(case: PassageCase, drawn: Drawn) -> tuple[Objecting, ...]:
    """Each seat's objections to the tabled draft, in seat order."""
    batches = (Batch(case.dossier, uniforms) for uniforms in drawn)
    counts = np.sum([_objections(batch, case.item) for batch in batches], axis=0)
    weak, strong = (counts / sum(uniforms.size for uniforms in drawn)).tolist()
    seats = case.dossier.members(case.item)
    return tuple(Objecting(*held) for held in zip(seats, weak, strong, strict=True))


def with_omega(case: PassageCase, mean: float) -> PassageCase:
    """The case with every member's ω uniform from 0 to twice ``mean``, whatever it stated."""
    omega: Quantity = Uniform(0.0, 2.0 * mean) if mean > 0.0 else Exactly(0.0)
    dossier = case.dossier
    bodies = dossier.bodies | {
        name: body.model_copy(update={"omega": omega}) for name, body in dossier.bodies.items()
    }
    positions = dossier.positions | {
        item: held | {actor: p.model_copy(update={"omega": None}) for actor, p in held.items()}
        for item, held in dossier.positions.items()
    }
    changed = dossier.model_copy(update={"bodies": bodies, "positions": positions})
    return replace(case, dossier=changed)


def no_floors(case: PassageCase) -> PassageCase:
    """The case as if no member found a weak text worse than none (conventions §12)."""
    return replace(case, dossier=without_floors(case.dossier))


def _adopted(batch: Batch, item: str, whole: bool) -> Bools:
    """Whether the draft is adopted, shape (n,); competence and requirements included."""
    if whole:
        found = outcomes(batch)[item].adopted
        assert found is not None
        return found
    held, text = stances(batch, item), _text(batch, item)
    answers = held.responses(text)[:, 0]
    says = held.says_something(text)[:, 0]
    return np.asarray(says & adopted(put_to_table(batch.dossier, item), answers))


def _objections(batch: Batch, item: str) -> Floats:
    """How often each seat finds the draft too weak and too strong, shape (2, M).

    A seat that accepts no text at all finds those on the side of its ideal too weak (§14).
    """
    held, text = stances(batch, item), _text(batch, item)
    assert isinstance(held, ScaleStances)
    objects = held.responses(text)[:, 0] == Response.OBJECT
    upward = text >= held.reversion[:, None]
    beyond = np.where(upward, text > held.high + TIE, text < held.low - TIE)
    own_side = np.where(upward, held.wants_more(True), held.wants_more(False))
    strong = np.where(held.empty, ~own_side, beyond)
    return np.stack([(objects & ~strong).sum(axis=0), (objects & strong).sum(axis=0)]).astype(float)


def _text(batch: Batch, item: str) -> Floats:
    text = tabled_text(batch, item)
    assert text is not None
    return text
