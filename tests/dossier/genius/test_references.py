"""The values measured elsewhere on four well-known domains, reproduced (conventions §53)."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from comity.bargaining.drawn import middle
from comity.bargaining.frontier import frontier
from comity.bargaining.problem import Problem
from comity.bargaining.solutions import Solution, solutions
from comity.dossier.genius import Utilities, load_genius

BESIDE = Path(__file__).resolve().parents[4] / "shared" / "data"
DATA = Path(os.environ.get("COMITY_DATA") or BESIDE) / "negotiation"
NEAR = 1e-6
THREE = ("anac/y2010/EnglandZimbabwe", "anac/y2010/ItexvsCypress", "anac/y2015/group2-politics")
AMPO = "other/AMPOvsCity"


def reference(domain: str) -> dict[str, Any]:
    """What was measured on a domain; skips the test, saying so, without the reference data."""
    path = DATA / "reference_values.json"
    if not path.exists():
        pytest.skip("there is no negotiation/reference_values.json (COMITY_DATA)")
    found: dict[str, Any] = json.loads(path.read_text())["domains"][domain]
    return found


def read(domain: str, utilities: Utilities | None = None) -> Problem:
    dossier = load_genius(DATA / "genius" / domain.rpartition("/")[2], utilities)
    ((name, talks),) = dossier.talks.items()
    return middle(talks, name)


def ends(problem: Problem) -> tuple[Any, Any]:
    """The lowest and the highest utility of each party over all packages."""
    lowest = sum(worth.min(axis=0) for worth in problem.worth)
    return lowest, sum(worth.max(axis=0) for worth in problem.worth)


def agrees(solution: Solution, expected: list[list[float]]) -> None:
    assert len(solution.points) == len(expected)
    assert_allclose(np.sort(solution.points, axis=0), np.sort(expected, axis=0), atol=NEAR)


@pytest.mark.parametrize("domain", [*THREE, AMPO])
def test_the_space(domain: str) -> None:
    """Parties, issues, options and packages are those of the files, a dummy issue included."""
    known, problem = reference(domain), read(domain)
    assert list(problem.parties) == known["parties"]
    assert list(problem.sizes) == list(known["issues"].values())
    assert problem.outcomes == known["outcomes"]


@pytest.mark.parametrize("domain", THREE)
def test_under_genius_semantics(domain: str) -> None:
    """Frontier, solutions and ranges under GENIUS's own normalisation."""
    known, problem = reference(domain)["genius_convention_numpy"], read(domain)
    assert_allclose(problem.reservation, known["reserved_values"], atol=NEAR)
    assert_allclose(ends(problem), (known["utility_min"], known["utility_max"]), atol=NEAR)
    found = frontier(problem)
    assert len(found.points) == known["unique_frontier_points"]
    assert found.packages == known["outcomes_on_frontier"]
    solved = solutions(found)
    agrees(solved.nash, known["nash"])
    agrees(solved.egalitarian, known["egalitarian_maxmin"])
    agrees(solved.utilitarian, known["max_welfare"])
    agrees(solved.kalai_smorodinsky, known["kalai_smorodinsky_maxmin_ratio"])


@pytest.mark.parametrize("domain", [*THREE, AMPO])
def test_as_written(domain: str) -> None:
    """Read raw, the values are those of NegMAS and of an independent enumeration."""
    known, problem = reference(domain), read(domain, "raw")
    assert_allclose(problem.reservation, known["reserved_values"], atol=NEAR)
    assert_allclose(ends(problem), (known["utility_min"], known["utility_max"]), atol=NEAR)
    found = frontier(problem)
    assert len(found.points) == known["independent_numpy"]["unique_frontier_points"]
    assert found.packages == known["independent_numpy"]["outcomes_on_frontier"]
    solved = solutions(found)
    alone = known["independent_numpy"]["d=reserved_value"]
    agrees(solved.nash, alone["nash"])
    agrees(solved.nash, known["negmas"]["nash"])
    agrees(solved.egalitarian, alone["egalitarian_maxmin"])
    agrees(solved.kalai_smorodinsky, alone["kalai_smorodinsky_maxmin_ratio"])
    agrees(solved.utilitarian, known["negmas"]["max_welfare"])


def test_the_wrong_scale() -> None:
    """Reading GENIUS files raw changes even how many points the frontier has."""
    reference(THREE[0])
    assert len(frontier(read(THREE[0])).points) != len(frontier(read(THREE[0], "raw")).points)


def test_a_folder_that_breaks_the_format() -> None:
    """AMPOvsCity is read as written, and the dossier says so, where and why."""
    reference(AMPO)
    note = load_genius(DATA / "genius" / "AMPOvsCity").note
    assert note.startswith("Evaluations are read as written, undivided, because")
    assert "no issue bears the number 1" in note
    assert "ampo_vs_city_ampo_space.xml:15 lists option '0' a second time" in note
    assert "utilities are higher by that" in note


def test_its_packages_tie() -> None:
    """On AMPOvsCity 193 points of the frontier hold 284 packages: ties are not dropped."""
    reference(AMPO)
    found = frontier(read(AMPO))
    assert (len(found.points), found.packages) == (193, 284)
    assert sum(len(list(found.at(point))) for point in range(193)) == 284
