"""The brief: the answer on one page of A4, as a Word file.

python-docx is imported when a brief is made, not with this package.
"""

from comity.report.brief.page import Brief, brief

__all__ = ["Brief", "brief"]
