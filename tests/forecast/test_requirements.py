"""An item is adopted only with the items it requires, in whatever order they are written (§18)."""

from __future__ import annotations

import numpy as np
import pytest

from comity.dossier import Dossier
from comity.errors import DossierError
from comity.forecast import Outcome
from forecast.small import certainly, dossier, settle

YES, NO = {"ideal": 100, "salience": 100}, {"ideal": 0, "salience": 100}
UNSURE = {"ideal": "0..50", "salience": 100}  # lets a text at 50 pass in half of the draws


def item(*requires: str, tabled: int | None = 50) -> dict[str, object]:
    return {"reversion": 0, "requires": list(requires), "tabled": tabled}


def adopted(of: Dossier) -> dict[str, tuple[bool | None, bool | None]]:
    """For each item whether its requirements are met and whether it is adopted."""
    return {
        name: (certainly(found.required), certainly(found.adopted))
        for name, found in settle(of).items()
    }


def test_a_chain_breaks_where_one_item_fails():
    """What comes after a failure fails; what came before stands."""
    of = dossier(
        {"a": item(), "b": item("a"), "c": item("b"), "d": item("c")},
        {"a": {"A": YES}, "b": {"A": YES}, "c": {"A": NO}, "d": {"A": YES}},
    )
    assert adopted(of) == {
        "a": (True, True),
        "b": (True, True),
        "c": (True, False),
        "d": (False, False),
    }


@pytest.mark.parametrize("order", ["abcd", "dcba", "cdab", "bdac"])
def test_the_order_on_the_page_does_not_matter(order: str):
    """A diamond: d requires b and c, which both require a."""
    agenda = {"a": item(), "b": item("a"), "c": item("a"), "d": item("b", "c")}
    held = {name: {"A": UNSURE, "B": UNSURE} for name in agenda}
    written = dossier({n: agenda[n] for n in order}, {n: held[n] for n in order})
    found, first = settle(written, 500), settle(dossier(agenda, held), 500)
    assert [name for name in found if name in "ad"] == ["a", "d"]  # what is required comes first
    for name in agenda:
        assert np.array_equal(found[name].adopted, first[name].adopted)
    text = {name: found[name].text_tabled for name in agenda}
    assert np.array_equal(found["d"].required, text["a"] & text["b"] & text["c"])
    assert np.array_equal(found["d"].adopted, text["a"] & text["b"] & text["c"] & text["d"])
    assert 0 < found["d"].adopted.mean() < found["b"].adopted.mean() < found["a"].adopted.mean()


def requiring(needed: dict[str, object], position: dict[str, object]) -> tuple[Outcome, Outcome]:
    of = dossier({"a": needed, "b": item("a")}, {"a": {"A": position}, "b": {"A": YES}})
    found = settle(of, 200)
    return found["a"], found["b"]


def test_a_requirement_without_a_tabled_draft_is_met_by_any_text():
    """Nothing is tabled, so what could be adopted counts as adopted."""
    needed, found = requiring(item(tabled=None), {"ideal": "0..50", "salience": 100})
    assert needed.adopted is None
    assert np.array_equal(found.required, needed.adoptable)
    assert np.array_equal(found.adopted, needed.adoptable & found.text_tabled)
    assert 0.8 < found.required.mean() < 1.0  # a text at 10 passes if the ideal is over 5


def test_any_draft_needs_only_that_some_draft_of_the_requirement_would_do():
    """The tabled draft of a fails; another of a would pass, so some draft of b could."""
    needed, found = requiring(item(tabled=90), {"ideal": 20, "salience": 100})
    assert not needed.adopted.any()
    assert needed.adoptable.all()
    assert not found.required.any()
    assert not found.adopted.any()
    assert found.adoptable.all()


def test_a_requirement_outside_competence_is_not_met():
    """Adoption of the required item includes its competence."""
    outside = item() | {"competence": {"presumption": "outside"}}
    needed, found = requiring(outside, YES)
    assert needed.text_tabled.all()
    assert not needed.adopted.any()
    assert not found.required.any()
    assert not found.adoptable.any()


def test_a_circle_of_requirements_is_refused():
    """Items that wait for each other can never be adopted; that is said, not computed."""
    of = dossier(
        {"a": item("c"), "b": item("a"), "c": item("b")},
        {"a": {"A": YES}, "b": {"A": YES}, "c": {"A": YES}},
    )
    with pytest.raises(DossierError, match="wait for each other"):
        settle(of)


def test_a_hundred_requirements_in_a_row():
    """Depth is no limit."""
    names = [f"i{number}" for number in range(100)]
    agenda = {n: item(*names[k - 1 : k] if k else ()) for k, n in enumerate(names)}
    found = settle(dossier(agenda, {n: {"A": YES} for n in names}))
    assert all(certainly(found[name].adopted) for name in names)
