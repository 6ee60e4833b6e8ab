"""What the test of a claim hangs on."""

import numpy as np
import pytest

from comity import loads, mediate
from comity.dossier.draws import Keyed
from comity.ensemble.mediation.hanging import FEWEST, hanging, kinds
from comity.report.sentences.talks import claims

TALKS = """
comity: 1
title: Two valleys
as_of: 2022-12-02
actors: {A: {name: Upper}, B: {name: Lower}}
talks:
  t:
    parties: [A, B]
    issues: {water: {options: [mine, half, yours]}, road: {options: [east, west]}}
    claims: {both: {at_least: 0.9}}
    preferences:
      A:
        reservation: 0
        issues:
          water: {weight: 3, values: {mine: 100, half: 20..100, yours: 0}}
          road: {weight: 1..1.1, values: {east: 100, west: 0}}
      B:
        reservation: 0
        issues:
          water: {weight: 3, values: {mine: 0, half: 100, yours: 100}}
          road: {weight: 1, values: {east: 0, west: 100}}
"""
HALF = "talks.t.preferences.A.issues.water.values.half"
ROAD = "talks.t.preferences.A.issues.road.weight"


def columns(draws: int) -> dict[str, np.ndarray]:
    uniforms = Keyed(3, 0, draws)
    return {path: uniforms.column(path) for path in (HALF, ROAD)}


def test_the_input_that_moves_the_bound_is_named_with_its_ends() -> None:
    """Only the input that the bound rises with is named; its ends are means of fifths."""
    talks, drawn = loads(TALKS).talks["t"], columns(1_000)
    bounds = 0.4 + 0.5 * drawn[HALF]
    (found,) = hanging(talks, "t", drawn, bounds)
    assert (found.party, found.issue, found.field, found.option) == ("A", "water", "values", "half")
    order = np.sort(bounds)
    assert found.lowest == pytest.approx(order[:200].mean())
    assert found.highest == pytest.approx(order[-200:].mean())


def test_kinds_explain_what_their_inputs_explain() -> None:
    """A bound that is linear in what options are worth is explained by it, by nothing else."""
    drawn = columns(1_000)
    found = kinds(drawn, 0.4 + 0.5 * drawn[HALF])
    assert found.worth == pytest.approx(1.0)
    assert found.weights < 0.02
    assert (found.reservation, found.limits) == (0.0, 0.0)


def test_draws_without_a_bound_are_left_out() -> None:
    """Where nothing is possible there is no bound to hang on anything."""
    talks, drawn = loads(TALKS).talks["t"], columns(1_000)
    bounds = 0.4 + 0.5 * drawn[HALF]
    bounds[::2] = np.nan
    half = {path: column[1::2] for path, column in drawn.items()}
    assert hanging(talks, "t", drawn, bounds) == hanging(talks, "t", half, bounds[1::2])


def test_nothing_is_read_off_few_draws_or_from_chance() -> None:
    """A bound that no input moves hangs on nothing, and few draws say nothing."""
    talks, drawn = loads(TALKS).talks["t"], columns(1_000)
    noise = np.random.default_rng(5).random(1_000)
    assert hanging(talks, "t", drawn, noise) == ()
    assert kinds(drawn, noise).worth < 0.02
    few = {path: column[: FEWEST - 1] for path, column in drawn.items()}
    assert hanging(talks, "t", few, few[HALF]) == ()


def test_a_mediation_says_what_a_claim_hangs_on() -> None:
    """The worth of the compromise carries the claim, and the sentence says so."""
    found = mediate(loads(TALKS), draws=400)
    (claim,) = found.claims
    assert claim.hangs_on[0].path == HALF
    assert claim.hangs_on[0].highest > claim.hangs_on[0].lowest + 0.2
    assert claim.hangs_on_kinds.worth > 0.8  # the bound levels off, a straight line does not
    assert claim.bound_most is not None
    assert claim.bound_over_draws is not None
    assert claim.bound_most >= claim.bound_over_draws.p95
    assert "It hangs on what the options are worth to them" in claims(found)[1]
