"""What there is no frontier of, what is too large, and what is told on the way."""

from dataclasses import replace

import numpy as np
import pytest

from bargaining.frontier.made import problem, random_problem
from comity.bargaining.frontier import frontier, work
from comity.bargaining.problem import AtMost, Interaction, Limit, Never
from comity.errors import UnsupportedError

YES, NO = np.array([True, False]), np.array([False, True])
TABLE = [[1.0, 0.0], [0.0, 1.0]]


def never(name: str, *marked: tuple[int, np.ndarray]) -> Limit:
    return Limit(name, "link", None, (Never(marked),))


@pytest.mark.parametrize(
    "limits",
    [
        [never("a", (0, YES)), never("b", (0, NO))],
        [never("a", (0, YES | NO), (1, YES | NO))],
        [never("a", (0, x), (1, y)) for x in (YES, NO) for y in (YES, NO)],
        [Limit("c", "link", None, (), (AtMost(((0, np.ones(2)), (1, np.ones(2))), 1.5),))],
        [
            Limit("c", "link", None, (), (AtMost(((0, np.array([0.0, 5.0])),), 1.0),)),
            never("a", (0, YES), (1, YES)),
            never("b", (0, YES), (1, NO)),
        ],
    ],
    ids=["both options", "all of both", "every pair", "a cap", "a cap and pairs"],
)
def test_limits_that_leave_nothing(limits: list[Limit]) -> None:
    """Contradictory limits give a frontier without points, not an error (§43)."""
    front = frontier(problem(TABLE, TABLE, TABLE, limits=limits))
    assert front.points.shape == (0, 2)
    assert front.counts == ()
    assert front.packages == 0
    assert front.epsilon == 0.0


def test_a_floor_that_nobody_reaches() -> None:
    """With ``above`` out of reach there are no points."""
    assert not len(frontier(problem(TABLE, TABLE), above=np.array([2.0, 1.0])).points)


@pytest.mark.parametrize("parties", [2, 3, 4])
def test_too_much_to_keep(parties: int) -> None:
    """More partial packages than may be kept: refused, with how far it came and advice."""
    talks = random_problem("opposed", parties, [6] * 6, 0)
    with pytest.raises(UnsupportedError) as refused:
        frontier(talks, most=50)
    assert "more than 50 partial packages are undominated" in str(refused.value)
    assert "of 6 additions of issues done" in str(refused.value)
    assert "epsilon" in refused.value.mend


def test_too_much_to_keep_among_linked_issues() -> None:
    """Linked issues are refused alike."""
    amounts = tuple((k, np.arange(6.0)) for k in range(6))
    cap = Limit("cap", "link", None, (), (AtMost(amounts, 15.0),))
    with pytest.raises(UnsupportedError, match="more than 50 partial packages"):
        frontier(random_problem("opposed", 2, [6] * 6, 0, limits=[cap]), most=50)


def test_too_much_to_compare(monkeypatch: pytest.MonkeyPatch) -> None:
    """More sums than can be compared in an hour are refused before they are tried."""
    monkeypatch.setattr(work, "LONGEST", 100)
    with pytest.raises(UnsupportedError, match="sums would have to be compared"):
        frontier(random_problem("opposed", 2, [20, 20], 0))


@pytest.mark.parametrize("parties", [2, 3, 4])
def test_more_work_than_asked_for(parties: int) -> None:
    """More comparisons than may be made: refused, with how far it came, whatever the time."""
    talks = random_problem("opposed", parties, [9] * 6, 0)
    with pytest.raises(UnsupportedError, match="comparisons are needed"):
        frontier(talks, effort=3_000)
    assert len(frontier(talks, effort=10**9).points)


def test_more_states_than_asked_for() -> None:
    """Issues that all interact open too many states: refused before they are built."""
    rng = np.random.default_rng(0)
    pairs = [
        Interaction(a, b, rng.integers(0, 9, (4, 4, 2)).astype(float))
        for b in range(9)
        for a in range(b)
    ]
    talks = replace(random_problem("opposed", 2, [4] * 9, 0), interactions=tuple(pairs))
    with pytest.raises(UnsupportedError, match="comparisons are needed"):
        frontier(talks, effort=10**7)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_worth_that_is_no_number(bad: float) -> None:
    """NaN or infinite worth is refused."""
    with pytest.raises(UnsupportedError, match="not a finite number"):
        frontier(problem([[1.0, bad]]))


@pytest.mark.parametrize("epsilon", [-1.0, float("nan")])
def test_an_approximation_closer_than_exact(epsilon: float) -> None:
    """A negative epsilon, or none at all, is refused."""
    with pytest.raises(UnsupportedError, match="closer than exact"):
        frontier(problem(TABLE), epsilon=epsilon)


@pytest.mark.parametrize("parties", [2, 4])
def test_progress_never_falls_and_ends_at_one(parties: int) -> None:
    """Whoever asks is told the share done, from 0 up to 1."""
    told: list[float] = []
    links = [never("a", (0, np.arange(5) < 2), (1, np.arange(5) < 2))]
    frontier(random_problem("opposed", parties, [5] * 5, 1, limits=links), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 5
    assert min(told) >= 0.0


def test_floors_that_do_not_bind_and_floors_that_are_none() -> None:
    """A floor may be infinite, either way; one that is no number is refused."""
    talks = problem(TABLE, TABLE)
    assert len(frontier(talks, above=np.array([-np.inf, 1.0])).points) == 2
    assert not len(frontier(talks, above=np.array([0.0, np.inf])).points)
    with pytest.raises(UnsupportedError, match="not a number"):
        frontier(talks, above=np.array([np.nan, 0.0]))


def test_any_approximation_at_all() -> None:
    """With an infinite epsilon something is listed all the same."""
    assert len(frontier(problem(TABLE, TABLE), epsilon=np.inf).points)


def test_one_party() -> None:
    """One party has a best package, not a frontier."""
    with pytest.raises(UnsupportedError, match="two parties"):
        frontier(problem([[1.0], [2.0]]))
