"""What is said of limits and of the joint ceiling over draws, against listing (§43, §46)."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
import pytest

import comity
from comity.bargaining.drawn import drawn
from comity.bargaining.problem import SAME, Floats, Problem
from comity.dossier import Dossier, Keyed
from comity.ensemble.mediation import obstacles
from ensemble.mediation.bazaar import bazaar

DRAWS = 60


def problems(dossier: Dossier) -> list[Problem]:
    ((name, talks),) = dossier.talks.items()
    every = drawn(talks, name, Keyed(1, 0, DRAWS))
    return [every.problem(draw) for draw in range(DRAWS)]


def gains_within(problem: Problem) -> Floats:
    """Gains of all packages within all stated limits, (packages, parties), by listing."""
    packages = list(product(*map(range, problem.sizes)))
    gains = problem.utilities(packages) - problem.reservation
    return gains[problem.allowed(packages) & (gains >= -SAME).all(axis=1)]


def ceiling(gains: Floats, room: Floats) -> float:
    """The largest smallest gain, measured by ``room``; NaN without a package or any room."""
    able = room > SAME
    if not len(gains) or not able.any():
        return math.nan
    return float((np.maximum(gains, 0.0)[:, able] / room[able]).min(axis=1).max())


def rise_by_listing(problem: Problem, name: str) -> float:
    """By how much the ceiling rises if one limit is lifted, 0 if it is none in this draw."""
    now = gains_within(problem)
    measure = now if len(now) else gains_within(problem.without(*(x.name for x in problem.limits)))
    if not len(measure) or name not in {limit.name for limit in problem.limits}:
        return 0.0
    room = measure.max(axis=0)
    before, after = ceiling(now, room), ceiling(gains_within(problem.without(name)), room)
    return 0.0 if math.isnan(after) else max(after - (0.0 if math.isnan(before) else before), 0.0)


OPEN = {"preferences.A.red_lines.dear.never": {"road": "joint"}}
CLOSED = {"preferences.A.reservation": "50..80", "preferences.B.reservation": 60}


@pytest.mark.parametrize("change", [{}, OPEN, CLOSED], ids=["as it is", "hard line", "closed"])
def test_in_what_share_of_draws_lifting_a_limit_raises_the_ceiling(change: dict[str, Any]):
    """§43: `raises_in` and `mean_more` over the draws tried, each on the scale of its own draw."""
    dossier = bazaar(change)
    found = comity.mediate(dossier, draws=DRAWS)
    every = problems(dossier)
    some = 0
    for one in found.relaxations:
        assert one.tried == min(obstacles.TRIED, DRAWS)
        if one.limit.kind == "reservation value":
            assert (one.raises_in, one.mean_more) == (0.0, 0.0)
            continue
        rises = [rise_by_listing(problem, one.limit.name) for problem in every]
        assert one.raises_in == pytest.approx(np.mean(np.array(rises) > obstacles.CLEAR))
        assert one.mean_more == pytest.approx(np.mean(rises), abs=1e-9)
        some += 0.0 < one.raises_in < 1.0
    assert some >= 1  # of at least one it is said of some draws and not of others


def test_only_the_first_draws_are_tried(monkeypatch: pytest.MonkeyPatch):
    """With fewer draws tried than made, the shares are those of the first."""
    monkeypatch.setattr(obstacles, "TRIED", 9)
    found = comity.mediate(bazaar(OPEN), draws=DRAWS)
    for one in found.relaxations:
        if one.limit.kind != "reservation value":
            rises = [rise_by_listing(p, one.limit.name) for p in problems(bazaar(OPEN))[:9]]
            assert one.tried == 9
            assert one.raises_in == pytest.approx(np.mean(np.array(rises) > obstacles.CLEAR))
            assert one.mean_more == pytest.approx(np.mean(rises), abs=1e-9)


@pytest.mark.parametrize("change", [{}, CLOSED], ids=["as it is", "closed"])
def test_in_what_share_of_draws_there_is_a_ceiling(change: dict[str, Any]):
    """§46: `exists_in`, and the spread of the ceiling over those draws alone."""
    dossier = bazaar(change)
    said = comity.mediate(dossier, draws=DRAWS).joint_ceiling
    gains = [gains_within(problem) for problem in problems(dossier)]
    values = np.array([ceiling(g, g.max(axis=0)) if len(g) else math.nan for g in gains])
    assert said.share_of_draws == pytest.approx(np.mean([len(g) > 0 for g in gains]))
    assert said.exists_in == pytest.approx(np.mean(~np.isnan(values)))
    assert said.over_draws is not None
    assert said.over_draws.median == pytest.approx(np.nanmedian(values))


def test_something_may_be_possible_where_nobody_can_gain():
    """`exists_in` leaves out draws in which the one package possible gives nobody more."""
    stays = {"weight": 1, "values": {"yes": 3, "no": 3}}
    wants = {"weight": 1, "values": {"yes": "0..6", "no": 3}}
    dossier = Dossier.model_validate(
        {
            "comity": 1,
            "title": "Yes or no",
            "as_of": "2022-12-02",
            "actors": {"A": {"name": "Aland"}, "B": {"name": "Bland"}},
            "talks": {
                "t": {
                    "parties": ["A", "B"],
                    "issues": {"only": {"options": ["yes", "no"]}},
                    "preferences": {
                        "A": {"reservation": 3, "issues": {"only": wants}},
                        "B": {"reservation": 3, "issues": {"only": stays}},
                    },
                }
            },
        }
    )
    said = comity.mediate(dossier, draws=DRAWS).joint_ceiling
    worth = 6 * Keyed(1, 0, DRAWS).column("talks.t.preferences.A.issues.only.values.yes")
    assert said.share_of_draws == 1.0
    assert said.exists_in == pytest.approx(np.mean(worth > 3))
    assert 0.3 < said.exists_in < 0.7
    assert said.over_draws is not None
    assert said.over_draws.p5 == pytest.approx(1.0)
