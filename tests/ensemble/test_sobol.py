"""Sobol's indices against closed forms, SciPy, and what must hold of any answer (§67)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from comity.dossier import Batch, Dossier, load, loads
from comity.ensemble.answers import Adoption, Content
from comity.ensemble.doubt_groups import actor_of, input_of
from comity.ensemble.sobol import MOST_ROWS, rows_of, sobol
from comity.ensemble.sobol_indices import indices
from comity.errors import UnsupportedError
from comity.forecast.models import named
from ensemble.many import small
from ensemble.rich import rich

CASE = Path(__file__).parents[2] / "examples" / "cases" / "yerevan-2022"


def uniform(count: int) -> Dossier:
    """A dossier whose only uncertain inputs are what so many members want, each from 0 to 100."""
    who = [f"M{k}" for k in range(count)]
    lines = [
        "comity: 1",
        "title: t",
        "as_of: 2022-11-22",
        f"actors: {{{', '.join(f'{w}: {{name: {w}}}' for w in who)}}}",
        f"bodies: {{b: {{members: [{', '.join(who)}], charter: csto, omega: 0}}}}",
        "agenda: {i: {body: b, procedure: substantive, question: q, scale: {0: a, 100: z}, "
        "reversion: 0, smallest_step: 10}}",
        "positions:",
        "  i:",
        *(f"    {w}: {{ideal: 0..100, salience: 50, basis: assumed}}" for w in who),
    ]
    return loads("\n".join(lines))


def coordinates(batch: Batch, count: int) -> list[np.ndarray]:
    return [batch.values(f"positions.i.M{k}.ideal") / 100.0 for k in range(count)]


def ishigami(batch: Batch) -> np.ndarray:
    """sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ on (−π, π)³ (Ishigami & Homma 1990)."""
    x, y, z = (np.pi * (2.0 * u - 1.0) for u in coordinates(batch, 3))
    return np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


A = (0.0, 1.0, 4.5, 9.0, 99.0, 99.0)


def g_function(batch: Batch) -> np.ndarray:
    """Π (|4uᵢ − 2| + aᵢ)/(1 + aᵢ) (Sobol 1993)."""
    product = np.ones(batch.size)
    for a, u in zip(A, coordinates(batch, len(A)), strict=True):
        product *= (np.abs(4.0 * u - 2.0) + a) / (1.0 + a)
    return product


def by_member(found, count: int) -> list[tuple]:
    held = {doubt.group.actor: doubt for doubt in found.doubts}
    return [(held[f"M{k}"].first, held[f"M{k}"].total) for k in range(count)]


def test_ishigami():
    """First order .3139, .4424, 0 and total .5576, .4424, .2437, in closed form."""
    a, b = 7.0, 0.1
    first_x = 0.5 * (1.0 + b * np.pi**4 / 5.0) ** 2
    only_y, with_z = a**2 / 8.0, b**2 * np.pi**8 * (1 / 18.0 - 1 / 50.0)
    whole = first_x + only_y + with_z
    found = sobol(uniform(3), ishigami, rows=4096)
    assert found.mean == pytest.approx(a / 2.0, abs=0.02)
    assert found.sd**2 == pytest.approx(whole, rel=0.01)
    first = (first_x / whole, only_y / whole, 0.0)
    total = ((first_x + with_z) / whole, only_y / whole, with_z / whole)
    assert first == pytest.approx((0.3139, 0.4424, 0.0), abs=5e-5)
    assert total == pytest.approx((0.5576, 0.4424, 0.2437), abs=5e-5)
    for (one, every), s, t in zip(by_member(found, 3), first, total, strict=True):
        assert one.value == pytest.approx(s, abs=0.015)
        assert every.value == pytest.approx(t, abs=0.015)
        assert one.low <= s <= one.high
        assert every.low <= t <= every.high
    assert found.together == pytest.approx(1 - sum(first), abs=0.03)
    assert found.runs == 4096 * 5


def test_sobols_g_function():
    """First order Vᵢ/V and total Vᵢ Π(1 + Vⱼ)/V with Vᵢ = 1/(3(1 + aᵢ)²)."""
    own = np.array([1.0 / (3.0 * (1.0 + a) ** 2) for a in A])
    whole = np.prod(1.0 + own) - 1.0
    total = own * np.prod(1.0 + own) / (1.0 + own) / whole
    found = by_member(sobol(uniform(6), g_function, rows=8192), 6)
    assert [one.value for one, _ in found] == pytest.approx(own / whole, abs=0.02)
    assert [every.value for _, every in found] == pytest.approx(total, abs=0.02)


def test_intervals_hold_the_closed_form_about_as_often_as_they_say():
    """Over twenty seeds of a small design: 95 % intervals, a little wide for their design."""
    first, total = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
    held = []
    for seed in range(20):
        found = by_member(sobol(uniform(3), ishigami, rows=256, seed=seed), 3)
        for (one, every), s, t in zip(found, first, total, strict=True):
            held += [one.low <= s <= one.high, every.low <= t <= every.high]
    assert np.mean(held) >= 0.9


def test_estimates_are_scipys():
    """Of the same answers SciPy makes the same indices (Saltelli 2010, Jansen)."""
    from scipy.stats import sobol_indices

    drawn = np.random.default_rng(3)
    a, b = drawn.normal(5.0, 1.0, 256), drawn.normal(5.0, 2.0, 256)
    ab = np.where(drawn.random((4, 256)) < 0.5, a, b)
    first, total = indices(a, b, ab)
    theirs = sobol_indices(
        func={"f_A": a[None, :], "f_B": b[None, :], "f_AB": ab[:, None, :]},
        n=256,
    )
    assert [i.value for i in first] == pytest.approx(theirs.first_order.ravel(), abs=1e-12)
    assert [i.value for i in total] == pytest.approx(theirs.total_order.ravel(), abs=1e-12)


@dataclass(frozen=True)
class Weighted:
    """A sum of what members want, with given weights: nothing acts together."""

    weights: tuple[float, ...]

    def __call__(self, batch: Batch) -> np.ndarray:
        each = coordinates(batch, len(self.weights))
        return np.sum([w * u for w, u in zip(self.weights, each, strict=True)], axis=0)


def test_of_a_sum_each_share_is_its_square():
    """wᵢ²/Σw², alone and with interactions alike; a weight of 0 is exactly nothing."""
    found = sobol(uniform(4), Weighted((1.0, 2.0, 0.0, 3.0)), rows=2048)
    each = by_member(found, 4)
    for (one, every), weight in zip(each, (1.0, 2.0, 0.0, 3.0), strict=True):
        assert one.value == pytest.approx(weight**2 / 14.0, abs=0.02)
        assert every.value == pytest.approx(weight**2 / 14.0, abs=0.02)
    assert each[2][1].value == 0.0
    assert not each[2][1].sure
    assert [doubt.group.actor for doubt in found.doubts][:2] == ["M3", "M1"]


def test_a_group_has_the_variance_of_its_inputs_together():
    """Two members in one group: the share of both, and one share the less."""
    found = sobol(
        uniform(3),
        Weighted((1.0, 1.0, 2.0)),
        rows=2048,
        alike=lambda entry: (None, None, "two" if entry.actor != "M2" else "one"),
    )
    shares = {doubt.group.aspect: doubt.first.value for doubt in found.doubts}
    assert shares == pytest.approx({"two": 2 / 6, "one": 4 / 6}, abs=0.02)


def test_where_the_work_is_done_does_not_matter(monkeypatch):
    """Chunks and workers change nothing: rows are of one sequence, whoever draws them."""
    once = sobol(uniform(3), ishigami, rows=512, workers=1)
    monkeypatch.setattr("comity.ensemble.sobol.chunk_length", lambda dossier: 64)
    again = sobol(uniform(3), ishigami, rows=512, workers=3)
    assert again == once


def test_only_what_is_read_is_a_doubt():
    """Of a model that reads one item, inputs of the others are not asked."""
    found = sobol(rich(), Content(named("unweighted_mean"), "text"), rows=128)
    assert {doubt.group.item for doubt in found.doubts} == {"text"}
    assert {doubt.group.aspect for doubt in found.doubts} == {"wants"}


def test_inputs_may_be_taken_one_by_one_or_by_actor():
    """Finer groups are more doubts, coarser ones fewer; all inputs are in some group."""
    answer = Content(named("compromise"), "text")
    by = {
        alike: sobol(rich(), answer, rows=128, alike=alike) for alike in (None, actor_of, input_of)
    }
    columns = [
        sorted(c for doubt in found.doubts for c in doubt.group.columns) for found in by.values()
    ]
    assert columns[0] == columns[1] == columns[2]
    assert len(by[actor_of].doubts) <= len(by[None].doubts) <= len(by[input_of].doubts)
    assert {d.group.aspect for d in by[actor_of].doubts if d.group.actor} == {"actor"}


def test_members_that_move_together_share_a_doubt():
    """With ρ > 0 a bloc's factor is a doubt of its own, of nobody alone."""
    found = sobol(small(), Content(named("unweighted_mean"), "limit"), rows=128, rho=0.5)
    shared = [d for d in found.doubts if d.group.actor is None and d.group.item is None]
    assert [d.group.aspect for d in shared] == ["bodies.commission.blocs.all"]
    assert shared[0].total.value > 0.1


def test_the_tornado_of_the_design_moves_with_the_inputs():
    """Swings in points: the answer rises with what the heaviest member wants."""
    found = sobol(uniform(2), Weighted((10.0, 90.0)), rows=1024)
    first = found.swings[0]
    assert first.actor == "M1"
    assert list(first.fifths) == sorted(first.fifths)
    assert first.size == pytest.approx(90.0 * 0.8, abs=3.0)


def test_adoption_has_a_doubt_too():
    """Of a yes or no the variance is p(1 − p), and the indices divide it."""
    found = sobol(load(CASE), Adoption("assessment", "text_any"), rows=512)
    assert found.sd**2 == pytest.approx(found.mean * (1 - found.mean), abs=1e-12)
    assert found.doubts[0].total.value >= found.doubts[0].first.value - 0.2
    assert all(doubt.total.value >= 0.0 for doubt in found.doubts)


def test_without_doubt_there_is_none():
    """An answer that is the same in every draw has no variance to divide."""
    found = sobol(uniform(2), Weighted((0.0, 0.0)), rows=64)
    assert found.doubts == ()
    assert found.together == 0.0


@pytest.mark.parametrize("rows", [0, 63, 100, 2**18])
def test_a_design_needs_a_power_of_two(rows):
    """Sobol's sequence is even only there."""
    with pytest.raises(UnsupportedError, match="power of two"):
        sobol(uniform(2), ishigami, rows=rows)


@pytest.mark.parametrize(
    "answer", [lambda b: np.zeros((b.size, 2)), lambda b: np.full(b.size, np.nan)]
)
def test_an_answer_must_be_one_number_a_draw(answer):
    """Neither two, nor none."""
    with pytest.raises(UnsupportedError, match="one finite number a draw"):
        sobol(uniform(2), answer, rows=64)


def test_the_bootstrap_of_many_rows_takes_little_memory():
    """Resamples are drawn in blocks: at the most rows, far less than all at once."""
    import tracemalloc

    drawn = np.random.default_rng(0)
    a, b = drawn.normal(size=(2, MOST_ROWS))
    mixed = np.where(drawn.random((12, MOST_ROWS)) < 0.5, a, b)
    tracemalloc.start()
    first, _ = indices(a, b, mixed)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200 * 2**20
    assert all(index.low < index.value < index.high for index in first)


def test_rows_follow_from_draws():
    """Half the draws, as a power of two; never more than are of use; too few are refused."""
    rows = {128: 64, 1_000: 256, 8_191: 2_048, 8_192: 4_096, 10_000: 4_096}
    assert {draws: rows_of(draws) for draws in rows} == rows
    assert rows_of(1_000_000) == rows_of(10**9) == MOST_ROWS
    with pytest.raises(UnsupportedError, match=r"need more draws\n.*127\n.*128 draws or more"):
        rows_of(127)
