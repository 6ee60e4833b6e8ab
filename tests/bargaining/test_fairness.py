"""Fairness of a package, against its formulas written out (§47)."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.exactly import Exactly, some_problem
from bargaining.listing import listed, problem_of
from comity.bargaining.fairness import MEASURES, Fairness, durable, fairness
from comity.bargaining.problem import Interaction, Package, Problem
from comity.bargaining.solutions import Solutions, solutions

SEEDS = st.integers(0, 10**9)


def solved(problem: Problem) -> Solutions:
    return solutions(listed(problem))


def some_package(problem: Problem, pick: int) -> Package:
    package = []
    for size in problem.sizes:
        pick, option = divmod(pick, size)
        package.append(option)
    return tuple(package)


# --- formulas by plain loops --------------------------------------------------------------------


def given_by(problem: Problem, x: Package, i: int) -> float:
    return sum(
        max(float(option[i]) for option in worth) - float(worth[x[k]][i])
        for k, worth in enumerate(problem.worth)
    )


def got_by(problem: Problem, x: Package, i: int) -> float:
    total = 0.0
    for k, worth in enumerate(problem.worth):
        sums = [sum(float(o[j]) for j in range(len(o)) if j != i) for o in worth]
        best = [o for o, s in zip(worth, sums, strict=True) if s >= max(sums) - 1e-9]
        total += float(worth[x[k]][i]) - min(float(o[i]) for o in best)
    return total


@given(SEEDS, st.integers(0, 10**6))
def test_give_and_get_are_their_formulas(seed: int, pick: int):
    """Issue by issue next to one's own best and to the others' best; interactions apart."""
    problem = some_problem(seed)
    package = some_package(problem, pick)
    found = fairness(problem, package, solved(problem))
    utilities = Exactly(problem).utilities(package)
    for i in range(len(problem.parties)):
        assert found.give[i] == pytest.approx(given_by(problem, package, i), abs=1e-9)
        assert found.get[i] == pytest.approx(got_by(problem, package, i), abs=1e-9)
        assert sum(each.amount for each in found.gives[i]) == pytest.approx(found.give[i], abs=1e-6)
        assert sum(each.amount for each in found.gets[i]) == pytest.approx(found.get[i], abs=1e-6)
        best = sum(max(float(o[i]) for o in worth) for worth in problem.worth)
        together = float(utilities[i]) - best + found.give[i]
        assert found.interactions[i] == pytest.approx(together, abs=1e-6)


@given(SEEDS, st.integers(0, 10**6))
def test_tilt_is_claimed_only_if_all_three_solutions_agree(seed: int, pick: int):
    """Signs the same for Nash, Kalai–Smorodinsky and egalitarian, all ties; smallest size."""
    problem = some_problem(seed)
    answer = solved(problem)
    found = fairness(problem, some_package(problem, pick), answer)
    rest = [p for p in problem.parties if p not in answer.left_out]
    if found.why or not rest:
        assert all(tilt.claimed == 0 and not tilt.against for tilt in found.tilt)
        return
    for i, tilt in enumerate(found.tilt):
        if tilt.party in answer.left_out:
            assert tilt.against == {}
            continue
        leanings = [
            leaning(problem, answer, found.utilities, point, i)
            for name in MEASURES
            for point in getattr(answer, name).points
        ]
        same_way = all(x > 1e-9 for x in leanings) or all(x < -1e-9 for x in leanings)
        expected = min(leanings, key=abs) if same_way else 0.0
        assert tilt.claimed == pytest.approx(expected, abs=1e-9)


def leaning(problem: Problem, answer: Solutions, x: np.ndarray, s: np.ndarray, i: int) -> float:
    """(nᵢ(x) − mean n(x)) − (nᵢ(s) − mean n(s)) over the parties that can gain."""
    kept = [j for j, p in enumerate(problem.parties) if p not in answer.left_out]

    def n(u: np.ndarray, j: int) -> float:
        d = problem.reservation[j]
        return float((u[j] - d) / (answer.best[j] - d))

    def off(u: np.ndarray) -> float:
        return n(u, i) - sum(n(u, j) for j in kept) / len(kept)

    return off(x) - off(s)


@given(SEEDS, st.integers(0, 10**6))
def test_tilts_of_the_parties_that_can_gain_balance(seed: int, pick: int):
    """Between two, what leans towards one leans away from the other by as much."""
    problem = some_problem(seed)
    answer = solved(problem)
    found = fairness(problem, some_package(problem, pick), answer)
    if len(problem.parties) == 2 and not answer.left_out and not found.why:
        assert found.tilt[0].claimed == pytest.approx(-found.tilt[1].claimed, abs=1e-9)


@given(SEEDS)
def test_a_solution_that_all_three_share_has_no_tilt(seed: int):
    """Nothing leans where the package is what each of them proposes."""
    problem = some_problem(seed)
    answer = solved(problem)
    points = [getattr(answer, name).points for name in MEASURES]
    if all(len(each) == 1 and np.allclose(each, points[0]) for each in points):
        found = fairness(problem, answer.nash.packages[0], answer)
        assert all(tilt.claimed == 0 for tilt in found.tilt)


@given(SEEDS, st.integers(0, 10**6))
def test_shares_of_the_gain_sum_to_one(seed: int, pick: int):
    """Over those that can gain, where the package gives everybody its reservation value."""
    problem = some_problem(seed)
    package = some_package(problem, pick)
    found = fairness(problem, package, solved(problem))
    if np.all(found.gains >= -1e-9) and np.any(np.isfinite(found.gain_shares)):
        assert np.nansum(found.gain_shares) == pytest.approx(1.0)
        assert np.nanmin(found.gain_shares) >= -1e-9
    if np.any(found.gains < -1e-8):
        assert np.isnan(found.gain_shares).all()
        assert math.isnan(found.equitability)


# --- by hand ------------------------------------------------------------------------------------


def road_and_border() -> Problem:
    """A wants the road, B the border; there is a middle on both."""
    return problem_of(
        [[(60, 0), (40, 20), (0, 30)], [(40, 0), (20, 50), (0, 70)]],
        (10, 10),
    )


def road_to_a_border_to_b() -> Fairness:
    problem = road_and_border()
    return fairness(problem, (0, 2), solved(problem))


def test_give_and_get_name_the_issues_that_carry_them():
    """A gives the border and gets the road; the amounts are in its own points."""
    found = road_to_a_border_to_b()
    assert found.give.tolist() == [40, 30]
    assert found.get.tolist() == [60, 70]
    assert [(m.issue, m.option, m.next_to, m.amount) for m in found.gives[0]] == [
        ("issue1", "o2", "o0", 40)
    ]
    assert [(m.issue, m.option, m.next_to, m.amount) for m in found.gets[0]] == [
        ("issue0", "o0", "o2", 60)
    ]


def test_gain_shares_and_equitability_are_worked_out_from_the_gains():
    """Gains of 50 and 60 of at most 70 and 80."""
    found = road_to_a_border_to_b()
    assert found.gains.tolist() == [50, 60]
    assert np.allclose(found.gain_shares, [50 / 110, 60 / 110])
    best = solved(road_and_border()).best - 10
    expected = (50 / best[0]) / (60 / best[1])
    assert found.equitability == pytest.approx(min(expected, 1 / expected))


def test_a_party_would_rather_have_the_larger_normalised_gain():
    """Everybody but the best served envies; the largest difference comes first."""
    problem = problem_of([[(9, 5, 2), (1, 9, 5), (5, 1, 9)]], (0, 0, 0))
    found = fairness(problem, (0,), solved(problem))
    assert [(e.party, e.of) for e in found.envy] == [("C", "A"), ("B", "A"), ("C", "B")]
    assert found.envy[0].by == pytest.approx(7 / 9)


def test_among_three_the_others_best_is_the_one_with_the_largest_sum_of_theirs():
    """Of several such options the one worst for the party itself counts."""
    problem = problem_of([[(5, 4, 0), (3, 0, 4), (1, 1, 2), (4, 3, 1)]], (0, 0, 0))
    found = fairness(problem, (0,), solved(problem))
    assert found.get[0] == 2  # the others have 4 under each of the first two and the last; worst: 3


def test_interactions_are_reported_apart():
    """Give and get do not change; the worth of the pair is told by itself."""
    table = np.zeros((3, 3, 2))
    table[0, 2] = (7, -4)
    problem = replace(road_and_border(), interactions=(Interaction(0, 1, table),))
    found = fairness(problem, (0, 2), solved(problem))
    assert found.interactions.tolist() == [7, -4]
    assert found.give.tolist() == [40, 30]
    assert found.utilities.tolist() == [67, 66]


def lopsided(reservation: tuple[float, float]) -> tuple[Problem, Solutions]:
    problem = problem_of([[(100, 0), (80, 30), (50, 50), (30, 80), (0, 100)]], reservation)
    return problem, solved(problem)


def test_a_party_that_finds_terms_unfair_may_keep_them_all_the_same():
    """They lean away from it next to every solution, but are worth more than no agreement."""
    problem, answer = lopsided((10, 10))
    one, other = durable(fairness(problem, (1,), answer))
    assert (one.finds, one.keeps) == ("favourable", True)
    assert (other.finds, other.keeps) == ("unfair", True)
    assert other.margin == 20
    assert other.tilt == pytest.approx(-one.tilt)


def test_a_party_does_not_keep_terms_below_its_reservation_value():
    """By what margin is said, below 0, and as a share of what it could gain."""
    problem, answer = lopsided((10, 40))
    found = durable(fairness(problem, (1,), answer))[1]
    assert not found.keeps
    assert found.margin == -10
    assert found.share == pytest.approx(-10 / (answer.best[1] - 40))


def test_terms_in_the_middle_of_the_solutions_lean_nowhere():
    """What all three propose is fair by all three."""
    problem, answer = lopsided((10, 10))
    assert {d.finds for d in durable(fairness(problem, (2,), answer))} == {"no tilt"}


def test_without_solutions_no_tilt_is_claimed_and_the_reason_is_said():
    """A reservation value that leaves nothing; gains are still told."""
    problem, answer = lopsided((90, 90))
    found = fairness(problem, (2,), answer)
    assert found.why.startswith("Tilt has nothing to be measured against: No allowed package")
    assert found.gains.tolist() == [-40, -40]
    assert np.isnan(found.normalised).all()
    assert not any(each.keeps for each in durable(found))


def test_without_a_nash_solution_no_tilt_is_claimed():
    """All three must be there to agree."""
    problem = problem_of([[(4, 0), (0, 3)]], (0, 0))
    assert "gives A and B a gain at the same time" in fairness(problem, (0,), solved(problem)).why


def test_approximate_solutions_do_not_carry_a_claim():
    """A frontier that is only listed to within epsilon proves no tilt."""
    problem, _ = lopsided((10, 10))
    rough = solutions(replace(listed(problem), epsilon=1.0))
    found = fairness(problem, (1,), rough)
    assert "approximate" in found.why
    assert not rough.complete
    assert all(tilt.claimed == 0 for tilt in found.tilt)


def test_a_party_left_out_has_no_tilt_but_a_margin():
    """Its reservation value is its best: it gets exactly that."""
    problem = problem_of([[(10, 3, 5), (4, 9, 5), (12, 0, 4)]], (0, 0, 5))
    found = durable(fairness(problem, (0,), solved(problem)))[2]
    assert (found.finds, found.keeps, found.margin) == ("no tilt", True, 0.0)
    assert math.isnan(found.share)
