"""Draws: each input its own column, keyed by seed and path, correlated only within blocs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtri

from comity.dossier import Batch, Choice, Dossier, Given, Keyed, inputs, loads
from comity.dossier.draws import blend
from comity.dossier.quantity import Floats
from comity.dossier.strategies import dossiers
from dossier.samples import GOOD, dossier

MANY = Keyed(7, 0, 20_000)
ARM, BLR, KAZ = (f"positions.text.{actor}.ideal" for actor in ("ARM", "BLR", "KAZ"))

WIDE = GOOD.replace("ideal: {mean: 10, sd: 3}", "ideal: 0..100")
"""The sample with Belarus as wide as Kazakhstan on the text."""


def drawn(read: Dossier, size: int = 50, seed: int = 3) -> dict[str, Floats]:
    """Draws of all inputs by path."""
    batch = Batch(read, Keyed(seed, 0, size))
    return {
        path: batch.choices(path, tuple(entry.quantity.weights)).astype(float)
        if isinstance(entry.quantity, Choice)
        else batch.values(path)
        for path, entry in batch.inputs.items()
    }


# ---------------------------------------------------------------- columns


@given(st.integers(0, 2**63), st.integers(0, 200), st.integers(0, 60))
def test_a_draw_is_the_same_in_any_chunk(seed: int, start: int, size: int):
    """Draw k of a path is the same number in whatever chunk it is made (§2)."""
    whole = Keyed(seed, 0, start + size).column("a.b")
    assert np.array_equal(Keyed(seed, start, start + size).column("a.b"), whole[start:])


def test_columns_are_uniform_and_independent():
    """Columns are uniform on [0, 1), and those of other paths or seeds have nothing in common."""
    one, other = MANY.column("a"), MANY.column("b")
    reseeded = Keyed(8, 0, MANY.size).column("a")
    assert one.min() >= 0.0
    assert one.max() < 1.0
    assert stats.kstest(one, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.03
    assert abs(np.corrcoef(one, reseeded)[0, 1]) < 0.03


def test_the_numbers_themselves_are_pinned():
    """A stored draw is drawn again: another number here is a change of results."""
    assert Keyed(1, 0, 2).column("positions.text.ARM.ideal") == pytest.approx(
        [0.9459509764580701, 0.558675748967775], abs=1e-9
    )


ADDITIONS = {
    "an item": ("agenda:\n", "agenda:\n  more: {body: csto, reversion: 0..50}\n"),
    "an actor": ("  KAZ: {name", "  RUS: {name: Russia, capability: 1..9}\n  KAZ: {name"),
    "a seat": ("members: [ARM", "members: [BLR, ARM"),
    "a field": ("KAZ: {ideal: 0..100}", "KAZ: {ideal: 0..100, floor: 5..10, omega: 1..2}"),
    "another range elsewhere": ("ideal: {mean: 10, sd: 3}", "ideal: 20..30"),
    "a bloc": ("    presidency:", "    blocs: {few: [ARM, BLR]}\n    presidency:"),
}


@pytest.mark.parametrize("change", ADDITIONS.values(), ids=ADDITIONS)
def test_an_addition_leaves_every_other_draw_alone(change: tuple[str, str]):
    """Adding an item, an actor or a field changes no draw of anything else (§2)."""
    if "members" in change[0]:
        change = ("members: [ARM, BLR, KAZ]", "members: [KAZ, BLR, ARM]")
    before, after = drawn(dossier()), drawn(dossier(change))
    moved = {path for path in before if not np.array_equal(before[path], after[path])}
    assert moved <= ({BLR} if "20..30" in change[1] else set())
    assert set(before) <= set(after)


def test_another_range_meets_the_same_uniform():
    """A field read otherwise meets the same uniform, so its upper tail stays so (§2)."""
    before = drawn(loads(WIDE))[BLR]
    after = drawn(dossier(("ideal: {mean: 10, sd: 3}", "ideal: 20..30")))[BLR]
    assert after == pytest.approx(20.0 + before / 10.0)


def test_rounds_and_codings_keep_their_draws():
    """A draw persists across rounds and readings: what they do not name stays as drawn (§23)."""
    base = dossier()
    for other, named in ((base.in_round("text", 1), ARM), (base.coded("rival"), BLR)):
        before, after = drawn(base), drawn(other)
        changed = {path for path in before if not np.array_equal(before[path], after[path])}
        assert changed - {"agenda.text.tabled"} == {named}


def test_a_certain_dossier_is_a_batch_of_one_value():
    """Certain inputs are the same in every draw and for every seed."""
    salience = "positions.text.ARM.salience"
    assert np.array_equal(drawn(dossier())[salience], np.full(50, 90.0))
    assert Batch(dossier(), Keyed(1, 0, 1)).values(salience).shape == (1,)


@given(dossiers())
def test_every_draw_lies_in_its_domain(dossier: Dossier):
    """Whatever the dossier, each draw is a value its field may take."""
    batch = Batch(dossier, Keyed(1, 0, 16), rho=0.5)
    for path, entry in batch.inputs.items():
        if not isinstance(entry.quantity, Choice):
            values = batch.values(path)
            assert ((values >= entry.domain.low) & (values <= entry.domain.high)).all(), path


# ---------------------------------------------------------------- given uniforms


def test_given_uniforms_are_used_and_the_rest_is_keyed():
    """A matrix of uniforms takes the place of the columns it names, and of no other."""
    matrix = np.array([[0.0], [0.25], [0.5]])
    batch = Batch(dossier(), Given(matrix, (KAZ,), Keyed(3, 0, 3)))
    assert batch.values(KAZ) == pytest.approx([0.0, 25.0, 50.0])
    assert np.array_equal(batch.values(BLR), drawn(dossier(), 3)[BLR])


def test_given_uniforms_of_another_shape_are_refused():
    """A matrix that does not fit its paths and draws is refused."""
    with pytest.raises(ValueError, match=r"matrix has shape \(3, 1\), not \(2, 1\)"):
        Given(np.zeros((3, 1)), ("a",), Keyed(3, 0, 2))


# ---------------------------------------------------------------- choices


def test_options_are_drawn_by_their_weights():
    """An uncertain option is drawn as often as its weight says."""
    drawn_options = Batch(dossier(), MANY).choices(
        "positions.views.BLR.ideal", ("outside", "within")
    )
    assert drawn_options.mean() == pytest.approx(0.3, abs=0.01)


def test_an_option_without_weight_is_never_drawn():
    """A weight of 0 excludes an option wherever it stands."""
    told = dossier(
        ("options: [outside, within]", "options: [outside, within, other, last]"),
        (", item: views", ""),
        ("BLR: {ideal: {outside: 0.7, within: 0.3}}", "BLR: {ideal: {within: 0.4, other: 0.6}}"),
    )
    options = told.agenda["views"].option_ids
    assert set(Batch(told, MANY).choices("positions.views.BLR.ideal", options)) == {1, 2}


def test_an_unknown_option_may_be_any():
    """A member whose preferred option is unknown wants each with equal chance (§4)."""
    told = dossier(("    KAZ: {values: {within: 20..40}}\n", ""))
    found = Batch(told, MANY).choices("positions.views.KAZ.ideal", ("outside", "within"))
    assert found.mean() == pytest.approx(0.5, abs=0.02)


def test_an_unknown_ideal_may_be_anywhere():
    """A member without a position wants anything from 0 to 100, and that is assumed (§4)."""
    told = dossier(("    KAZ: {ideal: 0..100}\n", ""))
    assert inputs(told)[KAZ] == inputs(dossier(("KAZ: {ideal: 0..100}", "KAZ: {}")))[KAZ]
    assert stats.kstest(Batch(told, MANY).values(KAZ) / 100.0, "uniform").pvalue > 1e-3


# ---------------------------------------------------------------- blocs


def scores(read: Dossier, path: str, rho: float) -> Floats:
    """Normal scores of the draws of a uniform quantity."""
    values = Batch(read, MANY, rho).values(path)
    low, high = inputs(read)[path].quantity.bounds
    return ndtri(np.clip((values - low) / (high - low), 1e-12, 1 - 1e-12))


def correlation(read: Dossier, one: str, other: str, rho: float) -> float:
    return float(np.corrcoef(scores(read, one, rho), scores(read, other, rho))[0, 1])


@pytest.mark.parametrize("rho", [0.2, 0.5, 0.9])
def test_members_of_a_bloc_share_rho_of_their_variance(rho: float):
    """Without declared blocs all members are one bloc, and ideals correlate by ρ (§11)."""
    assert correlation(loads(WIDE), ARM, BLR, rho) == pytest.approx(rho, abs=0.02)
    assert correlation(loads(WIDE), BLR, KAZ, rho) == pytest.approx(rho, abs=0.02)


def test_rho_keeps_each_members_own_distribution():
    """Correlation changes how members go together, not what each of them may want (§11)."""
    values = Batch(loads(WIDE), MANY, 0.5).values(KAZ)
    assert stats.kstest(values / 100.0, "uniform").pvalue > 1e-3


def test_without_rho_nothing_is_touched():
    """At ρ = 0 every draw is the one its own column gives."""
    assert np.array_equal(Batch(dossier(), MANY, 0.0).values(KAZ), 100.0 * MANY.column(KAZ))


def test_views_on_competence_and_on_substance_share_the_factor():
    """The factor belongs to the bloc: who is close to others on one item is so on another (§11)."""
    text = WIDE.replace(
        "BLR: {ideal: {outside: 0.7, within: 0.3}}", "BLR: {values: {within: 0..100}}"
    )
    worth = "positions.views.BLR.values.within"
    assert correlation(loads(text), worth, KAZ, 0.5) == pytest.approx(0.5, abs=0.02)


def test_the_first_option_leans_the_other_way():
    """Higher factors move worth towards later options, so away from the first (§11)."""
    text = WIDE.replace(
        "BLR: {ideal: {outside: 0.7, within: 0.3}}", "BLR: {values: {outside: 0..100}}"
    )
    worth = "positions.views.BLR.values.outside"
    assert correlation(loads(text), worth, KAZ, 0.5) == pytest.approx(-0.5, abs=0.02)


def test_declared_blocs_have_factors_of_their_own():
    """Members of different blocs, or of none, have nothing in common (§11)."""
    text = WIDE.replace("    presidency:", "    blocs: {west: [ARM, BLR]}\n    presidency:")
    assert correlation(loads(text), ARM, BLR, 0.5) == pytest.approx(0.5, abs=0.02)
    assert correlation(loads(text), ARM, KAZ, 0.5) == pytest.approx(0.0, abs=0.03)


def test_saliences_and_floors_do_not_lean():
    """Only what members want is correlated: not how much they care, nor their floors (§11)."""
    read = dossier(("KAZ: {ideal: 0..100}", "KAZ: {ideal: 0..100, salience: 0..50, floor: 0..9}"))
    for field in ("salience", "floor"):
        path = f"positions.text.KAZ.{field}"
        alone, together = (Batch(read, MANY, rho).values(path) for rho in (0.0, 0.5))
        assert np.array_equal(alone, together)


def test_blending_at_the_ends():
    """All of the variance in common is the factor itself, and no end gives an infinity."""
    own, factor = MANY.column("a"), MANY.column("b")
    assert blend(own, factor, 1.0) == pytest.approx(factor, abs=1e-9)
    edges = blend(np.array([0.0, 0.999]), np.array([1.0, 0.0]), 0.5)
    assert ((edges >= 0.0) & (edges < 1.0)).all()
