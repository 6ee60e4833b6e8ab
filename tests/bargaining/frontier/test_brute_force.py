"""The frontier against brute force, on random problems small enough to list."""

import numpy as np
import pytest

from bargaining.frontier.plainly import NEAR, frontier_of, problem_of
from comity.bargaining.frontier import frontier
from comity.bargaining.problem import Floats, Package


def found(seed: int, above: Floats | None = None) -> list[tuple[Floats, set[Package]]]:
    """The frontier's points and all packages listed on each, none of them twice."""
    front = frontier(problem_of(seed), above=above)
    points = []
    for place, point in enumerate(front.points):
        listed = list(front.at(place))
        assert len(listed) == len(set(listed)) == front.counts[place]
        assert front.first(place) in listed
        points.append((point, set(listed)))
    assert front.packages == sum(len(listed) for _, listed in points)
    return points


def assert_alike(seed: int, above: Floats | None = None) -> None:
    wanted = {frozenset(each): point for point, each in frontier_of(problem_of(seed), above)}
    got = {frozenset(each): point for point, each in found(seed, above)}
    assert got.keys() == wanted.keys(), seed
    assert all(np.abs(got[each] - wanted[each]).max() <= NEAR for each in wanted), seed


@pytest.mark.parametrize("block", range(20))
def test_the_frontier_is_that_of_all_packages_with_every_tie(block: int) -> None:
    """Points and packages on them are those of brute force in a thousand random problems (§44)."""
    for seed in range(50 * block, 50 * block + 50):
        assert_alike(seed)


@pytest.mark.trust
@pytest.mark.parametrize("block", range(20))
def test_ten_thousand_more(block: int) -> None:
    """So they are in ten thousand more."""
    for seed in range(10_000 + 500 * block, 10_000 + 500 * block + 500):
        assert_alike(seed)
