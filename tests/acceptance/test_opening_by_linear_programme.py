"""The least opening against SciPy's linear programming, on numbers that are not whole (§15)."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from comity.acceptance import ScaleStances, least_opening, stances
from comity.dossier import Batch, Dossier, Keyed
from forecast.small import body, dossier

Interval = tuple[float, float]


def random_dossier(rng: np.random.Generator, members: int) -> Dossier:
    """Members whose acceptances, of awkward length, often do not meet."""
    back = float(rng.choice([0.0, rng.uniform(0, 100), 100.0]))
    held = {}
    for number in range(members):
        position = {
            "ideal": float(rng.uniform(0, 100)),
            "salience": float(rng.uniform(1, 100)),
            "omega": float(rng.choice([0.0, rng.uniform(0, 10)])),
            "basis": "inferred",
        }
        if rng.random() < 0.4:
            position["accepts"] = sorted(rng.uniform(0, 100, 2).tolist())
        elif rng.random() < 0.4:
            position["floor"] = float(rng.uniform(0, 100))
        held[f"M{number}"] = position
    item = {"reversion": back, "smallest_step": float(rng.uniform(1, 40))}
    return dossier({"x": item}, {"x": held}, {"b": body(*held)})


def acceptance(of: Dossier, who: str) -> Interval:
    """The ends of Aᵢ by its definition; crossed if nothing is accepted."""
    item, held = of.agenda["x"], of.positions["x"][who]
    back, ideal = item.reversion.value, held.ideal.value
    if held.accepts is not None:
        low, high = (end.value for end in held.accepts)
    else:
        reach = abs(back - ideal) + 100 * held.omega.value / held.salience.value
        low, high = max(ideal - reach, 0.0), min(ideal + reach, 100.0)
    if held.floor is not None:
        low, high = (
            (max(low, held.floor.value), high)
            if ideal >= back
            else (low, min(high, held.floor.value))
        )
    return low, high


def programme(weights: list[float], intervals: list[Interval], side: Interval) -> float:
    """min Σ sᵢ dᵢ over x on the side and dᵢ ≥ lowᵢ − x, dᵢ ≥ x − highᵢ, dᵢ ≥ 0."""
    if side[0] > side[1] or any(low > high for low, high in intervals):
        return np.inf
    count = len(weights)
    apart = -np.eye(count)
    below = np.hstack([-np.ones((count, 1)), apart])  # lowᵢ − x − dᵢ ≤ 0
    above = np.hstack([np.ones((count, 1)), apart])  # x − highᵢ − dᵢ ≤ 0
    solved = linprog(
        c=[0.0, *weights],
        A_ub=np.vstack([below, above]),
        b_ub=[-low for low, _ in intervals] + [high for _, high in intervals],
        bounds=[side] + [(0.0, None)] * count,
    )
    assert solved.status == 0, solved.message
    return float(solved.fun)


def least(of: Dossier, excused: int) -> float:
    """The best programme over both sides of the reversion and over who is excused."""
    item, members = of.agenda["x"], of.members("x")
    back, step = item.reversion.value, item.smallest_step.value
    bound = [
        ([of.positions["x"][who].salience.value for who in group],
         [acceptance(of, who) for who in group])
        for group in combinations(members, max(len(members) - excused, 0))
    ]  # fmt: skip
    sides = ((back + step, 100.0), (0.0, back - step))
    return min(
        programme(weights, intervals, side) if weights else 0.0 if side[0] <= side[1] else np.inf
        for weights, intervals in bound
        for side in sides
    )


def check_many(seed: int, excused: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    kinds = set()
    for _ in range(count):
        of = random_dossier(rng, int(rng.integers(1, 6)))
        held = stances(Batch(of, Keyed(1, 0, 1)), "x")
        assert isinstance(held, ScaleStances)
        found = least_opening(held, excused)
        expected = least(of, excused)
        assert found.cost[0] == pytest.approx(expected, rel=1e-7, abs=1e-7), of
        kinds.add("none" if expected == 0 else "finite" if np.isfinite(expected) else "endless")
        if np.isfinite(expected):
            weighed = sum(
                of.positions["x"][who].salience.value * asked
                for who, asked in zip(held.actors, found.asked[0], strict=True)
            )
            assert weighed == pytest.approx(found.cost[0], abs=1e-9)
            assert held.says_something(found.text)[0, 0]
    assert kinds >= {"none", "finite"}
    assert excused or "endless" in kinds


@pytest.mark.parametrize("excused", [0, 1, 2])
def test_the_least_opening_is_the_optimum_of_a_linear_programme(excused: int) -> None:
    """No text costs less, on either side, whoever is excused (§15)."""
    check_many(seed=5, excused=excused, count=80)


@pytest.mark.trust
@pytest.mark.parametrize("excused", [0, 1, 2])
def test_the_least_opening_is_the_optimum_of_many_linear_programmes(excused: int) -> None:
    """The same, on thousands of cases (§15)."""
    check_many(seed=6, excused=excused, count=2000)
