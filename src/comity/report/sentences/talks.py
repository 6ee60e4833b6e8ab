"""Talks in plain sentences: terminal, report and brief use the same words.

Each function takes a mediation (or what speaks of one) and returns whole sentences; an empty tuple
means that there is nothing to say. Nothing here computes a result.
"""

from comity.report.sentences.talks_answer import answer, caution, misses, why
from comity.report.sentences.talks_divided import division
from comity.report.sentences.talks_fair import fairness, lean, leaning, of_proposal
from comity.report.sentences.talks_menu import (
    contents,
    differences,
    efficient,
    headings,
    improved,
    menu,
    origins,
    tabled,
    worst,
)
from comity.report.sentences.talks_possible import (
    claim,
    claims,
    claims_note,
    conflicts,
    possible,
    relaxations,
    statement_words,
)
from comity.report.sentences.talks_question import asks, question
from comity.report.sentences.talks_solutions import frontier, row, rules, solutions
from comity.report.sentences.talks_sure import caveats, solution_basis, sure, terms
from comity.report.sentences.talks_text import carry_on, step, steps_taken, text
from comity.report.sentences.talks_trades import move, trade, trades
from comity.report.sentences.talks_who import reading, who

__all__ = [
    "answer",
    "asks",
    "carry_on",
    "caution",
    "caveats",
    "claim",
    "claims",
    "claims_note",
    "conflicts",
    "contents",
    "differences",
    "division",
    "efficient",
    "fairness",
    "frontier",
    "headings",
    "improved",
    "lean",
    "leaning",
    "menu",
    "misses",
    "move",
    "of_proposal",
    "origins",
    "possible",
    "question",
    "reading",
    "relaxations",
    "row",
    "rules",
    "solution_basis",
    "solutions",
    "statement_words",
    "step",
    "steps_taken",
    "sure",
    "tabled",
    "terms",
    "text",
    "trade",
    "trades",
    "who",
    "why",
    "worst",
]
