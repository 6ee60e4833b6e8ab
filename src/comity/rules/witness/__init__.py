"""Smallest sets of members that explain an outcome, exactly, for every rule of the language.

A draft fails if every count of one of some sets of counts is missed, and passes if every count
of one of some others is met. Each question below asks for the fewest members whose moves bring
that about. Which moves are worth trying follows from the form of the counts: with attendance
fixed, supporting helps adoption most and objecting harms it most, so that only absence is a
question of its own. Members that do equally well are named by how near they are to the answer
asked for, then in seat order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

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
    return Smallest(found, lambda seats: _mildest(given, seats, STAND_ASIDE, SUPPORT, reached))


def undoing(seated: Seated, row: Row) -> Smallest:
    """Of a draft adopted: members that by answering otherwise undo it.

    Of each set as many as can object, and the others leave the room.
    """
    nearest = _ranks(OBJECT, UNREASONED, OPT_OUT, STAND_ASIDE, NO_INSTRUCTIONS, ABSENT, SUPPORT)
    given = [Response(code) for code in row.tolist()]

    def reached(start: Sequence[Response], seats: Collection[int], *to: Response) -> Problem:
        return problem(
            seated.ways_to_fail,
            start,
            _moves(len(start), seats, *(to or (ABSENT,))),
            meet=False,
            rank=lambda seat: nearest[given[seat]],
        )

    found = reached(given, range(len(given)), OBJECT, ABSENT)
    return Smallest(found, lambda seats: _mildest(given, seats, OBJECT, ABSENT, reached))


def _mildest(
    given: Sequence[Response],
    seats: Seats,
    usual: Response,
    other: Response,
    reached: Callable[[Sequence[Response], Collection[int]], Problem],
) -> dict[int, Response]:
    """The usual answer for as many of the seats as can give it, another for the others."""
    start = [usual if seat in seats else held for seat, held in enumerate(given)]
    others = Smallest(reached(start, seats)).one
    return {seat: other if seat in others else usual for seat in seats}


def _moves(members: int, seats: Collection[int], *to: Response) -> list[tuple[Response, ...]]:
    """What each seat may answer instead: these seats so, the others nothing."""
    movable = frozenset(seats)
    return [to if seat in movable else () for seat in range(members)]


def _ranks(*responses: Response) -> dict[Response, int]:
    return {response: rank for rank, response in enumerate((*responses, *Response))}
