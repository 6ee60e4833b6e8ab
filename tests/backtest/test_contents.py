"""§69: models scored on the content of one agreement, with the doubts of its coding."""

from __future__ import annotations

import numpy as np
import pytest

from comity.backtest.contents import CodedOutcome, score_contents
from comity.backtest.decided import Decided
from comity.dossier import Dossier, loads
from comity.errors import UnsupportedError

TEXT = """
comity: 1
title: Three issues
as_of: 2020-01-02
actors: {A: {name: A, capability: 3}, B: {name: B}, C: {name: C}}
bodies: {council: {members: [A, B, C]}}
agenda:
  x: {body: council, reversion: 0}
  y: {body: council, reversion: 0}
  z: {body: council, reversion: keep, options: [keep, ban]}
positions:
  x: {A: {ideal: 90, salience: 50}, B: {ideal: 30, salience: 50}, C: {ideal: 0, salience: 50}}
  y: {A: {ideal: 40, salience: 50}, B: {ideal: 40, salience: 50}, C: {ideal: 40, salience: 50}}
  z: {A: {ideal: ban}, B: {ideal: keep}, C: {ideal: keep}}
"""


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return loads(TEXT)


def _scored(dossier: Dossier, **how: object):
    coded = (CodedOutcome("x", 50, 45, 80, "B"), CodedOutcome("y", 50, 50, 50, "A"))
    issues = [Decided(each.item, dossier, each.item, each.outcome) for each in coded]
    return score_contents(issues, coded, **how)


def test_errors_to_the_outcome_and_to_its_range(dossier):
    """By hand: unweighted 40 and 40; compromise (270 + 30) / 5 = 60 and 40; constant 50."""
    found = _scored(dossier).models
    plain = found["unweighted_mean"]
    assert (plain.mae, plain.median, plain.within_10) == (10.0, 10.0, 1.0)
    assert plain.mae_beyond == 7.5  # 5 below 45..80, and 10 below 50
    mean = found["compromise"]
    assert [mean.issues[item].point for item in ("x", "y")] == pytest.approx([60.0, 40.0])
    assert [mean.issues[item].beyond for item in ("x", "y")] == pytest.approx([0.0, 10.0])
    assert mean.mae == pytest.approx(10.0)
    assert found["constant"].mae == 0.0


def test_differences_are_paired_by_issue(dossier):
    """The constant is ten points better on both issues, in every resample."""
    less = _scored(dossier).models["constant"].against["compromise"]
    assert less.n == 2
    assert less.difference == pytest.approx(-10.0)
    assert less.interval == pytest.approx((-10.0, -10.0))


def test_outcomes_are_redrawn_within_their_ranges(dossier):
    """x runs evenly from 45 to 80: the constant is off by |x − 50| / 2 on average."""
    found = _scored(dossier, resamples=20_000).models["constant"]
    drawn = np.abs(np.linspace(45, 80, 100_001) - 50) / 2
    assert found.coded == pytest.approx(tuple(np.quantile(drawn, [0.05, 0.95])), abs=0.3)
    best = [score.best for score in _scored(dossier).models.values() if score.best is not None]
    assert sum(best) >= 1.0 - 1e-9  # ties count for each


def test_a_model_without_an_answer_says_why(dossier):
    """Options are no scale: the constant and the medians give none, and nothing is made up."""
    coded = (CodedOutcome("z", 50, 50, 50, "A"),)
    found = score_contents([Decided("z", dossier, "z", 50.0)], coded, models=["weighted_median"])
    assert set(found.models) == {"constant", "weighted_median"}
    for score in found.models.values():
        assert (score.n, score.mae, score.interval, score.coded) == (0, None, None, None)
        assert score.issues["z"] is None
        assert sum(score.unanswered.values()) == 1


def test_one_issue_has_no_interval(dossier):
    """There is nothing to resample."""
    coded = (CodedOutcome("y", 40, 40, 40, "A"),)
    found = score_contents([Decided("y", dossier, "y", 40.0)], coded).models["compromise"]
    assert (found.mae, found.interval) == (pytest.approx(0.0, abs=1e-9), None)


def test_a_distribution_is_judged_by_its_central_part(dossier):
    """The core of x runs from 0 to 90, and 50 lies well within; of y it is the one text."""
    assert _scored(dossier).models["core"].coverage_80 == 0.5
    assert _scored(dossier).models["compromise"].coverage_80 is None


@pytest.mark.parametrize(
    ("low", "outcome", "high"), [(60, 50, 70), (40, 50, 45), (-1, 0, 5), (90, 95, 101)]
)
def test_an_outcome_outside_its_range_is_refused(low, outcome, high):
    """A slip of the coding must not be scored."""
    with pytest.raises(UnsupportedError, match="an outcome lies within its range"):
        CodedOutcome("x", outcome, low, high, "A")


def test_issues_and_outcomes_go_together(dossier):
    """The same items in the same order, and at least one."""
    coded = (CodedOutcome("y", 40, 40, 40, "A"),)
    for issues, outcomes in (([Decided("x", dossier, "x", 1.0)], coded), ([], ())):
        with pytest.raises(UnsupportedError, match="each issue needs its outcome"):
            score_contents(issues, outcomes)


def test_an_unknown_model_is_refused(dossier):
    """With the names that there are."""
    with pytest.raises(UnsupportedError, match="there is no such model"):
        _scored(dossier, models=["crystal_ball"])


def test_the_same_seed_gives_the_same_scores(dossier):
    """Byte for byte, as JSON."""
    assert _scored(dossier, seed=4).to_json() == _scored(dossier, seed=4).to_json()
