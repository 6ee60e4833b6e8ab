"""Models scored on small tables (conventions §63)."""

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
import scoringrules

from backtest.deu_tables import issue, many, table
from comity.backtest import predicting, scorer
from comity.backtest.decided import decided_in
from comity.backtest.predicting import DRAWS, Predictor
from comity.backtest.scoring import backtest, names
from comity.backtest.shipped import OUTCOMES, RESIDUALS
from comity.cli.envelope import enveloped
from comity.errors import DossierError, UnsupportedError
from comity.forecast.means import Mean
from comity.forecast.protocol import Prediction

PLAIN = ("constant", "unweighted_mean")


@pytest.fixture
def write(tmp_path: Path):
    def written(rows, name: str = "deu.tsv", **how) -> Path:
        path = tmp_path / name
        path.write_text(table(rows, **how), "utf-8")
        return path

    return written


def test_scores_by_hand(write):
    """Errors 10, 5 and 40 of a constant 50: mean, median, share within ten; §63."""
    rows = [issue(1, "d00100", out=40), issue(1, "d00101", out=55), issue(2, "d00101", out=90)]
    found = backtest(write(rows), ["constant"]).models["constant"]
    assert found.n == 3
    assert found.values["mae"] == pytest.approx(55 / 3)
    assert found.values["median"] == 10.0
    assert found.values["within_10"] == pytest.approx(2 / 3)


def test_residuals_are_those_of_other_proposals(write):
    """Point plus what others missed by, kept on the scale; scored by an implementation of
    others; §63."""
    rows = many()
    found = backtest(write(rows), ["unweighted_mean"])
    held, compared = found.models["unweighted_mean"], []
    outcomes = np.array([case.outcome for case in found.cases])
    points = np.array([on.point for on in held.issues])
    for k, case in enumerate(found.cases):
        others = [j for j, other in enumerate(found.cases) if other.group != case.group]
        ensemble = np.clip(points[k] + (outcomes - points)[others], 0, 100)
        compared.append(
            scoringrules.crps_ensemble(outcomes[k], ensemble, estimator="nrg", backend="numpy")
        )
    assert [on.crps for on in held.issues] == pytest.approx(compared)
    assert held.values["crps"] == pytest.approx(np.mean(compared))
    assert held.distribution == "residuals"


def test_the_constant_with_its_residuals_is_the_climatology(write):
    """50 plus the residuals about 50 are the outcomes of other proposals."""
    found = backtest(write(many()), ["constant"]).models
    assert found["constant"].values["crps"] == pytest.approx(found["climatology"].values["crps"])
    assert found["climatology"].distribution == "own"


def test_differences_are_paired(write):
    """They are of the issues that both answer, on the same resamples; §63."""
    rows = [row | ({"pcom": ""} if k % 3 == 0 else {}) for k, row in enumerate(many())]
    found = backtest(write(rows), ["agenda_setter"], resamples=300)
    setter, compromise = found.models["agenda_setter"], found.models["compromise"]
    assert setter.n == 8
    assert sum(setter.unanswered.values()) == 4
    both = [
        (mine.error - theirs.error)
        for mine, theirs in zip(setter.issues, compromise.issues, strict=True)
        if mine is not None and theirs is not None
    ]
    held = setter.against["compromise"]
    assert held.n == 8
    assert held.mae.difference == pytest.approx(np.mean(both))
    low, high = held.mae.interval
    assert low <= held.mae.difference <= high


def test_a_model_does_not_differ_from_itself(write):
    """There is no such entry."""
    assert "compromise" not in backtest(write(many()), ["nash"]).models["compromise"].against


def test_the_order_of_lines_does_not_matter(write):
    """Not one bit of any score depends on it, randomised PIT values included; §63."""
    rows = many()
    turned = list(rows)
    Random(3).shuffle(turned)
    one, other = (backtest(write(held), PLAIN).to_json() for held in (rows, turned))
    assert one["models"] == other["models"]


def test_the_same_seed_gives_the_same_answer(write):
    """And another seed the same scores, with other intervals."""
    path = write(many())
    one, same, other = (backtest(path, PLAIN, seed=seed) for seed in (1, 1, 2))
    assert one == same
    mean = "unweighted_mean"
    assert one.models[mean].values["crps"] == other.models[mean].values["crps"]
    assert one.models[mean].interval != other.models[mean].interval


def test_one_proposal_borrows_errors_and_has_no_intervals(write):
    """Residuals cannot be of other proposals, so shipped ones stand in, and that is said; §63."""
    found = backtest(write([issue(1, out=30), issue(2, out=70)]))
    held = found.models["compromise"]
    assert held.distribution == "shipped"
    assert set(held.interval.values()) == {None}
    point, outcome = held.issues[0].point, 30.0
    ensemble = np.clip(point + RESIDUALS, 0, 100)
    assert held.issues[0].crps == pytest.approx(
        float(scoringrules.crps_ensemble(outcome, ensemble, estimator="nrg", backend="numpy"))
    )
    assert found.models["climatology"].issues[0].point == pytest.approx(OUTCOMES.mean())
    assert any("All issues are of one proposal" in note for note in found.notes)


def test_one_issue(write):
    """A file with a single issue is scored like any other, by every model."""
    found = backtest(write([issue()]))
    assert (len(found.cases), found.proposals) == (1, 1)
    assert all(model.n == 1 for model in found.models.values())
    json.loads(enveloped("backtest", found.to_json()))


def test_issues_without_an_outcome_are_context_and_not_scored(write):
    """The dossier keeps them; a note counts them."""
    rows = [*many(), issue(9, "d00100", out=""), issue(1, "d09100", out="")]
    found = backtest(write(rows), PLAIN)
    assert (found.read, len(found.cases), found.proposals) == (14, 12, 6)
    assert "Issues without an outcome, not scored: 2." in found.notes


def test_a_file_without_outcomes_is_refused(write):
    """There is nothing to score."""
    with pytest.raises(DossierError, match="nothing to score"):
        backtest(write([issue(out="")]))


@pytest.mark.parametrize("asked", [["nosh"], ["all", "nosh"]])
def test_a_model_that_does_not_exist(write, asked):
    """The message lists those that do."""
    with pytest.raises(UnsupportedError, match="climatology, unweighted_mean"):
        backtest(write(many()), asked)


def test_rules_and_resamples_that_do_not_exist(write):
    """Both are refused before any work is done."""
    with pytest.raises(UnsupportedError, match="council_votes, shapley_shubik, equal"):
        backtest(write(many()), capabilities="gdp")
    with pytest.raises(UnsupportedError, match="no interval"):
        backtest(write(many()), resamples=5)


def test_models_are_asked_for_by_any_spelling(write):
    """Blanks and dashes as in their names; the references are always there."""
    found = backtest(write(many()), ["Kalai–Smorodinsky", "salience mean"])
    assert list(found.models) == [
        "climatology", "salience_mean", "compromise", "kalai_smorodinsky",
    ]  # fmt: skip


def test_every_model_is_scored(write):
    """All that are registered, and the two baselines first."""
    found = backtest(write(many(3)))
    assert tuple(found.models) == names()
    assert names()[:2] == ("constant", "climatology")
    assert not [model.name for model in found.models.values() if model.failed]


def test_a_model_that_breaks_does_not_take_others_with_it(write, monkeypatch):
    """Its failures are counted and told; the others' scores stand; §63."""

    class Broken(Mean):
        def predict(self, batch, item):
            if item.endswith("i1"):
                raise ZeroDivisionError("by nought")
            return Prediction(np.full(batch.size, 130.0))

    path = write(many())
    whole = backtest(path, PLAIN)
    held = scorer.published() | {"salience_mean": Broken("salience")}
    monkeypatch.setattr(scorer, "published", lambda: held)
    found = backtest(path, [*PLAIN, "salience_mean"])
    broken = found.models["salience_mean"]
    assert broken.n == 0
    assert broken.failed == {
        "ZeroDivisionError: by nought": 6,
        "ValueError: the prediction 130.0 does not lie on the scale": 6,
    }
    assert found.models["unweighted_mean"] == whole.models["unweighted_mean"]
    assert sum("a defect of Comity" in note for note in found.notes) == 2
    assert (
        json.loads(enveloped("backtest", found.to_json()))["models"]["salience_mean"]["mae"] is None
    )


def test_a_model_with_chances_of_its_own_is_scored_by_them(write, monkeypatch):
    """With residuals about its point beside; §63."""

    class Split(Mean):
        def predict(self, batch, item):
            return Prediction(
                np.tile([0.0, 100.0], (batch.size, 1)), np.tile([0.25, 0.75], (batch.size, 1))
            )

    held = scorer.published() | {"salience_mean": Split("salience")}
    monkeypatch.setattr(scorer, "published", lambda: held)
    found = backtest(write(many()), ["salience_mean"])
    split = found.models["salience_mean"]
    assert split.distribution == "own"
    y = found.cases[0].outcome
    assert split.issues[0].point == 75.0
    assert split.issues[0].crps == pytest.approx(0.25 * y + 0.75 * (100 - y) - 0.25 * 0.75 * 100)
    assert set(split.with_residuals) == {"crps", "coverage_80"}


def test_a_fitted_model_is_asked_with_a_fit_without_the_proposal(write, monkeypatch):
    """What it says of an issue it was fitted on is never used; §63."""

    class Fitted(Mean):
        def for_issue(self, group, dossier, item):
            return Mean("none") if group == "d00100" else self

        def fitted_on(self, group, dossier, item):
            return group == "d00100"

    held = scorer.published() | {"salience_mean": Fitted("salience")}
    monkeypatch.setattr(scorer, "published", lambda: held)
    found = backtest(write(many()), ["salience_mean", "unweighted_mean"]).models
    fitted, plain = found["salience_mean"], found["unweighted_mean"]
    assert fitted.held_out == 2
    assert [fitted.issues[k].point == plain.issues[k].point for k in (0, 1, 2)] == [
        True, True, False,
    ]  # fmt: skip


def test_only_what_is_uncertain_to_a_model_is_drawn(write, monkeypatch):
    """A mean needs one draw; the bargain asks for the reversion nobody told, and gets many."""
    sizes = []

    class Counting(Mean):
        def predict(self, batch, item):
            sizes.append(batch.size)
            if self.weighting == "none":
                batch.values(f"agenda.{item}.reversion")
            return super().predict(batch, item)

    issues = decided_in(write([issue(1, rp=""), issue(2, rp=10)]))
    for weighting in ("salience", "none"):
        Predictor(issues, 1).ask(Counting(weighting))
    assert sizes == [1, 1, 1, DRAWS, 1]
    assert predicting.DRAWS == DRAWS


def test_unknown_reversions_are_drawn_evenly(write):
    """The draws are the middles of equal parts, in whatever order."""
    seen = []

    class Reading(Mean):
        def predict(self, batch, item):
            seen.append(np.sort(batch.values(f"agenda.{item}.reversion")))
            return super().predict(batch, item)

    Predictor(decided_in(write([issue(rp="")])), 1).ask(Reading("none"))
    assert seen[-1] == pytest.approx((np.arange(DRAWS) + 0.5) / DRAWS * 100)


def test_the_work_done_is_told(write):
    """In steps up to all of it."""
    told = []
    backtest(write(many(2)), PLAIN, tell=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_rows_for_referees(write):
    """Every prediction of every model, with its scores."""
    found = backtest(write(many(2)), ["nash"])
    rows = found.rows()
    assert len(rows) == 3 * 4
    for row in rows:
        assert row["error"] == pytest.approx(abs(row["point"] - row["outcome"]))
