"""How a backtest is shown to people: a table, then what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.cli import streams
from comity.cli.tables import put_table
from comity.report.sentences.backtest import MEANS, cells, conclusion, kinds, left_out

if TYPE_CHECKING:
    from comity.backtest.results import Backtest


def show(found: Backtest) -> None:
    """Print the answer, the table it rests on, and what to mind."""
    for says in conclusion(found):
        streams.put_prose(says)
    streams.put()
    put_table(
        list(MEANS), [[m.name, *cells(m)] for m in found.models.values()], numbers=list(MEANS)[1:]
    )
    streams.put()
    words = "; ".join(f"{name}: {says}" for name, says in list(MEANS.items())[2:])
    streams.put_prose(f"{words}. In brackets 95 % intervals from a bootstrap over proposals.")
    streams.put_prose(kinds(found))
    streams.put_prose(f"Capabilities: {found.capabilities}. Data: {found.sha256[:16]}….")
    for note in (*found.notes, *left_out(found)):
        streams.put_prose(f"Mind: {note}")
