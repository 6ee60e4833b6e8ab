"""What the first sheet of a workbook says, and the same as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from comity.dossier.workbook.sheets import sheets

README = "read me"
"""Name of the sheet that explains the others; it is not read."""

RULES: tuple[tuple[str, str], ...] = (
    (
        "one row a record",
        "The first, darker columns of a sheet are the ids that say what a row is about. The row of "
        "an option, for instance, begins with the id of its item. Rows may stand in any order, "
        "except that options count from the least to the most far-reaching; empty rows are passed "
        "over. A row that leaves the last id out stands for a table without entries.",
    ),
    (
        "blank",
        "A blank cell is a field left out. An empty text is written as two double quotes.",
    ),
    (
        "numbers",
        "A number may be uncertain: 50, or 40..60 (anything between, equally likely), or "
        "{low: 40, mode: 45, high: 60}, or {mean: 50, sd: 5}. A share is 2/3, 55 % or 0.55.",
    ),
    (
        "lists",
        "Ids and other words are separated by commas: ARM, BLR, KAZ. What one accepts is written "
        "[0, 60..75].",
    ),
    (
        "mappings",
        "Names with values stand in braces: {route: joint, fee: 5..10}. A charter that does not "
        "come with Comity is written as YAML in one cell.",
    ),
    (
        "text",
        "Columns of ids and words are formatted as text, so that 1e5, 007 or 1/2 stay as written. "
        "Text in double quotes is read without them.",
    ),
    (
        "columns",
        "Every header says in its comment what its column holds. Columns may be moved, and "
        "those not needed left out; sheets stay, empty or not, and names may not be changed. A "
        "text longer than a cell goes on in a further column, called note (2) and so on.",
    ),
    (
        "formulas",
        "Formulas are read by the value last calculated. Merged cells, errors such as #N/A, and "
        "sheets or columns of other names are refused, so that nothing is passed over in silence.",
    ),
)
"""How a workbook is written, rule by rule."""


def lines() -> Iterator[tuple[str, str]]:
    """The sheet that explains the others: left and right cell of every row."""
    yield "Comity", "A dossier as a workbook, one sheet a table. `comity check` reads it as it is."
    yield "", ""
    yield from RULES
    yield "", ""
    yield "sheet", "what it holds"
    for sheet in sheets():
        yield sheet.name, sheet.says
