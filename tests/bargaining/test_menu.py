"""Every draw's own best, regret, and the packages to put forward (§43, §46, §49)."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargaining.exactly import some_problem
from bargaining.listing import problem_of
from bargaining.test_conflicts import crowded
from comity.bargaining.by_draw import ByDraw, OneDraw, one_draw
from comity.bargaining.drawn import Drawn
from comity.bargaining.menu import (
    APART,
    Tries,
    by_regret,
    differences,
    menu,
    portion,
    tried,
    within,
    worst_track,
)
from comity.bargaining.problem import SAME, Package, Problem
from comity.bargaining.ranges import whole_range

SEEDS = st.integers(0, 10**9)


def drawn_of(problems: list[Problem]) -> Drawn:
    """Problems alike but for worth, reservation values and limits that hold, as draws."""
    first = problems[0]
    names = [limit.name for limit in first.limits]
    return Drawn(
        first.parties,
        first.issues,
        first.options,
        tuple(np.stack([p.worth[k] for p in problems]) for k in range(len(first.issues))),
        np.stack([p.reservation for p in problems]),
        np.ones((len(problems), len(first.parties))),
        (),
        first.limits,
        np.array([[name in {x.name for x in p.limits} for name in names] for p in problems], bool),
        {x.name: np.full(len(problems), x.at_most[0].bound) for x in first.limits if x.at_most},
    )


def shaken(problem: Problem, seed: int, count: int) -> list[Problem]:
    """The problem and variants with other worth, reservation values and limits."""
    rng = np.random.default_rng(seed)
    bare = replace(problem, interactions=())
    found = [bare]
    for _ in range(count - 1):
        kept = tuple(x for x in bare.limits if rng.random() < 0.7)
        moved = tuple(w + rng.integers(-2, 3, w.shape) for w in bare.worth)
        reservation = bare.reservation + rng.integers(-2, 2, len(bare.parties))
        found.append(replace(bare, worth=moved, reservation=reservation, limits=kept))
    return found


def inside(problem: Problem, x: Package) -> bool:
    """Within all stated limits (§43)."""
    enough = problem.utilities([x])[0] >= problem.reservation - SAME
    return bool(problem.allowed([x])[0] and enough.all())


def least_share(problem: Problem, x: Package, best: list[float]) -> float:
    """The smallest normalised gain, over parties that can gain."""
    u = problem.utilities([x])[0]
    shares = [
        (u[i] - d) / (best[i] - d) for i, d in enumerate(problem.reservation) if best[i] - d > SAME
    ]
    return min(shares) if shares else math.nan


def best_by_listing(problem: Problem) -> tuple[list[float] | None, float]:
    """aᵢ and the joint ceiling by listing all packages (§45, §46)."""
    packages = [x for x in product(*map(range, problem.sizes)) if inside(problem, x)]
    if not packages:
        return None, math.nan
    best = problem.utilities(packages).max(axis=0).tolist()
    return best, max(least_share(problem, x, best) for x in packages)


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_the_ceiling_of_a_draw_is_the_one_that_listing_finds(seed):
    """Best, ceiling and a package that attains it, or none (§45, §46)."""
    problem = crowded(seed)
    best, ceiling = best_by_listing(problem)
    found = one_draw(problem)
    assert found.ceiling == pytest.approx(ceiling, abs=1e-6, nan_ok=True)
    assert np.isnan(found.best).all() == (best is None)
    if best is not None:
        assert found.best == pytest.approx(np.array(best), abs=1e-7)
    if found.package is not None:
        assert best is not None
        assert inside(problem, found.package)
        assert least_share(problem, found.package, best) == pytest.approx(ceiling, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_regret_is_what_the_draws_own_best_gives_more(seed):
    """Ceiling less the smallest normalised gain; the whole ceiling outside the limits (§49)."""
    problems = shaken(some_problem(seed, 40), seed, 4)
    draws = drawn_of(problems)
    packages = list(product(*map(range, problems[0].sizes)))
    found = tried(draws, ByDraw.of([one_draw(p) for p in problems]), packages)
    for row, problem in enumerate(problems):
        best, ceiling = best_by_listing(problem)
        for column, x in enumerate(packages):
            assert found.within[row, column] == inside(problem, x)
            if best is None or math.isnan(ceiling):
                assert found.regret[row, column] == 0.0
                assert math.isnan(found.smallest[row, column])
                continue
            had = max(least_share(problem, x, best), 0.0) if inside(problem, x) else 0.0
            assert found.regret[row, column] == pytest.approx(ceiling - had, abs=1e-6)
            assert -1e-12 <= found.regret[row, column] <= ceiling + 1e-6


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 5), st.sampled_from((0.0, 0.1, 0.4)))
def test_the_menu_follows_its_rule(seed, most, apart):
    """First the least mean regret; then what lowers the least regret in each draw most (§49)."""
    problems = shaken(some_problem(seed, 40), seed, 5)
    packages = list(product(*map(range, problems[0].sizes)))
    tests = tried(drawn_of(problems), ByDraw.of([one_draw(p) for p in problems]), packages)
    middle = problems[0]
    chosen = menu(tests, lambda one: differences(middle, packages, packages[one]), most, apart)
    assert len(chosen) <= most
    share = tests.within.mean(axis=0)
    left = {k for k in range(len(packages)) if share[k] > 0}
    least = np.full(len(problems), np.inf)
    for place in chosen:
        assert place in left
        together = {k: np.minimum(tests.regret[:, k], least).mean() for k in left}
        assert together[place] <= min(together.values()) + 1e-6
        least = np.minimum(least, tests.regret[:, place])
        left = {
            k
            for k in left - {place}
            if apart_by_loops(middle, packages[k], packages[place]) >= apart - SAME
        }
    assert len(chosen) == most or not left


def test_proposals_are_numbered_by_their_regret():
    """The second chosen helps where the first fails; the third regrets less, so it is 2 (§49)."""
    regret = np.array([[0.0, 0.9, 0.2], [0.0, 0.9, 0.2], [0.9, 0.0, 0.8]])
    tests = Tries(np.ones((3, 3), dtype=bool), 1.0 - regret, regret)
    chosen = menu(tests, lambda one: np.ones(3))
    assert chosen == (0, 1, 2)
    assert by_regret(tests, chosen) == (0, 2, 1)


def apart_by_loops(problem: Problem, one: Package, other: Package) -> float:
    """The largest share of a party's range in which two packages differ, issue by issue."""
    ranges = whole_range(problem)
    shares = [0.0]
    for party in range(len(problem.parties)):
        if ranges[party] > SAME:
            moved = sum(
                abs(w[a, party] - w[b, party])
                for w, a, b in zip(problem.worth, one, other, strict=True)
            )
            shares.append(moved / ranges[party])
    return max(shares)


def test_of_equal_regrets_the_one_within_the_limits_more_often_comes_first():
    """Two packages of equal regret; the second is within the limits in one draw more (§49)."""
    regret = np.array([[0.2, 0.2, 0.3], [0.2, 0.2, 0.3]])
    inside = np.array([[True, True, True], [False, True, True]])
    tests = Tries(inside, 1.0 - regret, regret)
    assert menu(tests, lambda one: np.ones(3), 1) == (1,)


def test_a_package_that_nobody_could_take_is_not_put_forward():
    """A package outside the limits in every draw is never on the menu."""
    tests = Tries(np.array([[False, True]]), np.array([[0.0, 0.0]]), np.array([[0.0, 0.5]]))
    assert menu(tests, lambda one: np.ones(2)) == (1,)
    nowhere = Tries(np.zeros((1, 2), dtype=bool), np.zeros((1, 2)), np.zeros((1, 2)))
    assert menu(nowhere, lambda one: np.ones(2)) == ()


def test_neighbours_on_a_grid_are_not_truly_different():
    """A step of one hundredth of a party's range makes no second proposal."""
    worth = [[[float(x), 100.0 - x] for x in range(101)]]
    problem = problem_of(worth, [0.0, 0.0])
    found = differences(problem, [(x,) for x in range(101)], (50,))
    assert found[51] == pytest.approx(0.01)
    assert found[60] == pytest.approx(APART)


def test_a_swap_of_equal_worth_is_a_difference():
    """What one issue takes and another gives back counts twice, not zero times."""
    problem = problem_of([[[3, 0], [0, 3]], [[3, 0], [0, 3]]], [0, 0])
    assert differences(problem, [(0, 1)], (1, 0)) == pytest.approx([1.0])


def test_draws_can_be_taken_in_portions():
    """Some of the draws, tested alone, give the rows of all tested together."""
    problems = shaken(some_problem(3, 40), 3, 6)
    draws = drawn_of(problems)
    packages = list(product(*map(range, problems[0].sizes)))
    own = ByDraw.of([one_draw(p) for p in problems])
    whole = tried(draws, own, packages)
    parts = [
        tried(portion(draws, a, b), own.portion(slice(a, b)), packages) for a, b in ((0, 4), (4, 6))
    ]
    joined = Tries.joined(parts)
    assert np.array_equal(whole.within, joined.within)
    assert np.array_equal(whole.regret, joined.regret)
    assert np.array_equal(within(draws, packages), whole.within)


def test_draws_join_in_order():
    """Parts of the draws side by side are the draws."""
    ones = [OneDraw(np.array([1.0 * k]), 0.1 * k, (k,), ((True, 0.5),)) for k in range(4)]
    joined = ByDraw.joined([ByDraw.of(ones[:1]), ByDraw.of(ones[1:])])
    whole = ByDraw.of(ones)
    assert joined.packages == whole.packages
    assert np.array_equal(joined.ceiling, whole.ceiling)
    assert np.array_equal(joined.best, whole.best)
    assert np.array_equal(joined.possible, whole.possible)


def test_the_worst_track_is_where_somebody_gets_least_of_what_it_could_there():
    """B gets a quarter of what the second track could bring it; everybody else gets more."""
    worth = [[[10, 0], [0, 10], [5, 5]], [[0, 8], [8, 0], [6, 2]], [[1, 1], [1, 1], [1, 1]]]
    problem = problem_of(worth, [0, 0])
    found = worst_track(problem, (2, 2, 0), [[0], [1], [2]])
    assert found is not None
    assert (found.track, found.party) == (1, 1)
    assert found.share == pytest.approx(0.25)


def test_a_track_about_which_nobody_cares_is_not_the_worst():
    """Where every option is worth the same to everybody there is no share."""
    problem = problem_of([[[1, 1], [1, 1]]], [0, 0])
    assert worst_track(problem, (0,), [[0]]) is None
