"""Uncertain quantities and their inverse distributions (conventions §3)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from comity.dossier import Position
from comity.dossier.quantity import (
    AMOUNT,
    PERCENT,
    Domain,
    Exactly,
    Normal,
    Quantity,
    Triangular,
    Uniform,
    parse,
)
from comity.dossier.strategies import quantities

GRID = np.linspace(0.0005, 0.9995, 1000)
"""Midpoints of a thousand equal shares."""

FORMS = [
    (50, Exactly(50.0)),
    (0.5, Exactly(0.5)),
    ("40..60", Uniform(40.0, 60.0)),
    (" 4e1 .. 60. ", Uniform(40.0, 60.0)),
    (".5..1", Uniform(0.5, 1.0)),
    ("-5..-3", Uniform(-5.0, -3.0)),
    ("7..7", Exactly(7.0)),
    ({"low": 1, "mode": 2, "high": 4}, Triangular(1.0, 2.0, 4.0)),
    ({"low": 1, "mode": 1, "high": 1}, Exactly(1.0)),
    ({"mean": 10, "sd": 2}, Normal(10.0, 2.0)),
    ({"mean": 10, "sd": 0}, Exactly(10.0)),
]


@pytest.mark.parametrize(("written", "read"), FORMS)
def test_four_ways_to_write_a_number(written: object, read: Quantity):
    """A number is written in four ways, and one without spread is certain (§3)."""
    assert parse(written) == read
    assert parse(read.written()) == read


@given(quantities())
def test_written_and_read_again(written: object):
    """Any quantity is written so that it is read as the same one."""
    assert parse(parse(written).written()) == parse(written)


@pytest.mark.parametrize(
    ("low", "mode", "high"), [(0, 30, 100), (20, 20, 60), (20, 60, 60), (0, 0.5, 1e-3 + 0.5)]
)
def test_triangular_matches_scipy(low: float, mode: float, high: float):
    """The triangular inverse distribution is that of scipy.stats."""
    peer = stats.triang((mode - low) / (high - low), loc=low, scale=high - low)
    ours = Triangular(low, mode, high).ppf(GRID, PERCENT)
    assert ours == pytest.approx(peer.ppf(GRID), abs=1e-9)
    assert ours.mean() == pytest.approx((low + mode + high) / 3, abs=1e-2)


def test_uniform_matches_scipy():
    """The uniform inverse distribution is that of scipy.stats, its mean the middle."""
    ours = Uniform(40, 60).ppf(GRID, PERCENT)
    assert ours == pytest.approx(stats.uniform(40, 20).ppf(GRID), abs=1e-12)
    assert ours.mean() == pytest.approx(50.0)


@pytest.mark.parametrize("domain", [PERCENT, AMOUNT, Domain()], ids=str)
@pytest.mark.parametrize(("mean", "sd"), [(50, 5), (2, 10), (99, 30), (0, 4), (50, 500)])
def test_normal_matches_scipy(mean: float, sd: float, domain: Domain):
    """A normal is conditioned on its field's domain, not cut off at it (§3)."""
    ends = (domain.low - mean) / sd, (domain.high - mean) / sd
    peer = stats.truncnorm(*ends, loc=mean, scale=sd)
    ours = Normal(mean, sd).ppf(GRID, domain)
    assert ours == pytest.approx(peer.ppf(GRID), rel=1e-8, abs=1e-8)
    if domain == PERCENT:
        assert ours.mean() == pytest.approx(peer.mean(), abs=0.02)


def test_conditioned_mean_in_closed_form():
    """Half a normal above 0 has the mean sd · √(2/π)."""
    grid = (np.arange(100_000) + 0.5) / 100_000
    mean = Normal(0.0, 10.0).ppf(grid, AMOUNT).mean()
    assert mean == pytest.approx(10.0 * math.sqrt(2.0 / math.pi), rel=1e-4)


@pytest.mark.parametrize("sd", [9.9e6, 1e7 + 1, 1e12, 1e300])
def test_a_very_wide_normal_is_uniform_on_its_domain(sd: float):
    """However wide a normal, what is left of it on a scale is drawn without loss of digits."""
    assert Normal(30.0, sd).ppf(GRID, PERCENT) == pytest.approx(100.0 * GRID, abs=1e-6)


@given(quantities(), st.floats(0.0, 1.0, exclude_max=True))
def test_draws_stay_in_the_domain_and_rise(written: object, uniform: float):
    """Every draw is a finite number of the domain, and a higher uniform never gives a lower one."""
    quantity = parse(written)
    ends = np.array([0.0, uniform, np.nextafter(1.0, 0.0)])
    low, middle, high = quantity.ppf(ends, PERCENT)
    assert 0.0 <= low <= middle + 1e-9 <= high + 2e-9 <= 100.0 + 2e-9


@given(quantities(0.0, 50.0))
def test_amounts_are_finite_at_the_last_uniform(written: object):
    """Where the domain has no upper end, the highest uniform still gives a finite number."""
    assert np.isfinite(parse(written).ppf(np.array([np.nextafter(1.0, 0.0)]), AMOUNT)).all()


def test_median():
    """The median is the draw at one half."""
    assert Uniform(40, 60).median(PERCENT) == 50.0
    assert Normal(50, 5).median(PERCENT) == pytest.approx(50.0)


def test_only_a_single_number_is_certain():
    """A number is certain, a range, a triangle and a normal are not."""
    certain = [q.certain for q in (Exactly(1), Uniform(1, 2), Triangular(1, 2, 3), Normal(1, 2))]
    assert certain == [True, False, False, False]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (None, "a number, a range like 40..60, {low, mode, high} or {mean, sd} was expected"),
        (True, "a number was expected, not yes or no"),
        ("x", "a number or a range like 40..60 was expected"),
        ("60..40", "the range runs backwards; write 40..60"),
        ({"low": 1}, "an uncertain number as a mapping needs {low, mode, high} or {mean, sd}"),
        ({"low": 3, "mode": 2, "high": 4}, "low, mode and high must rise in this order"),
        ({"mean": 1, "sd": -1}, "sd must be 0 or more"),
        ({"mean": "1", "sd": 1}, "mean must be a number"),
        (float("nan"), "a finite number was expected"),
        (10**400, "a finite number was expected"),
        ("1..1e999", "a finite number was expected"),
        (101, "101 lies outside 0 to 100"),
        ("-1..5", "-1..5 lies outside 0 to 100"),
    ],
)
def test_what_is_no_quantity(raw: object, reason: str):
    """What is no quantity of the field is refused with the reason."""
    with pytest.raises(ValidationError) as caught:
        Position.model_validate({"values": {"within": raw}})
    assert caught.value.errors()[0]["msg"] == reason
