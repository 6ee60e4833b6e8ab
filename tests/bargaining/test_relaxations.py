"""What lifting one limit opens, against listing all packages (§43, §46; theory: mediation)."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargaining.listing import problem_of
from bargaining.test_conflicts import SEEDS, crowded
from comity.bargaining.problem import SAME, Floats, Limit, Never, Problem
from comity.bargaining.relaxations import lifting, opened


def within(problem: Problem, without: str | None = None) -> Floats:
    """Utilities of all packages that meet every demand but one, by listing: (packages, parties)."""
    free = replace(problem, limits=tuple(x for x in problem.limits if x.name != without))
    packages = [x for x in product(*map(range, problem.sizes)) if free.allowed([x])[0]]
    held = [party for party in problem.parties if f"{party}: reservation value" != without]
    places = [problem.parties.index(party) for party in held]
    worth = free.utilities(packages)
    return worth[(worth >= problem.reservation - SAME)[:, places].all(axis=1)]


def ceiling_of(points: Floats, reservation: Floats, best: Floats) -> float:
    """The largest smallest normalised gain, by a plain loop."""
    able = [i for i in range(len(best)) if best[i] - reservation[i] > SAME]
    if not len(points) or not able:
        return math.nan
    return max(
        min((x[i] - reservation[i]) / (best[i] - reservation[i]) for i in able) for x in points
    )


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_what_lifting_each_limit_brings_is_what_listing_says(seed):
    """Openings, ceilings on their own and on the common scale, and shortfalls (§43, §46)."""
    problem = crowded(seed)
    found, now = lifting(problem), within(problem)
    assert found.agreeable == bool(len(now))
    free = within(replace(problem, limits=()))
    scaled_by = now if len(now) else free
    best = scaled_by.max(axis=0) if len(scaled_by) else np.full(len(problem.parties), np.nan)
    for one in found.lifted:
        left = within(problem, one.name)
        assert one.opens == (bool(len(left)) and not len(now))
        if one.name.endswith("reservation value"):
            party = problem.parties.index(one.name.split(":")[0])
            short = max(0.0, problem.reservation[party] - left[:, party].max(initial=-np.inf))
            expected = 0.0 if len(now) else short if len(left) else math.nan
            assert one.shortfall == pytest.approx(expected, abs=1e-7, nan_ok=True)
            continue
        own = ceiling_of(left, problem.reservation, left.max(axis=0)) if len(left) else math.nan
        on_scale = ceiling_of(left, problem.reservation, best)
        assert one.ceiling == pytest.approx(own, abs=1e-6, nan_ok=True)
        assert one.on_scale == pytest.approx(on_scale, abs=1e-6, nan_ok=True)
        if one.package is not None:
            assert problem.without(one.name).allowed([one.package])[0]
            gains = (problem.utilities([one.package])[0] - problem.reservation)[
                best - problem.reservation > SAME
            ]
            room = (best - problem.reservation)[best - problem.reservation > SAME]
            assert (gains / room).min() == pytest.approx(on_scale, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_lifting_a_limit_never_lowers_the_ceiling_on_the_common_scale(seed):
    """More packages cannot bring less, which on scales of their own they seem to (theory)."""
    found = lifting(crowded(seed))
    for one in found.lifted:
        if not math.isnan(one.on_scale) and not math.isnan(found.ceiling):
            assert one.on_scale >= found.ceiling - 1e-9


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.booleans())
def test_what_opens_anything_is_found_with_and_without_known_packages(seed, told):
    """Packages known beforehand save time and change nothing."""
    problem = crowded(seed)
    if len(within(problem)):
        problem = replace(
            problem, reservation=problem.utilities([(0,) * len(problem.sizes)])[0] + 50
        )
    pool = list(product(*map(range, problem.sizes)))[::3] if told else []
    if not len(within(problem)):
        expected = {one.name for one in lifting(problem).lifted if one.opens}
        assert opened(problem, pool) == expected
        assert expected == {
            one.name for one in lifting(problem).lifted if len(within(problem, one.name))
        }


def test_the_same_scale_for_every_limit():
    """Lifting a red line that lets a party dream raises the ceiling, though its own scale falls."""
    worth = [[[10.0, 5.0], [5.0, 10.0], [20.0, 0.0], [11.0, 6.0]]]
    line = Limit(
        "B: never", "red line", "B", (Never(((0, np.array([False, False, True, True])),)),)
    )
    found = lifting(problem_of(worth, [0.0, 0.0], (), (line,)))
    assert found.ceiling == pytest.approx(0.5)
    assert found.lifted[0].on_scale == pytest.approx(0.6)
    assert found.lifted[0].ceiling == pytest.approx(0.55)


def test_lifting_a_reservation_value_tells_how_far_below_it_one_would_have_to_go():
    """Two points less and there is a package; the other party gains nothing by the asking."""
    found = lifting(problem_of([[[3.0, 8.0], [8.0, 3.0]]], [5.0, 8.0]))
    by_name = {one.name: one for one in found.lifted}
    assert not found.agreeable
    assert by_name["A: reservation value"].shortfall == pytest.approx(2.0)
    assert by_name["B: reservation value"].shortfall == pytest.approx(5.0)
    assert all(one.opens for one in found.lifted)
