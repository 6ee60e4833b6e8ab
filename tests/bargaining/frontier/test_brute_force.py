"""The frontier against brute force, on random problems small enough to list."""

import itertools
from random import Random

import numpy as np
import pytest

from bargaining.frontier.plainly import NEAR, frontier_of, problem_of
from comity.bargaining.frontier import Frontier, frontier, work
from comity.bargaining.problem import Floats, Package, Problem


def listed(front: Frontier) -> dict[frozenset[Package], Floats]:
    """All packages listed on each point, none of them twice, with the point."""
    points = {}
    for place, point in enumerate(front.points):
        packages = list(front.at(place))
        assert len(packages) == len(set(packages)) == front.counts[place]
        assert front.first(place) in packages
        points[frozenset(packages)] = point
    assert front.packages == sum(map(len, points))
    assert (np.diff(front.points[:, 0]) <= NEAR).all()
    return points


def assert_alike(problem: Problem, above: Floats | None = None) -> None:
    wanted = {frozenset(each): point for point, each in frontier_of(problem, above)}
    got = listed(frontier(problem, above=above))
    assert got.keys() == wanted.keys()
    assert all(np.abs(got[each] - wanted[each]).max() <= NEAR for each in wanted)


def every_package(problem: Problem) -> Floats:
    """What each allowed package is worth."""
    rows = np.array(list(itertools.product(*map(range, problem.sizes))), dtype=np.int64)
    return problem.utilities(rows[problem.allowed(rows)])


@pytest.mark.parametrize("block", range(20))
def test_the_frontier_is_that_of_all_packages_with_every_tie(block: int) -> None:
    """Points and packages on them are those of brute force in a thousand random problems (§44)."""
    for seed in range(50 * block, 50 * block + 50):
        assert_alike(problem_of(seed))


@pytest.mark.trust
@pytest.mark.parametrize("block", range(24))
def test_so_it_is_in_twelve_thousand_more(block: int) -> None:
    """Points and packages on them are those of brute force in twelve thousand more."""
    for seed in range(10_000 + 500 * block, 10_000 + 500 * block + 500):
        assert_alike(problem_of(seed))


def test_random_problems_have_what_can_go_wrong() -> None:
    """Among the random problems are ties, links, caps, interactions, losses and empty frontiers."""
    found = dict.fromkeys(("tied", "empty", "cap", "never", "together", "negative", "five"), 0)
    for seed in range(300):
        problem = problem_of(seed)
        points = frontier_of(problem)
        found["tied"] += any(len(packages) > 1 for _, packages in points)
        found["empty"] += not points
        found["cap"] += any(limit.at_most for limit in problem.limits)
        found["never"] += any(limit.never for limit in problem.limits)
        found["together"] += bool(problem.interactions)
        found["negative"] += any((worth < 0).any() for worth in problem.worth)
        found["five"] += len(problem.parties) == 5
    assert min(found.values()) >= 10, found


def floor_of(problem: Problem, seed: int) -> Floats:
    """Something to be above: between the worst and the best, or just what a package is worth."""
    rng, worth = Random(seed), problem.utilities(np.zeros((1, len(problem.issues)), dtype=int))
    every = every_package(problem) if problem.allowed([(0,) * len(problem.issues)])[0] else worth
    low, high = every.min(axis=0), every.max(axis=0)
    some = every[rng.randrange(len(every))]
    share = rng.choice([0.3, 0.5, 1.0])
    picked = [rng.choice([rng.uniform(a, b), c]) for a, b, c in zip(low, high, some, strict=True)]
    return low + share * (np.array(picked) - low)


@pytest.mark.parametrize("block", range(6))
def test_only_what_reaches_a_floor(block: int) -> None:
    """With ``above`` the frontier is that of the packages that give everybody at least so much."""
    for seed in range(50 * block, 50 * block + 50):
        problem = problem_of(seed)
        assert_alike(problem, floor_of(problem, seed))


def assert_certified(problem: Problem, epsilon: float) -> bool:
    """Listed points are attained, and each package has one no more than epsilon worse."""
    front, worth = frontier(problem, epsilon=epsilon), every_package(problem)
    assert front.epsilon <= epsilon
    for packages, point in listed(front).items():
        for package in packages:
            assert problem.allowed([package])[0]
            assert np.abs(problem.utilities([package])[0] - point).max() <= NEAR
    if len(worth):
        near = front.points[None] >= worth[:, None] - front.epsilon - NEAR
        assert near.all(axis=2).any(axis=1).all()
    else:
        assert not len(front.points)
    return front.epsilon > 0


@pytest.mark.parametrize("block", range(6))
def test_an_approximation_is_certified(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With epsilon every package has a listed point no more than that worse for anybody (§44)."""
    monkeypatch.setattr(work, "ROOMY", 0)
    used = 0
    for seed in range(50 * block, 50 * block + 50):
        problem = problem_of(seed)
        worth = every_package(problem)
        spread = float(np.ptp(worth, axis=0).max()) if len(worth) else 1.0
        used += assert_certified(problem, spread * Random(seed).choice([0.02, 0.1, 0.5]))
    assert used > 10


def test_a_small_frontier_is_exact_even_if_an_approximation_would_do() -> None:
    """Epsilon is not drawn upon where there is little to compare."""
    front = frontier(problem_of(4), epsilon=5.0)
    assert front.epsilon == 0.0
    assert np.array_equal(front.points, frontier(problem_of(4)).points)
