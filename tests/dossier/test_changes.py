"""§68: what changed between two dossiers, and the dossiers between them."""

import datetime

from hypothesis import given, settings

from comity.dossier import Dossier, loads
from comity.dossier.changes import changes
from comity.dossier.mixing import Between
from comity.dossier.strategies import dossiers

OLD = """
comity: 1
title: Fees
as_of: 2020-01-02
actors: {A: {name: Aland}, B: {name: Borduria}, C: {name: Cagliostro}}
bodies: {council: {members: [A, B]}}
agenda:
  limit: {body: council, reversion: 0, tabled: 50}
positions:
  limit:
    A: {ideal: 80, salience: 50, basis: stated}
    B: {ideal: 20..70, floor: 20..70, salience: 50}
"""


def _pair(*edits: tuple[str, str]) -> tuple[Dossier, Dossier]:
    new = OLD
    for before, after in edits:
        assert before in new
        new = new.replace(before, after)
    return loads(OLD), loads(new)


def _groups(*edits: tuple[str, str]) -> dict[str, tuple[str, ...]]:
    old, new = _pair(*edits)
    return {g.name: g.changes for g in Between(old, new, changes(old, new)).groups}


def test_a_changed_field_is_told_with_both_values_and_what_it_rests_on():
    """A floor that changes with its basis is one change, the basis told with it."""
    old, new = _pair(
        ("floor: 20..70, salience: 50", "floor: 10..30, salience: 50, basis: inferred")
    )
    (change,) = changes(old, new)
    assert change.path == "positions.limit.B.floor"
    assert (change.kind, change.before, change.after) == ("changed", "20..70", "10..30")
    assert change.basis == ("assumed", "inferred")


def test_a_basis_that_changes_by_itself_is_a_change_that_no_headline_reads():
    """Nothing is drawn otherwise where only the ground of a value changes."""
    edit = ("salience: 50, basis: stated", "salience: 50, basis: inferred")
    old, new = _pair(edit)
    assert [c.path for c in changes(old, new)] == ["positions.limit.A.basis"]
    assert _groups(edit) == {}


def test_the_same_number_written_otherwise_is_no_change():
    """50 and 50.0 are equal, and so is a field written out at its default."""
    old, new = _pair(("tabled: 50", "tabled: 50.0, smallest_step: 10"))
    assert changes(old, new) == ()


def test_options_in_another_order_are_a_change():
    """Options run from the least to the most far-reaching, so their order says something."""
    old, new = (
        loads(
            OLD.replace("reversion: 0, tabled: 50", f"options: {listed}, reversion: no")
            .replace("ideal: 80", "ideal: no")
            .replace("ideal: 20..70, floor: 20..70", "ideal: no")
        )
        for listed in ("[no, half, full]", "[no, full, half]")
    )
    (change,) = changes(old, new)
    assert change.path == "agenda.limit.options"
    between = Between(old, new, (change,))
    assert [(g.name, g.single) for g in between.groups] == [("agenda.limit", False)]


def test_each_field_of_a_position_is_a_group_of_its_own():
    """One position field is one input."""
    edited = _groups(("ideal: 80, salience: 50", "ideal: 70, salience: 60"))
    assert edited == {
        "positions.limit.A.ideal": ("positions.limit.A.ideal",),
        "positions.limit.A.salience": ("positions.limit.A.salience",),
    }


def test_an_ideal_replaced_by_values_is_one_input():
    """What an actor wants is stated in one of two ways, never in both."""
    listed = OLD.replace("reversion: 0, tabled: 50", "options: [no, half, full], reversion: no")
    listed = listed.replace("ideal: 20..70, floor: 20..70", "ideal: no")
    old = loads(listed.replace("ideal: 80", "ideal: full"))
    new = loads(listed.replace("ideal: 80", "values: {half: 50, full: 60..90}"))
    between = Between(old, new, changes(old, new))
    (group,) = between.groups
    assert group.name == "positions.limit.A.ideal"
    assert set(group.changes) == {"positions.limit.A.ideal", "positions.limit.A.values"}
    assert group.single
    assert between.mixed([group]).positions == new.positions


def test_a_new_member_comes_with_its_positions():
    """A seat and the positions of whoever takes it are one group."""
    edited = _groups(
        ("members: [A, B]", "members: [A, B, C]"),
        ("    A: {ideal: 80", "    C: {ideal: 10, floor: 5}\n    A: {ideal: 80"),
    )
    assert edited == {
        "bodies.council.members": (
            "bodies.council.members",
            "positions.limit.C.ideal",
            "positions.limit.C.floor",
        )
    }


def test_another_charter_comes_with_the_procedures_named_in_it():
    """A procedure that only the new charter has cannot be named before the charter is there."""
    charter = (
        "charter: {name: Own, procedures: {vote: {rule: {kind: simple_majority, of: members}}}}"
    )
    edited = _groups(
        ("members: [A, B]", f"members: [A, B], {charter}"),
        ("reversion: 0", "procedure: vote, reversion: 0"),
    )
    assert list(edited) == ["bodies.council.charter"]


def test_what_cannot_stand_alone_is_joined_with_what_it_needs():
    """An item required by another goes with the requirement."""
    edited = _groups(
        (
            "  limit: {body: council,",
            "  first: {body: council, reversion: 0}\n  limit: {requires: [first], body: council,",
        )
    )
    assert [set(changed) for changed in edited.values()] == [
        {"agenda.first", "agenda.limit.requires"}
    ]


def test_a_later_day_is_a_group_of_its_own():
    """The day of the dossier decides which weights and seats hold."""
    assert list(_groups(("2020-01-02", "2020-02-03"))) == ["as_of"]


_SMALL = dossiers(max_members=3, max_items=2, talks_too=False)


@settings(max_examples=25, deadline=None)
@given(_SMALL)
def test_a_dossier_does_not_differ_from_itself(dossier):
    """Nothing changed between a dossier and itself."""
    assert changes(dossier, dossier) == ()


@settings(max_examples=25, deadline=None)
@given(_SMALL, _SMALL)
def test_changes_are_symmetric(old, new):
    """Read from the other side, the same places differ, with values exchanged."""
    there = {c.path: (c.before, c.after) for c in changes(old, new)}
    back = {c.path: (c.after, c.before) for c in changes(new, old)}
    assert there == back


@settings(max_examples=25, deadline=None)
@given(_SMALL, _SMALL)
def test_all_groups_together_make_the_new_dossier(old, new):
    """With every group changed, what headlines read is as in the new dossier."""
    new = new.model_copy(update={"as_of": old.as_of + datetime.timedelta(days=1)})
    between = Between(old, new, changes(old, new))
    mixed = between.mixed(between.groups)
    assert mixed.as_of == new.as_of
    assert {n: b.members for n, b in mixed.bodies.items()} == {
        n: b.members for n, b in new.bodies.items()
    }
    assert set(mixed.agenda) == set(new.agenda)
    for item, entry in new.agenda.items():
        assert (
            mixed.agenda[item].model_copy(
                update={f: getattr(entry, f) for f in ("question", "scale", "core", "rounds", "by")}
            )
            == entry
        )
        for actor in new.members(item):
            kept, meant = mixed.position(item, actor), new.position(item, actor)
            said = {"basis": meant.basis, "assumed": meant.assumed, "from_": meant.from_}
            assert kept.model_copy(update=said | {"note": meant.note}) == meant


@settings(max_examples=15, deadline=None)
@given(_SMALL, _SMALL)
def test_every_group_can_be_changed_first_and_last(old, new):
    """Groups are joined until each can stand alone and be left out."""
    between = Between(old, new, changes(old, new))
    for group in between.groups:
        between.mixed([group])
        between.mixed([g for g in between.groups if g is not group])


def test_a_change_that_bears_on_an_item_is_known():
    """A position bears on its item and on what rests on it, a capability on its holder's items."""
    both = OLD.replace(
        "  limit: {body",
        "  second: {body: council, reversion: 0, requires: [limit]}\n  limit: {body",
    )
    old = loads(both)
    new = loads(
        both.replace("ideal: 80", "ideal: 70").replace("name: Aland", "name: Aland, capability: 2")
    )
    between = Between(old, new, changes(old, new))
    ideal, means = between.groups if "ideal" in between.groups[0].name else between.groups[::-1]
    assert [between.bears_on(ideal, item) for item in ("limit", "second")] == [True, True]
    assert [between.bears_on(means, item) for item in ("limit", "second")] == [True, True]
    upper = loads(both.replace("reversion: 0, requires", "reversion: 5, requires"))
    (only,) = Between(old, upper, changes(old, upper)).groups
    assert [between.bears_on(only, item) for item in ("limit", "second")] == [False, True]
