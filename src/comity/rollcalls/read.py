"""Roll calls from files: long, wide, or with lists of names, and tables that describe them.

======== ==================================================================================
long     a row for each vote: ``rcid`` (or ``id``), ``member`` (or ``country_code`` with
         ``country``), ``vote``; possibly ``date``, ``title`` and the like
wide     a row for each roll call: ``id``, what describes it, and a column for each member
by name  a row for each roll call: ``In Favor``, ``Abstain``, ``Against``, each a list of names
describe a row for each roll call, without votes: ``rcid``, ``date``, ``title`` or ``descr`` …
======== ==================================================================================

Files are told apart by their headings. Nothing is half-read: the first thing amiss is an error
that names file and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from comity.dossier.paths import nearest
from comity.errors import DossierError, Place
from comity.rollcalls import bynames
from comity.rollcalls.describing import DESCRIBING, IDS, call_id, described
from comity.rollcalls.joined import FileVotes, joined
from comity.rollcalls.table import Table, read_table
from comity.rollcalls.votes import WORDS, RollCall, RollCalls, Vote

_MEMBER = ("member", "actor", "country_code", "country", "name")
_NAME = ("name", "country")
_VOTE = "vote"


def read_roll_calls(paths: Iterable[Path]) -> RollCalls:
    """The roll calls in some files taken together.

    Roll calls come in the order of the table that describes them, else in that of their votes; a
    roll call that is described and on which no vote is recorded is left out. Raises
    ``DossierError`` with file and line for whatever cannot be read as votes, a vote of a member
    twice in one roll call included.
    """
    return roll_calls_of(map(read_table, paths))


def roll_calls_of(tables: Iterable[Table]) -> RollCalls:
    """The roll calls in some tables taken together; see :func:`read_roll_calls`."""
    read: list[FileVotes] = []
    known: dict[str, RollCall] = {}
    describe: list[str] = []
    for table in tables:
        if is_describing(table):
            describe.append(table.file)
            known |= _descriptions(table, known)
        else:
            read.append(_votes(table))
    if not read:
        raise DossierError(
            "there are no votes in what was given",
            found=", ".join(describe) or None,
            mend="Name the file that holds the votes as well.",
        )
    return joined(read, known, describe)


def is_describing(table: Table) -> bool:
    """Whether a table describes roll calls and holds no votes."""
    return table.column(*IDS) is not None and DESCRIBING.issuperset(table.headings)


def vote_of(word: str, place: Place) -> Vote:
    """A vote from a word. Raises ``DossierError`` for an unknown one, numbers included."""
    vote = WORDS.get(word.strip().casefold())
    if vote is None:
        digits = word.strip().lstrip("+-").isdecimal()
        like = nearest(word.strip().casefold(), WORDS)
        guess = f"Did you mean '{like}'? " if like else ""
        raise DossierError(
            "this number is no vote" if digits else "this word is no vote",
            place=place,
            found=word,
            mend="Data sets code votes by different numbers; write yes, no, abstain or absent."
            if digits
            else f"{guess}Write yes, no, abstain or absent.",
        )
    return vote


# --- one file -----------------------------------------------------------------


def _descriptions(table: Table, known: dict[str, RollCall]) -> dict[str, RollCall]:
    found: dict[str, RollCall] = {}
    for row in range(len(table)):
        call = described(table, row)
        if call.id in found or call.id in known:
            raise DossierError(
                f"roll call {call.id} is described twice",
                place=table.place(row),
                mend="Keep one of the two rows.",
            )
        found[call.id] = call
    return found


def _votes(table: Table) -> FileVotes:
    if bynames.fits(table):
        return bynames.read(table)
    if _VOTE in table.headings or (
        table.column(*_MEMBER) is not None and table.column(*IDS) is not None
    ):
        return _long(table)
    if table.column(*IDS) is None and {"yes", "no"} <= set(table.headings):
        raise DossierError(
            "the table tells how many voted how, but not who",
            place=Place(file=table.file, line=1),
            mend="Give votes by member; tallies can only be replayed.",
        )
    return _wide(table)


def _long(table: Table) -> FileVotes:
    call_at, member_at = table.needed(*IDS), table.needed(*_MEMBER)
    vote_at = table.needed(_VOTE)
    name_at = table.column(*_NAME)
    columns = table.columns
    members = columns[member_at]
    names = columns[name_at] if name_at is not None else members
    called = {pair: _named(table, pair) for pair in dict.fromkeys(zip(members, names, strict=True))}
    who = [called[pair] for pair in zip(members, names, strict=True)]
    words = {word: WORDS.get(word.strip().casefold()) for word in set(columns[vote_at])}
    if None in words.values():
        row = next(r for r, word in enumerate(columns[vote_at]) if words[word] is None)
        vote_of(columns[vote_at][row], table.place(row, _VOTE))
    ids = {cell: call_id(cell) for cell in set(columns[call_at])}
    return FileVotes(
        file=table.file,
        calls=[ids[cell] for cell in columns[call_at]],
        members=[identifier for identifier, _ in who],
        votes=[int(words[word] or 0) for word in columns[vote_at]],
        lines=table.lines,
        names={identifier: name for identifier, name in called.values() if name},
        described=_first_descriptions(table, columns[call_at]),
    )


def _named(table: Table, pair: tuple[str, str]) -> tuple[str, str]:
    """Id and name of a member; one without an id goes by its name."""
    identifier, name = pair[0].strip(), pair[1].strip()
    if not identifier and not name:
        raise DossierError(
            "a vote has no member",
            place=table.place(next(r for r in range(len(table)) if not table.cell(r, *_MEMBER))),
            mend="Say whose vote it is.",
        )
    return identifier or name, name


def _first_descriptions(table: Table, ids: Sequence[str]) -> dict[str, RollCall]:
    """What a long table says of each roll call, taken from the first of its votes."""
    if not DESCRIBING.intersection(table.headings) - set(IDS):
        return {}
    first = {call_id(cell): row for row, cell in reversed(list(enumerate(ids)))}
    _refuse_contradictions(table, ids, first)
    return {identifier: described(table, row) for identifier, row in first.items()}


_SAID_ONCE = ("date", "year", "outcome", "procedure")


def _refuse_contradictions(table: Table, ids: Sequence[str], first: Mapping[str, int]) -> None:
    """Refuse votes that say of one roll call what an earlier one denies."""
    for heading in _SAID_ONCE:
        place = table.column(heading)
        if place is None:
            continue
        column = table.columns[place]
        if len(set(zip(ids, column, strict=True))) == len(first):
            continue
        for row, cell in enumerate(column):
            earlier = first[call_id(ids[row])]
            if cell.strip() != column[earlier].strip():
                raise DossierError(
                    f"the votes of roll call {call_id(ids[row])} contradict each other",
                    place=table.place(row, heading),
                    found=f"{cell.strip() or '(empty)'}, but "
                    f"{column[earlier].strip() or '(empty)'} in line {table.lines[earlier]}",
                    mend="Say the same of each of its votes.",
                )


def _wide(table: Table) -> FileVotes:
    table.needed(*IDS)
    members = [
        (place, shown)
        for place, (heading, shown) in enumerate(zip(table.headings, table.shown, strict=True))
        if heading not in DESCRIBING
    ]
    calls: list[str] = []
    who: list[str] = []
    votes: list[int] = []
    lines: list[int] = []
    about: dict[str, RollCall] = {}
    for row in range(len(table)):
        call = described(table, row)
        if call.id in about:
            raise DossierError(f"roll call {call.id} is there twice", place=table.place(row))
        about[call.id] = call
        for place, member in members:
            if table.columns[place][row].strip():
                calls.append(call.id)
                who.append(member)
                votes.append(int(vote_of(table.columns[place][row], table.place(row, member))))
                lines.append(table.lines[row])
    return FileVotes(table.file, calls, who, votes, lines, {}, about)
