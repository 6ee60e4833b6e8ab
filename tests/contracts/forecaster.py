"""What every model of what a body decides must satisfy, or be exempt from with a reason.

A model's test inherits :class:`ForecasterContract` and supplies ``model``. What it is exempt from
it names in ``exempt`` with the reason; that it really differs there is tested too, so that an
exemption no longer needed is found.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.strategies import dossiers
from comity.forecast import Forecaster
from forecast.small import body, dossier

DRAWS = 40
SEEDS = st.integers(0, 2**31)

few = settings(max_examples=settings().max_examples // 4)
"""Every model pays for these, and each dossier asks of all its items."""
POINTS = ("ideal", "floor")

Position = dict[str, Any]

SCALE: dict[str, Position] = {
    "A": {"ideal": "40..50", "salience": 80, "omega": 4},
    "B": {"ideal": "20..40", "salience": "20..60", "omega": "0..8", "capability": 3},
    "C": {"ideal": 30, "floor": "22..28", "basis": "inferred", "salience": 50, "omega": 2},
    "D": {"accepts": [20, "30..50"], "ideal": 40, "salience": 90, "omega": 0},
}
"""Members that agree in some draws and not in others; all of it fits between 20 and 60."""


def on_scale(positions: dict[str, Position], move: Callable[[float], float]) -> Dossier:
    """A draft at 35 against 20, with every point on the scale moved."""
    held = {who: _moved(position, move) for who, position in positions.items()}
    text = {"reversion": move(20), "tabled": move(35), "smallest_step": abs(move(5) - move(0))}
    return dossier({"x": text}, {"x": held}, {"b": body(*held)})


def _moved(position: Position, move: Callable[[float], float]) -> Position:
    moved = {field: _through(position[field], move) for field in POINTS if field in position}
    if "accepts" in position:
        moved["accepts"] = [_through(end, move) for end in position["accepts"]]
    return position | moved


def _through(value: Any, move: Callable[[float], float]) -> Any:
    if isinstance(value, str):
        low, high = (move(float(end)) for end in value.split(".."))
        return f"{low!r}..{high!r}"
    return move(value)


def _reordered(of: Dossier, rng: Random) -> Dossier:
    """The same dossier with its actors listed in another order wherever they are listed."""
    written = of.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for each in written["bodies"].values():
        rng.shuffle(each["members"])
    for held in written.get("positions", {}).values():
        order = list(held)
        rng.shuffle(order)
        for who in order:
            held[who] = held.pop(who)
    return Dossier.model_validate(written)


def middles(positions: dict[str, Position]) -> dict[str, Position]:
    """The same positions with every uncertain number at the middle of its range."""

    def certain(value: Any) -> Any:
        if isinstance(value, list):
            return [certain(end) for end in value]
        if isinstance(value, str) and ".." in value:
            return sum(float(end) for end in value.split("..")) / 2
        return value

    return {
        who: {field: certain(value) for field, value in position.items()}
        for who, position in positions.items()
    }


class ForecasterContract:
    """Inherited by the tests of each model."""

    model: ClassVar[Forecaster]
    exempt: ClassVar[dict[str, str]] = {}
    """From the name of a property to why the model does not have it."""

    def samples(self, of: Dossier, item: str = "x", seed: int = 1, start: int = 0) -> np.ndarray:
        batch = Batch(of, Keyed(seed, start, start + DRAWS))
        return self.model.predict(batch, item).samples

    def must(self, name: str, holds: Callable[[], None]) -> None:
        """Ask for a property; where the model is exempt, ask that it is rightly so."""
        if name not in self.exempt:
            holds()
            return
        assert self.exempt[name].strip(), f"{self.model.name} is exempt from {name}: say why"
        with pytest.raises(AssertionError):
            holds()

    def test_it_has_a_name(self) -> None:
        """A model is told apart by its name."""
        assert self.model.name.strip()

    def test_the_same_seed_gives_the_same_answer(self) -> None:
        """Bit for bit, and in whatever chunks the draws are made (§2)."""

        @few
        @given(dossiers(), SEEDS)
        def holds(of: Dossier, seed: int) -> None:
            for item in of.agenda:
                once, again = (self.samples(of, item, seed) for _ in range(2))
                assert np.array_equal(once, again)
                later = self.samples(of, item, seed, start=DRAWS // 2)
                assert np.array_equal(once[DRAWS // 2 :], later[: DRAWS // 2])

        holds()

    def test_it_leaves_dossier_and_draws_alone(self) -> None:
        """A model reads."""

        @few
        @given(dossiers(), SEEDS)
        def holds(of: Dossier, seed: int) -> None:
            written = of.model_dump_json(by_alias=True)
            batch = Batch(of, Keyed(seed, 0, DRAWS))
            for item in of.agenda:
                self.model.predict(batch, item)
            assert of.model_dump_json(by_alias=True) == written
            fresh = Batch(of, Keyed(seed, 0, DRAWS))
            for path, column in batch._made.items():
                assert np.array_equal(column, fresh.values(path)), path

        holds()

    def test_its_samples_are_outcomes(self) -> None:
        """Points of the scale, or shares of options that add up to 1; the point is their mean."""

        @few
        @given(dossiers(), SEEDS)
        def holds(of: Dossier, seed: int) -> None:
            for item, entry in of.agenda.items():
                found = self.model.predict(Batch(of, Keyed(seed, 0, DRAWS)), item)
                shape = (DRAWS,) if entry.is_scale else (DRAWS, len(entry.option_ids))
                assert found.samples.shape == shape
                top = 100.0 if entry.is_scale else 1.0
                assert (found.samples >= 0.0).all()
                assert (found.samples <= top * (1 + 1e-12)).all()
                if not entry.is_scale:
                    assert found.samples.sum(axis=1) == pytest.approx(np.ones(DRAWS))
                assert found.point == pytest.approx(found.samples.mean(axis=0))

        holds()

    def test_the_order_of_members_is_irrelevant(self) -> None:
        """Seats are listed in some order, which means nothing."""

        @few
        @given(dossiers(), st.randoms(use_true_random=False))
        def holds(of: Dossier, rng: Random) -> None:
            other = _reordered(of, rng)
            for item in of.agenda:
                assert self.samples(other, item) == pytest.approx(self.samples(of, item), abs=1e-9)

        holds()

    @pytest.mark.parametrize("wish", [12.5, 35.0, 100.0])
    def test_unanimity_is_returned(self, wish: float) -> None:
        """What all members want most, and have on the table, is what comes of it."""

        def holds() -> None:
            held = {who: {"ideal": wish, "salience": "0..100"} for who in "ABC"}
            text = {"reversion": 0, "tabled": wish}
            found = self.samples(dossier({"x": text}, {"x": held}))
            assert found == pytest.approx(np.full(DRAWS, wish))

        self.must("unanimity", holds)

    def test_unanimity_on_options_is_returned(self) -> None:
        """The same for options."""

        def holds() -> None:
            held = {who: {"ideal": "half", "salience": 60} for who in "ABC"}
            options = ["none", "half", "all"]
            text = {"options": options, "reversion": "none", "tabled": "half"}
            found = self.samples(dossier({"x": text}, {"x": held}))
            assert (found == np.array([0.0, 1.0, 0.0])).all()

        self.must("unanimity", holds)

    @pytest.mark.parametrize("by", [-20.0, 7.0, 40.0])
    def test_a_shift_is_carried_through(self, by: float) -> None:
        """Moving reversion, draft and every wish alike moves the outcome as far."""

        def holds() -> None:
            here = self.samples(on_scale(SCALE, lambda point: point))
            there = self.samples(on_scale(SCALE, lambda point: point + by))
            assert there == pytest.approx(here + by)

        self.must("shift", holds)

    def test_a_stretch_is_carried_through(self) -> None:
        """Doubling every distance from the reversion doubles that of the outcome."""

        def holds() -> None:
            here = self.samples(on_scale(SCALE, lambda point: point - 20))
            there = self.samples(on_scale(SCALE, lambda point: 2 * (point - 20)))
            assert there == pytest.approx(2 * here)

        self.must("stretch", holds)

    def test_a_mirror_is_carried_through(self) -> None:
        """Turning the scale round turns the outcome round: no direction is preferred."""

        def holds() -> None:
            for draft in (SCALE, SCALE | {"C": SCALE["C"] | {"floor": 40}}):
                here = self.samples(on_scale(middles(draft), lambda point: point))
                there = self.samples(on_scale(_turned(middles(draft)), lambda point: 100 - point))
                assert there == pytest.approx(100 - here)

        self.must("mirror", holds)


def _turned(positions: dict[str, Position]) -> dict[str, Position]:
    """Stated acceptances with their ends swapped, for a scale that runs the other way."""
    return {
        who: position | ({"accepts": position["accepts"][::-1]} if "accepts" in position else {})
        for who, position in positions.items()
    }
