"""The case Paris 2015: coded by its rules, built from the user's file, scored as its notes say."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

CASE = Path(__file__).parents[1] / "examples" / "cases" / "paris-2015"
BEYOND_A_MODEL = {"least in"}
"""A column that depends on which other models there are."""


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("paris_2015_score", CASE / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def data(score: ModuleType) -> Path:
    path: Path = score.build.data()
    if not path.is_file():
        pytest.skip("there is no forecast/cop21_positions.csv in the reference data (COMITY_DATA)")
    return path


@pytest.fixture(scope="module")
def coded() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CASE / "outcomes.yaml").read_text("utf-8"))
    return found


def test_outcomes_are_the_mean_of_two_passes_within_their_range(coded):
    """Rules 4 and 5 of the coding."""
    assert len(coded) == 13
    for item, held in coded.items():
        assert held["outcome"] == sum(held["passes"]) / 2, item
        low, high = held["range"]
        assert low <= min(held["passes"]) <= max(held["passes"]) <= high, item
        assert held["sure"] in ("A", "B", "C")
        assert held["where"]
        assert all(re.fullmatch(r"(PA \d+(\.\d+)?|D \d+)", where) for where in held["where"])


def test_a_sure_outcome_is_one_on_which_both_passes_agree(coded):
    """Rule 6."""
    for item, held in coded.items():
        first, second = held["passes"]
        assert held["sure"] != "A" or first == second, item


def test_reversions_are_those_that_were_declared(score):
    """The table of the coding is what the dossier is built with."""
    table = re.findall(
        r"^\| (\w+) \| ([\d.]+) \|", (CASE / "CODING.md").read_text("utf-8"), re.MULTILINE
    )
    assert {item: str(value) for item, value in score.build.REVERSIONS.items()} == dict(table)


def test_no_data_of_the_file_is_shipped():
    """Its licence is not verified: the case holds no table of positions."""
    names = {path.name for path in CASE.iterdir() if path.is_file()}
    assert names == {"CODING.md", "NOTES.md", "build.py", "outcomes.yaml", "score.py"}


def test_outcomes_stand_on_points_of_the_scale_or_half_way(score, data, coded):
    """Rule 2, pass by pass."""
    dossier = score.build.dossier(data)
    assert set(dossier.agenda) == set(coded)
    for item, held in coded.items():
        points = sorted(dossier.agenda[item].scale)
        halves = [(low + high) / 2 for low, high in pairwise(points)]
        assert set(held["passes"]) <= {*points, *halves}, item


def test_the_dossier_is_what_the_file_says(score, data):
    """Fifteen blocs, thirteen issues, no hindsight, experts for all; the check value of `legal`."""
    from comity.dossier import Batch, Keyed, check, refuse_hindsight
    from comity.forecast import named

    dossier = score.build.dossier(data)
    assert (len(dossier.actors), len(dossier.agenda)) == (15, 13)
    refuse_hindsight(dossier)
    assert {finding.check for finding in check(dossier)} == {"statement_for_another"}
    mean = named("compromise").predict(Batch(dossier, Keyed(1, 0, 1)), "legal").point
    assert round(float(mean), 3) == 57.969


def test_the_notes_show_what_the_script_gives(score, data):
    """Every number of the tables in the notes; a model added since then may lack a row."""
    notes = (CASE / "NOTES.md").read_text("utf-8")
    given = score.tables(score.scored(data))
    for name, table in given.items():
        shown = re.search(rf"<!-- {name} -->\n(.*)\n<!-- end of {name} -->", notes, re.DOTALL)
        assert shown is not None, name
        if name == "unanswered":
            assert set(shown[1].splitlines()) <= set(table.splitlines())
        else:
            _agree(shown[1], table)


def _agree(shown: str, given: str) -> None:
    there, now = _cells(shown), _cells(given)
    assert len(there) > 10
    missing = there.keys() - now.keys()
    assert not missing
    wrong = {place: (cell, now[place]) for place, cell in there.items() if now[place] != cell}
    assert not wrong


def _cells(table: str) -> dict[tuple[str, str], str]:
    """Cells of a Markdown table by their row's and their column's name."""
    lines = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    head, _, *rows = lines
    return {
        (row[0], column): cell
        for row in rows
        for column, cell in zip(head[1:], row[1:], strict=True)
        if column not in BEYOND_A_MODEL
    }


def test_without_the_data_the_script_says_so(tmp_path):
    """It is skipped plainly and does not fail."""
    done = subprocess.run(
        [sys.executable, CASE / "score.py"],
        capture_output=True,
        text=True,
        env=os.environ | {"COMITY_DATA": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Skipped: there is no forecast/cop21_positions.csv")


def test_the_dossier_can_be_written_to_a_file(data, tmp_path):
    """The script writes it where it is told, and it loads to the same."""
    import comity

    out = tmp_path / "paris.yaml"
    done = subprocess.run(
        [sys.executable, CASE / "build.py", out, "--data", data],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert comity.load(out).title == "Paris, December 2015"
