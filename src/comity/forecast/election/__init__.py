"""Probabilistic Condorcet elections among the members' positions, or options (after KTAB)."""

from comity.forecast.election.chances import (
    chances_from_coalitions,
    chances_of_options,
    spatial_chances,
)
from comity.forecast.election.model import Election, most_probable
from comity.forecast.election.rules import ElectionRules
from comity.forecast.election.several import SpatialElection, elect_over

__all__ = [
    "Election",
    "ElectionRules",
    "SpatialElection",
    "chances_from_coalitions",
    "chances_of_options",
    "elect_over",
    "most_probable",
    "spatial_chances",
]
