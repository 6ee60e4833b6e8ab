"""The page on workbooks in the documentation, made from the description of the sheets."""

from __future__ import annotations

from comity.dossier.workbook.readme import README, RULES
from comity.dossier.workbook.sheets import Sheet, sheets

HEAD = f"""# Keep a dossier in a spreadsheet

Generated from the fields' metadata by `docs/how-to/workbook.py`; edit `src/comity/dossier/`, not
this page.

```
comity new --workbook summit.xlsx            # a dossier to start from, as a workbook
comity check summit.xlsx                     # every command reads a workbook as it reads YAML
comity new summit.xlsx --from summit.yaml    # a dossier of yours as a workbook
comity new summit.yaml --from summit.xlsx    # and back
```

A workbook holds the whole dossier, one sheet a table, and is equal to the YAML in both directions;
only comments are lost. It is one file: in a folder of YAML files workbooks are left alone. The
sheet `{README}` explains the others and is not read.

## How it is written
"""

FOOT = """
## When something is wrong

A message names the file, the sheet and the cell, shows what was found and says how to mend it;
nothing is half-read.

```
summit.xlsx: positions!D1: the sheet 'positions' has no column of this name
  found: acepts
  mend:  Did you mean 'accepts'? Its columns are: item, actor, ideal, accepts, …
```

All sheets must be there, empty or not. A workbook of more than 100,000 rows, of more than 20 MB
(100 MB unpacked), with a password, or with declared entities is refused before it is read.

What spreadsheet programs do of their own accord is caught, not guessed at: an id such as `1e5` that
became a number, a share such as `1/2` that became a date, a formula that was never calculated.

## The sheets

The columns in bold are the ids that say what a row is about.
"""


def page() -> str:
    """The whole page, in Markdown."""
    rules = [f"- **{name}**: {says}" for name, says in RULES]
    return "\n".join([HEAD, *rules, FOOT, *(_section(sheet) for sheet in sheets())])


def _section(sheet: Sheet) -> str:
    lines = ["| column | holds | required | description |", "| --- | --- | --- | --- |"]
    for column in sheet.all_columns:
        name = f"**{column.name}**" if column.is_key else f"`{column.name}`"
        need = "yes" if column.required else ""
        lines.append(f"| {name} | {column.plain_type} | {need} | {column.says} |")
    return "\n".join([f"### {sheet.name}", "", f"{_capital(sheet.says)}.", "", *lines, ""])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
