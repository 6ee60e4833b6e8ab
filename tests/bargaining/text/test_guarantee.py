"""Guaranteed gains against draws, linear programmes and the middle reading (conventions §51)."""

import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from bargaining.text.some_talks import some_talks
from comity.bargaining.drawn import drawn, middle
from comity.bargaining.problem import Package
from comity.bargaining.text import guaranteed_gain
from comity.bargaining.text.guarantee import guarantee
from comity.bargaining.text.told import Box, Order, Ordered, Told, Worth, told
from comity.dossier.draws import Keyed
from comity.dossier.quantity import AMOUNT
from comity.dossier.talks import Talks

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Corners:
    """Uniforms at the very ends of every range, by chance."""

    seed: int
    size: int = 400

    def column(self, path: str) -> Floats:
        key = [self.seed, *path.encode()]
        return np.where(np.random.default_rng(key).random(self.size) < 0.5, 1e-7, 1.0 - 1e-7)


def change(talks: Talks, seed: int) -> tuple[Package, Package]:
    rng, sizes = np.random.default_rng(seed), middle(talks, "t").sizes
    before = tuple(int(rng.integers(n)) for n in sizes)
    return before, tuple(int(rng.integers(n)) if rng.random() < 0.6 else a
                         for a, n in zip(before, sizes, strict=True))  # fmt: skip


def with_level(talks: Talks, level: str) -> Talks:
    held = {
        party: wants.model_copy(update={"disclosed": level})
        for party, wants in talks.preferences.items()
    }
    return talks.model_copy(update={"preferences": held})


@pytest.mark.parametrize("weights", ["shares", "as_given"])
@pytest.mark.parametrize("seed", range(60))
def test_no_draw_falls_below_the_guarantee(seed: int, weights: str) -> None:
    """Bands: in thousands of utilities within the ranges the change is never worth less."""
    talks = some_talks(seed, levels=("bands",), weights=weights)
    before, after = change(talks, seed)
    for uniforms in (Keyed(seed, 0, 400), Corners(seed)):
        worth = drawn(talks, "t", uniforms).utilities([before, after])
        for place, party in enumerate(talks.parties):
            sure = guaranteed_gain(talks, party, before, after).gain
            assert (worth[:, 1, place] - worth[:, 0, place]).min() >= sure - 1e-7


@pytest.mark.parametrize("weights", ["shares", "as_given"])
@pytest.mark.parametrize("seed", range(60))
def test_exact_is_the_middle_reading(seed: int, weights: str) -> None:
    """Exact numbers: the guarantee is the difference in the middle reading."""
    talks = some_talks(seed, levels=("exact",), weights=weights)
    before, after = change(talks, seed)
    worth = middle(talks, "t").utilities([before, after])
    for place, party in enumerate(talks.parties):
        sure = guaranteed_gain(talks, party, before, after).gain
        assert sure == pytest.approx(worth[1, place] - worth[0, place], abs=1e-9)


@pytest.mark.parametrize("level", ["order", "bands", "exact"])
@pytest.mark.parametrize("seed", range(60))
def test_the_witness_attains_it(seed: int, level: str) -> None:
    """The witness agrees with what was disclosed, and under it the change is worth just that."""
    talks = some_talks(seed, levels=(level,))
    before, after = change(talks, seed)
    for party in talks.parties:
        disclosed = told(talks, party)
        sure = guarantee(disclosed, tuple(talks.issues), before, after)
        if sure.witness is None:
            assert sure.gain == -np.inf
            continue
        assert sure.witness.gain == pytest.approx(sure.gain, abs=1e-9)
        shares = np.array(list(sure.witness.weights.values()))
        assert shares.sum() == pytest.approx(1.0)
        assert agree(shares, disclosed)
        for place, issue in enumerate(talks.issues):
            if before[place] != after[place]:
                pair = sure.witness.values[issue]
                assert pair_agrees(disclosed.worth[place], before[place], after[place], pair)


def agree(shares: Floats, disclosed: Told) -> bool:
    """Whether shares come of weights in the box, or never rise along the order."""
    if isinstance(disclosed.weights, Order):
        levels = [shares[group] for group in disclosed.weights.groups]
        return all(a.min() >= b.max() - 1e-12 for a, b in itertools.pairwise(levels))
    low, high = disclosed.weights.low, disclosed.weights.high
    none = shares <= 0
    if (low[none] > 0).any():
        return False
    scale = np.array([low[~none] / shares[~none], high[~none] / shares[~none]])
    return bool(scale[0].max() <= scale[1].min() * (1 + 1e-9))


def pair_agrees(worth: Worth | Ordered, a: int, b: int, pair: tuple[float, float]) -> bool:
    low, high = worth.bounds() if isinstance(worth, Worth) else scale(worth)
    inside = all(low[o] - 1e-9 <= v <= high[o] + 1e-9 for o, v in zip((a, b), pair, strict=True))
    if isinstance(worth, Ordered):
        rises = np.sign(np.round(worth.rank[b] - worth.rank[a], 9))
        return bool(inside and rises * (pair[1] - pair[0]) >= -1e-9)
    return inside


def scale(worth: Ordered) -> tuple[Floats, Floats]:
    """Values of an order run from 0 to 100, as §51 has it."""
    return np.zeros(len(worth.rank)), np.full(len(worth.rank), 100.0)


@pytest.mark.parametrize("level", ["order", "bands", "exact"])
@pytest.mark.parametrize("seed", range(40))
def test_linear_programmes_agree(seed: int, level: str) -> None:
    """Values and weights by linear programmes give the same least gain."""
    talks = some_talks(seed, levels=(level,))
    before, after = change(talks, seed)
    for party in talks.parties:
        disclosed = told(talks, party)
        if disclosed.meetings:
            continue
        each = np.array([
            least_by_programme(worth, a, b)
            for worth, a, b in zip(disclosed.worth, before, after, strict=True)
        ])  # fmt: skip
        sure = guarantee(disclosed, tuple(talks.issues), before, after).gain
        assert sure == pytest.approx(weighed_by_programme(each, disclosed.weights), abs=1e-6)


def least_by_programme(worth: Worth | Ordered, a: int, b: int) -> float:
    if a == b:
        return 0.0
    if isinstance(worth, Worth):
        n, coefficients = len(worth.low), np.zeros(len(worth.low))
        for option, sign in ((b, 1.0), (a, -1.0)):
            coefficients[worth.left[option]] += sign * (1 - worth.share[option])
            coefficients[worth.right[option]] += sign * worth.share[option]
        ends = [(worth.low[k], worth.high[k]) for k in range(n)]
        return float(linprog(coefficients, bounds=ends).fun or 0.0)
    n = len(worth.rank)
    coefficients = np.zeros(n)
    coefficients[b], coefficients[a] = 1.0, -1.0
    rows = []
    for upper, lower in itertools.permutations(range(n), 2):
        if worth.rank[upper] > worth.rank[lower] + 1e-9 or worth.same[upper] == worth.same[lower]:
            row = np.zeros(n)
            row[lower], row[upper] = 1.0, -1.0
            rows.append(row)
    ends = list(zip(*scale(worth), strict=True))
    above = np.array(rows) if rows else None
    found = linprog(
        coefficients, A_ub=above, b_ub=None if above is None else np.zeros(len(rows)), bounds=ends
    )
    return float(found.fun or 0.0)


def weighed_by_programme(each: Floats, weights: Box | Order) -> float:
    n = len(each)
    if isinstance(weights, Order):
        counted = np.concatenate(weights.groups)
        rows = []
        for upper, lower in itertools.pairwise(weights.groups):
            for i, j in itertools.product(upper, lower):
                row = np.zeros(n)
                row[j], row[i] = 1.0, -1.0
                rows.append(row)
        ends = [(0.0, 1.0 if k in counted else 0.0) for k in range(n)]
        above = np.array(rows) if rows else None
        found = linprog(
            each,
            A_eq=np.ones((1, n)),
            b_eq=[1.0],
            bounds=ends,
            A_ub=above,
            b_ub=None if above is None else np.zeros(len(rows)),
        )
        return float(found.fun or 0.0)
    # Charnes and Cooper: y = tw, and the sum of y is 1
    upper = np.concatenate([np.eye(n), -weights.high[:, None]], axis=1)
    lower = np.concatenate([-np.eye(n), weights.low[:, None]], axis=1)
    found = linprog(
        np.append(each, 0.0),
        A_ub=np.concatenate([upper, lower]),
        b_ub=np.zeros(2 * n),
        A_eq=[[*np.ones(n), 0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * (n + 1),
    )
    return float(found.fun or 0.0)


@pytest.mark.parametrize("seed", range(40))
def test_more_disclosed_is_never_less_sure(seed: int) -> None:
    """Bands guarantee no more than the middle reading, and nothing disclosed least of all."""
    talks = some_talks(seed)
    before, after = change(talks, seed)
    for party in talks.parties:
        sure = {
            level: guaranteed_gain(with_level(talks, level), party, before, after).gain
            for level in ("nothing", "bands", "exact")
        }
        assert sure["nothing"] <= sure["bands"] + 1e-9 <= sure["exact"] + 2e-9


def test_nothing_disclosed() -> None:
    """Of a party that disclosed nothing only what stays as it is is safe."""
    talks = with_level(some_talks(3), "nothing")
    before = (0,) * len(talks.issues)
    assert guaranteed_gain(talks, "A", before, before).gain == 0.0
    changed = guaranteed_gain(talks, "A", before, (1, *before[1:]))
    assert changed.gain == -np.inf
    assert changed.witness is None
    assert "disclosed nothing" in changed.why


def two_issues(level: str, **more: object) -> Talks:
    """A swap: the first issue matters more to A, the second to B; ends at 0 and 100."""

    def wants(first: str, second: str, up: str) -> dict[str, object]:
        down = "o1" if up == "o0" else "o0"
        one = {"rank": 1, "values": {up: 100, down: 0}}
        two = {"rank": 2, "values": {up: 100, down: 0}}
        return {"issues": {first: one, second: two}, "disclosed": level, **more}

    return Talks.model_validate({
        "parties": ["A", "B"],
        "issues": {"x": {"options": ["o0", "o1"]}, "y": {"options": ["o0", "o1"]}},
        "preferences": {"A": wants("x", "y", "o1"), "B": wants("y", "x", "o0")},
    })  # fmt: skip


def test_ranks_prove_a_swap_where_values_are_known() -> None:
    """With values of 0 and 100 let be known, giving on the lesser issue costs no more."""
    talks = two_issues("bands")
    assert guaranteed_gain(talks, "A", (0, 1), (1, 0)).gain == pytest.approx(0.0)
    assert guaranteed_gain(talks, "A", (0, 0), (1, 0)).gain == pytest.approx(50.0)
    assert guaranteed_gain(talks, "A", (1, 0), (0, 1)).gain == pytest.approx(-100.0)
    assert guaranteed_gain(talks, "B", (1, 1), (1, 0)).gain == pytest.approx(50.0)


def test_an_order_alone_proves_no_swap() -> None:
    """The options of the leading issue may all be worth the same, so giving may cost half."""
    talks = two_issues("order")
    assert guaranteed_gain(talks, "A", (0, 1), (1, 0)).gain == pytest.approx(-50.0)
    assert guaranteed_gain(talks, "A", (0, 0), (1, 0)).gain == pytest.approx(0.0)
    assert guaranteed_gain(talks, "A", (1, 0), (0, 1)).gain == pytest.approx(-100.0)


def one_issue(held: dict[str, object], **issue: object) -> Talks:
    wants = {"issues": {"x": {"weight": 1, **held}}, "disclosed": "order"}
    return Talks.model_validate({
        "parties": ["A", "B"],
        "issues": {"x": issue or {"options": ["o0", "o1", "o2"]}},
        "preferences": {"A": wants, "B": wants},
    })  # fmt: skip


@pytest.mark.parametrize(
    ("low", "between", "high"),
    [(1, 50, 99), (0, 50, 100), (-1, 50, 101), (-1e6, -3, 1e6), ("0..10", 20, 60), (7, 8, 9)],
)
def test_of_an_order_the_numbers_do_not_count(low: object, between: object, high: object) -> None:
    """Whatever the values are, in one order or on either side of the scale, all is alike."""
    talks = one_issue({"values": {"o0": low, "o1": between, "o2": high}})
    sure = {(a, b): guaranteed_gain(talks, "A", (a,), (b,)) for a in range(3) for b in range(3)}
    assert {k: g.gain for k, g in sure.items()} == {
        (a, b): 0.0 if b >= a else -100.0 for a, b in sure
    }
    for guaranteed in sure.values():
        assert guaranteed.witness is not None
        assert all(0 <= v <= 100 for pair in guaranteed.witness.values.values() for v in pair)


def test_of_an_order_lights_and_shares_are_no_numbers() -> None:
    """Neither from no to yes nor from nothing to all is a gain of any certain size."""
    lights = one_issue({"lights": {"o0": "no", "o1": "could live with", "o2": "yes"}})
    assert guaranteed_gain(lights, "A", (0,), (2,)).gain == 0.0
    assert guaranteed_gain(lights, "A", (2,), (1,)).gain == -100.0
    shares = one_issue({}, divisible={"total": 100, "parts": 1})
    assert guaranteed_gain(shares, "A", (1,), (0,)).gain == 0.0
    assert guaranteed_gain(shares, "A", (0,), (1,)).gain == -100.0


@pytest.mark.parametrize("seed", range(60))
def test_an_order_by_utilities_that_keep_it(seed: int) -> None:
    """Order: no utility with values from 0 to 100 and weights in order falls below (§51)."""
    talks = some_talks(seed, levels=("order",))
    before, after = change(talks, seed)
    reading, rng = middle(talks, "t"), np.random.default_rng(seed)
    for place, party in enumerate(talks.parties):
        if talks.preferences[party].interactions:
            continue
        sure = guaranteed_gain(talks, party, before, after).gain
        weights = matter(talks, party)
        for _ in range(200):
            each = in_order(weights, rng, 1.0) * (weights != 0)
            moved = [
                np.diff(in_order(reading.worth[k][:, place], rng, 100.0)[[a, b]])[0]
                for k, (a, b) in enumerate(zip(before, after, strict=True))
            ]
            if each.sum() > 0:
                assert each @ np.array(moved) / each.sum() >= sure - 1e-9


def matter(talks: Talks, party: str) -> Floats:
    """How much each issue matters: more is higher, 0 not at all."""
    held = [talks.preferences[party].issues[issue] for issue in talks.issues]
    return np.array([
        h.weight.median(AMOUNT) if h.weight is not None else -float(h.rank or 0) for h in held
    ])  # fmt: skip


def in_order(numbers: Floats, rng: np.random.Generator, most: float) -> Floats:
    """Numbers in the same order from 0 to ``most``, often at either end."""
    levels = np.unique(np.round(numbers, 9), return_inverse=True)[1]
    drawn = np.sort(rng.random(levels.max() + 1))
    return most * (np.round(drawn) if rng.random() < 0.5 else drawn)[levels]


def test_an_order_says_nothing_of_interactions() -> None:
    """A change that touches an interaction is sure of nothing where only an order is known."""
    both = {"i": {"when": {"x": "o0", "y": "o0"}, "worth": 5}}
    talks = two_issues("order", interactions=both)
    sure = guaranteed_gain(talks, "A", (0, 0), (1, 0))
    assert sure.gain == -np.inf
    assert "together" in sure.why
    assert guaranteed_gain(talks, "A", (0, 1), (1, 1)).gain == pytest.approx(0.0)


def test_a_normal_has_no_ends() -> None:
    """A normal quantity may lie anywhere in its field, so it guarantees next to nothing."""
    talks = Talks.model_validate({
        "parties": ["A", "B"],
        "issues": {"x": {"options": ["o0", "o1"]}},
        "preferences": {
            p: {"issues": {"x": {"weight": 1, "values": {"o0": 0, "o1": {"mean": 50, "sd": 1}}}}}
            for p in ("A", "B")
        },
    })  # fmt: skip
    assert guaranteed_gain(talks, "A", (0,), (1,)).gain == pytest.approx(-1e6)


@pytest.mark.trust
def test_guarantees_at_length() -> None:
    """Hundreds of further talks, against draws, corners and linear programmes."""
    for seed in range(60, 460):
        test_no_draw_falls_below_the_guarantee(seed, "shares")
        for level in ("order", "bands", "exact"):
            test_the_witness_attains_it(seed, level)
            test_linear_programmes_agree(seed, level)
