"""Agreement, S, π and κ: by hand, against brute force, and their properties."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.rollcalls.measures import (
    MEASURES,
    agreement,
    answer_table,
    cohens_kappa,
    scotts_pi,
    signorino_ritter,
)

PAIRS = st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), max_size=40)
HAND = np.array([[5, 2, 1], [0, 3, 1], [1, 0, 7]])
"""Twenty roll calls: 15 alike, 3 a step apart, 2 opposed."""


def tabled(pairs):
    one, other = (np.array([pair[side] for pair in pairs], dtype=np.int8) for side in (0, 1))
    return answer_table(one, other)


def brute(pairs):
    """The four measures from their definitions, in exact fractions; None where undefined."""
    cast = [(a, b) for a, b in pairs if a >= 0 and b >= 0]
    n = len(cast)
    if not n:
        return dict.fromkeys(MEASURES)
    p = Fraction(sum(a == b for a, b in cast), n)
    of_one = [Fraction(sum(a == k for a, _ in cast), n) for k in range(3)]
    of_other = [Fraction(sum(b == k for _, b in cast), n) for k in range(3)]
    by_pi = sum(((r + c) / 2) ** 2 for r, c in zip(of_one, of_other, strict=True))
    by_kappa = sum(r * c for r, c in zip(of_one, of_other, strict=True))
    apart = sum(Fraction(abs(a - b), 2) for a, b in cast)
    return {
        "agreement": p,
        "s": 1 - 2 * apart / n,
        "pi": None if by_pi == 1 else (p - by_pi) / (1 - by_pi),
        "kappa": None if by_kappa == 1 else (p - by_kappa) / (1 - by_kappa),
    }


def test_by_hand():
    """p = 15/20; S = 1 − (3·1 + 2·2)/20; π and κ with the chance worked out on paper."""
    assert agreement(HAND) == pytest.approx(15 / 20)
    assert signorino_ritter(HAND) == pytest.approx(1 - 7 / 20)
    assert signorino_ritter(HAND, "squared") == pytest.approx(1 - 2 * (3 / 4 + 2) / 20)
    chance = (7 / 20) ** 2 + (4.5 / 20) ** 2 + (8.5 / 20) ** 2
    assert scotts_pi(HAND) == pytest.approx((0.75 - chance) / (1 - chance))
    chance = (8 * 6 + 4 * 5 + 8 * 9) / 400
    assert cohens_kappa(HAND) == pytest.approx((0.75 - chance) / (1 - chance))


def test_an_independent_tool():
    """κ of the table above as scikit-learn 1.9.1 gives it."""
    assert cohens_kappa(HAND) == pytest.approx(0.6153846153846154, abs=1e-12)


def test_s_runs_from_minus_one_to_one():
    """Always opposed is −1, always alike 1, yes against abstention throughout 0."""
    assert signorino_ritter(tabled([(2, 0)] * 3)) == -1
    assert signorino_ritter(tabled([(2, 2), (0, 0)])) == 1
    assert signorino_ritter(tabled([(2, 1)] * 4)) == 0


@given(PAIRS)
def test_against_brute_force(pairs):
    """All four equal their definitions, and are undefined together with them."""
    table = tabled(pairs)
    for name, expected in brute(pairs).items():
        found = float(MEASURES[name](table))
        if expected is None:
            assert np.isnan(found), name
        else:
            assert found == pytest.approx(float(expected), abs=1e-12), name


@given(PAIRS)
def test_order_of_actors_and_of_answers(pairs):
    """All are symmetric; π and agreement do not care which answer is called what."""
    swapped = [(b, a) for a, b in pairs]
    renamed = [tuple({0: 1, 1: 2, 2: 0}.get(v, v) for v in pair) for pair in pairs]
    for name, measure in MEASURES.items():
        one = measure(tabled(pairs))
        assert np.array_equal(one, measure(tabled(swapped)), equal_nan=True)
        if name != "s":
            other = measure(tabled(renamed))
            assert np.isnan(one) == np.isnan(other)
            assert np.isnan(one) or one == pytest.approx(float(other), abs=1e-12)


@given(PAIRS)
def test_pi_never_exceeds_kappa(pairs):
    """Pooling the answers can only raise the agreement that chance explains."""
    pi, kappa = scotts_pi(tabled(pairs)), cohens_kappa(tabled(pairs))
    if np.isfinite(pi) and np.isfinite(kappa):
        assert pi <= kappa + 1e-12


def test_absent_and_unrecorded_do_not_count():
    """Only roll calls count in which both cast a vote."""
    assert tabled([(2, -1), (-2, 0), (-1, -1), (1, 1)]).sum() == 1
