"""The joint ceiling, contested issues and claims, against plain loops over packages (§45, §46)."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargaining.exactly import SAME, Exactly, some_problem
from bargaining.listing import listed, problem_of
from comity.bargaining import ceiling, contested
from comity.bargaining.ceiling import joint_ceiling
from comity.bargaining.frontier import frontier
from comity.bargaining.problem import AtMost, Interaction, Limit, Never, Problem
from comity.bargaining.solutions import solutions
from comity.errors import DossierError, TooLargeError

SEEDS = st.integers(0, 10**9)
CLAIMS = st.sampled_from((0.0, 0.25, 0.5, 0.8, 0.95, 1.0))


def agreed_issues(seed: int) -> Problem:
    """A problem to which issues are added that nobody quarrels about."""
    problem = some_problem(seed, 40)
    parties = len(problem.parties)
    easy = np.array([[1.0] * parties, [5.0] * parties, [5.0] * (parties - 1) + [2.0]])
    return replace(
        problem,
        issues=(*problem.issues, "easy"),
        options=(*problem.options, ("x", "y", "z")),
        worth=(*problem.worth, easy),
    )


# --- by plain loops -----------------------------------------------------------------------------


def quarrelled_over(problem: Problem) -> list[str]:
    """Issues in a limit or an interaction, or without an option that is best for all."""
    named = {k for limit in problem.limits for never in limit.never for k, _ in never.marked}
    named |= {k for limit in problem.limits for cap in limit.at_most for k, _ in cap.amounts}
    named |= {k for both in problem.interactions for k in (both.first, both.second)}
    return [
        name
        for k, name in enumerate(problem.issues)
        if k in named
        or not any(
            all(
                option[i] >= other[i] - 1e-9
                for other in problem.worth[k]
                for i in range(len(option))
            )
            for option in problem.worth[k]
        )
    ]


def plainly(problem: Problem, parties: tuple[str, ...]) -> tuple[Fraction | None, list[str]]:
    """The largest smallest share, and who is left out, by listing everything."""
    exactly, open_ = Exactly(problem), quarrelled_over(problem)
    best_options = {
        k: int(np.argmax(worth.sum(axis=1)))
        for k, worth in enumerate(problem.worth)
        if problem.issues[k] not in open_
    }
    held = {
        x: u for x, u in exactly.worth.items() if all(x[k] == o for k, o in best_options.items())
    }
    if not held:
        return None, list(parties)
    columns = list(zip(*held.values(), strict=True))
    least, most = [min(c) for c in columns], [max(c) for c in columns]
    named = [i for i, party in enumerate(problem.parties) if party in parties]
    counted = [i for i in named if most[i] - least[i] > SAME]
    out = [problem.parties[i] for i in named if i not in counted]
    if not counted:
        return None, out
    shares = [
        min((exactly.worth[x][i] - least[i]) / (most[i] - least[i]) for i in counted)
        for x in exactly.within
    ]
    return max(shares, default=None), out


@settings(max_examples=300)
@given(SEEDS, CLAIMS, st.booleans(), st.booleans())
def test_a_claim_is_possible_if_a_package_gives_every_party_its_share(
    seed: int, at_least: float, all_of_them: bool, known: bool
):
    """The witness gives the shares; else no package does, and the bound is the largest."""
    problem = agreed_issues(seed)
    named = () if all_of_them else problem.parties[:1]
    found = ceiling.test_claim(problem, at_least, named, frontier(problem) if known else None)
    largest, out = plainly(problem, named or problem.parties)
    within = Exactly(problem).within
    assert list(found.left_out) == out
    if found.package is None:
        assert not within
        assert not found.possible
        assert found.why.startswith("No ")
        return
    assert found.package in within
    assert np.allclose(problem.utilities([found.package])[0], found.utilities)
    if largest is None:
        assert math.isnan(found.bound)
        assert found.possible
    else:
        assert found.bound == pytest.approx(float(largest), abs=1e-9)
        assert np.nanmin(found.shares) == pytest.approx(float(largest), abs=1e-9)
        assert found.possible == (largest >= at_least - 1e-9)


@settings(max_examples=60)
@given(SEEDS, CLAIMS)
def test_a_claim_is_tested_alike_where_the_frontier_is_out_of_reach(seed: int, at_least: float):
    """An integer programme finds as good a witness, and the same bound."""
    problem = agreed_issues(seed)
    found = ceiling.test_claim(problem, at_least)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("comity.bargaining.frontier.frontier", refuse)
        alone = ceiling.test_claim(problem, at_least)
    assert (alone.possible, alone.why) == (found.possible, found.why)
    assert alone.left_out == found.left_out
    assert alone.bound == pytest.approx(found.bound, abs=1e-6, nan_ok=True)
    if alone.package is not None:
        assert problem.allowed([alone.package])[0]
        assert np.all(alone.utilities >= problem.reservation - 1e-9)


@given(SEEDS)
def test_contested_are_issues_in_a_limit_or_without_an_option_best_for_all(seed: int):
    """An issue that all see alike is not, unless a limit or an interaction binds it (§46)."""
    problem = agreed_issues(seed)
    assert list(contested.contested(problem)) == quarrelled_over(problem)


def refuse(*_: object, **__: object) -> None:
    raise TooLargeError("the frontier is out of reach")


@given(SEEDS, st.sampled_from(("listed", "searched", "by programme")))
def test_ranges_are_the_worst_and_the_best_of_the_allowed_packages(seed: int, how: str):
    """Whether groups of linked issues are listed, searched or put into an integer programme."""
    problem = some_problem(seed)
    with pytest.MonkeyPatch.context() as patch:
        if how != "listed":
            patch.setattr(contested, "MOST_LISTED", 0)
        if how == "by programme":
            patch.setattr("comity.bargaining.frontier.frontier", refuse)
        found = contested.ranges(problem)
    worth = list(Exactly(problem).worth.values())
    if not worth:
        assert found is None
        return
    assert found is not None
    columns = list(zip(*worth, strict=True))
    assert np.allclose(found[0], [float(min(column)) for column in columns])
    assert np.allclose(found[1], [float(max(column)) for column in columns])


@given(SEEDS)
def test_the_joint_ceiling_is_the_largest_smallest_normalised_gain(seed: int):
    """By listing every package within reservation values."""
    problem = some_problem(seed)
    exactly, found = Exactly(problem), joint_ceiling(listed(problem))
    if not exactly.within or not exactly.remaining:
        assert found.value is None
        assert found.why
        return
    best = max(
        min(g[i] / exactly.room[i] for i in exactly.remaining) for g in exactly.within.values()
    )
    assert found.value == pytest.approx(float(best), abs=1e-9)
    assert found.at_most == found.value
    assert found.package in exactly.within
    assert np.allclose(problem.utilities([found.package])[0], found.utilities)


# --- by hand ------------------------------------------------------------------------------------


def two_issues() -> Problem:
    """A road that both want most built jointly, and a border that each wants on its own side."""
    return problem_of([[(0, 0), (50, 60)], [(100, 0), (70, 70), (0, 100)]], (0, 0))


def test_uncontested_issues_do_not_make_a_share_look_large():
    """With the road counted, both have 80 % of their best; of what they contest, 70 %."""
    found = ceiling.test_claim(two_issues(), 0.75)
    assert not found.possible
    assert found.bound == pytest.approx(0.7)
    assert found.contested == ("issue1",)
    assert found.least.tolist() == [50, 60]
    assert found.most.tolist() == [150, 160]
    assert found.package == (1, 1)
    assert ceiling.test_claim(two_issues(), 0.7).possible


def test_an_issue_in_a_limit_or_an_interaction_is_contested():
    """Even where both see its options alike."""
    mask = np.array([True, False])
    limit = Limit("l", "link", None, (Never(((0, mask),)),))
    cap = Limit("c", "link", None, (), (AtMost(((0, np.array([0.0, 1.0])),), 2.0),))
    both = Interaction(0, 1, np.zeros((2, 3, 2)))
    for changed in ({"limits": (limit,)}, {"limits": (cap,)}, {"interactions": (both,)}):
        assert "issue0" in contested.contested(replace(two_issues(), **changed))


def test_a_claim_is_not_possible_below_somebodys_reservation_value():
    """Packages must give every party as much, also those of whom nothing is claimed (§43)."""
    problem = replace(two_issues(), reservation=np.array([0.0, 150.0]))
    found = ceiling.test_claim(problem, 0.5, ("A",))
    assert not found.possible
    assert found.bound == pytest.approx(0.0)
    assert found.parties == ("A",)
    assert math.isnan(found.shares[1])


def test_a_party_that_is_indifferent_is_left_out_and_named():
    """It has no best to have a share of (§46)."""
    problem = problem_of([[(10, 3, 0), (0, 3, 10), (6, 3, 6)]], (0, 0, 0))
    found = ceiling.test_claim(problem, 0.6)
    assert found.left_out == ("B",)
    assert found.possible
    alone = ceiling.test_claim(problem, 0.6, ("B",))
    assert alone.why == "No party named can gain or lose."


def test_where_nothing_is_allowed_the_claim_has_no_bound():
    """And the reason is said, as it is where reservation values leave nothing."""
    everything = np.ones(3, dtype=bool)
    closed = replace(two_issues(), limits=(Limit("l", "link", None, (Never(((1, everything),)),)),))
    found = ceiling.test_claim(closed, 0.1)
    assert (found.possible, found.package, found.why) == (False, None, "No package is allowed.")
    high = replace(two_issues(), reservation=np.array([150.0, 150.0]))
    none = ceiling.test_claim(high, 0.1)
    assert none.why == "No allowed package gives every party at least its reservation value."
    assert math.isnan(none.bound)


@pytest.mark.parametrize("share", [-0.1, 1.01, 95, float("nan")])
def test_a_claim_states_a_share(share: float):
    """95 is not read as 95 %."""
    with pytest.raises(DossierError, match="share of each party's own best"):
        ceiling.test_claim(two_issues(), share)


def test_a_claim_names_parties_of_the_talks():
    """A mediator gets no share."""
    with pytest.raises(DossierError, match="no party to the talks"):
        ceiling.test_claim(two_issues(), 0.5, ("A", "M"))


def test_the_ceiling_can_be_read_off_solutions_that_are_there():
    """And it says who is left out of it."""
    found = frontier(problem_of([[(10, 3, 5), (4, 9, 5), (12, 0, 4)]], (0, 0, 5)))
    one, other = joint_ceiling(found), joint_ceiling(found, solutions(found))
    assert one.value == other.value == pytest.approx(0.4)
    assert one.left_out == ("C",)


def test_where_nobody_can_gain_there_is_no_ceiling():
    """There is a package all the same."""
    found = joint_ceiling(listed(problem_of([[(2, 3), (1, 9)]], (2, 3))))
    assert found.value is None
    assert found.package == (0,)
    assert "more than its reservation value" in found.why
