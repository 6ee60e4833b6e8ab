"""``mediate()`` as a whole, against listing every package in every draw (§40–§50)."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

import comity
from comity.bargaining.conflicts import conflict
from comity.bargaining.drawn import drawn, middle
from comity.bargaining.frontier import work
from comity.bargaining.problem import SAME, Problem
from comity.dossier import Keyed
from comity.ensemble.mediation import Mediation, obstacles, run
from comity.ensemble.mediation import middle_reading as reading
from comity.errors import DossierError, UnsupportedError
from comity.report.sentences import talks_solutions
from ensemble.mediation.bazaar import BAZAAR, bazaar, certain, swap

DRAWS = 120


@pytest.fixture(scope="module")
def found() -> Mediation:
    return comity.mediate(bazaar(), draws=DRAWS)


def everything(problem: Problem) -> list[tuple[int, ...]]:
    return list(product(*map(range, problem.sizes)))


def within(problem: Problem) -> list[tuple[int, ...]]:
    """Packages within all stated limits, by listing (§43)."""
    packages = everything(problem)
    enough = (problem.utilities(packages) >= problem.reservation - SAME).all(axis=1)
    allowed = problem.allowed(packages)
    return [x for x, a, b in zip(packages, enough, allowed, strict=True) if a and b]


def ceiling_by_listing(problem: Problem) -> float:
    inside = within(problem)
    if not inside:
        return math.nan
    gains = problem.utilities(inside) - problem.reservation
    room = gains.max(axis=0)
    able = room > SAME
    return float((gains[:, able] / room[able]).min(axis=1).max()) if able.any() else math.nan


def places(problem: Problem, terms) -> tuple[int, ...]:
    return tuple(problem.options[k].index(terms[issue]) for k, issue in enumerate(problem.issues))


def problems(mediation: Mediation) -> list[Problem]:
    every = drawn(mediation.negotiated, "road", Keyed(mediation.seed, 0, mediation.draws))
    return [every.problem(k) for k in range(mediation.draws)]


def test_the_joint_ceiling_over_draws_is_the_one_listing_finds(found):
    """Its percentiles, and the share of draws in which anything is possible (§46)."""
    values = np.array([ceiling_by_listing(p) for p in problems(found)])
    known = values[~np.isnan(values)]
    spread = found.joint_ceiling.over_draws
    assert spread is not None
    assert (spread.p5, spread.median, spread.p95) == pytest.approx(
        tuple(np.percentile(known, [5, 50, 95]))
    )
    possible = np.mean([bool(within(p)) for p in problems(found)])
    assert found.joint_ceiling.share_of_draws == pytest.approx(possible)
    assert found.joint_ceiling.value == pytest.approx(ceiling_by_listing(found.problem))


def test_a_proposal_is_within_the_limits_in_as_many_draws_as_listing_says(found):
    """Shares, keeps, breaks and regret of every proposal, draw by draw (§43, §49)."""
    every = problems(found)
    for view in (*found.proposals, *(tabled.view for tabled in found.tabled.values())):
        x = places(found.problem, view.package)
        inside = [x in within(p) for p in every]
        assert view.share_within == pytest.approx(np.mean(inside))
        for i, party in enumerate(view.parties):
            keeps = [p.utilities([x])[0][i] >= p.reservation[i] - SAME for p in every]
            assert party.keeps == pytest.approx(np.mean(keeps))
        regrets = []
        for p, ok in zip(every, inside, strict=True):
            ceiling = ceiling_by_listing(p)
            if math.isnan(ceiling):
                continue
            best = p.utilities(within(p)).max(axis=0) - p.reservation
            able = best > SAME
            share = ((p.utilities([x])[0] - p.reservation)[able] / best[able]).min()
            regrets.append(ceiling - (max(share, 0.0) if ok else 0.0))
        assert view.mean_regret == pytest.approx(np.mean(regrets), abs=1e-9)
        assert view.worst_regret == pytest.approx(np.max(regrets), abs=1e-9)
        for name, share in view.breaks.items():
            if "reservation" not in name:
                broken = [
                    name
                    in {m.name for m, hit in zip(p.limits, p.crossed([x])[0], strict=True) if hit}
                    for p in every
                ]
                assert share == pytest.approx(np.mean(broken))


def test_no_package_at_all_has_clearly_less_mean_regret_than_the_first(found):
    """Candidates come from the frontier and the draws; here all 75 packages are tried (§49)."""
    every = problems(found)
    ceilings = [ceiling_by_listing(p) for p in every]
    insides = [set(within(p)) for p in every]
    bests = [
        p.utilities(sorted(s)).max(axis=0) if s else None
        for p, s in zip(every, insides, strict=True)
    ]

    def mean_regret(x):
        total = 0.0
        for p, ceiling, inside, best in zip(every, ceilings, insides, bests, strict=True):
            if math.isnan(ceiling):
                continue
            total += ceiling
            if x in inside:
                room = best - p.reservation
                share = (p.utilities([x])[0] - p.reservation)[room > SAME] / room[room > SAME]
                total -= max(share.min(), 0.0)
        return total / len(every)

    least = min(mean_regret(x) for x in everything(found.problem))
    assert found.proposals[0].mean_regret == pytest.approx(least, abs=1e-9)


def test_a_claim_is_possible_in_as_many_draws_as_listing_says(found):
    """All issues here are contested or linked, so shares run from worst to best allowed (§46)."""
    (claim,) = found.claims
    shares = []
    for p in problems(found):
        packages = everything(p)
        allowed = p.utilities(
            [x for x, ok in zip(packages, p.allowed(packages), strict=True) if ok]
        )
        low, high = allowed.min(axis=0), allowed.max(axis=0)
        inside = within(p)
        bound = ((p.utilities(inside) - low) / (high - low)).min(axis=1).max() if inside else -1
        shares.append(bound >= 0.9)
    assert claim.share_of_draws == pytest.approx(np.mean(shares))
    assert claim.contested == ("road", "fee", "land")


def test_a_claim_can_be_put_by_whoever_asks():
    """It stands beside the claims of the dossier, under its own name."""
    asked = comity.mediate(bazaar(), draws=20, claim=Fraction(1, 10)).claims[-1]
    assert (asked.name, asked.at_least) == ("asked", 0.1)
    assert asked.possible
    assert asked.package is not None


def test_every_limit_is_named_with_whose_word_it_is(found):
    """Red lines, red lights and links, each with party, basis and share of draws (§43)."""
    by_name = {limit.name: limit for limit in found.limits}
    assert list(by_name) == ["A: dear", "B: no on road", "toll", "cost"]
    assert by_name["A: dear"].basis == "stated"
    assert by_name["A: dear"].note == "said twice"
    assert by_name["A: dear"].holds == pytest.approx(0.7, abs=0.15)
    assert by_name["B: no on road"].party == "B"
    assert by_name["toll"].party is None


def test_relaxations_cover_every_limit_and_every_reservation_value(found):
    """What opens most comes first; none lowers the ceiling (§43)."""
    names = [one.limit.name for one in found.relaxations]
    assert sorted(names) == sorted(
        ["A: dear", "B: no on road", "toll", "cost", "A: reservation value", "B: reservation value"]
    )
    rises = [one.more or 0.0 for one in found.relaxations]
    assert rises == sorted(rises, reverse=True)
    assert all(one.mean_more >= 0.0 for one in found.relaxations)


def test_the_ceiling_without_a_limit_is_that_of_the_talks_without_it(found):
    """Taking the link out of the dossier gives the ceiling that lifting it promised."""
    (toll,) = (one for one in found.relaxations if one.limit.name == "toll")
    raw = BAZAAR["talks"]["road"]["links"]
    without = comity.mediate(bazaar(links={"cost": raw["cost"]}), draws=5)
    assert toll.ceiling == pytest.approx(without.joint_ceiling.value)


def test_talks_in_which_nothing_is_possible_say_what_stands_in_the_way():
    """A conflict, what lifting each limit opens, and no proposal at all (§43)."""
    found = comity.mediate(
        bazaar({"preferences.A.reservation": 95, "preferences.B.reservation": 80}), draws=30
    )
    assert not found.conflicts.agreeable
    assert found.conflicts.allowed
    assert found.joint_ceiling.value is None
    assert found.joint_ceiling.why
    assert found.best is None
    assert ("A: reservation value", "B: reservation value") in found.conflicts.sets
    assert found.proposals == ()
    assert found.first is None
    assert found.question.asked is None
    opening = {one.limit.name: one for one in found.relaxations}
    short = opening["A: reservation value"].shortfall
    assert short is not None
    assert short > 0
    assert opening["A: reservation value"].opens_in > 0.5
    json.dumps(found.to_json(), allow_nan=False)


def test_in_which_draws_lifting_a_limit_opens_something():
    """Counted against listing, over draws of which many are closed (§43)."""
    found = comity.mediate(
        bazaar({"preferences.A.reservation": "50..80", "preferences.B.reservation": 60}), draws=60
    )
    closed = [p for p in problems(found) if not within(p)]
    assert 5 < len(closed) < 60
    assert found.conflicts.closed == pytest.approx(len(closed) / 60)
    assert found.conflicts.looked_at == len(closed)
    counted = [set(conflict(p, 100).sets) for p in closed]
    for each in found.conflicts.often:
        expected = np.mean([each.members in sets for sets in counted])
        assert each.share == pytest.approx(expected)
    shares = [each.share for each in found.conflicts.often]
    assert shares == sorted(shares, reverse=True)
    for one in found.relaxations:
        if one.limit.kind != "reservation value":
            opens = [bool(within(p.without(one.limit.name))) for p in closed]
            assert one.opens_in == pytest.approx(sum(opens) / 60)


def test_talks_without_doubt_have_one_reading():
    """Every share is 0 or 1, and the first proposal has no regret (§49)."""
    found = comity.mediate(certain(), draws=7)
    assert found.joint_ceiling.share_of_draws == 1.0
    assert found.proposals[0].mean_regret == pytest.approx(0.0, abs=1e-9)
    assert found.proposals[0].share_within == 1.0
    assert found.question.inputs == 0
    assert (found.draws, found.drawn.size) == (7, 1)
    assert found.question.asked is None
    spread = found.joint_ceiling.over_draws
    assert spread is not None
    assert spread.p5 == spread.p95 == pytest.approx(found.joint_ceiling.value)


def test_what_is_on_the_table_is_tested_too(found):
    """A's own proposal breaks B's red line in every draw, and says so."""
    tabled = found.tabled["a1"]
    assert tabled.by == "A"
    assert tabled.view.breaks["B: no on road"] == 1.0
    assert tabled.view.share_within == 0.0
    assert tabled.view.parties[1].red_lines == ("B: no on road",)
    assert not tabled.view.allowed
    assert tabled.view.efficient is None


def test_what_can_be_improved_on_is_told_with_the_improvement(found):
    """The options named make a package that is better for somebody and worse for nobody (§44)."""
    problem = found.problem
    views = [*found.proposals, *(each.view for each in found.tabled.values())]
    views += list(comity.mediate(bazaar(), draws=40, seed=3, most=20).proposals)
    dominated = [view for view in views if view.better]
    assert dominated
    for view in views:
        assert bool(view.better) == (view.efficient is False)
    for view in dominated:
        now, then = problem.utilities(
            [places(problem, view.package), places(problem, {**view.package, **view.better})]
        )
        assert (then >= now - SAME).all()
        assert (then > now + SAME).any()


def test_solutions_are_told_with_their_regret(found):
    """A solution that is a proposal has the proposal's regret; none has less than the first."""
    by_package = {tuple(v.package.items()): v.mean_regret for v in found.proposals}
    for each in found.solutions.values():
        assert each.mean_regret >= found.proposals[0].mean_regret - 1e-6
        known = by_package.get(tuple(each.package.items()), each.mean_regret)
        assert each.mean_regret == pytest.approx(known)


def test_proposals_name_how_they_differ_from_the_first(found):
    """The first differs in nothing; every other on the issues named."""
    first = found.proposals[0]
    assert first.differs == {}
    assert found.first is not None
    assert first.mean_regret == found.first.mean_regret == found.question.mean_regret
    assert [view.number for view in found.proposals] == list(range(1, len(found.proposals) + 1))
    for view in found.proposals[1:]:
        assert view.differs == {k: o for k, o in view.package.items() if first.package[k] != o}
        assert view.differs


def test_the_same_answer_for_any_number_of_workers(found):
    """Byte for byte (§2)."""
    once = json.dumps(found.to_json(), allow_nan=False)
    for workers in (1, 2, 3):
        again = comity.mediate(bazaar(), draws=DRAWS, workers=workers)
        assert json.dumps(again.to_json(), allow_nan=False) == once


@pytest.mark.parametrize("length", [7, 1000])
def test_the_length_of_a_chunk_does_not_matter(found, length, monkeypatch):
    """Draw k is the same in whatever chunk it is made (§2)."""
    monkeypatch.setattr(run, "CHUNK", length)
    again = comity.mediate(bazaar(), draws=DRAWS)
    assert json.dumps(again.to_json()) == json.dumps(found.to_json())


def test_another_seed_gives_other_draws(found):
    """The seed is not ignored."""
    other = comity.mediate(bazaar(), draws=DRAWS, seed=2)
    assert other.joint_ceiling.over_draws != found.joint_ceiling.over_draws
    assert other.frontier == found.frontier


def test_progress_only_grows_and_ends_at_one():
    """From 0 to 1, told many times."""
    told: list[float] = []
    comity.mediate(bazaar(), draws=150, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 10


def test_a_frontier_beyond_reach_is_said_to_be(found, monkeypatch):
    """Above the reservation values at least; else the solutions alone, exact all the same."""
    monkeypatch.setattr(reading, "MOST_WHOLE", 4)
    monkeypatch.setattr(reading, "MOST_KEPT", 1)
    alone = comity.mediate(bazaar(), draws=20)
    assert not alone.frontier.exact
    assert alone.frontier.epsilon is None
    assert "beyond reach" in alone.frontier.how
    assert alone.frontier.points is None
    assert alone.frontier.packages is None
    assert all(s.unique is None and s.packages is None for s in alone.solutions.values())
    assert all("ties were not searched" in s.why for s in alone.solutions.values())
    said = " ".join(talks_solutions.solutions(alone))
    assert "At least one package attains each of the " in said
    assert "not unique" not in said
    assert alone.draws == 20
    assert alone.joint_ceiling.value == pytest.approx(found.joint_ceiling.value)
    for name, solution in found.solutions.items():
        assert alone.solutions[name].utilities in [
            pytest.approx(point, abs=1e-6) for point in solution.tied
        ]
    assert alone.proposals[0].efficient is None


def test_fewer_draws_are_made_where_each_takes_long(monkeypatch):
    """Counted in steps of the simplex method; the answer says how many were made."""
    monkeypatch.setattr(reading, "MOST_WHOLE", 4)
    monkeypatch.setattr(reading, "MOST_KEPT", 1)
    monkeypatch.setattr(reading, "steps_alone", lambda problem: 50_000)
    few = comity.mediate(bazaar(), draws=40)
    assert few.draws == 30
    assert few.drawn.size == 30
    assert "of 40 draws asked for, 30 are made" in few.frontier.how


def test_talks_too_large_even_for_programmes_are_refused(monkeypatch):
    """With advice, and before any draw is tried."""
    monkeypatch.setattr(reading, "MOST_KEPT", 1)
    monkeypatch.setattr(reading, "steps_alone", lambda problem: 1_000_000)
    with pytest.raises(UnsupportedError, match="with and without the frontier") as refused:
        comity.mediate(bazaar(), draws=40)
    assert "fewer issues" in refused.value.mend


def test_the_part_of_the_frontier_above_the_reservation_values_is_enough(found, monkeypatch):
    """Solutions and ceiling are those of the whole frontier (§45)."""

    def refusing(problem, bounds, *, epsilon=0.0, above=None, tell):
        return None if above is None else reach(problem, bounds, above=above, tell=tell)

    reach = reading._reached
    monkeypatch.setattr(reading, "_reached", refusing)
    part = comity.mediate(bazaar(), draws=DRAWS)
    assert not part.frontier.exact
    assert part.frontier.epsilon == 0.0
    assert "at least its reservation value" in part.frontier.how
    assert part.solutions == found.solutions
    assert part.joint_ceiling == found.joint_ceiling


def test_an_approximation_is_said_to_be_one(monkeypatch):
    """Every allowed package has a listed point no more than epsilon worse for any party (§44)."""
    fine = bazaar({"issues.land": {"divisible": {"total": 100, "parts": 100}}})
    whole = np.array(comity.mediate(fine, draws=1).frontier.utilities)
    monkeypatch.setattr(work, "ROOMY", 10)
    near = comity.mediate(fine, draws=10, epsilon=20.0)
    assert not near.frontier.exact
    assert near.frontier.epsilon is not None
    assert 0.0 < near.frontier.epsilon <= 20.0
    points = np.array(near.frontier.utilities)
    assert near.frontier.points < len(whole)
    worse = (whole[:, None, :] - points[None, :, :]).max(axis=2).min(axis=1)
    assert (worse <= near.frontier.epsilon + 1e-9).all()


def test_the_middle_reading_is_the_one_of_the_frontier(found):
    """Frontier points are those of listing in the middle reading (§40, §44)."""
    problem = middle(found.negotiated, "road")
    packages = everything(problem)
    allowed = [x for x, ok in zip(packages, problem.allowed(packages), strict=True) if ok]
    worth = problem.utilities(allowed)
    best = [
        u for u in worth if not any((v >= u - SAME).all() and (v > u + SAME).any() for v in worth)
    ]
    assert found.frontier.packages == len(best)
    assert found.frontier.exact


@pytest.mark.parametrize("draws", [0, 100_001])
def test_draws_out_of_range_are_refused(draws):
    """The message says what may be asked for."""
    with pytest.raises(UnsupportedError, match="ask for 1 to 100,000 draws"):
        comity.mediate(bazaar(), draws=draws)


@pytest.mark.parametrize("epsilon", [-1.0, math.nan, math.inf])
def test_a_senseless_approximation_is_refused(epsilon):
    """Not exact, not less than exact, and not anything at all."""
    with pytest.raises(UnsupportedError, match="0 or more"):
        comity.mediate(bazaar(), epsilon=epsilon)


def test_talks_must_be_known_by_name():
    """An unknown name, several talks without a name, and no talks are refused with advice."""
    with pytest.raises(
        DossierError, match=r"no such talks\n  found: rod\n  mend:  name one of: road"
    ):
        comity.mediate(bazaar(), "rod")
    both = bazaar()
    two = both.model_copy(update={"talks": both.talks.set("other", both.talks["road"])})
    with pytest.raises(DossierError, match=r"several talks\n  found: road, other"):
        comity.mediate(two)
    assert comity.mediate(two, "other", draws=1).talks == "other"
    none = both.model_copy(update={"talks": both.talks.delete("road")})
    with pytest.raises(DossierError, match=r"no talks\n  mend:  add `talks`"):
        comity.mediate(none)


def test_later_knowledge_is_refused():
    """A dossier that knows what came after its day answers nothing (DESIGN §4)."""
    from copy import deepcopy

    from comity.dossier import Dossier

    raw = deepcopy(BAZAAR)
    raw["sources"] = {"s": {"title": "t", "outlet": "o", "published": "2023-01-01"}}
    with pytest.raises(DossierError, match="may not know this"):
        comity.mediate(Dossier.model_validate(raw))


ONE = {"options": ["yes", "no"]}


def tiny(**preferences) -> comity.Dossier:
    from comity.dossier import Dossier

    return Dossier.model_validate(
        {
            "comity": 1,
            "title": "t",
            "as_of": "2022-12-02",
            "actors": {"A": {"name": "A"}, "B": {"name": "B"}},
            "talks": {
                "t": {
                    "parties": ["A", "B"],
                    "issues": {
                        "only": ONE if "only" not in preferences else preferences.pop("only")
                    },
                    "preferences": preferences,
                }
            },
        }
    )


def wanting(values, **more):
    return {"issues": {"only": {"weight": 1, "values": values}}, **more}


def test_one_issue_with_one_option():
    """There is nothing to choose, and that is said without a mishap."""
    found = comity.mediate(
        tiny(only={"options": ["so"]}, A=wanting({"so": 5}), B=wanting({"so": 3})), draws=10
    )
    assert found.frontier.points == 1
    assert len(found.proposals) == 1
    assert found.first is not None
    assert found.first.decided_by == "only one"
    assert found.trades.found == 0
    assert found.joint_ceiling.value == pytest.approx(1.0)
    json.dumps(found.to_json(), allow_nan=False)


def test_a_party_with_nothing_to_gain_is_left_out_and_named():
    """B's most is its reservation value (§45)."""
    found = comity.mediate(
        tiny(A=wanting({"yes": 5, "no": 1}), B=wanting({"yes": 3, "no": 3}, reservation=3)),
        draws=10,
    )
    assert found.left_out == ("B",)
    assert found.joint_ceiling.left_out == ("B",)
    assert found.joint_ceiling.value == pytest.approx(1.0)
    assert found.proposals[0].package == {"only": "yes"}
    assert found.proposals[0].parties[1].normalised is None


def test_where_nobody_can_gain_there_is_no_ceiling():
    """Everybody is indifferent: no ceiling, no regret, and no division by nothing."""
    found = comity.mediate(
        tiny(
            A=wanting({"yes": 3, "no": 3}, reservation=3),
            B=wanting({"yes": 3, "no": 3}, reservation=3),
        ),
        draws=10,
    )
    assert found.joint_ceiling.value is None
    assert found.joint_ceiling.share_of_draws == 1.0
    assert found.joint_ceiling.exists_in == 0.0
    assert found.joint_ceiling.over_draws is None
    assert all(view.mean_regret == 0.0 for view in found.proposals)
    json.dumps(found.to_json(), allow_nan=False)


def test_talks_in_which_every_package_is_ruled_out():
    """A takes neither option but one, B only the other: two red lines, and no frontier."""
    found = comity.mediate(
        tiny(
            A=wanting({"yes": 5, "no": 1}, red_lines={"no": {"never": {"only": "no"}}}),
            B=wanting({"yes": 3, "no": 4}, red_lines={"yes": {"never": {"only": "yes"}}}),
        ),
        draws=10,
    )
    assert found.conflicts.sets == (("A: no", "B: yes"),)
    assert not found.conflicts.allowed
    assert found.frontier.points == 0
    assert found.frontier.exact
    assert {one.limit.name for one in found.relaxations[:2] if one.opens} == {"A: no", "B: yes"}
    assert found.relaxations[0].opens_in == 1.0
    json.dumps(found.to_json(), allow_nan=False)


def test_a_large_frontier_has_its_limits_lifted_in_fewer_draws(monkeypatch):
    """In how many is part of the answer."""
    assert comity.mediate(bazaar(), draws=15).relaxations[0].tried == 15
    monkeypatch.setattr(obstacles, "LARGE", 2)
    assert comity.mediate(bazaar(), draws=15).relaxations[0].tried == obstacles.TRIED_LARGE


def test_packages_that_do_as_well_as_the_first_are_counted():
    """Two options alike for everybody: either may be put forward first."""
    alike = {"a": 5, "b": 5, "c": 1}
    found = comity.mediate(
        tiny(only={"options": ["a", "b", "c"]}, A=wanting(alike), B=wanting(alike)), draws=3
    )
    assert found.first is not None
    assert found.first.as_good == 1
    assert found.solutions["nash"].packages == 2


def test_where_no_trade_starts_from_the_text_demands_are_traded():
    """From an efficient draft no two can both gain; trades between demands are listed instead."""
    demands = comity.mediate(swap(), draws=5)
    assert (demands.trades.base, demands.trades.none_from) == ("each its own best", None)
    efficient = demands.solutions["nash"].package
    found = comity.mediate(swap(text={"draft": efficient}), draws=5)
    assert (found.trades.base, found.trades.none_from) == ("each its own best", "text")
    assert found.trades.found == demands.trades.found > 0
    assert found.text is not None


def test_where_there_is_no_trade_at_all_the_text_is_what_none_starts_from():
    """One issue: neither the draft nor the demands leave anything to trade."""
    raw = {"yes": 5, "no": 1}
    found = comity.mediate(tiny(A=wanting(raw), B=wanting(raw)), draws=2)
    assert (found.trades.base, found.trades.found) == ("each its own best", 0)
    efficient = comity.mediate(bazaar(), draws=2).solutions["nash"].package
    none = comity.mediate(bazaar(text={"draft": efficient}), draws=2).trades
    assert (none.base, none.none_from, none.found) == ("text", None, 0)


def test_trades_start_from_the_draft_of_the_text():
    """A's road against B's land: the one trade that leads from this draft to an allowed package."""
    draft = {"road": "own", "fee": 2.5, "land": "0/100"}
    found = comity.mediate(bazaar(text={"draft": draft}), draws=5).trades
    assert (found.base, found.none_from, found.found) == ("text", None, 1)
    assert found.package == {"road": "own", "fee": "2.5", "land": "0/100"}
    (trade,) = found.listed
    assert [move.issue for move in trade.moves] == ["road", "land"]
    assert trade.package is not None
    assert trade.package["road"] == "joint"
    assert trade.allowed_in is not None


def test_the_share_of_draws_in_which_a_trade_helps_both():
    """Counted draw by draw, from the two issues alone (§48)."""
    found = comity.mediate(swap(), draws=DRAWS)
    every = found.drawn
    assert found.trades.listed
    for trade in found.trades.listed:
        helped = np.ones(DRAWS, dtype=bool)
        for party in trade.parties:
            i, change = found.parties.index(party), np.zeros(DRAWS)
            for move in trade.moves:
                k = found.issues.index(move.issue)
                before, after = (every.options[k].index(o) for o in (move.before, move.after))
                change += every.worth[k][:, after, i] - every.worth[k][:, before, i]
            helped &= change > SAME
        assert trade.share_of_draws == pytest.approx(helped.mean())
    assert any(0.0 < trade.share_of_draws < 1.0 for trade in found.trades.listed)


def test_the_question_asks_for_what_decides_which_proposal_comes_first():
    """Whose area matters more to B is unknown and decides; the answer is named apart (§50)."""
    found = comity.mediate(swap(), draws=600)
    asked = found.question.asked
    assert found.question.inputs == 8
    assert asked is not None
    assert asked.path.startswith("talks.areas.preferences.")
    assert asked.path == f"talks.areas.preferences.{asked.party}.issues.{asked.issue}.{asked.field}"
    assert 0.0 < asked.value < found.question.mean_regret
    assert len(set(asked.first_in_fifths)) > 1
    assert asked.value >= max((other.value for other in found.question.others), default=0.0)
