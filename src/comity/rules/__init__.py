"""How a body decides: rules put to responses, with a witness for every outcome."""

from comity.rules.decide import Decision, decide
from comity.rules.evaluate import adopts, passes, quorate
from comity.rules.findings import RuleFinding, rule_findings
from comity.rules.sentence import binding_sentence, procedure_sentence, rule_sentence
from comity.rules.words import read_responses

__all__ = [
    "Decision",
    "RuleFinding",
    "adopts",
    "binding_sentence",
    "decide",
    "passes",
    "procedure_sentence",
    "quorate",
    "read_responses",
    "rule_findings",
    "rule_sentence",
]
