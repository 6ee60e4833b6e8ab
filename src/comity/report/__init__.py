"""Results to sentences, figures, one HTML page and a brief; computes nothing."""

from comity.report.figures import figures
from comity.report.page import Report, report

__all__ = ["Report", "figures", "report"]
