"""Replay of files, whatever they hold: tallies, votes by member, a table of vetoes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from frozendict import frozendict

from comity.errors import DossierError
from comity.rollcalls.bymember import replay_members
from comity.rollcalls.bytally import replay_tallies
from comity.rollcalls.read import is_describing, roll_calls_of
from comity.rollcalls.replayed import Replay
from comity.rollcalls.table import read_table
from comity.rollcalls.tallies import holds_tallies, holds_vetoes, read_tallies, read_vetoes
from comity.rollcalls.vetocheck import check_vetoes


def replay(
    paths: Sequence[Path],
    charter: str | Path,
    procedure: str = "substantive",
    facts: Mapping[str, bool] = frozendict(),
) -> Replay:
    """Recorded votes put to a procedure of a charter: a packaged one by name, or a file.

    A table of vetoes among the files is joined to the tallies. Votes by member go before the
    tallies of the table that describes them. Raises ``DossierError`` with file and line for
    files that cannot be read so, ``ComityError`` for an unknown charter or procedure.
    """
    tables = {path: read_table(path) for path in paths}
    vetoes = [entry for t in tables.values() if holds_vetoes(t) for entry in read_vetoes(t)]
    listing = any(map(holds_vetoes, tables.values()))
    others = [path for path, table in tables.items() if not holds_vetoes(table)]
    if not others:
        raise DossierError(
            "there are no votes in what was given",
            mend="Name the file of votes or tallies as well.",
        )
    counted = [path for path in others if holds_tallies(tables[path])]
    if any(path not in counted and not is_describing(tables[path]) for path in others):
        found = replay_members(
            roll_calls_of(tables[path] for path in others), charter, procedure, facts
        )
        return replace(found, check=check_vetoes(found.rows, vetoes)) if listing else found
    tallies = [tally for path in counted for tally in read_tallies(tables[path])]
    if not tallies:
        raise DossierError(
            "there are neither votes nor tallies in what was given",
            found=", ".join(map(str, paths)),
            mend="Name a file with votes by member, or with yes, no, abstain and outcome.",
        )
    return replay_tallies(tallies, charter, procedure, facts, vetoes if listing else None)
