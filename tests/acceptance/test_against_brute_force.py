"""Responses, windows, conflicts and openings agree with the definitions written out by hand."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import numpy as np
import pytest

from acceptance.brute import TEXTS, Case, Member, random_case
from comity.acceptance import (
    ScaleStances,
    count_conflicts,
    least_opening,
    passes,
    stances,
    window_open,
)
from comity.acceptance.by_enumeration import by_enumeration
from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.charter import Procedure
from comity.dossier.response import Response
from comity.dossier.rule import Consensus

CASES = int(os.environ.get("COMITY_BRUTE_CASES", "1000"))


def dossier_of(case: Case, minus: int = 0) -> Dossier:
    """A dossier that says exactly what the case says."""
    actors = {f"M{k}": {"name": f"Member {k}"} for k in range(len(case.members))}
    charter = {
        "name": "Test",
        "procedures": {"substantive": {"rule": {"kind": "consensus", "minus": minus}}},
    }
    return Dossier.model_validate(
        {
            "comity": 1,
            "title": "A small case",
            "as_of": "2022-11-22",
            "actors": actors,
            "bodies": {"body": {"members": list(actors), "charter": charter}},
            "agenda": {
                "item": {"body": "body", "reversion": case.reversion, "smallest_step": case.step}
            },
            "positions": {
                "item": {f"M{k}": _position(member) for k, member in enumerate(case.members)}
            },
        }
    )


def _position(member: Member) -> dict[str, object]:
    position: dict[str, object] = {
        "ideal": member.ideal,
        "salience": member.salience,
        "omega": member.tolerance * member.salience / 100,
    }
    if member.floor is not None:
        position |= {"floor": member.floor, "basis": "inferred"}
    if member.stated is not None:
        position["accepts"] = list(member.stated)
    return position


def stances_of(case: Case) -> ScaleStances:
    held = stances(Batch(dossier_of(case), Keyed(1, 0, 1)), "item")
    assert isinstance(held, ScaleStances)
    return held


def consensus(minus: int = 0) -> Procedure:
    return Procedure(rule=Consensus(minus=minus))


def cases(seed: int, most: int = 5) -> list[Case]:
    rng = random.Random(seed)
    return [random_case(rng, most) for _ in range(CASES)]


def test_responses_follow_the_definition() -> None:
    """Each member objects outside its acceptance, supports what it gains by (§9, §10)."""
    texts = np.array(TEXTS, dtype=float)
    for case in cases(1):
        codes = stances_of(case).responses(texts)[0]
        for text in TEXTS:
            objectors, supporters = case.objectors(text), case.supporters(text)
            for k in range(len(case.members)):
                if k in objectors:
                    expected = Response.OBJECT
                elif k in supporters:
                    expected = Response.SUPPORT
                else:
                    expected = Response.STAND_ASIDE
                assert codes[text, k] == expected, (case, text, k)


@pytest.mark.parametrize("minus", [0, 1, 2])
def test_the_window_is_found_exactly(minus: int) -> None:
    """Some draft passes if and only if one of all whole points does (§13)."""
    outcomes = set()
    for case in cases(2 + minus):
        held = stances_of(case)
        listed = passes(held, consensus(minus), np.array(TEXTS, dtype=float))[0]
        assert listed.tolist() == [case.passes(text, minus) for text in TEXTS], case
        found = bool(window_open(held, consensus(minus))[0])
        assert found == case.any_passes(minus), case
        outcomes.add(found)
    assert outcomes == {True, False}


def test_conflicts_are_the_smallest_sets_that_close_the_window() -> None:
    """Under plain consensus one or two members suffice, on one side or both (§14)."""
    sizes = set()
    for case in cases(10, most=6):
        found = count_conflicts(stances_of(case), consensus())
        assert found.unsearched == 0
        named = {frozenset(int(o.actor[1:]) for o in conflict) for conflict in found.counts}
        blocked = not any(not case.objectors(text) for text in case.meaningful())
        expected = case.smallest_conflicts() if blocked else set()
        assert named == expected, case
        sizes |= {len(group) for group in named}
    assert sizes == {1, 2}


@pytest.mark.parametrize("minus", [0, 1])
def test_enumerated_conflicts_are_the_same(minus: int) -> None:
    """Enumeration, which serves all other rules, gives the smallest sets too (§14)."""
    for case in cases(20 + minus, most=5)[: CASES // 3]:
        found = by_enumeration(stances_of(case), consensus(minus))
        named = {frozenset(int(o.actor[1:]) for o in conflict) for conflict in found.counts}
        texts = case.meaningful()
        blocked = all(len(case.objectors(text)) > minus for text in texts)
        expected = case.smallest_conflicts(minus) if blocked and texts else set()
        assert named == expected, case


def test_objections_say_from_which_side() -> None:
    """A member objects to a text as too weak or too strong by where its acceptance lies (§14)."""
    for case in cases(30):
        for conflict in count_conflicts(stances_of(case), consensus()).counts:
            for objection in conflict:
                member = case.members[int(objection.actor[1:])]
                above = objection.side == "above"
                side = [t for t in case.meaningful() if (t > case.reversion) == above]
                accepted = [t for t in TEXTS if member.accepts(t, case.reversion)]
                refused = [t for t in side if t not in accepted]
                assert refused, (case, objection)
                if accepted and objection.to == "too_strong":
                    end = max(accepted) if above else min(accepted)
                    assert any(t > end if above else t < end for t in refused), case
                if accepted and objection.to == "too_weak":
                    end = min(accepted) if above else max(accepted)
                    assert any(t < end if above else t > end for t in refused), case


@pytest.mark.parametrize(("ideal", "floor", "own"), [(60, 90, "above"), (30, 5, "below")])
def test_a_member_that_accepts_nothing_wants_more_on_its_own_side(
    ideal: int, floor: int, own: str
) -> None:
    """Its floor leaves nothing: its own side is too weak, the other too strong (§14)."""
    case = Case(50, 10, (Member(ideal, 0, 100, floor=floor), Member(50, 50, 100)))
    (conflict,) = count_conflicts(stances_of(case), consensus()).counts
    assert {(o.actor, o.side, o.to) for o in conflict} == {
        ("M0", side, "too_weak" if side == own else "too_strong") for side in ("above", "below")
    }


@pytest.mark.parametrize("minus", [0, 1, 2])
def test_the_least_opening_is_the_least(minus: int) -> None:
    """No whole point costs less than the opening found, and one costs as much (§15)."""
    for case in cases(40 + minus):
        found = float(least_opening(stances_of(case), minus).cost[0])
        if minus > len(case.members):
            continue
        assert found == pytest.approx(case.opening(minus)), case


def test_opening_members_by_what_is_asked_opens_the_window() -> None:
    """If every member reached as much further as asked, the text named would pass (§15)."""
    for case in cases(50)[: CASES // 3]:
        held = stances_of(case)
        found = least_opening(held)
        if not np.isfinite(found.cost[0]) or found.cost[0] == 0:
            continue
        wider = replace(held, low=held.low - found.asked, high=held.high + found.asked)
        assert (wider.responses(found.text) != Response.OBJECT).all(), case
