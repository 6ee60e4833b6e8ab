"""Results in plain sentences. Terminal, report and tests use the same words.

Each function returns whole sentences about one item (or the whole forecast) and computes
nothing; an empty tuple means that there is nothing to say.
"""

from collections.abc import Callable

from comity.ensemble.results import Forecast
from comity.report.sentences.agenda import agenda, common
from comity.report.sentences.change import content, opening, rounds, strongest
from comity.report.sentences.headline import (
    adoption,
    assumption,
    competence,
    headline,
    holds_up,
    obstacle,
    presumed_otherwise,
    requirements,
    sponsor,
    text_alone,
)
from comity.report.sentences.models import (
    caution,
    model_says,
    model_table,
    models_differ,
    set_against,
    together_says,
    together_table,
    unanswered,
)
from comity.report.sentences.otherwise import alternatives, chair, procedures
from comity.report.sentences.reasons import responses, why_not
from comity.report.sentences.sure import (
    basis,
    caveats,
    codings,
    doubts,
    moves,
    shown_variants,
    terms,
    variants,
)

Tell = Callable[[Forecast, str], tuple[str, ...]]
"""What says something of one item."""

__all__ = [
    "Tell",
    "adoption",
    "agenda",
    "alternatives",
    "assumption",
    "basis",
    "caution",
    "caveats",
    "chair",
    "codings",
    "common",
    "competence",
    "content",
    "doubts",
    "headline",
    "holds_up",
    "model_says",
    "model_table",
    "models_differ",
    "moves",
    "obstacle",
    "opening",
    "presumed_otherwise",
    "procedures",
    "requirements",
    "responses",
    "rounds",
    "set_against",
    "shown_variants",
    "sponsor",
    "strongest",
    "terms",
    "text_alone",
    "together_says",
    "together_table",
    "unanswered",
    "variants",
    "why_not",
]
