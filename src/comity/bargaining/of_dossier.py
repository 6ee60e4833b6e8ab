"""From a dossier to the bargaining problem of its talks."""

from __future__ import annotations

from comity.bargaining.drawn import middle
from comity.bargaining.problem import Problem
from comity.dossier.model import Dossier
from comity.dossier.talks_named import talks_named


def bargaining_problem(dossier: Dossier, talks: str | None = None) -> Problem:
    """Some talks of a dossier in the middle reading: every quantity at its median (§40).

    ``talks`` is their id; the only ones need not be named. Raises DossierError if the dossier has
    no such talks.
    """
    name = talks_named(dossier, talks)
    return middle(dossier.talks[name], name)
