"""Which position prevails (§64), against its definition worked out the plain way."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.dossier import Batch, Dossier, Keyed
from comity.ensemble.compared import compare_models
from comity.errors import UnsupportedError
from comity.forecast.prevails import Prevails, shipped
from comity.forecast.prevails import model as prevailing
from comity.forecast.prevails.candidates import FEATURES
from comity.forecast.prevails.fitted import fold_of, issue_mark, mark
from comity.forecast.prevails.mixture import Coefficients, laplace, median
from comity.forecast.prevails.situation import situation
from comity.report.sentences import models_differ
from forecast.small import PROCEDURES, dossier

EVERY = Coefficients(
    tuple(FEATURES),
    tuple(0.3 * (place - 4) for place in range(len(FEATURES))),
    at=0.4,
    near=0.2,
    around=0.3,
    anywhere=0.1,
    spread=20.0,
)
"""A fit with all features, for tests of what each of them says."""

PLACES = st.sampled_from([0, 5, 12.5, 40, 50, 80, 97, 100])


def law(positions: dict[str, Any], procedure: str = "COD-QMV", reversion: Any = 0) -> Dossier:
    """An item of European law on which some members hold positions."""
    rule = PROCEDURES["two_thirds"]
    body = {
        "members": list(positions),
        "charter": {"name": "Union", "procedures": {procedure: rule}},
    }
    return dossier(
        {"x": {"reversion": reversion, "procedure": procedure}}, {"x": positions}, {"b": body}
    )


def wants(ideal: Any, salience: Any = 50, capability: Any = 1) -> dict[str, Any]:
    return {"ideal": ideal, "salience": salience, "capability": capability}


@st.composite
def laws(draw: st.DrawFn) -> Dossier:
    who = draw(st.lists(st.sampled_from(["COM", "EP", "AUT", "BEL", "DEU"]), min_size=1, unique=1))
    number = st.integers(0, 3)
    held = {name: wants(draw(PLACES), 25 * draw(number), draw(number)) for name in who}
    procedure = draw(st.sampled_from(["COD-QMV", "CNS-Unan", "CNS-QMV", "COD-Unan", "other"]))
    return law(held, procedure, draw(st.one_of(PLACES, st.just("0..100"))))


def by_hand(of: Dossier, by: Coefficients) -> dict[float, float]:
    """Point to chance, by the formulas of docs/theory/prevails.md, one candidate at a time."""
    item = of.agenda["x"]
    kind, _, rule = item.procedure.partition("-")
    said = {who: of.position("x", who) for who in of.members("x")}
    ideal = {who: each.ideal.value for who, each in said.items()}
    weight = {who: each.capability.value * each.salience.value for who, each in said.items()}
    if not any(weight.values()):
        weight = dict.fromkeys(weight, 1)
    total = sum(weight.values())
    compromise = sum(weight[who] * ideal[who] for who in ideal) / total
    council = [who for who in ideal if who not in ("COM", "EP")] or list(ideal)
    own = {who: weight[who] for who in council}
    if not any(said[who].capability.value * said[who].salience.value for who in council):
        own = dict.fromkeys(council, 1)
    known = item.reversion.certain
    places = [*ideal.values(), 0.0, 100.0, *([item.reversion.value] if known else [])]
    if max(ideal.values()) == min(ideal.values()):
        return {places[0]: 1.0}

    def near(one: float, other: float) -> float:
        return max(0.0, 1.0 - abs(one - other) / 10.0)

    def median_weight() -> float:
        order = sorted(ideal.values())
        each = sorted((ideal[who], weight[who]) for who in ideal)
        low = next(x for x in order if sum(w for y, w in each if y <= x) >= total / 2)
        high = next(x for x in order if sum(w for y, w in each if y <= x) > total / 2)
        return (low + high) / 2

    def says(name: str, place: float) -> float:
        reversion = item.reversion.value if known else math.inf
        at = {who: near(place, ideal[who]) for who in ideal}
        return {
            "support": sum(own[who] * at[who] for who in council) / sum(own.values()),
            "heads": fmean(at[who] for who in council),
            "commission": at.get("COM", 0.0),
            "commission_unanimity": at.get("COM", 0.0) * (rule == "Unan"),
            "parliament_codecision": at.get("EP", 0.0) * (kind == "COD"),
            "parliament_consultation": at.get("EP", 0.0) * (kind == "CNS"),
            "reversion": near(place, reversion),
            "reversion_unanimity": near(place, reversion) * (rule == "Unan"),
            "distance_reversion": abs(place - reversion) / 100 if known else 0.0,
            "end": near(place, 0.0) + near(place, 100.0),
            "distance": abs(place - compromise) / 100,
            "median": near(place, median_weight()),
        }[name]

    pull = [
        math.exp(sum(b * says(name, x) for name, b in zip(by.features, by.slopes, strict=True)))
        / sum(near(x, y) for y in places)
        for x in places
    ]
    found: defaultdict[float, float] = defaultdict(float)
    for place, odds in zip(places, pull, strict=True):
        chance = odds / sum(pull)
        found[place] += by.at * chance
        for step in laplace(6.0, 8):
            found[min(max(place + step, 0.0), 100.0)] += by.near * chance / 8
    for step in laplace(by.spread, 20):
        found[min(max(compromise + step, 0.0), 100.0)] += by.around / 20
    for place in range(20):
        found[2.5 + 5 * place] += by.anywhere / 20
    return found


def distribution(found: dict[float, float]) -> np.ndarray:
    """The chance of an outcome up to each of many points."""
    return np.array([sum(c for x, c in found.items() if x <= t) for t in np.arange(0.13, 100, 0.7)])


@given(laws(), st.sampled_from([EVERY, shipped().whole]))
def test_the_mixture_is_that_of_its_page(of: Dossier, by: Coefficients) -> None:
    """Candidates, what speaks for each, and the four parts, one by one."""
    points, chances = Prevails(by).predict(Batch(of, Keyed(1, 0, 1)), "x").atoms()
    found: defaultdict[float, float] = defaultdict(float)
    for point, chance in zip(points.tolist(), chances.tolist(), strict=True):
        found[point] += chance
    assert distribution(found) == pytest.approx(distribution(by_hand(of, by)), abs=1e-9)


@given(laws(), st.floats(0, 100))
def test_its_point_errs_least(of: Dossier, other: float) -> None:
    """No other point has a smaller expected absolute error (§64)."""
    found = Prevails().predict(Batch(of, Keyed(1, 0, 1)), "x")
    points, chances = found.atoms()
    here, there = (np.abs(points - at) @ chances for at in (float(found.point), other))
    assert here <= there + 1e-9


def test_the_median_of_a_level_stretch_is_its_middle() -> None:
    """With half the chance on either side of a gap, the point lies midway."""
    assert median(np.array([[10.0, 30.0]]), np.array([[0.5, 0.5]])) == 20.0
    assert median(np.array([[10.0, 30.0]]), np.array([[0.6, 0.4]])) == 10.0


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(0, 4)), min_size=1, max_size=12))
def test_the_median_is_that_of_all_in_order(held: list[tuple[float, int]]) -> None:
    """As if every point stood there as often as its weight says."""
    repeated = [point for point, often in held for _ in range(often)]
    if not repeated:
        return
    points, weights = (np.array([each]) for each in zip(*held, strict=True))
    found = median(points, weights.astype(float))
    assert found == pytest.approx(float(np.median(repeated)), abs=1e-12)


def test_what_is_not_known_of_the_reversion_is_not_drawn() -> None:
    """A reversion that may lie anywhere is no candidate, and no draw of it is read (§64)."""
    of = law({"COM": wants(80), "DEU": wants(20)}, reversion="0..100")
    batch = Batch(of, Keyed(1, 0, 3))
    found = Prevails().predict(batch, "x")
    assert "agenda.x.reversion" not in batch._made
    assert np.ptp(found.samples, axis=0).max() == 0.0
    narrower = law({"COM": wants(80), "DEU": wants(20)}, reversion="0..90")
    assert situation(Batch(narrower, Keyed(1, 0, 3)), "x").reversion is not None


def test_backing_counts_in_its_own_procedure() -> None:
    """The Parliament's place is likelier with its backing, by that procedure's coefficient."""

    def odds(procedure: str, parliament: dict[str, Any]) -> float:
        members = {"DEU": wants(20), "FRA": wants(70), **parliament}
        by = Coefficients(
            ("parliament_codecision", "parliament_consultation"), (2.0, 1.0), 1.0, 0, 0, 0, 20.0
        )
        points, chances = (
            Prevails(by).predict(Batch(law(members, procedure), Keyed(1, 0, 1)), "x").atoms()
        )
        return float(chances[points == 70].sum() / chances[points == 20].sum())

    assert odds("COD-QMV", {"EP": wants(70)}) == pytest.approx(math.exp(2.0))
    assert odds("CNS-QMV", {"EP": wants(70)}) == pytest.approx(math.exp(1.0))
    assert odds("other", {"EP": wants(70)}) == pytest.approx(1.0)
    assert odds("COD-QMV", {}) == pytest.approx(1.0)


def test_elsewhere_it_says_that_it_is_carried_over() -> None:
    """Without a Commission or a known procedure the answer comes with a caveat."""
    members = {"COM": wants(80), "DEU": wants(20)}
    model = Prevails()
    assert model.caveat(law(members), "x") is None
    for other in (law(members, "summit"), law({"DEU": wants(80), "FRA": wants(20)})):
        assert "European legislation" in (model.caveat(other, "x") or "")
        assert model.unanswerable(other, "x") is None


def test_the_caveat_stands_beside_the_answer() -> None:
    """`comity forecast --model` says it, and only where it applies."""
    members = {"COM": wants(80), "DEU": wants(20)}
    for of, told in ((law(members), False), (law(members, "summit"), True)):
        found = compare_models(of, ["prevails", "compromise"], draws=4)
        said = " ".join(models_differ(found, "x"))
        assert ("the model “prevails” was fitted on European legislation" in said) is told
        assert found.items["x"].models["compromise"].caveat is None


def test_options_are_refused() -> None:
    """It needs a scale."""
    options = {"options": ["none", "half", "all"], "reversion": "none"}
    of = dossier({"x": options}, {"x": {"A": {"ideal": "half"}, "B": {"ideal": "all"}}})
    with pytest.raises(UnsupportedError, match="needs a scale"):
        Prevails().predict(Batch(of, Keyed(1, 0, 1)), "x")


class TestShipped:
    """The coefficients that come with Comity."""

    def test_they_say_where_they_come_from(self) -> None:
        """Day, version, data with fingerprint, number of issues, and every feature in words."""
        origin = shipped().origin
        assert {"fitted", "comity", "data", "source", "sha256", "capabilities"} <= set(origin)
        assert len(origin["sha256"]) == 64
        assert (origin["issues"], origin["proposals"]) == (250, 99)
        assert len(shipped().groups) == origin["proposals"]
        assert set(shipped().whole.features) <= set(FEATURES)

    def test_they_are_proportions_and_slopes(self) -> None:
        """Four parts that make a whole, one slope for each feature, in every fit."""
        assert len(shipped().folds) == 10
        for by in (shipped().whole, *shipped().folds):
            parts = (by.at, by.near, by.around, by.anywhere)
            assert min(parts) > 0.0
            assert sum(parts) == pytest.approx(1.0, abs=1e-8)
            assert len(by.slopes) == len(by.features)

    def test_folds_differ_from_the_whole(self) -> None:
        """Each was fitted without some proposals."""
        assert len({by.slopes for by in (shipped().whole, *shipped().folds)}) == 11


class TestForIssue:
    """An issue that took part in the fit is scored by a fit it took no part in."""

    GROUP, WHO = "d77777", {"COM": wants(80), "DEU": wants(20), "FRA": wants(50)}

    def known(self, monkeypatch: pytest.MonkeyPatch, **seen: Any) -> None:
        told = replace(shipped(), **seen)
        monkeypatch.setattr(prevailing, "shipped", lambda: told)

    def test_a_stranger_meets_the_whole_fit(self) -> None:
        """Nothing is held back for an issue never seen."""
        model = Prevails()
        assert model.for_issue(self.GROUP, law(self.WHO), "x") is model
        assert not model.fitted_on(self.GROUP, law(self.WHO), "x")

    def test_a_proposal_is_known_by_its_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Issues of a proposal fitted on, seen or not, meet the fit without it."""
        self.known(monkeypatch, groups=frozenset({mark(self.GROUP)}))
        by = Prevails().for_issue(self.GROUP, law(self.WHO), "x").coefficients
        assert by == shipped().folds[fold_of(self.GROUP, 10)]
        assert Prevails().fitted_on(self.GROUP, law(self.WHO), "x")

    def test_an_issue_is_known_by_its_positions(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Under another name, in another order, with other saliences: the same issue."""
        self.known(monkeypatch, issues={issue_mark(law(self.WHO), "x"): frozenset({3})})
        turned = {who: each | {"salience": 7} for who, each in reversed(self.WHO.items())}
        by = Prevails().for_issue("another", law(turned), "x").coefficients
        assert by == shipped().folds[3]
        moved = law(self.WHO | {"DEU": wants(21)})
        assert not Prevails().fitted_on("another", moved, "x")

    def test_positions_of_several_proposals_leave_no_fit(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Every fit saw one of them, so none is asked; by its id the proposal is still known."""
        self.known(monkeypatch, issues={issue_mark(law(self.WHO), "x"): frozenset({3, 7})})
        assert Prevails().fitted_on("another", law(self.WHO), "x")
        with pytest.raises(UnsupportedError, match="no fit that comes with Comity is without"):
            Prevails().for_issue("another", law(self.WHO), "x")
        self.known(
            monkeypatch,
            groups=frozenset({mark(self.GROUP)}),
            issues={issue_mark(law(self.WHO), "x"): frozenset({3, 7})},
        )
        by = Prevails().for_issue(self.GROUP, law(self.WHO), "x").coefficients
        assert by == shipped().folds[fold_of(self.GROUP, 10)]

    def test_coefficients_of_ones_own_stay(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was given is not replaced by what was shipped."""
        self.known(monkeypatch, issues={issue_mark(law(self.WHO), "x"): frozenset({3})})
        mine = Prevails(EVERY)
        assert mine.for_issue("another", law(self.WHO), "x") is mine
