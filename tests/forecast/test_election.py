"""The probabilistic Condorcet election against plain loops over its definition (§61)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.dossier import Batch, Dossier, Keyed
from comity.errors import UnsupportedError
from comity.forecast.election import (
    Election,
    ElectionRules,
    chances_of_options,
    elect_over,
    most_probable,
    spatial_chances,
)
from comity.forecast.election.rules import Process, Victory, Votes
from contracts.forecaster import BESIDE, SCALE, on_scale
from forecast.small import body, dossier

RULES = st.builds(
    ElectionRules,
    votes=st.sampled_from(get_args(Votes)),
    victory=st.sampled_from(get_args(Victory)),
    process=st.sampled_from(get_args(Process)),
)

COORDINATE = st.one_of(st.sampled_from([0.0, 25.0, 50.0, 100.0]), st.integers(0, 100).map(float))
CARE = st.sampled_from([0.0, 20.0, 50.0, 100.0])


@st.composite
def spatial(draw: st.DrawFn) -> tuple[list[list[float]], list[list[float]], list[float]]:
    """Positions and saliences of some members on some dimensions, and the members' weights."""
    members, dimensions = draw(st.integers(1, 5)), draw(st.integers(1, 3))

    def each(of: st.SearchStrategy[float]) -> list[list[float]]:
        row = st.lists(of, min_size=dimensions, max_size=dimensions)
        return draw(st.lists(row, min_size=members, max_size=members))

    weights = st.lists(st.sampled_from([0.0, 1.0, 2.5]), min_size=members, max_size=members)
    return each(COORDINATE), each(CARE), draw(weights.filter(sum))


def vote(gain: float, votes: str, held: bool) -> float:
    sign = min(gain / 1e-8, 1.0)
    return {
        "proportional": gain,
        "binary": sign,
        "prop_bin": 0.8 * gain + 0.2 * sign,
        "prop_cubic": (gain + gain**3) / 2,
        "cubic": gain**3,
        "asym_prosp": gain if held else gain * 2 / 3,
    }[votes]


def wins(ours: float, theirs: float, victory: str) -> float:
    if victory != "binary":
        power = {"linear": 1, "square": 2, "quartic": 4, "octic": 8}[victory]
        return (
            1 / (1 + (theirs / ours) ** power)
            if ours > theirs
            else 1 - (1 / (1 + (ours / theirs) ** power))
        )
    if ours >= 1.1 * theirs:
        return 1 / (1 + 1e-6)
    if theirs >= 1.1 * ours:
        return 1e-6 / (1 + 1e-6)
    return (2.1 * ours / (ours + theirs) - 1) / 0.1


def naive(worths: list[list[float]], weights: list[float], rules: ElectionRules) -> np.ndarray:
    """Chances of the options, by counting votes one by one and holding elections for long.

    ``worths[k][i]`` is what option i is worth to member k; options lie in ascending order.
    """
    options = range(len(worths[0]))
    c = np.zeros((len(options), len(options)))
    for row, weight in zip(worths, weights, strict=True):
        for i in options:
            for j in options:
                if row[i] > row[j]:
                    c[i, j] += weight * vote(row[i] - row[j], rules.votes, i < j)
    idle = (c <= 0) & (c.T <= 0)
    c[idle] = 1e-12 * c.max() if c.max() > 0 else 1.0
    v = np.full(c.shape, 0.5)
    for i in options:
        for j in options:
            if i != j:
                v[i, j] = wins(c[i, j], c[j, i], rules.victory)
    if rules.process == "conditional":
        each = [math.prod(v[i, j] for j in options if j != i) for i in options]
        return np.array(each) / sum(each)
    challenge = np.full(c.shape, 1 / len(options))
    if rules.process == "incentive":
        drive = c * v * (1 - np.eye(len(options)))
        drive += np.diag(drive.sum(axis=0) <= 0)  # nobody wants to change it
        challenge = drive / drive.sum(axis=0)
    step = v * challenge
    for j in options:
        step[j, j] = sum(v[j, i] * challenge[i, j] for i in options if i != j) + challenge[j, j]
    assert step.sum(axis=0) == pytest.approx(np.ones(len(options)))
    for _ in range(60):
        step = step @ step  # 2⁶⁰ elections
        step /= step.sum(axis=0)
    return step[:, 0]


def worths_of(positions: list[list[float]], care: list[list[float]]) -> list[list[float]]:
    found = []
    for own, s in zip(positions, care, strict=True):
        shares = [v**2 for v in s] if any(s) else [1.0] * len(s)
        row = []
        for other in positions:
            square = sum(v * (a - b) ** 2 for v, a, b in zip(shares, own, other, strict=True))
            row.append(1 - math.sqrt(square / sum(shares)) / 100)
        found.append(row)
    return found


@settings(max_examples=300, deadline=None)
@given(spatial(), RULES)
def test_the_chances_are_those_of_plain_loops(case, rules: ElectionRules) -> None:
    """Under every rule, with ties, equal positions, weights and saliences of 0."""
    positions, care, weights = case
    worths = worths_of(positions, care)
    distinct = sorted({tuple(each) for each in positions})
    firsts = [[tuple(p) for p in positions].index(each) for each in distinct]
    columns = [[row[at] for at in firsts] for row in worths]
    assume(well_apart(columns))
    expected = naive(columns, weights, rules)
    found = spatial_chances(
        np.array([positions]), np.array([care]), np.array([weights], dtype=float), rules
    )[0]
    assert found[firsts] == pytest.approx(expected, abs=1e-7)
    assert found.sum() == pytest.approx(1.0)
    assert set(np.flatnonzero(found)) <= set(firsts)


def well_apart(columns: list[list[float]]) -> bool:
    """No member tells two options apart by rounding errors alone, or hardly (binary votes)."""
    gaps = [abs(a - b) for row in columns for a in row for b in row]
    return all(gap == 0 or gap > 1e-6 for gap in gaps)


@settings(max_examples=200, deadline=None)
@given(spatial(), RULES, st.randoms(use_true_random=False))
def test_the_order_of_members_is_irrelevant(case, rules: ElectionRules, rng) -> None:
    """Each position keeps its chance, whoever is listed first at it."""
    positions, care, weights = case
    assume(well_apart(worths_of(positions, care)))
    order = rng.sample(range(len(weights)), len(weights))

    def by_position(listed: list[int]) -> dict[tuple[float, ...], float]:
        p, s = (np.array([[each[k] for k in listed]]) for each in (positions, care))
        found = spatial_chances(p, s, np.array([[float(weights[k]) for k in listed]]), rules)[0]
        held: dict[tuple[float, ...], float] = {}
        for k, chance in zip(listed, found, strict=True):
            place = tuple(positions[k])
            held[place] = held.get(place, 0.0) + float(chance)
        return held

    here, there = by_position(list(range(len(weights)))), by_position(order)
    assert there == pytest.approx(here, abs=1e-7)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=6), RULES)
def test_what_one_member_likes_best_is_likeliest(worths: list[float], rules) -> None:
    """A lone voter's best option has the best chance, and one worth less never a better one."""
    found = chances_of_options(np.array([[worths]]), np.ones((1, 1)), rules)[0]
    assert np.isfinite(found).all()
    for i, j in ((i, j) for i in range(len(worths)) for j in range(len(worths))):
        if worths[i] > worths[j] + 1e-6:
            assert found[i] >= found[j] - 1e-9


def test_two_options_are_a_plain_vote() -> None:
    """Weights 3 and 1 against each other: 9/10 by squares, 3/4 in proportion."""
    u, w = np.array([[[1.0, 0.0], [0.0, 1.0]]]), np.array([[3.0, 1.0]])
    for victory, chance in (("square", 9 / 10), ("linear", 3 / 4), ("quartic", 81 / 82)):
        for process in get_args(Process):
            found = chances_of_options(u, w, ElectionRules(victory=victory, process=process))
            assert found[0] == pytest.approx([chance, 1 - chance])


def test_a_cycle_of_sure_victories_leaves_all_even() -> None:
    """Rock, paper, scissors without doubt: 0/0 in the formula, a third each by symmetry."""
    worths = np.array([[[1.0, 0.5, 0.0], [0.0, 1.0, 0.5], [0.5, 0.0, 1.0]]])
    for process in get_args(Process):
        for victory in get_args(Victory):
            rules = ElectionRules(votes="binary", victory=victory, process=process)
            found = chances_of_options(worths, np.ones((1, 3)), rules)
            assert found[0] == pytest.approx(np.full(3, 1 / 3))


def test_nobody_telling_options_apart_leaves_all_even() -> None:
    """Without any vote all options have the same chance, under every rule; nothing is 0/0."""
    for process in get_args(Process):
        found = chances_of_options(
            np.full((2, 3, 4), 0.7), np.ones((2, 3)), ElectionRules(process=process)
        )
        assert found == pytest.approx(np.full((2, 4), 0.25))


def test_an_asymmetric_vote_holds_on_to_what_lies_lower() -> None:
    """A loss weighs whole, a gain two thirds: (2/3)² against 1 of two equal members."""
    rules = ElectionRules(votes="asym_prosp")
    u = np.array([[[1.0, 0.0], [0.0, 1.0]]])
    found = chances_of_options(u, np.ones((1, 2)), rules)[0]
    assert found == pytest.approx([9 / 13, 4 / 13])


def test_salience_counts_or_not() -> None:
    """A vote weighs capability × salience, or capability alone as in KTAB's own SMP."""
    held = {"A": {"ideal": 0, "salience": 100}, "B": {"ideal": 100, "salience": 50}}
    of = dossier({"x": {"reversion": 0}}, {"x": held})
    batch = Batch(of, Keyed(1, 0, 2))
    assert Election().predict(batch, "x").point == pytest.approx(100 * 1 / 5)
    alone = Election(ElectionRules(weighing="capability"))
    assert alone.predict(batch, "x").point == pytest.approx(50.0)


def test_the_most_probable_position_may_be_the_point() -> None:
    """Beside the mean; where several are as probable, their mean."""
    batch = Batch(on_scale(SCALE, lambda point: point), Keyed(3, 0, 30))
    mean, mode = Election().predict(batch, "x"), Election(point="most_probable").predict(batch, "x")
    assert np.array_equal(mean.samples, mode.samples)
    each = [
        np.mean(row[chance >= chance.max() * (1 - 1e-9)])
        for row, chance in zip(mode.samples, mode.weights, strict=True)
    ]
    assert mode.point == pytest.approx(np.mean(each))
    assert most_probable(np.array([[0.0, 10.0, 70.0]]), np.array([[0.4, 0.4, 0.2]])) == 5.0


def test_one_dimension_is_the_election_on_the_item() -> None:
    """Over one item the spatial election is the model's."""
    batch = Batch(on_scale(SCALE, lambda point: point), Keyed(3, 0, 30))
    alone, over = Election().predict(batch, "x"), elect_over(batch, ("x",))
    assert over.chances == pytest.approx(alone.weights)
    assert over.mean == pytest.approx([float(alone.point)])


def test_items_without_salience_do_not_matter() -> None:
    """Saliences of 0 on the second item leave the election to the first."""
    beside = {who: position | {"salience": 0} for who, position in BESIDE.items()}
    of = on_scale(SCALE, lambda point: point, beside)
    batch = Batch(of, Keyed(3, 0, 30))
    one, both = elect_over(batch, ("x",)), elect_over(batch, ("x", "beside"))
    assert both.positions.shape == (30, 4, 2)
    assert both.chances == pytest.approx(one.chances)


def test_members_at_one_point_but_apart_on_another_item_are_two_options() -> None:
    """Positions are equal if they are equal on every item."""
    held = {
        "x": {"A": {"ideal": 0}, "B": {"ideal": 0}, "C": {"ideal": 0}},
        "y": {"A": {"ideal": 0}, "B": {"ideal": 100}, "C": {"ideal": 100}},
    }
    sure = {
        item: {who: each | {"salience": 50} for who, each in of.items()}
        for item, of in held.items()
    }
    batch = Batch(dossier({"x": {"reversion": 0}, "y": {"reversion": 0}}, sure), Keyed(1, 0, 1))
    assert elect_over(batch, ("x", "y")).chances[0] == pytest.approx([1 / 5, 4 / 5, 0.0])
    assert elect_over(batch, ("x",)).chances[0] == pytest.approx([1.0, 0.0, 0.0])


def _two_bodies() -> Dossier:
    return dossier(
        {"x": {"reversion": 0}, "y": {"reversion": 0, "body": "c"}},
        {"x": {"A": {"ideal": 10}}, "y": {"B": {"ideal": 10}}},
        {"b": body("A"), "c": body("B")},
    )


def test_an_election_needs_items_with_common_members() -> None:
    """What cannot be held says why."""
    batch = Batch(_two_bodies(), Keyed(1, 0, 1))
    with pytest.raises(UnsupportedError, match="no member belongs to all"):
        elect_over(batch, ("x", "y"))
    with pytest.raises(UnsupportedError, match="needs one"):
        elect_over(batch, ())
    options = {"options": ["no", "yes"], "reversion": "no"}
    of = dossier({"x": options}, {"x": {"A": {"ideal": "yes"}}})
    with pytest.raises(UnsupportedError, match="has options"):
        elect_over(Batch(of, Keyed(1, 0, 1)), ("x",))


@settings(max_examples=100, deadline=None)
@given(st.lists(spatial().filter(lambda case: len(case[0][0]) == 1), min_size=2, max_size=4), RULES)
def test_draws_do_not_touch_each_other(cases, rules: ElectionRules) -> None:
    """Many draws at once give what each gives alone, bit for bit."""
    size = min(len(case[2]) for case in cases)
    parts = [[np.array([each[:size]], dtype=float) for each in case] for case in cases]
    alone = [spatial_chances(*part, replace(rules)) for part in parts]
    together = spatial_chances(
        *(np.concatenate([part[k] for part in parts]) for k in range(3)), rules
    )
    assert np.array_equal(together, np.concatenate(alone))


EXTREME = st.sampled_from([0.0, 1e-300, 1e-30, 1.0, 1e30])
CLOSE = st.sampled_from([0.0, 1e-12, 50.0, 50.0 + 1e-10, 100.0])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(CLOSE, EXTREME), min_size=1, max_size=7), RULES)
def test_nothing_is_undefined(members: list[tuple[float, float]], rules: ElectionRules) -> None:
    """Weights from next to nothing to 10³⁰, positions side by side: chances that add up."""
    places, weights = zip(*members, strict=True)
    assume(sum(weights) > 0)
    found = spatial_chances(
        np.array([places])[:, :, None],
        np.full((1, len(places), 1), 50.0),
        np.array([weights]),
        rules,
    )
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1.0)
