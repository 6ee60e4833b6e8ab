"""The check values that the theory pages print."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from comity.acceptance import Objection, count_conflicts, least_opening, passes, stances
from comity.dossier import Batch, Dossier, Keyed
from comity.forecast import Mean
from forecast.small import dossier

HELD: dict[str, dict[str, Any]] = {
    "A": {"ideal": 80, "salience": 100, "omega": 0},
    "B": {"ideal": 20, "salience": 50, "omega": 5},
    "C": {"ideal": 60, "salience": 80, "omega": 0, "floor": 55, "basis": "inferred"},
}
TEXTS = np.arange(0.0, 101.0)


def case(**changed: dict[str, Any]) -> tuple[Dossier, Batch]:
    of = dossier({"x": {"reversion": 0}}, {"x": HELD | changed})
    return of, Batch(of, Keyed(1, 0, 1))


def test_the_consensus_model_gives_its_check_values() -> None:
    """Nothing passes between B and C, and B opening by 5 points at 55 is the least (§14, §15)."""
    of, batch = case()
    held, procedure = stances(batch, "x"), of.procedure("x")
    assert not passes(held, procedure, TEXTS).any()
    assert dict(count_conflicts(held, procedure).counts) == {
        (Objection("B", "above", "too_strong"), Objection("C", "above", "too_weak")): 1
    }
    opening = least_opening(held)
    assert (opening.cost.tolist(), opening.text.tolist()) == ([250.0], [55.0])
    assert opening.asked.tolist() == [[0.0, 5.0, 0.0]]


def test_without_the_floor_a_window_opens() -> None:
    """What B accepts from the smallest step on, all accept (§13)."""
    of, batch = case(C={"ideal": 60, "salience": 80, "omega": 0})
    passing = TEXTS[passes(stances(batch, "x"), of.procedure("x"), TEXTS)[0]]
    assert (passing.min(), passing.max(), len(passing)) == (10.0, 50.0, 41)


def test_the_means_give_their_check_values() -> None:
    """Weighted by capability times salience, and not at all (§17)."""
    _, batch = case()
    assert float(Mean().predict(batch, "x").point) == 60.0
    assert float(Mean("none").predict(batch, "x").point) == pytest.approx(160 / 3)
