"""Packages across items with competence and requirements settled (conventions §16, §18, §52)."""

from pathlib import Path

import numpy as np
import pytest

import comity
from comity.bargaining.items import package_of
from comity.dossier import Batch, Keyed
from comity.ensemble.packages import packages, settle
from comity.errors import UnsupportedError

YEREVAN = Path(__file__).parents[2] / "examples/cases/yerevan-2022"

QUESTIONED = ", competence: {presumption: outside, item: powers}"

TRADE = """
comity: 1
title: A trade
as_of: 2024-01-01
actors: {A: {name: A}, B: {name: B}}
bodies:
  b:
    members: [A, B]
    omega: 0
    charter: {name: charter, procedures: {substantive: {rule: consensus}}}
agenda:
  powers: {body: b, options: [outside, within], reversion: outside}
  fish: {body: b, options: [none, quota], reversion: none, tabled: quota}
  wine: {body: b, options: [none, label], reversion: none, tabled: label EXTRA}
  port: {body: b, options: [none, ships], reversion: none, tabled: ships}
  mine: {body: b, options: [none, coal], reversion: none, tabled: coal}
positions:
  powers: {A: {ideal: within, salience: 50}, B: {ideal: VIEW, salience: 50}}
  fish:
    A: {values: {none: 0, quota: 80}, salience: 100}
    B: {values: {none: 30, quota: 0}, salience: 100}
  wine:
    A: {values: {none: 20, label: 0}, salience: 50}
    B: {values: {none: 0, label: 60}, salience: 100}
  port:
    A: {values: {none: 0, ships: 20}, salience: 100}
    B: {values: {none: 10, ships: 0}, salience: 100}
  mine:
    A: {values: {none: 10, coal: 0}, salience: 100}
    B: {values: {none: 0, coal: 20}, salience: 100}
"""


def trade(view="outside", extra=QUESTIONED):
    return comity.loads(TRADE.replace("VIEW", view).replace("EXTRA", extra))


def test_an_item_the_body_is_not_competent_for_is_in_no_recommendation():
    """Where one member keeps the presumption, the best package does without the item."""
    found = packages(trade(), "b", draws=20)
    assert found.best is not None
    assert "wine" not in found.best.package
    assert (found.best.in_question, found.best.share_as_settled) == ((), 1.0)
    assert found.waiting is not None
    assert "wine" in found.waiting.package
    waiting = found.waiting
    assert (waiting.share_of_draws, waiting.share_as_presumed) == (1.0, 0.0)
    assert (waiting.share_free, waiting.share_as_settled) == (0.0, 0.0)


def test_competence_that_all_grant_lets_the_package_pass():
    """Where all settle that the matter lies within, the presumption alone would stop it."""
    best = packages(trade(view="within"), "b", draws=20).best
    assert best is not None
    assert best.in_question == ("wine",)
    assert (best.share_as_presumed, best.share_as_settled) == (0.0, 1.0)


def test_what_is_required_outside_is_asked():
    """An item that requires the one on competence waits for it (§18)."""
    both = f"{QUESTIONED}, requires: [powers]"
    found = packages(trade(extra=both), "b", draws=20)
    assert found.waiting is not None
    assert found.waiting.requires == ("powers",)
    assert found.waiting.share_as_settled == 0.0
    granted = packages(trade("within", both), "b", draws=20).best
    assert granted is not None
    assert (granted.requires, granted.share_as_settled) == (("powers",), 1.0)


def test_views_on_competence_are_not_traded():
    """The item that holds them is in no package, and is refused if it is asked for."""
    found = packages(trade(), "b", draws=20)
    assert list(found.left_out) == ["powers"]
    assert all("powers" not in each.package for each in found.packages)
    with pytest.raises(UnsupportedError, match="'powers' holds the views on competence"):
        packages(trade(), "b", ["powers", "fish"], draws=20)


def test_yerevan_agrees_with_the_forecast():
    """Competence is that of the forecast, and nothing it stops is put forward."""
    dossier = comity.load(YEREVAN)
    found = packages(dossier, "csto", draws=400)
    assert found.best is None
    assert found.waiting is not None
    assert found.waiting.stopped
    held = settle(Batch(dossier, Keyed(1, 0, 400)), ["assessment"]).competent["assessment"]
    assert found.items[0].competent == held.mean()
    assert found.waiting.share_as_settled <= held.mean() < 0.1 < found.waiting.share_of_draws
    alone = package_of(dossier, "csto", draws=400)
    assert alone.best is not None
    assert alone.best.share_as_settled is None
    assert np.isclose(alone.best.share_of_draws, found.waiting.share_of_draws)
