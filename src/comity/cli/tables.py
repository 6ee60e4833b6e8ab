"""Tables for people: fitted to a terminal, plain and unwrapped anywhere else."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence

from comity.cli import streams

_UNBOUNDED = 1_000_000
_READABLE = 40
"""Columns below which running text is no longer read with ease."""


def put_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Collection[str] = ()
) -> None:
    """Print a table to stdout; columns whose headings are in ``numbers`` are set to the right.

    On a terminal a cell's words wrap, but no word, and so no id, is ever cut; where that would
    squeeze the last column, it is set below the others instead. In a file or a pipe a row is one
    line, without frame or colour.
    """
    cells = [[streams.plain(" ".join(cell.split())) for cell in row] for row in rows]
    streams.put_drawn(_drawn(headings, cells, numbers))


def _drawn(headings: Sequence[str], rows: list[list[str]], numbers: Collection[str]) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    people = streams.readable_by_people()
    console = Console(file=io.StringIO(), force_terminal=people)
    room = console.width if people else _UNBOUNDED
    console.width = _UNBOUNDED  # the widths below decide; Rich would cut to fit
    table = Table(box=box.SIMPLE_HEAD if people else None, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(Text(heading), justify="right" if heading in numbers else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    needs = list(map(_needs, zip(headings, *rows, strict=True)))
    frame = console.measure(table).maximum - sum(whole for _, whole in needs)
    widths = _fitted(needs, room - frame)
    if widths[-1] < min(needs[-1][1], _READABLE) and headings[-1] not in numbers:
        return "\n".join(_stacked(rows, room))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    with console.capture() as drawn:
        console.print(table)
    return "\n".join(line.rstrip() for line in drawn.get().splitlines())


def _stacked(rows: Iterable[list[str]], room: int) -> Iterator[str]:
    """Each row as one line of ids, and what is said of them below."""
    indent = "    "
    fill = textwrap.TextWrapper(
        max(room, _READABLE),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for *ids, said in rows:
        yield "  ".join(ids)
        yield from fill.wrap(said)


def _needs(cells: Iterable[str]) -> tuple[int, int]:
    """The width of the longest word and of the longest text of a column."""
    from rich.cells import cell_len

    texts = list(cells)
    words = [word for text in texts for word in text.split()]
    return max(map(cell_len, words), default=0), max(map(cell_len, texts))


def _fitted(needs: Sequence[tuple[int, int]], room: int) -> list[int]:
    """A width for each column: its longest word, and a fair share of what room is left over."""
    widths = [word for word, _ in needs]
    spare = max(0, room - sum(widths))
    wanting = sorted(range(len(needs)), key=lambda place: needs[place][1] - needs[place][0])
    for left, place in zip(range(len(wanting), 0, -1), wanting, strict=True):
        given = min(needs[place][1] - widths[place], spare // left)
        widths[place] += given
        spare -= given
    return widths
