"""Similarity of two actors: the published shares, intervals, clusters, majority, comparisons."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.rollcalls import RollCall, RollCalls, Vote, listed, similarity
from comity.rollcalls.clusters import clusters
from comity.rollcalls.resampled import Sample, estimates, per_cluster
from comity.rollcalls.similarity import majority_answer

PUBLISHED = {
    "RU": (0.665, 0.682),
    "BY": (0.834, 0.800),
    "KZ": (0.925, 0.762),
    "KG": (0.946, 0.776),
    "TJ": (0.954, 0.786),
}
"""General Assembly, 2012 to 2020: share of identical votes with Azerbaijan, with Armenia."""


def made(rows, calls=None):
    """Roll calls from a table of votes."""
    votes = np.array(rows, dtype=np.int8).reshape(len(rows), -1)
    return RollCalls(
        calls=tuple(calls or (RollCall(str(n)) for n in range(len(rows)))),
        members=tuple("ABCDEFGH"[: votes.shape[1]]),
        names={},
        votes=votes,
        lines=np.zeros(votes.shape, dtype=np.int32),
        from_file=np.zeros(votes.shape, dtype=np.int32),
        files=("made",),
    )


KAPPA_AZ_RU = 0.09446936461773536
KAPPA_AM_BY = 0.5015293860607384


@pytest.fixture(scope="module")
def recent(assembly):
    return similarity(assembly.between(2012, 2020), "AZ", "AM", list(PUBLISHED), draws=2000)


def test_the_published_shares(recent):
    """All ten are met to the third decimal when pairs count in which both cast a vote."""
    shares = {(pair.one, pair.other): pair.agreement.value for pair in recent.pairs}
    for third, (with_azerbaijan, with_armenia) in PUBLISHED.items():
        assert round(shares["AZ", third], 3) == with_azerbaijan
        assert round(shares["AM", third], 3) == with_armenia


def test_how_few_votes_had_the_two_opposed(recent):
    """Seven of 654; with the allies' answers where these are recorded."""
    pair = recent.pairs[0]
    assert (pair.one, pair.other, pair.counted, pair.differ, pair.opposed) == (
        "AZ",
        "AM",
        654,
        166,
        7,
    )
    assert [entry.call.resolution for entry in recent.opposed] == [
        "R/68/161",
        "R/68/262",
        "R/68/274",
        "R/69/286",
        "R/70/152",
        "R/71/249",
        "A/RES/71/290",
    ]
    displaced = recent.opposed[2].votes
    assert (displaced["RU"], displaced["BY"], displaced["KZ"]) == (Vote.NO, Vote.NO, Vote.ABSTAIN)
    assert displaced["AM"] is Vote.NO


def test_what_the_two_differ_in(recent, assembly):
    """In 155 of 166 roll calls the outsider says yes and the member abstains."""
    answers = recent.pairs[0].answers
    assert (answers["yes"]["abstain"], answers["yes"]["no"]) == (155, 6)
    calls = assembly.between(2012, 2020)
    outsider, member = calls.of("AZ"), calls.of("AM")
    differ = (outsider >= 0) & (member >= 0) & (outsider != member)
    most = majority_answer(calls, outsider)
    assert ((outsider == most) & differ).sum() == 158
    assert ((majority_answer(calls, member) == member) & differ).sum() == 4


def test_one_vote_on_the_conflict_itself(assembly):
    """A search of the titles finds it; Russia voted with the member, Kazakhstan abstained."""
    (row,) = listed(
        assembly.about(["occupied territories of Azerbaijan"]), ["AM", "RU", "KZ", "BY"]
    )
    assert (row.call.resolution, str(row.call.on)) == ("R/62/243", "2008-03-14")
    assert [vote.label for vote in row.votes.values()] == ["no", "no", "abstain", "unrecorded"]


def test_differences_with_their_intervals(recent):
    """For Russia and Belarus they hold zero; for the other three allies they do not."""
    found = {each.third: each.difference for each in recent.comparisons}
    assert all(found[third].low < 0 < found[third].high for third in ("RU", "BY"))
    assert all(found[third].low > 0.05 for third in ("KZ", "KG", "TJ"))


def test_what_chance_and_the_majority_explain(recent):
    """The outsider votes with the majority far more often than the member does."""
    shares = {actor: each.agreement.value for actor, each in recent.majority.items()}
    assert shares["AZ"] > 0.96
    assert shares["AM"] < 0.72
    pi = {(pair.one, pair.other): pair.pi.value for pair in recent.pairs}
    assert pi["AM", "RU"] > 0.3 > 0.0 > pi["AZ", "RU"]


def test_every_kappa_as_an_independent_tool_has_it(recent):
    """Cohen's κ of two of these pairs as scikit-learn 1.9.1 gives it."""
    kappa = {(pair.one, pair.other): pair.kappa.value for pair in recent.pairs}
    assert kappa["AZ", "RU"] == pytest.approx(KAPPA_AZ_RU, abs=1e-12)
    assert kappa["AM", "BY"] == pytest.approx(KAPPA_AM_BY, abs=1e-12)


def test_repeated_resolutions_are_one_cluster():
    """By title, whatever its year and figures, and by resolution; a part is another one."""
    calls = [
        RollCall("1", title="Status of the 1995 treaty", titled=True, resolution="R/50/1"),
        RollCall("2", title="Status of the 2000 Treaty.", titled=True, resolution="A/RES/55/2"),
        RollCall("3", title="… paragraph 2. A", resolution="R/55/2"),
        RollCall("4", title="… paragraph 2. A", resolution="R/60/9A"),
        RollCall("5", title="Another matter", titled=True, resolution="R/60/9B"),
        RollCall("6", title="… paragraph 2. A"),
    ]
    assert clusters(calls).tolist() == [0, 0, 0, 1, 2, 3]


@given(
    st.lists(st.tuples(st.sampled_from("abc "), st.sampled_from(["1/1", "1/2", ""])), max_size=9)
)
def test_clusters_are_the_connected_parts(keys):
    """Two roll calls are in one cluster if and only if a chain of ties leads between them."""
    calls = [RollCall("x", title=t, titled=True, resolution=r) for t, r in keys]
    found = clusters(calls)
    linked = [
        [(a[0] == b[0] != " ") or (a[1] == b[1] != "") or i == j for j, b in enumerate(keys)]
        for i, a in enumerate(keys)
    ]
    reach = (
        np.linalg.matrix_power(np.array(linked, dtype=object), max(len(keys), 1)) if keys else []
    )
    for i in range(len(keys)):
        for j in range(len(keys)):
            assert (found[i] == found[j]) == bool(reach[i][j])


def test_intervals_draw_whole_clusters():
    """Copies of one vote make no interval narrower: a cluster is drawn with all its roll calls."""
    rows = [[2, 2], [2, 0], [0, 0], [2, 1], [1, 1], [0, 2]]
    title = [RollCall(str(n), title=f"Title {'abcdef'[n]}", titled=True) for n in range(6)]
    once = similarity(made(rows, title), "A", "B", seed=3, draws=500).pairs[0]
    often = similarity(made(rows * 5, title * 5), "A", "B", seed=3, draws=500).pairs[0]
    assert often.counted == 5 * once.counted
    assert often.clusters == once.clusters == 6
    assert often.agreement == once.agreement


def test_the_bootstrap_against_its_definition():
    """Drawing clusters one by one gives the same quantiles, to the error of the draws."""
    rng = np.random.default_rng(5)
    size = rng.integers(1, 6, 30)
    hits = rng.binomial(size, 0.7)
    counts = np.stack([hits, size], axis=1).astype(float)
    ((found,),) = estimates([Sample(counts, (lambda t: t[..., 0] / t[..., 1],))], 7, 20_000)
    picked = rng.integers(0, 30, (20_000, 30))
    by_hand = np.quantile(hits[picked].sum(1) / size[picked].sum(1), [0.025, 0.975])
    assert [found.low, found.high] == pytest.approx(by_hand, abs=0.01)
    assert np.array_equal(per_cluster(np.eye(3), np.array([0, 1, 0])), [[1, 0, 1], [0, 1, 0]])


def test_no_interval_from_one_cluster():
    """There is a value, but nothing says how it would vary."""
    pair = similarity(made([[2, 2]]), "A", "B", draws=50).pairs[0]
    assert (pair.agreement.value, pair.agreement.low, pair.agreement.high) == (1.0, None, None)
    assert pair.pi.value is None, "chance alone would make the two agree always"


def test_no_roll_call_in_common():
    """Every measure is undefined, and nothing is drawn from nothing."""
    pair = similarity(made([[2, -1], [-2, 0]]), "A", "B", draws=50).pairs[0]
    assert pair.counted == 0
    assert pair.agreement.value is pair.s.value is pair.kappa.value is None


VOTES = st.lists(st.lists(st.integers(-2, 2), min_size=4, max_size=4), min_size=1, max_size=12)


@settings(max_examples=30)
@given(VOTES)
def test_counts_against_brute_force(rows):
    """Pairs, comparisons and majorities equal counts made one roll call at a time."""
    calls = made(rows)
    found = similarity(calls, "A", "B", ["C", "D"], draws=10)
    for pair in found.pairs:
        a, b = "ABCD".index(pair.one), "ABCD".index(pair.other)
        both = [(row[a], row[b]) for row in rows if row[a] >= 0 and row[b] >= 0]
        assert pair.counted == len(both)
        assert pair.differ == sum(x != y for x, y in both)
        assert pair.opposed == sum({x, y} == {0, 2} for x, y in both)
    for each in found.comparisons:
        c = "ABCD".index(each.third)
        trio = [(r[0], r[1], r[c]) for r in rows if min(r[0], r[1], r[c]) >= 0]
        differ = [(a, b, c) for a, b, c in trio if a != b]
        sides = Counter("A" if c == a else "B" if c == b else "-" for a, b, c in differ)
        assert (each.counted, each.differ) == (len(trio), len(differ))
        assert (each.with_one, each.with_other, each.with_neither) == tuple(
            sides[side] for side in "AB-"
        )
        opposed = Counter(
            "A" if c == a else "B" if c == b else "-" for a, b, c in differ if {a, b} == {0, 2}
        )
        assert each.opposed == opposed.total()
        assert each.opposed_with_one == opposed["A"]
        assert each.opposed_with_other == opposed["B"]
        if trio:
            difference = (sides["A"] - sides["B"]) / len(trio)
            assert each.difference.value == pytest.approx(difference, abs=1e-12)


@given(VOTES)
def test_the_majority_against_brute_force(rows):
    """The most frequent answer of the others; none where two are equally frequent."""
    found = majority_answer(made(rows), made(rows).of("A"))
    for row, most in zip(rows, found, strict=True):
        ranked = Counter(vote for vote in row[1:] if vote >= 0).most_common(2)
        tied = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
        assert most == (Vote.ABSENT if tied or not ranked else ranked[0][0])


def test_equal_seeds_equal_intervals(assembly):
    """The same seed gives the same answer, another one another interval."""
    calls = assembly.between(2019, 2020)
    one, two, three = (
        similarity(calls, "AM", "AZ", ["RU"], seed=seed, draws=200) for seed in (4, 4, 5)
    )
    assert one.pairs == two.pairs
    assert one.comparisons == two.comparisons
    assert one.pairs != three.pairs
