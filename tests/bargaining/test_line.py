"""Bargaining on one line against three others: a problem of options, SciPy, plain loops (§56)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from bargaining.listing import problem_of
from comity.bargaining import line
from comity.bargaining.frontier import frontier
from comity.bargaining.solutions import solutions

Parties = list[tuple[float, float]]
"""Ideal and worth of a point (salience, or exponent) of each party."""

PARTIES = st.lists(
    st.tuples(st.integers(0, 40).map(lambda k: 2.5 * k), st.integers(1, 20).map(lambda k: 5.0 * k)),
    min_size=1,
    max_size=6,
)
REVERSIONS = st.one_of(st.just(0.0), st.just(100.0), st.integers(0, 40).map(lambda k: 2.5 * k))


def solved(parties: Parties, reversion: float, equal: bool = True) -> dict[str, float]:
    ideals, worth = (np.array([column]) for column in zip(*parties, strict=True))
    back, bound = np.array([reversion]), worth > 0.0
    exponents = np.ones_like(worth) if equal else worth
    return {
        "nash": line.nash(ideals, back, bound, exponents)[0],
        "kalai_smorodinsky": line.kalai_smorodinsky(ideals, back, bound)[0],
        "egalitarian": line.egalitarian(ideals, back, bound, worth)[0],
    }


def gain(text: float, ideal: float, reversion: float) -> float:
    return abs(reversion - ideal) - abs(text - ideal)


def acceptable(parties: Parties, reversion: float, step: float = 0.05) -> np.ndarray:
    """Texts of a grid by which nobody loses."""
    texts = np.arange(0.0, 100.0 + step / 2, step)
    lost = [gain_of(texts, ideal, reversion) < -1e-9 for ideal, worth in parties if worth]
    return texts[~np.any(lost, axis=0)] if lost else texts


def gain_of(texts: np.ndarray, ideal: float, reversion: float) -> np.ndarray:
    return abs(reversion - ideal) - np.abs(texts - ideal)


@settings(max_examples=settings().max_examples * 4)
@given(PARTIES, REVERSIONS)
def test_no_text_of_a_fine_grid_does_better(parties: Parties, reversion: float):
    """Each solution is acceptable, and its formula is largest there."""
    found = solved(parties, reversion)
    texts = acceptable(parties, reversion)
    most = {ideal: gain_of(texts, ideal, reversion).max() for ideal, _ in parties}
    measures: dict[str, Callable[[Any], Any]] = {
        "nash": lambda x: np.prod([gain_of(x, i, reversion) for i, _ in parties], axis=0),
        "kalai_smorodinsky": lambda x: np.min(
            [gain_of(x, i, reversion) / max(most[i], 1e-12) for i, _ in parties], axis=0
        ),
        "egalitarian": lambda x: np.min([s * gain_of(x, i, reversion) for i, s in parties], axis=0),
    }
    for name, measure in measures.items():
        text = np.array(found[name])
        assert min(gain(found[name], ideal, reversion) for ideal, _ in parties) >= -1e-9
        largest = measure(texts).max()
        assert measure(text) >= largest - 1e-9 * max(1.0, abs(largest)), (name, found[name])


@settings(max_examples=settings().max_examples // 2)
@given(PARTIES, REVERSIONS)
def test_they_are_the_solutions_of_a_problem_with_many_options(parties: Parties, reversion: float):
    """The same from the frontier of a bargaining problem whose options are 2,001 texts."""
    parties = [*parties, parties[0]]  # a problem has two parties at least
    texts = np.linspace(0.0, 100.0, 2001)
    worth = [[s * gain(x, ideal, reversion) / 100 for ideal, s in parties] for x in texts.tolist()]
    named = solutions(frontier(problem_of([worth], [0.0] * len(parties)))).named
    found = solved(parties, reversion)
    for name, text in found.items():
        if not named[name].exists:  # Nash, where not everybody can gain
            assert text == reversion
            continue
        near = texts[[package[0] for package in named[name].packages]]
        assert np.abs(near - text).min() <= 0.05 + 1e-9, name


@settings(max_examples=settings().max_examples)
@given(PARTIES, st.sampled_from((0.0, 100.0)))
def test_nash_is_where_an_optimiser_finds_it(parties: Parties, reversion: float):
    """Σ eᵢ log gᵢ is largest there, with exponents that differ."""
    inner = [(ideal, e) for ideal, e in parties if ideal != reversion]
    if not inner:
        return
    sign = 1.0 if reversion == 0.0 else -1.0
    reach = [abs(ideal - reversion) for ideal, _ in inner]

    def lost(d: float) -> float:
        gains = [min(d, 2 * a - d) for a in reach]
        if min(gains) <= 0:
            return math.inf
        return -sum(e * math.log(g) for (_, e), g in zip(inner, gains, strict=True))

    best = minimize_scalar(lost, bounds=(0, 2 * min(reach)), method="bounded").x
    found = solved(inner, reversion, equal=False)["nash"]
    assert lost(abs(found - reversion)) <= lost(best) + 1e-9
    assert found == pytest.approx(reversion + sign * best, abs=1e-2)


@pytest.mark.parametrize(
    ("saliences", "expected"),
    [((100, 100, 100), (80 / 3, 80 / 3, 20.0)), ((100, 50, 50), (80 / 3, 80 / 3, 80 / 3))],
)
def test_check_values(saliences: tuple[float, ...], expected: tuple[float, ...]):
    """Ideals 20, 40, 60 against 0, worked out by hand; salience matters to one of them alone."""
    found = solved(list(zip((20.0, 40.0, 60.0), saliences, strict=True)), 0.0)
    assert tuple(found.values()) == pytest.approx(expected)


@pytest.mark.parametrize("ideals", [(20.0, 70.0), (50.0, 70.0), (50.0,), (30.0, 50.0)])
def test_members_on_both_sides_stay_at_the_reversion(ideals: tuple[float, ...]):
    """§56: only the reversion makes nobody lose, also where one wants just that."""
    assert set(solved([(ideal, 50.0) for ideal in ideals], 50.0).values()) == {50.0}


def test_who_does_not_care_is_left_out():
    """§45, §56: a member of salience 0 neither gains nor loses, wherever its ideal lies."""
    with_it = solved([(20.0, 40.0), (90.0, 60.0), (0.0, 0.0)], 10.0)
    assert with_it == solved([(20.0, 40.0), (90.0, 60.0)], 10.0)
    assert set(solved([(20.0, 0.0)], 10.0).values()) == {10.0}


def test_exponents_lead_towards_the_strong():
    """Two members: the product leans to the one with the larger exponent, and not with equal."""
    held = [(20.0, 1.0), (60.0, 3.0)]
    assert solved(held, 0.0)["nash"] == pytest.approx(20.0)
    assert solved(held, 0.0, equal=False)["nash"] == pytest.approx(30.0)  # 3/d = 1/(40 − d)


def test_an_exponent_of_nought_keeps_the_right_to_refuse():
    """It adds nothing to the product, but nobody may lose."""
    found = line.nash(
        np.array([[20.0, 60.0]]),
        np.array([0.0]),
        np.array([[True, True]]),
        np.array([[0.0, 1.0]]),
    )
    assert found[0] == pytest.approx(40.0)


def test_each_draw_is_settled_by_itself():
    """A batch of draws is its rows."""
    rng = np.random.default_rng(7)
    ideals, back = rng.uniform(0, 100, (200, 4)), rng.uniform(0, 100, 200)
    ideals[::2] = 60 + 0.4 * ideals[::2]
    back[::2] *= 0.5
    bound, worth = rng.random((200, 4)) < 0.9, rng.uniform(1, 100, (200, 4))
    whole = line.nash(ideals, back, bound, worth)
    again = [
        line.nash(ideals[[k]], back[[k]], bound[[k]], worth[[k]])[0] for k in range(len(whole))
    ]
    assert whole.tolist() == again
    assert 0.3 < line.one_sided(ideals, back, bound).mean() < 0.9
