"""A coding's answers are those of the dossier as that coding reads it."""

from __future__ import annotations

import pytest

from comity.ensemble import Forecast, forecast
from ensemble.rich import rich, written

DRAWS = 1200


@pytest.fixture(scope="module")
def plain() -> Forecast:
    return forecast(rich(), draws=DRAWS, workers=1)


def by_hand(name: str) -> Forecast:
    """The dossier with the coding's positions and presumptions written into it."""
    changed = written()
    coding = changed.pop("codings")[name]
    for item, held in coding["positions"].items():
        changed["positions"][item] |= held
    for item, presumption in coding.get("presumptions", {}).items():
        changed["agenda"][item]["competence"]["presumption"] = presumption
    return forecast(rich(changed), draws=DRAWS, workers=1)


@pytest.mark.parametrize("name", ["mild", "harsh"])
def test_a_coding_is_the_dossier_read_so(plain: Forecast, name: str):
    """Shares, responses, conflicts and means are those of the recoded dossier."""
    recoded, alone = by_hand(name), forecast(rich().coded(name), draws=DRAWS, workers=1)
    for item, seen in plain.codings[name].items.items():
        for entry in (recoded.items[item], alone.items[item]):
            adoption = entry.adoption
            assert (seen.probability, seen.any) == (adoption.probability, adoption.any)
            assert (seen.text_tabled, seen.text_any) == (adoption.text_tabled, adoption.text_any)
            assert seen.omega_zero == entry.variants["omega_zero"]
            assert seen.responses == entry.responses
            assert seen.conflicts == entry.conflicts
            assert seen.content == entry.content


def test_codings_differ_where_they_say_so_and_nowhere_else(plain: Forecast):
    """What a coding does not name stays, and so does every number that rests on it."""
    mild = plain.codings["mild"].items
    assert mild["text"].any != plain.items["text"].adoption.any
    for item in ("views", "seat", "means"):
        assert mild[item].responses == plain.items[item].responses
        assert mild[item].any == plain.items[item].adoption.any


def test_codings_leave_the_headline_alone(plain: Forecast):
    """The dossier's own answers are the same with and without rival readings."""
    changed = written()
    del changed["codings"]
    alone = forecast(rich(changed), draws=DRAWS, workers=1)
    assert alone.to_json()["items"] == plain.to_json()["items"]
