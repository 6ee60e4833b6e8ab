"""Smallest sets of members that explain an outcome, exactly, for every rule of the language.

A draft fails if every count of one of some sets of counts is missed, and passes if every count
of one of some others is met. Each question below asks for the fewest members whose moves bring
that about. No answer of a member that is present helps adoption more than support, and none less
than an objection; but absence can break a quorum. Members that do equally well are named by how
near they are to the answer asked for, then in seat order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.dossier.response import Response
from comity.rules.compiled import Seated
from comity.rules.witness.cover import Problem, problem
from comity.rules.witness.smallest import Seats, Smallest

__all__ = ["NONE", "Row", "Seats", "Smallest", "blocking", "unblocking", "undoing"]

Row = NDArray[np.integer[Any]]
"""Each member's response."""

NONE = Smallest(Problem((), ()))
"""Where a question does not arise, no set answers it."""

OBJECT, UNREASONED, ABSENT, OPT_OUT, NO_INSTRUCTIONS, STAND_ASIDE, SUPPORT = Response

LESS_HARSH = (ABSENT, STAND_ASIDE, NO_INSTRUCTIONS, OPT_OUT, UNREASONED, SUPPORT)
"""What a member may do to undo an adoption where an objection does not, in the order tried."""


def blocking(seated: Seated, row: Row) -> Smallest:
    """Of a draft not adopted: members whose responses suffice for that if all others support.

    The smallest set is empty where the draft fails even if every member supports it. Raises
    ``UnsupportedError`` for rules that multiply out to too many alternatives, as all three do.
    """
    nearest = _ranks(OBJECT, UNREASONED, OPT_OUT, STAND_ASIDE, NO_INSTRUCTIONS, ABSENT)
    given = [Response(code) for code in row.tolist()]
    found = problem(
        seated.ways_to_fail,
        [SUPPORT] * len(given),
        [(held,) for held in given],
        meet=False,
        rank=lambda seat: nearest[given[seat]],
    )
    return Smallest(found, lambda seats: {seat: given[seat] for seat in seats})


def unblocking(seated: Seated, row: Row) -> Smallest:
    """Of a draft not adopted: members that by standing aside or supporting make it adopted.

    Of each set as many as can stand aside, and the others support.
    """
    nearest = _ranks(STAND_ASIDE, NO_INSTRUCTIONS, OPT_OUT, UNREASONED, OBJECT, ABSENT)
    given = [Response(code) for code in row.tolist()]

    def reached(start: Sequence[Response], seats: Collection[int]) -> Problem:
        return problem(
            seated.ways_to_pass,
            start,
            _moves(len(start), seats, SUPPORT),
            meet=True,
            rank=lambda seat: nearest[given[seat]],
        )

    found = reached(given, range(len(given)))
    return Smallest(found, lambda seats: _mildest(given, seats, reached))


def undoing(seated: Seated, row: Row) -> Smallest:
    """Of a draft adopted: members that by answering otherwise, in whatever way, undo it.

    Of each set as many as can object; the others leave the room if that is enough.
    """
    nearest = _ranks(OBJECT, UNREASONED, OPT_OUT, STAND_ASIDE, NO_INSTRUCTIONS, ABSENT, SUPPORT)
    given = [Response(code) for code in row.tolist()]

    def reached(start: Sequence[Response], seats: Collection[int]) -> Problem:
        return problem(
            seated.ways_to_fail,
            start,
            _moves(len(start), seats, *Response),
            meet=False,
            rank=lambda seat: nearest[given[seat]],
        )

    def answers(seats: Seats) -> dict[int, Response]:
        return _harshest(seated, given, seats, reached)

    return Smallest(reached(given, range(len(given))), answers)


Reached: TypeAlias = Callable[[Sequence[Response], Collection[int]], Problem]
"""The problem of moving some seats from where all of them start."""


def _mildest(given: Sequence[Response], seats: Seats, reached: Reached) -> dict[int, Response]:
    """Standing aside for as many of the seats as possible, support for the others."""
    aside = _turned(given, dict.fromkeys(seats, STAND_ASIDE))
    supporting = Smallest(reached(aside, seats)).one
    return {seat: SUPPORT if seat in supporting else STAND_ASIDE for seat in seats}


def _harshest(
    seated: Seated, given: Sequence[Response], seats: Seats, reached: Reached
) -> dict[int, Response]:
    """Objections of as many of the seats as possible; one other answer of the rest if it can be."""
    moves = dict.fromkeys(seats, OBJECT)
    rest = Smallest(reached(_turned(given, moves), seats)).one
    for other in LESS_HARSH:
        tried = moves | dict.fromkeys(rest, other)
        if not seated.whole.holds(np.array(_turned(given, tried))):
            return tried
    for place, seat in enumerate(rest):  # one by one, so that the others still can
        for other in LESS_HARSH:
            moves[seat] = other
            if Smallest(reached(_turned(given, moves), rest[place + 1 :])).size is not None:
                break
    return moves


def _turned(given: Sequence[Response], moves: Mapping[int, Response]) -> list[Response]:
    return [moves.get(seat, held) for seat, held in enumerate(given)]


def _moves(members: int, seats: Collection[int], *to: Response) -> list[tuple[Response, ...]]:
    """What each seat may answer instead: these seats so, the others nothing."""
    movable = frozenset(seats)
    return [to if seat in movable else () for seat in range(members)]


def _ranks(*responses: Response) -> dict[Response, int]:
    """The place of each response: those named in their order, then the others."""
    return {response: rank for rank, response in enumerate(dict.fromkeys((*responses, *Response)))}
