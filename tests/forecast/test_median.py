"""The weighted median against its definition in exact fractions (§55)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier import Batch, Keyed
from comity.forecast import Median
from comity.forecast.median import weighted_median
from forecast.small import dossier

Weighted = list[tuple[int, Fraction]]

MEMBERS = st.lists(
    st.tuples(st.integers(0, 12), st.fractions(0, 3, max_denominator=10)), min_size=1, max_size=9
).filter(lambda members: any(weight for _, weight in members))


def median(members: Weighted) -> float:
    """The middle of all texts with at most half the weight on either side."""
    half = sum(weight for _, weight in members) / 2
    balanced = [
        place
        for place in sorted({place for place, weight in members if weight})
        if sum(weight for other, weight in members if other < place) <= half
        and sum(weight for other, weight in members if other > place) <= half
    ]
    assert len(balanced) in (1, 2)
    return (balanced[0] + balanced[-1]) / 2


@given(MEMBERS)
def test_it_is_the_median_of_its_definition(members: Weighted):
    """No more than half the weight on either side; members without weight count for nothing."""
    points = np.array([[float(place) for place, _ in members]])
    weights = np.array([[float(weight) for _, weight in members]])
    assert weighted_median(points, weights)[0] == median(members)


@given(st.lists(MEMBERS.map(lambda members: members[:1]), min_size=1, max_size=5))
def test_each_draw_has_its_own(draws: list[Weighted]):
    """Rows do not touch each other."""
    lone = [(place, weight or Fraction(1)) for ((place, weight),) in draws]
    points = np.array([[float(place), 99.0] for place, _ in lone])
    weights = np.array([[float(weight), 0.0] for _, weight in lone])
    assert weighted_median(points, weights).tolist() == [place for place, _ in lone]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [((1, 1, 2), 40.0), ((1, 1, 1), 20.0), ((3, 1, 1), 10.0), ((0.1, 0.2, 0.3), 40.0)],
)
def test_half_the_weight_on_each_side_gives_the_midpoint(
    weights: tuple[float, ...], expected: float
):
    """0.1 + 0.2 and 0.3 are one half each, whatever floats make of it."""
    found = weighted_median(np.array([[10.0, 20.0, 60.0]]), np.array([weights], dtype=float))
    assert found[0] == expected


def test_where_nobody_has_weight_all_count_alike():
    """§54: weights of 1 for all, draw by draw."""
    held = {who: {"ideal": at, "salience": 0} for who, at in {"A": 10, "B": 30, "C": 90}.items()}
    of = dossier({"x": {"reversion": 0}}, {"x": held})
    found = Median().predict(Batch(of, Keyed(1, 0, 3)), "x")
    assert found.samples.tolist() == [30.0] * 3
