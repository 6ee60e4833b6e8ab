"""What is said of regret and of the first proposal where many draws have no agreement (§49)."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

import comity
from comity.bargaining.drawn import drawn
from comity.bargaining.menu import Tries
from comity.bargaining.problem import SAME
from comity.dossier import Keyed, loads
from comity.ensemble.mediation import Mediation
from comity.ensemble.mediation.proposals import why_first

CLOSED = """
comity: 1
title: Two who rarely agree
as_of: 2022-12-02
actors: {A: {name: Aland}, B: {name: Bland}}
talks:
  den:
    parties: [A, B]
    issues:
      x: {options: {a: a, b: b, c: c}}
      y: {options: {a: a, b: b}}
    preferences:
      A:
        reservation: 30..80
        issues:
          x: {weight: 3, values: {a: 100, b: 50, c: 0}}
          y: {weight: 1..3, values: {a: 100, b: 0}}
      B:
        reservation: 30..80
        issues:
          x: {weight: 3, values: {a: 0, b: 50, c: 100}}
          y: {weight: 1..3, values: {a: 0, b: 100}}
"""
DRAWS = 300


@pytest.fixture(scope="module")
def found() -> Mediation:
    return comity.mediate(loads(CLOSED), draws=DRAWS)


@pytest.fixture(scope="module")
def regrets(found) -> list[list[float | None]]:
    """By listing, of each draw with a ceiling: each proposal's regret, None if it is not within."""
    every = drawn(found.negotiated, "den", Keyed(found.seed, 0, DRAWS))
    made = []
    for problem in (every.problem(draw) for draw in range(DRAWS)):
        packages = list(product(*map(range, problem.sizes)))
        gains = {x: problem.utilities([x])[0] - problem.reservation for x in packages}
        inside = {x: g for x, g in gains.items() if (g >= -SAME).all()}
        if not inside:
            continue
        room = np.max(list(inside.values()), axis=0)
        able = room > SAME
        shares = {x: float((g[able] / room[able]).min()) for x, g in inside.items()}
        ceiling = max(shares.values())
        menu = [
            tuple(problem.options[k].index(view.package[i]) for k, i in enumerate(problem.issues))
            for view in found.proposals
        ]
        made.append([ceiling - shares[x] if x in shares else None for x in menu] + [ceiling])
    return made


def test_mean_regret_is_over_the_draws_in_which_there_is_a_ceiling(found, regrets):
    """The draws in which nothing is possible do not make a package look better (§49)."""
    assert 0.05 < len(regrets) / DRAWS < 0.5
    assert found.joint_ceiling.exists_in == pytest.approx(len(regrets) / DRAWS)
    for place, view in enumerate(found.proposals):
        own = [row[-1] if row[place] is None else row[place] for row in regrets]
        assert view.mean_regret == pytest.approx(np.mean(own), abs=1e-9)
        assert view.regret_over_draws.median == pytest.approx(np.median(own), abs=1e-9)
    assert found.first is not None
    assert found.first.mean_regret == found.question.mean_regret == found.proposals[0].mean_regret


def test_the_first_is_the_best_one_only_where_it_lies_within(found, regrets):
    """Draws without a ceiling, and draws in which it breaks a limit, do not count for it (§49)."""
    best = worse = level = 0
    for row in regrets:
        own = np.inf if row[0] is None else row[0]
        others = min((each for each in row[1:-1] if each is not None), default=np.inf)
        if own == others == np.inf:
            continue
        best += own < others - 1e-6
        worse += others < own - 1e-6
        level += abs(own - others) <= 1e-6
    first = found.first
    assert first is not None
    assert first.best_in == pytest.approx(best / DRAWS)
    assert first.worse_in == pytest.approx(worse / DRAWS)
    assert first.level_in == pytest.approx(level / DRAWS)
    assert 0.0 < first.best_in <= found.proposals[0].share_within
    shares = first.best_in + first.level_in + first.worse_in + first.none_in
    assert shares == pytest.approx(1.0)


def tries(within, regret) -> Tries:
    inside, lost = np.array(within, dtype=bool), np.array(regret, dtype=float)
    return Tries(inside, 1.0 - lost, lost)


def origins(count: int) -> dict[tuple[int, ...], tuple[str, ...]]:
    return {(place,): ("frontier",) for place in range(count)}


def test_ties_with_another_of_the_menu_are_told_apart():
    """One draw each: better, as good, worse, both outside, alone within though all is lost."""
    tests = tries(
        [[1, 1], [1, 1], [1, 1], [0, 0], [1, 0]],
        [[0.0, 0.5], [0.2, 0.2], [0.4, 0.1], [1.0, 1.0], [1.0, 1.0]],
    )
    first = why_first(tests, [0, 1], origins(2))
    assert first is not None
    assert (first.best_in, first.level_in, first.worse_in, first.none_in) == (0.4, 0.2, 0.2, 0.2)


def test_limits_decide_only_between_packages_of_equal_regret():
    """And then the share told is that of a package they decided against (§49)."""
    by_regret = tries([[1, 1, 1], [1, 0, 1]], [[0.0, 0.5, 0.0], [0.0, 0.5, 0.0]])
    first = why_first(by_regret, [0, 1], origins(3))
    assert first is not None
    assert (first.decided_by, first.as_good, first.level_share_within) == ("regret", 1, None)
    by_limits = tries([[1, 1, 1], [1, 0, 0]], [[0.0, 0.5, 0.0], [0.3, 0.3, 0.3]])
    first = why_first(by_limits, [0, 1], origins(3))
    assert first is not None
    assert (first.decided_by, first.level_share_within) == ("limits", 0.5)
