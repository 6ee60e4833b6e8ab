"""Scores of one forecast (conventions §63)."""

from itertools import pairwise

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from comity.backtest.scores import crps, is_central, is_near, pit, uniform_of

ATOMS = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 9)), min_size=1, max_size=7)
OUTCOMES = st.integers(0, 100).map(float)


def distribution(atoms: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    points, weights = np.array(sorted(atoms), dtype=float).T
    return points, weights / weights.sum()


def by_integration(points: np.ndarray, chances: np.ndarray, outcome: float) -> float:
    """∫ (F(z) − 1{z ≥ y})² dz over the scale, piece by piece between the steps."""

    def squared(z: float) -> float:
        return float((chances[points <= z].sum() - (z >= outcome)) ** 2)

    steps = sorted({0.0, 100.0, outcome, *points})
    return sum(quad(squared, a + 1e-9, b - 1e-9)[0] for a, b in pairwise(steps))


@given(ATOMS, OUTCOMES)
def test_the_crps_is_its_integral(atoms, outcome):
    """Of any weighted points, to the definition's own integral."""
    held = distribution(atoms)
    assert crps(*held, outcome) == pytest.approx(by_integration(*held, outcome), abs=1e-6)


@given(ATOMS, OUTCOMES)
def test_the_crps_is_that_of_scoringrules(atoms, outcome):
    """An implementation of others finds the same, weights included."""
    points, chances = distribution(atoms)
    theirs = scoringrules.crps_ensemble(
        outcome, points, ens_w=chances, estimator="nrg", backend="numpy"
    )
    assert crps(points, chances, outcome) == pytest.approx(float(theirs), abs=1e-9)


@given(st.floats(0, 100), OUTCOMES)
def test_the_crps_of_a_point_is_its_absolute_error(point, outcome):
    """A distribution without spread is scored as a point."""
    assert crps(np.array([point]), np.array([1.0]), outcome) == abs(point - outcome)


def test_a_randomised_pit():
    """P(X < y) + u P(X = y): below a step, on it and between steps."""
    points, chances = np.array([0.0, 0.0, 40.0, 100.0]), np.array([0.2, 0.1, 0.3, 0.4])
    assert pit(points, chances, 0.0, 0.5) == pytest.approx(0.15)
    assert pit(points, chances, 40.0, 0.0) == pytest.approx(0.3)
    assert pit(points, chances, 40.0 + 1e-12, 0.5) == pytest.approx(0.45)
    assert pit(points, chances, 70.0, 0.9) == pytest.approx(0.6)


@given(ATOMS)
def test_pit_values_of_a_true_distribution_are_even(atoms):
    """Averaged over outcomes by their chances, the PIT is ½ at u = ½ and covers [0, 1]."""
    points, chances = distribution(atoms)
    at = [pit(points, chances, point, 0.5) for point in points]
    assert chances @ np.array(at) == pytest.approx(0.5)
    assert pit(points, chances, points[0], 0.0) == 0.0
    assert pit(points, chances, points[-1], 1.0) == pytest.approx(1.0)


def test_near_is_at_most_ten_points():
    """Sums that miss ten by rounding alone count; §63."""
    assert is_near(np.array([0.0, 10.0, 10.0 + 1e-12, 10.001])).tolist() == [1, 1, 1, 0]


def test_the_central_part_has_both_ends():
    """From a tenth to nine tenths."""
    assert [is_central(p) for p in (0.0999, 0.1, 0.5, 0.9, 0.9001)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_the_number_that_breaks_ties_belongs_to_the_issue():
    """It depends on seed and issue alone, lies in [0, 1) and is spread evenly."""
    assert uniform_of(1, "a") == uniform_of(1, "a") != uniform_of(2, "a")
    drawn = np.array([uniform_of(1, f"i{k}") for k in range(4000)])
    assert 0.0 <= drawn.min() < drawn.max() < 1.0
    assert np.histogram(drawn, bins=4, range=(0, 1))[0] == pytest.approx([1000] * 4, abs=120)
