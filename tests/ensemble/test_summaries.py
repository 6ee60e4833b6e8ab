"""Summaries of many draws: merged piece by piece they say what the whole says (§66)."""

from __future__ import annotations

import json
from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.ensemble.histogram import Histogram
from comity.ensemble.moments import Moments
from comity.ensemble.summaries import (
    Means,
    Mergeable,
    Named,
    Numbers,
    Share,
    Tally,
    summary_of,
)

points = st.floats(0.0, 100.0)
values = st.lists(points, min_size=1, max_size=60)


def pieces(whole: np.ndarray, size: int) -> list[np.ndarray]:
    return [whole[k : k + size] for k in range(0, len(whole), size)]


def merged(parts: list[Mergeable]) -> Mergeable:
    return reduce(lambda one, other: one.merged(other), parts)


@given(values, st.integers(1, 20))
def test_moments_merged_are_those_of_the_whole(drawn, size):
    """Mean, variance and ends of all values, however they were cut (Chan, Golub & LeVeque)."""
    whole = np.array(drawn)
    found = merged([Moments.of(piece) for piece in pieces(whole, size)])
    assert found.weight == len(whole)
    assert found.mean == pytest.approx(whole.mean(), abs=1e-9)
    assert found.variance == pytest.approx(whole.var(), abs=1e-8)
    assert (found.low, found.high) == (whole.min(), whole.max())


def test_moments_do_not_cancel():
    """A mean a billion times the spread leaves the variance right: squares are kept about it."""
    whole = 1e9 + np.random.default_rng(1).random(10_000)
    found = merged([Moments.of(piece) for piece in pieces(whole, 37)])
    assert found.variance == pytest.approx(float((whole - 1e9).var()), rel=1e-6)


@given(values, st.integers(1, 20), st.sampled_from([0.5, 5, 10, 25, 50, 75, 90, 99, 100]))
def test_percentiles_are_off_by_no_more_than_is_said(drawn, size, percent):
    """Half of the histogram's step at most from the percentile of the values themselves."""
    whole = np.array(drawn)
    found = merged([Histogram.of(piece) for piece in pieces(whole, size)])
    exact = np.percentile(whole, percent, method="inverted_cdf")
    assert found.resolution == 0.05
    assert abs(found.percentile(percent) - exact) <= found.resolution + 1e-9


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40))
def test_positions_with_one_decimal_are_counted_exactly(tenths):
    """Each tenth of a point has a place of its own."""
    found = Histogram.of(np.array(tenths) / 10.0)
    assert found.counts.tolist() == np.bincount(tenths, minlength=1001).tolist()
    assert found.percentile(50) == pytest.approx(sorted(tenths)[(len(tenths) - 1) // 2] / 10)


def test_what_lies_outside_the_range_is_counted_and_has_no_percentile():
    """A percentile that lies beyond the range is not made up."""
    found = Histogram.of(np.array([-1.0, 50.0, 60.0, 200.0]))
    assert (found.below, found.above) == (1.0, 1.0)
    assert found.percentile(10) is None
    assert found.percentile(50) == 50.0
    assert found.percentile(100) is None


@given(st.lists(st.tuples(points, points, st.floats(0.0, 1.0)), min_size=1, max_size=30))
def test_several_outcomes_a_draw_count_by_their_chances(drawn):
    """Two outcomes a draw with chances p and 1 − p: mean of means, spread of the mixture."""
    low, high, chance = np.array(drawn).T
    atoms, weights = np.stack([low, high], 1), np.stack([chance, 1 - chance], 1)
    found = Numbers.of(atoms, weights)
    mean = (atoms * weights).sum() / len(drawn)
    assert found.count == len(drawn)
    assert found.mean == pytest.approx(mean, abs=1e-9)
    spread = ((atoms - mean) ** 2 * weights).sum() / len(drawn)
    assert found.sd == pytest.approx(spread**0.5, abs=1e-6)
    if len(drawn) > 1:
        each = (atoms * weights).sum(axis=1)
        assert found.error == pytest.approx(each.std(ddof=1) / len(drawn) ** 0.5, abs=1e-9)


@given(values, st.integers(1, 20))
def test_a_summary_comes_back_from_its_state_to_the_last_bit(drawn, size):
    """Through JSON and back each summary is the same, and goes on to the same bytes."""
    whole = np.array(drawn)
    for kind in (whole, whole > 50.0, whole.astype(int), np.stack([whole, -whole], axis=1)):
        parts = [Named({"x": summary_of(piece)}) for piece in pieces(kind, size)]
        through = [Named.restored(json.loads(json.dumps(part.state()))) for part in parts]
        assert through == parts
        assert json.dumps(merged(through).to_json()) == json.dumps(merged(parts).to_json())


def test_each_kind_of_answer_has_its_summary():
    """Yes or no, whole numbers, numbers, several numbers a draw."""
    yes, whole = np.array([True, False, True]), np.array([2, 2, 7])
    assert summary_of(yes) == Share(3, 2)
    assert summary_of(whole) == Tally({2: 2, 7: 1})
    assert summary_of(np.array([1.0, 2.0])).mean == 1.5
    assert summary_of(np.array([[1.0, 0.0], [0.0, 1.0]])) == Means(2, (1.0, 1.0))


def test_chunks_must_answer_by_the_same_names():
    """A function that answers something else in a later chunk is told so."""
    one, other = (Named({name: Share(1, 1)}) for name in "ab")
    with pytest.raises(ValueError, match="a later one"):
        one.merged(other)
