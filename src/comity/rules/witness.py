"""Smallest sets of members that explain an outcome.

Every rule counts members equally, so only *how many* members of each response a set takes
matters. Below, members are put in an order in which each further one moves the outcome as far
as any other could; then the shortest beginning of that order that reaches the wanted outcome
is a smallest set. Why each order is right is said where it is made (margin: in favour less
the share q of the base that must be). Members with equal responses are taken in seat order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from comity.dossier.charter import Procedure
from comity.dossier.response import Base, Response
from comity.dossier.rule import Consensus, Silence
from comity.rules.compiled import needed_present
from comity.rules.evaluate import adopts

Seats = tuple[int, ...]
"""Positions of members in the row of responses."""

Row = NDArray[np.int8]

OBJECT, _, ABSENT, _, NO_INSTRUCTIONS, STAND_ASIDE, SUPPORT = Response


def blocking(procedure: Procedure, row: Row) -> Seats:
    """A smallest set whose responses alone suffice for the "no", whatever others answer.

    Support is the answer most favourable to adoption under every rule, attendance included
    (conventions §7), so "whatever others answer" is "even if all others support". Taken from
    there, an objection costs the margin 1, a silent presence at most as much and never less
    than an absence (1 − q); for the quorum only absences matter. A smallest set fails the rule
    or the quorum, so the shorter of the two orders is smallest. Empty if the draft is adopted.
    """
    all_support = np.full_like(row, SUPPORT)
    orders = (
        _ranked(row, OBJECT, STAND_ASIDE, NO_INSTRUCTIONS, ABSENT),
        _ranked(row, ABSENT, OBJECT, STAND_ASIDE, NO_INSTRUCTIONS),
    )
    found = (_shortest(procedure, all_support, row, order, adopted=False) for order in orders)
    return min((seats for seats in found if seats is not None), key=len, default=())


def unblocking(procedure: Procedure, row: Row) -> Seats:
    """A smallest set that, were its members to support, would make the draft adopted.

    Absent members come first as far as the quorum lacks them: no set can do with fewer, and
    under a majority of those present more of them only widen the base. After that, turning an
    objection gains the margin most where objections are what counts; where they are not, any
    present member gains it equally and those nearest to supporting are named. Empty if the
    draft is adopted already.
    """
    lacking = needed_present(procedure, len(row)) - int(np.count_nonzero(row != ABSENT))
    called = _ranked(row, ABSENT)[: max(0, lacking)]
    if _objections_count(procedure):
        ranked = _ranked(row, OBJECT, STAND_ASIDE, NO_INSTRUCTIONS, ABSENT)
    else:
        ranked = _ranked(row, STAND_ASIDE, NO_INSTRUCTIONS, OBJECT, ABSENT)
    order = called + tuple(seat for seat in ranked if seat not in set(called))
    return _shortest(procedure, row, np.full_like(row, SUPPORT), order, adopted=True) or ()


def undoing(procedure: Procedure, row: Row) -> Seats:
    """A smallest set that, were its members to object, would undo the adoption.

    Under consensus and silence any member not yet objecting adds one objection; those nearest
    to objecting are named. Under a majority, turning a supporter costs the margin 1 and turning
    any other at most q. Objecting needs presence, so the quorum is never at stake. Empty if
    the draft is not adopted, or if not even all members together could undo it.
    """
    if isinstance(procedure.rule, Consensus | Silence):
        order = _ranked(row, STAND_ASIDE, NO_INSTRUCTIONS, ABSENT, SUPPORT)
    else:
        order = _ranked(row, SUPPORT)
    return _shortest(procedure, row, np.full_like(row, OBJECT), order, adopted=False) or ()


def _objections_count(procedure: Procedure) -> bool:
    rule = procedure.rule
    return isinstance(rule, Consensus | Silence) or rule.of is Base.VOTING


def _ranked(row: Row, *responses: Response) -> Seats:
    """Seats with these responses, in the order of the responses named."""
    return tuple(int(seat) for wanted in responses for seat in np.flatnonzero(row == wanted))


def _shortest(
    procedure: Procedure, start: Row, end: Row, order: Sequence[int], *, adopted: bool
) -> Seats | None:
    """The shortest beginning of the order whose turn from start to end gives the outcome."""
    seats = np.array(order, dtype=np.intp)
    turned = np.tri(len(seats) + 1, len(seats), -1, dtype=bool)  # row k turns the first k
    rows = np.tile(start, (len(seats) + 1, 1))
    rows[:, seats] = np.where(turned, end[seats], start[seats])
    reached = np.flatnonzero(adopts(procedure, rows) == adopted)
    return tuple(order[: reached[0]]) if reached.size else None
