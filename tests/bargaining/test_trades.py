"""Trades against plain loops over every pair of moves (§48)."""

from __future__ import annotations

from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargaining.exactly import some_problem
from bargaining.listing import problem_of
from comity.bargaining import pairs
from comity.bargaining import trades as module
from comity.bargaining.problem import SAME, Limit, Never, Package, Problem
from comity.bargaining.ranges import open_options, whole_range
from comity.bargaining.trades import bargain, best_trades, both_gain, trades

SEEDS = st.integers(0, 10**9)


def base_of(problem: Problem) -> Package:
    """Some package that breaks no limit, else the first."""
    packages = list(product(*map(range, problem.sizes)))
    allowed = problem.allowed(packages)
    return packages[int(np.argmax(allowed))]


def by_loops(problem: Problem, base: Package) -> dict[tuple[int, int, int, int], float]:
    """For two parties and two issues the largest smaller gain, as a share of their ranges."""
    found: dict[tuple[int, int, int, int], float] = {}
    ranges, usable = whole_range(problem), open_options(problem)
    at = problem.utilities([base])[0]
    for first, second in combinations(range(len(problem.parties)), 2):
        for gives, gets in permutations(range(len(problem.issues)), 2):
            for one, other in product(range(problem.sizes[gives]), range(problem.sizes[gets])):
                given_up, taken = list(base), list(base)
                given_up[gives], taken[gets] = one, other
                both = list(given_up)
                both[gets] = other
                alone = problem.utilities([tuple(given_up)])[0] - at
                back = problem.utilities([tuple(taken)])[0] - at
                total = problem.utilities([tuple(both)])[0] - at
                ways = alone[first] <= SAME < alone[second] and back[second] <= SAME < back[first]
                if not (ways and usable[gives][one] and usable[gets][other]):
                    continue
                if (
                    total[first] > SAME
                    and total[second] > SAME
                    and problem.allowed([tuple(both)])[0]
                ):
                    shares = [total[p] / ranges[p] for p in (first, second) if ranges[p] > SAME]
                    key = (first, second, gives, gets)
                    found[key] = max(
                        found.get(key, 0.0), min([*shares, *[0.0] * (2 - len(shares))])
                    )
    return found


@settings(max_examples=120, deadline=None)
@given(SEEDS)
def test_the_best_trade_for_every_two_parties_and_issues_is_found(seed):
    """Trades are those that loops over all pairs of moves find, with the same gains (§48)."""
    problem = some_problem(seed, 80)
    base = base_of(problem)
    found = trades(bargain(problem, base, None))
    expected = by_loops(problem, base)
    keys = [(*t.parties, t.moves[0].issue, t.moves[1].issue) for t in found]
    assert sorted(keys) == sorted(expected)
    for key, trade in zip(keys, found, strict=True):
        assert trade.smaller == pytest.approx(expected[key], abs=1e-9)


@settings(max_examples=120, deadline=None)
@given(SEEDS)
def test_a_trade_leaves_both_really_better_off_and_breaks_no_limit(seed):
    """The package after the trade is allowed, and worth more to both than the one before."""
    problem = some_problem(seed, 80)
    start = bargain(problem, base_of(problem), None)
    for trade in trades(start):
        before, after = problem.utilities([trade.before, trade.after])
        assert all(after[party] > before[party] + SAME / 2 for party in trade.parties)
        assert problem.allowed([trade.after])[0]
        changed = [
            k for k, (a, b) in enumerate(zip(trade.before, trade.after, strict=True)) if a != b
        ]
        assert sorted(changed) == sorted(move.issue for move in trade.moves)
        ranges = np.where(start.ranges > SAME, start.ranges, np.inf)
        assert trade.effects == pytest.approx((after - before) / ranges)


@settings(max_examples=120, deadline=None)
@given(SEEDS)
def test_trades_are_ranked_by_the_smaller_gain_then_by_the_sum(seed):
    """No trade further down the list is better by both (§48)."""
    found = trades(bargain(some_problem(seed, 80), None, None))
    ranks = [(trade.smaller, trade.sum) for trade in found]
    assert ranks == sorted(ranks, reverse=True)


def test_the_textbook_trade():
    """A cares for the border, B for the road: each gives way where the other cares more.

    Weights 80 and 20 for A, 20 and 80 for B. Giving way on the road costs A 20 of 100 and brings
    B 80: it matters four times more to B.
    """
    problem = problem_of([[[80.0, 0.0], [0.0, 20.0]], [[20.0, 0.0], [0.0, 80.0]]], [0.0, 0.0])
    (best,) = [t for t in trades(bargain(problem, None, None)) if t.moves[0].issue == 1]
    assert best.losses == pytest.approx((0.2, 0.2))
    assert best.gains == pytest.approx((0.8, 0.8))
    assert best.effects == pytest.approx([0.6, 0.6])
    assert best.moves[0].giver == 0
    assert (best.moves[0].before, best.moves[0].after) == (0, 1)


def test_what_a_trade_does_to_a_third_party_is_shown():
    """C loses by what A and B agree."""
    worth = [[[80, 0, 9], [0, 20, 9]], [[20, 0, 9], [0, 80, 0]]]
    (best,) = [
        t
        for t in trades(bargain(problem_of(worth, [0, 0, 0]), None, None))
        if t.parties == (0, 1) and t.moves[0].issue == 1
    ]
    assert best.effects[2] == pytest.approx(-1.0)


def test_an_option_ruled_out_by_itself_is_no_place_to_start_or_end():
    """A's best is B's red line: A starts from its best option that may stand."""
    line = Limit("B: no", "red line", "B", (Never(((0, np.array([True, False, False])),)),))
    problem = problem_of([[[100, 0], [80, 1], [0, 20]], [[20, 0], [0, 80]]], [0, 0], (), (line,))
    start = bargain(problem, None, None)
    assert start.start(0, 0, 1) == 1
    assert all(move.before != 0 for t in trades(start) for move in t.moves if move.issue == 0)


def test_one_issue_leaves_nothing_to_trade():
    """A trade needs two issues."""
    assert trades(bargain(problem_of([[[1, 0], [0, 1]]], [0, 0]), None, None)) == []


def test_many_pairs_of_moves_are_weighed_some_at_a_time(monkeypatch):
    """Rows taken in small portions give the same trades."""
    problem = some_problem(5, 120)
    whole = trades(bargain(problem, base_of(problem), None))
    monkeypatch.setattr(module, "CHUNK", 1)
    monkeypatch.setattr(pairs, "AT_A_TIME", 3)
    monkeypatch.setattr(pairs, "ROWS_AT_A_TIME", 2)
    apart = trades(bargain(problem, base_of(problem), None))
    assert [(t.moves, t.after) for t in whole] == [(t.moves, t.after) for t in apart]


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 4))
def test_the_first_trades_are_those_of_the_whole_list(seed, most):
    """Asking for a few trades gives the first of all of them, and counts them all (§48)."""
    start = bargain(some_problem(seed, 80), None, None)
    whole, (few, count) = trades(start), best_trades(start, most)
    assert count == len(whole)
    assert [(t.moves, t.smaller) for t in few] == [(t.moves, t.smaller) for t in whole[:most]]


def test_hundreds_of_issues_are_weighed_at_once():
    """300 issues make 90,000 pairs of issues: the best are found, all are counted."""
    rng = np.random.default_rng(1)
    problem = problem_of(rng.integers(0, 100, (300, 4, 2)).astype(float).tolist(), [0.0, 0.0])
    start = bargain(problem, (0,) * 300, None)
    found, count = best_trades(start, 10)
    assert len(found) == 10 < count
    assert all((trade.effects > 0.0).all() for trade in found)


def test_in_which_draws_both_are_better_off():
    """Both must gain, whatever a third party does."""
    problem = problem_of([[[80, 0, 9], [0, 20, 9]], [[20, 0, 9], [0, 80, 0]]], [0, 0, 0])
    trade = next(t for t in trades(bargain(problem, None, None)) if t.parties == (0, 1))
    change = np.array([[1.0, 1.0, -5.0], [1.0, 0.0, 5.0], [-1.0, 1.0, 0.0]])
    assert both_gain(change, trade).tolist() == [True, False, False]
