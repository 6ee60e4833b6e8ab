"""Writes what is made from the dossier's model: dossier.md beside it, and the stored JSON Schema.

Run as ``python docs/reference/dossier.py`` after a field has changed.
"""

from pathlib import Path

import comity.dossier
from comity.dossier.attributes import page
from comity.dossier.schema import STORED, schema_text

PAGE = Path(__file__).with_suffix(".md")
SCHEMA = Path(comity.dossier.__file__).with_name(STORED)

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(schema_text(), encoding="utf-8")
