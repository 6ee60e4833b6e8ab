"""How a backtest is shown to people: what it says, then two tables, of points and distributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.cli import streams
from comity.cli.tables import put_table
from comity.report.sentences.backtest import (
    DISTRIBUTIONS,
    POINTS,
    conclusion,
    kinds,
    left_out,
    of_distributions,
    of_points,
)

if TYPE_CHECKING:
    from comity.backtest.results import Backtest


def show(found: Backtest) -> None:
    """Print the answer, the tables it rests on, and what to mind."""
    for says in conclusion(found):
        streams.put_prose(says)
    for means, cells in ((POINTS, of_points), (DISTRIBUTIONS, of_distributions)):
        streams.put()
        rows = [[model.name, *cells(model)] for model in found.models.values()]
        put_table(["model", *means], rows, numbers=list(means))
        streams.put_prose("; ".join(f"{name}: {says}" for name, says in means.items()) + ".")
    streams.put()
    streams.put_prose("In brackets 95 % intervals from a bootstrap over proposals.")
    streams.put_prose(kinds(found))
    streams.put_prose(f"Capabilities: {found.capabilities}. Data: {found.sha256[:16]}….")
    for note in (*found.notes, *left_out(found)):
        streams.put_prose(f"Mind: {note}")
