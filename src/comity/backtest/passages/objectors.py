"""Who objected, from which side: what was forecast against what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.backtest.passages.cases import PassageCase
from comity.backtest.passages.forecasting import Objecting

PREDICTED = 0.5
"""A seat is predicted to object from this share of draws on."""


@dataclass(frozen=True)
class Seat:
    """One seat of a case: how often it objects, its place by that, and what it did.

    ``rank`` is 1 plus the number of seats that object more often. ``real`` is None where the
    objectors are not known, ``real_side`` None for a seat that did not object.
    """

    seat: str
    too_weak: float
    too_strong: float
    rank: int
    predicted: bool
    real: bool | None
    real_side: str | None


@dataclass(frozen=True)
class ObjectorScore:
    """Hits, misses and false alarms over the seats of ``cases`` cases.

    ``first`` sums, over the cases with an objector, the share of the seats ranked first that did
    object; ``with_objectors`` counts those cases. ``sides_right`` of ``sides_known``: among hits
    whose real side is known, those on the side on which the seat objects more often.
    """

    cases: int
    seats: int
    hits: int
    misses: int
    false_alarms: int
    with_objectors: int
    first: float
    sides_known: int
    sides_right: int


def seats_of(case: PassageCase, found: Sequence[Objecting]) -> tuple[Seat, ...]:
    """The seats of a case with what they did."""
    known = case.came.objectors
    return tuple(
        Seat(
            seat=held.seat,
            too_weak=held.too_weak,
            too_strong=held.too_strong,
            rank=1 + sum(other.share > held.share for other in found),
            predicted=held.share >= PREDICTED,
            real=None if known is None else held.seat in known,
            real_side=None if known is None else known.get(held.seat),
        )
        for held in found
    )


def score_objectors(cases: Sequence[Sequence[Seat]]) -> ObjectorScore:
    """The score over cases whose objectors are known; others are left out."""
    known = [seats for seats in cases if all(seat.real is not None for seat in seats)]
    every = [seat for seats in known for seat in seats]
    hits = [seat for seat in every if seat.predicted and seat.real]
    sided = [seat for seat in hits if seat.real_side != "unknown"]
    objected = [seats for seats in known if any(seat.real for seat in seats)]
    return ObjectorScore(
        cases=len(known),
        seats=len(every),
        hits=len(hits),
        misses=sum(bool(seat.real) and not seat.predicted for seat in every),
        false_alarms=sum(seat.predicted and not seat.real for seat in every),
        with_objectors=len(objected),
        first=sum(_first(seats) for seats in objected),
        sides_known=len(sided),
        sides_right=sum(seat.real_side == _side(seat) for seat in sided),
    )


def _first(seats: Sequence[Seat]) -> float:
    """The share of the seats ranked first that did object; 0 if nobody objects in any draw."""
    top = [seat for seat in seats if seat.rank == 1 and seat.too_weak + seat.too_strong > 0.0]
    return sum(bool(seat.real) for seat in top) / len(top) if top else 0.0


def _side(seat: Seat) -> str:
    return "too_weak" if seat.too_weak > seat.too_strong else "too_strong"
