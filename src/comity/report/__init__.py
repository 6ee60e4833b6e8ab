"""Results to sentences, figures and one HTML page; computes nothing."""

from comity.report.figures import figures
from comity.report.page import Report, report

__all__ = ["Report", "figures", "report"]
