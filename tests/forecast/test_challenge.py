"""The challenge model against plain loops over its definition (§59)."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.dossier import Batch, Keyed
from comity.errors import UnsupportedError
from comity.forecast import Profile
from comity.forecast.challenge import (
    Challenge,
    Reading,
    challenge_outcomes,
    challenge_rounds,
    middle_rounds,
)
from comity.forecast.median import weighted_median
from contracts.forecaster import SCALE, on_scale

NEAR = 1e-9

READINGS = st.builds(
    Reading,
    q=st.sampled_from([1.0, 0.5, 0.0]),
    better=st.sampled_from([None, 0.0, 0.3, 1.0]),
    support=st.sampled_from(["all", "pair"]),
    risk_in_votes=st.booleans(),
    sight=st.sampled_from(["mover", "own"]),
    compromise=st.sampled_from(["strongest", "least", "lowest"]),
    stop=st.just("never"),
    rounds=st.integers(1, 4),
)

Row = tuple[float, float, float]
COARSE: st.SearchStrategy[Row] = st.tuples(
    st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0]),
    st.sampled_from([0.0, 20.0, 50.0, 100.0]),
    st.sampled_from([0.0, 1.0, 2.0]),
)
FINE: st.SearchStrategy[Row] = st.tuples(
    st.floats(0, 100, width=32), st.floats(0, 100, width=32), st.floats(0, 5, width=32)
)
MEMBERS = st.one_of(*(st.lists(kind, min_size=2, max_size=6) for kind in (COARSE, FINE)))


def one_draw(rows: list[Row]) -> Profile:
    x, s, c = (np.array([each], dtype=float) for each in zip(*rows, strict=True))
    return Profile(tuple(f"m{k}" for k in range(len(rows))), x, s, c, np.zeros(1))


def naive_median(x: list[float], w: list[float]) -> float:
    """The middle of all points with at most half of the weight strictly on either side."""
    half = sum(w) / 2 * (1 + NEAR)
    fits = [
        at
        for at in sorted(set(x))
        if sum(v for y, v in zip(x, w, strict=True) if y < at) <= half
        and sum(v for y, v in zip(x, w, strict=True) if y > at) <= half
    ]
    return (fits[0] + fits[-1]) / 2


class Naive:
    """One member at a time, one rival at a time, one vote at a time."""

    def __init__(self, rows: list[Row], of: Reading) -> None:
        self.x = [each[0] for each in rows]
        self.s = [each[1] / 100 for each in rows]
        self.w = [c * s for (_, _, c), s in zip(rows, self.s, strict=True)]
        if not sum(self.w) > 0:
            self.w = [1.0] * len(rows)
        self.all = range(len(rows))
        self.of, self.span = of, max(self.x) - min(self.x)

    def vote(self, k: int, i: int, j: int, r: float) -> float:
        d = [abs(self.x[k] - self.x[at]) / self.span for at in (i, j)]
        return self.w[k] * (d[1] ** r - d[0] ** r)

    def apart(self, i: int, j: int) -> bool:
        return abs(self.x[i] - self.x[j]) > NEAR * self.span

    def chance(self, i: int, j: int, risk: list[float]) -> float:
        if not self.apart(i, j):
            return 0.0
        pairs = [(i, j)] if self.of.support == "pair" else product(self.all, self.all)
        every = sum(abs(self.vote(k, a, b, risk[k])) for a, b in pairs for k in self.all)
        cast = sum(max(self.vote(k, i, j, risk[k]), 0.0) for k in self.all)
        return cast / every if every > 0 else 0.0

    def gain(self, i: int, j: int, r: float, votes: list[float]) -> float:
        """What i expects from challenging j over leaving it alone, at risk exponent r."""
        d = abs(self.x[i] - self.x[j]) / self.span
        won, lost = 2 - 4 * (0.5 - d / 2) ** r, 2 - 4 * (0.5 + d / 2) ** r
        p, s = self.chance(i, j, votes), self.s[j]
        challenged = s * (p * won + (1 - p) * lost) + (1 - s) * won
        mu = naive_median(self.x, self.w)
        to_median = abs(self.x[i] - mu)
        way = (to_median + abs(self.x[i] - self.x[j])) / self.span / 4
        t = self.of.better
        if t is None:
            t = float(to_median < abs(self.x[i] - self.x[j]) - NEAR * self.span)
        moved = t * (2 - 4 * (0.5 - way) ** r) + (1 - t) * (2 - 4 * (0.5 + way) ** r)
        return challenged - self.of.q * (2 - 4 * 0.5**r) - (1 - self.of.q) * moved

    def exponents(self) -> list[float]:
        even = [1.0] * len(self.x)
        danger = [sum(self.gain(j, i, 1.0, even) for j in self.all if j != i) for i in self.all]
        low, high = min(danger), max(danger)
        if high - low <= NEAR:
            return even
        taken = [(2 * each - high - low) / (high - low) for each in danger]
        return [(1 - each / 3) / (1 + each / 3) for each in taken]

    def offers(self, i: int, r: list[float]) -> dict[str, list[tuple[float, float]]]:
        """By kind: where it would leave i, and the smaller the better among compromises."""
        votes = r if self.of.risk_in_votes else [1.0] * len(r)
        found: dict[str, list[tuple[float, float]]] = {}
        for j in self.all:
            if not self.apart(i, j):
                continue
            a = self.gain(i, j, r[i], votes)
            b = self.gain(j, i, r[i] if self.of.sight == "mover" else r[j], votes)
            if b <= NEAR or -NEAR <= a <= NEAR:
                continue
            if a > 0:
                if b > a + NEAR:
                    found.setdefault("conflict", []).append((self.x[j], 0.0))
            elif b > -a - NEAR:
                to = self.x[i] + (self.x[j] - self.x[i]) * min(-a / b, 1)
                mean = (b * self.x[j] - a * self.x[i]) / (b - a) / self.span
                rank = {"strongest": -b, "least": 0.0, "lowest": mean}[self.of.compromise]
                found.setdefault("compromise", []).append((to, rank))
            else:
                found.setdefault("compelled", []).append((self.x[j], 0.0))
        return found

    def go(self) -> None:
        r = self.exponents()
        moved = list(self.x)
        for i in self.all:
            offers = self.offers(i, r)
            for kind in ("conflict", "compromise", "compelled"):
                if kind in offers:
                    first = min(rank for _, rank in offers[kind])
                    kept = [to for to, rank in offers[kind] if rank <= first + NEAR]
                    way = min(abs(to - self.x[i]) for to in kept)
                    ends = [to for to in kept if abs(to - self.x[i]) <= way + NEAR * self.span]
                    moved[i] = (min(ends) + max(ends)) / 2
                    break
        self.x = moved


@settings(max_examples=120, deadline=None)
@given(MEMBERS, READINGS)
def test_the_rounds_are_those_of_plain_loops(rows: list[Row], of: Reading) -> None:
    """Positions and medians, round by round, under any reading; with ties and weights of 0."""
    agree(rows, of)


@pytest.mark.trust
@settings(max_examples=2000, deadline=None)
@given(MEMBERS, READINGS)
def test_the_rounds_are_those_of_plain_loops_thousands_of_times(rows, of: Reading) -> None:
    """The same, for longer."""
    agree(rows, of)


def agree(rows: list[Row], of: Reading) -> None:
    """The compiled rounds and the plain loops leave everybody at the same place."""
    naive = Naive(rows, of)
    found = challenge_rounds(one_draw(rows), reading=of)
    if naive.span <= NEAR * 100:
        assert not found.rounds
        return
    assert len(found.rounds) == of.rounds
    for each in found.rounds:
        naive.go()
        assert each.positions == pytest.approx(naive.x, abs=1e-6)
        assert each.median == pytest.approx(naive_median(naive.x, naive.w), abs=1e-6)
        naive.x = list(each.positions)  # so that rounding errors do not add up
    assert found.point == found.medians[-1]


@settings(max_examples=100)
@given(st.lists(MEMBERS, min_size=1, max_size=5), READINGS)
def test_draws_do_not_touch_each_other(draws: list[list[Row]], of: Reading) -> None:
    """Many draws at once give what each gives alone, bit for bit."""
    size = min(len(each) for each in draws)
    alone = [one_draw(each[:size]) for each in draws]
    each = [challenge_outcomes(p.ideals, p.saliences, p.weights, of) for p in alone]
    together = challenge_outcomes(
        *(np.concatenate([getattr(p, name) for p in alone]) for name in NAMES), of
    )
    assert together.points.tolist() == [float(found.points[0]) for found in each]
    assert together.rounds.tolist() == [int(found.rounds[0]) for found in each]


NAMES = ("ideals", "saliences", "weights")


@settings(max_examples=100)
@given(MEMBERS, st.randoms(use_true_random=False), READINGS)
def test_the_order_of_members_is_irrelevant_to_the_bit(rows, rng, of: Reading) -> None:
    """Sums are taken in an order that the values fix."""
    other = rng.sample(rows, len(rows))
    points = [
        challenge_outcomes(p.ideals, p.saliences, p.weights, of).points[0]
        for p in map(one_draw, (rows, other))
    ]
    assert points[0] == points[1]


@settings(max_examples=100)
@given(MEMBERS)
def test_neither_end_of_the_scale_is_preferred(rows: list[Row]) -> None:
    """Turning the scale round turns every round round, in the reading we take."""
    of = Reading(stop="never", rounds=3)
    here = challenge_rounds(one_draw(rows), reading=of)
    there = challenge_rounds(one_draw([(100 - x, s, c) for x, s, c in rows]), reading=of)
    assert [100 - each for each in there.medians] == pytest.approx(here.medians, abs=1e-6)


@settings(max_examples=100)
@given(MEMBERS, st.sampled_from(["median", "rest"]), st.integers(1, 12))
def test_the_rounds_end_as_they_say(rows: list[Row], stop, most: int) -> None:
    """Stood still, came round or ran out; the point is the mean of the medians that recur."""
    held = one_draw(rows)
    found = challenge_rounds(held, reading=Reading(stop=stop, rounds=most))
    path = [found.start, *(each.positions for each in found.rounds)]
    medians = [found.start_median, *found.medians]
    span = max(found.start) - min(found.start)
    same = [np.allclose(path[-1], each, rtol=0, atol=1e-6 * span) for each in path[:-1]]
    if not found.rounds:
        assert found.point == medians[0]
    elif found.ending == "stood still":
        assert same[-1] or (stop == "median" and abs(medians[-1] - medians[-2]) <= 1e-6 * span)
        assert found.point == medians[-1]
    elif found.ending == "came round":
        back = max(at for at, one in enumerate(same) if one)
        assert back < len(path) - 2
        assert found.point == pytest.approx(np.mean(medians[back + 1 :]))
    else:
        assert len(found.rounds) == most
        assert not any(same)
        assert found.point == pytest.approx(np.mean(medians[most // 2 + 1 :]))


@given(MEMBERS)
def test_its_median_is_the_weighted_median(rows: list[Row]) -> None:
    """The same as the model of that name (§55)."""
    held = one_draw(rows)
    start = challenge_rounds(held, reading=Reading(stop="never", rounds=1)).start_median
    assert start == pytest.approx(float(weighted_median(held.ideals, held.weights)[0]))


def test_by_hand() -> None:
    """Two members of equal weight, a span apart, saliences ½ and 1.

    A at 0 (s = ½) and B at 100 (s = 1), so w = 1 each with c = 2 and 1. All votes: 1 each in two
    contests that each count twice, so P = 1/4. At r = 1, A from challenging B: 2 − 1·(3/4)·4 = −1;
    B from A: 2 − ½·(3/4)·4 = ½. A is the least secure, r = ½; B the most, r = 2.
    """
    rows = [(0.0, 50.0, 2.0), (100.0, 100.0, 1.0)]
    found = challenge_rounds(one_draw(rows), reading=Reading(stop="never", rounds=1))
    first = found.rounds[0]
    assert first.exponents == pytest.approx((0.5, 2.0))
    as_is, risk = 2 - 4 * math.sqrt(0.5), 4.0
    ours, theirs = 2 - 0.75 * risk - as_is, 2 - 0.5 * 0.75 * risk - as_is
    assert (ours, theirs) == pytest.approx((-0.171573, 1.328427), abs=1e-6)
    (move,) = first.moves
    assert (move.member, move.kind, move.rivals) == ("m0", "compromise", ("m1",))
    assert (move.expects, move.rival_expects) == pytest.approx((ours, theirs))
    assert move.end == pytest.approx(-100 * ours / theirs)
    assert first.positions == pytest.approx((move.end, 100.0))
    assert first.challenges == ()  # B, with r = 2, dares not: 2 − ½·¾·4 − 1 = −½


def test_offers_that_pull_apart_meet_halfway() -> None:
    """A member between two equal rivals stays, and is told to have been offered by both."""
    rows = [(0.0, 90.0, 5.0), (50.0, 5.0, 1.0), (100.0, 90.0, 5.0)]
    found = challenge_rounds(one_draw(rows), reading=Reading(stop="never", rounds=1))
    pulled = [move for move in found.rounds[0].moves if move.member == "m1"]
    assert [move.rivals for move in pulled] == [("m0", "m2")]
    assert found.rounds[0].positions[1] == pytest.approx(50.0)


def test_a_record_is_plain_data() -> None:
    """What the command line prints under --json."""
    found = middle_rounds(on_scale(SCALE, lambda point: point), "x").to_json()
    assert set(found) == {"start", "rounds", "point", "ending"}
    assert set(found["start"]["positions"]) == set(SCALE)
    first = found["rounds"][0]
    assert min(first["positions"].values()) <= first["median"] <= max(first["positions"].values())
    assert found["start"]["positions"]["A"] == pytest.approx(45.0)


def test_the_record_is_of_the_draw_that_the_model_predicts() -> None:
    """Draw for draw, the record ends where the prediction lies."""
    from comity.forecast import profile

    batch = Batch(on_scale(SCALE, lambda point: point), Keyed(7, 0, 20))
    predicted = Challenge().predict(batch, "x").samples
    held = profile(batch, "x")
    assert [challenge_rounds(held, k).point for k in range(20)] == pytest.approx(predicted)


@pytest.mark.parametrize("wrong", [{"q": 1.5}, {"better": -0.1}, {"rounds": 0}])
def test_what_is_out_of_range_is_refused(wrong) -> None:
    """With what was found and what to give."""
    with pytest.raises(UnsupportedError, match="challenge model"):
        Reading(**wrong)
