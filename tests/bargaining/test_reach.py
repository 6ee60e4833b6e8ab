"""Beyond the frontier's reach the same answers come from integer programmes (§43, §46)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargaining.exactly import some_problem
from bargaining.listing import problem_of
from bargaining.test_conflicts import crowded
from comity.bargaining import ceiling, reach
from comity.bargaining.by_draw import Said, one_draw
from comity.bargaining.conflicts import conflict
from comity.bargaining.problem import SAME
from comity.bargaining.reach import telling
from comity.bargaining.relaxations import lifting, opened

SEEDS = st.integers(0, 10**9)
CLAIMS = (Said(0.6), Said(0.3, ("A",)), Said(0.9, ("B",)))


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_draw_has_the_same_ceiling_and_claims_without_its_frontier(seed):
    """Best, ceiling and bounds agree with those of the frontier (§46)."""
    problem = some_problem(seed, 60)
    by_frontier, alone = one_draw(problem, CLAIMS), one_draw(problem, CLAIMS, alone=True)
    assert alone.best == pytest.approx(by_frontier.best, abs=1e-6, nan_ok=True)
    assert alone.ceiling == pytest.approx(by_frontier.ceiling, abs=1e-6, nan_ok=True)
    for (possible, bound), (now, least) in zip(by_frontier.claims, alone.claims, strict=True):
        assert least == pytest.approx(bound, abs=1e-6, nan_ok=True)
        if math.isnan(bound) or min(abs(bound - said.at_least) for said in CLAIMS) > 1e-6:
            assert now == possible


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_conflicts_and_relaxations_are_the_same_without_frontiers(seed):
    """Smallest conflicts, openings, ceilings and shortfalls agree (§43)."""
    problem = crowded(seed)
    assert conflict(problem, 1000, alone=True) == conflict(problem, 1000)
    by_frontier, alone = lifting(problem), lifting(problem, alone=True)
    assert alone.ceiling == pytest.approx(by_frontier.ceiling, abs=1e-6, nan_ok=True)
    for one, other in zip(by_frontier.lifted, alone.lifted, strict=True):
        assert (one.name, one.opens) == (other.name, other.opens)
        for number in ("ceiling", "on_scale", "shortfall"):
            expected = getattr(one, number)
            assert getattr(other, number) == pytest.approx(expected, abs=1e-6, nan_ok=True)
    if not by_frontier.agreeable:
        assert opened(problem, [], alone=True) == opened(problem, [])


def test_a_frontier_that_would_be_too_large_is_not_waited_for(monkeypatch):
    """With room for one partial package only, the programmes answer, claims included."""
    problem = problem_of([[[1, 0], [0, 1]]] * 6, [1, 1])
    usual = one_draw(problem, CLAIMS)
    monkeypatch.setattr(reach, "MOST_KEPT", 1)
    found = telling(problem, problem.reservation)
    assert isinstance(found, reach.Few)
    assert list(found.at(0)) == [found.first(0)]
    least = one_draw(problem, CLAIMS)
    assert least.ceiling == pytest.approx(usual.ceiling)
    assert least.ceiling == pytest.approx(0.5)
    assert [bound for _, bound in least.claims] == pytest.approx([b for _, b in usual.claims])


def test_where_nothing_is_possible_there_are_no_points():
    """Both want all of one thing."""
    found = telling(problem_of([[[1, 0], [0, 1]]], [1, 1]), np.ones(2), alone=True)
    assert found.points.shape == (0, 2)


def test_nobody_with_room_to_gain_is_asked_for_nothing():
    """Without a span for anybody there is no smallest share."""
    problem = problem_of([[[1, 1]]], [1, 1])
    assert reach.most_for_least(problem, np.ones(2), np.ones(2), np.full(2, SAME / 2)) is None


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_claims_about_the_same_parties_are_answered_as_if_asked_one_by_one(seed):
    """What is shared between claims changes no answer (§46)."""
    problem = some_problem(seed, 60)
    claims = [Said(share) for share in (0.0, 0.5, 0.8, 1.0)] + [Said(0.9, ("A",))]
    found = one_draw(problem, claims)
    for said, (possible, bound) in zip(claims, found.claims, strict=True):
        asked = ceiling.test_claim(problem, said.at_least, said.parties)
        assert possible == asked.possible
        if asked.package is not None:
            assert bound == pytest.approx(asked.bound, abs=1e-7, nan_ok=True)
