"""Cases at the edge: everything certain, nothing to decide, one member, one draw."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.dossier import Dossier
from comity.dossier.strategies import dossiers
from comity.ensemble import canvass, forecast
from comity.ensemble.results import Adoption, Forecast, ItemForecast
from comity.errors import UnsupportedError
from forecast.small import body, dossier


def shares(of: Adoption) -> list[float]:
    found = (of.probability, of.any, of.text_tabled, of.text_any, of.competent, of.required)
    return [share for share in found if share is not None]


@pytest.mark.parametrize("draws", [1, 50])
def test_a_certain_dossier_is_answered_with_yes_or_no(draws: int):
    """Where nothing is uncertain every share is 0 or 1, in one draw as in many."""
    held = {"A": {"ideal": 80, "salience": 100}, "B": {"ideal": 10, "salience": 100}}
    of = dossier({"x": {"reversion": 0, "tabled": 60}}, {"x": held}, {"b": body("A", "B")})
    entry = forecast(of, draws=draws, workers=1).items["x"]
    assert shares(entry.adoption) == [0.0, 1.0, 0.0, 1.0, 1.0, 1.0]
    assert set(entry.passage.shares) == {0.0, 1.0}
    assert entry.adoption.range.probability == (0.0, 0.0)
    assert entry.adoption.range.any == (1.0, 1.0)
    assert entry.responses["A"].support == entry.responses["B"].object == 1.0
    assert entry.conflicts == ()
    assert entry.opening.needed == 0.0
    assert (entry.strongest["above"].half, entry.strongest["above"].four_fifths) == (20.0, 20.0)
    assert entry.tornado == ()
    assert entry.chairing.chairs["A"].advantage == 0.0


def test_an_empty_agenda_has_an_empty_answer():
    """Nothing to decide is no error."""
    found = forecast(dossier({}, {}, {"b": body("A")}), draws=10)
    assert (found.items, found.codings) == ({}, {})
    assert canvass(found).items == {}
    json.dumps(found.to_json(), allow_nan=False)


def test_a_body_with_one_member_adopts_what_it_gains_by():
    """Consensus of one."""
    of = dossier({"x": {"reversion": 0, "tabled": "0..100"}}, {"x": {"A": {"ideal": "0..100"}}})
    entry = forecast(of, draws=4000, workers=1).items["x"]
    # D from 10 on, the draft within (0, 2·ideal): ∫ over ideals of (min(2·ideal, 100) − 10)⁺
    assert entry.adoption.probability == pytest.approx(0.6525, abs=0.03)
    assert entry.adoption.any == pytest.approx(0.95, abs=0.02)  # an ideal of more than 5
    assert [conflict.members for conflict in entry.conflicts] == [("A",)]


def test_no_text_at_all_says_something():
    """A step longer than the scale leaves nothing to adopt, and nobody to blame."""
    of = dossier(
        {"x": {"reversion": 50, "smallest_step": 60, "tabled": 100}},
        {"x": {"A": {"ideal": 100, "salience": 100}}},
    )
    entry = forecast(of, draws=10, workers=1).items["x"]
    assert (entry.adoption.probability, entry.adoption.any) == (0.0, 0.0)
    assert entry.conflicts == ()
    assert entry.opening.impossible == 1.0
    assert entry.chairing.neutral_text is None


@pytest.mark.parametrize("draws", [0, -1, 2_000_001])
def test_an_impossible_number_of_draws_is_refused(draws: int):
    """With what was found and how to mend it."""
    with pytest.raises(UnsupportedError, match=f"found: {draws}"):
        forecast(dossier({}, {}, {"b": body("A")}), draws=draws)


def sound(found: Forecast) -> None:
    """What holds of every forecast."""
    json.dumps(found.to_json(), allow_nan=False)
    for entry in found.items.values():
        _sound(entry)
    for coding in found.codings.values():
        for read in coding.items.values():
            assert 0.0 <= read.text_any <= 1.0
            assert read.probability is None or read.probability <= read.any + 1e-12
    canvass(found)


def _sound(entry: ItemForecast) -> None:
    seen = entry.adoption
    assert all(0.0 <= share <= 1.0 for share in shares(seen))
    assert seen.any <= min(seen.text_any, seen.competent)
    assert seen.text_any + seen.sponsorless <= 1.0 + 1e-12
    assert max(entry.passage.shares) <= seen.text_any
    for low, high, share in (
        (*seen.range.any, seen.any),
        *([] if seen.probability is None else [(*seen.range.probability, seen.probability)]),
    ):
        assert 0.0 <= low <= share <= high <= 1.0
    if seen.probability is not None:
        assert seen.probability <= min(seen.any, seen.text_tabled, seen.required)
        assert seen.text_tabled <= seen.text_any
        assert seen.error.probability > 0.0
    for given_ in entry.responses.values():
        assert sum(vars(given_).values()) == pytest.approx(1.0)
    blocked = 1.0 - seen.text_any - seen.sponsorless
    for conflict in entry.conflicts:
        assert 0.0 < conflict.share <= blocked + 1e-12
    if entry.opening is not None:
        assert 0.0 <= entry.opening.impossible <= entry.opening.needed <= 1.0
        assert all(a.share <= entry.opening.needed for a in entry.opening.by.values())
    for view in entry.chairing.chairs.values():
        assert view.advantage >= -1e-12
        assert view.adoption <= view.tables
        assert view.informed_adoption <= seen.text_any
    assert entry.chairing.neutral_adoption <= seen.text_any
    counted = [each.by_then for each in entry.rounds if each.by_then is not None]
    assert counted == sorted(counted)
    for tornado in entry.tornado:
        assert all(0.0 <= swing.explained <= 1.0 for swing in tornado.swings)
    for text in (strongest.half for strongest in entry.strongest.values()):
        assert text is None or text in entry.passage.drafts


def try_any(of: Dossier, seed: int, draws: int) -> None:
    later = of.model_copy(update={"as_of": date(2030, 12, 31)})  # nothing in it is hindsight
    sound(forecast(later, seed=seed, draws=draws, workers=1))


@settings(max_examples=settings().max_examples // 2)
@given(dossiers(), st.integers(0, 2**31), st.integers(1, 60))
def test_every_forecast_is_sound(of: Dossier, seed: int, draws: int):
    """Shares lie where they must, whatever the dossier, and the JSON holds no NaN."""
    try_any(of, seed, draws)


@pytest.mark.trust
@settings(max_examples=400)
@given(dossiers(max_items=5, max_members=9), st.integers(0, 2**31))
def test_every_large_forecast_is_sound(of: Dossier, seed: int):
    """The same, on larger dossiers with more draws."""
    try_any(of, seed, draws=700)
