"""What becomes of every item, worked out again by plain loops over the drawn numbers."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.dossier import Batch, Dossier, Keyed, load
from comity.dossier.strategies import dossiers
from comity.forecast import outcomes
from forecast.plain import Draws

CASE = Path(__file__).parents[2] / "examples" / "cases" / "yerevan-2022"


def agree(dossier: Dossier, seed: int, count: int, start: int = 0, rho: float = 0.0) -> None:
    """Every field of every item's outcome is the same in every draw."""
    batch = Batch(dossier, Keyed(seed, start, start + count), rho)
    found, draws = outcomes(batch), Draws(Batch(dossier, Keyed(seed, start, start + count), rho))
    assert set(found) == set(dossier.agenda)
    for number in range(count):
        for item, settled in draws.settle(number).items():
            for field, expected in asdict(settled).items():
                array = getattr(found[item], field)
                seen = None if array is None else bool(array[number])
                assert seen == expected, (item, field, number)


@pytest.mark.parametrize("coding", [None, "claimant", "objectors"])
def test_the_yerevan_agenda_by_plain_loops(coding: str | None):
    """Text, competence, requirements and their conjunction agree draw by draw (§18)."""
    dossier = load(CASE)
    agree(dossier if coding is None else dossier.coded(coding), seed=1, count=150)


def test_the_yerevan_agenda_with_blocs():
    """The same holds when members share a factor (§11)."""
    agree(load(CASE), seed=2, count=100, start=7, rho=0.5)


@given(dossiers(), st.integers(0, 2**31))
def test_any_dossier_by_plain_loops(dossier: Dossier, seed: int):
    """The same holds for any dossier, under every rule (§7, §13, §16, §18)."""
    agree(dossier, seed, count=8)


@pytest.mark.trust
@settings(max_examples=1000)
@given(dossiers(max_items=5, max_members=6), st.integers(0, 2**31), st.sampled_from([0.0, 0.5]))
def test_many_dossiers_by_plain_loops(dossier: Dossier, seed: int, rho: float):
    """The same, on larger dossiers and more of them (§7, §11, §13, §16, §18)."""
    agree(dossier, seed, count=10, rho=rho)


@pytest.mark.trust
def test_the_yerevan_agenda_at_length():
    """The real case again, on thousands of draws (§18)."""
    agree(load(CASE), seed=3, count=4000)
