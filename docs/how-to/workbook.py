"""Writes workbook.md beside it, from the description of a workbook's sheets.

Run as ``python docs/how-to/workbook.py`` after a field has changed.
"""

from pathlib import Path

from comity.dossier.workbook.page import page

PAGE = Path(__file__).with_suffix(".md")

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
