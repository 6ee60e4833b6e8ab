"""What a workbook says, as plain values, and in which cell each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.dossier.paths import Path, written
from comity.dossier.yamltext import Document
from comity.errors import Place

Cell = tuple[int, int, int]
"""Sheet, row and column by number, for order; the sheet's place in the workbook."""


@dataclass
class Book(Document):
    """A document whose parts stand in cells; ``cells`` maps field paths to sheet, row, column."""

    cells: dict[Path, Cell] = field(default_factory=dict, repr=False)
    names: tuple[str, ...] = ()

    def place(self, path: Path) -> Place:
        """The cell of a field, or of the deepest thing above it that was written."""
        sheet, row, column = self.rank(path)
        cell = f"{self.names[sheet]}!{letters(column)}{row}"
        return Place(self.files[0], field=written(path) or None, cell=cell)

    def rank(self, path: Path) -> Cell:
        for depth in range(len(path), -1, -1):
            if path[:depth] in self.cells:
                return self.cells[path[:depth]]
        return 0, 1, 1


def letters(column: int) -> str:
    """The name of a column, counted from 1: A, …, Z, AA, …"""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
