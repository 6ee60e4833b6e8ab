"""What a mediator asks of talks: what all can accept, what stands in the way, what to table."""

from comity.ensemble.mediation.results import Mediation
from comity.ensemble.mediation.run import mediate

__all__ = ["Mediation", "mediate"]
