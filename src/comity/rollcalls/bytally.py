"""Replay of tallies: how many voted how, and which holders of a veto were against.

A tally does not say who abstained or was away, nor which of the others were against. Two ways of
seating the answers are tried: the one kindest to the draft, and the one least kind in which those
named as vetoing are the only holders of a veto against it, as far as the other seats suffice.
Where the two come out differently the rule's answer is undetermined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comity.dossier.response import Response
from comity.dossier.rule import Excluding, every_part
from comity.errors import DossierError, Place, UnsupportedError
from comity.rollcalls.bodies import no_seat
from comity.rollcalls.judged import Judge, Judges, Verdict
from comity.rollcalls.replayed import Replay, Replayed
from comity.rollcalls.tallies import Tally, VetoEntry, join_vetoes

Cell = tuple[str, str, tuple[str, ...]]
"""Charter in force, procedure, seats."""


def replay_tallies(
    tallies: Sequence[Tally],
    charter: str | Path,
    procedure: str,
    facts: Mapping[str, bool],
    vetoes: Sequence[VetoEntry] | None = None,
) -> Replay:
    """Each tally under the charter in force in its year; rows without one are set apart.

    With a table of vetoes, its vetoers are joined to the rows first. Raises ``DossierError`` for
    a tally larger than the body and for a vetoer that holds no veto.
    """
    rows, join = (tuple(tallies), None) if vetoes is None else join_vetoes(tallies, vetoes)
    judges = Judges(charter, procedure, facts)
    notes: list[str] = []
    grouped: dict[Cell, list[tuple[int, NDArray[np.int8]]]] = {}
    for number, tally in enumerate(rows):
        if tally.counts is None:
            continue
        judge = judges.of(tally.year, tally.procedure, tally.place)
        _refuse_names(judge)
        mended = _mended(tally)
        if mended is not tally:
            notes.append(_contradiction(tally))
        seats = _seats(judge, mended)
        seated = (number, _seated(judge, mended, seats))
        grouped.setdefault((*judge.key, seats), []).append(seated)
    found: dict[int, Replayed] = {}
    for (*key, seats), held in grouped.items():
        judge = judges.made[key[0], key[1]]
        both = np.concatenate([readings for _, readings in held])
        verdicts = judge.verdicts(seats, both)
        for place, (number, _) in enumerate(held):
            verdict = _one(verdicts[2 * place], verdicts[2 * place + 1])
            found[number] = _row(rows[number], judge, verdict)
    return Replay(
        kind="tallies",
        charter=str(charter),
        procedure=procedure,
        rules=judges.sentences,
        rows=_with_hints([found[number] for number in sorted(found)]),
        without_tally=_apart(rows),
        join=join,
        notes=tuple(notes),
        unsaid=judges.unsaid,
    )


def _refuse_names(judge: Judge) -> None:
    """Refuse a rule that needs to know who voted how, other than who holds a veto."""
    for part in every_part(judge.procedure.rule):
        held = [getattr(part, name, None) for name in ("weights", "among")]
        if any(each is not None for each in held) or (
            isinstance(part, Excluding) and judge.named(part.members)
        ):
            raise UnsupportedError(
                "this rule turns on who voted how, which a tally does not tell",
                found=f"procedure '{judge.procedure_id}' of '{judge.force.name}'",
                mend="Give votes by member.",
            )


# --- seating a tally ----------------------------------------------------------


def _mended(tally: Tally) -> Tally:
    """The tally with its vetoers among those against, where it counts fewer against than them."""
    assert tally.counts is not None
    yes, no, abstain = tally.counts
    short = len(tally.vetoers) - no
    if short <= 0:
        return tally
    return replace(tally, counts=(yes, no + short, max(abstain - short, 0)))


def _contradiction(tally: Tally) -> str:
    assert tally.counts is not None
    return (
        f"{tally.place}: {tally.id or tally.title} names {len(tally.vetoers)} vetoers "
        f"({', '.join(tally.vetoers)}) and counts {tally.counts[1]} against; they are taken to be "
        f"against, and so many fewer to abstain."
    )


def _seats(judge: Judge, tally: Tally) -> tuple[str, ...]:
    """The seats of the body; as many as voted, where the charter lists none."""
    assert tally.counts is not None
    total = sum(tally.counts)
    if not total and not judge.force.full:
        raise DossierError(
            "nobody votes in this tally, and the charter does not say who has a seat",
            place=tally.place,
            found="yes 0, no 0, abstain 0",
            mend="Mend the tally, or leave its three cells empty.",
        )
    seats = judge.force.full or tuple(f"member {n}" for n in range(1, total + 1))
    if total > len(seats):
        raise DossierError(
            f"{total} votes are counted in a body of {len(seats)}",
            place=tally.place,
            found=f"yes {tally.counts[0]}, no {tally.counts[1]}, abstain {tally.counts[2]}",
            mend="Mend the tally, or use the charter of that year.",
        )
    return seats


def _seated(judge: Judge, tally: Tally, seats: tuple[str, ...]) -> NDArray[np.int8]:
    """The two readings of a tally, ``[2, seat]``: kindest to the draft, and least kind."""
    assert tally.counts is not None
    yes, no, abstain = tally.counts
    vetoing = _vetoing(judge, tally, seats)
    holders = [seat for seat in seats if seat in judge.holders and seat not in vetoing]
    others = [seat for seat in seats if seat not in judge.holders]
    against = (others + holders)[: no - len(vetoing)]
    others = [seat for seat in others if seat not in against]
    holders = [seat for seat in holders if seat not in against]
    rest = [Response.STAND_ASIDE] * abstain
    rest += [Response.ABSENT] * (len(seats) - yes - no - abstain)
    readings = []
    for order in (others + holders, holders + others):
        answers = dict.fromkeys((*vetoing, *against), Response.OBJECT)
        answers |= dict(zip(order, rest, strict=False))
        readings.append([answers.get(seat, Response.SUPPORT) for seat in seats])
    return np.array(readings, dtype=np.int8)


def _vetoing(judge: Judge, tally: Tally, seats: tuple[str, ...]) -> list[str]:
    found = [judge.force.seat_of(name) for name in tally.vetoers]
    for name, seat in zip(tally.vetoers, found, strict=True):
        if seat not in seats:
            raise no_seat(name, seats, tally.place, str(tally.on or tally.year or ""))
        if judge.holders and seat not in judge.holders:
            raise DossierError(
                f"'{name}' is named as vetoing and holds no veto",
                place=tally.place,
                found=f"holders {', '.join(sorted(judge.holders))}",
                mend="Mend the row, or use the charter that gives it one.",
            )
    return found


# --- results ------------------------------------------------------------------


def _one(kind: Verdict, unkind: Verdict) -> Verdict:
    """What both readings say; undetermined where they differ."""
    return unkind if kind.adopted == unkind.adopted else Verdict(None, (), False)


def _row(tally: Tally, judge: Judge, verdict: Verdict) -> Replayed:
    assert tally.counts is not None
    return Replayed(
        place=tally.place,
        id=tally.id,
        title=tally.title,
        meeting=tally.meeting,
        year=tally.year,
        on=tally.on,
        charter=judge.force.name,
        procedure=judge.procedure_id,
        yes=tally.counts[0],
        no=tally.counts[1],
        abstain=tally.counts[2],
        vetoers=tally.vetoers,
        adopted=verdict.adopted,
        outcome=tally.outcome,
        missed=verdict.missed,
        by_veto=verdict.by_veto,
        why=verdict.why,
    )


def _with_hints(rows: list[Replayed]) -> tuple[Replayed, ...]:
    """Mismatches with what in the file itself might explain them."""
    vetoed: dict[str, list[Replayed]] = {}
    for row in rows:
        if row.vetoers and row.id:
            vetoed.setdefault(row.id, []).append(row)
    return tuple(
        replace(row, hint=_hint(row, vetoed.get(row.id, [])))
        if row.compared and not row.agrees
        else row
        for row in rows
    )


def _hint(row: Replayed, twins: list[Replayed]) -> str:
    if row.adopted and twins:
        names = ", ".join(twins[0].vetoers)
        return f"Line {twins[0].place.line} has the same draft as vetoed by {names}."
    if row.adopted and row.no >= row.yes:
        return "More voted against than in favour."
    if row.adopted and not row.vetoers:
        return (
            "Enough votes and no veto named: either a veto is missing from the file, or the tally "
            "is not as it was."
        )
    return ""


def _apart(rows: Sequence[Tally]) -> Mapping[str, tuple[Place, ...]]:
    """Rows without a tally, by what is said of them instead."""
    found: dict[str, tuple[Place, ...]] = {"unanimous": (), "without_vote": (), "nothing": ()}
    for tally in rows:
        if tally.counts is None:
            how = tally.how or "nothing"
            found[how] = (*found[how], tally.place)
    return found
