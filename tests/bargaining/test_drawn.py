"""Talks in numbers, against §40, §42 and §43 worked out beside the code."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import beta, kstest, triang, truncnorm

from comity.bargaining.drawn import Drawn, drawn, middle
from comity.dossier.draws import Keyed
from comity.dossier.talks import Talks

DRAWS = 4000
ISSUES: dict[str, Any] = {
    "road": {"options": ["none", "both", "own"]},
    "seat": {"options": ["here", "there"]},
}


def wants(**issues: Any) -> dict[str, Any]:
    """Preferences over issues; of those not named, none."""
    return {"issues": issues}


def talks_of(a: dict[str, Any], issues: dict[str, Any] | None = None, **fields: Any) -> Talks:
    """Talks between A, who wants what is given, and B, to whom the first issue matters."""
    issues = issues or ISSUES
    b = fields.pop("b", wants(**{next(iter(issues)): {"weight": 1}}))
    held = {
        p: {**w, "issues": {k: {"weight": 0} for k in issues} | w["issues"]}
        for p, w in (("A", a), ("B", b))
    }
    for party in held.values():
        if any("rank" in wanted for wanted in party["issues"].values()):
            party["issues"] = {k: v for k, v in party["issues"].items() if v != {"weight": 0}}
    raw = {"parties": ["A", "B"], "issues": issues, "preferences": held, **fields}
    return Talks.model_validate(raw)


def many(talks: Talks, seed: int = 1, draws: int = DRAWS) -> Drawn:
    return drawn(talks, "t", Keyed(seed, 0, draws))


def worth(talks: Talks, issue: str) -> list[float]:
    """What A's options of an issue are worth to it in the middle reading."""
    problem = middle(talks, "t")
    return problem.worth[problem.issues.index(issue)][:, 0].tolist()


# --- weights and values

WHOLE = st.integers(0, 100)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=2), st.lists(WHOLE, min_size=5, max_size=5))
def test_utility_is_weight_times_value_over_the_sum_of_weights(weights, values):
    """§40: u(x) = Σ w v(x) / Σ w; with `as_given` nothing is divided."""
    road = dict(zip(ISSUES["road"]["options"], values[:3], strict=True))
    seat = dict(zip(ISSUES["seat"]["options"], values[3:], strict=True))
    a = wants(
        road={"weight": weights[0], "values": road}, seat={"weight": weights[1], "values": seat}
    )
    for kind, divisor in (("shares", sum(weights)), ("as_given", 1)):
        problem = middle(talks_of(a, weights=kind), "t")
        packages = list(product(range(3), range(2)))
        plain = [
            (weights[0] * values[x] + weights[1] * values[3 + y]) / divisor for x, y in packages
        ]
        assert_allclose(problem.utilities(packages)[:, 0], plain, atol=1e-9)
        assert problem.divisors.tolist() == [divisor, 1]


def test_weights_are_divided_by_their_sum_in_every_draw():
    """§40: the sum is that of the weights of the same draw, not of their medians."""
    values = {"none": 0, "both": 0, "own": 100}
    a = wants(road={"weight": "1..9", "values": values}, seat={"weight": "1..3"})
    held = many(talks_of(a))
    keyed = Keyed(1, 0, DRAWS)
    root = "talks.t.preferences.A.issues"
    road = 1 + 8 * keyed.column(f"{root}.road.weight")
    seat = 1 + 2 * keyed.column(f"{root}.seat.weight")
    assert_allclose(held.utilities([(2, 0)])[:, 0, 0], 100 * road / (road + seat))


def test_lights_are_worth_what_the_conventions_say():
    """§40: yes 100, no 0, could live with anything from 20 to 80, each option on its own."""
    lights = {"none": "could live with", "both": "yes", "own": "no"}
    seat = {"here": "could live with", "there": "could live with"}
    a = wants(road={"weight": 1, "lights": lights}, seat={"weight": 1, "lights": seat})
    talks = talks_of(a, weights="as_given")
    assert worth(talks, "road") == [50, 100, 0]
    held = many(talks)
    none, both, own = held.worth[0][:, :, 0].T
    assert set(both) == {100.0}
    assert set(own) == {0.0}
    for between in (none, *held.worth[1][:, :, 0].T):
        assert kstest(between, "uniform", args=(20, 60)).pvalue > 1e-3
    assert abs(np.corrcoef([none, *held.worth[1][:, :, 0].T])[np.triu_indices(3, 1)]).max() < 0.06


def test_an_issue_without_values_is_all_the_same_to_a_party():
    """An issue of options or a grid on which nothing is said has worth 0 for every option."""
    issues = ISSUES | {"fee": {"grid": {"low": 0, "high": 4, "step": 2}}}
    talks = talks_of(wants(road={"weight": 1}, fee={"weight": 2}), issues)
    assert worth(talks, "road") == [0, 0, 0]
    assert worth(talks, "fee") == [0, 0, 0]


# --- ranks


def ranked(*ranks: int) -> Talks:
    """A ranks issues; each is worth 100 if it gets ``yes``, so that worth is weight."""
    issues = {f"i{k}": {"options": ["yes", "no"]} for k in range(len(ranks))}
    held = {f"i{k}": {"rank": r, "values": {"yes": 100, "no": 0}} for k, r in enumerate(ranks)}
    return talks_of(wants(**held), issues)


def weights_of(talks: Talks, **how: Any) -> np.ndarray:
    """A's weights: shape (draws, issues)."""
    held = many(talks, **how)
    return np.stack([each[:, 0, 0] for each in held.worth], axis=1) / 100


def test_the_middle_reading_of_ranks_is_their_centroid():
    """§40, Barron & Barrett 1996: of three issues 11/18, 5/18, 2/18, whatever their order."""
    problem = middle(ranked(2, 3, 1), "t")
    found = [each[0, 0] / 100 for each in problem.worth]
    assert_allclose(found, [5 / 18, 2 / 18, 11 / 18])


def test_issues_of_equal_rank_share_alike():
    """Two issues tied behind the first have the mean of what their places give."""
    problem = middle(ranked(4, 1, 4), "t")
    assert_allclose([each[0, 0] / 100 for each in problem.worth], [7 / 36, 11 / 18, 7 / 36])


@pytest.mark.parametrize("ranks", [(1, 2, 3), (3, 1, 2), (1, 2, 2), (2, 1, 1, 3), (1, 1)])
def test_drawn_weights_respect_the_order_and_have_the_centroid_as_mean(ranks):
    """§40: a set of weights in keeping with the order in every draw; their mean the centroid."""
    talks = ranked(*ranks)
    found = weights_of(talks)
    assert_allclose(found.sum(axis=1), 1)
    assert (found >= 0).all()
    for one, other in product(range(len(ranks)), repeat=2):
        if ranks[one] < ranks[other]:
            assert (found[:, one] >= found[:, other]).all()
        if one != other and ranks[one] == ranks[other]:
            assert 0.45 < np.mean(found[:, one] > found[:, other]) < 0.55
    middle_weights = [each[0, 0] / 100 for each in middle(talks, "t").worth]
    assert_allclose(found.mean(axis=0), middle_weights, atol=4 * 0.3 / np.sqrt(DRAWS))


def test_every_set_of_weights_in_keeping_with_the_order_is_equally_likely():
    """§40: of two issues the first has anything from ½ to 1; three tied fill the simplex."""
    assert kstest(weights_of(ranked(1, 2))[:, 0], "uniform", args=(0.5, 0.5)).pvalue > 1e-3
    for tied in weights_of(ranked(1, 1, 1)).T:
        assert kstest(tied, beta(1, 2).cdf).pvalue > 1e-3
    second = weights_of(ranked(1, 2, 3))[:, 1]
    rng = np.random.default_rng(0)  # of all sets of weights, those in this order
    flat = rng.dirichlet([1, 1, 1], 60_000)
    kept = flat[(flat[:, 0] >= flat[:, 1]) & (flat[:, 1] >= flat[:, 2])]
    assert kstest(second, kept[:, 1]).pvalue > 1e-3


def test_ranks_make_shares_even_where_weights_are_taken_as_given():
    """§40: weights behind ranks sum to 1, also where nothing is divided (`as_given`)."""
    given_ = ranked(1, 2).model_copy(update={"weights": "as_given"})
    assert_allclose([each[0, 0] for each in middle(given_, "t").worth], [75, 25])
    assert_allclose(weights_of(given_).sum(axis=1), 1)


def test_issues_of_equal_rank_keep_the_order_in_which_they_fell():
    """Three tied issues have weights in proportion to their own exponentials."""
    root = "talks.t.preferences.A.issues"
    columns = [Keyed(1, 0, DRAWS).column(f"{root}.i{k}.rank") for k in range(3)]
    fell = -np.log(1 - np.stack(columns, axis=1))
    assert_allclose(weights_of(ranked(1, 1, 1)), fell / fell.sum(axis=1, keepdims=True))


# --- grids and divisible quantities


def test_values_of_a_grid_run_straight_and_stay_level_beyond():
    """§40: between points stated straight, beyond them level; points need not be on the grid."""
    issues = {"fee": {"grid": {"low": 0, "high": 10, "step": 2}}}
    values = {"8": 10, "2": 40, "5": 100}
    talks = talks_of(wants(fee={"weight": 1, "values": values}), issues)
    assert_allclose(worth(talks, "fee"), [40, 40, 80, 70, 10, 10])
    talks = talks_of(wants(fee={"weight": 1, "values": {"4": 30}}), issues)
    assert worth(talks, "fee") == [30] * 6


def test_uncertain_ends_of_a_grid_are_straight_in_every_draw():
    """What lies between moves with the ends of the same draw."""
    issues = {"fee": {"grid": {"low": 0, "high": 10, "step": 5}}}
    values = {"0": "0..50", "10": "60..90"}
    held = many(talks_of(wants(fee={"weight": 1, "values": values}), issues))
    low, half, high = held.worth[0][:, :, 0].T
    assert_allclose(half, (low + high) / 2)
    assert np.ptp(low) > 40
    assert np.ptp(high) > 25


def test_a_divisible_quantity_is_worth_its_own_part():
    """§40: without values the party's own part in proportion, all of it 100; with, as a grid."""
    issues = {"land": {"divisible": {"total": 40, "parts": 4}}}
    problem = middle(talks_of(wants(land={"weight": 1}), issues, b=wants(land={"weight": 1})), "t")
    assert problem.options == (("40/0", "30/10", "20/20", "10/30", "0/40"),)
    assert_allclose(problem.worth[0], [[100, 0], [75, 25], [50, 50], [25, 75], [0, 100]])
    b = wants(land={"weight": 1, "values": {"10": 20, "30": 100}})
    problem = middle(talks_of(wants(land={"weight": 1}), issues, b=b), "t")
    assert_allclose(problem.worth[0][:, 1], [20, 20, 60, 100, 100])


# --- interactions


@pytest.mark.parametrize("turned", [False, True])
def test_an_interaction_adds_to_its_party_where_both_are_agreed(turned):
    """§40: what pairs of options are worth together, in whatever order they are written."""
    when = {"seat": "there", "road": ["both", "own"]}
    if turned:
        when = dict(reversed(when.items()))
    values = {"none": 10, "both": 20, "own": 30}
    a = wants(road={"weight": 4, "values": values}) | {
        "interactions": {"x": {"when": when, "worth": "-9..-3"}}
    }
    talks = talks_of(a)
    problem = middle(talks, "t")
    packages = list(product(range(3), range(2)))
    assert_allclose(problem.utilities(packages)[:, 0], [10, 10, 20, 14, 30, 24])
    assert not problem.utilities(packages)[:, 1].any()
    held = many(talks)
    added = held.utilities([(2, 1)])[:, 0, 0] - 30
    assert kstest(added, "uniform", args=(-9, 6)).pvalue > 1e-3


def test_interactions_on_the_same_issues_add_up():
    """Two of one party and one of the other, on the same pair of issues."""
    both = {"road": "own", "seat": "here"}
    a = wants(road={"weight": 1}) | {
        "interactions": {
            "x": {"when": both, "worth": 5},
            "y": {"when": {"seat": ["here", "there"], "road": "own"}, "worth": -2},
        }
    }
    b = wants(road={"weight": 1}) | {"interactions": {"z": {"when": both, "worth": 7}}}
    problem = middle(talks_of(a, b=b), "t")
    assert problem.utilities([(2, 0), (2, 1), (0, 0)]).tolist() == [[3, 7], [-2, 0], [0, 0]]
    assert [(x.first, x.second) for x in problem.interactions] == [(0, 1)]


# --- limits


@pytest.mark.parametrize(
    ("likelihood", "holds"), [(0.0, False), (0.3, False), (0.5, False), (0.51, True), (1.0, True)]
)
def test_a_red_line_holds_in_its_share_of_draws(likelihood, holds):
    """§43; in the middle reading it holds if it is more likely than not (§40)."""
    line = {"never": {"road": "own"}, "likelihood": likelihood}
    talks = talks_of(wants(road={"weight": 1}) | {"red_lines": {"r": line}})
    assert bool(middle(talks, "t").limits) is holds
    held = many(talks)
    share = held.holds.mean(axis=0).tolist()
    if likelihood in (0.0, 1.0):
        assert share == [likelihood]
    assert share == pytest.approx([likelihood], abs=4 * 0.5 / np.sqrt(DRAWS))
    broken = held.crossed([(2, 0), (0, 0)])[:, :, 0]
    assert_array_equal(broken[:, 0], held.holds[:, 0])
    assert not broken[:, 1].any()


def test_an_uncertain_cap_is_drawn():
    """§43: what keeps to a cap in a draw keeps to the bound of that draw."""
    issues = {"fee": {"grid": {"low": 0, "high": 20, "step": 1}}}
    cap = {"kind": "cap", "sum": {"fee": 1}, "at_most": "8..12"}
    talks = talks_of(wants(fee={"weight": 1}), issues, links={"c": cap})
    packages = [(k,) for k in range(21)]
    assert middle(talks, "t").allowed(packages).tolist() == [k <= 10 for k in range(21)]
    held = many(talks, draws=400)
    bound = 8 + 4 * Keyed(1, 0, 400).column("talks.t.links.c.at_most")
    plain = np.arange(21) > bound[:, None]
    assert_array_equal(held.crossed(packages)[:, :, 0], plain)
    for draw in (0, 1, 399):
        assert_array_equal(held.problem(draw).allowed(packages), ~plain[draw])


# --- reservation values

VALUED = {"road": {"weight": 1, "values": {"none": 5, "both": "20..40", "own": 100}}}


def reverting(**reversions: str) -> dict[str, Any]:
    return {
        k: v | {"reversion": reversions[k]} if k in reversions else v for k, v in ISSUES.items()
    }


def test_a_reservation_value_is_taken_as_given():
    """§42: never raised or lowered, whatever the options are worth and reversions say."""
    talks = talks_of(wants(**VALUED) | {"reservation": -7}, reverting(road="own", seat="here"))
    assert middle(talks, "t").reservation.tolist() == [-7, 0]
    talks = talks_of(wants(**VALUED) | {"reservation": "20..40"})
    assert middle(talks, "t").reservation[0] == 30
    assert kstest(many(talks).reservation[:, 0], "uniform", args=(20, 20)).pvalue > 1e-3


def test_without_a_reservation_value_the_reversions_count():
    """§42: their worth in the same draw if every issue has one, interactions too; else 0."""
    a = wants(**VALUED) | {
        "interactions": {"x": {"when": {"road": "both", "seat": "here"}, "worth": 4}}
    }
    talks = talks_of(a, reverting(road="both", seat="here"))
    assert middle(talks, "t").reservation.tolist() == [34, 0]
    held = many(talks)
    assert_allclose(held.reservation[:, 0], held.utilities([(1, 0)])[:, 0, 0])
    assert np.ptp(held.reservation[:, 0]) > 15
    assert middle(talks_of(a, reverting(road="both")), "t").reservation.tolist() == [0, 0]


# --- draws

MEDIANS = [
    ("20..60", 40.0),
    ({"low": 20, "mode": 30, "high": 60}, triang(0.25, 20, 40).ppf(0.5)),
    ({"mean": 5, "sd": 10}, truncnorm(-0.5, np.inf, 5, 10).ppf(0.5)),  # no weight is below 0
]


@pytest.mark.parametrize(("form", "median"), MEDIANS)
def test_the_middle_reading_has_every_quantity_at_its_median(form, median):
    """§40: of ranges, of triangles, of normals cut off at 0; half the draws lie below it."""
    values = {"none": 1, "both": 0, "own": 0}
    a = wants(road={"weight": form, "values": values})
    talks = talks_of(a, weights="as_given")
    found = worth(talks, "road")[0]
    assert found == pytest.approx(median)
    assert np.median(many(talks).worth[0][:, 0, 0]) == pytest.approx(found, abs=1.5)


def uncertain(b: dict[str, Any] | None = None, **fields: Any) -> Talks:
    line = {"never": {"seat": "here"}, "likelihood": 0.4}
    a = wants(
        road={"weight": "1..5", "values": {"none": 0, "both": "10..90", "own": 100}},
        seat={"weight": 2, "lights": {"here": "could live with", "there": "yes"}},
    ) | {"reservation": "5..25", "red_lines": {"r": line}}
    return talks_of(a, b=b or wants(road={"weight": 1}), **fields)


def test_another_field_leaves_every_other_draw_alone():
    """Draws are keyed by field path: what B says, and new links, move nothing of A's."""
    cap = {"kind": "cap", "sum": {"road": {"own": 1}}, "at_most": "0..1"}
    b = wants(
        road={"weight": "3..4", "values": {"none": "0..9", "both": 50, "own": "0..1"}},
        seat={"weight": "0..1", "lights": {"here": "yes", "there": "could live with"}},
    ) | {
        "reservation": "1..2",
        "red_lines": {"r": {"never": {"seat": "there"}, "likelihood": 0.5}},
        "interactions": {"x": {"when": {"road": "own", "seat": "here"}, "worth": "1..3"}},
    }
    before, after = many(uncertain(), draws=50), many(uncertain(b, links={"c": cap}), draws=50)
    for one, other in zip(before.worth, after.worth, strict=True):
        assert_array_equal(one[:, :, 0], other[:, :, 0])
    assert_array_equal(before.reservation[:, 0], after.reservation[:, 0])
    assert_array_equal(before.divisors[:, 0], after.divisors[:, 0])
    assert [limit.name for limit in after.limits] == ["A: r", "B: r", "c"]
    assert_array_equal(before.holds[:, 0], after.holds[:, 0])


@dataclass
class Noting:
    """Uniforms that note what was asked for."""

    asked: set[str]
    size: int = 3

    def column(self, path: str) -> np.ndarray:
        self.asked.add(path)
        return np.full(self.size, 0.5)


def test_every_uncertain_field_is_drawn_by_its_own_path():
    """Each has a column of its own, named as the dossier names it; a certain one has none."""
    line = {"never": {"seat": "here"}, "likelihood": 0.4}
    meeting = {"when": {"road": "own", "seat": "here"}, "worth": "1..3"}
    values = {"none": "0..9", "both": "10..90", "own": 100}
    lights = {"here": "could live with", "there": "could live with"}
    one = wants(road={"weight": "1..5", "values": values}, seat={"weight": 2, "lights": lights}) | {
        "reservation": "5..25",
        "red_lines": {"r": line, "s": line, "sure": line | {"likelihood": 1.0}},
        "interactions": {"x": meeting, "y": meeting, "sure": meeting | {"worth": 2}},
    }
    other = wants(road={"rank": 1, "values": values}, seat={"rank": 2}) | {
        "reservation": {"mean": 3, "sd": 1}
    }
    cap = {"kind": "cap", "sum": {"road": {"own": 1}}, "at_most": "0..1"}
    links = {"c": cap, "d": cap, "sure": cap | {"at_most": 1}}
    noting = Noting(set())
    drawn(talks_of(one, b=other, links=links), "t", noting)
    fields = """
        links.c.at_most
        links.d.at_most
        preferences.A.interactions.x.worth
        preferences.A.interactions.y.worth
        preferences.A.issues.road.values.both
        preferences.A.issues.road.values.none
        preferences.A.issues.road.weight
        preferences.A.issues.seat.lights.here
        preferences.A.issues.seat.lights.there
        preferences.A.red_lines.r.likelihood
        preferences.A.red_lines.s.likelihood
        preferences.A.reservation
        preferences.B.issues.road.rank
        preferences.B.issues.road.values.both
        preferences.B.issues.road.values.none
        preferences.B.issues.seat.rank
        preferences.B.reservation
    """
    assert sorted(noting.asked) == [f"talks.t.{field}" for field in fields.split()]


def test_many_draws_at_once_are_the_draws_one_by_one():
    """Utilities and broken limits of all draws are those of each draw's own problem."""
    cap = {"kind": "cap", "sum": {"road": {"own": 2, "both": 1}}, "at_most": "0..3"}
    b = wants(road={"weight": 1, "values": {"none": 60, "both": "0..9", "own": 0}}) | {
        "interactions": {"x": {"when": {"seat": "here", "road": "own"}, "worth": "1..3"}}
    }
    held = many(uncertain(b, links={"c": cap}), draws=40)
    packages = list(product(range(3), range(2)))
    utilities, crossed = held.utilities(packages), held.crossed(packages)
    for draw in range(40):
        problem = held.problem(draw)
        assert_allclose(utilities[draw], problem.utilities(packages), atol=1e-12)
        assert_array_equal(~crossed[draw].any(axis=1), problem.allowed(packages))
        assert [limit.name for limit in problem.limits] == [
            limit.name for limit, one in zip(held.limits, held.holds[draw], strict=True) if one
        ]
