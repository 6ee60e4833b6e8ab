"""§68: what a change of the dossier did to the answers, input by input."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity import Difference, difference
from comity.dossier import Batch, Dossier, Keyed, loads
from comity.dossier.agenda import cycle
from comity.dossier.response import Response
from comity.dossier.strategies import dossiers
from comity.ensemble import forecast
from comity.ensemble.difference import beyond
from comity.ensemble.difference.orders import EXACT, Plan, plan
from comity.errors import DossierError, UnsupportedError
from comity.forecast import outcomes, tables

DRAWS = 1_500

OLD = """
comity: 1
title: Fees
as_of: 2020-01-02
actors: {A: {name: Aland}, B: {name: Borduria}, C: {name: Cagliostro}}
bodies: {council: {members: [A, B, C]}}
agenda:
  limit: {body: council, reversion: 0, tabled: 50}
  later: {body: council, reversion: 20, requires: [limit]}
positions:
  limit:
    A: {ideal: 40..90, salience: 50}
    B: {ideal: 20..70, floor: 20..40, salience: 20..50}
    C: {ideal: 10..60, salience: 40..90}
  later:
    A: {ideal: 40..90, salience: 50}
    B: {ideal: 40..70, salience: 20..50}
"""

EDITS = {
    "positions.limit.A.ideal": (
        "A: {ideal: 40..90, salience: 50}\n    B: {ideal: 20",
        "A: {ideal: 70..95, salience: 50}\n    B: {ideal: 20",
    ),
    "positions.limit.B.floor": ("floor: 20..40", "floor: 10..20"),
    "positions.limit.C.salience": ("salience: 40..90", "salience: 10..30"),
    "agenda.limit.tabled": ("tabled: 50", "tabled: 60"),
}


def _edited(names: tuple[str, ...] | frozenset[str]) -> Dossier:
    text = OLD
    for name in EDITS:
        if name in names:
            before, after = EDITS[name]
            assert text.count(before) == 1, name
            text = text.replace(before, after)
    return loads(text)


@pytest.fixture(scope="module")
def answers() -> Mapping[frozenset[str], Mapping[str, float]]:
    """The answers on `limit` of every mixture of the edits, each from a file of its own."""
    found = {}
    for held in range(len(EDITS) + 1):
        for some in combinations(EDITS, held):
            outcome = outcomes(Batch(_edited(some), Keyed(3, 0, DRAWS)))["limit"]
            assert outcome.adopted is not None
            found[frozenset(some)] = {
                "probability": float(outcome.adopted.mean()),
                "any": float(outcome.adoptable.mean()),
            }
    return found


@pytest.fixture(scope="module")
def found() -> Difference:
    return difference(loads(OLD), _edited(tuple(EDITS)), seed=3, draws=DRAWS)


@pytest.mark.parametrize("answer", ["probability", "any"])
def test_shares_are_the_mean_over_all_orders(found, answers, answer):
    """By brute force: every order of making the edits, each mixture read from its own file."""
    brute = dict.fromkeys(EDITS, 0.0)
    for order in permutations(EDITS):
        for k, name in enumerate(order):
            step = (
                answers[frozenset(order[: k + 1])][answer] - answers[frozenset(order[:k])][answer]
            )
            brute[name] += step / math.factorial(len(EDITS))
    entry = found.items["limit"]
    assert entry.exact
    assert {part.group for part in entry.parts[answer]} == set(EDITS)
    for part in entry.parts[answer]:
        assert part.share == pytest.approx(brute[part.group], abs=1e-12)
    assert max(abs(value) for value in brute.values()) > 0.01


@pytest.mark.parametrize("answer", ["probability", "any"])
def test_alone_and_last_are_single_edits(found, answers, answer):
    """Alone: the old file with one edit; last: the new file against the one without it."""
    whole = frozenset(EDITS)
    for part in found.items["limit"].parts[answer]:
        one = frozenset({part.group})
        first = answers[one][answer] - answers[frozenset()][answer]
        assert part.alone == pytest.approx(first, abs=1e-12)
        last = answers[whole][answer] - answers[whole - one][answer]
        assert part.last == pytest.approx(last, abs=1e-12)


def test_before_and_after_are_the_forecasts_of_the_two_files(found):
    """The same seed and draws give the headline of each dossier, means and objections too."""
    for side, dossier in (("before", found.before), ("after", found.after)):
        whole = forecast(dossier, seed=3, draws=DRAWS)
        for item, entry in found.items.items():
            headline = whole.items[item].adoption
            for answer, shift in entry.answers.items():
                assert getattr(shift, side) == pytest.approx(getattr(headline, answer))
            for name, shift in entry.content.items():
                mean = whole.items[item].content[name].mean
                assert getattr(shift, side) == pytest.approx(mean, abs=1e-9)
            for who, shift in entry.objects.items():
                objecting = whole.items[item].responses[who].object
                assert getattr(shift, side) == pytest.approx(objecting)


def test_shares_sum_to_the_change_of_every_answer(found):
    """Nothing is left over, whatever the answer."""
    for entry in found.items.values():
        for answer, parts in entry.parts.items():
            shift = (entry.answers | entry.content)[answer]
            assert sum(part.share for part in parts) == pytest.approx(shift.change, abs=1e-9)


def test_what_requires_a_changed_item_changes_with_it(found):
    """An item that requires the other is moved by that one's inputs, and by nothing of its own."""
    assert {part.group for part in found.items["later"].parts["any"]} == set(EDITS)
    assert found.items["later"].answers["text_any"].moved == 0.0


def test_read_from_the_other_side_every_sign_turns():
    """From new to old: changes and shares turn their sign; alone and last change places."""
    old, new = loads(OLD), _edited(tuple(EDITS))
    there, back = (difference(*pair, seed=3, draws=400) for pair in ((old, new), (new, old)))
    for item, entry in there.items.items():
        other = back.items[item]
        for answer, shift in entry.answers.items():
            turned = other.answers[answer]
            assert (turned.before, turned.after) == (shift.after, shift.before)
            assert turned.error == shift.error
        for answer, parts in entry.parts.items():
            turned_parts = {part.group: part for part in other.parts[answer]}
            for part in parts:
                turned = turned_parts[part.group]
                assert turned.share == pytest.approx(-part.share, abs=1e-9)
                assert turned.alone == pytest.approx(-part.last, abs=1e-9)
                assert turned.last == pytest.approx(-part.alone, abs=1e-9)
                assert turned.share_error == pytest.approx(part.share_error, abs=1e-9)


def test_errors_are_those_of_draws_in_pairs():
    """The error of a change is that of its mean over draws, both dossiers on the same draws."""
    old, new = loads(OLD), _edited(("positions.limit.B.floor",))
    found = difference(old, new, seed=3, draws=DRAWS)
    keyed = Keyed(3, 0, DRAWS)
    values = [outcomes(Batch(d, keyed))["limit"].adoptable.astype(float) for d in (old, new)]
    change = values[1] - values[0]
    shift = found.items["limit"].answers["any"]
    assert shift.error == pytest.approx(change.std(ddof=1) / np.sqrt(DRAWS))
    assert shift.moved == (change != 0).mean()
    (part,) = found.items["limit"].parts["any"]
    assert part.share_error == part.alone_error == part.last_error == pytest.approx(shift.error)


def test_errors_of_parts_are_those_of_their_own_steps():
    """Of two changes: alone, last and share, each with the error of its mean over draws."""
    names = ("positions.limit.C.salience", "agenda.limit.tabled")
    keyed = Keyed(3, 0, DRAWS)

    def drawn(*some: str) -> np.ndarray:
        adopted = outcomes(Batch(_edited(some), keyed))["limit"].adopted
        assert adopted is not None
        return adopted.astype(float)

    none, both = drawn(), drawn(*names)
    found = difference(loads(OLD), _edited(names), seed=3, draws=DRAWS)
    for part in found.items["limit"].parts["probability"]:
        (other,) = set(names) - {part.group}
        alone, last = drawn(part.group) - none, both - drawn(other)
        for told, steps in (
            (part.alone_error, alone),
            (part.last_error, last),
            (part.share_error, (alone + last) / 2),
        ):
            assert told == pytest.approx(steps.std(ddof=1) / np.sqrt(DRAWS))
        assert part.share_error > 0.0


def test_a_change_within_two_errors_is_not_told():
    """A sliver of a range moves a draw or two, which chance could do; a wide move is told."""
    old = loads(OLD)
    sliver = loads(OLD.replace("floor: 20..40", "floor: 20..40.05"))
    wide = loads(OLD.replace("floor: 20..40", "floor: 60..80"))
    small = difference(old, sliver, draws=DRAWS).items["limit"].answers["any"]
    assert not small.told
    large = difference(old, wide, draws=DRAWS).items["limit"].answers["any"]
    assert large.told
    assert large.change < -0.1
    assert not beyond(0.02, 0.01)
    assert beyond(0.021, 0.01)


def test_a_dossier_and_itself():
    """Nothing changed, in no draw, by no group."""
    found = difference(loads(OLD), loads(OLD), draws=200)
    assert found.same
    assert found.groups == ()
    assert all(s.moved == 0.0 for e in found.items.values() for s in e.answers.values() if s.moved)


def test_words_alone_move_nothing():
    """A note, a basis or a source is a change, bears on no headline and is in no group."""
    new = loads(
        OLD.replace(
            "C: {ideal: 10..60,", "C: {note: so it is said, basis: inferred, ideal: 10..60,"
        )
    )
    found = difference(loads(OLD), new, draws=200)
    assert {change.path for change in found.changes} == {
        "positions.limit.C.basis",
        "positions.limit.C.note",
    }
    assert found.groups == ()


def test_a_new_member_is_one_group_and_has_no_objections_before():
    """Its seat and its wishes come together; it had no answer to give before."""
    new = OLD.replace("C: {name: Cagliostro}}", "C: {name: Cagliostro}, D: {name: Duchy}}")
    new = new.replace("members: [A, B, C]", "members: [A, B, C, D]")
    new = new.replace(
        "    C: {ideal: 10..60", "    D: {ideal: 0, salience: 90}\n    C: {ideal: 10..60"
    )
    found = difference(loads(OLD), loads(new), draws=300)
    (group,) = found.groups
    assert not group.single
    duchy = found.items["limit"].objects["D"]
    assert (duchy.before, duchy.change) == (None, None)
    answers = tables(Batch(loads(new), Keyed(1, 0, 300)))["limit"].tabled
    assert duchy.after == (answers[:, 3] == Response.OBJECT).mean()
    assert found.items["limit"].parts["any"][0].share == found.items["limit"].answers["any"].change


def test_a_draft_tabled_on_one_side_alone_leaves_the_other_answer():
    """Where nothing was tabled before, its adoption has no change, and any draft is told of."""
    found = difference(loads(OLD.replace(", tabled: 50", "")), loads(OLD), draws=300)
    entry = found.items["limit"]
    assert entry.headline == "any"
    assert entry.tabled == (None, 50.0)
    assert entry.answers["probability"].before is None
    assert entry.answers["probability"].after is not None
    assert entry.answers["probability"].change is None
    assert "probability" not in entry.parts


def test_items_of_one_agenda_are_named_and_not_answered():
    """There is nothing to compare."""
    new = loads(OLD.replace("  later: {", "  other: {body: council, reversion: 0}\n  later: {"))
    found = difference(loads(OLD), new, draws=100)
    assert (found.only_before, found.only_after) == ((), ("other",))
    assert set(found.items) == {"limit", "later"}


def test_mixtures_that_wait_for_each_other_are_joined():
    """Two requirements that would close a circle cannot be mixed, and are one group."""
    old = OLD
    new = OLD.replace("reversion: 20, requires: [limit]", "reversion: 20").replace(
        "limit: {body: council,", "limit: {requires: [later], body: council,"
    )
    found = difference(loads(old), loads(new), draws=200)
    (group,) = found.groups
    assert set(group.changes) == {"agenda.limit.requires", "agenda.later.requires"}


def test_hindsight_is_refused_on_either_side():
    """A dossier that knows what came later is no forecast, and no change of one."""
    late = OLD + (
        "sources: {s: {title: t, outlet: o, published: 2021-01-01}}\n"
        "statements: {later: {speaker: x, on: 2021-01-01, source: s, standing: official, "
        "locator: p, gist: g}}\n"
    )
    with pytest.raises(DossierError):
        difference(loads(OLD), loads(late), draws=10)
    with pytest.raises(DossierError):
        difference(loads(late), loads(OLD), draws=10)


@pytest.mark.parametrize("asked", [{"draws": 0}, {"draws": 10**9}, {"orders": 0}])
def test_numbers_out_of_range_are_refused(asked):
    """With what may be asked for."""
    with pytest.raises(UnsupportedError, match="out of range"):
        difference(loads(OLD), loads(OLD), **asked)


def test_workers_change_nothing():
    """The same numbers from one thread and from three."""
    old, new = loads(OLD), _edited(tuple(EDITS))
    one, three = (difference(old, new, draws=6_000, workers=n).to_json() for n in (1, 3))
    assert one == three


@settings(max_examples=12, deadline=None)
@given(
    dossiers(max_members=3, max_items=2, talks_too=False),
    dossiers(max_members=3, max_items=2, talks_too=False),
)
def test_any_two_dossiers_can_be_compared(old, new):
    """Sums are whole, and both ends are the dossiers' own answers."""
    old, new = (dossier.model_copy(update={"as_of": date.max}) for dossier in (old, new))
    assume(not cycle(old))
    assume(not cycle(new))
    own = [outcomes(Batch(dossier, Keyed(1, 0, 40))) for dossier in (old, new)]
    found = difference(old, new, draws=40, orders=4)
    for item, entry in found.items.items():
        for side, said in zip(("before", "after"), own, strict=True):
            assert getattr(entry.answers["any"], side) == said[item].adoptable.mean()
            assert getattr(entry.answers["text_any"], side) == said[item].text_any.mean()
        for answer, parts in entry.parts.items():
            shift = (entry.answers | entry.content)[answer]
            if parts:
                assert sum(p.share for p in parts) == pytest.approx(shift.change, abs=1e-9)
            else:
                assert not shift.moved


# ------------------------------------------------------------- orders


def _brute(size: int, worth: Mapping[frozenset[int], float]) -> list[float]:
    shares = [0.0] * size
    for order in permutations(range(size)):
        held = frozenset[int]()
        for g in order:
            shares[g] += (worth[held | {g}] - worth[held]) / math.factorial(size)
            held |= {g}
    return shares


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.randoms(use_true_random=False))
def test_exact_shares_are_those_of_all_orders(size, random):
    """On games of any kind."""
    planned = Plan(size)
    worth = {mixture: random.uniform(-1, 1) for mixture in planned.mixtures}
    assert len(worth) == 2**size
    assert planned.shares(worth) == pytest.approx(_brute(size, worth), abs=1e-12)
    assert not planned.order_errors(worth).any()


def test_the_unanimity_game_is_shared_evenly():
    """What takes all of three to happen goes back to each by a third."""
    planned = Plan(4)
    worth = {mixture: float({0, 1, 2} <= mixture) for mixture in planned.mixtures}
    assert planned.shares(worth) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0.0])


def test_the_glove_game():
    """One left glove and two right ones: 2/3, 1/6, 1/6 (Shapley's own kind of example)."""
    planned = Plan(3)
    worth = {m: float(0 in m and bool(m & {1, 2})) for m in planned.mixtures}
    assert planned.shares(worth) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


@settings(max_examples=20, deadline=None)
@given(st.integers(EXACT + 1, 16), st.integers(1, 12), st.integers(0, 5))
def test_sampled_shares_sum_to_the_whole_and_are_exact_where_changes_add_up(size, orders, seed):
    """Whatever orders are drawn; of changes that do not touch each other no doubt is left."""
    planned = plan(size, orders, seed)
    assert not planned.exact
    assert all(sorted(order) == list(range(size)) for order in planned.orders)
    assert planned.orders[1] == planned.orders[0][::-1]
    each = np.random.default_rng(seed).normal(size=size)
    adding = {mixture: float(each[sorted(mixture)].sum()) for mixture in planned.mixtures}
    assert planned.shares(adding) == pytest.approx(each, abs=1e-9)
    assert planned.order_errors(adding) == pytest.approx(np.zeros(size), abs=1e-9)
    crossed = {mixture: float(len(mixture) > size // 2) for mixture in planned.mixtures}
    assert planned.shares(crossed).sum() == pytest.approx(1.0)
    rejoined = np.zeros(size)
    for mixture in planned.mixtures:
        for g, weight in planned.weights(mixture).items():
            rejoined[g] += weight * crossed[mixture]
    assert rejoined == pytest.approx(planned.shares(crossed))


def test_the_error_of_sampled_orders_is_as_large_as_said():
    """Over many seeds the shares stray from the exact ones by about their stated error."""
    size, strayed = 11, []
    every = {frozenset(m) for k in range(size + 1) for m in combinations(range(size), k)}
    rng = np.random.default_rng(5)
    weight = rng.uniform(0.1, 1.0, size)
    worth = {m: float(np.tanh(weight[sorted(m)].sum() ** 2 / weight.sum())) for m in every}
    exact = Plan(size).shares(worth)
    for seed in range(40):
        planned = plan(size, 40, seed)
        errors = planned.order_errors(worth)
        strayed += ((planned.shares(worth) - exact) / errors).tolist()
    assert 0.8 < float(np.std(strayed)) < 1.3
