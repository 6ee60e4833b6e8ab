"""What other tools call Kalai and KS, worked out on four known games (docs/theory/solutions.md)."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bargaining.listing import listed, problem_of
from comity.bargaining.drawn import middle
from comity.bargaining.frontier import frontier
from comity.bargaining.problem import Floats, Problem
from comity.bargaining.solutions import solutions
from comity.dossier.genius import load_genius

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
DATA = Path(os.environ.get("COMITY_DATA") or BESIDE) / "negotiation"
GAMES = (
    "anac/y2010/EnglandZimbabwe",
    "anac/y2010/ItexvsCypress",
    "anac/y2015/group2-politics",
    "other/AMPOvsCity",
)


def game(name: str) -> tuple[Problem, dict[str, Any]]:
    """A game read raw, and what was measured on it; skips, saying so, without the data."""
    path = DATA / "reference_values.json"
    if not path.exists():
        pytest.skip("there is no negotiation/reference_values.json (COMITY_DATA)")
    dossier = load_genius(DATA / "genius" / name.rpartition("/")[2], "raw")
    ((talks, held),) = dossier.talks.items()
    return middle(held, talks), json.loads(path.read_text())["domains"][name]


def ends(problem: Problem) -> tuple[Floats, Floats]:
    return (
        np.sum([worth.min(axis=0) for worth in problem.worth], axis=0),
        np.sum([worth.max(axis=0) for worth in problem.worth], axis=0),
    )


@pytest.mark.parametrize("name", GAMES)
def test_the_solutions_of_a_raised_disagreement_point_are_those_of_the_reference(name: str):
    """With d raised to the lowest utility, as we never do, the same formulas give its figures."""
    problem, known = game(name)
    raised = np.maximum(problem.reservation, ends(problem)[0])
    for point, figures in (
        (problem.reservation, known["independent_numpy"]["d=reserved_value"]),
        (raised, known["independent_numpy"]["d=max(reserved,min)"]),
    ):
        solved = solutions(frontier(replace(problem, reservation=point)))
        assert_allclose(solved.nash.points, figures["nash"], atol=1e-6)
        assert_allclose(solved.egalitarian.points, figures["egalitarian_maxmin"], atol=1e-6)
        ratio = figures["kalai_smorodinsky_maxmin_ratio"]
        assert_allclose(solved.kalai_smorodinsky.points, ratio, atol=1e-6)


@pytest.mark.parametrize("name", GAMES)
def test_negmas_kalai_is_egalitarian_from_a_raised_point_and_its_ks_the_smallest_gap(name: str):
    """So written out, they give what it gave."""
    problem, known = game(name)
    low, high = ends(problem)
    points, raised = frontier(problem).points, np.maximum(problem.reservation, low)
    ratios = (points - raised) / (high - raised)
    peer = known["negmas"]
    assert_allclose(points[[(points - raised).min(axis=1).argmax()]], peer["kalai"], atol=1e-6)
    gap = ratios.max(axis=1) - ratios.min(axis=1)
    assert_allclose(points[[gap.argmin()]], peer["ks_min_gap"], atol=1e-6)
    assert_allclose(points[[points.min(axis=1).argmax()]], peer["kalai_no_reserve"], atol=1e-6)
    assert_allclose(points[[points.sum(axis=1).argmax()]], peer["max_welfare"], atol=1e-6)


def test_the_four_names_differ_on_one_game():
    """AMPOvsCity, read raw: the table of the theory page."""
    problem, _ = game("other/AMPOvsCity")
    low, high = ends(problem)
    found = frontier(problem)
    points, solved = found.points, solutions(found)
    ratios = (points - low) / (high - low)
    apart = sum(abs(points[:, i] - points[:, j]) for i, j in combinations(range(2), 2))
    assert_allclose(points[(points - low).min(axis=1).argmax()], [76.23, 72.841])
    assert_allclose(points[(ratios.max(axis=1) - ratios.min(axis=1)).argmin()], [75.068, 74.114])
    assert_allclose(points[np.argmin(apart)], [74.12, 74.847])
    assert_allclose(points[points.sum(axis=1).argmax()], [71.6, 79.3])
    assert_allclose(solved.egalitarian.points, [[74.12, 74.847]])
    assert_allclose(solved.kalai_smorodinsky.points, [[74.12, 74.847]])
    assert solved.kalai_smorodinsky.count == 2


def test_a_product_of_two_losses_is_no_nash_solution():
    """Packages below a reservation value are not looked at, whatever the product (§45)."""
    solved = solutions(listed(problem_of([[(6, 6, 6), (0, 0, 20), (1, 7, 0)]], (5, 5, 5))))
    assert solved.nash.points.tolist() == [[6, 6, 6]]
