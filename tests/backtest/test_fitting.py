"""Fitting the position-prevails model (§64): folds, objective, scores, and the shipped numbers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random

import numpy as np
import pytest
from scipy.optimize import check_grad

from comity.backtest.decided import Decided, decided_in
from comity.backtest.fitting import known
from comity.backtest.fitting.__main__ import main
from comity.backtest.fitting.design import design
from comity.backtest.fitting.fit import _objective, crps, distributions, fit
from comity.backtest.fitting.issues import Known
from comity.backtest.fitting.judged import (
    climatology,
    covered,
    figure,
    medians,
    scored,
    with_residuals,
)
from comity.backtest.fitting.nested import FEW, LOGIT, SETS, Choice, arena, nested, splits
from comity.backtest.fitting.pool import COMPONENTS, components, fit_pool
from comity.backtest.fitting.ship import coefficients, content
from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.formats.deu_table import read_table
from comity.errors import UnsupportedError
from comity.forecast.prevails import Prevails, shipped
from comity.forecast.prevails.fitted import fold_of, read

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
OPEN = Path(os.environ.get("COMITY_DATA") or BESIDE) / "deu3" / "deu3_open.tsv"


def issue(rng: Random, number: int) -> Decided:
    """An issue on which the Commission gets its way four times out of five."""
    who = ["COM", "EP", "AUT", "BEL", "DEU", "FRA"]
    wants = {name: 10 * rng.randint(0, 10) for name in who}
    outcome = wants["COM"] if rng.random() < 0.8 else 10 * rng.randint(0, 10)
    procedure = rng.choice(["COD-QMV", "CNS-QMV", "CNS-Unan"])
    charter = {"name": "Union", "procedures": {procedure: {"rule": "consensus"}}}
    of = Dossier.model_validate(
        {
            "comity": 1,
            "title": "Made up",
            "as_of": "2000-01-01",
            "actors": {name: {"name": name} for name in who},
            "bodies": {"b": {"members": who, "charter": charter}},
            "agenda": {"x": {"body": "b", "procedure": procedure, "reversion": 0}},
            "positions": {"x": {n: {"ideal": w, "salience": 50} for n, w in wants.items()}},
        }
    )
    return Decided(f"p{number // 3}", of, "x", float(outcome))


@pytest.fixture(scope="module")
def made() -> Known:
    """Ninety issues of thirty proposals."""
    rng = Random(1)
    return known(issue(rng, number) for number in range(90))


@pytest.fixture(scope="module")
def opened() -> Known:
    """The open part of DEU III."""
    if not OPEN.exists():
        pytest.skip("there is no deu3/deu3_open.tsv in the reference data (COMITY_DATA)")
    return known(decided_in(OPEN))


def test_issues_without_an_outcome_are_left_out(made: Known) -> None:
    """There is nothing to be learnt from them."""
    first, second = made.issues[:2]
    open_ = Decided(first.group, first.dossier, "x", None)
    assert known([open_, second]).issues == (second,)


def test_the_slope_of_the_objective_is_right(made: Known) -> None:
    """The gradient agrees with differences of the objective."""
    arrays = design(made, SETS["all"])
    elsewhere = arrays.around(arrays.typical)
    start = np.random.default_rng(1).normal(0, 0.5, len(SETS["all"]) + 3)
    value, slope = (lambda v, k=k: _objective(v, arrays, elsewhere, 0.1)[k] for k in (0, 1))
    assert check_grad(value, slope, start) == pytest.approx(0.0, abs=1e-4)


def test_the_fit_forecasts_what_the_model_predicts(made: Known) -> None:
    """The arrays of the fit and the forecaster's own points are one distribution (§64)."""
    arrays = design(made, FEW)
    by = fit(arrays, FEW, 0.1)
    forecast = distributions(arrays, by)
    for place, each in enumerate(made.issues):
        points, chances = Prevails(by).predict(Batch(each.dossier, Keyed(0, 0, 1)), "x").atoms()
        own = (chances * (points[None] <= (np.arange(100) + 0.5)[:, None])).sum(axis=1)
        assert forecast[place] == pytest.approx(own, abs=1e-9)


def test_it_learns_whose_position_prevails(made: Known) -> None:
    """Where the Commission gets its way, its backing counts most and the fit beats climatology."""
    by = fit(design(made, FEW), FEW, 0.02)
    slopes = dict(zip(FEW, by.slopes, strict=True))
    assert max(slopes, key=lambda name: slopes[name]) == "commission"
    found = nested(arena(made), (Choice("logit", "few", 0.1),), repeats=1, outer=5)
    ahead = scored(made, found.forecasts).crps - scored(made, climatology(made)).crps
    assert figure(made, ahead).interval[1] < -2.0


def test_a_proposal_is_never_on_both_sides(made: Known) -> None:
    """Folds are of proposals; every issue is tested once."""
    every = np.arange(len(made.groups))
    tested = []
    for train, test in splits(made.groups, every, 7, seed=3):
        held = ({made.groups[place] for place in part} for part in (train, test))
        assert not set.intersection(*held)
        tested += test.tolist()
    assert sorted(tested) == every.tolist()


def test_an_outcome_has_no_part_in_its_own_forecast(made: Known) -> None:
    """Changing the outcomes of one proposal leaves its nested forecasts as they were."""
    turned = known(
        Decided(each.group, each.dossier, "x", 100.0 - made.outcomes[place])
        if each.group == "p4"
        else each
        for place, each in enumerate(made.issues)
    )
    among = (Choice("logit", "few", 0.5), Choice("pool", "", 1.0))
    here, there = (nested(arena(each), among, repeats=1, outer=2) for each in (made, turned))
    of = np.array(made.groups) == "p4"
    assert np.array_equal(here.forecasts[:, of], there.forecasts[:, of])
    assert not np.array_equal(here.forecasts[:, ~of], there.forecasts[:, ~of])


def test_the_pool_is_a_mixture_that_learns(made: Known) -> None:
    """Shares of 0 or more that sum to 1, most of it where the outcomes are."""
    shares = fit_pool(components(made), made.reached, 0.1)
    assert shares.min() >= -1e-9
    assert shares.sum() == pytest.approx(1.0)
    assert COMPONENTS[int(shares.argmax())] == "the Commission"


def test_scores_of_a_known_distribution() -> None:
    """CRPS, median and coverage of a forecast that is 0 or 100 with equal chance, and 30."""
    forecast = np.full((1, 100), 0.5)
    reached = np.array([(np.arange(100) + 0.5 >= 30).astype(float)])
    assert crps(forecast, reached) == pytest.approx([25.0])
    assert medians(np.full((1, 100), 0.4)) == [100.0]
    assert covered(forecast, np.array([30.0])) == [1.0]
    assert covered(forecast, np.array([0.0])) == pytest.approx([0.8])
    assert covered(forecast, np.array([100.0])) == pytest.approx([0.8])


def test_a_file_that_cannot_be_used_gets_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, no traceback: no such file, too few proposals."""
    few = tmp_path / "few.tsv"
    few.write_text("isnr\tprnr\tpcom\tpat\tout\nx1\tx\t0\t100\t50\n")
    for file, says in ((tmp_path / "none.tsv", "cannot be read"), (few, "more proposals")):
        monkeypatch.setattr("sys.argv", ["fitting", str(file)])
        assert main() == 2
        assert says in capsys.readouterr().err


def test_only_a_logit_is_shipped(made: Known) -> None:
    """The shipped file has no room for a pool; that is said."""
    with pytest.raises(UnsupportedError, match="only a logit"):
        coefficients(made, Choice("pool", "", 1.0))


class TestOpenPart:
    """What was published of the fit, from the open part of DEU III."""

    def test_the_baselines_stand(self, opened: Known) -> None:
        """23.630, 16.77 and 19.41, as in the reference figures."""
        assert np.abs(opened.compromise - opened.outcomes).mean() == pytest.approx(23.630, abs=5e-4)
        for each, figure_ in ((with_residuals, 16.77), (climatology, 19.41)):
            assert scored(opened, each(opened)).crps.mean() == pytest.approx(figure_, abs=5e-3)

    def test_the_shipped_coefficients_are_those_of_the_data(self, opened: Known) -> None:
        """Fitting again gives what is shipped, to 1e-6, for the whole and for every fold."""
        origin = shipped().origin
        assert read_table(OPEN).sha256 == origin["sha256"]
        whole, folds = coefficients(opened, Choice("logit", "few", origin["ridge"]))
        pairs = zip((whole, *folds), (shipped().whole, *shipped().folds), strict=True)
        for found, told in pairs:
            assert found.slopes == pytest.approx(told.slopes, abs=1e-6)
            for part in ("at", "near", "around", "anywhere", "spread"):
                assert getattr(found, part) == pytest.approx(getattr(told, part), abs=1e-6)

    def test_every_issue_fitted_on_is_known_again(self, opened: Known) -> None:
        """By its proposal and by its positions; so none is scored by a fit it took part in."""
        model = Prevails()
        for each in opened.issues:
            for group in (each.group, "some other name"):
                assert model.fitted_on(group, each.dossier, each.item)
            by = model.for_issue(each.group, each.dossier, each.item).coefficients
            assert by == shipped().folds[fold_of(each.group, 10)]

    def test_under_other_ids_no_issue_meets_a_fit_that_saw_it(self, opened: Known) -> None:
        """Of 250 issues a few share their positions with another proposal: these have no fit."""
        left_out = 0
        for each in opened.issues:
            try:
                by = Prevails().for_issue("renamed", each.dossier, each.item).coefficients
            except UnsupportedError:
                left_out += 1
            else:
                assert by == shipped().folds[fold_of(each.group, 10)]
        assert left_out == 3

    def test_what_is_written_is_read(self, opened: Known) -> None:
        """The file's content goes round."""
        some = opened.take(range(60))
        written = content(some, Choice("logit", "few", 0.05), {"fitted": "today"})
        found = read(json.loads(json.dumps(written)))
        assert found.origin["issues"] == 60
        assert found.groups == set(written["marks"]["proposals"])
        for each in some.issues:
            folds = found.folds_of(each.group, each.dossier, each.item)
            assert folds == {fold_of(each.group, 10)}

    @pytest.mark.trust
    def test_the_nested_score_stands(self, opened: Known) -> None:
        """CRPS below both rivals and coverage near .8, the ridge chosen by inner folds (0013)."""
        few = tuple(by for by in LOGIT if by.features == "few")[1:4]
        found = scored(opened, nested(arena(opened), few, repeats=1, outer=5).forecasts)
        rivals = (scored(opened, each(opened)) for each in (with_residuals, climatology))
        for rival in rivals:
            assert found.crps.mean() < rival.crps.mean()
        assert 0.75 < found.covered.mean() < 0.85
