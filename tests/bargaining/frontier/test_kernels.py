"""The three ways of comparing sums against each other and against listing, on larger problems."""

import numpy as np
import pytest

from bargaining.frontier.made import random_problem
from comity.bargaining.frontier import Frontier, frontier
from comity.bargaining.problem import Floats, Interaction, Limit, Never, Problem


def with_indifferent(problem: Problem, others: int) -> Problem:
    """The same talks with more parties to whom all is alike."""
    count = len(problem.parties) + others
    worth = tuple(np.pad(each, ((0, 0), (0, others))) for each in problem.worth)
    return Problem(
        tuple("ABCDEFGHI"[:count]),
        problem.issues,
        problem.options,
        worth,
        np.zeros(count),
        np.ones(count),
        (),
        problem.limits,
    )


def alike(one: Frontier, other: Frontier) -> bool:
    parties = len(one.problem.parties)
    return np.array_equal(one.points, other.points[:, :parties]) and one.counts == other.counts


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("kind", ["independent", "opposed"])
def test_sorted_runs_staircase_and_tree_agree(kind: str, seed: int) -> None:
    """A party that does not care changes the method, not the frontier."""
    two = random_problem(kind, 2, [5, 6, 4, 5, 3, 7], seed)
    front = frontier(two)
    assert alike(front, frontier(with_indifferent(two, 1)))
    assert alike(front, frontier(with_indifferent(two, 2)))
    three = random_problem(kind, 3, [5, 4, 5, 3], seed)
    assert alike(frontier(three), frontier(with_indifferent(three, 1)))


def efficient(worth: Floats) -> Floats:
    """Undominated rows by one sorted pass over many, in the plainest way."""
    worth = np.unique(worth, axis=0)
    worth = worth[np.argsort(-worth.sum(axis=1), kind="stable")]
    kept = np.zeros((0, worth.shape[1]))
    for row in worth:
        if not (kept >= row).all(axis=1).any():
            kept = np.vstack([kept, row])
    return kept[np.lexsort(kept.T[::-1])]


def everything(problem: Problem) -> Floats:
    rows = np.indices(problem.sizes).reshape(len(problem.sizes), -1).T
    return problem.utilities(rows[problem.allowed(rows)])


@pytest.mark.trust
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("parties", [2, 3, 4, 5])
def test_larger_talks_with_links_against_listing(parties: int, seed: int) -> None:
    """Tens of thousands of packages under links and interactions: the points are those listed."""
    rng = np.random.default_rng(seed)
    sizes = [4, 3, 5, 4, 3, 5, 6] if parties < 4 else [4, 3, 5, 4, 3]
    limits = []
    for name in range(5):
        issues = rng.choice(len(sizes), int(rng.integers(2, 4)), replace=False)
        marked = tuple((int(k), rng.random(sizes[k]) < 0.5) for k in issues)
        limits.append(Limit(f"n{name}", "link", None, (Never(marked),)))
    pairs = [sorted(rng.choice(len(sizes), 2, replace=False).tolist()) for _ in range(4)]
    interactions = tuple(
        Interaction(a, b, rng.integers(-3, 4, (sizes[a], sizes[b], parties)).astype(float))
        for a, b in pairs
    )
    talks = random_problem(
        "independent", parties, sizes, seed, limits=limits, interactions=interactions
    )
    points, wanted = frontier(talks).points, efficient(everything(talks))
    assert len(points) == len(wanted)
    assert np.allclose(points[np.lexsort(points.T[::-1])], wanted, rtol=0, atol=1e-9)
