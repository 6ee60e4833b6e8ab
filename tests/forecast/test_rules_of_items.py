"""Rules that turn on facts, weights and groups, in a forecast."""

import comity
from comity.dossier import Dossier

BODY = """
comity: 1
title: T
as_of: 2025-01-01
actors: {A: {name: A}, B: {name: B}, C: {name: C}}
bodies:
  b:
    members: [A, B, C]
    charter:
      name: Charter
      groups: {parties: {says: parties}}
      measures: {votes: {says: votes, values: {A: 3, B: 1, C: 1}}}
      facts: {urgent: {says: it is urgent}}
      procedures:
        substantive: {rule: {kind: depends, on: urgent, then: {kind: quota, votes: 1},
          otherwise: consensus}}
        by_votes: {rule: {kind: simple_majority, of: members, weights: votes}}
        aside: {rule: {kind: excluding, members: parties, rule: consensus}}
        never: {rule: {kind: quota, votes: 9}}
agenda:
  views: {body: b, procedure: by_votes, options: [outside, within], reversion: outside}
  one: {body: b, PROCEDURE, facts: {urgent: false}, reversion: 0, tabled: 60,
    competence: {presumption: outside, item: views}}
  two: {body: b, PROCEDURE, facts: {urgent: true}, reversion: 0, tabled: 60,
    competence: {presumption: outside, item: views}}
positions:
  views:
    A: {ideal: within, salience: 50, basis: assumed}
    B: {ideal: outside, salience: 50, omega: 0, basis: assumed}
    C: {ideal: outside, salience: 50, omega: 0, basis: assumed}
  one: &held
    A: {ideal: 60, salience: 50, basis: assumed}
    B: {ideal: 0, salience: 50, omega: 0, basis: assumed}
    C: {ideal: 0, salience: 50, omega: 0, basis: assumed}
  two: *held
"""


def dossier(procedure: str) -> Dossier:
    return comity.loads(BODY.replace("PROCEDURE", f"procedure: {procedure}"))


def test_items_that_differ_in_a_fact_alone_are_settled_apart():
    """Competence under a rule that turns on a fact is settled for each item by its own fact."""
    items = comity.forecast(dossier("substantive"), draws=50).items
    assert items["one"].adoption.competent == 0.0
    assert items["two"].adoption.competent == 1.0
    assert items["two"].adoption.text_tabled == 1.0
    assert items["one"].adoption.text_tabled == 0.0


def test_weights_count_in_a_forecast():
    """Three votes of five carry what two other members object to."""
    items = comity.forecast(dossier("by_votes"), draws=50).items
    assert items["one"].adoption.text_tabled == 1.0
    assert items["one"].procedures["consensus"].text_tabled == 0.0


def test_a_rule_that_never_passes_blames_nobody():
    """§14: where not even the support of all adopts, no set of members is a conflict."""
    found = comity.forecast(dossier("never"), draws=50)
    assert found.items["one"].adoption.text_any == 0.0
    assert found.items["one"].conflicts == ()
    page = comity.report(found).html
    assert "not even the support of all members" in page


def test_procedures_that_lack_something_are_not_tried():
    """A group that nobody was named for, or a fact nobody gave, keeps a procedure out."""
    found = comity.forecast(dossier("by_votes"), draws=50)
    assert "aside" not in found.items["one"].procedures
    assert "by_votes" in found.items["one"].procedures
