"""What the headline is shown beside is the forecast of a dossier edited by hand."""

from __future__ import annotations

import numpy as np
import pytest

from comity.dossier import Batch, Keyed
from comity.ensemble import Forecast, forecast
from comity.ensemble.results import ItemForecast, Verdict
from comity.forecast import outcomes
from ensemble.rich import ITEMS, Written, rich, written

DRAWS = 1200


@pytest.fixture(scope="module")
def plain() -> Forecast:
    return forecast(rich(), draws=DRAWS, workers=1)


def verdict(of: Verdict) -> tuple[float | None, ...]:
    return (of.probability, of.any, of.text_tabled, of.text_any)


def edited(changed: Written) -> dict[str, ItemForecast]:
    return dict(forecast(rich(changed), draws=DRAWS, workers=1).items)


def the_same(plain: Forecast, variant: str, changed: Written, some: set[str]) -> None:
    """Where the variant is shown its numbers are those of the edited dossier, and some differ."""
    other, differ = edited(changed), set()
    for item, entry in plain.items.items():
        if variant in entry.variants:
            assert verdict(entry.variants[variant]) == verdict(other[item].adoption), item
        else:
            assert verdict(entry.adoption) == verdict(other[item].adoption), item
        if verdict(entry.adoption) != verdict(other[item].adoption):
            differ.add(item)
    assert differ >= some


def test_nothing_gained_by_agreement_as_such(plain: Forecast):
    """ω = 0 for every member on every item, whatever a position says (§8)."""
    changed = written()
    for each in changed["bodies"].values():
        each["omega"] = 0
    for held in changed["positions"].values():
        for position in held.values():
            position.pop("omega", None)
    the_same(plain, "omega_zero", changed, {"text", "middle"})


def test_without_floors(plain: Forecast):
    """No text is worse than none for being weak (§12)."""
    changed = written()
    for held in changed["positions"].values():
        for position in held.values():
            position.pop("floor", None)
    the_same(plain, "without_floors", changed, {"text", "middle"})


@pytest.mark.parametrize("presumption", ["within", "outside"])
def test_either_presumption(plain: Forecast, presumption: str):
    """Both are shown, for every item whose competence is in question (§16)."""
    changed = written()
    for item in ("text", "seat"):
        changed["agenda"][item]["competence"]["presumption"] = presumption
    # a single judge says what it holds, whatever is presumed: nothing moves for the seat
    moved = {"within": {"text", "middle"}, "outside": set()}[presumption]
    the_same(plain, f"presumed_{presumption}", changed, moved)


def test_members_of_a_bloc_in_common(plain: Forecast):
    """ρ = 0.5 is the same dossier drawn with a factor for each bloc (§11)."""
    found = outcomes(Batch(rich(), Keyed(1, 0, DRAWS), 0.5))
    moved = False
    for item in ITEMS:
        seen = plain.items[item].variants["rho_half"]
        tabled = found[item].adopted
        assert seen.any == found[item].adoptable.mean()
        assert seen.probability == (None if tabled is None else tabled.mean())
        moved |= seen.any != plain.items[item].adoption.any
    assert moved


def test_a_bloc_moves_its_members_together():
    """Normal scores of two ideals correlate by ρ within a bloc and not at all beyond it (§11)."""
    from scipy.special import ndtri

    batch = Batch(rich(), Keyed(9, 0, 40_000), 0.5)

    def score(path: str) -> np.ndarray:
        return ndtri(batch._uniform(path))

    scores = {who: score(f"positions.text.{who}.ideal") for who in "ABCD"}
    for first, second, expected in (("A", "B", 0.5), ("C", "D", 0.5), ("A", "C", 0.0)):
        correlation = np.corrcoef(scores[first], scores[second])[0, 1]
        assert correlation == pytest.approx(expected, abs=0.02)
        assert scores[first].std() == pytest.approx(1.0, abs=0.02)
    view = score("positions.views.B.ideal")
    assert np.corrcoef(view, scores["B"])[0, 1] == pytest.approx(0.5, abs=0.02)  # one factor
    weight = score("positions.text.B.salience")
    assert np.corrcoef(weight, scores["A"])[0, 1] == pytest.approx(0.0, abs=0.02)


def test_the_headline_has_no_common_factor(plain: Forecast):
    """The headline is the one at ρ = 0."""
    found = outcomes(Batch(rich(), Keyed(1, 0, DRAWS), 0.0))
    for item in ITEMS:
        assert plain.items[item].adoption.any == found[item].adoptable.mean()
