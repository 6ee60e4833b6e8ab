"""What is said of talks in which an agreement is possible in few draws, or only just."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from comity.dossier import Basis, loads
from comity.ensemble.mediation import Mediation, mediate
from comity.ensemble.mediation.results import Stated
from comity.report.sentences import talks_answer, talks_fair, talks_possible
from comity.report.talks_words import AboutTalks, hundredths, times
from ensemble.mediation.test_closed_draws import CLOSED

JUST = """
comity: 1
title: On the line
as_of: 2022-12-02
actors: {A: {name: Aland}, B: {name: Bland}}
talks:
  line:
    parties: [A, B]
    weights: as_given
    issues:
      x: {options: {a: a, b: b}}
      y: {options: {a: a, b: b}}
    preferences:
      A:
        reservation: 0.8
        issues: {x: {weight: 1, values: {a: 0.7, b: 0.9}}, y: {weight: 1, values: {a: 0.1, b: 0.2}}}
      B:
        reservation: 0.5
        issues: {x: {weight: 1, values: {a: 1, b: 0}}, y: {weight: 1, values: {a: 1, b: 0.1}}}
"""


@pytest.fixture(scope="module")
def closed() -> Mediation:
    return mediate(loads(CLOSED), draws=200, claim=Fraction(95, 100))


@pytest.fixture(scope="module")
def just() -> Mediation:
    return mediate(loads(JUST), draws=5)


def said(told) -> str:
    return " ".join(told).replace("\N{NO-BREAK SPACE}", " ")


def test_nobody_is_said_to_gain_nothing_where_the_middle_reading_is_closed(closed):
    """What each could gain is unknown there, which is not nothing."""
    assert closed.best is None
    assert "can gain anything" not in said(talks_answer.answer(closed))


def test_a_closed_middle_reading_comes_first_in_the_answer(closed):
    """Not the proposal, which all could accept in some draws only."""
    told, share = said(talks_answer.answer(closed)), closed.joint_ceiling.share_of_draws
    assert told.startswith("Nothing can be put forward that all could accept in the middle reading")
    assert f"in {share * 100:.0f} % of draws something can" in told
    within = closed.proposals[0].share_within
    assert f"proposal 1: it lies within all limits in {within * 100:.0f} % of draws" in told


def test_the_mean_regret_is_told_with_the_draws_it_is_taken_over(closed):
    """Nine points of all draws are forty-five of those in which anything is possible."""
    why, share = said(talks_answer.why(closed)), closed.joint_ceiling.exists_in
    assert f"in which there is anything to gain ({share * 100:.0f} % of draws)" in why
    assert f"{closed.first.mean_regret * 100:.0f} points of a hundred less" in why


def test_the_best_one_is_told_with_the_draws_in_which_none_lies_within(closed):
    """The shares told are those of the result."""
    why, first = said(talks_answer.why(closed)), closed.first
    assert f"it is the best one in {first.best_in * 100:.0f} % of draws" in why
    assert f"in {first.none_in * 100:.0f} % of draws none of them lies within" in why
    assert "in the others another would do better" not in why


def test_limits_are_said_to_decide_only_where_they_did(closed):
    """The share quoted is that of the package they decided against, not of the next proposal."""
    assert "decides against" not in said(talks_answer.why(closed))
    decided = replace(closed, first=replace(closed.first, level_share_within=0.07))
    assert "as little to regret (7 % at most)" in said(talks_answer.why(decided))


def test_a_claim_refuted_everywhere_has_its_bound_where_something_is_possible(closed):
    """A closed middle reading does not mean that nothing is possible in any draw."""
    told, (tested,) = said(talks_possible.claims(closed)), closed.claims
    assert "since no package" not in told
    assert "in the middle reading no package lies within all limits" in told
    assert f"{hundredths(tested.bound_over_draws.p95)} at most" in told


def test_what_closes_draws_is_told_with_its_share(closed):
    """Also where the middle reading is open."""
    expected = f"In {closed.conflicts.closed * 100:.0f} % of draws nothing lies within all limits"
    assert expected in said(talks_possible.conflicts(closed))
    open_middle = replace(closed, conflicts=replace(closed.conflicts, agreeable=True, sets=()))
    told = said(talks_possible.conflicts(open_middle))
    assert told.startswith(expected)
    assert "what most often leaves nothing is what no agreement is worth to Aland" in told
    assert "in the first 5 of those draws" in said(
        talks_possible.conflicts(replace(closed, conflicts=replace(closed.conflicts, looked_at=5)))
    )


def test_what_a_limit_opens_is_a_share_of_all_draws(closed):
    """Not of those in which nothing is possible."""
    told = said(talks_possible.relaxations(closed))
    opens = closed.relaxations[0].opens_in
    assert f"in {opens * 100:.0f} % of draws nothing is possible with it and something" in told
    assert "with none now" not in told


def test_a_party_at_its_reservation_value_gains_nothing_not_less(just):
    """A remainder of sums in binary is no loss (§41)."""
    tiny = [v.normalised for p in just.proposals for v in p.parties if abs(v.normalised) < 1e-9]
    assert any(share != 0.0 for share in tiny)
    assert {hundredths(share) for share in tiny} == {"0 %"}
    assert hundredths(-1e-6) == "less than nothing"
    assert AboutTalks(just).amount(-5.6e-16).strip("0.") == ""


def test_a_package_that_is_a_solution_is_said_to_be_one(just):
    """It leans nowhere next to itself, which is not leaning the other way."""
    told = said(talks_fair.fairness(just))
    assert "it is the Kalai–Smorodinsky solution itself" in told
    assert "leans one way" not in told


def test_a_small_tilt_is_no_unfairness_and_a_large_one_is_sized(just):
    """Less than a point is not told; more is told in points (§47)."""
    about, fair = AboutTalks(just), just.proposals[0].fairness

    def with_tilt(by: float) -> str:
        one = replace(fair.tilt[0], finds="unfair", claimed=by)
        return said(talks_fair.durability(about, replace(fair, tilt=(one, *fair.tilt[1:]))))

    assert with_tilt(-0.009) == ""
    assert "may find it unfair (it leans against it by 4 points of a hundred or more)" in with_tilt(
        -0.04
    )


def test_a_factor_has_two_digits_at_most():
    """More would be a precision that no judgement has."""
    told = [times(each) for each in (9.2, 1.83, 0.72, 0.01, 123.0, 1.0, 5000.0)]
    assert told == [
        "about 9 times as much",
        "about 1.8 times as much",
        "about 0.7 times as much",
        "far less",
        "about 120 times as much",
        "about as much",
        "far more",
    ]


def test_a_red_line_is_told_with_whose_word_it_is(closed):
    """What the analyst inferred is not said to be the party's own."""
    about = AboutTalks(closed)
    line = Stated("Aland: x", "red line", "Aland", Basis.STATED, (), "", 1.0)
    assert about.whose_word(line) == "stated by it"
    inferred = replace(line, basis=Basis.INFERRED, holds=0.61)
    assert said((about.whose_word(inferred),)) == (
        "inferred by the analyst; in force in 61 % of draws"
    )
