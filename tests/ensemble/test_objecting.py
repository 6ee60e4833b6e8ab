"""Who stands in the way of every text, and from which side, against loops over whole texts."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import comity
from comity.acceptance import Objection, OptionStances, ScaleStances
from comity.ensemble.objecting import count_objecting

Accepted = tuple[int, int]
STUCK = np.array([True])


def held(reversion: int, step: int, accepted: list[Accepted], absent: int = -1) -> ScaleStances:
    """One draw in which each member accepts the texts from one whole point to another."""
    low, high = (np.array([[pair[k] for pair in accepted]], dtype=float) for k in (0, 1))
    return ScaleStances(
        actors=tuple(f"M{k}" for k in range(len(accepted))),
        reversion=np.array([float(reversion)]),
        salience=np.full(low.shape, 50.0),
        presence=tuple(1 if k == absent else -1 for k in range(len(accepted))),
        step=np.array([float(step)]),
        ideal=low,
        low=low,
        high=high,
    )


def by_hand(reversion: int, step: int, accepted: list[Accepted]) -> Counter[Objection]:
    """The definition, member against member, over every whole text."""
    found: set[Objection] = set()
    for side, texts in (
        ("above", range(reversion + step, 101)),
        ("below", range(reversion - step, -1, -1)),
    ):
        taken = [[t for t in texts if low <= t <= high] for low, high in accepted]
        for k, mine in enumerate(taken):
            if not texts:
                continue
            if not mine:
                low, high = accepted[k]
                own_side = "above" if low >= reversion else "below"  # its ideal stands at `low`
                to = "too_weak" if low > high and side == own_side else "too_strong"
                found.add(Objection(f"M{k}", side, to))
            for other in taken:
                if mine and other and not set(mine) & set(other):
                    nearer = abs(mine[0] - reversion) < abs(other[0] - reversion)
                    found.add(Objection(f"M{k}", side, "too_strong" if nearer else "too_weak"))
    return Counter(found)


def test_who_stands_in_the_way_follows_the_definition() -> None:
    """A member objects on a side if it accepts nothing there that some other would take (§14)."""
    rng, kinds = random.Random(5), set()
    for _ in range(600):
        reversion, step = rng.choice([0, 40, 50, 100]), rng.choice([1, 10, 45])
        accepted = [
            (rng.randint(0, 100), rng.randint(0, 100))
            if rng.random() < 0.2
            else tuple(sorted((rng.randint(0, 100), rng.randint(0, 100))))
            for _ in range(rng.randint(1, 5))
        ]
        found = count_objecting(held(reversion, step, accepted), STUCK)
        assert found == by_hand(reversion, step, accepted), (reversion, step, accepted)
        kinds |= {(objection.side, objection.to) for objection in found}
    assert len(kinds) == 4


def test_members_that_cannot_respond_stand_in_nobodys_way() -> None:
    """Who is absent or without instructions neither objects nor makes another object."""
    accepted = [(0, 20), (60, 100)]
    assert count_objecting(held(0, 10, accepted, absent=1), STUCK) == Counter()
    assert len(count_objecting(held(0, 10, accepted), STUCK)) == 2


def test_only_draws_in_which_nothing_passes_are_counted() -> None:
    """A draw in which a text passes counts for nobody, whatever happens on the other side."""
    assert count_objecting(held(50, 10, [(0, 40), (0, 55)]), ~STUCK) == Counter()


def test_of_options_it_is_whoever_refuses_one() -> None:
    """On options each refusal counts, and what holds anyway cannot be refused."""
    options = OptionStances(
        actors=("M0", "M1"),
        reversion=np.array([0.0]),
        salience=np.full((1, 2), 50.0),
        presence=(-1, -1),
        options=("stay", "go", "run"),
        worth=np.zeros((1, 2, 3)),
        accepted=np.array([[[False, True, False], [True, False, True]]]),
        shortfall=np.zeros((1, 2, 3)),
    )
    assert count_objecting(options, STUCK) == Counter(
        [Objection("M0", "run", "refused"), Objection("M1", "go", "refused")]
    )


@pytest.fixture(scope="module")
def yerevan() -> comity.Forecast:
    root = Path(__file__).parents[2]
    return comity.forecast(comity.load(root / "examples/cases/yerevan-2022"), draws=2000)


def test_every_conflict_member_stands_in_the_way_at_least_as_often(
    yerevan: comity.Forecast,
) -> None:
    """Whoever is part of a smallest conflict also counts as standing in the way (§14)."""
    for entry in yerevan.items.values():
        shown = {
            (member, one.side, one.to): one.share
            for member, found in entry.objecting.items()
            for one in found
        }
        for conflict in entry.conflicts:
            for part in conflict.objections:
                assert shown[part.actor, part.side, part.to] >= conflict.share - 1e-12
        assert all(share <= 1 - entry.adoption.text_any + 1e-12 for share in shown.values())
    assert any(entry.conflicts for entry in yerevan.items.values())
