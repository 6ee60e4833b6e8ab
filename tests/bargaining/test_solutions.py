"""Solutions against their definitions in fractions, over every package (§41, §42, §45)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargaining.exactly import Exactly, some_problem
from bargaining.listing import Listed, dominates, listed, problem_of
from comity.bargaining.beyond import solutions_beyond
from comity.bargaining.frontier import frontier
from comity.bargaining.problem import Floats, Limit, Never, Package, Problem
from comity.bargaining.solutions import KEPT, Solution, Solutions, solutions
from comity.errors import DossierError

SEEDS = st.integers(0, 10**9)
PROPORTIONS = (1, 3, 2, 5, 4)


def agrees(problem: Problem, solved: Solutions) -> None:
    """Everything that the solutions say is what the definitions say."""
    exactly = Exactly(problem)
    if not exactly.within:
        assert not any(each.exists for each in solved.named.values())
        assert all("No " in each.why for each in solved.named.values())
        return
    stays = exactly.remaining
    assert solved.left_out == tuple(p for i, p in enumerate(problem.parties) if i not in stays)
    room = [float(each) for each in exactly.room]
    assert np.allclose(solved.best - problem.reservation, room, rtol=0, atol=1e-8)
    ones, shares = (Fraction(1),) * len(room), tuple(map(Fraction, PROPORTIONS))
    same(solved.nash, exactly.nash(), exactly)
    same(solved.kalai_smorodinsky, exactly.leximin(exactly.room), exactly)
    same(solved.egalitarian, exactly.leximin(ones), exactly)
    same(solved.utilitarian, exactly.utilitarian(), exactly)
    assert solved.proportional is not None
    same(solved.proportional, exactly.leximin(shares), exactly)


def same(found: Solution, expected: set[Package], exactly: Exactly) -> None:
    """The same packages, on the same points."""
    assert found.exists == bool(expected)
    assert (found.why == "") == found.exists
    assert found.count == len(expected)
    points = {tuple(round(float(u), 6) for u in exactly.worth[x]) for x in expected}
    assert {tuple(np.round(point, 6) + 0.0) for point in found.points} == points
    assert found.unique == (len(points) == 1)
    assert set(found.packages) <= expected
    assert len(found.packages) == min(KEPT, len(expected))


def proportions(problem: Problem) -> dict[str, float]:
    return dict(zip(problem.parties, PROPORTIONS, strict=False))


def check(seed: int, found: Callable[[Problem], object]) -> None:
    problem = some_problem(seed)
    agrees(problem, solutions(found(problem), proportions(problem)))  # type: ignore[arg-type]


@settings(max_examples=1000)
@given(SEEDS)
def test_solutions_are_what_their_definitions_say(seed: int):
    """Over all packages, in fractions: points, ties, counts, who is left out, what is missing."""
    check(seed, frontier)


@given(SEEDS)
def test_they_do_not_lean_on_how_the_frontier_is_found(seed: int):
    """A frontier by listing gives the same solutions."""
    check(seed, listed)


@pytest.mark.trust
@settings(max_examples=10_000)
@given(SEEDS)
def test_ten_thousand_problems(seed: int):
    """The same at length."""
    check(seed, frontier)


def test_the_problems_are_of_every_kind():
    """The strategy meets missing and tied solutions, and parties left out, in plenty."""
    solved = [solutions(listed(some_problem(seed))) for seed in range(500)]
    assert sum(not each.utilitarian.exists for each in solved) > 20
    assert sum(each.utilitarian.exists and not each.nash.exists for each in solved) > 10
    assert sum(len(each.nash.points) > 1 for each in solved) > 3
    assert sum(each.nash.count > len(each.nash.points) > 0 for each in solved) > 5
    assert sum(0 < len(each.left_out) < len(each.parties) for each in solved) > 5
    assert sum(len(each.left_out) == len(each.parties) for each in solved) > 3


# --- axioms that hold on finite sets -------------------------------------------------------------


@given(SEEDS, st.lists(st.integers(-3, 3), min_size=5, max_size=5))
def test_nash_and_kalai_smorodinsky_do_not_see_the_scale(seed: int, powers: list[int]):
    """Stretching a party's utility, with its reservation value, changes no package (§45)."""
    problem = some_problem(seed)
    factor = np.array([2.0**power for power in powers[: len(problem.parties)]])
    stretched = scaled(problem, factor)
    before, after = solutions(listed(problem)), solutions(listed(stretched))
    for name in ("nash", "kalai_smorodinsky"):
        one, other = getattr(before, name), getattr(after, name)
        assert np.allclose(one.points * factor, other.points)
        assert one.packages == other.packages


@given(SEEDS, st.integers(-50, 50))
def test_no_solution_sees_a_shift_with_its_reservation_value(seed: int, shift: int):
    """Gains are what counts: adding to utility and reservation value alike changes nothing."""
    problem = some_problem(seed)
    first = replace(problem, worth=(problem.worth[0] + float(shift), *problem.worth[1:]))
    shifted = replace(first, reservation=problem.reservation + float(shift))
    before, after = solutions(listed(problem)), solutions(listed(shifted))
    for name, one in before.named.items():
        assert np.allclose(one.points + shift, after.named[name].points)


@given(SEEDS)
def test_the_order_of_the_parties_does_not_matter(seed: int):
    """Turning the table round turns the points round, nothing else."""
    problem = some_problem(seed)
    before, after = solutions(listed(problem)), solutions(listed(turned(problem)))
    for name, one in before.named.items():
        other = after.named[name]
        assert sorted(map(tuple, one.points.round(6))) == sorted(
            map(tuple, other.points[:, ::-1].round(6))
        )
        assert one.count == other.count


@given(SEEDS)
def test_every_solution_is_efficient(seed: int):
    """No allowed package is better for one and no worse for another (§44)."""
    problem = some_problem(seed)
    allowed = problem.utilities(list(Exactly(problem).worth))
    for each in solutions(listed(problem)).named.values():
        for point in each.points:
            assert not any(dominates(other, point) for other in allowed)


@given(SEEDS)
def test_nash_does_not_depend_on_what_is_not_chosen(seed: int):
    """Ruling out an option that no Nash package holds leaves the Nash packages as they are."""
    problem = some_problem(seed)
    solved = solutions(listed(problem))
    if not solved.nash.exists or solved.nash.count > KEPT:
        return
    for issue in range(len(problem.issues)):
        held = {package[issue] for package in solved.nash.packages}
        fewer = without_option(problem, issue, held)
        after = solutions(listed(fewer))
        if after.left_out == solved.left_out:
            assert np.allclose(after.nash.points, solved.nash.points)


@given(SEEDS)
def test_more_packages_never_lower_what_is_made_largest(seed: int):
    """Lifting all limits raises the largest product, smallest gain and sum, or leaves them."""
    problem = some_problem(seed)
    before = solutions(listed(problem))
    after = solutions(listed(problem.without(*(limit.name for limit in problem.limits))))
    for name in ("nash", "egalitarian", "utilitarian"):
        one, other = getattr(before, name), getattr(after, name)
        if one.exists and before.left_out == after.left_out and before.remaining.any():
            assert other.value >= one.value - 1e-6


def scaled(problem: Problem, factor: Floats) -> Problem:
    return replace(
        problem,
        worth=tuple(worth * factor for worth in problem.worth),
        reservation=problem.reservation * factor,
        interactions=tuple(replace(b, worth=b.worth * factor) for b in problem.interactions),
    )


def turned(problem: Problem) -> Problem:
    return replace(
        problem,
        parties=problem.parties[::-1],
        worth=tuple(worth[:, ::-1] for worth in problem.worth),
        reservation=problem.reservation[::-1],
        interactions=tuple(replace(b, worth=b.worth[:, :, ::-1]) for b in problem.interactions),
    )


def without_option(problem: Problem, issue: int, held: set[int]) -> Problem:
    """The problem with every option of an issue ruled out but some."""
    mask = np.array([option not in held for option in range(problem.sizes[issue])])
    limit = Limit("fewer", "link", None, (Never(((issue, mask),)),))
    return replace(problem, limits=(*problem.limits, limit))


# --- by hand ------------------------------------------------------------------------------------


def test_a_party_that_can_gain_nothing_is_left_out_and_named():
    """Its reservation value is its best; the others are compared without it (§45)."""
    problem = problem_of([[(10, 3, 5), (4, 9, 5), (12, 0, 4)]], (0, 0, 5))
    solved = solutions(listed(problem))
    assert solved.left_out == ("C",)
    assert solved.best.tolist() == [10, 9, 5]
    assert solved.nash.points.tolist() == [[4, 9, 5]]
    assert solved.utilitarian.points.tolist() == [[10, 3, 5], [4, 9, 5]]
    assert math.isnan(solved.normalised(np.array([4.0, 9.0, 5.0]))[2])


def test_without_a_package_within_reservation_values_there_is_no_solution():
    """It is said which of the two is missing: an allowed package, or one that gives enough."""
    poor = solutions(listed(problem_of([[(1, 0), (0, 1)]], (1, 1))))
    assert poor.nash.why == "No allowed package gives every party at least its reservation value."
    assert np.isnan(poor.best).all()
    nothing = without_option(problem_of([[(1, 0), (0, 1)]], (0, 0)), 0, set())
    assert solutions(listed(nothing)).egalitarian.why == "No package is allowed."


def test_nash_needs_a_package_that_gives_everybody_a_gain():
    """Where all gains at once are impossible every product is 0, and nothing is singled out."""
    solved = solutions(listed(problem_of([[(4, 0), (0, 3)]], (0, 0))))
    assert not solved.nash.exists
    assert solved.nash.why == (
        "No package within the reservation values gives A and B a gain at the same time."
    )
    assert solved.egalitarian.value == 0
    assert len(solved.egalitarian.points) == 1  # leximin: (0, 4) before (0, 3)


def test_where_nobody_can_gain_anything_every_formula_is_indifferent():
    """The packages worth just the reservation values solve all of them, with nothing to measure."""
    solved = solutions(listed(problem_of([[(2, 3), (1, 9)]], (2, 3))))
    assert solved.left_out == ("A", "B")
    assert all(each.points.tolist() == [[2, 3]] for each in solved.named.values())
    assert all(math.isnan(each.value) for each in solved.named.values())


def test_reservation_values_are_used_as_given():
    """Below the worst that can happen, a reservation value still counts (§42)."""
    worth = [[(3, 10), (5, 7.5)]]
    assert solutions(listed(problem_of(worth, (2, 0)))).nash.points.tolist() == [[5, 7.5]]
    assert solutions(listed(problem_of(worth, (-7, 0)))).nash.points.tolist() == [[3, 10]]


def test_leximin_goes_on_to_the_next_smallest():
    """With the smallest gain the same, the second smallest decides, then the third."""
    worth = [[(1, 5, 5), (9, 1, 4), (1, 5, 6), (5, 6, 1)]]
    solved = solutions(listed(problem_of(worth, (0, 0, 0))))
    assert sorted(solved.egalitarian.points.tolist()) == [[1, 5, 6], [5, 6, 1]]
    assert not solved.egalitarian.unique


def test_a_tie_is_one_in_utility_whatever_the_formula_makes_of_it():
    """5e-8 points are a difference, though 5e-10 of what a party could gain (§41)."""
    worth = [[(100, 0), (0, 100), (50, 60), (50.00000005, 55)]]
    solved = solutions(listed(problem_of(worth, (0, 0))))
    assert solved.kalai_smorodinsky.points.tolist() == [[50.00000005, 55]]
    assert solved.egalitarian.points.tolist() == [[50.00000005, 55]]


def test_a_gain_within_the_tolerance_is_no_gain():
    """5e-10 above the reservation value does not make a Nash solution (§41)."""
    solved = solutions(listed(problem_of([[(5e-10, 9), (3, 0)]], (0, 0))))
    assert not solved.nash.exists


def test_on_a_finite_set_more_to_choose_from_may_cost_a_party():
    """Individual monotonicity of Kalai–Smorodinsky needs sets without gaps."""
    few, more = [(10, 0), (6, 4), (0, 10)], [(10, 0), (6, 4), (4.5, 5), (0, 10)]
    before, after = (solutions(listed(problem_of([worth], (0, 0)))) for worth in (few, more))
    assert before.best.tolist() == after.best.tolist()
    assert before.kalai_smorodinsky.points.tolist() == [[6, 4]]
    assert after.kalai_smorodinsky.points.tolist() == [[4.5, 5]]


def test_all_tied_packages_are_counted_and_a_few_kept():
    """Ten issues that nobody minds make 1,024 packages of one point."""
    solved = solutions(frontier(problem_of([[(1, 2)], *[[(0, 0), (0, 0)]] * 10], (0, 0))))
    assert solved.nash.count == 1024
    assert solved.nash.unique
    assert len(set(solved.nash.packages)) == KEPT


def test_sums_of_decimals_that_are_equal_tie():
    """0.1 + 0.2 and 0.3 are one utility, so that two packages share a point (§41)."""
    worth = [[(0.1, 0.7), (0.3, 0.4)], [(0.2, 0.1), (0.0, 0.4)]]
    solved = solutions(frontier(problem_of(worth, (0.2, 0.6))))
    assert solved.nash.count == 2
    assert np.allclose(solved.nash.points, [[0.3, 0.8]])


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ({"A": 1}, "{B: nothing}"),
        ({"A": 1, "B": 0}, "{B: 0}"),
        ({"A": 1, "B": float("nan")}, "{B: nan}"),
        ({"A": 1, "B": 1, "C": 2}, "{C: 2}"),
        ({"A": float("inf"), "B": 1}, "{A: inf}"),
    ],
)
def test_proportions_must_fit_the_parties(stated: dict[str, float], found: str):
    """Everybody has one above 0, and nobody else."""
    with pytest.raises(DossierError, match="proportions give every party") as raised:
        solutions(listed(problem_of([[(1, 1)]], (0, 0))), stated)
    assert found in str(raised.value)


# --- an approximate frontier ----------------------------------------------------------------------


def thinned(whole: Listed, epsilon: float, offset: int) -> Listed:
    """Some of the points, such that each left out is within epsilon of one that is kept."""
    kept: list[int] = []
    order = np.roll(np.arange(len(whole.points)), offset)
    for row in order:
        if not any(np.all(whole.points[k] >= whole.points[row] - epsilon) for k in kept):
            kept.append(int(row))
    kept.sort()
    return replace(
        whole, points=whole.points[kept], on=tuple(whole.on[k] for k in kept), epsilon=epsilon
    )


@settings(max_examples=300)
@given(SEEDS, st.sampled_from((0.05, 0.5, 2.0, 10.0)), st.integers(0, 20))
def test_an_approximate_frontier_bounds_every_solution(seed: int, epsilon: float, offset: int):
    """What is attained is no more, what is hoped for no less, than the formula's true maximum."""
    problem = some_problem(seed)
    whole = listed(problem)
    exact, rough = solutions(whole), solutions(thinned(whole, epsilon, offset))
    for name, each in rough.named.items():
        true = exact.named[name]
        assert not each.unique
        if each.exists:
            assert true.exists or name == "nash"
        if true.exists and exact.left_out == rough.left_out and exact.remaining.any():
            assert each.at_most >= true.value - 1e-9
            if each.exists:
                assert each.value <= true.value + 1e-9
        if true.exists and not each.exists:
            assert "listed" in each.why


def test_an_exact_frontier_leaves_no_doubt_about_the_value():
    """The bound is the value itself."""
    solved = solutions(listed(problem_of([[(1, 6), (4, 4), (6, 1)]], (0, 0))))
    assert [each.value for each in solved.named.values()] == [16, 4 / 6, 4, 8]
    assert [each.at_most for each in solved.named.values()] == [16, 4 / 6, 4, 8]


# --- without a frontier -------------------------------------------------------------------------


@settings(max_examples=40)
@given(SEEDS)
def test_without_a_frontier_one_package_is_given_for_each_solution(seed: int):
    """It lies on a point that the frontier gives too, and neither ties nor uniqueness are told."""
    problem = some_problem(seed, 40)
    whole = solutions(listed(problem), proportions(problem))
    beyond = solutions_beyond(problem, proportions(problem))
    assert beyond.left_out == whole.left_out
    assert not beyond.complete
    for name, each in beyond.named.items():
        one = whole.named[name]
        assert each.exists == one.exists
        assert bool(each.why) != each.exists
        if each.exists:
            assert not each.unique
            assert np.abs(one.points - each.points).max(axis=1).min() <= 1e-4
            assert each.value == pytest.approx(one.value, rel=1e-6, abs=1e-6, nan_ok=True)
