"""What knowing an input would be worth, read off draws (§50)."""

from __future__ import annotations

import numpy as np
import pytest

from comity.bargaining.question import FIFTHS, answers, by_chance, fall_of, fifths

DRAWS = 1000


def two_packages(column):
    """Regret of two packages: the first is right where the input is low, the second where high."""
    low = column < 0.5
    return np.stack([np.where(low, 0.0, 0.4), np.where(low, 0.4, 0.0)], axis=1)


def test_an_input_that_decides_everything_is_worth_the_whole_regret():
    """Knowing it brings the mean regret to 0, but for the fifth in the middle and chance."""
    rng = np.random.default_rng(0)
    column = rng.random(DRAWS)
    idle = {f"idle{k}": rng.random(DRAWS) for k in range(20)}
    found = answers(two_packages(column), {"decisive": column, **idle}, seed=1)
    first = found[0]
    assert first.path == "decisive"
    assert first.beyond_chance
    assert first.choice[:2] == (0, 0)
    assert first.choice[3:] == (1, 1)
    assert first.value == pytest.approx(0.2 - 0.04, abs=0.02)
    assert not any(answer.beyond_chance for answer in found[1:])


def test_inputs_that_know_nothing_are_worth_nothing_on_average():
    """Corrected for chance, the value of idle inputs is 0 on average (§50)."""
    rng = np.random.default_rng(1)
    regret = rng.random((DRAWS, 4))
    found = answers(regret, {f"idle{k}": rng.random(DRAWS) for k in range(400)}, seed=1)
    values = np.array([answer.value for answer in found])
    assert abs(values.mean()) < 3 * values.std() / np.sqrt(len(values))
    assert sum(answer.beyond_chance for answer in found) <= 3


def test_a_fall_is_counted_by_hand():
    """Ten draws, two in each fifth; the best package of each fifth is chosen separately."""
    regret = np.array(
        [[0, 1], [0, 1], [0, 1], [0, 1], [1, 0], [1, 0], [0, 1], [0, 1], [1, 0], [1, 0]]
    )
    fall, choice = fall_of(regret.astype(float), fifths(np.arange(10.0)))
    assert choice == (0, 0, 1, 0, 1)
    assert fall == pytest.approx(0.4)


def test_fifths_are_equally_full():
    """Every fifth holds as many draws as any other, whatever the input's distribution."""
    column = np.array([5.0, 1.0, 1.0, 1.0, 9.0, 2.0, 2.0, 8.0, 7.0, 6.0])
    assert np.bincount(fifths(column), minlength=FIFTHS).tolist() == [2, 2, 2, 2, 2]
    assert fifths(column)[4] == 4


def test_with_one_package_there_is_nothing_to_learn():
    """No answer changes what to put forward if there is only one thing to put forward."""
    assert answers(np.zeros((DRAWS, 1)), {"a": np.arange(DRAWS) / DRAWS}, seed=1) == []
    assert answers(np.zeros((3, 2)), {"a": np.arange(3) / 3}, seed=1) == []


def test_chance_is_the_same_for_the_same_seed():
    """The partitions made by chance repeat."""
    regret = two_packages(np.random.default_rng(2).random(200))
    assert np.array_equal(by_chance(regret, 7), by_chance(regret, 7))
    assert not np.array_equal(by_chance(regret, 7), by_chance(regret, 8))


def test_a_package_that_is_always_best_leaves_nothing_to_ask():
    """Where one package is never worse, no fall is beyond chance."""
    rng = np.random.default_rng(3)
    column = rng.random(DRAWS)
    regret = np.stack([0.1 * column, 0.1 * column + 0.2], axis=1)
    assert not any(a.beyond_chance for a in answers(regret, {"a": column}, seed=1))
