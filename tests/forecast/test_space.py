"""Winset and core in several dimensions, against searches and other tools (§57)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.spatial import ConvexHull

from comity.dossier import Batch, Keyed
from comity.errors import UnsupportedError
from comity.forecast.pivots import pivots
from comity.forecast.space import Space, space
from forecast.small import PROCEDURES, body, dossier

RULES = (
    "substantive",
    "minus_one",
    "majority",
    "of_members",
    "two_thirds",
    "two_thirds_of_members",
)
PLACES = st.integers(0, 8).map(lambda k: 12.5 * k)
CARES = st.sampled_from((0, 20, 50, 50, 100))


def held(
    ideals: list[list[float]],
    saliences: list[list[float]] | None = None,
    procedure: str = "majority",
    reversion: float = 0.0,
    **presence: str,
) -> Space:
    """Members A, B, … with ideals of each dimension."""
    who = "ABCDEFGHIJ"[: len(ideals)]
    items = [f"x{k}" for k in range(len(ideals[0]))]
    saliences = saliences or [[50.0] * len(items) for _ in who]
    text = {"reversion": reversion, "procedure": procedure}
    positions: dict[str, Any] = {
        item: {
            name: {"ideal": ideals[m][k], "salience": saliences[m][k]}
            | ({"presence": presence[name]} if name in presence else {})
            for m, name in enumerate(who)
        }
        for k, item in enumerate(items)
    }
    of = dossier(dict.fromkeys(items, text), positions, {"b": body(*who)})
    return space(Batch(of, Keyed(1, 0, 1)), items)


@st.composite
def cases(draw: st.DrawFn, dimensions: int) -> Space:
    members = draw(st.integers(1, 6))
    row = st.lists(PLACES, min_size=dimensions, max_size=dimensions)
    cares = st.lists(CARES, min_size=dimensions, max_size=dimensions)
    ideals = draw(st.lists(row, min_size=members, max_size=members))
    saliences = draw(st.none() | st.lists(cares, min_size=members, max_size=members))
    return held(ideals, saliences, draw(st.sampled_from(RULES)))


def fan(dimensions: int) -> np.ndarray:
    """Directions all round, and along the axes alone."""
    rng = np.random.default_rng(3)
    ways = rng.normal(size=(400, dimensions))
    axes = np.eye(dimensions)
    return np.concatenate([ways, axes, -axes])


@pytest.mark.parametrize("dimensions", [1, 2, 3])
def test_a_package_is_in_the_core_if_nothing_beats_it(dimensions: int):
    """Where the test says no, its witness beats the package; where it says yes, no search does."""
    rng = np.random.default_rng(5)
    seen = set()

    @given(cases(dimensions), st.lists(PLACES, min_size=dimensions, max_size=dimensions))
    def holds(of: Space, package: list[float]) -> None:
        for here in (np.array(package), of.ideals[0].mean(axis=0), of.ideals[0][0]):
            found = of.core_test(here)
            seen.add(found.holds)
            if not found.holds:
                ballot = of.put(found.better, against=here)
                assert ballot.passes[0]
                assert set(found.coalition) <= set(ballot.supporters())
                assert ((found.better >= 0) & (found.better <= 100)).all()
                continue
            near = np.clip(
                here + fan(dimensions) * rng.uniform(0, 3, (len(fan(dimensions)), 1)), 0, 100
            )
            for other in (*near[::4], *rng.uniform(0, 100, (50, dimensions)), *of.ideals[0]):
                assert not of.put(other, against=here).passes[0]

    holds()
    assert seen == {True, False}


@given(cases(2), st.lists(PLACES, min_size=2, max_size=2))
def test_under_consensus_it_is_the_pareto_set(of: Space, package: list[float]):
    """A package is safe if no linear step raises all; asked of a linear programme."""
    here = np.array(package)
    unanimous = Space(
        of.items,
        of.members,
        of.ideals,
        np.full_like(of.saliences, 50.0),
        of.reversion,
        held(of.ideals[0].tolist(), procedure="substantive").table,
    )
    pull = of.ideals[0] - here
    found = linprog(
        [0, 0, -1],
        A_ub=np.column_stack([-pull, np.ones(len(pull))]),
        b_ub=np.zeros(len(pull)),
        bounds=[(-1, 1), (-1, 1), (None, 1)],
    )
    assert unanimous.core_test(here).holds is bool(-found.fun <= 1e-9)


@given(cases(1))
def test_in_one_dimension_it_is_the_interval_between_the_pivots(of: Space):
    """The two ways to the core are one."""
    who = of.members
    text = {"reversion": 0, "procedure": "majority"}
    positions = {
        name: {"ideal": of.ideals[0, m, 0], "salience": of.saliences[0, m, 0]}
        for m, name in enumerate(who)
    }
    batch = Batch(dossier({"x": text}, {"x": positions}, {"b": body(*who)}), Keyed(1, 0, 1))
    (low,), (high,) = pivots(batch, "x").core()
    same = space(batch, ["x"])
    for at in np.arange(0.0, 100.1, 6.25):
        assert same.core_test([at]).holds is bool(low <= at <= high)


@given(
    st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=6),
    st.sampled_from(RULES),
    st.sampled_from(((50.0, 50.0), (80.0, 20.0))),
)
def test_the_polygon_holds_the_core(
    ideals: list[tuple[float, float]], procedure: str, worth: tuple[float, float]
):
    """Its middle and its corners are in the core, what lies beyond a corner is not."""
    of = held([list(each) for each in ideals], [list(worth)] * len(ideals), procedure)
    corners = of.core_polygon()
    if not len(corners):
        grid = np.arange(0.0, 100.1, 25.0)
        assert not any(of.core_test([a, b]).holds for a in grid for b in grid)
        return
    middle = corners.mean(axis=0)
    found = of.core_test(middle)
    # A core of one point has digits that no float holds: then it is left by next to nothing.
    assert found.holds or (len(corners) < 3 and np.abs(found.better - middle).max() < 1e-3)
    for corner in corners:
        off = (corner - middle) * 0.05 if len(corners) > 1 else np.array([0.7, 0.3])
        if ((corner + off >= 0) & (corner + off <= 100)).all():
            assert not of.core_test(corner + off).holds


def test_under_consensus_the_polygon_is_the_hull():
    """Corner for corner, as another library finds it."""
    ideals = np.random.default_rng(9).uniform(0, 100, (9, 2))
    corners = held(ideals.tolist(), procedure="substantive").core_polygon()
    hull = ideals[ConvexHull(ideals).vertices]
    assert sorted(map(tuple, corners.round(6).tolist())) == sorted(
        map(tuple, hull.round(6).tolist())
    )


def test_three_at_the_corners_of_a_triangle_have_no_majority_core():
    """Any two can improve on any package, and the witness says which."""
    of = held([[10, 10], [90, 10], [50, 80]])
    assert not len(of.core_polygon())
    found = of.core_test([50, 30])
    assert not found.holds
    assert len(found.coalition) == 2


def test_plotts_symmetry_makes_a_core():
    """A fifth member where the lines between four others cross; moved off it there is none."""
    four = [[10.0, 10.0], [90.0, 70.0], [10.0, 70.0], [90.0, 10.0]]
    of = held([*four, [50.0, 40.0]])
    assert of.core_test([50, 40]).holds
    assert of.core_polygon() == pytest.approx(np.array([[50.0, 40.0]]), abs=1e-6)
    assert not len(held([*four, [55.0, 40.0]]).core_polygon())


def test_who_has_what_it_wants_and_no_stake_in_the_rest_does_not_object():
    """A wants the first item as it is and does not care for the second, which B would change."""
    of = held([[30, 0], [30, 80]], [[50, 0], [50, 50]], "substantive")
    found = of.core_test([30, 20])
    assert not found.holds
    assert found.coalition == ("B",)
    assert found.better[0] == 30
    assert of.put(found.better, against=np.array([30.0, 20.0])).indifferent[0].tolist() == [
        True,
        False,
    ]


def test_a_package_passes_where_its_parts_would_not():
    """Two members that each gain on one item and lose less on the other."""
    of = held([[20, 0], [0, 20]], [[20, 80], [80, 20]], "substantive", reversion=10)
    assert not of.in_winset([20, 10])[0]
    assert not of.in_winset([10, 20])[0]
    swapped = held([[20, 0], [0, 20]], [[80, 20], [20, 80]], "substantive", reversion=0)
    ballot = swapped.put([15, 15])
    assert ballot.passes[0]
    assert ballot.supporters() == ("A", "B")


def test_who_is_absent_has_no_say():
    """C would block, were it there."""
    three = [[60.0, 60.0], [50.0, 50.0], [0.0, 0.0]]
    assert not held(three, procedure="substantive").in_winset([40, 40])[0]
    assert held(three, procedure="substantive", C="absent").in_winset([40, 40])[0]


def test_items_that_cannot_stand_together_are_refused():
    """Of different procedures, twice the same, or with options."""
    text = {"reversion": 0}
    positions = {item: {"A": {"salience": 50}} for item in ("x", "y", "o")}
    of = dossier(
        {
            "x": text,
            "y": text | {"procedure": "majority"},
            "o": {"options": ["no", "yes"], "reversion": "no"},
        },
        positions,
    )
    batch = Batch(of, Keyed(1, 0, 1))
    for items in (["x", "y"], ["x", "x"], ["x", "o"], []):
        with pytest.raises(UnsupportedError):
            space(batch, items)
    assert set(RULES) <= set(PROCEDURES)


def test_polygons_need_two_items_weighed_alike():
    """Otherwise only single packages can be tested."""
    with pytest.raises(UnsupportedError, match="two items"):
        held([[10, 20, 30]]).core_polygon()
    with pytest.raises(UnsupportedError, match="differently"):
        held([[10, 20], [30, 40]], [[50, 50], [20, 80]]).core_polygon()
