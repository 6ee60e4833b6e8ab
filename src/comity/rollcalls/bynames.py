"""Roll calls given as lists of names: who was in favour, who abstained, who was against."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from comity.errors import DossierError
from comity.rollcalls.days import day_of
from comity.rollcalls.joined import FileVotes
from comity.rollcalls.outcomes import outcome_of
from comity.rollcalls.table import Table
from comity.rollcalls.votes import RollCall, Vote

_LISTS = {
    Vote.YES: ("in favour", "in favor", "for"),
    Vote.ABSTAIN: ("abstain", "abstaining", "abstentions"),
    Vote.NO: ("against",),
}
_SEATED = ("members",)
_TALLY = "for,abstain,against"
_TITLE = ("voting on", "title", "draft", "symbol")
_MEETING = "meeting number"


def fits(table: Table) -> bool:
    """Whether a table holds such lists."""
    return table.column("against") is not None and table.column("in favour", "in favor") is not None


def read(table: Table) -> FileVotes:
    """The votes in the lists, each roll call called by its meeting and its place in the file.

    A member that has a seat and is in no list is absent. Where the file states a tally that its
    names do not add up to, a note says so. Raises ``DossierError`` for a list that is not one,
    for a member in two lists, and for one in a list that has no seat.
    """
    columns = {vote: table.needed(*known_as) for vote, known_as in _LISTS.items()}
    calls: list[str] = []
    members: list[str] = []
    votes: list[int] = []
    lines: list[int] = []
    about: dict[str, RollCall] = {}
    notes: list[str] = []
    for row in range(len(table)):
        call = _call(table, row)
        about[call.id] = call
        answers = _answers(table, row, columns)
        notes.extend(_doubts(table, row, call, answers))
        for member, vote in answers.items():
            calls.append(call.id)
            members.append(member)
            votes.append(int(vote))
            lines.append(table.lines[row])
    return FileVotes(table.file, calls, members, votes, lines, {}, about, tuple(notes))


def _call(table: Table, row: int) -> RollCall:
    meeting = table.cell(row, _MEETING)
    number = f"{meeting}/{row + 1}" if meeting else str(row + 1)
    title = table.cell(row, *_TITLE)
    on, year = day_of(table, row)
    text = "\n".join(dict.fromkeys(column[row].strip() for column in table.columns))
    return RollCall(
        id=number,
        year=year,
        on=on,
        title=title,
        titled=True,
        text=text,
        outcome=outcome_of(table.cell(row, "outcome"), table.place(row, "outcome")),
        procedure=table.cell(row, "procedure"),
    )


def _answers(table: Table, row: int, columns: dict[Vote, int]) -> dict[str, Vote]:
    from comity.rollcalls.seats import same_seat

    answers: dict[str, Vote] = {}
    for vote, column in columns.items():
        for written in _names(table, row, column):
            member = same_seat(written)
            if member in answers:
                raise DossierError(
                    f"'{written}' is there twice in one roll call",
                    place=table.place(row, table.shown[column]),
                    found=f"{answers[member].label} and {vote.label}",
                    mend="Keep one of the two.",
                )
            answers[member] = vote
    if (seated := table.column(*_SEATED)) is not None:
        seats = {same_seat(written): written for written in _names(table, row, seated)}
        for member in answers:
            if member not in seats:
                raise DossierError(
                    f"'{member}' votes without a seat",
                    place=table.place(row),
                    found=f"seats of {', '.join(seats.values())}",
                    mend=f"Name it under '{table.shown[seated]}', or take its vote out.",
                )
        answers |= {member: Vote.ABSENT for member in seats if member not in answers}
    return answers


def _names(table: Table, row: int, column: int) -> list[str]:
    """Names in a cell, written as Python or JSON writes a list, or with semicolons."""
    cell = table.columns[column][row].strip()
    if not cell.startswith("["):
        return [name.strip() for name in cell.split(";") if name.strip()]
    try:
        names = ast.literal_eval(cell)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise DossierError(
            "this is not a list of names",
            place=table.place(row, table.shown[column]),
            found=cell,
            mend="Write ['A', 'B'], or A; B.",
        )
    return [name.strip() for name in names]


def _doubts(table: Table, row: int, call: RollCall, answers: dict[str, Vote]) -> Iterator[str]:
    """What is odd about the names, where a tally stands beside them."""
    counts = tuple(sum(v is vote for v in answers.values()) for vote in _LISTS)
    stated = table.cell(row, _TALLY)
    if stated and stated != f"({', '.join(map(str, counts))})":
        absent = [member for member, vote in answers.items() if vote is Vote.ABSENT]
        yield (
            f"{table.place(row)}: roll call {call.id} ({call.title}) states the tally {stated}, "
            f"its names make ({', '.join(map(str, counts))}); no vote is named for "
            f"{', '.join(absent) or 'anybody else'}, read as absent."
        )
