"""The same question gets the same answer, byte for byte, however the work is done."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from comity.dossier import Dossier, load
from comity.ensemble import chunks, forecast
from ensemble.rich import rich, written

CASE = Path(__file__).parents[2] / "examples" / "cases" / "yerevan-2022"


def text(of: Dossier, **asked: int) -> str:
    return json.dumps(forecast(of, **asked).to_json(), allow_nan=False)


@pytest.fixture
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK", 400)


@pytest.mark.usefixtures("short_chunks")
def test_any_number_of_workers_gives_the_same_bytes():
    """A chunk's draws depend on its place alone, and chunks are merged in order (§2)."""
    once = text(rich(), draws=1500, workers=1)
    assert text(rich(), draws=1500, workers=1) == once
    assert text(rich(), draws=1500, workers=2) == once
    assert text(rich(), draws=1500, workers=3) == once


def test_two_workers_on_the_real_case_give_the_same_bytes():
    """As shipped, with chunks of their usual length."""
    assert text(load(CASE), draws=5500, workers=2) == text(load(CASE), draws=5500, workers=1)


@pytest.mark.parametrize("length", [450, 100_000])
def test_the_length_of_a_chunk_does_not_matter(length: int, monkeypatch: pytest.MonkeyPatch):
    """Draw k of a path is the same number in whatever chunk it is made (§2)."""
    usual = text(rich(), draws=1300, workers=1)
    monkeypatch.setattr(chunks, "CHUNK", length)
    assert text(rich(), draws=1300, workers=1) == usual


def test_another_seed_gives_other_draws():
    """The seed is not ignored."""
    once, other = (forecast(rich(), seed=seed, draws=300).to_json() for seed in (1, 2))
    assert once["items"]["text"]["adoption"] != other["items"]["text"]["adoption"]


def test_more_draws_keep_those_made_before():
    """The first draws of a longer run are those of a shorter one (§2)."""
    shares = [
        forecast(rich(), draws=count, workers=1).items["text"].adoption.text_any * count
        for count in (1, 2, 5, 100)
    ]
    steps = [later - sooner for sooner, later in pairwise(shares)]
    assert all(0 <= step <= more + 1e-9 for step, more in zip(steps, (1, 3, 95), strict=True))


def test_the_order_on_the_page_changes_no_number():
    """Sections may list items, actors and positions in any order."""
    turned = written()
    for section in ("agenda", "actors", "bodies", "codings"):
        turned[section] = dict(reversed(turned[section].items()))
    for item, held in turned["positions"].items():
        turned["positions"][item] = dict(reversed(held.items()))
    once = forecast(rich(), draws=800, workers=1).to_json()
    again = forecast(rich(turned), draws=800, workers=1).to_json()
    assert list(again["items"]) == list(reversed(once["items"]))
    assert again["items"] == once["items"]
    assert again["codings"] == once["codings"]
