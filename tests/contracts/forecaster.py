"""What every model of what a body decides must satisfy, or be exempt from with a reason.

A model's test inherits :class:`ForecasterContract` and supplies ``model``. What it is exempt from
it names in ``exempt`` with the reason; that it really differs there is tested too, so that an
exemption no longer needed is found. The properties that can be named are those of ``EXEMPTIBLE``.

Predictions are compared as distributions, draw by draw: how far the chance of the one would have
to be carried to make the other (Wasserstein distance). The order in which outcomes of a draw are
listed therefore means nothing, and a rounding error is a small distance.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from random import Random
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.dossier import Batch, Dossier, Keyed
from comity.dossier.strategies import dossiers
from comity.errors import UnsupportedError
from comity.forecast import Forecaster, Prediction
from forecast.small import body, dossier

DRAWS = 40
SEEDS = st.integers(0, 2**31)

few = settings(max_examples=settings().max_examples // 8)
"""Every model pays for these, and each dossier asks of all its items."""
POINTS = ("ideal", "floor")
CLOSE = 1e-6
"""Points of the scale within which two outcomes are one here."""

EXEMPTIBLE = (
    "unanimity",
    "unanimity on options",
    "option order",
    "shift",
    "stretch",
    "mirror",
    "member order",
)

Position = dict[str, Any]

SCALE: dict[str, Position] = {
    "A": {"ideal": "40..50", "salience": 80, "omega": 4},
    "B": {"ideal": "20..40", "salience": "20..60", "omega": "0..8", "capability": 3},
    "C": {"ideal": 30, "floor": "22..28", "basis": "inferred", "salience": 50, "omega": 2},
    "D": {"accepts": [20, "30..50"], "ideal": 40, "salience": 90, "omega": 0},
}
"""Members that agree in some draws and not in others; all of it fits between 20 and 60."""

BESIDE: dict[str, Position] = {
    "A": {"ideal": 55, "salience": 30},
    "B": {"ideal": "22..26", "salience": 90, "capability": 3},
    "C": {"ideal": "40..60", "salience": 20},
    "D": {"ideal": 20, "salience": 10},
}
"""What the same members want on another item, for models in which one is traded for another."""


RULES = ("substantive", "majority")
"""Procedures under which a scale is moved: of all, and of enough."""


def on_scale(
    positions: dict[str, Position],
    move: Callable[[float], float],
    beside: dict[str, Position] = BESIDE,
    procedure: str = "substantive",
    reversion: float | str = 20,
) -> Dossier:
    """A draft at 35 against 20 by A, and an item beside it, with every point on a scale moved."""
    held = {"x": positions, "beside": beside}
    step = abs(move(5) - move(0))
    text = {"reversion": _through(reversion, move), "tabled": move(35), "smallest_step": step}
    text |= {"by": "A", "procedure": procedure}
    return dossier(
        {"x": text, "beside": {"reversion": move(30), "smallest_step": step}},
        {
            item: {who: _moved(position, move) for who, position in each.items()}
            for item, each in held.items()
        },
        {"b": body(*positions)},
    )


UNSURE: tuple[dict[str, Any], ...] = (
    {},
    *({"procedure": rule, "reversion": "20..34"} for rule in RULES),
)
"""The case as it stands, and with an uncertain reversion under both rules."""


def unanimous(item: dict[str, Any], position: Position) -> Dossier:
    """Three members that want the same of an item, tabled by one of them, and of one beside it."""
    held = dict.fromkeys("ABC", position)
    text = item | {"by": "A"}
    return dossier({"x": text, "beside": text}, {"x": held, "beside": held})


OPTIONS: dict[str, Position] = {
    "A": {"values": {"none": 0, "half": 80, "all": 80}, "salience": "20..80"},
    "B": {"values": {"none": 50, "half": 50, "all": 50}, "salience": 50, "capability": 3},
    "C": {"values": {"none": "0..50", "half": "20..90", "all": 70}, "salience": 60},
    "D": {"ideal": "half", "salience": "10..90"},
}
"""Members of which some like several options equally well."""


def on_options(options: tuple[str, ...]) -> Dossier:
    """Members that choose among options, listed in this order; some are indifferent."""
    text = {"options": list(options), "reversion": "none", "tabled": "half", "by": "A"}
    return dossier({"x": text}, {"x": OPTIONS}, {"b": body(*OPTIONS)})


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


def apart(one: Prediction, other: Prediction) -> np.ndarray:
    """Wasserstein distance between two predictions on a scale, draw by draw, shape (n,)."""
    points, chances = zip(*(_columns(each) for each in (one, other)), strict=True)
    placed = np.concatenate(points, axis=1)
    order = np.argsort(placed, axis=1, kind="stable")
    signed = np.concatenate([chances[0], -chances[1]], axis=1)
    placed, signed = (np.take_along_axis(each, order, axis=1) for each in (placed, signed))
    carried = np.abs(np.cumsum(signed, axis=1))[:, :-1]
    return (carried * np.diff(placed, axis=1)).sum(axis=1)


def _columns(found: Prediction) -> tuple[np.ndarray, np.ndarray]:
    """Outcomes and their chances in each draw, both of shape (n, k)."""
    points = found.samples.reshape(len(found.samples), -1)
    return points, np.ones_like(points) if found.weights is None else found.weights


class ForecasterContract:
    """Inherited by the tests of each model."""

    model: ClassVar[Forecaster]
    exempt: ClassVar[dict[str, str]] = {}
    """From the name of a property to why the model does not have it."""

    def predict(
        self, of: Dossier, item: str = "x", seed: int = 1, start: int = 0, draws: int = DRAWS
    ) -> Prediction:
        batch = Batch(of, Keyed(seed, start, start + draws))
        try:
            return self.model.predict(batch, item)
        except AssertionError as broken:  # no property differs by it, and no exemption excuses it
            raise RuntimeError(f"{self.model.name} broke off: {broken}") from broken

    def samples(self, of: Dossier, item: str = "x", seed: int = 1, start: int = 0) -> np.ndarray:
        return self.predict(of, item, seed, start).samples

    def answered(self, of: Dossier) -> list[str]:
        """Items of a dossier on which the model has an answer."""
        return [item for item in of.agenda if self.model.unanswerable(of, item) is None]

    def must(self, name: str, holds: Callable[[], None]) -> None:
        """Ask for a property; where the model is exempt, ask that it is rightly so."""
        assert name in EXEMPTIBLE
        if name not in self.exempt:
            holds()
            return
        assert self.exempt[name].strip(), f"{self.model.name} is exempt from {name}: say why"
        with pytest.raises(AssertionError):
            holds()

    def same(self, found: Prediction, expected: Prediction, close: float = CLOSE) -> None:
        """Two predictions are one: each draw's distribution, and the point."""
        if found.samples.ndim > 1 and found.weights is None:  # shares of options
            assert found.samples == pytest.approx(expected.samples, abs=1e-9)
        else:
            assert apart(found, expected) == pytest.approx(np.zeros(len(found.samples)), abs=close)
        assert found.point == pytest.approx(expected.point, abs=close)

    def comes_to(self, found: Prediction, outcomes: np.ndarray | float) -> None:
        """Every draw's distribution lies on one outcome, and so does the point on their mean."""
        samples = np.broadcast_to(np.asarray(outcomes, dtype=float), len(found.samples)).copy()
        self.same(found, Prediction(samples))

    def moves(self, of: Dossier, there: Dossier, move: Callable[[Any], Any]) -> None:
        """The prediction on another dossier is that on the first, moved."""
        here = self.predict(of)
        centre = None if here.centre is None else float(move(here.centre))
        self.same(self.predict(there), Prediction(move(here.samples), here.weights, centre))

    def test_it_has_a_name(self) -> None:
        """A model is told apart by its name; it is exempt from what can be named alone."""
        assert self.model.name.strip()
        assert set(self.exempt) <= set(EXEMPTIBLE)

    def test_it_answers_or_says_why_not(self) -> None:
        """It has no answer where it gives a reason, and there alone (§54)."""

        @few
        @given(dossiers(), SEEDS)
        def holds(of: Dossier, seed: int) -> None:
            for item in of.agenda:
                why = self.model.unanswerable(of, item)
                if why is None:
                    self.predict(of, item, seed, draws=2)
                    continue
                assert why.strip()
                with pytest.raises(UnsupportedError) as refused:
                    self.predict(of, item, seed, draws=2)
                assert why in str(refused.value)

        holds()

    def test_it_answers_the_cases_of_this_contract(self) -> None:
        """Otherwise the tests below would ask nothing of it."""
        assert self.model.unanswerable(on_scale(SCALE, lambda point: point), "x") is None

    def test_the_same_seed_gives_the_same_answer(self) -> None:
        """Bit for bit, and in whatever chunks the draws are made (§2)."""

        @few
        @given(dossiers(), SEEDS)
        def holds(of: Dossier, seed: int) -> None:
            for item in self.answered(of):
                once, again = (self.predict(of, item, seed) for _ in range(2))
                later = self.predict(of, item, seed, start=DRAWS // 2)
                for name in ("samples", "weights"):
                    first, second, other = (getattr(p, name) for p in (once, again, later))
                    if first is None:
                        assert second is None
                        assert other is None
                        continue
                    assert np.array_equal(first, second)
                    assert np.array_equal(first[DRAWS // 2 :], other[: DRAWS // 2])
                assert once.centre == again.centre

        holds()

    def test_it_leaves_dossier_and_draws_alone(self) -> None:
        """A model reads."""

        @few
        @given(dossiers(), SEEDS)
        def holds(of: Dossier, seed: int) -> None:
            written = of.model_dump_json(by_alias=True)
            batch = Batch(of, Keyed(seed, 0, DRAWS))
            for item in self.answered(of):
                self.model.predict(batch, item)
            assert of.model_dump_json(by_alias=True) == written
            fresh = Batch(of, Keyed(seed, 0, DRAWS))
            for path, column in batch._made.items():
                assert np.array_equal(column, fresh.values(path)), path

        holds()

    def test_its_samples_are_outcomes(self) -> None:
        """Points of the scale with their chances, or shares of options; each draw's make 1."""

        @few
        @given(dossiers(), SEEDS)
        def holds(of: Dossier, seed: int) -> None:
            for item in self.answered(of):
                self.are_outcomes(self.predict(of, item, seed), of.agenda[item].option_ids)

        holds()

    def are_outcomes(self, found: Prediction, options: tuple[str, ...]) -> None:
        top = 1.0 if options else 100.0
        assert ((found.samples >= 0.0) & (found.samples <= top * (1 + 1e-12))).all()
        if options:
            assert found.weights is None
            assert found.samples.shape == (DRAWS, len(options))
            assert found.samples.sum(axis=1) == pytest.approx(np.ones(DRAWS))
            assert found.point == pytest.approx(found.samples.mean(axis=0))
            return
        if found.weights is None:
            assert found.samples.shape == (DRAWS,)
        else:
            assert found.samples.shape == found.weights.shape
            assert (found.weights >= 0.0).all()
            assert found.weights.sum(axis=1) == pytest.approx(np.ones(DRAWS))
        points, chances = found.atoms()
        mean = (points * chances).sum() if found.centre is None else found.centre
        assert 0.0 <= found.point <= 100.0 * (1 + 1e-12)
        assert found.point == pytest.approx(mean)

    def test_the_order_of_members_is_irrelevant(self) -> None:
        """Seats are listed in some order, which means nothing."""

        @few
        @given(dossiers(), st.randoms(use_true_random=False))
        def holds(of: Dossier, rng: Random) -> None:
            other = _reordered(of, rng)
            for item in self.answered(of):
                self.same(self.predict(other, item), self.predict(of, item))

        self.must("member order", holds)

    @pytest.mark.parametrize("wish", [12.5, 35.0, 100.0])
    def test_unanimity_is_returned(self, wish: float) -> None:
        """What all members want most, and have on the table, is what comes of it."""

        def holds() -> None:
            text = {"reversion": 0, "tabled": wish}
            held = {"ideal": wish, "salience": "0..100"}
            self.comes_to(self.predict(unanimous(text, held)), wish)

        self.must("unanimity", holds)

    def test_unanimity_on_options_is_returned(self) -> None:
        """The same for options, if the model has an answer on these."""
        options = ["none", "half", "all"]
        text = {"options": options, "reversion": "none", "tabled": "half"}
        of = unanimous(text, {"ideal": "half", "salience": 60})
        if self.model.unanswerable(of, "x") is not None:
            with pytest.raises(UnsupportedError):
                self.predict(of)
            return

        def holds() -> None:
            assert (self.samples(of) == np.array([0.0, 1.0, 0.0])).all()

        self.must("unanimity on options", holds)

    @pytest.mark.parametrize("order", [("all", "none", "half"), ("half", "all", "none")])
    def test_the_order_of_options_is_irrelevant(self, order: tuple[str, ...]) -> None:
        """Options are listed in some order, which means nothing, for the indifferent neither."""
        listed = ("none", "half", "all")
        here, there = on_options(listed), on_options(order)
        if self.model.unanswerable(here, "x") is not None:
            with pytest.raises(UnsupportedError):
                self.predict(here)
            return

        def holds() -> None:
            places = [order.index(option) for option in listed]
            moved = self.samples(there)[:, places]
            assert moved == pytest.approx(self.samples(here), abs=1e-9)

        self.must("option order", holds)

    @pytest.mark.parametrize("by", [-20.0, 7.0, 40.0])
    def test_a_shift_is_carried_through(self, by: float) -> None:
        """Moving reversion, draft and every wish alike moves the outcome as far."""

        def holds() -> None:
            for more in UNSURE:
                here = on_scale(SCALE, lambda point: point, **more)
                there = on_scale(SCALE, lambda point: point + by, **more)
                self.moves(here, there, lambda outcome: outcome + by)

        self.must("shift", holds)

    def test_a_stretch_is_carried_through(self) -> None:
        """Doubling every distance from the reversion doubles that of the outcome."""

        def holds() -> None:
            for more in UNSURE:
                here = on_scale(SCALE, lambda point: point - 20, **more)
                there = on_scale(SCALE, lambda point: 2 * (point - 20), **more)
                self.moves(here, there, lambda outcome: 2 * outcome)

        self.must("stretch", holds)

    def test_a_mirror_is_carried_through(self) -> None:
        """Turning the scale round turns the outcome round: no direction is preferred."""

        def holds() -> None:
            for draft, rule in product((SCALE, SCALE | {"C": SCALE["C"] | {"floor": 40}}), RULES):
                certain, beside = middles(draft), middles(BESIDE)
                here = on_scale(certain, lambda point: point, beside, rule)
                there = on_scale(_turned(certain), lambda point: 100 - point, beside, rule)
                self.moves(here, there, lambda outcome: 100 - outcome)

        self.must("mirror", holds)


def _turned(positions: dict[str, Position]) -> dict[str, Position]:
    """Stated acceptances with their ends swapped, for a scale that runs the other way."""
    return {
        who: position | ({"accepts": position["accepts"][::-1]} if "accepts" in position else {})
        for who, position in positions.items()
    }
