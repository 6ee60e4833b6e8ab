"""Tables for people: fitted to a terminal, plain and unwrapped anywhere else."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence

from comity.cli import streams

_UNBOUNDED = 1_000_000
_READABLE = 40
"""Columns below which running text is no longer read with ease."""
_MANY = 500
"""Rows beyond which nobody reads a table, and drawing one takes seconds: the last cell below."""


def put_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Collection[str] = ()
) -> None:
    """Print a table to stdout; columns whose headings are in ``numbers`` are set to the right.

    On a terminal a cell's words wrap, but no word, and so no id, is ever cut, and no number is
    broken; where that would squeeze the last column, it is set below the others instead. In a
    file or a pipe a row is one line, without frame or colour.
    """
    cells = [_clean(row) for row in rows]
    streams.put_drawn(_drawn(_clean(headings), cells, _clean(numbers)))


def _clean(cells: Iterable[str]) -> list[str]:
    """Cells of one line each, their control characters made visible."""
    return [streams.plain(" ".join(cell.split())) for cell in cells]


def _drawn(headings: Sequence[str], rows: list[list[str]], numbers: Collection[str]) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    people = streams.readable_by_people()
    console = Console(file=io.StringIO(), force_terminal=people)
    room = console.width if people else _UNBOUNDED
    if len(rows) > _MANY:
        return "\n".join(_stacked(rows, room))
    console.width = _UNBOUNDED  # the widths below decide; Rich would cut to fit
    table = Table(box=box.SIMPLE_HEAD if people else None, pad_edge=False, show_edge=False)
    for heading in headings:
        number = heading in numbers
        table.add_column(Text(heading), justify="right" if number else "left", no_wrap=number)
    for row in rows:
        table.add_row(*map(Text, row))
    needs = [
        _needs(cells, unbroken=heading in numbers)
        for heading, cells in zip(headings, _columns(headings, rows), strict=True)
    ]
    frame = console.measure(table).maximum - sum(whole for _, whole in needs)
    widths = _fitted(needs, room - frame, [heading in numbers for heading in headings])
    if widths[-1] < min(needs[-1][1], _READABLE) and headings[-1] not in numbers:
        return "\n".join(_stacked(rows, room))
    for column, heading, width in zip(table.columns, headings, widths, strict=True):
        column.width = width
        column.header = Text(textwrap.fill(heading, max(width, 1), break_long_words=False))
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


def _columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The cells of each column, its heading first."""
    return list(zip(headings, *rows, strict=True))


def _needs(cells: Sequence[str], *, unbroken: bool) -> tuple[int, int]:
    """The width a column takes at the least and at the most; only its heading may be broken."""
    from rich.cells import cell_len

    heading, *texts = cells
    parts = texts if unbroken else [word for text in texts for word in text.split()]
    least = max(map(cell_len, [*heading.split(), *parts]), default=0)
    return least, max(map(cell_len, cells))


def _fitted(needs: Sequence[tuple[int, int]], room: int, last: Sequence[bool]) -> list[int]:
    """A width for each column: the least it takes, and a fair share of what room is left over.

    Those marked ``last``, the numbers, whose headings alone could do with more, share what the
    others leave.
    """
    widths = [least for least, _ in needs]
    spare = max(0, room - sum(widths))
    for turn in (False, True):
        waiting = [place for place, late in enumerate(last) if late is turn]
        waiting.sort(key=lambda place: needs[place][1] - needs[place][0])
        for left, place in zip(range(len(waiting), 0, -1), waiting, strict=True):
            given = min(needs[place][1] - widths[place], spare // left)
            widths[place] += given
            spare -= given
    return widths
