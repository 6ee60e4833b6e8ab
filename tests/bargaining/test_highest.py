"""Optimising without the frontier: HiGHS against brute force and against the frontier."""

import itertools
from random import Random

import numpy as np
import pytest

from bargaining.frontier.made import problem, random_problem
from bargaining.frontier.plainly import broken, problem_of, utility
from comity.bargaining.frontier import frontier
from comity.bargaining.highest import Programme, highest
from comity.bargaining.problem import AtMost, Floats, Interaction, Limit, Never, Problem
from comity.errors import UnsupportedError

NEAR = 1e-7


def listed_highest(talks: Problem, weights: Floats, above: Floats | None) -> float | None:
    """The largest weighted sum by looking at every package."""
    rows = np.array(list(itertools.product(*map(range, talks.sizes))))
    worth = np.array([utility(talks, row) for row in rows if not broken(talks, row)])
    if above is not None and len(worth):
        worth = worth[(worth >= above - 1e-9).all(axis=1)]
    return float((worth @ weights).max()) if len(worth) else None


def assert_highest(seed: int) -> None:
    talks, rng = problem_of(seed), Random(seed)
    weights = np.array([rng.choice([0.0, 1.0, rng.random()]) for _ in talks.parties])
    above = talks.reservation if rng.random() < 0.5 else None
    wanted, found = listed_highest(talks, weights, above), highest(talks, weights, above)
    if wanted is None:
        assert found is None
        return
    assert found is not None
    assert found.value == pytest.approx(wanted, abs=NEAR)
    assert found.gap <= NEAR
    assert talks.allowed([found.package])[0]
    assert found.utilities.tolist() == talks.utilities([found.package])[0].tolist()


@pytest.mark.parametrize("block", range(5))
def test_the_largest_weighted_sum(block: int) -> None:
    """HiGHS finds what listing finds, under links, caps, interactions and floors."""
    for seed in range(50 * block, 50 * block + 50):
        assert_highest(seed)


@pytest.mark.trust
@pytest.mark.parametrize("block", range(10))
def test_the_largest_weighted_sum_thousands_of_times(block: int) -> None:
    """So it does in thousands of problems more."""
    for seed in range(1000 + 300 * block, 1300 + 300 * block):
        assert_highest(seed)


LARGE = {
    "2 parties, 10^21": ("opposed", 2, [10] * 21),
    "2 parties, 10^21, independent": ("independent", 2, [10] * 21),
    "3 parties, 10^12": ("independent", 3, [10] * 12),
    "3 parties, 10^12, opposed": ("opposed", 3, [10] * 12),
    "4 parties, 10^8": ("independent", 4, [10] * 8),
}


def assert_confirmed(talks: Problem, rng: np.random.Generator) -> None:
    """The frontier's largest weighted sums, and the most each party can have, are HiGHS's."""
    points = frontier(talks).points
    assert len(points)
    for weights in [*np.eye(len(talks.parties)), *rng.random((3, len(talks.parties)))]:
        found = highest(talks, weights)
        assert found is not None
        assert found.gap <= NEAR
        assert found.value == pytest.approx(float((points @ weights).max()), abs=NEAR)


@pytest.mark.trust
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", LARGE)
def test_highs_confirms_the_linear_solutions_of_large_talks(name: str, seed: int) -> None:
    """On 10⁸ to 10²¹ outcomes HiGHS and the frontier agree on every linear solution."""
    kind, parties, sizes = LARGE[name]
    assert_confirmed(random_problem(kind, parties, sizes, seed), np.random.default_rng(seed))


@pytest.mark.trust
@pytest.mark.parametrize("seed", range(5))
def test_highs_confirms_them_under_links(seed: int) -> None:
    """So they do on 5¹⁴ outcomes under a budget, forbidden pairs and interactions."""
    rng = np.random.default_rng(seed)
    sizes = [5] * 14
    amounts = tuple((k, rng.integers(0, 9, 5).astype(float)) for k in range(0, 14, 2))
    limits = [Limit("cap", "link", None, (), (AtMost(amounts, 25.0),))]
    for name in range(8):
        pair = rng.choice(14, 2, replace=False).tolist()
        marked = tuple((k, rng.random(5) < 0.4) for k in pair)
        limits.append(Limit(f"n{name}", "link", None, (Never(marked),)))
    pairs = [sorted(rng.choice(14, 2, replace=False).tolist()) for _ in range(5)]
    together = tuple(Interaction(a, b, 3 * rng.normal(size=(5, 5, 2))) for a, b in pairs)
    talks = random_problem("opposed", 2, sizes, seed, limits=limits, interactions=together)
    assert_confirmed(talks, rng)


def test_a_package_within_the_solvers_tolerance_only_is_excluded() -> None:
    """A package that misses what was asked by a little more than 10⁻⁹ is not given out."""
    talks = problem([[1.0 - 3e-9, 5.0], [1.0, 0.0]])
    found = highest(talks, [0.0, 1.0], above=np.array([1.0, 0.0]))
    assert found is not None
    assert found.package == (1,)
    assert highest(talks, [0.0, 1.0], above=np.array([1.0, 1.0])) is None


def test_no_answer_in_no_time() -> None:
    """Without time for an answer it says so."""
    programme = Programme(random_problem("independent", 9, [5] * 20, 0), np.full(9, 45.0), 0.0)
    with pytest.raises(UnsupportedError, match="without an answer"):
        programme.solved()
