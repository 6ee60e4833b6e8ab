"""How a body decides: rules put to responses, with a witness for every outcome."""

from comity.rules.compiled import Seated, put_to_table, seat
from comity.rules.decide import Decision, decide
from comity.rules.evaluate import adopts, excused_objections, passes, quorate
from comity.rules.findings import RuleFinding, rule_findings
from comity.rules.seating import Seating, at_table, seating
from comity.rules.sentence import binding_sentence, procedure_sentence, rule_sentence
from comity.rules.words import read_responses

__all__ = [
    "Decision",
    "RuleFinding",
    "Seated",
    "Seating",
    "adopts",
    "at_table",
    "binding_sentence",
    "decide",
    "excused_objections",
    "passes",
    "procedure_sentence",
    "put_to_table",
    "quorate",
    "read_responses",
    "rule_findings",
    "rule_sentence",
    "seat",
    "seating",
]
