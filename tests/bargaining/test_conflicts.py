"""Smallest conflicts against enumeration of all sets of limits and all packages (§43)."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargaining.exactly import broken, kinds, some_limit, some_problem
from bargaining.listing import problem_of
from comity.bargaining import conflicts
from comity.bargaining.conflicts import conflict, demands, for_parties
from comity.bargaining.hitting import smallest
from comity.bargaining.problem import SAME, Limit, Never, Problem

SEEDS = st.integers(0, 10**9)


def crowded(seed: int) -> Problem:
    """A small problem with many limits and high reservation values."""
    rng = random.Random(seed)
    problem = some_problem(seed, 60)
    limits = [some_limit(rng, f"limit {k}", list(problem.sizes)) for k in range(rng.randint(0, 6))]
    number = rng.choice(kinds(rng))
    raised = (
        problem.reservation
        + np.array([abs(number()) * rng.randint(0, 2) for _ in "ABCDE"])[: len(problem.parties)]
    )
    return replace(problem, limits=tuple(limits), reservation=raised)


def unmet(problem: Problem) -> list[frozenset[str]]:
    """For every package the demands it breaks, by plain loops."""
    found = []
    for x in product(*map(range, problem.sizes)):
        names = {limit.name for limit in problem.limits if broken(limit, x)}
        worth = problem.utilities([x])[0]
        for party, u, d in zip(problem.parties, worth, problem.reservation, strict=True):
            if u < d - SAME:
                names.add(f"{party}: reservation value")
        found.append(frozenset(names))
    return found


def smallest_by_listing(problem: Problem) -> list[tuple[str, ...]]:
    """All sets of fewest demands that every package breaks one of, in the order of demands."""
    unmet_by = unmet(problem)
    names = demands(problem)
    for size in range(1, len(names) + 1):
        found = [c for c in combinations(names, size) if all(set(c) & each for each in unmet_by)]
        if found:
            return found
    return []


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_smallest_conflicts_are_those_that_enumeration_finds(seed):
    """All smallest sets are found, none smaller exists, and an agreeable problem has none (§43)."""
    problem = crowded(seed)
    found = conflict(problem, most=1000)
    expected = smallest_by_listing(problem)
    assert sorted(found.sets) == sorted(expected)
    assert found.complete
    assert found.agreeable == (not expected)
    unbroken = [each for each in unmet(problem) if not {x.name for x in problem.limits} & each]
    assert found.allowed == bool(unbroken)


@pytest.mark.trust
@settings(max_examples=3000, deadline=None)
@given(SEEDS)
def test_smallest_conflicts_in_many_more_cases(seed):
    """The same on thousands of cases (§43)."""
    problem = crowded(seed)
    assert sorted(conflict(problem, most=1000).sets) == sorted(smallest_by_listing(problem))


def test_a_conflict_names_red_lines_links_and_reservation_values_alike():
    """One option is left by the red lines, and it is worth less to B than no agreement."""
    lines = (
        Limit("A: high", "red line", "A", (Never(((0, np.array([False, False, True])),)),)),
        Limit("B: low", "red line", "B", (Never(((0, np.array([True, False, False])),)),)),
    )
    problem = problem_of([[[9, 0], [5, 2], [0, 9]]], [0, 3], (), lines)
    found = conflict(problem)
    assert found.sets == (("A: high", "B: reservation value"),)
    assert found.allowed
    assert not found.agreeable


def test_a_list_of_conflicts_that_is_cut_says_so():
    """Of four conflicts two are listed, and the list is not complete."""
    both = [
        Limit(f"{party}: {k}", "red line", party, (Never(((0, np.array(mask)),)),))
        for party, mask in (("A", [True, False]), ("B", [False, True]))
        for k in range(2)
    ]
    problem = problem_of([[[1, 1], [1, 1]]], [0, 0], (), both)
    assert len(conflict(problem).sets) == 4
    cut = conflict(problem, most=2)
    assert len(cut.sets) == 2
    assert not cut.complete


def test_a_single_red_line_over_every_option_is_a_conflict_by_itself():
    """One limit that forbids everything is a conflict of one (§43)."""
    everything = Limit("A: all", "red line", "A", (Never(((0, np.array([True, True])),)),))
    problem = problem_of([[[1, 1], [2, 2]]], [0, 0], (), (everything,))
    found = conflict(problem)
    assert found.sets == (("A: all",),)
    assert not found.allowed


def test_no_more_packages_are_looked_at_than_needed(monkeypatch):
    """Looking at one witness at a time changes nothing but the time."""
    problem = crowded(11)
    before = conflict(problem)
    monkeypatch.setattr(conflicts, "MOST_WITNESSES", 1)
    assert conflict(problem) == before


def test_a_problem_for_nobody_keeps_its_limits():
    """With no party's word to keep, only limits decide what is left."""
    line = Limit("A: low", "red line", "A", (Never(((0, np.array([True, False])),)),))
    problem = for_parties(problem_of([[[1, 1], [2, 2]]], [5, 5], (), (line,)), [])
    assert problem.allowed([(0,), (1,)]).tolist() == [False, True]
    assert not problem.utilities([(1,)]).any()


@given(st.lists(st.frozensets(st.integers(0, 6)), min_size=1, max_size=12))
def test_hitting_sets_of_any_family(family):
    """Smallest hitting sets of a family of sets, found by asking for members one by one."""

    def asked(chosen):
        return next((each for each in family if not each & chosen), None)

    found, complete = smallest(7, asked, 10**6)
    hits = [
        [frozenset(c) for c in combinations(range(7), size) if all(set(c) & e for e in family)]
        for size in range(8)
    ]
    assert list(found) == sorted(next((each for each in hits if each), []), key=sorted)
    assert complete
