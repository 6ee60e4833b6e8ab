"""Solutions without the frontier are those with it (§45)."""

from dataclasses import replace

import numpy as np
import pytest

from bargaining.frontier.made import problem, random_problem
from bargaining.frontier.plainly import problem_of
from comity.bargaining.alone import solutions_alone
from comity.bargaining.frontier import frontier
from comity.bargaining.problem import Problem
from comity.bargaining.solutions import solutions

NEAR = 1e-6
PROPORTIONS = dict(zip("ABCDEFGHI", (1.0, 2.0, 3.0, 0.5, 1.0, 2.0, 1.0, 1.0, 1.0), strict=True))


def assert_alike(talks: Problem) -> None:
    shares = {party: PROPORTIONS[party] for party in talks.parties}
    wanted, found = solutions(frontier(talks), shares), solutions_alone(talks, shares)
    assert np.allclose(wanted.best, found.best, rtol=0, atol=NEAR, equal_nan=True)
    if not np.isnan(wanted.best).any():
        assert wanted.left_out == found.left_out
    for name, solution in wanted.named.items():
        one = getattr(found, name)
        assert (one is not None) == solution.exists, name
        if one is None:
            continue
        assert one.gap <= NEAR * max(1.0, abs(one.value)), name
        if np.isfinite(solution.value):
            assert one.value == pytest.approx(solution.value, rel=NEAR, abs=NEAR), name
        if name not in ("nash", "utilitarian"):  # these may tie, if only within tolerance
            assert np.abs(solution.points - one.utilities).max(axis=1).min() <= NEAR, name


def with_room(seed: int) -> Problem:
    """A random problem; every second with reservation values that leave something."""
    talks = problem_of(seed)
    points = frontier(talks).points
    low = points.min(axis=0) if len(points) else talks.reservation
    return replace(talks, reservation=low) if seed % 2 else talks


@pytest.mark.parametrize("block", range(4))
def test_solutions_are_those_of_the_frontier(block: int) -> None:
    """Nash, Kalai–Smorodinsky, egalitarian, utilitarian and proportional agree."""
    for seed in range(25 * block, 25 * block + 25):
        assert_alike(with_room(seed))


@pytest.mark.trust
@pytest.mark.parametrize("block", range(10))
def test_solutions_are_those_of_the_frontier_a_thousand_times(block: int) -> None:
    """So they do in a thousand problems more."""
    for seed in range(1000 + 100 * block, 1100 + 100 * block):
        assert_alike(with_room(seed))


@pytest.mark.trust
@pytest.mark.parametrize(
    ("kind", "parties", "sizes"),
    [("opposed", 2, [10] * 21), ("independent", 3, [10] * 12), ("independent", 4, [10] * 6)],
)
def test_solutions_of_large_talks(kind: str, parties: int, sizes: list[int]) -> None:
    """So they do on up to 10²¹ outcomes, with the median outcome for reservation values."""
    talks = random_problem(kind, parties, sizes, 3)
    rows = np.random.default_rng(0).integers(0, sizes, (1000, len(sizes)))
    assert_alike(replace(talks, reservation=np.median(talks.utilities(rows), axis=0)))


def test_nine_parties_out_of_reach_of_the_frontier() -> None:
    """Nine parties over ten issues: every solution with no gap left."""
    talks = random_problem("independent", 9, [4] * 8, 0)
    found = solutions_alone(talks)
    assert found.kalai_smorodinsky is not None
    assert found.kalai_smorodinsky.gap <= NEAR
    reached = found.kalai_smorodinsky.utilities / found.best
    assert found.kalai_smorodinsky.value == pytest.approx(reached.min())
    assert found.nash is not None
    assert found.nash.value >= np.prod(found.kalai_smorodinsky.utilities) * (1 - NEAR)
    assert found.utilitarian is not None
    assert found.utilitarian.value >= found.nash.utilities.sum() - NEAR


def test_a_party_that_can_gain_nothing_is_left_out() -> None:
    """It is named, and the others' solutions are found without it."""
    talks = problem([[1.0, 0.0, 5.0], [0.0, 1.0, 5.0]], [[2.0, 0.0, 0.0], [0.0, 2.0, 0.0]])
    found = solutions_alone(replace(talks, reservation=np.array([0.0, 0.0, 5.0])))
    assert found.left_out == ("C",)
    assert found.nash is not None
    assert found.nash.value == pytest.approx(2.0)


def test_nothing_within_reservation_values() -> None:
    """Without a package that gives everybody its reservation value there is no solution."""
    found = solutions_alone(
        replace(problem([[1.0, 0.0], [0.0, 1.0]]), reservation=np.array([1.0, 1.0]))
    )
    assert np.isnan(found.best).all()
    assert found.nash is found.egalitarian is found.kalai_smorodinsky is None
