"""The votes of several files as one table of roll calls and members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from comity.errors import DossierError, Place
from comity.rollcalls.votes import RollCall, RollCalls, Vote

CELLS = 100_000_000
"""Roll calls times members that are held at once: about a gigabyte."""


@dataclass(frozen=True)
class FileVotes:
    """The votes of one file, column by column, and what it says of roll calls and members."""

    file: str
    calls: Sequence[str]
    members: Sequence[str]
    votes: Sequence[int]
    lines: Sequence[int]
    names: Mapping[str, str]
    described: Mapping[str, RollCall]
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        assert len(self.calls) == len(self.members) == len(self.votes) == len(self.lines)


def joined(
    files: Sequence[FileVotes], known: Mapping[str, RollCall], describing: Sequence[str]
) -> RollCalls:
    """All votes together.

    ``known`` are the roll calls that the files ``describing`` tell of; without such a file the
    votes' own files say what they know. Raises ``DossierError`` for a vote on a roll call that
    is not described, and for a member that votes twice in one roll call.
    """
    if describing:
        _check_described(files, known, describing)
    else:
        known = {name: call for votes in files for name, call in votes.described.items()}
    voted = dict.fromkeys(call for votes in files for call in votes.calls)
    if not voted:
        raise DossierError(
            "there are no votes in what was given",
            place=Place(file=files[0].file),
            found="headings alone",
            mend="Give a row for each vote or roll call.",
        )
    order = [c for c in known if c in voted] if describing else list(voted)
    whole = _Whole(
        tuple(known.get(call, RollCall(call)) for call in order),
        tuple(sorted({member for votes in files for member in votes.members})),
        tuple(votes.file for votes in files),
    )
    for number, votes in enumerate(files):
        whole.take(number, votes)
    return RollCalls(
        calls=whole.calls,
        members=whole.members,
        names={name: said for votes in files for name, said in votes.names.items()},
        votes=whole.votes,
        lines=whole.lines,
        from_file=whole.from_file,
        files=whole.files,
        notes=tuple(note for votes in files for note in votes.notes),
    )


def _check_described(
    files: Sequence[FileVotes], known: Mapping[str, RollCall], describing: Sequence[str]
) -> None:
    for votes in files:
        for call, line in zip(votes.calls, votes.lines, strict=True):
            if call not in known:
                raise DossierError(
                    "the vote is on a roll call that is not described",
                    place=Place(file=votes.file, line=line),
                    found=call,
                    mend=f"Describe roll call {call} in {' or '.join(describing)}.",
                )


class _Whole:
    """The table as it fills, file by file."""

    def __init__(
        self, calls: tuple[RollCall, ...], members: tuple[str, ...], files: tuple[str, ...]
    ) -> None:
        self.calls, self.members, self.files = calls, members, files
        self._row = {call.id: row for row, call in enumerate(calls)}
        self._seat = {member: seat for seat, member in enumerate(members)}
        shape = (len(calls), len(members))
        if len(calls) * len(members) > CELLS:
            raise DossierError(
                f"{len(calls):,} roll calls of {len(members):,} members are more than is held",
                place=Place(file=files[0]),
                found=f"a table of {len(calls) * len(members):,} cells",
                mend=f"At most {CELLS:,} are; give fewer years or members at a time.",
            )
        self.votes: NDArray[np.int8] = np.full(shape, Vote.UNRECORDED, dtype=np.int8)
        self.lines: NDArray[np.int32] = np.zeros(shape, dtype=np.int32)
        self.from_file: NDArray[np.int32] = np.zeros(shape, dtype=np.int32)

    def take(self, number: int, votes: FileVotes) -> None:
        """Enter the votes of a file. Raises ``DossierError`` for one that is there already."""
        count = len(votes.calls)
        rows = np.fromiter(map(self._row.__getitem__, votes.calls), np.intp, count)
        seats = np.fromiter(map(self._seat.__getitem__, votes.members), np.intp, count)
        for late in np.flatnonzero(self.lines[rows, seats])[:1]:
            row, seat = rows[late], seats[late]
            first = Place(self.files[self.from_file[row, seat]], int(self.lines[row, seat]))
            raise self._twice(number, votes, int(late), first)
        _, firsts, which = np.unique(
            rows * len(self.members) + seats, return_index=True, return_inverse=True
        )
        for late in np.flatnonzero(firsts[which] != np.arange(count))[:1]:
            first = Place(votes.file, votes.lines[firsts[which[late]]])
            raise self._twice(number, votes, int(late), first)
        self.votes[rows, seats] = np.asarray(votes.votes, dtype=np.int8)
        self.lines[rows, seats] = np.asarray(votes.lines, dtype=np.int32)
        self.from_file[rows, seats] = number

    def _twice(self, number: int, votes: FileVotes, vote: int, first: Place) -> DossierError:
        return DossierError(
            f"'{votes.members[vote]}' votes twice in roll call {votes.calls[vote]}",
            place=Place(file=votes.file, line=votes.lines[vote]),
            found=f"the other vote is in {first}",
            mend="Keep one of the two.",
        )
