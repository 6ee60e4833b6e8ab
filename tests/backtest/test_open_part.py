"""The baselines on the open part of DEU III, to two decimals (conventions §62, §63)."""

import csv
import hashlib
import os
import re
from pathlib import Path

import numpy as np
import pytest

from comity.backtest.decided import decided_in
from comity.backtest.scoring import Backtest, backtest
from comity.backtest.shipped import OF, OUTCOMES, RESIDUALS
from comity.dossier.formats.deu import council_votes
from comity.dossier.formats.deu_law import FIFTEEN, NICE, votes_of_the_period
from comity.dossier.formats.deu_table import Row, read_table

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
DATA = Path(os.environ.get("COMITY_DATA") or BESIDE) / "deu3"

NAMES = {
    "Austria": "AUT", "Belgium": "BEL", "Bulgaria": "BGR", "Cyprus": "CYP",
    "Czech Republic": "CZE", "Denmark": "DNK", "Estonia": "EST", "Finland": "FIN",
    "France": "FRA", "Germany": "DEU", "Greece": "GRC", "Hungary": "HUN", "Ireland": "IRL",
    "Italy": "ITA", "Latvia": "LVA", "Lithuania": "LTU", "Luxembourg": "LUX", "Malta": "MLT",
    "Netherlands": "NLD", "Poland": "POL", "Portugal": "PRT", "Romania": "ROU",
    "Slovakia": "SVK", "Slovenia": "SVN", "Spain": "ESP", "Sweden": "SWE",
    "United Kingdom": "GBR", "Croatia": "HRV",
}  # fmt: skip


def real(name: str) -> Path:
    """A file of the reference data; skips the test, saying so, without it."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"there is no deu3/{name} in the reference data (COMITY_DATA)")
    return path


@pytest.fixture(scope="module")
def found() -> Backtest:
    asked = ["constant", "unweighted_mean", "salience_mean"]
    return backtest(real("deu3_open.tsv"), asked)


def test_the_sample(found):
    """250 of 261 issues have an outcome, of 99 proposals."""
    assert (found.read, len(found.cases), found.proposals) == (261, 250, 99)
    assert found.reversion_unknown == 66
    assert found.notes == (
        "Days that a spreadsheet has turned round, read as day, month, year: 230 "
        "(1930-05-01 is 2001-05-30).",
        "Issues without an outcome, not scored: 11.",
    )


@pytest.mark.parametrize(
    ("model", "mae", "median", "within"),
    [
        ("constant", 27.972, 25.5, 0.280),
        ("unweighted_mean", 24.176, 19.04, 0.292),
        ("salience_mean", 24.064, 18.73, 0.300),
        ("compromise", 23.630, 18.50, 0.284),
    ],
)
def test_errors(found, model, mae, median, within):
    """Mean and median absolute error and share within ten points, as measured by others."""
    held = found.models[model].values
    assert held["mae"] == pytest.approx(mae, abs=0.0006)
    assert held["median"] == pytest.approx(median, abs=0.006)
    assert held["within_10"] == pytest.approx(within, abs=1e-9)


def test_distributions(found):
    """Climatology without the issue's proposal, compromise with residuals of other proposals."""
    assert found.models["climatology"].values["crps"] == pytest.approx(19.41, abs=0.006)
    assert found.models["compromise"].values["crps"] == pytest.approx(16.77, abs=0.006)


def test_the_parliament_under_consultation():
    """If it never counts for nothing, the compromise is a little worse: 23.687."""

    def never_nought(row: Row) -> dict[str, float]:
        means = council_votes(row)
        largest = float(max(votes_of_the_period(row.positions).values()))
        return means | dict.fromkeys({"EP"} & set(means), largest)

    errors = []
    for case in decided_in(real("deu3_open.tsv"), never_nought):
        held = case.dossier.positions[case.item].values()
        weights = [p.capability.value * p.salience.value for p in held]
        mean = np.average([p.ideal.value for p in held], weights=weights)
        if case.outcome is not None:
            errors.append(abs(mean - case.outcome))
    assert np.mean(errors) == pytest.approx(23.687, abs=0.0006)


def test_votes_of_the_treaties():
    """As a table of votes by others has them, for the fifteen and after."""
    with real("council_weights.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    fifteen = {NAMES[r["name"]]: int(r["eu15"]) for r in rows if r["eu15"] != "NA"}
    later = {NAMES[r["name"]]: int(r["eu25_av"]) for r in rows if r["eu25_av"] != "NA"}
    assert fifteen == dict(FIFTEEN)
    assert later == dict(NICE)


def test_what_is_shipped_is_of_this_file(found):
    """Residuals and outcomes for files of one proposal, at the middles of fifty equal parts."""
    path = real("deu3_open.tsv")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == OF == found.sha256
    middles = (np.arange(50) + 0.5) / 50
    held = found.models["compromise"]
    outcomes = np.array([case.outcome for case in found.cases])
    residuals = outcomes - np.array([on.point for on in held.issues])
    assert pytest.approx(np.quantile(residuals, middles), abs=0.051) == RESIDUALS
    assert pytest.approx(np.quantile(outcomes, middles), abs=0.051) == OUTCOMES


def test_every_day_and_rule_can_be_told():
    """Each proposal has a day on which it was made, between 1995 and 2018."""
    rows = read_table(real("deu3_open.tsv")).rows
    assert {1995 <= row.introduced.year <= 2018 for row in rows if row.introduced} == {True}
    assert all(row.introduced for row in rows)


@pytest.mark.parametrize("rule", ["shapley_shubik", "equal"])
def test_other_rules_for_capabilities(rule):
    """They change the compromise, and not the means without capability."""
    other = backtest(real("deu3_open.tsv"), ["salience_mean"], capabilities=rule)
    assert other.models["salience_mean"].values["mae"] == pytest.approx(24.064, abs=0.0006)
    assert other.models["compromise"].values["mae"] != pytest.approx(23.630, abs=0.0006)


@pytest.mark.trust
def test_all_models_answer_on_the_whole_file():
    """None fails, each says why where it has no answer, and the page has these figures."""
    found = backtest(real("deu3_open.tsv"))
    for model in found.models.values():
        assert not model.failed
        assert model.n + sum(model.unanswered.values()) == 250
    page = (Path(__file__).parents[2] / "docs/theory/backtest.md").read_text("utf-8")
    told = {row[0]: row[1:] for row in map(_cells, page.splitlines()) if len(row) == 7}
    for model in found.models.values():
        mae, median, within, crps, coverage, _ = told[model.name]
        assert _figures(mae) == [model.values["mae"], *model.interval["mae"]]
        assert _figures(crps) == [model.values["crps"], *model.interval["crps"]]
        assert _figures(median, 0.051) == [model.values["median"]]
        assert _figures(within) == [model.values["within_10"]]
        assert _figures(coverage) == [model.values["coverage_80"]]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def _figures(cell: str, near: float = 0.0051) -> list[object]:
    return [pytest.approx(float(found), abs=near) for found in re.findall(r"[0-9.]+", cell)]
