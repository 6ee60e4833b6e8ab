"""The order of an agenda, and the cycles that leave it without one."""

from __future__ import annotations

import pytest
from hypothesis import given

from comity.dossier import CHECKS, Basis, Dossier, agenda_order, refuse_cycles
from comity.dossier.agenda import rests_on
from comity.dossier.inputs import inputs
from comity.dossier.strategies import dossiers
from comity.errors import DossierError
from dossier.samples import dossier

CYCLE = (
    "reversion: outside}",
    "reversion: outside, requires: [third]}\n  third: {body: csto, reversion: 0, requires: [text]}",
)


def test_competence_comes_before_substance():
    """The item that holds the views on competence is settled first, wherever it is written."""
    assert agenda_order(dossier()) == ("views", "text")


def test_what_is_required_comes_first():
    """An item comes after what it requires, and otherwise where it is written."""
    told = dossier(
        ("  views: {", "  last: {body: csto, reversion: 0, requires: [text]}\n  views: {"),
        ("codings:", "#codings:"), ("  rival:", "#"), ("    title: as", "#"),
        ("    positions: {", "#"), ("    presumptions", "#"),
    )  # fmt: skip
    assert agenda_order(told) == ("views", "text", "last")


@given(dossiers())
def test_nothing_comes_before_what_it_rests_on(dossier: Dossier):
    """Every item is placed once, after all it rests on."""
    order = agenda_order(dossier)
    assert sorted(order) == sorted(dossier.agenda)
    for place, item in enumerate(order):
        assert set(rests_on(dossier, item)) <= set(order[:place])


def test_a_cycle_is_named():
    """Items that wait for each other are refused with their names in a row."""
    with pytest.raises(DossierError) as caught:
        agenda_order(dossier(CYCLE))
    assert str(caught.value) == (
        "agenda.views.requires: these items wait for each other, so none can ever be adopted\n"
        "  found: views requires third requires text requires views\n"
        "  mend:  Remove one of the requirements."
    )


def test_an_item_that_requires_itself_is_a_cycle():
    """An item cannot wait for itself."""
    with pytest.raises(DossierError, match="text requires text"):
        refuse_cycles(dossier(("reversion: 0\n", "reversion: 0\n    requires: [text]\n")))


def test_a_cycle_is_a_finding_not_a_refusal_to_read():
    """A dossier with a cycle is read, and the check finds it."""
    assert len(CHECKS["requirement_cycle"](dossier(CYCLE))) == 1
    assert CHECKS["requirement_cycle"](dossier()) == ()


def test_a_long_chain_is_ordered():
    """Thousands of items in a chain neither exhaust the stack nor the patience."""
    chain = "".join(
        f"  i{n}: {{body: csto, reversion: 0, requires: [i{n + 1}]}}\n" for n in range(3_000)
    )
    told = dossier(("agenda:\n", f"agenda:\n{chain}  i3000: {{body: csto, reversion: 0}}\n"))
    assert agenda_order(told)[0] == "i3000"


def test_a_number_of_an_item_is_stated_unless_marked_assumed():
    """What holds if nothing is decided may be an assumption like any other (DESIGN §4)."""
    marked = dossier(("reversion: 0\n", "reversion: 0..20\n    assumed: [reversion]\n"))
    read = inputs(marked)
    assert read["agenda.text.reversion"].basis is Basis.ASSUMED
    assert read["agenda.text.tabled"].basis is Basis.STATED
