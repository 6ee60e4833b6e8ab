"""Every model of what a body decides, held to the contract they share."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from comity.dossier import Batch, Dossier, Keyed
from comity.forecast import (
    AgendaSetter,
    Bargain,
    Challenge,
    ConsensusModel,
    Core,
    Election,
    ExchangeModel,
    Mean,
    Median,
    Prediction,
    Prevails,
    Winset,
    models,
)
from comity.forecast.models import key
from contracts.forecaster import SCALE, ForecasterContract, on_scale
from forecast.small import body, dossier

THEORY = Path(__file__).parents[2] / "docs" / "theory"


class TestConsensus(ForecasterContract):
    model = ConsensusModel()
    exempt = {"stretch": "ω is worth points of the scale, which stay what they are"}  # noqa: RUF012

    def test_the_cases_of_the_contract_are_adopted_and_not(self) -> None:
        """Otherwise a shift would be carried through by the reversion alone."""
        found = set(self.samples(on_scale(SCALE, lambda point: point)).tolist())
        assert found == {20.0, 35.0}

    def test_a_stretch_of_everything_in_points_is_carried_through(self) -> None:
        """Stretch ω as well, and the outcome follows (§1, §10)."""
        doubled = {
            who: position | {"omega": _doubled(position["omega"])}
            for who, position in SCALE.items()
        }
        here = self.samples(on_scale(SCALE, lambda point: point - 20))
        there = self.samples(on_scale(doubled, lambda point: 2 * (point - 20)))
        assert there == pytest.approx(2 * here)


class TestCompromise(ForecasterContract):
    model = Mean("capability")


class TestSalienceMean(ForecasterContract):
    model = Mean("salience")


class TestUnweightedMean(ForecasterContract):
    model = Mean("none")


class TestMedian(ForecasterContract):
    model = Median()


class TestNash(ForecasterContract):
    model = Bargain("nash")


class TestNashByCapability(ForecasterContract):
    model = Bargain("nash", exponents="capability")


class TestKalaiSmorodinsky(ForecasterContract):
    model = Bargain("kalai_smorodinsky")


class TestEgalitarian(ForecasterContract):
    model = Bargain("egalitarian")


class TestWinset(ForecasterContract):
    model = Winset()
    exempt = {"unanimity": "it is all that is better than the reversion, not the best"}  # noqa: RUF012


class TestCore(ForecasterContract):
    model = Core()


class TestAgendaSetter(ForecasterContract):
    model = AgendaSetter()


class TestChallenge(ForecasterContract):
    model = Challenge()


class TestElection(ForecasterContract):
    model = Election()


class TestExchange(ForecasterContract):
    model = ExchangeModel()


class TestPrevails(ForecasterContract):
    model = Prevails()
    exempt = {  # noqa: RUF012
        "shift": "both ends of the scale are candidates, and they stay where they are",
        "stretch": "its distances are hundredths of the scale, as they were fitted",
    }


def _doubled(omega: object) -> object:
    if isinstance(omega, str):
        return "..".join(str(2 * float(end)) for end in omega.split(".."))
    return 2 * omega


def held_to_the_contract() -> dict[str, type[ForecasterContract]]:
    return {key(held.model): held for held in ForecasterContract.__subclasses__()}


def test_every_model_is_held_to_the_contract() -> None:
    """A new model is tested here, or this fails: add a subclass of the contract above."""
    assert set(models()) <= set(held_to_the_contract())


def test_names_tell_models_apart() -> None:
    """No two models share a name."""
    assert len(held_to_the_contract()) == len(ForecasterContract.__subclasses__())


def test_every_class_is_run() -> None:
    """Pytest takes classes whose names begin with Test, and says nothing of others."""
    names = [held.__name__ for held in ForecasterContract.__subclasses__()]
    assert [name for name in names if not name.startswith("Test")] == []


class _Breaking:
    name = "breaking"

    def unanswerable(self, dossier: Dossier, item: str) -> str | None:
        return None

    def predict(self, batch: Batch, item: str) -> Prediction:
        raise AssertionError("this cannot be")


def test_a_model_that_breaks_off_is_not_exempt_by_that() -> None:
    """An assertion within the model is a defect, not a property that it rightly lacks."""
    held = TestPrevails()
    held.model = _Breaking()  # type: ignore[misc]
    with pytest.raises(RuntimeError, match="this cannot be"):
        held.test_a_stretch_is_carried_through()


@pytest.mark.parametrize("name", models())
def test_every_model_has_a_page(name: str) -> None:
    """docs/theory/models.md lists it by its name, with the page that says what it means."""
    listed = (THEORY / "models.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| `{name}` \| \[[^]]+\]\(([a-z_-]+\.md)[^)]*\)", listed, re.MULTILINE)
    assert row, f"add a row to docs/theory/models.md: | `{name}` | [words](page.md) | …"
    assert (THEORY / row[1]).is_file()


def test_a_mean_is_a_weighted_mean() -> None:
    """Σ cᵢ sᵢ xᵢ / Σ cᵢ sᵢ, and Σ xᵢ / M beside it (§17)."""
    batch = Batch(on_scale(SCALE, lambda point: point), Keyed(3, 0, 25))
    drawn = {
        who: [
            batch.values(path)
            for path in (
                f"positions.x.{who}.capability" if who == "B" else f"actors.{who}.capability",
                f"positions.x.{who}.salience",
                f"positions.x.{who}.ideal",
            )
        ]
        for who in SCALE
    }
    weighted, plain = (Mean(kind).predict(batch, "x").samples for kind in ("capability", "none"))
    for k in range(25):
        total = sum(c[k] * s[k] * x[k] for c, s, x in drawn.values())
        weight = sum(c[k] * s[k] for c, s, _ in drawn.values())
        assert weighted[k] == pytest.approx(total / weight)
        assert plain[k] == pytest.approx(np.mean([x[k] for _, _, x in drawn.values()]))


def test_without_any_weight_members_count_alike() -> None:
    """Where nobody cares or nobody has means, the weighted mean is the plain one (§17)."""
    idle = {who: position | {"salience": 0} for who, position in SCALE.items()}
    batch = Batch(on_scale(idle, lambda point: point), Keyed(3, 0, 25))
    weighted, plain = (Mean(kind).predict(batch, "x").samples for kind in ("capability", "none"))
    assert weighted == pytest.approx(plain)


def test_who_likes_several_options_best_splits_its_weight() -> None:
    """Evenly among all within 10⁻⁹ of its best (§17)."""
    item = {"options": ["x", "y", "z"], "reversion": "z"}
    held = {
        "A": {"values": {"x": 80, "y": 80, "z": 0}, "salience": 50},
        "B": {"values": {"x": 50, "y": 50, "z": 50}, "salience": 50},
        "C": {"values": {"x": 10, "y": 60, "z": 20}, "salience": 20},
    }
    batch = Batch(dossier({"i": item}, {"i": held}, {"b": body(*held)}), Keyed(1, 0, 3))
    found = Mean("salience").predict(batch, "i").samples
    thirds = 50 / 3
    expected = np.array([25 + thirds, 25 + thirds + 20, thirds]) / 120
    assert found == pytest.approx(np.tile(expected, (3, 1)))
