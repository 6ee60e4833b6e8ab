"""The bootstrap over proposals (conventions §63)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.backtest import resampling
from comity.backtest.resampling import Resamples, resample

GROUPED = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 20), st.booleans()), min_size=2, max_size=14
).filter(lambda rows: len({group for group, _, _ in rows}) > 1)


def naive(rows, drawn: Resamples, statistic) -> tuple[float, float] | None:
    """Each resample written out issue by issue."""
    names = sorted({group for group, _, _ in rows})
    found = []
    for counts in drawn.drawn:
        values = [
            value
            for name, count in zip(names, counts, strict=True)
            for _ in range(count)
            for group, value, kept in rows
            if group == name and kept
        ]
        if values:
            found.append(statistic(values))
    return (np.quantile(found, 0.025), np.quantile(found, 0.975)) if found else None


@given(GROUPED, st.integers(0, 99))
def test_intervals_are_those_of_resamples_written_out(rows, seed):
    """Mean and median, issues left out included, against loops."""
    drawn = resample([group for group, _, _ in rows], 40, seed)
    values = np.array([float(value) for _, value, _ in rows])
    among = np.array([kept for _, _, kept in rows])
    for found, statistic in ((drawn.mean, np.mean), (drawn.median, np.median)):
        expected = naive(rows, drawn, statistic)
        held = found(values, among)
        assert held == (expected if expected is None else pytest.approx(expected))


def test_proposals_are_drawn_whole_and_as_many_as_there_are():
    """Issues of a proposal share its count; counts add up to the number of proposals."""
    drawn = resample(list("bbacca"), 500, 1)
    assert drawn.of.tolist() == [1, 1, 0, 2, 2, 0]
    assert set(drawn.drawn.sum(axis=1)) == {3}
    assert drawn.drawn.mean(axis=0) == pytest.approx([1, 1, 1], abs=0.1)


def test_one_proposal_has_no_resamples():
    """There is nothing to draw."""
    assert resample(["a", "a"], 500, 1) is None


def test_the_order_of_issues_does_not_matter():
    """Proposals are drawn in the order of their names."""
    values, among = np.array([1.0, 5.0, 9.0, 2.0]), np.ones(4, dtype=bool)
    one = resample(list("abca"), 300, 7).median(values, among)
    turned = resample(list("acba"), 300, 7).median(values[[0, 2, 1, 3]], among)
    assert one == turned


def test_medians_in_parts(monkeypatch):
    """Resamples are worked through in parts, with the same result."""
    values, among = np.arange(6.0) ** 2, np.ones(6, dtype=bool)
    whole = resample(list("aabbcc"), 101, 3).median(values, among)
    monkeypatch.setattr(resampling, "AT_ONCE", 13)
    assert resample(list("aabbcc"), 101, 3).median(values, among) == whole
