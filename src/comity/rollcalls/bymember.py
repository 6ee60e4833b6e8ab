"""Replay of votes by member: seats on the day, vetoes derived from the votes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comity.errors import DossierError, Place
from comity.rollcalls.bodies import no_seat
from comity.rollcalls.judged import Judge, Judges, Verdict, responses_of
from comity.rollcalls.replayed import Replay, Replayed
from comity.rollcalls.votes import RollCall, RollCalls, Vote


def replay_members(
    calls: RollCalls, charter: str | Path, procedure: str, facts: Mapping[str, bool]
) -> Replay:
    """Each roll call under the charter in force in its year.

    Seats are those of the charter on the day; where it lists none, or elected members of some
    years alone, those whose answer or absence is recorded. Raises ``DossierError`` for a vote
    without a seat, ``ComityError`` for an unknown charter or procedure.
    """
    judges = Judges(charter, procedure, facts)
    grouped: dict[tuple[Judge, date | None, tuple[str, ...]], list[int]] = {}
    for row, call in enumerate(calls.calls):
        judge = judges.of(call.year, call.procedure, _place(calls, row))
        seats = _seats(calls, row, judge, judge.ids(calls.members))
        grouped.setdefault((judge, _weighed_on(call, judge), seats), []).append(row)
    found: dict[int, Replayed] = {}
    for (judge, day, seats), rows in grouped.items():
        votes = _cast(calls, rows, seats, judge.ids(calls.members))
        verdicts = judge.verdicts(seats, responses_of(votes), day)
        for row, verdict, cast in zip(rows, verdicts, votes, strict=True):
            against = {seats[place] for place in np.flatnonzero(cast == Vote.NO)}
            found[row] = _row(calls, row, judge, verdict, against)
    return Replay(
        kind="members",
        charter=str(charter),
        procedure=procedure,
        rules=judges.sentences,
        rows=tuple(found[row] for row in range(len(calls.calls))),
        notes=calls.notes,
        unsaid=judges.unsaid,
    )


def _seats(calls: RollCalls, row: int, judge: Judge, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Who has a seat in a roll call."""
    force, call = judge.force, calls.calls[row]
    if not force.charter.members and not judge.counts_seats:
        return tuple(ids)
    recorded = np.flatnonzero(calls.votes[row] != Vote.UNRECORDED).tolist()
    if not force.complete:
        return tuple(ids[seat] for seat in recorded)
    seats = force.members_at(call.on, call.year, _place(calls, row))
    for seat in recorded:
        if ids[seat] not in seats:
            when = str(call.on or call.year or "")
            raise no_seat(calls.members[seat], seats, calls.place(row, seat), when)
    return seats


def _weighed_on(call: RollCall, judge: Judge) -> date | None:
    """A day of the year whose weights count; none where the charter weighs nobody."""
    if not judge.charter.measures or call.year is None:
        return None
    return date(call.year, 1, 1)


def _cast(
    calls: RollCalls, rows: list[int], seats: tuple[str, ...], ids: tuple[str, ...]
) -> NDArray[np.int8]:
    """Votes ``[roll call, seat]``; a seat may go by several names, one at a time."""
    place_of = {seat: place for place, seat in enumerate(seats)}
    votes = np.full((len(rows), len(seats)), Vote.UNRECORDED, dtype=np.int8)
    for column, seat in enumerate(ids):
        if seat not in place_of:
            continue
        given, held = calls.votes[rows, column], votes[:, place_of[seat]]
        both = np.flatnonzero((given != Vote.UNRECORDED) & (held != Vote.UNRECORDED))
        if both.size:
            raise DossierError(
                f"the seat of {seat} votes twice in roll call {calls.calls[rows[both[0]]].id}",
                place=calls.place(rows[both[0]], column),
                found=f"once as {calls.members[column]}",
                mend="Keep one of the two.",
            )
        votes[:, place_of[seat]] = np.where(given != Vote.UNRECORDED, given, held)
    return votes


def _row(calls: RollCalls, row: int, judge: Judge, verdict: Verdict, against: set[str]) -> Replayed:
    call = calls.calls[row]
    counted = {vote: int((calls.votes[row] == vote).sum()) for vote in Vote}
    return Replayed(
        place=_place(calls, row),
        id=call.id,
        title=call.title,
        meeting="",
        year=call.year,
        on=call.on,
        charter=judge.force.name,
        procedure=judge.procedure_id,
        yes=counted[Vote.YES],
        no=counted[Vote.NO],
        abstain=counted[Vote.ABSTAIN],
        vetoers=tuple(sorted(judge.holders & against)),
        adopted=verdict.adopted,
        outcome=call.outcome,
        missed=verdict.missed,
        by_veto=verdict.by_veto,
        why=verdict.why,
    )


def _place(calls: RollCalls, row: int) -> Place:
    """Where the first vote of a roll call stands."""
    first = int(np.flatnonzero(calls.votes[row] != Vote.UNRECORDED)[0])
    return calls.place(row, first)
