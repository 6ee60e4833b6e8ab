"""The exact Pareto frontier of talks, built issue by issue and never by listing packages.

Method and proofs: docs/theory/frontier.md. Definitions: conventions §41, §43, §44.
"""

from comity.bargaining.frontier.build import frontier
from comity.bargaining.frontier.result import Frontier

__all__ = ["Frontier", "frontier"]
