"""A dossier as a spreadsheet workbook: equal as a model to its YAML in both directions.

``sheets`` describes the tables from the fields of the dossier's records, ``cells`` what stands in
a cell; ``writing`` and ``reading`` go one way each; ``archive`` looks at a file first.
"""

from comity.dossier.workbook.archive import LARGEST_FILE, TOO_LARGE
from comity.dossier.workbook.opening import MOST_ROWS
from comity.dossier.workbook.reading import read_workbook
from comity.dossier.workbook.writing import workbook_bytes

__all__ = ["LARGEST_FILE", "MOST_ROWS", "TOO_LARGE", "read_workbook", "workbook_bytes"]
