"""The dossier as a model: immutable, read in rounds and codings, chaired in rotation."""

from __future__ import annotations

from datetime import date

import pytest
from frozendict import frozendict
from pydantic import ValidationError

from comity.dossier import (
    Basis,
    Choice,
    Concession,
    Exactly,
    Position,
    Uniform,
    charter_names,
    load_charter,
)
from comity.dossier.charters import read_charter
from comity.dossier.inputs import basis_of, capability_path, inputs, omega_path, participants
from comity.dossier.paths import listed
from comity.errors import DossierError
from dossier.samples import GOOD, dossier

# ---------------------------------------------------------------- immutable


def test_a_dossier_cannot_be_changed():
    """Neither a field nor an entry of a dossier can be set."""
    read = dossier()
    with pytest.raises(ValidationError, match="frozen"):
        read.title = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        read.agenda["text"] = read.agenda["views"]  # type: ignore[index]


def test_equal_dossiers_have_equal_hashes():
    """A dossier may be a key, so that results can be kept by what they were made from."""
    assert hash(dossier()) == hash(dossier())
    assert dossier() != dossier(("title: Meeting", "title: Other"))


# ---------------------------------------------------------------- who chairs


ROTATION = ("order: [ARM, BLR, KAZ], holder: ARM", "order: [ARM, BLR, KAZ], holder: KAZ")


@pytest.mark.parametrize(
    ("day", "chair"),
    [(date(2022, 11, 22), "KAZ"), (date(2022, 11, 23), "KAZ"), (date(2022, 11, 24), "ARM")],
)
def test_the_chair_passes_on_after_its_last_day(day: date, chair: str):
    """The holder chairs to the last day, then the next in order; after the last, the first."""
    assert dossier(ROTATION).chair("csto", day) == chair


def test_the_sitting_chair_is_that_of_the_next_session():
    """Who chairs is asked for the day of the next session, past ones left aside (§19)."""
    sessions = "    sessions: [{on: 2022-11-01}, {on: 2022-12-01}]\n    presidency:"
    assert dossier(("    presidency:", sessions)).sitting_chair("csto") == "BLR"


def test_without_a_presidency_nobody_chairs():
    """A body without a presidency has no chair."""
    line = "    presidency: {order: [ARM, BLR, KAZ], holder: ARM, until: 2022-11-23}\n"
    assert dossier((line, "")).sitting_chair("csto") is None


# ---------------------------------------------------------------- rounds and codings


def test_a_round_changes_what_it_names():
    """A concession moves the ideal it names and nothing else, and the new draft is tabled (§23)."""
    after = dossier().in_round("text", 1)
    held = after.position("text", "ARM")
    assert held.ideal == Uniform(60, 80)
    assert held.accepts == dossier().position("text", "ARM").accepts
    assert after.agenda["text"].tabled == Exactly(50)
    assert after.in_round("text", 0) == after


def conceding(held: Position, **named: object) -> Position:
    return held.conceding(Concession.model_validate(named))


def test_a_concession_rests_on_its_own_basis():
    """A concession without a basis is assumed, and only what it names becomes so (§25)."""
    after = conceding(Position(salience=Exactly(5), basis=Basis.STATED), ideal=40)
    assert basis_of(after, "ideal") is Basis.ASSUMED
    assert basis_of(after, "salience") is Basis.STATED


def test_a_stated_concession_leaves_assumptions_assumed():
    """A stated concession does not make the rest of an assumed position stated (§25)."""
    after = conceding(Position(salience=Exactly(5)), ideal=40, basis="stated")
    assert basis_of(after, "ideal") is Basis.STATED
    assert basis_of(after, "salience") is Basis.ASSUMED


def test_of_two_bases_the_weaker_holds():
    """A stated concession on an inferred position leaves the position inferred."""
    held = Position(ideal=Exactly(5), assumed=("ideal",), basis=Basis.INFERRED)
    after = conceding(held, ideal=40, basis="stated")
    assert basis_of(after, "ideal") is Basis.INFERRED


def test_a_coding_replaces_what_it_names():
    """A coding replaces whole positions and presumptions; what it does not name stays."""
    coded = dossier().coded("rival")
    assert coded.position("text", "BLR") == Position(ideal=Uniform(0, 5), salience=Uniform(60, 90))
    assert coded.position("text", "KAZ") == dossier().position("text", "KAZ")
    assert coded.agenda["text"].competence.presumption == "within"


# ---------------------------------------------------------------- what a forecast reads


def test_basis_of_a_field():
    """A field rests on the position's basis unless it is left out or listed as assumed (§25)."""
    held = Position(ideal=Exactly(1), floor=Exactly(1), basis=Basis.STATED, assumed=("floor",))
    assert [basis_of(held, field) for field in ("ideal", "floor", "salience")] == [
        Basis.STATED,
        Basis.ASSUMED,
        Basis.ASSUMED,
    ]


def test_omega_and_capability_come_from_the_position_if_it_has_them():
    """A position's own ω and capability stand in for the body's and the actor's."""
    told = dossier(("KAZ: {ideal: 0..100}", "KAZ: {ideal: 0..100, omega: 1, capability: 2}"))
    assert omega_path(told, "text", "KAZ") == "positions.text.KAZ.omega"
    assert omega_path(told, "text", "BLR") == "bodies.csto.omega.BLR"
    assert capability_path(told, "text", "KAZ") == "positions.text.KAZ.capability"
    assert capability_path(told, "text", "BLR") == "actors.BLR.capability"


def test_an_organ_outside_the_body_is_heard_on_competence():
    """Who settles competence holds a view on it, with or without a seat."""
    court = (
        ("  KAZ: {name", "  court: {name: Court}\n  KAZ: {name"),
        ("presumption: outside, rule", "presumption: outside, decided_by: court, rule"),
    )
    assert participants(dossier(*court), "views") == ("ARM", "BLR", "KAZ", "court")
    assert participants(dossier(*court), "text") == ("ARM", "BLR", "KAZ")
    assert "positions.views.court.ideal" in inputs(dossier(*court))


def test_an_option_alone_weighs_everything():
    """A preferred option written alone is certain."""
    told = inputs(dossier())["positions.views.ARM.ideal"]
    assert told.quantity == Choice(weights=frozendict(within=1.0))
    assert told.certain


# ---------------------------------------------------------------- charters


def test_packaged_charters_are_read_by_name():
    """A body may name a charter that comes with Comity."""
    assert "plain" in charter_names()
    assert load_charter("plain") is load_charter("plain")


def test_a_charter_that_is_not_packaged():
    """An unknown charter is refused with the nearest one."""
    with pytest.raises(DossierError) as caught:
        load_charter("plan")
    assert "Did you mean 'plain'?" in str(caught.value)


def test_a_charter_file_is_refused_with_its_line():
    """A charter that names a clause it does not hold is refused like a dossier."""
    text = "name: C\nprocedures:\n  a:\n    rule: consensus\n    clause: c1\n"
    with pytest.raises(DossierError) as caught:
        read_charter(text, "mine.yaml")
    assert str(caught.value) == (
        "mine.yaml:5: procedures.a.clause: there is no clause of this name\n"
        "  found: c1\n"
        "  mend:  Add 'c1' to the charter's `clauses`."
    )


def test_an_unknown_charter_in_a_dossier():
    """A body that names an unknown charter is refused; its items raise no second problem."""
    spelled = GOOD[GOOD.index("    charter:") : GOOD.index("    presidency:")]
    with pytest.raises(DossierError) as caught:
        dossier((spelled, "    charter: cstoo\n"))
    assert str(caught.value) == (
        "dossier.yaml:16: bodies.csto.charter: no charter of this name comes with Comity\n"
        "  found: cstoo\n"
        f"  mend:  Did you mean 'csto'? Use one of: {listed(charter_names())}; or spell the "
        "charter out here."
    )
