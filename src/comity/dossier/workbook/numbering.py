"""Entries of lists, which a workbook numbers, put in their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.dossier.paths import Path
from comity.dossier.workbook.book import Book
from comity.dossier.workbook.sheets import KEY, NUMBER

ROW = "\x00row"
"""A step that no field has: marks the row of a record."""


def numbered(book: Book, paths: set[tuple[str, ...]]) -> None:
    """Entries that stood in mappings by number, as lists, and their cells with them."""
    for path in paths:
        if path and path[-1] == NUMBER:
            for home in list(_homes(book.value, path[:-2])):
                if path[-2] in home:
                    entries = home[path[-2]]
                    home[path[-2]] = [entries[number] for number in sorted(entries)]
    counted = {path[:-1] for path in paths if path and path[-1] == NUMBER}
    lengths = {len(path) for path in counted}
    numbers: dict[Path, set[Any]] = {}
    for cells in book.cells:
        for length in lengths:
            if len(cells) > length and _like(cells[:length], counted):
                numbers.setdefault(cells[:length], set()).add(cells[length])
    order = {
        above: {number: index for index, number in enumerate(sorted(n for n in held if n != ROW))}
        for above, held in numbers.items()
    }
    book.cells = {_renumbered(cells, order, lengths): at for cells, at in book.cells.items()}


def _homes(value: Any, path: tuple[str, ...]) -> Iterator[dict[Any, Any]]:
    """Every mapping that stands at a path of field names and ``*``."""
    if not path:
        yield value
    elif path[0] == KEY:
        for inner in value.values():
            yield from _homes(inner, path[1:])
    elif path[0] in value:
        yield from _homes(value[path[0]], path[1:])


def _like(path: Path, patterns: set[tuple[str, ...]]) -> bool:
    return any(
        len(path) == len(pattern)
        and all(step in (KEY, held) for step, held in zip(pattern, path, strict=True))
        for pattern in patterns
    )


def _renumbered(path: Path, order: dict[Path, dict[Any, int]], lengths: set[int]) -> Path:
    for length in lengths:
        places = order.get(path[:length])
        if places is not None and len(path) > length and path[length] in places:
            return (*path[:length], places[path[length]], *path[length + 1 :])
    return path
