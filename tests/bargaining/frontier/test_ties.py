"""Packages that are worth the same to everybody, however their sums are rounded (§41)."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from bargaining.frontier.made import problem
from comity.bargaining.frontier import frontier
from comity.bargaining.frontier.steps import steps


def test_decimals_tie() -> None:
    """0.1 + 0.2 is 0.3, whichever issue gives it."""
    talks = problem([[0.1, 1], [0.3, 1]], [[0.2, 2], [0.0, 2]], [[0.0, 0]])
    front = frontier(talks)
    assert front.points.tolist() == [[0.5, 3.0]]
    tied = problem([[0.1, 1], [0.3, 0]], [[0.2, 2], [0.0, 3]])
    assert frontier(tied).counts == (1, 2, 1)


def test_thirds_tie() -> None:
    """A third and two thirds are one, in any order and next to sevenths."""
    thirds = [[k / 3, (6 - k) / 7] for k in range(7)]
    front = frontier(problem(thirds, thirds, thirds))
    assert len(front.points) == 19
    ways = [
        sum(sum(way) == total for way in itertools.product(range(7), repeat=3))
        for total in range(19)
    ]
    assert list(front.counts) == ways[::-1]


def test_thirds_are_counted_in_whole_steps() -> None:
    """Worth in thirds and sevenths is whole in steps, so that sums of it are exact."""
    counted = steps(problem([[1 / 3, 1 / 7], [2 / 3, 0.5]]))
    assert 3 * counted.worth[0][0, 0] == counted.per_point[0]
    assert 7 * counted.worth[0][0, 1] == counted.per_point[1]
    assert 2 * counted.worth[0][1, 1] == counted.per_point[1]


@pytest.mark.parametrize("parties", [2, 3, 4])
def test_equal_floats_tie_when_they_change_places(parties: int) -> None:
    """The same plain floats on several issues: packages that permute them are on one point."""
    rng = np.random.default_rng(parties)
    table = rng.random((4, parties)).tolist()
    front = frontier(problem(*[table] * 5))
    for place in range(len(front.points)):
        kinds = {tuple(sorted(package)) for package in front.at(place)}
        assert len(kinds) == 1
        (kind,) = kinds
        assert front.counts[place] == len(set(itertools.permutations(kind)))


def test_sums_that_are_no_decimals_and_no_fractions_tie() -> None:
    """Square roots split in two unequal parts: sums that are equal in truth are one point."""
    root = 2**0.5
    parts = [0.1 * root, 0.2 * root, 0.7 * root]
    rows = [[part, -part] for part in parts]
    front = frontier(problem(rows, rows, rows))
    sums = {
        sum(Fraction(str(k)) for k in way) for way in itertools.product([0.1, 0.2, 0.7], repeat=3)
    }
    assert len(front.points) == len(sums)
    assert front.packages == 27


def test_less_than_a_billionth_does_not_better() -> None:
    """A package that is worse by less than 10⁻⁹ is on the same point; by more, it is off."""
    near = problem([[1.0, 1.0], [1.0 - 5e-10, 1.0], [1.0 - 2e-9, 1.0]])
    front = frontier(near)
    assert front.counts == (2,)
    assert set(front.at(0)) == {(0,), (1,)}


def test_worse_by_less_than_a_billionth_saves_nothing() -> None:
    """A package is off the frontier if another is as good within 10⁻⁹ and better by more."""
    front = frontier(problem([[1.0, 2.0], [1.0 + 5e-10, 1.0]]))
    assert front.counts == (1,)
    assert front.first(0) == (0,)


def test_more_packages_than_can_be_listed() -> None:
    """Counts are exact beyond any machine's whole numbers; packages come one by one."""
    options = [[1.0, 0.0]] * 10 + [[0.0, 1.0]]
    front = frontier(problem(*[options] * 60))
    assert len(front.points) == 61
    assert front.counts[0] == 10**60
    assert front.packages == 11**60
    some = list(itertools.islice(front.at(0), 1000))
    assert len(set(some)) == 1000
    assert all(max(package) < 10 for package in some)


def test_a_thousand_issues() -> None:
    """Walking back to packages needs no deep recursion."""
    front = frontier(problem(*[[[1.0, 0.0], [0.0, 1.0]]] * 1000))
    assert len(front.points) == 1001
    assert sum(front.first(400)) == 400
    assert front.packages == 2**1000
