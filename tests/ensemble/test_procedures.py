"""What another procedure would change: the same draws under the item's dossier edited by hand."""

from __future__ import annotations

import pytest

from comity.dossier import Batch, Keyed
from comity.dossier.charter import Procedure
from comity.ensemble import Forecast, forecast
from comity.ensemble.counterfactuals import STANDARD
from comity.forecast import outcomes
from ensemble.rich import ITEMS, rich, written
from forecast.small import PROCEDURES, body, dossier

DRAWS = 800


@pytest.fixture(scope="module")
def found() -> Forecast:
    return forecast(rich(), draws=DRAWS, workers=1)


def test_the_usual_procedures_are_tried_and_the_bodys_own(found: Forecast):
    """Each by its name in the charter."""
    for item in ITEMS:
        assert set(found.items[item].procedures) == {*STANDARD, *PROCEDURES}


@pytest.mark.parametrize("name", [*STANDARD, "silence", "of_present", "two_thirds_of_members"])
def test_another_procedure_for_all_items_at_once(found: Forecast, name: str):
    """Required items are decided by it too; how competence is settled stays as it is."""
    rule = STANDARD.get(name) or Procedure.model_validate(PROCEDURES[name])
    changed = written()
    for each in changed["bodies"].values():
        own = dict(each["charter"]["procedures"])
        tried = rule.model_dump(mode="json", exclude_none=True)
        each["charter"] = each["charter"] | {"procedures": own | {"tried": tried}}
    for item in changed["agenda"].values():
        item["procedure"] = "tried"
    other = outcomes(Batch(rich(changed), Keyed(1, 0, DRAWS)))
    for item in ITEMS:
        seen, outcome = found.items[item].procedures[name], other[item]
        tabled = outcome.adopted
        assert seen.any == outcome.adoptable.mean()
        assert seen.text_any == outcome.text_any.mean()
        assert seen.probability == (None if tabled is None else tabled.mean())


def test_the_procedure_in_force_gives_the_headline():
    """Where every item is decided by the same procedure, trying it changes nothing."""
    changed = written()
    for item in changed["agenda"].values():
        item["procedure"] = "substantive"
    for entry in forecast(rich(changed), draws=DRAWS, workers=1).items.values():
        for name in ("substantive", "consensus"):
            seen = entry.procedures[name]
            assert (seen.probability, seen.any) == (entry.adoption.probability, entry.adoption.any)


def test_one_objection_fewer_never_hurts(found: Forecast):
    """What passes by consensus passes by consensus minus one."""
    for entry in found.items.values():
        tried = entry.procedures
        assert tried["consensus minus one"].text_any >= tried["consensus"].text_any
        assert tried["majority of members"].text_any >= tried["two thirds of members"].text_any


def test_bodies_without_a_procedure_are_not_tried_under_it():
    """An item shows the procedures of its own body's charter."""
    plain, odd = body("A"), body("A")
    odd["charter"] = {"name": "Odd", "procedures": {"odd": {"rule": "silence"}}}
    held = {"A": {"ideal": 50}}
    of = dossier(
        {"x": {"reversion": 0}, "y": {"body": "o", "procedure": "odd", "reversion": 0}},
        {"x": held, "y": held},
        {"b": plain, "o": odd},
    )
    items = forecast(of, draws=20, workers=1).items
    assert set(items["y"].procedures) == {*STANDARD, "odd"}
    assert set(items["x"].procedures) == {*STANDARD, *PROCEDURES}
